# Both ends move at the same time, each in the middle of messages to the other. Each announces itself to a tombstone, is
# redirected, and so they find each other (R9; B4 of the prototype is a mutual block).

nic a
nic b
nic c
nic d
qp 1 a b mtu=256
post-recv qp=1 at=a len=4000 count=4
post-recv qp=1 at=b len=4000 count=4
post-send qp=1 at=a len=4000 count=4
post-send qp=1 at=b len=3900 count=4
run 5us
stall qp=1 at=a
stall qp=1 at=b
move qp=1 from=a to=c
move qp=1 from=b to=d
resume qp=1 at=c
resume qp=1 at=d
run 50us
forward qp=1 at=a to=c
forward qp=1 at=b to=d
release qp=1 at=a
release qp=1 at=b
idle
expect data qp=1
expect event qp=1 at=c name=RESUMED count=1
expect event qp=1 at=d name=RESUMED count=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256
> post-recv qp=1 at=a count=4 len=4000
> post-recv qp=1 at=b count=4 len=4000
> post-send qp=1 at=a len=4000 count=4
> post-send qp=1 at=b len=3900 count=4
> run 5us
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
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=60
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=160
b -> a SEND_FIRST psn=16 qp=0x100 len=256
a -> b SEND_FIRST psn=16 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
a: WC qp=1 RECV #0 len=3900 SUCCESS
b: WC qp=1 RECV #0 len=4000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=20 qp=0x100 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=19 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
b -> a SEND_MIDDLE psn=23 qp=0x100 len=256
a: DROP_STOPPED: ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=20 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=21 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=22 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=a to=c
a: NAKED: SEND_MIDDLE psn=23 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=b to=d
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.3 tag=0x0
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> a MIGRATION psn=16 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=8 epsn=20 addr=10.0.0.4 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.3 tag=0x0
b -> c ACKNOWLEDGE psn=20 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> run 50us
a: NAKED: MIGRATION psn=16 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=8 epsn=20 addr=10.0.0.4 tag=0x0
a -> d ACKNOWLEDGE psn=17 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
d: WC qp=1 SEND #0 len=3900 SUCCESS
> forward qp=1 at=a to=c
> forward qp=1 at=b to=d
> release qp=1 at=a
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.3 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=16 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=8 epsn=20 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=17 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=7 epsn=20 addr=10.0.0.4 tag=0x0
d: EVENT PEER_MOVED qp=1
d: TIMER RESUME qp=0x200
d -> c MIGRATION psn=17 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=7 epsn=20 addr=10.0.0.4 tag=0x0
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c: EVENT RESUMED qp=1
c: WC qp=1 SEND #0 len=4000 SUCCESS
c -> d SEND_MIDDLE psn=23 qp=0x200 len=256
c -> d MIGRATION psn=20 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=17 addr=10.0.0.3 tag=0x0
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_MIDDLE psn=23 qp=0x200 len=256
d: NAKED: SEND_MIDDLE psn=20 qp=0x200 len=256
d -> c MIGRATION psn=17 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=7 epsn=20 addr=10.0.0.4 tag=0x0
c -> d SEND_MIDDLE psn=24 qp=0x200 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c: EVENT PEER_MOVED qp=1
> release qp=1 at=b
d: DROP_STOPPED: SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
d: DROP_STOPPED: SEND_MIDDLE psn=23 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
d -> c SEND_MIDDLE psn=17 qp=0x100 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
d -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_LAST psn=31 qp=0x200 ackreq len=160
c -> d SEND_FIRST psn=32 qp=0x200 len=256
c: DUPLICATE: MIGRATION psn=17 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=7 epsn=20 addr=10.0.0.4 tag=0x0
d: EVENT RESUMED qp=1
c -> d MIGRATION psn=20 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=13 epsn=17 addr=10.0.0.3 tag=0x0
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256
c -> d SEND_MIDDLE psn=23 qp=0x200 len=256
c -> d SEND_MIDDLE psn=24 qp=0x200 len=256
d: WC qp=1 RECV #1 len=4000 SUCCESS
> idle
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
d: DROP_UNASKED: MIGRATION psn=20 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=13 epsn=17 addr=10.0.0.3 tag=0x0
d: DUPLICATE: SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
d: DUPLICATE: SEND_MIDDLE psn=22 qp=0x200 len=256
d: DUPLICATE: SEND_MIDDLE psn=23 qp=0x200 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
d -> c SEND_MIDDLE psn=23 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=24 qp=0x200 len=256
c -> d SEND_LAST psn=31 qp=0x200 ackreq len=160
d -> c SEND_MIDDLE psn=24 qp=0x100 len=256
c -> d SEND_FIRST psn=32 qp=0x200 len=256
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=25 qp=0x200 len=256
d: DUPLICATE: SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=28 qp=0x200 len=256
c -> d SEND_MIDDLE psn=35 qp=0x200 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d: DUPLICATE: SEND_MIDDLE psn=29 qp=0x200 len=256
d -> c SEND_MIDDLE psn=29 qp=0x100 len=256
c: WC qp=1 SEND #1 len=4000 SUCCESS
d: DUPLICATE: SEND_MIDDLE psn=30 qp=0x200 len=256
d -> c SEND_MIDDLE psn=30 qp=0x100 len=256
d: DUPLICATE: SEND_LAST psn=31 qp=0x200 ackreq len=160
d -> c ACKNOWLEDGE psn=32 qp=0x100 ACK msn=2
d -> c SEND_LAST psn=31 qp=0x100 ackreq len=60
c -> d SEND_MIDDLE psn=36 qp=0x200 len=256
d: DUPLICATE: SEND_FIRST psn=32 qp=0x200 len=256
d -> c SEND_FIRST psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c -> d SEND_MIDDLE psn=37 qp=0x200 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
c -> d SEND_MIDDLE psn=38 qp=0x200 len=256
d -> c SEND_MIDDLE psn=35 qp=0x100 len=256
d -> c SEND_MIDDLE psn=36 qp=0x100 len=256
d -> c SEND_MIDDLE psn=37 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
d -> c SEND_MIDDLE psn=38 qp=0x100 len=256
c -> d SEND_MIDDLE psn=39 qp=0x200 len=256
c: WC qp=1 RECV #1 len=3900 SUCCESS
d -> c SEND_MIDDLE psn=39 qp=0x100 len=256
c -> d SEND_MIDDLE psn=40 qp=0x200 len=256
d -> c SEND_MIDDLE psn=40 qp=0x100 len=256
d -> c SEND_MIDDLE psn=41 qp=0x100 len=256
c -> d SEND_MIDDLE psn=41 qp=0x200 len=256
d -> c SEND_MIDDLE psn=42 qp=0x100 len=256
d -> c SEND_MIDDLE psn=43 qp=0x100 len=256
c -> d SEND_MIDDLE psn=42 qp=0x200 len=256
d -> c SEND_MIDDLE psn=44 qp=0x100 len=256
d: WC qp=1 SEND #1 len=3900 SUCCESS
d -> c SEND_MIDDLE psn=45 qp=0x100 len=256
c -> d SEND_MIDDLE psn=43 qp=0x200 len=256
d -> c SEND_MIDDLE psn=46 qp=0x100 len=256
c -> d SEND_MIDDLE psn=44 qp=0x200 len=256
d -> c SEND_LAST psn=47 qp=0x100 ackreq len=60
c -> d SEND_MIDDLE psn=45 qp=0x200 len=256
d -> c SEND_FIRST psn=48 qp=0x100 len=256
d -> c SEND_MIDDLE psn=49 qp=0x100 len=256
c -> d SEND_MIDDLE psn=46 qp=0x200 len=256
d -> c SEND_MIDDLE psn=50 qp=0x100 len=256
d -> c SEND_MIDDLE psn=51 qp=0x100 len=256
c -> d SEND_LAST psn=47 qp=0x200 ackreq len=160
d -> c SEND_MIDDLE psn=52 qp=0x100 len=256
c -> d SEND_FIRST psn=48 qp=0x200 len=256
c -> d ACKNOWLEDGE psn=47 qp=0x200 ACK msn=3
d -> c SEND_MIDDLE psn=53 qp=0x100 len=256
c -> d SEND_MIDDLE psn=49 qp=0x200 len=256
c: WC qp=1 RECV #2 len=3900 SUCCESS
d -> c SEND_MIDDLE psn=54 qp=0x100 len=256
d -> c SEND_MIDDLE psn=55 qp=0x100 len=256
c -> d SEND_MIDDLE psn=50 qp=0x200 len=256
d -> c SEND_MIDDLE psn=56 qp=0x100 len=256
c -> d SEND_MIDDLE psn=51 qp=0x200 len=256
d -> c SEND_MIDDLE psn=57 qp=0x100 len=256
d -> c ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
d: WC qp=1 RECV #2 len=4000 SUCCESS
d: WC qp=1 SEND #2 len=3900 SUCCESS
c -> d SEND_MIDDLE psn=52 qp=0x200 len=256
d -> c SEND_MIDDLE psn=58 qp=0x100 len=256
c -> d SEND_MIDDLE psn=53 qp=0x200 len=256
d -> c SEND_MIDDLE psn=59 qp=0x100 len=256
d -> c SEND_MIDDLE psn=60 qp=0x100 len=256
c -> d SEND_MIDDLE psn=54 qp=0x200 len=256
d -> c SEND_MIDDLE psn=61 qp=0x100 len=256
c: WC qp=1 SEND #2 len=4000 SUCCESS
d -> c SEND_MIDDLE psn=62 qp=0x100 len=256
c -> d SEND_MIDDLE psn=55 qp=0x200 len=256
c -> d SEND_MIDDLE psn=56 qp=0x200 len=256
d -> c SEND_LAST psn=63 qp=0x100 ackreq len=60
c -> d SEND_MIDDLE psn=57 qp=0x200 len=256
c -> d SEND_MIDDLE psn=58 qp=0x200 len=256
c -> d SEND_MIDDLE psn=59 qp=0x200 len=256
c -> d SEND_MIDDLE psn=60 qp=0x200 len=256
c -> d ACKNOWLEDGE psn=63 qp=0x200 ACK msn=4
c -> d SEND_MIDDLE psn=61 qp=0x200 len=256
c -> d SEND_MIDDLE psn=62 qp=0x200 len=256
c -> d SEND_LAST psn=63 qp=0x200 ackreq len=160
c: WC qp=1 RECV #3 len=3900 SUCCESS
d: WC qp=1 SEND #3 len=3900 SUCCESS
d -> c ACKNOWLEDGE psn=63 qp=0x100 ACK msn=4
d: WC qp=1 RECV #3 len=4000 SUCCESS
c: WC qp=1 SEND #3 len=4000 SUCCESS
> expect data qp=1
> expect event qp=1 at=c name=RESUMED count=1
> expect event qp=1 at=d name=RESUMED count=1
