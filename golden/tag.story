# The ends have different migration keys. A RESUME whose tag does not verify is dropped, whatever it says: the partner
# keeps its address, and the container that cannot prove who it is gives up (R7, P6).

nic a
nic b
nic c
qp 1 a b keya=00112233445566778899aabbccddeeff keyb=00112233445566778899aabbccddee00 resumes=2 announce=8
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
idle
expect counter at=b name=DROP_TAG count=3
expect packets from=b to=c packet=any count=0
expect state qp=1 at=c is=ERR
expect event qp=1 at=b name=PEER_MOVED count=0

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8 resumes=2 keya=00112233445566778899aabbccddeeff keyb=00112233445566778899aabbccddee00
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
> idle
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
c: TIMER RESUME qp=0x100
c: qp=0x100 RTS -> ERR
c: EVENT MIGRATION_LOST qp=1
> expect counter at=b name=DROP_TAG count=3
> expect packets from=b to=c count=0
> expect state qp=1 at=c is=ERR
> expect event qp=1 at=b name=PEER_MOVED count=0
