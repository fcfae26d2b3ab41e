# R6a: a source rolled back by mistake executes what was sent to it before the move, and its successor does, too. What
# is still on its way to the source arrives when it is back, before the partner has said which copy it takes. It breaks
# P5 in dialect godwit-R6a, and does not in dialect godwit. A shortest path of godwit explore in world silenced.

dialect godwit-R6a
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a len=1024
post-send qp=1 at=x len=256
send qp=1 at=x
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
rollback qp=1 at=a
deliver from=x to=a packet=SEND_ONLY psn=0
deliver from=b to=x packet=RESUME psn=0
deliver from=a to=x packet=ACK psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
send qp=1 at=x
deliver from=x to=b packet=SEND_ONLY psn=0
expect wc qp=1 at=a count=0 op=recv
auto
run 20000us
expect wc qp=1 at=a count=1
expect wc qp=1 at=x count=1
expect settled qp=1

-- trace --
> dialect godwit-R6a
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a len=1024
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=x to=a packet=SEND_ONLY psn=0
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
a -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1 (held)
a: WC qp=1 RECV #0 len=256 SUCCESS
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=a to=x packet=ACK psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1 (released)
x: DROP_SOURCE: ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
> deliver from=x to=b packet=RESUME_ACK psn=0
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (released)
b: EVENT RESUMED qp=1
> send qp=1 at=x
x -> b SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> deliver from=x to=b packet=SEND_ONLY psn=0
x -> b SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
b -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1 (held)
b: WC qp=1 RECV #0 len=256 SUCCESS
> expect wc qp=1 at=a count=0 op=recv
fails: expect wc: 1 completions of QP 1 at a with SUCCESS NONE, want 0
