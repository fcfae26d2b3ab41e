# R4a: a partner that answers probes is given up: an acknowledgement in a pause counts for nothing. Only NAK_STOPPED
# renews the probes. A copy that serves before its RESUME is acknowledged answers them, and its RESUME comes late. It
# breaks P4 in dialect godwit-R4a-R6a, and does not in dialect godwit. A shortest path of godwit explore in world probe.

dialect godwit-R4a-R6a
manual
nic a
nic x
qp 1 a x mtu=256 retry=2 probes=1 resumes=4 depth=8 mem=8192
post-recv qp=1 at=a len=1024
post-send qp=1 at=x len=512
send qp=1 at=x
send qp=1 at=x
deliver from=x to=a packet=SEND_LAST psn=1
deliver from=a to=x packet=NAK_PSN_SEQ psn=0
stall qp=1 at=a
deliver from=x to=a packet=SEND_FIRST psn=0
deliver from=a to=x packet=NAK_STOPPED psn=0
expire qp=1 at=x
send qp=1 at=x
rollback qp=1 at=a
deliver from=x to=a packet=SEND_FIRST psn=0
deliver from=a to=x packet=ACK psn=0
deliver from=a to=x packet=RESUME psn=0
deliver from=x to=a packet=STALE psn=1
expire qp=1 at=x
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R4a-R6a
> manual
> nic a
> nic x
> qp 1 a x mtu=256 retry=2 probes=1 resumes=4 depth=8 mem=8192
> post-recv qp=1 at=a len=1024
> post-send qp=1 at=x len=512
> send qp=1 at=x
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (held)
> send qp=1 at=x
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=256 (held)
> deliver from=x to=a packet=SEND_LAST psn=1
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=256 (released)
a: NAKED: SEND_LAST psn=1 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (held)
> deliver from=a to=x packet=NAK_PSN_SEQ psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (released)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> deliver from=x to=a packet=SEND_FIRST psn=0
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (released)
a: NAKED: SEND_FIRST psn=0 qp=0x100 len=256
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (held)
> deliver from=a to=x packet=NAK_STOPPED psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (released)
x: qp=0x200 RTS -> PAUSED
x: EVENT PEER_STOPPED qp=1
> expire qp=1 at=x
x: TIMER LEASE qp=0x200
> send qp=1 at=x
x -> a SEND_FIRST psn=0 qp=0x100 ackreq len=256 (held)
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (held)
> deliver from=x to=a packet=SEND_FIRST psn=0
x -> a SEND_FIRST psn=0 qp=0x100 ackreq len=256 (released)
a -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=0 (held)
> deliver from=a to=x packet=ACK psn=0
a -> x ACKNOWLEDGE psn=0 qp=0x200 ACK msn=0 (released)
> deliver from=a to=x packet=RESUME psn=0
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (released)
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
x -> a MIGRATION psn=1 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=x to=a packet=STALE psn=1
x -> a MIGRATION psn=1 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
a: DROP_EPOCH: MIGRATION psn=1 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=x
x: TIMER LEASE qp=0x200
x: qp=0x200 PAUSED -> ERR
x: EVENT MIGRATION_LOST qp=1
x: WC qp=1 SEND #0 RETRY_EXC_ERR MIGRATION_LOST
> auto
> run 20000us
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
a: TIMER RESUME qp=0x100
a -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
x: DROP_STATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
a: TIMER RESUME qp=0x100
a: qp=0x100 RTS -> ERR
a: EVENT MIGRATION_LOST qp=1
a: WC qp=1 RECV #0 WR_FLUSH_ERR
> expect data qp=1
fails: expect data: QP 1 end B: send #0 completed with RETRY_EXC_ERR MIGRATION_LOST
