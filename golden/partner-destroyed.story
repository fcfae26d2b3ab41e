# The partner destroys its queue pair while it is paused. Nobody answers RESUME, which ends after resumes=5 more with
# MIGRATION_LOST (R6).

nic a
nic b
nic c
qp 1 a b announce=8 resumes=5
post-send qp=1 at=b len=1000
stall qp=1 at=a
run 50us
destroy qp=1 at=b
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect state qp=1 at=c is=ERR
expect event qp=1 at=c name=MIGRATION_LOST count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8 resumes=5
> post-send qp=1 at=b len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
> run 50us
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> destroy qp=1 at=b
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> release qp=1 at=a
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c: qp=0x100 RTS -> ERR
c: EVENT MIGRATION_LOST qp=1
> idle
> expect state qp=1 at=c is=ERR
> expect event qp=1 at=c name=MIGRATION_LOST count=1
