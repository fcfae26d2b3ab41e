# A WRITE with a key that nobody has is refused with NAK_REM_ACCESS: REM_ACCESS_ERR at the requester, both queue pairs in
# ERR, and what was executed before it stays. IBTA 9.7.4.1.4.

nic a
nic b
qp 1 a b
post-send qp=1 at=a op=write len=300
post-send qp=1 at=a op=write len=300 fault=rkey
post-send qp=1 at=a op=write len=300
idle
expect wc qp=1 at=a op=write count=1
expect wc qp=1 at=a status=REM_ACCESS_ERR count=1
expect wc qp=1 at=a status=WR_FLUSH_ERR count=1
expect state qp=1 at=a is=ERR
expect state qp=1 at=b is=ERR
expect event qp=1 at=b name=QP_ACCESS_ERR count=1
expect packets from=b to=a packet=NAK_REM_ACCESS count=1

-- trace --
> nic a
> nic b
> qp 1 a b
> post-send qp=1 at=a op=write len=300
> post-send qp=1 at=a op=write len=300 fault=rkey
> post-send qp=1 at=a op=write len=300
> idle
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=300 len=300
a -> b RDMA_WRITE_ONLY psn=1 qp=0x200 ackreq va=0x110002112c rkey=0xdead dmalen=300 len=300
a -> b RDMA_WRITE_ONLY psn=2 qp=0x200 ackreq va=0x1100021258 rkey=0x200 dmalen=300 len=300
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b: NAKED: RDMA_WRITE_ONLY psn=1 qp=0x200 ackreq va=0x110002112c rkey=0xdead dmalen=300 len=300
b: qp=0x200 RTS -> ERR
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_REM_ACCESS msn=1
b: DROP_STATE: RDMA_WRITE_ONLY psn=2 qp=0x200 ackreq va=0x1100021258 rkey=0x200 dmalen=300 len=300
b: EVENT QP_ACCESS_ERR qp=1
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 WRITE #0 len=300 SUCCESS
a: WC qp=1 WRITE #1 REM_ACCESS_ERR
a: WC qp=1 WRITE #2 WR_FLUSH_ERR
> expect wc qp=1 at=a count=1 op=write
> expect wc qp=1 at=a count=1 status=REM_ACCESS_ERR
> expect wc qp=1 at=a count=1 status=WR_FLUSH_ERR
> expect state qp=1 at=a is=ERR
> expect state qp=1 at=b is=ERR
> expect event qp=1 at=b name=QP_ACCESS_ERR count=1
> expect packets from=b to=a packet=NAK_REM_ACCESS count=1
