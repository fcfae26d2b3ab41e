# A response in the middle of a READ is lost. The next one says so, and the requester asks for the rest of it, from the
# packet that is missing: a new response begins there.

nic a
nic b
qp 1 a b mtu=256
drop from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE psn=2
post-send qp=1 at=a op=read len=2000
idle
expect packets from=a to=b packet=RDMA_READ_REQUEST count=2
expect wc qp=1 at=a op=read count=1
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> drop from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE psn=2
> post-send qp=1 at=a op=read len=2000
> idle
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=2000
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x100 ACK msn=1 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256 (dropped)
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=7 qp=0x100 ACK msn=1 len=208
a -> b RDMA_READ_REQUEST psn=2 qp=0x200 ackreq va=0x1100031240 rkey=0x200 dmalen=1488
a: DUPLICATE: RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
a: DUPLICATE: RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
a: DUPLICATE: RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
a: DUPLICATE: RDMA_READ_RESPONSE_LAST psn=7 qp=0x100 ACK msn=1 len=208
b: DUPLICATE: RDMA_READ_REQUEST psn=2 qp=0x200 ackreq va=0x1100031240 rkey=0x200 dmalen=1488
b -> a RDMA_READ_RESPONSE_FIRST psn=2 qp=0x100 ACK msn=1 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=7 qp=0x100 ACK msn=1 len=208
a: WC qp=1 READ #0 len=2000 SUCCESS
> expect packets from=a to=b packet=RDMA_READ_REQUEST count=2
> expect wc qp=1 at=a count=1 op=read
> expect data qp=1
