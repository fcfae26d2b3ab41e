# The first two RESUMEs are lost. The announcement has a timer of its own and needs nothing in the send queue: the third
# gets through, and an idle connection moves all the same (R6; B2 of the prototype is a deadlock here).

nic a
nic b
nic c
qp 1 a b
drop from=c to=b packet=RESUME count=2
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
post-recv qp=1 at=c len=1000
post-send qp=1 at=b len=1000
idle
expect data qp=1
expect packets from=c to=b packet=RESUME count=3
expect event qp=1 at=c name=RESUMED count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> drop from=c to=b packet=RESUME count=2
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
> forward qp=1 at=a to=c
> release qp=1 at=a
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (dropped)
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> post-recv qp=1 at=c len=1000
> post-send qp=1 at=b len=1000
> idle
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
> expect packets from=c to=b packet=RESUME count=3
> expect event qp=1 at=c name=RESUMED count=1
