# The packets of a link are held while its receiver moves away, and arrive when the receiver is elsewhere: the tombstone
# answers them with NAK_STOPPED from where the partner was, which is dropped (R11), and nothing takes effect twice (R2, P1).

nic a
nic b
nic c
qp 1 a b mtu=1024 announce=8
post-recv qp=1 at=a len=1000 count=2
hold from=b to=a packet=SEND_ONLY count=2
post-send qp=1 at=b len=1000 count=2
run 5us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 20us
deliver from=b to=a psn=1
repeat from=b to=a psn=0
lose from=b to=a psn=0 nth=2
deliver from=b to=a
idle
expect packets from=a to=b packet=NAK_STOPPED count=2
expect settled qp=1
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8
> post-recv qp=1 at=a count=2 len=1000
> hold from=b to=a packet=SEND_ONLY count=2
> post-send qp=1 at=b len=1000 count=2
> run 5us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (held)
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=2 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c: WC qp=1 RECV #1 len=1000 SUCCESS
> run 20us
b: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> deliver from=b to=a psn=1
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000 (released)
> repeat from=b to=a psn=0
> lose from=b to=a psn=0 nth=2
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (discarded)
> deliver from=b to=a
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (released)
> idle
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_SOURCE: ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: DROP_SOURCE: ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect packets from=a to=b packet=NAK_STOPPED count=2
> expect settled qp=1
> expect data qp=1
