# R11: two copies of an end, one of them brought back by mistake, mix their messages: the one that counts loses its
# connection. The partner has taken the address of the newer copy and still takes packets of the older one, which has
# sent more. What the newer one sends then looks repeated, and is never acknowledged. It breaks P8 in dialect
# godwit-R11, and does not in dialect godwit. A shortest path of godwit explore in world usurper.

dialect godwit-R11
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
post-recv qp=1 at=x count=2 len=1024
post-send qp=1 at=a len=256
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
rollback qp=1 at=a
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=RESUME_ACK psn=0
send qp=1 at=b
deliver from=b to=x packet=SEND_ONLY psn=0
deliver from=x to=a packet=ACK psn=0
send qp=1 at=a
post-send qp=1 at=b len=256
send qp=1 at=b
deliver from=b to=x packet=SEND_ONLY psn=1
deliver from=a to=x packet=SEND_ONLY psn=0
deliver from=x to=a packet=ACK psn=1
deliver from=x to=a packet=ACK psn=1
expire qp=1 at=a
send qp=1 at=a
deliver from=a to=x packet=SEND_ONLY psn=0
deliver from=x to=a packet=ACK psn=1
expire qp=1 at=a
send qp=1 at=a
deliver from=a to=x packet=SEND_ONLY psn=0
deliver from=x to=a packet=ACK psn=1
expire qp=1 at=a
auto
run 20000us
expect settled qp=1
post-send qp=1 at=a len=256
run 20000us
expect wc qp=1 at=a count=2
expect wc qp=1 at=x count=2
expect settled qp=1

-- trace --
> dialect godwit-R11
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=x count=2 len=1024
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
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=a packet=RESUME_ACK psn=0
x -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (released)
a: EVENT RESUMED qp=1
> send qp=1 at=b
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> deliver from=b to=x packet=SEND_ONLY psn=0
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (held)
x: WC qp=1 RECV #0 len=256 SUCCESS
> deliver from=x to=a packet=ACK psn=0
x -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (released)
a: DROP_GHOST: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
> send qp=1 at=a
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> post-send qp=1 at=b len=256
> send qp=1 at=b
b -> x SEND_ONLY psn=1 qp=0x200 ackreq len=256 (held)
> deliver from=b to=x packet=SEND_ONLY psn=1
b -> x SEND_ONLY psn=1 qp=0x200 ackreq len=256 (released)
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (held)
x: WC qp=1 RECV #1 len=256 SUCCESS
> deliver from=a to=x packet=SEND_ONLY psn=0
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (held)
> deliver from=x to=a packet=ACK psn=1
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (released)
a: DROP_GHOST: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
> deliver from=x to=a packet=ACK psn=1
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (released)
a: DROP_GHOST: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
> expire qp=1 at=a
a: TIMER ACK qp=0x100
> send qp=1 at=a
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> deliver from=a to=x packet=SEND_ONLY psn=0
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (held)
> deliver from=x to=a packet=ACK psn=1
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (released)
a: DROP_GHOST: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
> expire qp=1 at=a
a: TIMER ACK qp=0x100
> send qp=1 at=a
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> deliver from=a to=x packet=SEND_ONLY psn=0
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (released)
x: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (held)
> deliver from=x to=a packet=ACK psn=1
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 (released)
a: DROP_GHOST: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
> expire qp=1 at=a
a: TIMER ACK qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 SEND #0 RETRY_EXC_ERR
> auto
> run 20000us
b: TIMER ACK qp=0x100
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256
b -> x SEND_ONLY psn=1 qp=0x200 ackreq len=256
x: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
x: DUPLICATE: SEND_ONLY psn=1 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a: DROP_STATE: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a: DROP_STATE: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: TIMER ACK qp=0x100
b -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256
b -> x SEND_ONLY psn=1 qp=0x200 ackreq len=256
x: DUPLICATE: SEND_ONLY psn=0 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
x: DUPLICATE: SEND_ONLY psn=1 qp=0x200 ackreq len=256
x -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a: DROP_STATE: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a: DROP_STATE: ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: TIMER ACK qp=0x100
b: qp=0x100 RTS -> ERR
b: EVENT QP_FATAL qp=1
b: WC qp=1 SEND #0 RETRY_EXC_ERR
b: WC qp=1 SEND #1 WR_FLUSH_ERR
> expect settled qp=1
> post-send qp=1 at=a len=256
> run 20000us
a: WC qp=1 SEND #1 WR_FLUSH_ERR
> expect wc qp=1 at=a count=2
fails: expect wc: 0 completions of QP 1 at a with SUCCESS NONE, want 2
