# The partner insists on the address it knows (pinned=yes): a RESUME from another is dropped, and the move fails with
# MIGRATION_LOST instead of redirecting the connection (R7).

nic a
nic b
nic c
qp 1 a b pinned=yes resumes=1 announce=8
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
idle
expect counter at=b name=DROP_ADDRESS count=2
expect state qp=1 at=c is=ERR
expect state qp=1 at=b is=RTS

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8 resumes=1 pinned=yes
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> idle
b: DROP_ADDRESS: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_ADDRESS: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c: qp=0x100 RTS -> ERR
c: EVENT MIGRATION_LOST qp=1
> expect counter at=b name=DROP_ADDRESS count=2
> expect state qp=1 at=c is=ERR
> expect state qp=1 at=b is=RTS
