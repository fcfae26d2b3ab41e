# Duplicates of a SEND, of the packets of a WRITE and of an acknowledgement have no effect but an acknowledgement more.

nic a
nic b
qp 1 a b mtu=256
dup from=a to=b packet=SEND_ONLY
dup from=a to=b packet=RDMA_WRITE_FIRST
dup from=a to=b packet=RDMA_WRITE_LAST
dup from=b to=a packet=ACK count=2
post-recv qp=1 at=b len=256 count=2
post-send qp=1 at=a len=200
post-send qp=1 at=a op=write len=700
post-send qp=1 at=a len=200
idle
expect data qp=1
expect counter at=b name=DUPLICATES count=3

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> dup from=a to=b packet=SEND_ONLY
> dup from=a to=b packet=RDMA_WRITE_FIRST
> dup from=a to=b packet=RDMA_WRITE_LAST
> dup from=b to=a packet=ACK count=2
> post-recv qp=1 at=b count=2 len=256
> post-send qp=1 at=a len=200
> post-send qp=1 at=a op=write len=700
> post-send qp=1 at=a len=200
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=200
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=200 (copy)
a -> b RDMA_WRITE_FIRST psn=1 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=700 len=256
a -> b RDMA_WRITE_FIRST psn=1 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=700 len=256 (copy)
a -> b RDMA_WRITE_MIDDLE psn=2 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=188
a -> b RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=188 (copy)
a -> b SEND_ONLY psn=4 qp=0x200 ackreq len=200
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (copy)
b: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=200
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (copy)
b: DUPLICATE: RDMA_WRITE_FIRST psn=1 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=700 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
b: DUPLICATE: RDMA_WRITE_LAST psn=3 qp=0x200 ackreq len=188
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
b: WC qp=1 RECV #0 len=200 SUCCESS
b: WC qp=1 RECV #1 len=200 SUCCESS
b -> a ACKNOWLEDGE psn=4 qp=0x100 ACK msn=3
a: DUPLICATE: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: DUPLICATE: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: DUPLICATE: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: WC qp=1 SEND #0 len=200 SUCCESS
a: WC qp=1 WRITE #1 len=700 SUCCESS
a: DUPLICATE: ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
a: WC qp=1 SEND #2 len=200 SUCCESS
> expect data qp=1
> expect counter at=b name=DUPLICATES count=3
