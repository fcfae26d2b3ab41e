# Three of ten packets are lost on every link, others are doubled and reordered, both queues run into RNR, one end moves,
# then the other while it is stopped again, and one move is called off. All messages are there once, in order.

seed 5
nic a
nic b
nic c
nic d
qp 1 a b mtu=256 announce=4 minrnr=5 lease=8
faults from=a to=b loss=300
faults from=b to=a loss=300
faults from=c to=b loss=300 dup=200 reorder=300
faults from=b to=c loss=300 dup=200 reorder=300
faults from=c to=d loss=300
faults from=d to=c loss=300
post-send qp=1 at=b len=3000 count=3
post-send qp=1 at=a len=3000 count=3
run 30us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 50us
post-recv qp=1 at=c len=3000 count=1
post-recv qp=1 at=b len=3000 count=2
run 100us
stall qp=1 at=c
stall qp=1 at=b
run 100us
move qp=1 from=b to=d
resume qp=1 at=d
rollback qp=1 at=c
forward qp=1 at=b to=d
post-recv qp=1 at=c len=3000 count=2
post-recv qp=1 at=d len=3000 count=1
idle
expect data qp=1

-- trace --
> seed 5
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256 minrnr=5 lease=8 announce=4
> faults from=a to=b loss=300
> faults from=b to=a loss=300
> faults from=c to=b loss=300 dup=200 reorder=300
> faults from=b to=c loss=300 dup=200 reorder=300
> faults from=c to=d loss=300
> faults from=d to=c loss=300
> post-send qp=1 at=b len=3000 count=3
> post-send qp=1 at=a len=3000 count=3
> run 30us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256 (lost)
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a SEND_MIDDLE psn=3 qp=0x100 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=4 qp=0x100 len=256 (lost)
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256 (lost)
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
b -> a SEND_MIDDLE psn=7 qp=0x100 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a SEND_MIDDLE psn=8 qp=0x100 len=256
a: NAKED: SEND_FIRST psn=0 qp=0x100 len=256
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=5 msn=0
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=5 msn=0
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=1 qp=0x100 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=2 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=3 qp=0x100 len=256
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=184
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=184
b -> a SEND_FIRST psn=12 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_FIRST psn=12 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256 (lost)
a: DROP_GAP: SEND_MIDDLE psn=7 qp=0x100 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
a: DROP_GAP: SEND_MIDDLE psn=8 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
b: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
a: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=16 epsn=0 addr=10.0.0.3 tag=0x0 (late)
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=16 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_FIRST psn=0 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
> run 50us
b -> c SEND_MIDDLE psn=1 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=2 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=3 qp=0x100 len=256
b -> c SEND_MIDDLE psn=4 qp=0x100 len=256
b -> c SEND_MIDDLE psn=5 qp=0x100 len=256
b -> c SEND_MIDDLE psn=6 qp=0x100 len=256
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256 (lost)
c: EVENT RESUMED qp=1
c -> b SEND_FIRST psn=0 qp=0x200 len=256 (late)
c: NAKED: SEND_FIRST psn=0 qp=0x100 len=256
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
c -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=5 msn=0 (lost)
c -> b SEND_MIDDLE psn=1 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256
c -> b SEND_MIDDLE psn=2 qp=0x200 len=256 (late)
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=184 (copy)
c -> b SEND_MIDDLE psn=3 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=3 qp=0x100 len=256
b -> c SEND_FIRST psn=12 qp=0x100 len=256
c -> b SEND_MIDDLE psn=4 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=4 qp=0x100 len=256
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256 (late)
c -> b SEND_MIDDLE psn=5 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256
c -> b SEND_MIDDLE psn=6 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=256
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256 (lost)
c -> b SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256
c -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=9 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256 (copy)
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=0 qp=0x100 NAK_PSN_SEQ msn=0
c -> b SEND_MIDDLE psn=10 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> b SEND_LAST psn=11 qp=0x200 ackreq len=184 (lost)
c: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256 (copy)
c -> b SEND_FIRST psn=12 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=1 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256
c -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> c SEND_LAST psn=23 qp=0x100 ackreq len=184 (lost)
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=5 msn=0 (lost)
c -> b SEND_MIDDLE psn=14 qp=0x200 len=256
c -> b SEND_MIDDLE psn=14 qp=0x200 len=256 (copy)
b -> c SEND_FIRST psn=24 qp=0x100 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
c -> b SEND_MIDDLE psn=16 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=26 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=18 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=27 qp=0x100 len=256 (lost)
c -> b SEND_FIRST psn=0 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=28 qp=0x100 len=256
c -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> c SEND_MIDDLE psn=29 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=2 qp=0x200 len=256
c -> b SEND_MIDDLE psn=2 qp=0x200 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
b -> c SEND_MIDDLE psn=30 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> b SEND_MIDDLE psn=3 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
b -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> b SEND_MIDDLE psn=4 qp=0x200 len=256
c -> b SEND_MIDDLE psn=4 qp=0x200 len=256 (copy)
b: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
c -> b SEND_MIDDLE psn=5 qp=0x200 len=256
c -> b SEND_MIDDLE psn=5 qp=0x200 len=256 (copy)
b -> c SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c SEND_MIDDLE psn=33 qp=0x100 len=256
b -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (copy)
c -> b SEND_MIDDLE psn=6 qp=0x200 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
c -> b SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=34 qp=0x100 len=256 (late)
c -> b SEND_MIDDLE psn=8 qp=0x200 len=256 (lost)
b -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=1 qp=0x200 len=256
c -> b SEND_MIDDLE psn=9 qp=0x200 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=2 qp=0x200 len=256
c -> b SEND_MIDDLE psn=10 qp=0x200 len=256
c -> b SEND_MIDDLE psn=10 qp=0x200 len=256 (copy)
c -> b SEND_LAST psn=11 qp=0x200 ackreq len=184
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> b SEND_FIRST psn=12 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> b SEND_MIDDLE psn=13 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c -> b SEND_MIDDLE psn=14 qp=0x200 len=256
c -> b SEND_MIDDLE psn=14 qp=0x200 len=256 (copy)
c -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (lost)
c -> b SEND_MIDDLE psn=16 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
c -> b SEND_MIDDLE psn=17 qp=0x200 len=256
c -> b SEND_MIDDLE psn=17 qp=0x200 len=256 (copy)
b: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> b SEND_MIDDLE psn=18 qp=0x200 len=256 (late)
c -> b SEND_MIDDLE psn=18 qp=0x200 len=256 (copy)
c -> b SEND_MIDDLE psn=19 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
c -> b SEND_MIDDLE psn=20 qp=0x200 len=256 (lost)
c -> b SEND_MIDDLE psn=21 qp=0x200 len=256
c -> b SEND_MIDDLE psn=21 qp=0x200 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=2 qp=0x200 len=256
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> b SEND_LAST psn=23 qp=0x200 ackreq len=184 (lost)
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
c -> b SEND_FIRST psn=24 qp=0x200 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
c -> b SEND_MIDDLE psn=25 qp=0x200 len=256 (lost)
c -> b SEND_MIDDLE psn=26 qp=0x200 len=256 (late)
c -> b SEND_MIDDLE psn=27 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_FIRST psn=24 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
c -> b SEND_MIDDLE psn=28 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> b SEND_MIDDLE psn=29 qp=0x200 len=256
c -> b SEND_MIDDLE psn=29 qp=0x200 len=256 (copy)
b: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
c -> b SEND_MIDDLE psn=30 qp=0x200 len=256
c -> b SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> b SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> b SEND_MIDDLE psn=32 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> b SEND_MIDDLE psn=34 qp=0x200 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> b SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
b: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
> post-recv qp=1 at=c len=3000
> post-recv qp=1 at=b count=2 len=3000
> run 100us
b: TIMER ACK qp=0x200
b -> c SEND_FIRST psn=0 qp=0x100 len=256
b -> c SEND_MIDDLE psn=1 qp=0x100 len=256
b -> c SEND_MIDDLE psn=2 qp=0x100 len=256
b -> c SEND_MIDDLE psn=2 qp=0x100 len=256 (copy)
b -> c SEND_MIDDLE psn=3 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=4 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=5 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=6 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256 (lost)
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=184 (lost)
b -> c SEND_FIRST psn=12 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256
c: DUPLICATE: SEND_MIDDLE psn=2 qp=0x100 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256 (copy)
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256 (copy)
c: NAKED: SEND_MIDDLE psn=8 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=3 qp=0x200 NAK_PSN_SEQ msn=0
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256 (copy)
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256 (late)
b -> c SEND_LAST psn=23 qp=0x100 ackreq len=184 (lost)
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_FIRST psn=24 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=3 qp=0x100 len=256
c: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=4 qp=0x200 NAK_PSN_SEQ msn=0 (late)
c: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=256
b -> c SEND_MIDDLE psn=4 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=5 qp=0x100 len=256
c: TIMER ACK qp=0x100
b -> c SEND_MIDDLE psn=6 qp=0x100 len=256 (lost)
c -> b SEND_FIRST psn=0 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (late)
c -> b SEND_MIDDLE psn=2 qp=0x200 len=256 (late)
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256
c -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
c -> b SEND_MIDDLE psn=5 qp=0x200 len=256
c -> b SEND_MIDDLE psn=5 qp=0x200 len=256 (copy)
c: DUPLICATE: SEND_MIDDLE psn=3 qp=0x100 len=256
b -> c SEND_FIRST psn=12 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=6 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=18 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=7 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256 (copy)
c -> b SEND_MIDDLE psn=8 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=1 qp=0x200 len=256
c -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
c -> b SEND_LAST psn=11 qp=0x200 ackreq len=184 (late)
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
b -> c SEND_MIDDLE psn=4 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> b SEND_FIRST psn=12 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=5 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> b SEND_MIDDLE psn=13 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=6 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=6 qp=0x100 len=256 (copy)
c -> b SEND_MIDDLE psn=14 qp=0x200 len=256 (lost)
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
c -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=16 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256 (copy)
c -> b SEND_MIDDLE psn=17 qp=0x200 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
c -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
c -> b SEND_MIDDLE psn=19 qp=0x200 len=256
c -> b SEND_MIDDLE psn=19 qp=0x200 len=256 (copy)
b -> c SEND_FIRST psn=12 qp=0x100 len=256
c -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=8 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256 (late)
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256 (copy)
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=7 qp=0x100 len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256 (late)
c -> b SEND_LAST psn=23 qp=0x200 ackreq len=184 (late)
c -> b SEND_LAST psn=23 qp=0x200 ackreq len=184 (copy)
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=256
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> b SEND_FIRST psn=24 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=25 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256 (copy)
b: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> b SEND_MIDDLE psn=26 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> b SEND_MIDDLE psn=27 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> b SEND_MIDDLE psn=28 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=2 qp=0x200 len=256
c -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> c SEND_LAST psn=23 qp=0x100 ackreq len=184
c -> b SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
b -> c SEND_FIRST psn=24 qp=0x100 len=256
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c -> b SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=18 qp=0x100 len=256
b -> c SEND_MIDDLE psn=26 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=32 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_MIDDLE psn=27 qp=0x100 len=256
c -> b SEND_MIDDLE psn=33 qp=0x200 len=256 (late)
c -> b SEND_MIDDLE psn=33 qp=0x200 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
b -> c SEND_MIDDLE psn=28 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
c -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b -> c SEND_MIDDLE psn=29 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> b SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
b -> c SEND_MIDDLE psn=30 qp=0x100 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
b -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256 (lost)
c: NAKED: SEND_LAST psn=23 qp=0x100 ackreq len=184
b: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
c -> b ACKNOWLEDGE psn=5 qp=0x200 NAK_PSN_SEQ msn=0 (lost)
c: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c: DROP_GAP: SEND_FIRST psn=24 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c SEND_MIDDLE psn=32 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
b -> c SEND_MIDDLE psn=34 qp=0x100 len=256 (lost)
b -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
b -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (copy)
b: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=29 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=184
b: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=184
> stall qp=1 at=c
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> run 100us
> move qp=1 from=b to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> c MIGRATION psn=4 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=32 epsn=0 addr=10.0.0.4 tag=0x0
> rollback qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
c -> d MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=3 peer_epoch=1 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
b -> c ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0 (lost)
d -> c SEND_MIDDLE psn=5 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=6 qp=0x100 len=256
d -> c SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=9 qp=0x100 len=256
d: EVENT RESUMED qp=1
> forward qp=1 at=b to=d
d -> c SEND_MIDDLE psn=10 qp=0x100 len=256
d -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
d -> c SEND_FIRST psn=12 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=13 qp=0x100 len=256
d -> c SEND_MIDDLE psn=14 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=6 qp=0x100 len=256
d -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c: DROP_STOPPED: SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=16 qp=0x100 len=256
c: EVENT PEER_MOVED qp=1
d -> c SEND_MIDDLE psn=17 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=9 qp=0x100 len=256
d -> c SEND_MIDDLE psn=18 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=10 qp=0x100 len=256
c: DROP_STOPPED: SEND_LAST psn=11 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=13 qp=0x100 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256 (lost)
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=184
c: DROP_STOPPED: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
d -> c SEND_FIRST psn=24 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=17 qp=0x100 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=19 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=20 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=21 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256 (lost)
> post-recv qp=1 at=c count=2 len=3000
> post-recv qp=1 at=d len=3000
> idle
c: DROP_STOPPED: SEND_LAST psn=23 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256 (lost)
c: DROP_STOPPED: SEND_FIRST psn=24 qp=0x100 len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: DROP_STOPPED: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_STOPPED: SEND_LAST psn=35 qp=0x100 ackreq len=184
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=1 sent=36 epsn=5 addr=10.0.0.3 tag=0x0 (lost)
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=1 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=5 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=3 sent=31 epsn=0 addr=10.0.0.4 tag=0x0 (lost)
d -> c SEND_MIDDLE psn=5 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=6 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=9 qp=0x100 len=256
d -> c SEND_MIDDLE psn=10 qp=0x100 len=256 (lost)
d: EVENT PEER_MOVED qp=1
d -> c SEND_LAST psn=11 qp=0x100 ackreq len=184 (lost)
d -> c SEND_FIRST psn=12 qp=0x100 len=256
d -> c SEND_MIDDLE psn=13 qp=0x100 len=256
d -> c SEND_MIDDLE psn=14 qp=0x100 len=256
d -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c: DROP_STOPPED: SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_MIDDLE psn=17 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=9 qp=0x100 len=256
d -> c SEND_MIDDLE psn=18 qp=0x100 len=256
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256
c: DROP_STOPPED: SEND_FIRST psn=12 qp=0x100 len=256
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=13 qp=0x100 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=14 qp=0x100 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=184
c: DROP_STOPPED: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
d -> c SEND_FIRST psn=24 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=18 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=19 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=22 qp=0x100 len=256
c: DROP_STOPPED: SEND_LAST psn=23 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_STOPPED: SEND_FIRST psn=24 qp=0x100 len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (lost)
c: DROP_STOPPED: SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: DROP_STOPPED: SEND_MIDDLE psn=28 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_STOPPED: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_STOPPED: SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_STOPPED: SEND_LAST psn=35 qp=0x100 ackreq len=184
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=1 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
d: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=1 sent=36 epsn=5 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=5 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=3 sent=31 epsn=0 addr=10.0.0.4 tag=0x0
d -> c SEND_MIDDLE psn=5 qp=0x100 len=256
d -> c SEND_MIDDLE psn=6 qp=0x100 len=256
d -> c SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=9 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=10 qp=0x100 len=256
d -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
d -> c SEND_FIRST psn=12 qp=0x100 len=256
c -> d SEND_FIRST psn=0 qp=0x200 len=256
d -> c SEND_MIDDLE psn=13 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=14 qp=0x100 len=256
c -> d SEND_MIDDLE psn=1 qp=0x200 len=256 (lost)
d -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_MIDDLE psn=17 qp=0x100 len=256
c -> d SEND_MIDDLE psn=2 qp=0x200 len=256
c: EVENT RESUMED qp=1
d -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256 (lost)
c: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=8 qp=0x200 NAK_PSN_SEQ msn=0
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256 (lost)
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256
c: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256 (lost)
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=184 (lost)
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_FIRST psn=24 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=18 qp=0x100 len=256
d: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=1 qp=0x100 NAK_PSN_SEQ msn=0 (lost)
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256 (lost)
d -> c SEND_MIDDLE psn=8 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
d -> c SEND_MIDDLE psn=9 qp=0x100 len=256
c -> d SEND_FIRST psn=12 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
d -> c SEND_MIDDLE psn=10 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
d -> c SEND_LAST psn=11 qp=0x100 ackreq len=184
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256 (lost)
d -> c SEND_FIRST psn=12 qp=0x100 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (lost)
d -> c SEND_MIDDLE psn=13 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c: DROP_GAP: SEND_FIRST psn=24 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=14 qp=0x100 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
d -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
d -> c SEND_MIDDLE psn=16 qp=0x100 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
d -> c SEND_MIDDLE psn=17 qp=0x100 len=256
d -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=11 qp=0x200 ACK msn=1 (lost)
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256 (lost)
d -> c SEND_FIRST psn=24 qp=0x100 len=256 (lost)
c: WC qp=1 RECV #0 len=3000 SUCCESS
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
d: WC qp=1 SEND #0 len=3000 SUCCESS
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184 (lost)
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
c -> d SEND_FIRST psn=24 qp=0x200 len=256
c: NAKED: SEND_MIDDLE psn=25 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=23 qp=0x200 NAK_PSN_SEQ msn=1
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_FIRST psn=24 qp=0x100 len=256 (lost)
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d ACKNOWLEDGE psn=23 qp=0x200 ACK msn=2 (lost)
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
c: WC qp=1 RECV #1 len=3000 SUCCESS
c: NAKED: SEND_MIDDLE psn=25 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=24 qp=0x200 NAK_PSN_SEQ msn=2
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: DROP_GAP: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_FIRST psn=24 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256 (lost)
d: WC qp=1 SEND #1 len=3000 SUCCESS
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: DROP_GAP: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
c: TIMER ACK qp=0x100
c -> d SEND_FIRST psn=0 qp=0x200 len=256
c -> d SEND_MIDDLE psn=1 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=2 qp=0x200 len=256
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256
d: DUPLICATE: SEND_FIRST psn=0 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=2 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
d: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
d: TIMER ACK qp=0x200
d -> c SEND_FIRST psn=24 qp=0x100 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c: NAKED: SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=25 qp=0x200 NAK_PSN_SEQ msn=2
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=29 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=184
c: TIMER ACK qp=0x100
c -> d SEND_FIRST psn=0 qp=0x200 len=256
c -> d SEND_MIDDLE psn=1 qp=0x200 len=256
c -> d SEND_MIDDLE psn=2 qp=0x200 len=256
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
d: DUPLICATE: SEND_FIRST psn=0 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=12 qp=0x200 len=256 (lost)
d: NAKED: SEND_MIDDLE psn=4 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=3 qp=0x100 NAK_PSN_SEQ msn=0
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=12 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (lost)
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
d: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=24 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
d: TIMER ACK qp=0x200
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: NAKED: SEND_MIDDLE psn=28 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=27 qp=0x200 NAK_PSN_SEQ msn=2
c: DROP_GAP: SEND_MIDDLE psn=30 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=184
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c -> d ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=12 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
d: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184 (lost)
c -> d SEND_FIRST psn=24 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (lost)
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: TIMER ACK qp=0x200
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: DUPLICATE: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DUPLICATE: SEND_MIDDLE psn=33 qp=0x100 len=256
c: DUPLICATE: SEND_MIDDLE psn=34 qp=0x100 len=256
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256 (lost)
d: NAKED: SEND_MIDDLE psn=5 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=4 qp=0x100 NAK_PSN_SEQ msn=0 (lost)
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_FIRST psn=24 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
d: TIMER ACK qp=0x200
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256 (lost)
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: DUPLICATE: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DUPLICATE: SEND_MIDDLE psn=33 qp=0x100 len=256
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
d: DUPLICATE: SEND_MIDDLE psn=3 qp=0x200 len=256
c -> d SEND_FIRST psn=12 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256 (lost)
d: NAKED: SEND_LAST psn=11 qp=0x200 ackreq len=184
d -> c ACKNOWLEDGE psn=10 qp=0x100 NAK_PSN_SEQ msn=0
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_FIRST psn=24 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_FIRST psn=12 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256 (lost)
d: WC qp=1 RECV #0 len=3000 SUCCESS
d -> c ACKNOWLEDGE psn=11 qp=0x100 ACK msn=1
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
d -> c ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
c -> d SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256 (lost)
d: NAKED: SEND_MIDDLE psn=18 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=17 qp=0x100 NAK_PSN_SEQ msn=1
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_MIDDLE psn=20 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c: WC qp=1 SEND #0 len=3000 SUCCESS
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_FIRST psn=24 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: NAKED: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=22 qp=0x100 NAK_PSN_SEQ msn=1 (lost)
d: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: TIMER ACK qp=0x200
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256 (lost)
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184 (lost)
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
d: DUPLICATE: SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256 (lost)
d: DUPLICATE: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
d: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: DROP_GAP: SEND_MIDDLE psn=27 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=28 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
d: TIMER ACK qp=0x200
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256 (lost)
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=184
c: DUPLICATE: SEND_MIDDLE psn=32 qp=0x100 len=256
c: DUPLICATE: SEND_MIDDLE psn=34 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=35 qp=0x200 ACK msn=3
c: WC qp=1 RECV #2 len=3000 SUCCESS
d: WC qp=1 SEND #2 len=3000 SUCCESS
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_LAST psn=23 qp=0x200 ackreq len=184
c -> d SEND_FIRST psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256 (lost)
d: DUPLICATE: SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
d: DUPLICATE: SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256 (lost)
d: DUPLICATE: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256 (lost)
d: DUPLICATE: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d -> c ACKNOWLEDGE psn=23 qp=0x100 ACK msn=2
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: NAKED: SEND_MIDDLE psn=27 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=26 qp=0x100 NAK_PSN_SEQ msn=2
d: WC qp=1 RECV #1 len=3000 SUCCESS
d: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
c: WC qp=1 SEND #1 len=3000 SUCCESS
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (lost)
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: NAKED: SEND_MIDDLE psn=32 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=30 qp=0x100 NAK_PSN_SEQ msn=2
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
d: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=184
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (lost)
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
d: NAKED: SEND_MIDDLE psn=34 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=31 qp=0x100 NAK_PSN_SEQ msn=2 (lost)
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256 (lost)
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
d: DROP_GAP: SEND_MIDDLE psn=32 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
d: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256 (lost)
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184 (lost)
d: DUPLICATE: SEND_MIDDLE psn=30 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2 (lost)
c: TIMER ACK qp=0x100
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256 (lost)
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_LAST psn=35 qp=0x200 ackreq len=184
d: DUPLICATE: SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
d -> c ACKNOWLEDGE psn=33 qp=0x100 ACK msn=2
d: DUPLICATE: SEND_MIDDLE psn=32 qp=0x200 len=256
d: WC qp=1 RECV #2 len=3000 SUCCESS
d -> c ACKNOWLEDGE psn=35 qp=0x100 ACK msn=3
c: WC qp=1 SEND #2 len=3000 SUCCESS
> expect data qp=1
