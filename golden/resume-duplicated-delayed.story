# The first RESUME is so late that it comes when the container has moved on to another host with a newer epoch; the
# second comes twice, and so does its acknowledgement. Duplicates change nothing, and the late one is answered STALE, not
# believed: it would redirect the connection to a host that it has left (R7, R8, P6; B7 of the prototype).

nic a
nic b
nic c
nic d
qp 1 a b announce=8
delay from=c to=b packet=RESUME by=800us
dup from=c to=b packet=RESUME
dup from=b to=c packet=RESUME_ACK
post-recv qp=1 at=b len=1000 count=3
post-send qp=1 at=a len=1000
run 100us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
post-send qp=1 at=c len=1000
run 100us
stall qp=1 at=c
move qp=1 from=c to=d
resume qp=1 at=d
forward qp=1 at=c to=d
run 1500us
expect packets from=b to=c packet=STALE count=1
release qp=1 at=c
post-send qp=1 at=d len=1000
idle
expect data qp=1
expect event qp=1 at=b name=PEER_MOVED count=2
expect packets from=b to=c packet=RESUME_ACK count=2

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b announce=8
> delay from=c to=b packet=RESUME by=800us
> dup from=c to=b packet=RESUME
> dup from=b to=c packet=RESUME_ACK
> post-recv qp=1 at=b count=3 len=1000
> post-send qp=1 at=a len=1000
> run 100us
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=1000 SUCCESS
a: WC qp=1 SEND #0 len=1000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (late)
> forward qp=1 at=a to=c
> release qp=1 at=a
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c -> b MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (copy)
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0 (copy)
b: DUPLICATE: MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: DROP_UNASKED: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
c: DROP_UNASKED: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
c: EVENT RESUMED qp=1
> post-send qp=1 at=c len=1000
> run 100us
c -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
b -> c ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=1 RECV #1 len=1000 SUCCESS
c: WC qp=1 SEND #1 len=1000 SUCCESS
> stall qp=1 at=c
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
> move qp=1 from=c to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> b MIGRATION psn=2 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
> forward qp=1 at=c to=d
b -> d MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=2 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
d: EVENT RESUMED qp=1
> run 1500us
b: NAKED: MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=2 addr=10.0.0.2 tag=0x0
c: DROP_STOPPED: MIGRATION psn=0 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=2 addr=10.0.0.2 tag=0x0
> expect packets from=b to=c packet=STALE count=1
> release qp=1 at=c
> post-send qp=1 at=d len=1000
> idle
d -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1000
b -> d ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
b: WC qp=1 RECV #2 len=1000 SUCCESS
d: WC qp=1 SEND #2 len=1000 SUCCESS
> expect data qp=1
> expect event qp=1 at=b name=PEER_MOVED count=2
> expect packets from=b to=c packet=RESUME_ACK count=2
