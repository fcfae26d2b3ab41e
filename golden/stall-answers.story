# A stopped queue pair answers NAK_STOPPED while STALL_STATUS says already that it is done: the stop waits for what was
# sent before it, and for nothing after (R1, R2). The lockstep checker once took the answer of an RTL NIC, still on its
# way out, for a packet that the stop had left behind.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=a count=4 len=4000
post-recv qp=1 at=b count=4 len=4000
post-send qp=1 at=a len=4000 count=4
post-send qp=1 at=b len=3900 count=4
run 5us
stall qp=1 at=a
rollback qp=1 at=a
run 5us
stall qp=1 at=b
rollback qp=1 at=b
idle
expect data qp=1

-- trace --
> nic a
> nic b
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
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=20 epsn=17 addr=10.0.0.1 tag=0x0
b -> a SEND_MIDDLE psn=24 qp=0x100 len=256
b: qp=0x200 RTS -> PAUSED
a: DROP_STOPPED: SEND_MIDDLE psn=20 qp=0x100 len=256
a: DROP_STOPPED: SEND_MIDDLE psn=21 qp=0x100 len=256
a: DROP_STOPPED: SEND_MIDDLE psn=22 qp=0x100 len=256
b: EVENT PEER_STOPPED qp=1
b: WC qp=1 SEND #0 len=3900 SUCCESS
b: qp=0x200 PAUSED -> RTS
b -> a MIGRATION psn=17 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=8 epsn=20 addr=10.0.0.2 tag=0x0
a: DROP_STOPPED: SEND_MIDDLE psn=23 qp=0x100 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a: DROP_STOPPED: SEND_MIDDLE psn=24 qp=0x100 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
b -> a SEND_MIDDLE psn=20 qp=0x100 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
> run 5us
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
b -> a SEND_MIDDLE psn=23 qp=0x100 len=256
b -> a SEND_MIDDLE psn=24 qp=0x100 len=256
b -> a SEND_MIDDLE psn=25 qp=0x100 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256
b -> a SEND_MIDDLE psn=27 qp=0x100 len=256
b -> a SEND_MIDDLE psn=28 qp=0x100 len=256
a: EVENT RESUMED qp=1
a: WC qp=1 SEND #0 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=29 qp=0x100 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b -> a SEND_MIDDLE psn=30 qp=0x100 len=256
b -> a SEND_LAST psn=31 qp=0x100 ackreq len=60
b -> a SEND_FIRST psn=32 qp=0x100 len=256
b -> a SEND_MIDDLE psn=33 qp=0x100 len=256
b -> a SEND_MIDDLE psn=34 qp=0x100 len=256
b -> a SEND_MIDDLE psn=35 qp=0x100 len=256
b -> a SEND_MIDDLE psn=36 qp=0x100 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
b -> a SEND_MIDDLE psn=39 qp=0x100 len=256
b -> a SEND_MIDDLE psn=40 qp=0x100 len=256
b -> a SEND_MIDDLE psn=41 qp=0x100 len=256
a: WC qp=1 RECV #1 len=3900 SUCCESS
b -> a SEND_MIDDLE psn=42 qp=0x100 len=256
a -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b -> a SEND_MIDDLE psn=43 qp=0x100 len=256
b -> a SEND_MIDDLE psn=44 qp=0x100 len=256
a -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b -> a SEND_MIDDLE psn=45 qp=0x100 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
b -> a SEND_MIDDLE psn=46 qp=0x100 len=256
b -> a SEND_LAST psn=47 qp=0x100 ackreq len=60
b: WC qp=1 SEND #1 len=3900 SUCCESS
b -> a SEND_FIRST psn=48 qp=0x100 len=256
b -> a SEND_MIDDLE psn=49 qp=0x100 len=256
b -> a SEND_MIDDLE psn=50 qp=0x100 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> a SEND_MIDDLE psn=51 qp=0x100 len=256
b -> a SEND_MIDDLE psn=52 qp=0x100 len=256
a -> b SEND_MIDDLE psn=27 qp=0x200 len=256
b -> a SEND_MIDDLE psn=53 qp=0x100 len=256
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
b: NAKED: SEND_MIDDLE psn=25 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=25 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b ACKNOWLEDGE psn=47 qp=0x200 ACK msn=3
a -> b SEND_MIDDLE psn=28 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=25 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: WC qp=1 RECV #2 len=3900 SUCCESS
> rollback qp=1 at=b
b: NAKED: SEND_MIDDLE psn=27 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=25 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: ACTIVATE qp=0x200: OK
b: qp=0x200 STOPPED -> RTS
b -> a MIGRATION psn=32 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=2 sent=22 epsn=25 addr=10.0.0.2 tag=0x0
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a: qp=0x100 RTS -> PAUSED
b: DROP_STOPPED: SEND_MIDDLE psn=28 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=29 qp=0x200 len=256
a: EVENT PEER_STOPPED qp=1
a: qp=0x100 PAUSED -> RTS
a -> b MIGRATION psn=25 qp=0x200 RESUME_ACK flags=0x01 epoch=2 peer_epoch=2 sent=6 epsn=54 addr=10.0.0.1 tag=0x0
b: DROP_STOPPED: SEND_MIDDLE psn=30 qp=0x200 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=27 qp=0x200 len=256
a -> b SEND_MIDDLE psn=28 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
a: EVENT PEER_MOVED qp=1
> idle
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=160
a -> b SEND_FIRST psn=32 qp=0x200 len=256
b -> a SEND_MIDDLE psn=54 qp=0x100 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b -> a SEND_MIDDLE psn=55 qp=0x100 len=256
a -> b SEND_MIDDLE psn=35 qp=0x200 len=256
a -> b SEND_MIDDLE psn=36 qp=0x200 len=256
b: EVENT RESUMED qp=1
b: WC qp=1 SEND #2 len=3900 SUCCESS
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b SEND_MIDDLE psn=39 qp=0x200 len=256
a -> b SEND_MIDDLE psn=40 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
a -> b SEND_MIDDLE psn=41 qp=0x200 len=256
a -> b SEND_MIDDLE psn=42 qp=0x200 len=256
b -> a SEND_MIDDLE psn=56 qp=0x100 len=256
b: WC qp=1 RECV #1 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=43 qp=0x200 len=256
a -> b SEND_MIDDLE psn=44 qp=0x200 len=256
a -> b SEND_MIDDLE psn=45 qp=0x200 len=256
a -> b SEND_MIDDLE psn=46 qp=0x200 len=256
a -> b SEND_LAST psn=47 qp=0x200 ackreq len=160
b -> a SEND_MIDDLE psn=57 qp=0x100 len=256
a -> b SEND_FIRST psn=48 qp=0x200 len=256
a: WC qp=1 SEND #1 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=49 qp=0x200 len=256
b -> a SEND_MIDDLE psn=58 qp=0x100 len=256
a -> b SEND_MIDDLE psn=50 qp=0x200 len=256
b -> a SEND_MIDDLE psn=59 qp=0x100 len=256
a -> b SEND_MIDDLE psn=51 qp=0x200 len=256
a -> b SEND_MIDDLE psn=52 qp=0x200 len=256
a -> b SEND_MIDDLE psn=53 qp=0x200 len=256
a -> b SEND_MIDDLE psn=54 qp=0x200 len=256
b -> a SEND_MIDDLE psn=60 qp=0x100 len=256
a -> b SEND_MIDDLE psn=55 qp=0x200 len=256
b: WC qp=1 RECV #2 len=4000 SUCCESS
b -> a ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
a -> b SEND_MIDDLE psn=56 qp=0x200 len=256
b -> a SEND_MIDDLE psn=61 qp=0x100 len=256
a -> b SEND_MIDDLE psn=57 qp=0x200 len=256
a -> b SEND_MIDDLE psn=58 qp=0x200 len=256
a -> b SEND_MIDDLE psn=59 qp=0x200 len=256
a -> b SEND_MIDDLE psn=60 qp=0x200 len=256
b -> a SEND_MIDDLE psn=62 qp=0x100 len=256
b -> a SEND_LAST psn=63 qp=0x100 ackreq len=60
a -> b SEND_MIDDLE psn=61 qp=0x200 len=256
a -> b SEND_MIDDLE psn=62 qp=0x200 len=256
a -> b SEND_LAST psn=63 qp=0x200 ackreq len=160
a: WC qp=1 SEND #2 len=4000 SUCCESS
a -> b ACKNOWLEDGE psn=63 qp=0x200 ACK msn=4
b -> a ACKNOWLEDGE psn=63 qp=0x100 ACK msn=4
a: WC qp=1 RECV #3 len=3900 SUCCESS
b: WC qp=1 RECV #3 len=4000 SUCCESS
b: WC qp=1 SEND #3 len=3900 SUCCESS
a: WC qp=1 SEND #3 len=4000 SUCCESS
> expect data qp=1
