# B2: one lost RESUME, and an idle queue pair is blocked for ever. RESUME is sent again by the retransmission timer,
# which runs only while something is unacknowledged and attribute timeout is not 0. It breaks P4 in dialect migros-poc,
# and does not in dialect godwit. A shortest path of godwit explore in world idle.

dialect migros-poc
manual
nic a
nic b
nic x
qp 1 a x mtu=256 timeout=0 retry=3 probes=3 resumes=5 depth=8 mem=8192
stall qp=1 at=a
move qp=1 from=a to=b
lose from=b to=x packet=RESUME psn=0
resume qp=1 at=b
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect migros-poc
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 timeout=0 retry=3 probes=3 resumes=5 depth=8 mem=8192
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> lose from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (discarded)
> resume qp=1 at=b
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> auto
> run 20000us
> expect data qp=1
> expect settled qp=1
fails: expect settled: QP 1 at b still announces itself
