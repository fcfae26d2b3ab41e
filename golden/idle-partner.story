# The partner is idle, knows of nothing, and its ACK timer is off (timeout=0): RESUME alone tells it where to send
# afterwards, in both directions and with nothing in either send queue (R6).

nic a
nic b
nic c
qp 1 a b timeout=0
stall qp=1 at=a
run 200us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
run 100us
expect event qp=1 at=b name=PEER_STOPPED count=0
expect event qp=1 at=b name=PEER_MOVED count=1
post-recv qp=1 at=c len=1000
post-recv qp=1 at=b len=1000
post-send qp=1 at=b len=1000
post-send qp=1 at=c len=1000
idle
expect data qp=1
expect counter at=b name=RETRANSMITS count=0

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=0
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> run 200us
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> release qp=1 at=a
> run 100us
> expect event qp=1 at=b name=PEER_STOPPED count=0
> expect event qp=1 at=b name=PEER_MOVED count=1
> post-recv qp=1 at=c len=1000
> post-recv qp=1 at=b len=1000
> post-send qp=1 at=b len=1000
> post-send qp=1 at=c len=1000
> idle
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b: WC qp=1 RECV #0 len=1000 SUCCESS
c: WC qp=1 RECV #0 len=1000 SUCCESS
b -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
b: WC qp=1 SEND #0 len=1000 SUCCESS
c: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
> expect counter at=b name=RETRANSMITS count=0
