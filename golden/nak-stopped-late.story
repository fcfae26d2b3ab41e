# A NAK_STOPPED of the tombstone comes when the RESUME of the successor was accepted long ago. It is from
# an address that is not the partner's any more, and dropped: there is no second pause (R3, R11).

nic a
nic b
nic c
qp 1 a b
delay from=a to=b packet=NAK_STOPPED by=300us
post-recv qp=1 at=a len=1000 count=2
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 20us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
run 100us
expect wc qp=1 at=b op=send count=1
run 400us
post-send qp=1 at=b len=1000
idle
expect data qp=1
expect event qp=1 at=b name=PEER_STOPPED count=0
expect counter at=b name=DROP_SOURCE count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> delay from=a to=b packet=NAK_STOPPED by=300us
> post-recv qp=1 at=a count=2 len=1000
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
> expect wc qp=1 at=b count=1 op=send
> run 400us
b: DROP_SOURCE: ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> post-send qp=1 at=b len=1000
> idle
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> expect data qp=1
> expect event qp=1 at=b name=PEER_STOPPED count=0
> expect counter at=b name=DROP_SOURCE count=1
