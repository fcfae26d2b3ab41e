# R2: a stopped queue pair answers with a sequence NAK, which costs its partner a retry. The tombstone has a responder
# that still looks at PSNs: NAK_STOPPED at ePSN only, a sequence NAK beyond it. It breaks P8 in dialect godwit-R2, and
# does not in dialect godwit. A shortest path of godwit explore in world late.

dialect godwit-R2
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=a count=2 len=1024
post-send qp=1 at=x len=256
send qp=1 at=x
post-send qp=1 at=x len=256
send qp=1 at=x
stall qp=1 at=a
deliver from=x to=a packet=SEND_ONLY psn=1
deliver from=a to=x packet=NAK_PSN_SEQ psn=0
expect retries qp=1 at=x min=3
move qp=1 from=a to=b
resume qp=1 at=b
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R2
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=a count=2 len=1024
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=1 qp=0x100 ackreq len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> deliver from=x to=a packet=SEND_ONLY psn=1
x -> a SEND_ONLY psn=1 qp=0x100 ackreq len=256 (released)
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (held)
> deliver from=a to=x packet=NAK_PSN_SEQ psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (released)
> expect retries qp=1 at=x min=3
fails: expect retries: 2 retries left for QP 1 at x, want at least 3
