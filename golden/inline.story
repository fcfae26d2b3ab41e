# The payload is in the work requests themselves, a WRITE's as well; one is sent twice, because its packet is lost: the
# queue still holds it. The key of the buffer is nobody's, and nobody looks at it.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b len=400
post-send qp=1 at=a op=send len=400 inline=yes fault=lkey
post-send qp=1 at=a op=write len=448 inline=yes sges=2
post-send qp=1 at=a op=write len=1 inline=yes
drop from=a to=b packet=RDMA_WRITE_FIRST
idle
expect wc qp=1 at=a count=3
expect counter at=b name=NAKS count=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b len=400
> post-send qp=1 at=a len=400 inline=yes fault=lkey
> post-send qp=1 at=a op=write len=448 sges=2 inline=yes
> post-send qp=1 at=a op=write len=1 inline=yes
> drop from=a to=b packet=RDMA_WRITE_FIRST
> idle
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=144
a -> b RDMA_WRITE_FIRST psn=2 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=448 len=256 (dropped)
a -> b RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=192
a -> b RDMA_WRITE_ONLY psn=4 qp=0x200 ackreq va=0x11000211c0 rkey=0x200 dmalen=1 len=1
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=1
b: NAKED: RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=192
b -> a ACKNOWLEDGE psn=2 qp=0x100 NAK_PSN_SEQ msn=1
b: DROP_GAP: RDMA_WRITE_ONLY psn=4 qp=0x200 ackreq va=0x11000211c0 rkey=0x200 dmalen=1 len=1
b: WC qp=1 RECV #0 len=400 SUCCESS
a -> b RDMA_WRITE_FIRST psn=2 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=448 len=256
a: WC qp=1 SEND #0 len=400 SUCCESS
a -> b RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=192
a -> b RDMA_WRITE_ONLY psn=4 qp=0x200 ackreq va=0x11000211c0 rkey=0x200 dmalen=1 len=1
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
b -> a ACKNOWLEDGE psn=4 qp=0x100 ACK msn=3
a: WC qp=1 WRITE #1 len=448 SUCCESS
a: WC qp=1 WRITE #2 len=1 SUCCESS
> expect wc qp=1 at=a count=3
> expect counter at=b name=NAKS count=1
