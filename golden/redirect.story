# b moves and its RESUME to a is lost while a moves, too: the RESUME of a reaches the tombstone of b, which redirects it
# to where b is now (R2, R9).

nic a
nic b
nic c
nic d
qp 1 a b announce=400
drop from=d to=a packet=RESUME
post-recv qp=1 at=b len=1000
stall qp=1 at=b
move qp=1 from=b to=d
resume qp=1 at=d
forward qp=1 at=b to=d
run 10us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 50us
expect packets from=c to=b packet=RESUME count=1
expect packets from=b to=c packet=REDIRECT count=1
expect packets from=c to=d packet=RESUME count=1
release qp=1 at=a
release qp=1 at=b
post-send qp=1 at=c len=1000
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b announce=400
> drop from=d to=a packet=RESUME
> post-recv qp=1 at=b len=1000
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=b to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (dropped)
> forward qp=1 at=b to=d
> run 10us
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
d: EVENT PEER_MOVED qp=1
> run 50us
c: EVENT RESUMED qp=1
> expect packets from=c to=b packet=RESUME count=1
> expect packets from=b to=c packet=REDIRECT count=1
> expect packets from=c to=d packet=RESUME count=1
> release qp=1 at=a
> release qp=1 at=b
d: TIMER RESUME qp=0x200
d -> c MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
d: EVENT RESUMED qp=1
> post-send qp=1 at=c len=1000
> idle
c -> d SEND_ONLY psn=0 qp=0x200 ackreq len=1000
d -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
d: WC qp=1 RECV #0 len=1000 SUCCESS
c: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
