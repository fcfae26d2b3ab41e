# A finite number of RNR retries: two retries, then the send completes with RNR_RETRY_EXC_ERR and the queue pair is in ERR.

nic a
nic b
qp 1 a b minrnr=1 rnr=2
post-send qp=1 at=a len=100
idle
expect packets from=b to=a packet=RNR_NAK count=3
expect wc qp=1 at=a op=any status=RNR_RETRY_EXC_ERR count=1
expect state qp=1 at=a is=ERR
expect event qp=1 at=a name=QP_FATAL count=1
expect state qp=1 at=b is=RTS

-- trace --
> nic a
> nic b
> qp 1 a b rnr=2
> post-send qp=1 at=a len=100
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b: NAKED: SEND_ONLY psn=0 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=1 msn=0
a: TIMER RNR qp=0x100
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b: NAKED: SEND_ONLY psn=0 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=1 msn=0
a: TIMER RNR qp=0x100
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
b: NAKED: SEND_ONLY psn=0 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=1 msn=0
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 RNR_RETRY_EXC_ERR
> expect packets from=b to=a packet=RNR_NAK count=3
> expect wc qp=1 at=a count=1 status=RNR_RETRY_EXC_ERR
> expect state qp=1 at=a is=ERR
> expect event qp=1 at=a name=QP_FATAL count=1
> expect state qp=1 at=b is=RTS
