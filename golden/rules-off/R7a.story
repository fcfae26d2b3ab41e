# R7a: a source rolled back by mistake is followed although its successor has sent what it has not. Neither una nor ePSN
# of the source gives it away if the acknowledgement is still on its way to the successor. Then RESUME_ACK names what it
# never sent. It breaks P4 in dialect godwit-R7a, and does not in dialect godwit. A shortest path of godwit explore in
# world zombie.

dialect godwit-R7a
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a len=1024
post-recv qp=1 at=x len=1024
post-send qp=1 at=a len=256
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
rollback qp=1 at=a
send qp=1 at=b
deliver from=b to=x packet=SEND_ONLY psn=0
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
deliver from=x to=b packet=ACK psn=0
expire qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
expire qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
expire qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
expire qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
expire qp=1 at=a
auto
run 20000us
expect settled qp=1
post-send qp=1 at=x len=256
run 20000us
expect wc qp=1 at=x count=2
expect settled qp=1

-- trace --
> dialect godwit-R7a
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a len=1024
> post-recv qp=1 at=x len=1024
> post-send qp=1 at=a len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=RESUME_ACK psn=0
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (released)
b: EVENT RESUMED qp=1
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> send qp=1 at=b
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> deliver from=b to=x packet=SEND_ONLY psn=0
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (held)
x: WC qp=1 RECV #0 len=256 SUCCESS
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (released)
a: DROP_PROGRESS: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> deliver from=x to=b packet=ACK psn=0
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (released)
b: WC qp=1 SEND #0 len=256 SUCCESS
> expire qp=1 at=a
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (held)
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (released)
a: DROP_PROGRESS: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> expire qp=1 at=a
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (held)
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (released)
a: DROP_PROGRESS: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> expire qp=1 at=a
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (held)
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (released)
a: DROP_PROGRESS: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> expire qp=1 at=a
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (held)
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0 (released)
a: DROP_PROGRESS: MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> expire qp=1 at=a
a: TIMER RESUME qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT MIGRATION_LOST qp=1
a: WC qp=1 SEND #0 RETRY_EXC_ERR MIGRATION_LOST
a: WC qp=1 RECV #0 WR_FLUSH_ERR
> auto
> run 20000us
> expect settled qp=1
> post-send qp=1 at=x len=256
> run 20000us
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: DROP_STATE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: TIMER ACK qp=0x200
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: DROP_STATE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: TIMER ACK qp=0x200
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: DROP_STATE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: TIMER ACK qp=0x200
x: qp=0x200 RTS -> ERR
x: EVENT QP_FATAL qp=1
x: WC qp=1 SEND #0 RETRY_EXC_ERR
> expect wc qp=1 at=x count=2
fails: expect wc: 1 completions of QP 1 at x with SUCCESS NONE, want 2
