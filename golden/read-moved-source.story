# The requester of a READ moves while the response is on its way: it knows which packets it has, and asks for the others.

nic a
nic b
nic c
qp 1 a b mtu=256
post-send qp=1 at=a op=read len=8000
run 4us
stall qp=1 at=a
run 5us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect packets from=b to=c packet=RDMA_READ_RESPONSE_LAST count=1
expect wc qp=1 at=c op=read count=1
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-send qp=1 at=a op=read len=8000
> run 4us
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=8000
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x100 ACK msn=1 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=7 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=8 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=9 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=10 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=11 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=12 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=13 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=14 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=15 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=16 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=17 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=18 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=19 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=20 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=21 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=22 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=23 qp=0x100 len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
b -> a RDMA_READ_RESPONSE_MIDDLE psn=24 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=12 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=13 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=14 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=15 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=25 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=16 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=26 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=17 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=27 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=18 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=28 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=19 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=29 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=20 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=30 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=21 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=31 qp=0x100 ACK msn=1 len=64
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=22 qp=0x100 len=256
> run 5us
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=23 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=24 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=25 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=26 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=27 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=28 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=29 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=30 qp=0x100 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_LAST psn=31 qp=0x100 ACK msn=1 len=64
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=12 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=32 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c -> b RDMA_READ_REQUEST psn=12 qp=0x200 ackreq va=0x1100031c40 rkey=0x200 dmalen=4928
c: EVENT RESUMED qp=1
b: DUPLICATE: RDMA_READ_REQUEST psn=12 qp=0x200 ackreq va=0x1100031c40 rkey=0x200 dmalen=4928
b -> c RDMA_READ_RESPONSE_FIRST psn=12 qp=0x100 ACK msn=1 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=13 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=14 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=15 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=16 qp=0x100 len=256
> release qp=1 at=a
b -> c RDMA_READ_RESPONSE_MIDDLE psn=17 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=18 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=19 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=20 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=21 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=22 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=23 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=24 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=25 qp=0x100 len=256
> idle
b -> c RDMA_READ_RESPONSE_MIDDLE psn=26 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=27 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=28 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=29 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_MIDDLE psn=30 qp=0x100 len=256
b -> c RDMA_READ_RESPONSE_LAST psn=31 qp=0x100 ACK msn=1 len=64
c: WC qp=1 READ #0 len=8000 SUCCESS
> expect packets from=b to=c packet=RDMA_READ_RESPONSE_LAST count=1
> expect wc qp=1 at=c count=1 op=read
> expect data qp=1
