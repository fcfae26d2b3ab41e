# A pause costs no retries: with retry=0 and a lease of many probes, the partner outlives a stop that is a hundred times
# its time-out, and one loss each before and after is still one too many for nobody (P8).

nic a
nic b
nic c
qp 1 a b retry=0 timeout=4 lease=16
post-recv qp=1 at=a len=1000 count=2
stall qp=1 at=a
post-send qp=1 at=b len=1000 count=2
run 6000us
expect state qp=1 at=b is=PAUSED
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
expect data qp=1
expect counter at=b name=TIMEOUTS count=0

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=4 retry=0 lease=16
> post-recv qp=1 at=a count=2 len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000 count=2
> run 6000us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect state qp=1 at=b is=PAUSED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=2 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c: WC qp=1 RECV #1 len=1000 SUCCESS
> release qp=1 at=a
b: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> idle
> expect data qp=1
> expect counter at=b name=TIMEOUTS count=0
