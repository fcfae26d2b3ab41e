# B7: a RESUME of the first move that comes late undoes the second. RESUME has no epoch and is taken in any state; its
# sender becomes the partner's address, though it is a tombstone by then. It breaks P6 in dialect migros-poc+R5, and
# does not in dialect godwit. A shortest path of godwit explore in world chain.

dialect migros-poc+R5
manual
nic a
nic b
nic c
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a len=1024
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
deliver from=c to=x packet=RESUME psn=0
deliver from=b to=x packet=RESUME psn=0
expect partner qp=1 at=x is=c
forward qp=1 at=a to=c
forward qp=1 at=b to=c
auto
run 20000us
expect settled qp=1
post-send qp=1 at=x len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect migros-poc+R5
> manual
> nic a
> nic b
> nic c
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a len=1024
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> stall qp=1 at=b
b: STALL qp=0x100: OK
b: qp=0x100 RTS -> STOPPED
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (held)
> deliver from=c to=x packet=RESUME psn=0
c -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (released)
x -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> expect partner qp=1 at=x is=c
fails: expect partner: QP 1 at x sends to b, want c
