# B8: a duplicate is acknowledged with 0xffffff: a SEND completes that never arrived. The PSN acknowledged last is not
# dumped and restored as 0. Until something new arrives a duplicate draws an ACK of the PSN before 0, which is
# outstanding if PSNs are about to wrap. It breaks P2 in dialect godwit+forget-ack+plain-ack, and does not in dialect
# godwit. A shortest path of godwit explore in world wrap.

dialect godwit+forget-ack+plain-ack
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=4 probes=4 resumes=6 depth=8 mem=8192 psnb=16777214
post-recv qp=1 at=a count=2 len=1024
post-send qp=1 at=x len=256
send qp=1 at=x
deliver from=x to=a packet=SEND_ONLY psn=16777214
expire qp=1 at=x
post-send qp=1 at=x len=256
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=a to=x packet=ACK psn=16777214
deliver from=x to=b packet=ACK psn=0
send qp=1 at=x
deliver from=x to=b packet=SEND_ONLY psn=16777214
send qp=1 at=x
deliver from=b to=x packet=ACK psn=16777215
lose from=x to=b packet=SEND_ONLY psn=16777215
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit+forget-ack+plain-ack
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=4 probes=4 resumes=6 depth=8 mem=8192 psnb=16777214
> post-recv qp=1 at=a count=2 len=1024
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=16777214 qp=0x100 ackreq len=256 (held)
> deliver from=x to=a packet=SEND_ONLY psn=16777214
x -> a SEND_ONLY psn=16777214 qp=0x100 ackreq len=256 (released)
a -> x ACKNOWLEDGE psn=16777214 qp=0x200 ACK msn=1 (held)
a: WC qp=1 RECV #0 len=256 SUCCESS
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> post-send qp=1 at=x len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=16777215 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=16777215 addr=10.0.0.2 tag=0x0 (released)
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=a to=x packet=ACK psn=16777214
a -> x ACKNOWLEDGE psn=16777214 qp=0x200 ACK msn=1 (released)
x: DROP_SOURCE: ACKNOWLEDGE psn=16777214 qp=0x200 ACK msn=1
> deliver from=x to=b packet=ACK psn=0
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (released)
b: DROP_GHOST: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0
b: EVENT RESUMED qp=1
> send qp=1 at=x
x -> b SEND_ONLY psn=16777214 qp=0x100 ackreq len=256 (held)
> deliver from=x to=b packet=SEND_ONLY psn=16777214
x -> b SEND_ONLY psn=16777214 qp=0x100 ackreq len=256 (released)
b: DUPLICATE: SEND_ONLY psn=16777214 qp=0x100 ackreq len=256
b -> x ACKNOWLEDGE psn=16777215 qp=0x200 ACK msn=1 (held)
> send qp=1 at=x
x -> b SEND_ONLY psn=16777215 qp=0x100 ackreq len=256 (held)
> deliver from=b to=x packet=ACK psn=16777215
b -> x ACKNOWLEDGE psn=16777215 qp=0x200 ACK msn=1 (released)
x: WC qp=1 SEND #0 len=256 SUCCESS
x: WC qp=1 SEND #1 len=256 SUCCESS
> lose from=x to=b packet=SEND_ONLY psn=16777215
x -> b SEND_ONLY psn=16777215 qp=0x100 ackreq len=256 (discarded)
> forward qp=1 at=a to=b
> auto
> run 20000us
> expect data qp=1
fails: expect data: QP 1 end A: send #1 was not received
