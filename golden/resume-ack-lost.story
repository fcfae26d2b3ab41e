# The RESUME_ACK is lost twice. RESUME is repeated; the partner has accepted this epoch already and answers again without
# doing anything else (R7: a duplicate).

nic a
nic b
nic c
qp 1 a b
drop from=b to=c packet=RESUME_ACK count=2
post-recv qp=1 at=b len=1000
post-send qp=1 at=a len=1000
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect data qp=1
expect packets from=b to=c packet=RESUME_ACK count=3
expect event qp=1 at=b name=PEER_MOVED count=1
expect event qp=1 at=c name=RESUMED count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> drop from=b to=c packet=RESUME_ACK count=2
> post-recv qp=1 at=b len=1000
> post-send qp=1 at=a len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (dropped)
b: EVENT PEER_MOVED qp=1
> release qp=1 at=a
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (dropped)
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
c: EVENT RESUMED qp=1
b: WC qp=1 RECV #0 len=1000 SUCCESS
> idle
b -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
c: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
> expect packets from=b to=c packet=RESUME_ACK count=3
> expect event qp=1 at=b name=PEER_MOVED count=1
> expect event qp=1 at=c name=RESUMED count=1
