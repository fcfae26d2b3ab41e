# The plain move of one end in mid-stream: stop (R1), the partner pauses (R3), restore elsewhere (R5), RESUME and its
# acknowledgement (R6, R7, R8), the tombstone is told and released (R10a). Nothing is lost or done twice, both ways.

nic a
nic b
nic c
qp 1 a b mtu=256
post-recv qp=1 at=a len=4000 count=6
post-recv qp=1 at=b len=4000 count=6
post-send qp=1 at=a len=4000 count=5
post-send qp=1 at=b len=3900 count=5
run 4us
stall qp=1 at=a
run 20us
expect state qp=1 at=a is=STOPPED
expect state qp=1 at=b is=PAUSED
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
post-send qp=1 at=c len=500
post-send qp=1 at=b len=500
idle
expect data qp=1
expect state qp=1 at=b is=RTS
expect event qp=1 at=b name=PEER_STOPPED count=1
expect event qp=1 at=b name=PEER_MOVED count=1
expect event qp=1 at=c name=RESUMED count=1
expect packets from=c to=b packet=RESUME count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-recv qp=1 at=a count=6 len=4000
> post-recv qp=1 at=b count=6 len=4000
> post-send qp=1 at=a len=4000 count=5
> post-send qp=1 at=b len=3900 count=5
> run 4us
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
> stall qp=1 at=a
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=15 qp=0x100 ackreq len=60
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_FIRST psn=16 qp=0x100 len=256
b: WC qp=1 RECV #0 len=4000 SUCCESS
> run 20us
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
a: NAKED: SEND_MIDDLE psn=19 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: EVENT PEER_STOPPED qp=1
a: DROP_STOPPED: ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
> expect state qp=1 at=a is=STOPPED
> expect state qp=1 at=b is=PAUSED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=18 epsn=10 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=10 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=10 epsn=18 addr=10.0.0.2 tag=0x0
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_MIDDLE psn=11 qp=0x100 len=256
b -> c SEND_MIDDLE psn=12 qp=0x100 len=256
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_LAST psn=15 qp=0x100 ackreq len=60
b: EVENT PEER_MOVED qp=1
b -> c SEND_FIRST psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256
c: EVENT RESUMED qp=1
c: WC qp=1 SEND #0 len=4000 SUCCESS
c -> b SEND_MIDDLE psn=19 qp=0x200 len=256
b -> c SEND_MIDDLE psn=23 qp=0x100 len=256
b -> c SEND_MIDDLE psn=24 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c SEND_MIDDLE psn=26 qp=0x100 len=256
b -> c SEND_MIDDLE psn=27 qp=0x100 len=256
b -> c SEND_MIDDLE psn=28 qp=0x100 len=256
c: WC qp=1 RECV #0 len=3900 SUCCESS
> release qp=1 at=a
b -> c SEND_MIDDLE psn=29 qp=0x100 len=256
b -> c SEND_MIDDLE psn=30 qp=0x100 len=256
b -> c SEND_LAST psn=31 qp=0x100 ackreq len=60
c -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> c SEND_FIRST psn=32 qp=0x100 len=256
b -> c SEND_MIDDLE psn=33 qp=0x100 len=256
b -> c SEND_MIDDLE psn=34 qp=0x100 len=256
b: WC qp=1 SEND #0 len=3900 SUCCESS
> post-send qp=1 at=c len=500
> post-send qp=1 at=b len=500
> idle
c -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b -> c SEND_MIDDLE psn=35 qp=0x100 len=256
b -> c SEND_MIDDLE psn=36 qp=0x100 len=256
b -> c SEND_MIDDLE psn=37 qp=0x100 len=256
b -> c SEND_MIDDLE psn=38 qp=0x100 len=256
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256
c -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
b -> c SEND_MIDDLE psn=39 qp=0x100 len=256
c -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b -> c SEND_MIDDLE psn=40 qp=0x100 len=256
c: WC qp=1 RECV #1 len=3900 SUCCESS
b -> c SEND_MIDDLE psn=41 qp=0x100 len=256
b -> c SEND_MIDDLE psn=42 qp=0x100 len=256
c -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b -> c SEND_MIDDLE psn=43 qp=0x100 len=256
b -> c SEND_MIDDLE psn=44 qp=0x100 len=256
b -> c SEND_MIDDLE psn=45 qp=0x100 len=256
c -> b SEND_MIDDLE psn=25 qp=0x200 len=256
b -> c SEND_MIDDLE psn=46 qp=0x100 len=256
b -> c SEND_LAST psn=47 qp=0x100 ackreq len=60
c -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> c SEND_FIRST psn=48 qp=0x100 len=256
b -> c SEND_MIDDLE psn=49 qp=0x100 len=256
c -> b SEND_MIDDLE psn=27 qp=0x200 len=256
b -> c SEND_MIDDLE psn=50 qp=0x100 len=256
b: WC qp=1 SEND #1 len=3900 SUCCESS
b -> c SEND_MIDDLE psn=51 qp=0x100 len=256
c -> b SEND_MIDDLE psn=28 qp=0x200 len=256
b -> c SEND_MIDDLE psn=52 qp=0x100 len=256
c -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> c SEND_MIDDLE psn=53 qp=0x100 len=256
c -> b SEND_MIDDLE psn=30 qp=0x200 len=256
b -> c SEND_MIDDLE psn=54 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=47 qp=0x200 ACK msn=3
b -> c SEND_MIDDLE psn=55 qp=0x100 len=256
c: WC qp=1 RECV #2 len=3900 SUCCESS
c -> b SEND_LAST psn=31 qp=0x200 ackreq len=160
b -> c SEND_MIDDLE psn=56 qp=0x100 len=256
b -> c SEND_MIDDLE psn=57 qp=0x100 len=256
b -> c SEND_MIDDLE psn=58 qp=0x100 len=256
c -> b SEND_FIRST psn=32 qp=0x200 len=256
c -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b -> c SEND_MIDDLE psn=59 qp=0x100 len=256
b: WC qp=1 SEND #2 len=3900 SUCCESS
b -> c SEND_MIDDLE psn=60 qp=0x100 len=256
c -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
b -> c SEND_MIDDLE psn=61 qp=0x100 len=256
b -> c SEND_MIDDLE psn=62 qp=0x100 len=256
c -> b SEND_MIDDLE psn=35 qp=0x200 len=256
b -> c SEND_LAST psn=63 qp=0x100 ackreq len=60
c -> b SEND_MIDDLE psn=36 qp=0x200 len=256
b -> c SEND_FIRST psn=64 qp=0x100 len=256
c -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b: WC qp=1 RECV #1 len=4000 SUCCESS
b -> c SEND_MIDDLE psn=65 qp=0x100 len=256
c -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b -> c SEND_MIDDLE psn=66 qp=0x100 len=256
b -> c SEND_MIDDLE psn=67 qp=0x100 len=256
c -> b SEND_MIDDLE psn=39 qp=0x200 len=256
b -> c SEND_MIDDLE psn=68 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=63 qp=0x200 ACK msn=4
b -> c SEND_MIDDLE psn=69 qp=0x100 len=256
c: WC qp=1 SEND #1 len=4000 SUCCESS
c: WC qp=1 RECV #3 len=3900 SUCCESS
c -> b SEND_MIDDLE psn=40 qp=0x200 len=256
b -> c SEND_MIDDLE psn=70 qp=0x100 len=256
c -> b SEND_MIDDLE psn=41 qp=0x200 len=256
b -> c SEND_MIDDLE psn=71 qp=0x100 len=256
c -> b SEND_MIDDLE psn=42 qp=0x200 len=256
b -> c SEND_MIDDLE psn=72 qp=0x100 len=256
b -> c SEND_MIDDLE psn=73 qp=0x100 len=256
c -> b SEND_MIDDLE psn=43 qp=0x200 len=256
b -> c SEND_MIDDLE psn=74 qp=0x100 len=256
c -> b SEND_MIDDLE psn=44 qp=0x200 len=256
c -> b SEND_MIDDLE psn=45 qp=0x200 len=256
b -> c SEND_MIDDLE psn=75 qp=0x100 len=256
c -> b SEND_MIDDLE psn=46 qp=0x200 len=256
b -> c SEND_MIDDLE psn=76 qp=0x100 len=256
b -> c SEND_MIDDLE psn=77 qp=0x100 len=256
b: WC qp=1 SEND #3 len=3900 SUCCESS
c -> b SEND_LAST psn=47 qp=0x200 ackreq len=160
b -> c SEND_MIDDLE psn=78 qp=0x100 len=256
b -> c SEND_LAST psn=79 qp=0x100 ackreq len=60
c -> b SEND_FIRST psn=48 qp=0x200 len=256
b -> c SEND_FIRST psn=80 qp=0x100 len=256
c -> b SEND_MIDDLE psn=49 qp=0x200 len=256
c -> b SEND_MIDDLE psn=50 qp=0x200 len=256
b -> c SEND_LAST psn=81 qp=0x100 ackreq len=244
c -> b SEND_MIDDLE psn=51 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
c -> b ACKNOWLEDGE psn=79 qp=0x200 ACK msn=5
c -> b SEND_MIDDLE psn=52 qp=0x200 len=256
c -> b SEND_MIDDLE psn=53 qp=0x200 len=256
b: WC qp=1 RECV #2 len=4000 SUCCESS
c: WC qp=1 RECV #4 len=3900 SUCCESS
c -> b SEND_MIDDLE psn=54 qp=0x200 len=256
c -> b SEND_MIDDLE psn=55 qp=0x200 len=256
c -> b ACKNOWLEDGE psn=81 qp=0x200 ACK msn=6
c -> b SEND_MIDDLE psn=56 qp=0x200 len=256
c -> b SEND_MIDDLE psn=57 qp=0x200 len=256
c -> b SEND_MIDDLE psn=58 qp=0x200 len=256
b: WC qp=1 SEND #4 len=3900 SUCCESS
c: WC qp=1 RECV #5 len=500 SUCCESS
c: WC qp=1 SEND #2 len=4000 SUCCESS
c -> b SEND_MIDDLE psn=59 qp=0x200 len=256
c -> b SEND_MIDDLE psn=60 qp=0x200 len=256
c -> b SEND_MIDDLE psn=61 qp=0x200 len=256
c -> b SEND_MIDDLE psn=62 qp=0x200 len=256
c -> b SEND_LAST psn=63 qp=0x200 ackreq len=160
c -> b SEND_FIRST psn=64 qp=0x200 len=256
c -> b SEND_MIDDLE psn=65 qp=0x200 len=256
b: WC qp=1 SEND #5 len=500 SUCCESS
c -> b SEND_MIDDLE psn=66 qp=0x200 len=256
c -> b SEND_MIDDLE psn=67 qp=0x200 len=256
c -> b SEND_MIDDLE psn=68 qp=0x200 len=256
c -> b SEND_MIDDLE psn=69 qp=0x200 len=256
c -> b SEND_MIDDLE psn=70 qp=0x200 len=256
c -> b SEND_MIDDLE psn=71 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=63 qp=0x100 ACK msn=4
c -> b SEND_MIDDLE psn=72 qp=0x200 len=256
c -> b SEND_MIDDLE psn=73 qp=0x200 len=256
b: WC qp=1 RECV #3 len=4000 SUCCESS
c -> b SEND_MIDDLE psn=74 qp=0x200 len=256
c -> b SEND_MIDDLE psn=75 qp=0x200 len=256
c -> b SEND_MIDDLE psn=76 qp=0x200 len=256
c -> b SEND_MIDDLE psn=77 qp=0x200 len=256
c -> b SEND_MIDDLE psn=78 qp=0x200 len=256
c -> b SEND_LAST psn=79 qp=0x200 ackreq len=160
c -> b SEND_FIRST psn=80 qp=0x200 len=256
c: WC qp=1 SEND #3 len=4000 SUCCESS
c -> b SEND_LAST psn=81 qp=0x200 ackreq len=244
b: WC qp=1 RECV #4 len=4000 SUCCESS
b -> c ACKNOWLEDGE psn=79 qp=0x100 ACK msn=5
b -> c ACKNOWLEDGE psn=81 qp=0x100 ACK msn=6
b: WC qp=1 RECV #5 len=500 SUCCESS
c: WC qp=1 SEND #4 len=4000 SUCCESS
c: WC qp=1 SEND #5 len=500 SUCCESS
> expect data qp=1
> expect state qp=1 at=b is=RTS
> expect event qp=1 at=b name=PEER_STOPPED count=1
> expect event qp=1 at=b name=PEER_MOVED count=1
> expect event qp=1 at=c name=RESUMED count=1
> expect packets from=c to=b packet=RESUME count=1
