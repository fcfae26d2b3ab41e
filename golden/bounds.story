# A WRITE that leaves the region in its last packet is refused as a whole, with its first.

nic a
nic b
qp 1 a b mtu=256
post-send qp=1 at=a op=write len=2000 fault=bounds
idle
expect wc qp=1 at=a op=write status=SUCCESS count=0
expect wc qp=1 at=a status=REM_ACCESS_ERR count=1
expect state qp=1 at=b is=ERR

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-send qp=1 at=a op=write len=2000 fault=bounds
> idle
a -> b RDMA_WRITE_FIRST psn=0 qp=0x200 va=0x1100030c18 rkey=0x200 dmalen=2000 len=256
a -> b RDMA_WRITE_MIDDLE psn=1 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=2 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=3 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=4 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=5 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=6 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=7 qp=0x200 ackreq len=208
b: NAKED: RDMA_WRITE_FIRST psn=0 qp=0x200 va=0x1100030c18 rkey=0x200 dmalen=2000 len=256
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_REM_ACCESS msn=0
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=1 qp=0x200 len=256
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=2 qp=0x200 len=256
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=3 qp=0x200 len=256
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=4 qp=0x200 len=256
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=5 qp=0x200 len=256
b: EVENT QP_ACCESS_ERR qp=1
b: DROP_STATE: RDMA_WRITE_MIDDLE psn=6 qp=0x200 len=256
b: DROP_STATE: RDMA_WRITE_LAST psn=7 qp=0x200 ackreq len=208
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 WRITE #0 REM_ACCESS_ERR
> expect wc qp=1 at=a count=0 op=write
> expect wc qp=1 at=a count=1 status=REM_ACCESS_ERR
> expect state qp=1 at=b is=ERR
