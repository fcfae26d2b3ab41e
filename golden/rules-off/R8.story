# R8: a RESUME_ACK of an earlier announcement takes back what was acknowledged. The answer names an ePSN of long ago.
# Taken as it is, una_psn goes backwards, which looks like half the PSN space acknowledged. It breaks P2 in dialect
# godwit-R8, and does not in dialect godwit. A shortest path of godwit explore in world abort.

dialect godwit-R8
manual
nic a
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=x len=1024
post-send qp=1 at=a len=256
send qp=1 at=a
stall qp=1 at=a
rollback qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=a to=x packet=SEND_ONLY psn=0
deliver from=x to=a packet=ACK psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R8
> manual
> nic a
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=x len=1024
> post-send qp=1 at=a len=256
> send qp=1 at=a
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=a to=x packet=SEND_ONLY psn=0
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (held)
x: WC qp=1 RECV #0 len=256 SUCCESS
> deliver from=x to=a packet=ACK psn=0
x -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (released)
a: WC qp=1 SEND #0 len=256 SUCCESS
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
a: EVENT RESUMED qp=1
fails: driver of a: poll CQ 0: SEND completion of QP 256 for work request 8; posted and not completed are 1 to 1: device answers nonsense (EPROTO)
