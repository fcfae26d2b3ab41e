# A NAK_STOPPED of the first stop comes when the container has been elsewhere and is back at the address that sent it. Only
# its epoch tells that it is old: it is dropped, and the partner, which has requests under way, does not pause (R3).

nic a
nic b
nic c
qp 1 a b timeout=10
delay from=a to=b packet=NAK_STOPPED by=3000us
drop from=b to=a packet=SEND_ONLY nth=2
post-recv qp=1 at=a len=1000 count=3
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 20us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
run 100us
stall qp=1 at=c
move qp=1 from=c to=a
resume qp=1 at=a
forward qp=1 at=c to=a
release qp=1 at=c
run 100us
post-send qp=1 at=b len=1000
run 4000us
expect counter at=b name=DROP_EPOCH count=1
expect event qp=1 at=b name=PEER_STOPPED count=0
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=10
> delay from=a to=b packet=NAK_STOPPED by=3000us
> drop from=b to=a packet=SEND_ONLY nth=2
> post-recv qp=1 at=a count=3 len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000
> run 20us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (late)
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
> release qp=1 at=a
b: WC qp=1 SEND #0 len=1000 SUCCESS
> run 100us
> stall qp=1 at=c
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
> move qp=1 from=c to=a
> resume qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
> forward qp=1 at=c to=a
b -> a MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
a: EVENT RESUMED qp=1
> release qp=1 at=c
> run 100us
> post-send qp=1 at=b len=1000
> run 4000us
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000 (dropped)
b: DROP_EPOCH: ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect counter at=b name=DROP_EPOCH count=1
> expect event qp=1 at=b name=PEER_STOPPED count=0
> idle
b: TIMER ACK qp=0x200
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
a: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> expect data qp=1
