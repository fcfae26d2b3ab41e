# Found by godwit fuzz pair: both ends had moved while the other was stopped, so each knew only the tombstone of the other.
# Then each was restored on its old NIC, where the copy takes the place of the tombstone, and the copy was given up. When it
# was destroyed nobody was left there to say where the endpoint is, and both announced themselves to nobody until
# MIGRATION_LOST. So a copy that is given up becomes a tombstone again, with the address of the one that goes on (R10a).

nic a
nic b
nic c
nic d
qp 1 a b
stall qp=1 at=a
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
stall qp=1 at=c
forward qp=1 at=b to=c
move qp=1 from=c to=b
forward qp=1 at=b to=c
rollback qp=1 at=c
move qp=1 from=a to=d
resume qp=1 at=d
stall qp=1 at=d
forward qp=1 at=a to=d
move qp=1 from=d to=a
forward qp=1 at=a to=d
rollback qp=1 at=d
post-recv qp=1 at=c count=2 len=2000
post-send qp=1 at=d len=2000
idle
post-send qp=1 at=d len=1
idle
release qp=1 at=a
release qp=1 at=b
expect state qp=1 at=c is=RTS
expect state qp=1 at=d is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> stall qp=1 at=c
c: STALL qp=0x200: OK
c: qp=0x200 RTS -> STOPPED
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
a -> c ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> forward qp=1 at=b to=c
c: DROP_STOPPED: ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=c to=b
> forward qp=1 at=b to=c
> rollback qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
a -> c ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=a to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
> stall qp=1 at=d
d: STALL qp=0x100: OK
d: qp=0x100 RTS -> STOPPED
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b -> d MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=d
d: DROP_STOPPED: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> move qp=1 from=d to=a
> forward qp=1 at=a to=d
> rollback qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b -> d MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> post-recv qp=1 at=c count=2 len=2000
> post-send qp=1 at=d len=2000
> idle
d -> c MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=3 peer_epoch=3 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
d -> c SEND_FIRST psn=0 qp=0x200 len=1024
d: EVENT RESUMED qp=1
d -> c SEND_LAST psn=1 qp=0x200 ackreq len=976
c: NAKED: SEND_FIRST psn=0 qp=0x200 len=1024
c -> d MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=3 peer_epoch=3 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: DROP_STOPPED: SEND_LAST psn=1 qp=0x200 ackreq len=976
d -> c MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=3 peer_epoch=3 sent=2 epsn=0 addr=10.0.0.4 tag=0x0
d -> c SEND_FIRST psn=0 qp=0x200 len=1024
d -> c SEND_LAST psn=1 qp=0x200 ackreq len=976
d: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c -> d ACKNOWLEDGE psn=1 qp=0x100 ACK msn=1
c: WC qp=1 RECV #0 len=2000 SUCCESS
d: WC qp=1 SEND #0 len=2000 SUCCESS
> post-send qp=1 at=d len=1
> idle
d -> c SEND_ONLY psn=2 qp=0x200 ackreq len=1
c -> d ACKNOWLEDGE psn=2 qp=0x100 ACK msn=2
c: WC qp=1 RECV #1 len=1 SUCCESS
d: WC qp=1 SEND #1 len=1 SUCCESS
> release qp=1 at=a
> release qp=1 at=b
> expect state qp=1 at=c is=RTS
> expect state qp=1 at=d is=RTS
> expect data qp=1
