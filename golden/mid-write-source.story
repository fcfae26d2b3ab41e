# The source of a WRITE of many packets stops in the middle of it, and goes on from the first packet that is not
# acknowledged (R8, R12).

nic a
nic b
nic c
qp 1 a b mtu=256
post-send qp=1 at=a op=write len=8000 count=2
run 5us
stall qp=1 at=a
run 10us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect data qp=1
expect wc qp=1 at=c op=write count=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-send qp=1 at=a op=write len=8000 count=2
> run 5us
a -> b RDMA_WRITE_FIRST psn=0 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=8000 len=256
a -> b RDMA_WRITE_MIDDLE psn=1 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=2 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=3 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=4 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=5 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=6 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=7 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=8 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=9 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=10 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=11 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=12 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=13 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=14 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=15 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=16 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=17 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=18 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=19 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=20 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=21 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=22 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=23 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=0
a -> b RDMA_WRITE_MIDDLE psn=24 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=25 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=26 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=27 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=28 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=29 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=30 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=31 qp=0x200 ackreq len=64
a -> b RDMA_WRITE_FIRST psn=32 qp=0x200 va=0x1100022f40 rkey=0x200 dmalen=8000 len=256
a -> b RDMA_WRITE_MIDDLE psn=33 qp=0x200 len=256
> stall qp=1 at=a
a -> b RDMA_WRITE_MIDDLE psn=34 qp=0x200 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=1
> run 10us
a: DROP_STOPPED: ACKNOWLEDGE psn=31 qp=0x100 ACK msn=1
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=16 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=19 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=35 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c -> b RDMA_WRITE_MIDDLE psn=35 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=36 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=37 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=38 qp=0x200 len=256
c: EVENT RESUMED qp=1
c: WC qp=1 WRITE #0 len=8000 SUCCESS
c -> b RDMA_WRITE_MIDDLE psn=39 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=40 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
> release qp=1 at=a
c -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
c -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=51 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=52 qp=0x200 len=256
> idle
c -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=47 qp=0x100 ACK msn=1
c -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
c -> b RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=64
b -> c ACKNOWLEDGE psn=63 qp=0x100 ACK msn=2
c: WC qp=1 WRITE #1 len=8000 SUCCESS
> expect data qp=1
> expect wc qp=1 at=c count=2 op=write
