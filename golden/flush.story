# modify_qp to ERR flushes both queues, in order; what is posted afterwards is flushed, too. The partner's request finds
# nobody. IBTA 10.3.1.7.

nic a
nic b
qp 1 a b retry=1
post-recv qp=1 at=b len=100 count=3
modify qp=1 at=b state=ERR
post-send qp=1 at=b len=10 count=2
post-recv qp=1 at=b len=100
post-send qp=1 at=a len=100
idle
expect wc qp=1 at=b op=recv status=WR_FLUSH_ERR count=4
expect wc qp=1 at=b op=send status=WR_FLUSH_ERR count=2
expect wc qp=1 at=a status=RETRY_EXC_ERR count=1
expect counter at=b name=DROP_STATE min=2

-- trace --
> nic a
> nic b
> qp 1 a b retry=1
> post-recv qp=1 at=b count=3 len=100
> modify qp=1 at=b state=ERR
b: WC qp=1 RECV #0 WR_FLUSH_ERR
b: WC qp=1 RECV #1 WR_FLUSH_ERR
b: WC qp=1 RECV #2 WR_FLUSH_ERR
> post-send qp=1 at=b len=10 count=2
> post-recv qp=1 at=b len=100
> post-send qp=1 at=a len=100
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b: WC qp=1 SEND #0 WR_FLUSH_ERR
b: WC qp=1 SEND #1 WR_FLUSH_ERR
b: WC qp=1 RECV #3 WR_FLUSH_ERR
b: DROP_STATE: SEND_ONLY psn=0 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=0 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 RETRY_EXC_ERR
> expect wc qp=1 at=b count=4 op=recv status=WR_FLUSH_ERR
> expect wc qp=1 at=b count=2 op=send status=WR_FLUSH_ERR
> expect wc qp=1 at=a count=1 status=RETRY_EXC_ERR
> expect counter at=b name=DROP_STATE min=2
