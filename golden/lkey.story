# A bad local key costs the requester only itself: what was sent before is acknowledged and completes, then the bad one
# with LOC_PROT_ERR; the partner is not told. IBTA 9.9.2.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b len=100 count=2
post-send qp=1 at=a len=100
post-send qp=1 at=a len=100 fault=lkey
post-send qp=1 at=a len=100
idle
expect wc qp=1 at=a op=send count=1
expect wc qp=1 at=a status=LOC_PROT_ERR count=1
expect wc qp=1 at=a status=WR_FLUSH_ERR count=1
expect wc qp=1 at=b op=recv count=1
expect state qp=1 at=a is=ERR
expect state qp=1 at=b is=RTS

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b count=2 len=100
> post-send qp=1 at=a len=100
> post-send qp=1 at=a len=100 fault=lkey
> post-send qp=1 at=a len=100
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=100 SUCCESS
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 len=100 SUCCESS
a: WC qp=1 SEND #1 LOC_PROT_ERR
a: WC qp=1 SEND #2 WR_FLUSH_ERR
> expect wc qp=1 at=a count=1 op=send
> expect wc qp=1 at=a count=1 status=LOC_PROT_ERR
> expect wc qp=1 at=a count=1 status=WR_FLUSH_ERR
> expect wc qp=1 at=b count=1 op=recv
> expect state qp=1 at=a is=ERR
> expect state qp=1 at=b is=RTS
