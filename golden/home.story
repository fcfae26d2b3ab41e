# Back to a host that still holds the tombstone of the first move: the restored queue pair replaces it (R5), and RESUME
# with the newer epoch finds the partner.

nic a
nic b
nic c
qp 1 a b
post-recv qp=1 at=b len=1000 count=3
post-send qp=1 at=a len=1000
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 100us
post-send qp=1 at=c len=1000
stall qp=1 at=c
move qp=1 from=c to=a
resume qp=1 at=a
forward qp=1 at=c to=a
release qp=1 at=c
post-send qp=1 at=a len=1000
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> post-recv qp=1 at=b count=3 len=1000
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
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
c: EVENT RESUMED qp=1
b: WC qp=1 RECV #0 len=1000 SUCCESS
> run 100us
b -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
c: WC qp=1 SEND #0 len=1000 SUCCESS
> post-send qp=1 at=c len=1000
> stall qp=1 at=c
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
> move qp=1 from=c to=a
> resume qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
> forward qp=1 at=c to=a
b -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
a: EVENT RESUMED qp=1
b: WC qp=1 RECV #1 len=1000 SUCCESS
> release qp=1 at=c
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
> post-send qp=1 at=a len=1000
> idle
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #1 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
b: WC qp=1 RECV #2 len=1000 SUCCESS
a: WC qp=1 SEND #2 len=1000 SUCCESS
> expect data qp=1
