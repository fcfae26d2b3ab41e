# UC: both ends move at the same time, each to where the other knows nothing of. REDIRECT brings them together, as it does
# those of RC; a tombstone that does not know where its endpoint went yet says nothing.

nic a
nic b
nic c
nic d
qp 1 a b type=uc mtu=256 announce=4
post-recv qp=1 at=b count=2 len=2048
post-send qp=1 at=a op=send len=500
idle
stall qp=1 at=a
stall qp=1 at=b
move qp=1 from=a to=c
move qp=1 from=b to=d
resume qp=1 at=c
run 40us
resume qp=1 at=d
forward qp=1 at=a to=c
forward qp=1 at=b to=d
idle
expect partner qp=1 at=c is=d
expect partner qp=1 at=d is=c
release qp=1 at=a
release qp=1 at=b
post-send qp=1 at=c op=send len=600
idle
expect wc qp=1 at=d op=recv count=2
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b type=uc mtu=256 announce=4
> post-recv qp=1 at=b count=2 len=2048
> post-send qp=1 at=a len=500
> idle
a -> b UC_SEND_FIRST psn=0 qp=0x200 len=256
a -> b UC_SEND_LAST psn=1 qp=0x200 len=244
a: WC qp=1 SEND #0 len=500 SUCCESS
b: WC qp=1 RECV #0 len=500 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=a to=c
> move qp=1 from=b to=d
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 40us
b: DROP_STOPPED: MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_STOPPED: MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: DROP_STOPPED: MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.4 tag=0x0
> forward qp=1 at=a to=c
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.4 tag=0x0
a -> d MIGRATION psn=2 qp=0x200 REDIRECT flags=0x00 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=0 qp=0x100 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=2 qp=0x200 RESUME_ACK flags=0x00 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
> forward qp=1 at=b to=d
d: EVENT RESUMED qp=1
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=2 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> idle
d -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x00 epoch=1 peer_epoch=1 sent=0 epsn=2 addr=10.0.0.4 tag=0x0
d: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> expect partner qp=1 at=c is=d
> expect partner qp=1 at=d is=c
> release qp=1 at=a
> release qp=1 at=b
> post-send qp=1 at=c len=600
> idle
c -> d UC_SEND_FIRST psn=2 qp=0x200 len=256
c -> d UC_SEND_MIDDLE psn=3 qp=0x200 len=256
c -> d UC_SEND_LAST psn=4 qp=0x200 len=88
c: WC qp=1 SEND #1 len=600 SUCCESS
d: WC qp=1 RECV #1 len=600 SUCCESS
> expect wc qp=1 at=d count=2 op=recv
> expect data qp=1
