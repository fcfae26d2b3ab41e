# A container with two connections to two hosts stops, moves and is activated as one, with one register write each.

nic a
nic b
nic c
qp 1 a b
qp 2 a b with=1 mtu=256
post-recv qp=1 at=b len=1000 count=3
post-recv qp=2 at=a len=1000 count=3
post-send qp=1 at=a len=1000 count=3
post-send qp=2 at=b len=1000 count=3
run 3us
stall qp=1 at=a
run 20us
expect state qp=2 at=a is=STOPPED
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=2 at=a
idle
expect data qp=1
expect data qp=2
expect event qp=2 at=c name=RESUMED count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> qp 2 a b with=1 mtu=256
> post-recv qp=1 at=b count=3 len=1000
> post-recv qp=2 at=a count=3 len=1000
> post-send qp=1 at=a len=1000 count=3
> post-send qp=2 at=b len=1000 count=3
> run 3us
b -> a SEND_FIRST psn=0 qp=0x101 len=256
b -> a SEND_MIDDLE psn=1 qp=0x101 len=256
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b -> a SEND_MIDDLE psn=2 qp=0x101 len=256
b -> a SEND_LAST psn=3 qp=0x101 ackreq len=232
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
b -> a SEND_FIRST psn=4 qp=0x101 len=256
b -> a SEND_MIDDLE psn=5 qp=0x101 len=256
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1000
b -> a SEND_MIDDLE psn=6 qp=0x101 len=256
b -> a SEND_LAST psn=7 qp=0x101 ackreq len=232
b -> a SEND_FIRST psn=8 qp=0x101 len=256
b -> a SEND_MIDDLE psn=9 qp=0x101 len=256
b -> a SEND_MIDDLE psn=10 qp=0x101 len=256
b -> a SEND_LAST psn=11 qp=0x101 ackreq len=232
a -> b ACKNOWLEDGE psn=3 qp=0x201 ACK msn=1
a: WC qp=2 RECV #0 len=1000 SUCCESS
b: WC qp=1 RECV #0 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a -> b ACKNOWLEDGE psn=7 qp=0x201 ACK msn=2
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
a: WC qp=2 RECV #1 len=1000 SUCCESS
a: WC qp=2 RECV #2 len=1000 SUCCESS
b: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 RECV #2 len=1000 SUCCESS
> stall qp=1 at=a
a -> b ACKNOWLEDGE psn=11 qp=0x201 ACK msn=3
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: STALL qp=0x101: OK
a: qp=0x101 RTS -> STOPPED
a: DROP_STOPPED: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: DROP_STOPPED: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=2 SEND #0 len=1000 SUCCESS
b: WC qp=2 SEND #1 len=1000 SUCCESS
> run 20us
a: DROP_STOPPED: ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
b: WC qp=2 SEND #2 len=1000 SUCCESS
> expect state qp=2 at=a is=STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=3 epsn=0 addr=10.0.0.3 tag=0x0
c: ACTIVATE qp=0x101: OK
c: qp=0x101 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=3 addr=10.0.0.2 tag=0x0
b -> c MIGRATION psn=12 qp=0x101 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
b: EVENT PEER_MOVED qp=2
c: EVENT RESUMED qp=1
c: EVENT RESUMED qp=2
c: WC qp=1 SEND #0 len=1000 SUCCESS
c: WC qp=1 SEND #1 len=1000 SUCCESS
c: WC qp=1 SEND #2 len=1000 SUCCESS
> release qp=2 at=a
> idle
> expect data qp=1
> expect data qp=2
> expect event qp=2 at=c name=RESUMED count=1
