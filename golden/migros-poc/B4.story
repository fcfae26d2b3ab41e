# B4: both ends move: each waits for the other, or its new address is taken by a stopped copy. The stopped copy of the
# partner answers with NAK_STOPPED, or is not there any more, and nobody says where it went; the announcement costs
# retries until there are none. It breaks P4 in dialect migros-poc+R5, and does not in dialect godwit. A shortest path
# of godwit explore in world both.

dialect migros-poc+R5
manual
nic a
nic b
nic x
nic y
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=x len=1024
post-send qp=1 at=a len=256
send qp=1 at=a
lose from=a to=x packet=SEND_ONLY psn=0
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
stall qp=1 at=x
move qp=1 from=x to=y
deliver from=b to=x packet=RESUME psn=0
expire qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
expire qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
expire qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
expire qp=1 at=b
forward qp=1 at=a to=b
resume qp=1 at=y
forward qp=1 at=x to=y
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect migros-poc+R5
> manual
> nic a
> nic b
> nic x
> nic y
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=x len=1024
> post-send qp=1 at=a len=256
> send qp=1 at=a
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (held)
> lose from=a to=x packet=SEND_ONLY psn=0
a -> x SEND_ONLY psn=0 qp=0x200 ackreq len=256 (discarded)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> stall qp=1 at=x
x: STALL qp=0x200: OK
x: qp=0x200 RTS -> STOPPED
> move qp=1 from=x to=y
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=b
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=b
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=b
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x: DROP_NO_QP: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=b
b: TIMER RESUME qp=0x100
b: qp=0x100 RTS -> ERR
b: EVENT MIGRATION_LOST qp=1
b: WC qp=1 SEND #0 RETRY_EXC_ERR MIGRATION_LOST
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> resume qp=1 at=y
y: ACTIVATE qp=0x200: OK
y: qp=0x200 STOPPED -> RTS
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> forward qp=1 at=x to=y
(forward comes to nothing in this dialect)
> auto
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
> run 20000us
a: DROP_NO_QP: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
> expect data qp=1
fails: expect data: QP 1 end A: send #0 completed with RETRY_EXC_ERR MIGRATION_LOST
