# R3: a NAK_STOPPED that comes late pauses a queue pair whose partner runs and has announced itself long ago. Its epoch
# would tell. Nothing ends the pause but the lease and a probe, once for every such packet. It breaks P4a in dialect
# godwit-R3, and does not in dialect godwit. A shortest path of godwit explore in world again.

dialect godwit-R3
manual
nic a
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a count=2 len=1024
post-send qp=1 at=x len=512
send qp=1 at=x
stall qp=1 at=a
deliver from=x to=a packet=SEND_FIRST psn=0
rollback qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=a to=x packet=NAK_STOPPED psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
expect state qp=1 at=x is=RTS
auto
run 20000us
expect settled qp=1
post-send qp=1 at=x len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R3
> manual
> nic a
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a count=2 len=1024
> post-send qp=1 at=x len=512
> send qp=1 at=x
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> deliver from=x to=a packet=SEND_FIRST psn=0
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (released)
a: NAKED: SEND_FIRST psn=0 qp=0x100 len=256
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (held)
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=a to=x packet=NAK_STOPPED psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (released)
x: qp=0x200 RTS -> PAUSED
x: EVENT PEER_STOPPED qp=1
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
a: EVENT RESUMED qp=1
> expect state qp=1 at=x is=RTS
fails: expect state: QP 1 at x is in PAUSED, want RTS
