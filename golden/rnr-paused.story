# Found by godwit fuzz qp: an RNR NAK that arrives in a pause spent the RNR budget, and the third one ended the queue pair.
# The receiver rolls back and has no receive, its RESUMEs are lost, so each probe draws an RNR NAK, more of them than rnr=2
# allows. A pause costs no retry (P8): the sender is still there when a RESUME comes through.

nic a
nic b
qp 1 a b rnr=2 lease=8
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 20us
drop from=a to=b packet=RESUME count=4
rollback qp=1 at=a
run 400us
expect state qp=1 at=b is=PAUSED
expect packets from=a to=b packet=RNR_NAK min=5
post-recv qp=1 at=a len=1000
idle
expect state qp=1 at=b is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b rnr=2 lease=8
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000
> run 20us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> drop from=a to=b packet=RESUME count=4
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 epsn=0 addr=10.0.0.1 tag=0x0 (dropped)
> run 400us
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
a: TIMER RESUME qp=0x100
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 epsn=0 addr=10.0.0.1 tag=0x0 (dropped)
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
a: TIMER RESUME qp=0x100
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 epsn=0 addr=10.0.0.1 tag=0x0 (dropped)
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 RNR_NAK timer=1 msn=0
a: TIMER RESUME qp=0x100
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 epsn=0 addr=10.0.0.1 tag=0x0 (dropped)
> expect state qp=1 at=b is=PAUSED
> expect packets from=a to=b packet=RNR_NAK min=5
> post-recv qp=1 at=a len=1000
> idle
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: WC qp=1 RECV #0 len=1000 SUCCESS
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
b: WC qp=1 SEND #0 len=1000 SUCCESS
b: TIMER LEASE qp=0x200
b: qp=0x200 PAUSED -> RTS
a: TIMER RESUME qp=0x100
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 epsn=1 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
a: EVENT RESUMED qp=1
> expect state qp=1 at=b is=RTS
> expect data qp=1
