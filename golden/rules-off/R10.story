# R10: a migration that cannot go on cannot go back either. Stopping is final. It breaks P4 in dialect godwit-R10, and
# does not in dialect godwit. A shortest path of godwit explore in world abort.

dialect godwit-R10
manual
nic a
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=x len=1024
stall qp=1 at=a
rollback qp=1 at=a
auto
run 20000us
expect settled qp=1
post-send qp=1 at=a len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R10
> manual
> nic a
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=x len=1024
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: IGNORED
(rollback comes to nothing in this dialect)
> auto
> run 20000us
> expect settled qp=1
fails: expect settled: QP 1 at a is in STOPPED
