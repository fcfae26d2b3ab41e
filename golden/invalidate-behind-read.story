# A SEND that invalidates a key that is not there ends the connection, and a READ before it is answered first; what comes behind
# it is not executed. So the READ completes, and the SEND does. IBTA 9.7.5.1.1, 9.9.3, class J.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b count=2
post-send qp=1 at=a op=read len=4000
post-send qp=1 at=a op=send-inv len=100 fault=rkey
post-send qp=1 at=a op=send len=100
idle
expect wc qp=1 at=a op=read count=1
expect wc qp=1 at=a op=send-inv count=1
expect wc qp=1 at=a op=send status=SUCCESS count=0
expect wc qp=1 at=b op=recv status=REM_INV_REQ_ERR count=1
expect wc qp=1 at=b op=recv status=WR_FLUSH_ERR count=1
expect state qp=1 at=b is=ERR

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b count=2
> post-send qp=1 at=a op=read len=4000
> post-send qp=1 at=a op=send-inv len=100 fault=rkey
> post-send qp=1 at=a len=100
> idle
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=4000
a -> b SEND_ONLY_INV psn=16 qp=0x200 ackreq inv=0xdead len=100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x100 ACK msn=1 len=256
b: DROP_GAP: SEND_ONLY psn=17 qp=0x200 ackreq len=100
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=7 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=8 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=9 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=10 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=11 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=12 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=13 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=14 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=15 qp=0x100 ACK msn=1 len=160
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=16 qp=0x100 ACK msn=2
b: EVENT QP_ACCESS_ERR qp=1
b: WC qp=1 RECV #0 REM_INV_REQ_ERR
b: WC qp=1 RECV #1 WR_FLUSH_ERR
a: WC qp=1 READ #0 len=4000 SUCCESS
a: WC qp=1 SEND-INV #1 len=100 SUCCESS
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
b: DROP_STATE: SEND_ONLY psn=17 qp=0x200 ackreq len=100
a: TIMER ACK qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #2 RETRY_EXC_ERR
> expect wc qp=1 at=a count=1 op=read
> expect wc qp=1 at=a count=1 op=send-inv
> expect wc qp=1 at=a count=0 op=send
> expect wc qp=1 at=b count=1 op=recv status=REM_INV_REQ_ERR
> expect wc qp=1 at=b count=1 op=recv status=WR_FLUSH_ERR
> expect state qp=1 at=b is=ERR
