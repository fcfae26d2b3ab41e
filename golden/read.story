# READs of one packet, of several and of none, and the work request behind them: a READ completes when its last response
# is there, in the order of posting.

nic a
nic b
qp 1 a b mtu=256
post-send qp=1 at=a op=read len=100
post-send qp=1 at=a op=read len=1000
post-send qp=1 at=a op=read len=0
post-send qp=1 at=a op=write len=300
idle
expect packets from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE count=2
expect packets from=b to=a packet=RDMA_READ_RESPONSE_ONLY count=2
expect wc qp=1 at=a op=read count=3
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-send qp=1 at=a op=read len=100
> post-send qp=1 at=a op=read len=1000
> post-send qp=1 at=a op=read len=0
> post-send qp=1 at=a op=write len=300
> idle
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=100
a -> b RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x11000310a4 rkey=0x200 dmalen=1000
a -> b RDMA_READ_REQUEST psn=5 qp=0x200 ackreq va=0x110003148c rkey=0x200 dmalen=0
a -> b RDMA_WRITE_FIRST psn=6 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=300 len=256
a -> b RDMA_WRITE_LAST psn=7 qp=0x200 ackreq len=44
b -> a RDMA_READ_RESPONSE_ONLY psn=0 qp=0x100 ACK msn=1 len=100
b -> a RDMA_READ_RESPONSE_FIRST psn=1 qp=0x100 ACK msn=2 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=4 qp=0x100 ACK msn=2 len=232
b -> a RDMA_READ_RESPONSE_ONLY psn=5 qp=0x100 ACK msn=3 len=0
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=4
a: WC qp=1 READ #0 len=100 SUCCESS
a: WC qp=1 READ #1 len=1000 SUCCESS
a: WC qp=1 READ #2 len=0 SUCCESS
a: WC qp=1 WRITE #3 len=300 SUCCESS
> expect packets from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE count=2
> expect packets from=b to=a packet=RDMA_READ_RESPONSE_ONLY count=2
> expect wc qp=1 at=a count=3 op=read
> expect data qp=1
