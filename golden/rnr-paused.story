# Found by godwit fuzz qp: an RNR NAK that arrives in a pause spent the RNR budget, and ended a queue pair that had none.
# The receiver answers RNR NAK before it is stopped, and that is late: it finds the sender paused, shows that the receiver
# was there (R4a), and costs no retry (P8).

nic a
nic b
qp 1 a b rnr=0 lease=8
delay from=a to=b packet=RNR_NAK by=60us
post-send qp=1 at=b len=1000
run 2us
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 20us
expect state qp=1 at=b is=PAUSED
run 60us
expect packets from=a to=b packet=RNR_NAK count=1
expect event qp=1 at=b name=PEER_STOPPED count=2
expect state qp=1 at=b is=PAUSED
rollback qp=1 at=a
post-recv qp=1 at=a len=1000 count=2
idle
expect state qp=1 at=b is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b rnr=0 lease=8
> delay from=a to=b packet=RNR_NAK by=60us
> post-send qp=1 at=b len=1000
> run 2us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0 (late)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000
> run 20us
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> expect state qp=1 at=b is=PAUSED
> run 60us
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 PAUSED -> RTS
b: TIMER RNR qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> expect packets from=a to=b packet=RNR_NAK count=1
> expect event qp=1 at=b name=PEER_STOPPED count=2
> expect state qp=1 at=b is=PAUSED
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b: qp=0x200 PAUSED -> RTS
b -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=2 epsn=0 addr=10.0.0.2 tag=0x0
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
> post-recv qp=1 at=a count=2 len=1000
> idle
a: EVENT RESUMED qp=1
a: WC qp=1 RECV #0 len=1000 SUCCESS
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
a -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
a: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> expect state qp=1 at=b is=RTS
> expect data qp=1
