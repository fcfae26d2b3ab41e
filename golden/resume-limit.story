# A container that is activated where nobody hears it gives up after resumes=3 announcements more: MIGRATION_LOST (R6).

nic a
nic b
nic c
qp 1 a b resumes=3 announce=8
stall qp=1 at=a
move qp=1 from=a to=c
crash b
resume qp=1 at=c
idle
expect packets from=c to=b packet=RESUME count=4
expect state qp=1 at=c is=ERR
expect event qp=1 at=c name=MIGRATION_LOST count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8 resumes=3
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> crash b
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
> idle
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
c: TIMER RESUME qp=0x100
c: qp=0x100 RTS -> ERR
c: EVENT MIGRATION_LOST qp=1
> expect packets from=c to=b packet=RESUME count=4
> expect state qp=1 at=c is=ERR
> expect event qp=1 at=c name=MIGRATION_LOST count=1
