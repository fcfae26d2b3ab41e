# A container with a shared receive queue moves while one of its queue pairs is in the middle of a message: the receive that
# it took goes with it, the others wait in the queue as before, and so does the limit.

nic a
nic b
nic c
qp 1 a b srq=yes mtu=256
qp 2 a b srq=yes mtu=256 with=1
post-recv qp=1 at=b count=4 len=4096
srq-limit qp=1 at=b limit=1
drop from=a to=b packet=SEND_MIDDLE nth=3
post-send qp=1 at=a op=send len=4096
post-send qp=2 at=a op=send len=10
run 3us
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
idle
release qp=1 at=b
expect wc qp=1 at=c op=recv count=1
expect wc qp=2 at=c op=recv count=1
post-send qp=2 at=a op=send len=20 count=2
idle
expect event qp=1 at=c name=SRQ_LIMIT_REACHED count=1
expect data qp=1
expect data qp=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b srq=yes mtu=256
> qp 2 a b with=1 srq=yes mtu=256
> post-recv qp=1 at=b count=4
> srq-limit qp=1 at=b limit=1
> drop from=a to=b packet=SEND_MIDDLE nth=3
> post-send qp=1 at=a
> post-send qp=2 at=a len=10
> run 3us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_ONLY psn=0 qp=0x201 ackreq len=10
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256 (dropped)
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x101 ACK msn=1
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_PSN_SEQ msn=0
b: WC qp=2 RECV #1 len=10 SUCCESS
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=11 qp=0x200 len=256
a: WC qp=2 SEND #0 len=10 SUCCESS
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
b: STALL qp=0x201: OK
b: qp=0x201 RTS -> STOPPED
b: NAKED: SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_LAST psn=15 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
> move qp=1 from=b to=c
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a: qp=0x100 RTS -> PAUSED
b: NAKED: SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: EVENT PEER_STOPPED qp=1
b: NAKED: SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=3 addr=10.0.0.3 tag=0x0
c: ACTIVATE qp=0x201: OK
c: qp=0x201 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x101 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a: qp=0x100 PAUSED -> RTS
a -> c MIGRATION psn=3 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=13 epsn=0 addr=10.0.0.1 tag=0x0
a -> c MIGRATION psn=1 qp=0x201 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a -> c SEND_MIDDLE psn=3 qp=0x200 len=256
a -> c SEND_MIDDLE psn=4 qp=0x200 len=256
a -> c SEND_MIDDLE psn=5 qp=0x200 len=256
a -> c SEND_MIDDLE psn=6 qp=0x200 len=256
a -> c SEND_MIDDLE psn=7 qp=0x200 len=256
a: EVENT PEER_MOVED qp=1
a: EVENT PEER_MOVED qp=2
a -> c SEND_MIDDLE psn=8 qp=0x200 len=256
a -> c SEND_MIDDLE psn=9 qp=0x200 len=256
a -> c SEND_MIDDLE psn=10 qp=0x200 len=256
a -> c SEND_MIDDLE psn=11 qp=0x200 len=256
a -> c SEND_MIDDLE psn=12 qp=0x200 len=256
a -> c SEND_MIDDLE psn=13 qp=0x200 len=256
a -> c SEND_MIDDLE psn=14 qp=0x200 len=256
a -> c SEND_LAST psn=15 qp=0x200 ackreq len=256
c: EVENT RESUMED qp=1
c: EVENT RESUMED qp=2
c -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
c: WC qp=1 RECV #0 len=4096 SUCCESS
a: WC qp=1 SEND #0 len=4096 SUCCESS
> idle
> release qp=1 at=b
> expect wc qp=1 at=c count=1 op=recv
> expect wc qp=2 at=c count=1 op=recv
> post-send qp=2 at=a len=20 count=2
> idle
a -> c SEND_ONLY psn=1 qp=0x201 ackreq len=20
a -> c SEND_ONLY psn=2 qp=0x201 ackreq len=20
c -> a ACKNOWLEDGE psn=1 qp=0x101 ACK msn=2
c -> a ACKNOWLEDGE psn=2 qp=0x101 ACK msn=3
c: EVENT SRQ_LIMIT_REACHED
c: WC qp=2 RECV #2 len=20 SUCCESS
c: WC qp=2 RECV #3 len=20 SUCCESS
a: WC qp=2 SEND #1 len=20 SUCCESS
a: WC qp=2 SEND #2 len=20 SUCCESS
> expect event qp=1 at=c name=SRQ_LIMIT_REACHED count=1
> expect data qp=1
> expect data qp=2
