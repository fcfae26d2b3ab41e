# The partner is gone: after retry=2 timeouts more than the first the oldest work request completes with RETRY_EXC_ERR,
# those behind it and the receives with WR_FLUSH_ERR. IBTA 9.7.6.1.3, 10.3.1.7.

nic a
nic b
qp 1 a b retry=2
post-recv qp=1 at=a len=100 count=2
crash b
post-send qp=1 at=a len=100 count=3
idle
expect packets from=a to=b packet=SEND_ONLY count=9
expect wc qp=1 at=a status=RETRY_EXC_ERR count=1
expect wc qp=1 at=a status=WR_FLUSH_ERR count=4
expect state qp=1 at=a is=ERR
expect event qp=1 at=a name=QP_FATAL count=1

-- trace --
> nic a
> nic b
> qp 1 a b retry=2
> post-recv qp=1 at=a count=2 len=100
> crash b
> post-send qp=1 at=a len=100 count=3
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=100 (dropped)
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=100 (dropped)
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=100 (dropped)
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=100 (dropped)
a: TIMER ACK qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 RETRY_EXC_ERR
a: WC qp=1 SEND #1 WR_FLUSH_ERR
a: WC qp=1 SEND #2 WR_FLUSH_ERR
a: WC qp=1 RECV #0 WR_FLUSH_ERR
a: WC qp=1 RECV #1 WR_FLUSH_ERR
> expect packets from=a to=b packet=SEND_ONLY count=9
> expect wc qp=1 at=a count=1 status=RETRY_EXC_ERR
> expect wc qp=1 at=a count=4 status=WR_FLUSH_ERR
> expect state qp=1 at=a is=ERR
> expect event qp=1 at=a name=QP_FATAL count=1
