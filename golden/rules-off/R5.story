# R5: what is done before memory is there is undone. Loading activates, the partner is told, its messages arrive, and
# the memory that comes last has none of them. It breaks P1 in dialect godwit-R5, and does not in dialect godwit. A
# shortest path of godwit explore in world late.

dialect godwit-R5
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=a count=2 len=1024
post-send qp=1 at=x len=256
post-send qp=1 at=x len=256
stall qp=1 at=a
move qp=1 from=a to=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
send qp=1 at=x
deliver from=x to=b packet=SEND_ONLY psn=0
send qp=1 at=x
resume qp=1 at=b
deliver from=x to=b packet=SEND_ONLY psn=1
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R5
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=a count=2 len=1024
> post-send qp=1 at=x len=256
> post-send qp=1 at=x len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=RESUME_ACK psn=0
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (released)
> send qp=1 at=x
x -> b SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> deliver from=x to=b packet=SEND_ONLY psn=0
x -> b SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
b -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1 (held)
> send qp=1 at=x
x -> b SEND_ONLY psn=1 qp=0x100 ackreq len=256 (held)
> resume qp=1 at=b
b: EVENT RESUMED qp=1
> deliver from=x to=b packet=SEND_ONLY psn=1
x -> b SEND_ONLY psn=1 qp=0x100 ackreq len=256 (released)
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2 (held)
> forward qp=1 at=a to=b
> auto
b -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1 (released)
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2 (released)
> run 20000us
x: WC qp=1 SEND #0 len=256 SUCCESS
x: WC qp=1 SEND #1 len=256 SUCCESS
> expect data qp=1
fails: expect data: QP 1 end A: send #0 was not received
