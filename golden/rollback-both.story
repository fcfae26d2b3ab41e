# Both ends stop in mid-stream, and both moves are called off: each announces itself, and finds the other where it was (R10).

nic a
nic b
qp 1 a b mtu=256 announce=8
post-recv qp=1 at=a len=4000 count=4
post-recv qp=1 at=b len=4000 count=4
post-send qp=1 at=b len=4000 count=2
post-send qp=1 at=a len=4000 count=2
run 3us
stall qp=1 at=a
stall qp=1 at=b
run 100us
rollback qp=1 at=b
run 20us
rollback qp=1 at=a
idle
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256 announce=8
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
> stall qp=1 at=b
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=11 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=12 qp=0x100 len=256
b: NAKED: SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=15 qp=0x100 ackreq len=160
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_FIRST psn=16 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> run 100us
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: ACKNOWLEDGE psn=10 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_STOPPED: ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> rollback qp=1 at=b
b: ACTIVATE qp=0x200: OK
b: qp=0x200 STOPPED -> RTS
b -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=10 addr=10.0.0.2 tag=0x0
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=19 epsn=10 addr=10.0.0.2 tag=0x0
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> run 20us
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=13 epsn=9 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=9 qp=0x100 RESUME_ACK flags=0x01 epoch=2 peer_epoch=2 sent=10 epsn=10 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
> idle
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a: EVENT RESUMED qp=1
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=160
a -> b SEND_FIRST psn=16 qp=0x200 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a MIGRATION psn=9 qp=0x100 RESUME flags=0x01 epoch=2 peer_epoch=2 sent=10 epsn=10 addr=10.0.0.2 tag=0x0
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_STOPPED: SEND_LAST psn=15 qp=0x200 ackreq len=160
a -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b: DROP_STOPPED: SEND_FIRST psn=16 qp=0x200 len=256
a -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=17 qp=0x200 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=18 qp=0x200 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b MIGRATION psn=10 qp=0x200 RESUME_ACK flags=0x01 epoch=2 peer_epoch=2 sent=17 epsn=9 addr=10.0.0.1 tag=0x0
b: DROP_STOPPED: SEND_MIDDLE psn=19 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=20 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a: EVENT PEER_MOVED qp=1
b: DROP_STOPPED: SEND_MIDDLE psn=21 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=22 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=23 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=24 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=160
b: DROP_STOPPED: SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_FIRST psn=16 qp=0x200 len=256
b: DROP_STOPPED: SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
b: EVENT RESUMED qp=1
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
a -> b SEND_MIDDLE psn=23 qp=0x200 len=256
a -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
b: WC qp=1 RECV #0 len=4000 SUCCESS
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=27 qp=0x200 len=256
a -> b SEND_MIDDLE psn=28 qp=0x200 len=256
b -> a SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a: WC qp=1 SEND #0 len=4000 SUCCESS
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=160
b -> a SEND_MIDDLE psn=12 qp=0x100 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=160
b -> a SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
b: WC qp=1 RECV #1 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=20 qp=0x100 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
b -> a SEND_MIDDLE psn=23 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> a SEND_MIDDLE psn=24 qp=0x100 len=256
b -> a SEND_MIDDLE psn=25 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256
a: WC qp=1 SEND #1 len=4000 SUCCESS
a: WC qp=1 RECV #0 len=4000 SUCCESS
b -> a SEND_MIDDLE psn=27 qp=0x100 len=256
b -> a SEND_MIDDLE psn=28 qp=0x100 len=256
b -> a SEND_MIDDLE psn=29 qp=0x100 len=256
b -> a SEND_MIDDLE psn=30 qp=0x100 len=256
b -> a SEND_LAST psn=31 qp=0x100 ackreq len=160
b: WC qp=1 SEND #0 len=4000 SUCCESS
a -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
a: WC qp=1 RECV #1 len=4000 SUCCESS
b: WC qp=1 SEND #1 len=4000 SUCCESS
> expect data qp=1
