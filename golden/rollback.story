# The move is called off after the copy was restored but before it was activated: the source is reactivated in place
# with an epoch of its own (R10), announces itself, and goes on where it stopped. The copy is destroyed.

nic a
nic b
nic c
qp 1 a b mtu=256
post-recv qp=1 at=a len=4000 count=5
post-recv qp=1 at=b len=4000 count=5
post-send qp=1 at=a len=4000 count=4
post-send qp=1 at=b len=4000 count=4
run 4us
stall qp=1 at=a
move qp=1 from=a to=c
run 200us
expect state qp=1 at=b is=PAUSED
close qp=1 at=c
rollback qp=1 at=a
post-send qp=1 at=a len=4000
idle
expect data qp=1
expect packets from=a to=b packet=RESUME count=1
expect event qp=1 at=b name=PEER_MOVED count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-recv qp=1 at=a count=5 len=4000
> post-recv qp=1 at=b count=5 len=4000
> post-send qp=1 at=a len=4000 count=4
> post-send qp=1 at=b len=4000 count=4
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
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=160
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=160
a -> b SEND_FIRST psn=16 qp=0x200 len=256
b -> a SEND_FIRST psn=16 qp=0x100 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
> stall qp=1 at=a
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=15 qp=0x100 ackreq len=160
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_FIRST psn=16 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=4000 SUCCESS
> move qp=1 from=a to=c
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
a: NAKED: SEND_MIDDLE psn=19 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: EVENT PEER_STOPPED qp=1
a: DROP_STOPPED: ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
> run 200us
b: TIMER LEASE qp=0x200
b -> a SEND_FIRST psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_FIRST psn=0 qp=0x100 ackreq len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect state qp=1 at=b is=PAUSED
> close qp=1 at=c
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=10 addr=10.0.0.1 tag=0x0
b: qp=0x200 PAUSED -> RTS
b -> a MIGRATION psn=10 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=10 epsn=19 addr=10.0.0.2 tag=0x0
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
b -> a SEND_MIDDLE psn=11 qp=0x100 len=256
b -> a SEND_MIDDLE psn=12 qp=0x100 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=160
b: EVENT PEER_MOVED qp=1
> post-send qp=1 at=a len=4000
> idle
b -> a SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
b -> a SEND_MIDDLE psn=20 qp=0x100 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
a: EVENT RESUMED qp=1
a: WC qp=1 SEND #0 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> a SEND_MIDDLE psn=23 qp=0x100 len=256
b -> a SEND_MIDDLE psn=24 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> a SEND_MIDDLE psn=25 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256
b -> a SEND_MIDDLE psn=27 qp=0x100 len=256
b -> a SEND_MIDDLE psn=28 qp=0x100 len=256
a: WC qp=1 RECV #0 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=29 qp=0x100 len=256
b -> a SEND_MIDDLE psn=30 qp=0x100 len=256
b -> a SEND_LAST psn=31 qp=0x100 ackreq len=160
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b -> a SEND_FIRST psn=32 qp=0x100 len=256
b -> a SEND_MIDDLE psn=33 qp=0x100 len=256
b -> a SEND_MIDDLE psn=34 qp=0x100 len=256
b: WC qp=1 SEND #0 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b -> a SEND_MIDDLE psn=35 qp=0x100 len=256
b -> a SEND_MIDDLE psn=36 qp=0x100 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
a -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
b -> a SEND_MIDDLE psn=39 qp=0x100 len=256
a -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b -> a SEND_MIDDLE psn=40 qp=0x100 len=256
a: WC qp=1 RECV #1 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=41 qp=0x100 len=256
b -> a SEND_MIDDLE psn=42 qp=0x100 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
b -> a SEND_MIDDLE psn=43 qp=0x100 len=256
b -> a SEND_MIDDLE psn=44 qp=0x100 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b: WC qp=1 SEND #1 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=45 qp=0x100 len=256
b -> a SEND_MIDDLE psn=46 qp=0x100 len=256
b -> a SEND_LAST psn=47 qp=0x100 ackreq len=160
a -> b SEND_MIDDLE psn=27 qp=0x200 len=256
b -> a SEND_FIRST psn=48 qp=0x100 len=256
b -> a SEND_MIDDLE psn=49 qp=0x100 len=256
a -> b SEND_MIDDLE psn=28 qp=0x200 len=256
b -> a SEND_MIDDLE psn=50 qp=0x100 len=256
b -> a SEND_MIDDLE psn=51 qp=0x100 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
b -> a SEND_MIDDLE psn=52 qp=0x100 len=256
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=160
b -> a SEND_MIDDLE psn=53 qp=0x100 len=256
b -> a SEND_MIDDLE psn=54 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=47 qp=0x200 ACK msn=3
b -> a SEND_MIDDLE psn=55 qp=0x100 len=256
a: WC qp=1 RECV #2 len=4000 SUCCESS
a -> b SEND_FIRST psn=32 qp=0x200 len=256
b -> a SEND_MIDDLE psn=56 qp=0x100 len=256
b -> a SEND_MIDDLE psn=57 qp=0x100 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b -> a SEND_MIDDLE psn=58 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b: WC qp=1 RECV #1 len=4000 SUCCESS
b: WC qp=1 SEND #2 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=59 qp=0x100 len=256
b -> a SEND_MIDDLE psn=60 qp=0x100 len=256
a -> b SEND_MIDDLE psn=35 qp=0x200 len=256
b -> a SEND_MIDDLE psn=61 qp=0x100 len=256
b -> a SEND_MIDDLE psn=62 qp=0x100 len=256
a -> b SEND_MIDDLE psn=36 qp=0x200 len=256
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b -> a SEND_LAST psn=63 qp=0x100 ackreq len=160
a: WC qp=1 SEND #1 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b SEND_MIDDLE psn=39 qp=0x200 len=256
a -> b SEND_MIDDLE psn=40 qp=0x200 len=256
a -> b SEND_MIDDLE psn=41 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=63 qp=0x200 ACK msn=4
a -> b SEND_MIDDLE psn=42 qp=0x200 len=256
a -> b SEND_MIDDLE psn=43 qp=0x200 len=256
a -> b SEND_MIDDLE psn=44 qp=0x200 len=256
a -> b SEND_MIDDLE psn=45 qp=0x200 len=256
a -> b SEND_MIDDLE psn=46 qp=0x200 len=256
a -> b SEND_LAST psn=47 qp=0x200 ackreq len=160
a: WC qp=1 RECV #3 len=4000 SUCCESS
a -> b SEND_FIRST psn=48 qp=0x200 len=256
a -> b SEND_MIDDLE psn=49 qp=0x200 len=256
a -> b SEND_MIDDLE psn=50 qp=0x200 len=256
a -> b SEND_MIDDLE psn=51 qp=0x200 len=256
a -> b SEND_MIDDLE psn=52 qp=0x200 len=256
a -> b SEND_MIDDLE psn=53 qp=0x200 len=256
a -> b SEND_MIDDLE psn=54 qp=0x200 len=256
b: WC qp=1 SEND #3 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=55 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
a -> b SEND_MIDDLE psn=56 qp=0x200 len=256
a -> b SEND_MIDDLE psn=57 qp=0x200 len=256
a -> b SEND_MIDDLE psn=58 qp=0x200 len=256
a -> b SEND_MIDDLE psn=59 qp=0x200 len=256
a -> b SEND_MIDDLE psn=60 qp=0x200 len=256
a -> b SEND_MIDDLE psn=61 qp=0x200 len=256
b: WC qp=1 RECV #2 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=62 qp=0x200 len=256
a -> b SEND_LAST psn=63 qp=0x200 ackreq len=160
a -> b SEND_FIRST psn=64 qp=0x200 len=256
a -> b SEND_MIDDLE psn=65 qp=0x200 len=256
a -> b SEND_MIDDLE psn=66 qp=0x200 len=256
a -> b SEND_MIDDLE psn=67 qp=0x200 len=256
a: WC qp=1 SEND #2 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=68 qp=0x200 len=256
a -> b SEND_MIDDLE psn=69 qp=0x200 len=256
a -> b SEND_MIDDLE psn=70 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=63 qp=0x100 ACK msn=4
a -> b SEND_MIDDLE psn=71 qp=0x200 len=256
a -> b SEND_MIDDLE psn=72 qp=0x200 len=256
a -> b SEND_MIDDLE psn=73 qp=0x200 len=256
a -> b SEND_MIDDLE psn=74 qp=0x200 len=256
b: WC qp=1 RECV #3 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=75 qp=0x200 len=256
a -> b SEND_MIDDLE psn=76 qp=0x200 len=256
a -> b SEND_MIDDLE psn=77 qp=0x200 len=256
a -> b SEND_MIDDLE psn=78 qp=0x200 len=256
a -> b SEND_LAST psn=79 qp=0x200 ackreq len=160
a: WC qp=1 SEND #3 len=4000 SUCCESS
b -> a ACKNOWLEDGE psn=79 qp=0x100 ACK msn=5
b: WC qp=1 RECV #4 len=4000 SUCCESS
a: WC qp=1 SEND #4 len=4000 SUCCESS
> expect data qp=1
> expect packets from=a to=b packet=RESUME count=1
> expect event qp=1 at=b name=PEER_MOVED count=1
