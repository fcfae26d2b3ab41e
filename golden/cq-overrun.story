# A completion queue that overruns is in error for good (IBTA 10.8.2). The queue pair whose completion is lost goes to ERR
# with QP_FATAL, and its partner's request ends with a remote operational error instead of a success that nobody saw.

nic a
nic b
qp 1 a b
resize-cq qp=1 at=b entries=1
post-recv qp=1 at=b len=8 count=4
post-send qp=1 at=a len=8 count=4
idle
expect wc qp=1 at=a status=REM_OP_ERR count=1
expect event qp=1 at=b name=QP_FATAL count=1
expect state qp=1 at=b is=ERR
expect state qp=1 at=a is=ERR

-- trace --
> nic a
> nic b
> qp 1 a b
> resize-cq qp=1 at=b entries=1
> post-recv qp=1 at=b count=4 len=8
> post-send qp=1 at=a len=8 count=4
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=8
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=8
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=8
a -> b SEND_ONLY psn=3 qp=0x200 ackreq len=8
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_REM_OP msn=2
b: DROP_STATE: SEND_ONLY psn=2 qp=0x200 ackreq len=8
b: DROP_STATE: SEND_ONLY psn=3 qp=0x200 ackreq len=8
b: EVENT CQ_ERR
b: EVENT QP_FATAL qp=1
b: WC qp=1 RECV #0 len=8 SUCCESS
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 len=8 SUCCESS
a: WC qp=1 SEND #1 REM_OP_ERR
a: WC qp=1 SEND #2 WR_FLUSH_ERR
a: WC qp=1 SEND #3 WR_FLUSH_ERR
> expect wc qp=1 at=a count=1 status=REM_OP_ERR
> expect event qp=1 at=b name=QP_FATAL count=1
> expect state qp=1 at=b is=ERR
> expect state qp=1 at=a is=ERR
