# B3: a RESUME sent twice makes a message begin again in its middle: the connection dies. The retry marks all work
# requests to be sent again from their first byte, at the PSN where the message stood. The partner sees FIRST inside a
# message. It breaks P1 in dialect migros-poc+R5, and does not in dialect godwit. A shortest path of godwit explore in
# world source.

dialect migros-poc+R5
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=x len=1024
post-send qp=1 at=a len=768
send qp=1 at=a
deliver from=a to=x packet=SEND_FIRST psn=0
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
lose from=b to=x packet=RESUME psn=0
expire qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=ACK psn=0
send qp=1 at=b
deliver from=b to=x packet=SEND_FIRST psn=1
forward qp=1 at=a to=b
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
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=x len=1024
> post-send qp=1 at=a len=768
> send qp=1 at=a
a -> x SEND_FIRST psn=0 qp=0x200 len=256 (held)
> deliver from=a to=x packet=SEND_FIRST psn=0
a -> x SEND_FIRST psn=0 qp=0x200 len=256 (released)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> lose from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (discarded)
> expire qp=1 at=b
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=ACK psn=0
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (released)
b: EVENT RESUMED qp=1
> send qp=1 at=b
b -> x SEND_FIRST psn=1 qp=0x200 len=256 (held)
> deliver from=b to=x packet=SEND_FIRST psn=1
b -> x SEND_FIRST psn=1 qp=0x200 len=256 (released)
x: NAKED: SEND_FIRST psn=1 qp=0x200 len=256
x: qp=0x200 RTS -> ERR
x -> b ACKNOWLEDGE psn=1 qp=0x100 NAK_INV_REQ msn=0 (held)
x: EVENT QP_REQ_ERR qp=1
x: WC qp=1 RECV #0 WR_FLUSH_ERR
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> auto
x -> b ACKNOWLEDGE psn=1 qp=0x100 NAK_INV_REQ msn=0 (released)
> run 20000us
b -> x SEND_MIDDLE psn=2 qp=0x200 len=256
b: qp=0x100 RTS -> ERR
b: EVENT QP_FATAL qp=1
b: WC qp=1 SEND #0 REM_INV_REQ_ERR
x: DROP_STATE: SEND_MIDDLE psn=2 qp=0x200 len=256
> expect data qp=1
fails: expect data: QP 1 end A: send #0 completed with REM_INV_REQ_ERR NONE
