# R4: a pause whose other end died does not end. NAK_STOPPED pauses, the host that sent it dies, and nothing but a
# RESUME would end the pause. It breaks P4 in dialect godwit-R4, and does not in dialect godwit. A shortest path of
# godwit explore in world crash.

dialect godwit-R4
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a len=1024
post-recv qp=1 at=x len=1024
post-send qp=1 at=x len=256
send qp=1 at=x
stall qp=1 at=a
deliver from=x to=a packet=SEND_ONLY psn=0
crash a
auto
run 20000us
expect settled qp=1

-- trace --
> dialect godwit-R4
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a len=1024
> post-recv qp=1 at=x len=1024
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> deliver from=x to=a packet=SEND_ONLY psn=0
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (held)
> crash a
> auto
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (released)
> run 20000us
x: qp=0x200 RTS -> PAUSED
x: EVENT PEER_STOPPED qp=1
> expect settled qp=1
fails: expect settled: QP 1 at x is in PAUSED
