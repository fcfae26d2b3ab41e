# The response to a READ is lost, and the WRITE before it comes twice: the second one is acknowledged with its own PSN, not
# with that of the READ. Before, the acknowledgement had the PSN of the last request executed, and a Linux kernel
# (rdma_rxe) took it for the response and completed the READ with bytes that never came. Found live against SoftRoCE on a link
# that reorders.

nic a
nic b
qp 1 a b mtu=256
drop from=b to=a packet=RDMA_READ_RESPONSE_ONLY
drop from=b to=a packet=ACK psn=0 count=2
post-send qp=1 at=a op=write len=100
post-send qp=1 at=a op=read len=100
idle
expect counter at=b name=DUPLICATES count=2
expect wc qp=1 at=a op=write count=1
expect wc qp=1 at=a op=read count=1
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> drop from=b to=a packet=RDMA_READ_RESPONSE_ONLY
> drop from=b to=a packet=ACK psn=0 count=2
> post-send qp=1 at=a op=write len=100
> post-send qp=1 at=a op=read len=100
> idle
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=100 len=100
a -> b RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (dropped)
b -> a RDMA_READ_RESPONSE_ONLY psn=1 qp=0x100 ACK msn=2 len=100 (dropped)
a: TIMER ACK qp=0x100
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=100 len=100
a -> b RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=100
b: DUPLICATE: RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=100 len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=2 (dropped)
b: DUPLICATE: RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=100
b -> a RDMA_READ_RESPONSE_ONLY psn=1 qp=0x100 ACK msn=2 len=100
a: WC qp=1 WRITE #0 len=100 SUCCESS
a: WC qp=1 READ #1 len=100 SUCCESS
> expect counter at=b name=DUPLICATES count=2
> expect wc qp=1 at=a count=1 op=write
> expect wc qp=1 at=a count=1 op=read
> expect data qp=1
