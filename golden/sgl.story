# A message is gathered from seven buffers and scattered over three; READs and atomics are scattered, too. Each buffer
# of these work requests lies in front of the one before.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b len=1000 sges=3
post-send qp=1 at=a op=send len=900 sges=7
post-send qp=1 at=a op=write len=700 sges=2
post-send qp=1 at=a op=read len=500 sges=16
post-send qp=1 at=a op=faa sges=3
idle
expect wc qp=1 at=a count=4
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b len=1000 sges=3
> post-send qp=1 at=a len=900 sges=7
> post-send qp=1 at=a op=write len=700 sges=2
> post-send qp=1 at=a op=read len=500 sges=16
> post-send qp=1 at=a op=faa sges=3
> idle
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=132
a -> b RDMA_WRITE_FIRST psn=4 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=700 len=256
a -> b RDMA_WRITE_MIDDLE psn=5 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=6 qp=0x200 ackreq len=188
a -> b RDMA_READ_REQUEST psn=7 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=500
a -> b FETCH_ADD psn=9 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b: WC qp=1 RECV #0 len=900 SUCCESS
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=6 qp=0x100 ACK msn=2
b -> a RDMA_READ_RESPONSE_FIRST psn=7 qp=0x100 ACK msn=3 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=8 qp=0x100 ACK msn=3 len=244
b -> a ATOMIC_ACKNOWLEDGE psn=9 qp=0x100 ACK msn=4 original=0x0
a: WC qp=1 SEND #0 len=900 SUCCESS
a: WC qp=1 WRITE #1 len=700 SUCCESS
a: WC qp=1 READ #2 len=500 SUCCESS
a: WC qp=1 FAA #3 len=8 SUCCESS
> expect wc qp=1 at=a count=4
> expect data qp=1
