# The last of five buffers has a key that nobody has. Nothing is sent of the message; the one before completes.

nic a
nic b
qp 1 a b mtu=256
post-send qp=1 at=a op=write len=100 sges=5
post-send qp=1 at=a op=write len=1000 sges=5 fault=lkey
idle
expect wc qp=1 at=a count=1 op=write
expect wc qp=1 at=a count=1 op=write status=LOC_PROT_ERR
expect packets from=a to=b packet=RDMA_WRITE_FIRST count=0
expect state qp=1 at=a is=ERR

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-send qp=1 at=a op=write len=100 sges=5
> post-send qp=1 at=a op=write len=1000 sges=5 fault=lkey
> idle
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=100 len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 WRITE #0 len=100 SUCCESS
a: WC qp=1 WRITE #1 LOC_PROT_ERR
> expect wc qp=1 at=a count=1 op=write
> expect wc qp=1 at=a count=1 op=write status=LOC_PROT_ERR
> expect packets from=a to=b packet=RDMA_WRITE_FIRST count=0
> expect state qp=1 at=a is=ERR
