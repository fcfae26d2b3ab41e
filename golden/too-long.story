# A SEND longer than the receive it meets: LOC_LEN_ERR at the receiver, NAK_INV_REQ on the wire, REM_INV_REQ_ERR at the
# sender. IBTA 9.7.4.1.6, 9.7.5.2.8.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b len=1000
post-send qp=1 at=a len=1001
idle
expect wc qp=1 at=b op=recv status=LOC_LEN_ERR count=1
expect wc qp=1 at=a status=REM_INV_REQ_ERR count=1
expect packets from=b to=a packet=NAK_INV_REQ count=1

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b len=1000
> post-send qp=1 at=a len=1001
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1001
b: NAKED: SEND_ONLY psn=0 qp=0x200 ackreq len=1001
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_INV_REQ msn=0
b: EVENT QP_REQ_ERR qp=1
b: WC qp=1 RECV #0 LOC_LEN_ERR
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 REM_INV_REQ_ERR
> expect wc qp=1 at=b count=1 op=recv status=LOC_LEN_ERR
> expect wc qp=1 at=a count=1 status=REM_INV_REQ_ERR
> expect packets from=b to=a packet=NAK_INV_REQ count=1
