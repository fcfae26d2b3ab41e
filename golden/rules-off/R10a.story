# R10a: the source is destroyed: the partner burns its retries on silence. The source is gone as soon as it is dumped.
# Nobody answers NAK_STOPPED until the successor announces itself. It breaks P8 in dialect godwit-R10a, and does not in
# dialect godwit. A shortest path of godwit explore in world late.

dialect godwit-R10a
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=a count=2 len=1024
post-send qp=1 at=x len=256
send qp=1 at=x
stall qp=1 at=a
move qp=1 from=a to=b
deliver from=x to=a packet=SEND_ONLY psn=0
expire qp=1 at=x
send qp=1 at=x
deliver from=x to=a packet=SEND_ONLY psn=0
expire qp=1 at=x
send qp=1 at=x
deliver from=x to=a packet=SEND_ONLY psn=0
expire qp=1 at=x
send qp=1 at=x
expire qp=1 at=x
resume qp=1 at=b
forward qp=1 at=a to=b
auto
run 20000us
expect settled qp=1
post-send qp=1 at=x len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R10a
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=a count=2 len=1024
> post-send qp=1 at=x len=256
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> deliver from=x to=a packet=SEND_ONLY psn=0
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
a: DROP_NO_QP: SEND_ONLY psn=0 qp=0x100 ackreq len=256
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> deliver from=x to=a packet=SEND_ONLY psn=0
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
a: DROP_NO_QP: SEND_ONLY psn=0 qp=0x100 ackreq len=256
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> deliver from=x to=a packet=SEND_ONLY psn=0
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
a: DROP_NO_QP: SEND_ONLY psn=0 qp=0x100 ackreq len=256
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (held)
> expire qp=1 at=x
x: TIMER ACK qp=0x200
x: qp=0x200 RTS -> ERR
x: EVENT QP_FATAL qp=1
x: WC qp=1 SEND #0 RETRY_EXC_ERR
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> auto
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256 (released)
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
> run 20000us
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
a: DROP_NO_QP: SEND_ONLY psn=0 qp=0x100 ackreq len=256
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: TIMER RESUME qp=0x100
b: qp=0x100 RTS -> ERR
b: EVENT MIGRATION_LOST qp=1
b: WC qp=1 RECV #0 WR_FLUSH_ERR
b: WC qp=1 RECV #1 WR_FLUSH_ERR
> expect settled qp=1
> post-send qp=1 at=x len=256
> run 20000us
x: WC qp=1 SEND #1 WR_FLUSH_ERR
> expect data qp=1
fails: expect data: QP 1 end B: send #0 completed with RETRY_EXC_ERR NONE
