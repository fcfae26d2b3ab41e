# The plain move of one end in mid-stream: stop (R1), the partner pauses (R3), restore elsewhere (R5), RESUME and its
# acknowledgement (R6, R7, R8), the tombstone is told and released (R10a). Nothing is lost or done twice, both ways.

nic a
nic b
nic c
qp 1 a b mtu=256
post-recv qp=1 at=a len=1000 count=4
post-recv qp=1 at=b len=1000 count=4
post-send qp=1 at=a len=1000 count=3
post-send qp=1 at=b len=900 count=3
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
> post-recv qp=1 at=a count=4 len=1000
> post-recv qp=1 at=b count=4 len=1000
> post-send qp=1 at=a len=1000 count=3
> post-send qp=1 at=b len=900 count=3
> run 4us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=132
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=232
b -> a SEND_FIRST psn=4 qp=0x100 len=256
a -> b SEND_FIRST psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=132
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=232
a: WC qp=1 RECV #0 len=900 SUCCESS
a -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
b -> a SEND_FIRST psn=8 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1
a -> b SEND_FIRST psn=8 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=7 qp=0x200 ACK msn=2
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=2
a: WC qp=1 RECV #1 len=900 SUCCESS
b: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 RECV #1 len=1000 SUCCESS
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=232
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
a: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=900 SUCCESS
b: WC qp=1 SEND #1 len=900 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: DROP_STOPPED: ACKNOWLEDGE psn=7 qp=0x100 ACK msn=2
a: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=3
a: NAKED: SEND_LAST psn=11 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: WC qp=1 RECV #2 len=1000 SUCCESS
> run 20us
b: qp=0x200 RTS -> PAUSED
a: DROP_STOPPED: ACKNOWLEDGE psn=11 qp=0x100 ACK msn=3
b: EVENT PEER_STOPPED qp=1
> expect state qp=1 at=a is=STOPPED
> expect state qp=1 at=b is=PAUSED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=4 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 epsn=10 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=10 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 epsn=12 addr=10.0.0.2 tag=0x0
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=132
b: EVENT PEER_MOVED qp=1
c -> b ACKNOWLEDGE psn=11 qp=0x200 ACK msn=3
c: EVENT RESUMED qp=1
c: WC qp=1 SEND #1 len=1000 SUCCESS
c: WC qp=1 SEND #2 len=1000 SUCCESS
c: WC qp=1 RECV #2 len=900 SUCCESS
b: WC qp=1 SEND #2 len=900 SUCCESS
> release qp=1 at=a
> post-send qp=1 at=c len=500
> post-send qp=1 at=b len=500
> idle
b -> c SEND_FIRST psn=12 qp=0x100 len=256
c -> b SEND_FIRST psn=12 qp=0x200 len=256
b -> c SEND_LAST psn=13 qp=0x100 ackreq len=244
c -> b SEND_LAST psn=13 qp=0x200 ackreq len=244
b -> c ACKNOWLEDGE psn=13 qp=0x100 ACK msn=4
c -> b ACKNOWLEDGE psn=13 qp=0x200 ACK msn=4
b: WC qp=1 RECV #3 len=500 SUCCESS
c: WC qp=1 RECV #3 len=500 SUCCESS
b: WC qp=1 SEND #3 len=500 SUCCESS
c: WC qp=1 SEND #3 len=500 SUCCESS
> expect data qp=1
> expect state qp=1 at=b is=RTS
> expect event qp=1 at=b name=PEER_STOPPED count=1
> expect event qp=1 at=b name=PEER_MOVED count=1
> expect event qp=1 at=c name=RESUMED count=1
> expect packets from=c to=b packet=RESUME count=1
