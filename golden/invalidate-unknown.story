# A SEND with invalidate of a key that names no region had no effect and was no error: its receiver believed that the key it
# had handed out was worth nothing from then on. The message is there and is acknowledged, its receive completes with an
# error, and the queue pair goes on with nothing. IBTA 9.9.3, class J.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b count=3
post-send qp=1 at=a op=send len=100
post-send qp=1 at=a op=send-inv len=2100 fault=rkey
idle
expect wc qp=1 at=a count=2
expect wc qp=1 at=b op=recv count=1
expect wc qp=1 at=b op=recv status=REM_INV_REQ_ERR count=1
expect wc qp=1 at=b op=recv status=WR_FLUSH_ERR count=1
expect state qp=1 at=b is=ERR
expect event qp=1 at=b name=QP_ACCESS_ERR count=1

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b count=3
> post-send qp=1 at=a len=100
> post-send qp=1 at=a op=send-inv len=2100 fault=rkey
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
a -> b SEND_FIRST psn=1 qp=0x200 len=1024
a -> b SEND_MIDDLE psn=2 qp=0x200 len=1024
a -> b SEND_LAST_INV psn=3 qp=0x200 ackreq inv=0xdead len=52
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=100 SUCCESS
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
a: WC qp=1 SEND #0 len=100 SUCCESS
b: EVENT QP_ACCESS_ERR qp=1
b: WC qp=1 RECV #1 REM_INV_REQ_ERR
b: WC qp=1 RECV #2 WR_FLUSH_ERR
a: WC qp=1 SEND-INV #1 len=2100 SUCCESS
> expect wc qp=1 at=a count=2
> expect wc qp=1 at=b count=1 op=recv
> expect wc qp=1 at=b count=1 op=recv status=REM_INV_REQ_ERR
> expect wc qp=1 at=b count=1 op=recv status=WR_FLUSH_ERR
> expect state qp=1 at=b is=ERR
> expect event qp=1 at=b name=QP_ACCESS_ERR count=1
