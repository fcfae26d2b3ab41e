# With the same key at both ends, RESUME, RESUME_ACK and, when both move, REDIRECT verify.

nic a
nic b
nic c
nic d
qp 1 a b keya=00112233445566778899aabbccddeeff keyb=00112233445566778899aabbccddeeff
post-recv qp=1 at=a len=1000
post-recv qp=1 at=b len=1000
stall qp=1 at=a
stall qp=1 at=b
move qp=1 from=a to=c
move qp=1 from=b to=d
resume qp=1 at=c
forward qp=1 at=a to=c
resume qp=1 at=d
forward qp=1 at=b to=d
release qp=1 at=a
release qp=1 at=b
post-send qp=1 at=c len=1000
post-send qp=1 at=d len=1000
idle
expect data qp=1
expect counter at=c name=DROP_TAG count=0
expect counter at=d name=DROP_TAG count=0

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b keya=00112233445566778899aabbccddeeff keyb=00112233445566778899aabbccddeeff
> post-recv qp=1 at=a len=1000
> post-recv qp=1 at=b len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=a to=c
> move qp=1 from=b to=d
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
> forward qp=1 at=a to=c
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x3763c3338f4ab9b8
b -> c ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0xa69bca35a509410f
> forward qp=1 at=b to=d
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0xa69bca35a509410f
a -> d MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x5df32f3d14eea95a
d -> c MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x95f2b1494e301f3
c -> d MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x5a3d19b3ec9f4708
c: EVENT PEER_MOVED qp=1
> release qp=1 at=a
d: EVENT RESUMED qp=1
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0xf24b6b2a06044e2c
d -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.4 tag=0xd0ad21d91b2be598
d: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> release qp=1 at=b
> post-send qp=1 at=c len=1000
> post-send qp=1 at=d len=1000
> idle
c -> d SEND_ONLY psn=0 qp=0x200 ackreq len=1000
d -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> d ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
d -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
d: WC qp=1 RECV #0 len=1000 SUCCESS
c: WC qp=1 SEND #0 len=1000 SUCCESS
d: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
> expect counter at=c name=DROP_TAG count=0
> expect counter at=d name=DROP_TAG count=0
