# Two limited members of a partition must not talk, though their keys are equal: what they send each other is dropped and
# counted, silently, and the requester gives up when its retries are used up. So it is with members of two partitions, and
# datagrams just do not arrive. IBTA 10.9.3.

nic a
nic b
qp 1 a b pkeya=0x0123 pkeyb=0x0123 timeout=1 retry=1
qp 2 a b pkeya=0xffff pkeyb=0xfffe timeout=1 retry=1
qp 3 a b type=ud pkeya=0x0123 pkeyb=0x0123
qp 4 a b type=ud pkeya=0x8123 pkeyb=0x0123
post-recv qp=3 at=b len=200
post-recv qp=4 at=b len=200
post-send qp=1 at=a op=write len=100
post-send qp=2 at=a op=write len=100
post-send qp=3 at=a op=send len=100
post-send qp=4 at=a op=send len=100
idle
expect wc qp=1 at=a status=RETRY_EXC_ERR count=1
expect wc qp=2 at=a status=RETRY_EXC_ERR count=1
expect wc qp=3 at=a op=send count=1
expect wc qp=3 at=b op=recv count=0
expect wc qp=4 at=b op=recv count=1
expect counter at=b name=DROP_PKEY count=5

-- trace --
> nic a
> nic b
> qp 1 a b timeout=1 retry=1 pkeya=0x0123 pkeyb=0x0123
> qp 2 a b timeout=1 retry=1 pkeyb=0xfffe
> qp 3 a b type=ud pkeya=0x0123 pkeyb=0x0123
> qp 4 a b type=ud pkeya=0x8123 pkeyb=0x0123
> post-recv qp=3 at=b len=200
> post-recv qp=4 at=b len=200
> post-send qp=1 at=a op=write len=100
> post-send qp=2 at=a op=write len=100
> post-send qp=3 at=a len=100
> post-send qp=4 at=a len=100
> idle
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq pkey=0x0123 va=0x1100021000 rkey=0x200 dmalen=100 len=100
a -> b RDMA_WRITE_ONLY psn=0 qp=0x400 ackreq va=0x1300021000 rkey=0x400 dmalen=100 len=100
a -> b UD_SEND_ONLY psn=0 qp=0x600 pkey=0x0123 qkey=0x51000003 from=0x500 len=100
a -> b UD_SEND_ONLY psn=0 qp=0x800 pkey=0x8123 qkey=0x51000004 from=0x700 len=100
a: WC qp=3 SEND #0 len=100 SUCCESS
a: WC qp=4 SEND #0 len=100 SUCCESS
b: DROP_PKEY: RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq pkey=0x0123 va=0x1100021000 rkey=0x200 dmalen=100 len=100
b: DROP_PKEY: RDMA_WRITE_ONLY psn=0 qp=0x400 ackreq va=0x1300021000 rkey=0x400 dmalen=100 len=100
b: DROP_PKEY: UD_SEND_ONLY psn=0 qp=0x600 pkey=0x0123 qkey=0x51000003 from=0x500 len=100
b: WC qp=4 RECV #0 len=140 SUCCESS
a: TIMER ACK qp=0x100
a: TIMER ACK qp=0x300
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq pkey=0x0123 va=0x1100021000 rkey=0x200 dmalen=100 len=100
a -> b RDMA_WRITE_ONLY psn=0 qp=0x400 ackreq va=0x1300021000 rkey=0x400 dmalen=100 len=100
b: DROP_PKEY: RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq pkey=0x0123 va=0x1100021000 rkey=0x200 dmalen=100 len=100
b: DROP_PKEY: RDMA_WRITE_ONLY psn=0 qp=0x400 ackreq va=0x1300021000 rkey=0x400 dmalen=100 len=100
a: TIMER ACK qp=0x100
a: qp=0x100 RTS -> ERR
a: TIMER ACK qp=0x300
a: qp=0x300 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 WRITE #0 RETRY_EXC_ERR
a: EVENT QP_FATAL qp=2
a: WC qp=2 WRITE #0 RETRY_EXC_ERR
> expect wc qp=1 at=a count=1 status=RETRY_EXC_ERR
> expect wc qp=2 at=a count=1 status=RETRY_EXC_ERR
> expect wc qp=3 at=a count=1 op=send
> expect wc qp=3 at=b count=0 op=recv
> expect wc qp=4 at=b count=1 op=recv
> expect counter at=b name=DROP_PKEY count=5
