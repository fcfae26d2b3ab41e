# A container that was not heard yet is stopped and moved again, while the partner stops, too, and is rolled back. The
# announcement is no state that has to survive: each activation makes its own, with a newer epoch (R6, R10).

nic a
nic b
nic c
nic d
qp 1 a b mtu=256 announce=8
drop from=c to=b packet=RESUME
post-recv qp=1 at=a len=4000 count=4
post-recv qp=1 at=b len=4000 count=4
post-send qp=1 at=b len=4000 count=2
post-send qp=1 at=a len=4000 count=2
run 3us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 2us
stall qp=1 at=c
stall qp=1 at=b
run 10us
move qp=1 from=c to=d
resume qp=1 at=d
forward qp=1 at=c to=d
run 100us
rollback qp=1 at=b
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256 announce=8
> drop from=c to=b packet=RESUME
> post-recv qp=1 at=a count=4 len=4000
> post-recv qp=1 at=b count=4 len=4000
> post-send qp=1 at=b len=4000 count=2
> post-send qp=1 at=a len=4000 count=2
> run 3us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a SEND_MIDDLE psn=3 qp=0x100 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=4 qp=0x100 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a SEND_MIDDLE psn=7 qp=0x100 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a SEND_MIDDLE psn=8 qp=0x100 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b -> a SEND_MIDDLE psn=11 qp=0x100 len=256
> stall qp=1 at=a
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a SEND_MIDDLE psn=12 qp=0x100 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=160
b -> a SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=a to=c
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
a: NAKED: SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=15 qp=0x100 ackreq len=160
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_FIRST psn=16 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: EVENT PEER_STOPPED qp=1
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.3 tag=0x0 (dropped)
> forward qp=1 at=a to=c
> run 2us
> stall qp=1 at=c
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 PAUSED -> STOPPED
> run 10us
> move qp=1 from=c to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
> forward qp=1 at=c to=d
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b -> d ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> run 100us
d: TIMER RESUME qp=0x100
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b -> d ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
d: TIMER RESUME qp=0x100
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b -> d ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
d: TIMER RESUME qp=0x100
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b -> d ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> rollback qp=1 at=b
b: ACTIVATE qp=0x200: OK
b: qp=0x200 STOPPED -> RTS
b -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=13 addr=10.0.0.2 tag=0x0
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=13 addr=10.0.0.2 tag=0x0
a -> b MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.3 tag=0x0
> idle
b -> c MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=13 addr=10.0.0.2 tag=0x0
c: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=13 addr=10.0.0.2 tag=0x0
c -> b MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=1 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.4 tag=0x0
b -> d MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=13 addr=10.0.0.2 tag=0x0
d -> b MIGRATION psn=13 qp=0x200 RESUME_ACK flags=0x01 epoch=2 peer_epoch=2 sent=0 epsn=9 addr=10.0.0.4 tag=0x0
d: EVENT PEER_MOVED qp=1
b -> d SEND_MIDDLE psn=9 qp=0x100 len=256
b -> d SEND_MIDDLE psn=10 qp=0x100 len=256
b: EVENT RESUMED qp=1
b -> d SEND_MIDDLE psn=11 qp=0x100 len=256
b -> d SEND_MIDDLE psn=12 qp=0x100 len=256
b -> d SEND_MIDDLE psn=13 qp=0x100 len=256
b -> d SEND_MIDDLE psn=14 qp=0x100 len=256
b -> d SEND_LAST psn=15 qp=0x100 ackreq len=160
b -> d SEND_FIRST psn=16 qp=0x100 len=256
b -> d SEND_MIDDLE psn=17 qp=0x100 len=256
d: NAKED: SEND_MIDDLE psn=9 qp=0x100 len=256
d -> b MIGRATION psn=13 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=2 sent=0 epsn=9 addr=10.0.0.4 tag=0x0
b -> d SEND_MIDDLE psn=18 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> d SEND_MIDDLE psn=19 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=11 qp=0x100 len=256
b -> d SEND_MIDDLE psn=20 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=12 qp=0x100 len=256
b -> d SEND_MIDDLE psn=21 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> d SEND_MIDDLE psn=22 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=14 qp=0x100 len=256
d: DROP_STOPPED: SEND_LAST psn=15 qp=0x100 ackreq len=160
b -> d SEND_MIDDLE psn=23 qp=0x100 len=256
d: DROP_STOPPED: SEND_FIRST psn=16 qp=0x100 len=256
b -> d SEND_MIDDLE psn=24 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=17 qp=0x100 len=256
b -> d SEND_MIDDLE psn=25 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
b -> d MIGRATION psn=9 qp=0x100 RESUME_ACK flags=0x01 epoch=2 peer_epoch=2 sent=17 epsn=13 addr=10.0.0.2 tag=0x0
d: DROP_STOPPED: SEND_MIDDLE psn=18 qp=0x100 len=256
b -> d SEND_MIDDLE psn=9 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=19 qp=0x100 len=256
b -> d SEND_MIDDLE psn=10 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=20 qp=0x100 len=256
b -> d SEND_MIDDLE psn=11 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=21 qp=0x100 len=256
b -> d SEND_MIDDLE psn=12 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=22 qp=0x100 len=256
b -> d SEND_MIDDLE psn=13 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=23 qp=0x100 len=256
b -> d SEND_MIDDLE psn=14 qp=0x100 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=24 qp=0x100 len=256
b -> d SEND_LAST psn=15 qp=0x100 ackreq len=160
d: DROP_STOPPED: SEND_MIDDLE psn=25 qp=0x100 len=256
b -> d SEND_FIRST psn=16 qp=0x100 len=256
b -> d SEND_MIDDLE psn=17 qp=0x100 len=256
d -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> d SEND_MIDDLE psn=18 qp=0x100 len=256
b -> d SEND_MIDDLE psn=19 qp=0x100 len=256
d -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b -> d SEND_MIDDLE psn=20 qp=0x100 len=256
b -> d SEND_MIDDLE psn=21 qp=0x100 len=256
b -> d SEND_MIDDLE psn=22 qp=0x100 len=256
d: EVENT RESUMED qp=1
b -> d SEND_MIDDLE psn=23 qp=0x100 len=256
b -> d SEND_MIDDLE psn=24 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> d SEND_MIDDLE psn=25 qp=0x100 len=256
b -> d SEND_MIDDLE psn=26 qp=0x100 len=256
d -> b SEND_LAST psn=15 qp=0x200 ackreq len=160
b -> d SEND_MIDDLE psn=27 qp=0x100 len=256
d: WC qp=1 RECV #0 len=4000 SUCCESS
b -> d SEND_MIDDLE psn=28 qp=0x100 len=256
b -> d SEND_MIDDLE psn=29 qp=0x100 len=256
b -> d SEND_MIDDLE psn=30 qp=0x100 len=256
b -> d SEND_LAST psn=31 qp=0x100 ackreq len=160
d -> b SEND_FIRST psn=16 qp=0x200 len=256
d -> b SEND_MIDDLE psn=17 qp=0x200 len=256
b -> d ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
b: WC qp=1 SEND #0 len=4000 SUCCESS
b: WC qp=1 RECV #0 len=4000 SUCCESS
d -> b SEND_MIDDLE psn=18 qp=0x200 len=256
d -> b SEND_MIDDLE psn=19 qp=0x200 len=256
d -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
d -> b SEND_MIDDLE psn=20 qp=0x200 len=256
d: WC qp=1 RECV #1 len=4000 SUCCESS
d -> b SEND_MIDDLE psn=21 qp=0x200 len=256
d -> b SEND_MIDDLE psn=22 qp=0x200 len=256
d -> b SEND_MIDDLE psn=23 qp=0x200 len=256
d -> b SEND_MIDDLE psn=24 qp=0x200 len=256
d -> b SEND_MIDDLE psn=25 qp=0x200 len=256
d -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b: WC qp=1 SEND #1 len=4000 SUCCESS
d: WC qp=1 SEND #0 len=4000 SUCCESS
d -> b SEND_MIDDLE psn=27 qp=0x200 len=256
d -> b SEND_MIDDLE psn=28 qp=0x200 len=256
d -> b SEND_MIDDLE psn=29 qp=0x200 len=256
d -> b SEND_MIDDLE psn=30 qp=0x200 len=256
d -> b SEND_LAST psn=31 qp=0x200 ackreq len=160
b -> d ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
b: WC qp=1 RECV #1 len=4000 SUCCESS
d: WC qp=1 SEND #1 len=4000 SUCCESS
> expect data qp=1
