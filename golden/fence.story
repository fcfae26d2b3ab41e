# A fenced SEND is not begun before the READ in front of it is answered in full; one without a fence is.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b count=2
post-send qp=1 at=a op=read len=2000
post-send qp=1 at=a op=send len=10
post-send qp=1 at=a op=send len=20 fence=yes
idle
expect wc qp=1 at=b op=recv count=2
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b count=2
> post-send qp=1 at=a op=read len=2000
> post-send qp=1 at=a len=10
> post-send qp=1 at=a len=20 fence=yes
> idle
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=2000
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=10
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x100 ACK msn=1 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b: WC qp=1 RECV #0 len=10 SUCCESS
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=7 qp=0x100 ACK msn=1 len=208
b -> a ACKNOWLEDGE psn=8 qp=0x100 ACK msn=2
a -> b SEND_ONLY psn=9 qp=0x200 ackreq len=20
a: WC qp=1 READ #0 len=2000 SUCCESS
a: WC qp=1 SEND #1 len=10 SUCCESS
b: WC qp=1 RECV #1 len=20 SUCCESS
b -> a ACKNOWLEDGE psn=9 qp=0x100 ACK msn=3
a: WC qp=1 SEND #2 len=20 SUCCESS
> expect wc qp=1 at=b count=2 op=recv
> expect data qp=1
