# The receiver stops while the sender waits out an RNR NAK of it, and has no receive at its new place either: RNR goes on
# there until one is posted.

nic a
nic b
nic c
qp 1 a b minrnr=14
post-send qp=1 at=b len=1000
run 100us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
run 3000us
expect packets from=c to=b packet=RNR_NAK min=1
post-recv qp=1 at=c len=1000
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b minrnr=14
> post-send qp=1 at=b len=1000
> run 100us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=14 msn=0
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
c: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=14 msn=0
c: EVENT RESUMED qp=1
> release qp=1 at=a
> run 3000us
b: TIMER RNR qp=0x200
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=14 msn=0
b: TIMER RNR qp=0x200
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=14 msn=0
> expect packets from=c to=b packet=RNR_NAK min=1
> post-recv qp=1 at=c len=1000
> idle
b: TIMER RNR qp=0x200
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
