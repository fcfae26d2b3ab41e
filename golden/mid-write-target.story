# The target of a WRITE of many packets stops in the middle of it. The cursor (address, key, rest) is part of the context:
# the message goes on with its next packet at the new place, no byte is written twice (R12; B6, B3 of the prototype).

nic a
nic b
nic c
qp 1 a b mtu=256
post-send qp=1 at=b op=write len=8000
run 5us
stall qp=1 at=a
run 10us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect data qp=1
expect wc qp=1 at=b op=write count=1
expect packets from=b to=c packet=RDMA_WRITE_FIRST count=0
expect packets from=b to=c packet=RDMA_WRITE_MIDDLE min=3

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-send qp=1 at=b op=write len=8000
> run 5us
b -> a RDMA_WRITE_FIRST psn=0 qp=0x100 va=0x1000021000 rkey=0x100 dmalen=8000 len=256
b -> a RDMA_WRITE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=8 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=9 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=10 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=11 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=12 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=13 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=14 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> a RDMA_WRITE_MIDDLE psn=16 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=17 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=18 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=19 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=20 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=21 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=22 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=23 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=0
b -> a RDMA_WRITE_MIDDLE psn=24 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=25 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=26 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=27 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=28 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=29 qp=0x100 len=256
b -> a RDMA_WRITE_MIDDLE psn=30 qp=0x100 len=256
b -> a RDMA_WRITE_LAST psn=31 qp=0x100 ackreq len=64
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: RDMA_WRITE_MIDDLE psn=27 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=27 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: RDMA_WRITE_MIDDLE psn=28 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=27 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: RDMA_WRITE_MIDDLE psn=29 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=27 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: RDMA_WRITE_MIDDLE psn=30 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=27 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: RDMA_WRITE_LAST psn=31 qp=0x100 ackreq len=64
a -> b ACKNOWLEDGE psn=27 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> run 10us
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=27 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=27 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=5 epsn=0 addr=10.0.0.2 tag=0x0
b -> c RDMA_WRITE_MIDDLE psn=27 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=28 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=29 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=30 qp=0x100 len=256
b -> c RDMA_WRITE_LAST psn=31 qp=0x100 ackreq len=64
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=1
> release qp=1 at=a
b: WC qp=1 WRITE #0 len=8000 SUCCESS
> idle
> expect data qp=1
> expect wc qp=1 at=b count=1 op=write
> expect packets from=b to=c packet=RDMA_WRITE_FIRST count=0
> expect packets from=b to=c packet=RDMA_WRITE_MIDDLE min=3
