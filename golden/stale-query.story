# Found by godwit fuzz pair: after a rollback the driver asked the device how each queue pair is, and while it waited for the
# answer to be fetched the RESUME was acknowledged and the event came. The older answer then overwrote what the event had
# told, so the driver waited for an acknowledgement for ever. A query during which an event came is made again.

nic a
nic b
nic c
qp 1 a b timeout=3 lease=18 announce=9
qp 2 a b with=1 mtu=256 timeout=4 lease=13 announce=6
stall qp=1 at=b
run 1us
move qp=1 from=b to=c
resume qp=1 at=c
run 1us
stall qp=1 at=c
run 4us
rollback qp=1 at=c
forward qp=1 at=b to=c
release qp=1 at=b
idle
expect state qp=1 at=a is=RTS
expect state qp=1 at=c is=RTS
expect data qp=1
expect state qp=2 at=a is=RTS
expect state qp=2 at=c is=RTS
expect data qp=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=3 lease=18 announce=9
> qp 2 a b with=1 mtu=256 timeout=4 lease=13 announce=6
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
b: STALL qp=0x201: OK
b: qp=0x201 RTS -> STOPPED
> run 1us
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: ACTIVATE qp=0x201: OK
c: qp=0x201 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x101 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 1us
a -> c MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a -> c MIGRATION psn=0 qp=0x201 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a: EVENT PEER_MOVED qp=1
a: EVENT PEER_MOVED qp=2
> stall qp=1 at=c
c: STALL qp=0x200: OK
c: qp=0x200 RTS -> STOPPED
c: STALL qp=0x201: OK
c: qp=0x201 RTS -> STOPPED
c: DROP_STOPPED: MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
c: DROP_STOPPED: MIGRATION psn=0 qp=0x201 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
> run 4us
> rollback qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: ACTIVATE qp=0x201: OK
c: qp=0x201 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x101 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
a -> c MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=3 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a -> c MIGRATION psn=0 qp=0x201 RESUME_ACK flags=0x01 epoch=0 peer_epoch=3 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a: EVENT PEER_MOVED qp=1
a: EVENT PEER_MOVED qp=2
> forward qp=1 at=b to=c
c: EVENT RESUMED qp=1
c: EVENT RESUMED qp=2
> release qp=1 at=b
> idle
> expect state qp=1 at=a is=RTS
> expect state qp=1 at=c is=RTS
> expect data qp=1
> expect state qp=2 at=a is=RTS
> expect state qp=2 at=c is=RTS
> expect data qp=2
