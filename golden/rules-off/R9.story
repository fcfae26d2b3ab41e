# R9: two ends that move at the same time do not find each other. Each announces itself to where the other was. The
# tombstone there knows where it went, and is not listened to. It breaks P4 in dialect godwit-R9, and does not in
# dialect godwit. A shortest path of godwit explore in world both.

dialect godwit-R9
manual
nic a
nic b
nic x
nic y
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-recv qp=1 at=x len=1024
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
lose from=b to=x packet=RESUME psn=0
forward qp=1 at=a to=b
stall qp=1 at=x
move qp=1 from=x to=y
resume qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
deliver from=y to=a packet=RESUME psn=0
deliver from=a to=y packet=REDIRECT psn=0
expire qp=1 at=y
forward qp=1 at=x to=y
auto
run 20000us
expect settled qp=1
post-send qp=1 at=b len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit-R9
> manual
> nic a
> nic b
> nic x
> nic y
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-recv qp=1 at=x len=1024
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> lose from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (discarded)
> forward qp=1 at=a to=b
> stall qp=1 at=x
x: STALL qp=0x200: OK
x: qp=0x200 RTS -> STOPPED
> move qp=1 from=x to=y
> resume qp=1 at=y
y: ACTIVATE qp=0x200: OK
y: qp=0x200 STOPPED -> RTS
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (held)
> deliver from=y to=a packet=RESUME psn=0
y -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0 (released)
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=a to=y packet=REDIRECT psn=0
a -> y MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
y: DROP_KIND: MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> expire qp=1 at=y
y: TIMER RESUME qp=0x200
y: qp=0x200 RTS -> ERR
y: EVENT MIGRATION_LOST qp=1
y: WC qp=1 RECV #0 WR_FLUSH_ERR
> forward qp=1 at=x to=y
> auto
> run 20000us
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x -> b MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: DROP_KIND: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x -> b MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: DROP_KIND: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x -> b MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: DROP_KIND: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x -> b MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: DROP_KIND: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: TIMER RESUME qp=0x100
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
x -> b MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: DROP_KIND: MIGRATION psn=0 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
b: TIMER RESUME qp=0x100
b: qp=0x100 RTS -> ERR
b: EVENT MIGRATION_LOST qp=1
> expect settled qp=1
> post-send qp=1 at=b len=256
> run 20000us
b: WC qp=1 SEND #0 RETRY_EXC_ERR MIGRATION_LOST
> expect data qp=1
fails: expect data: QP 1 end A: send #0 completed with RETRY_EXC_ERR MIGRATION_LOST
