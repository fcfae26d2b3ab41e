# The response of a READ is lost, and the acknowledgement of the WRITE behind it arrives: it acknowledges nothing (P10), but
# says that the response is lost.

nic a
nic b
qp 1 a b
drop from=b to=a packet=RDMA_READ_RESPONSE_ONLY
post-send qp=1 at=a op=read len=500
post-send qp=1 at=a op=write len=500
idle
expect packets from=a to=b packet=RDMA_READ_REQUEST count=2
expect wc qp=1 at=a op=any count=2
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b
> drop from=b to=a packet=RDMA_READ_RESPONSE_ONLY
> post-send qp=1 at=a op=read len=500
> post-send qp=1 at=a op=write len=500
> idle
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=500
a -> b RDMA_WRITE_ONLY psn=1 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=500 len=500
b -> a RDMA_READ_RESPONSE_ONLY psn=0 qp=0x100 ACK msn=1 len=500 (dropped)
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=500
a -> b RDMA_WRITE_ONLY psn=1 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=500 len=500
b: DUPLICATE: RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=500
b -> a RDMA_READ_RESPONSE_ONLY psn=0 qp=0x100 ACK msn=1 len=500
b: DUPLICATE: RDMA_WRITE_ONLY psn=1 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=500 len=500
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a: WC qp=1 READ #0 len=500 SUCCESS
a: WC qp=1 WRITE #1 len=500 SUCCESS
> expect packets from=a to=b packet=RDMA_READ_REQUEST count=2
> expect wc qp=1 at=a count=2
> expect data qp=1
