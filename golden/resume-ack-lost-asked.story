# RESUME_ACK is lost while the partner has something to send. The successor does not serve it (R6a) but announces itself
# again, at once and not only when its timer ends, which it does much later here; the partner answers, goes back to what
# was lost meanwhile, and pays no retry for it (R7, P8).

nic a
nic b
nic c
qp 1 a b announce=4000 timeout=14 retry=0
post-recv qp=1 at=a len=1000 count=4
stall qp=1 at=a
move qp=1 from=a to=c
drop from=b to=c packet=RESUME_ACK count=1
post-send qp=1 at=b len=1000 count=4
run 10us
resume qp=1 at=c
run 60us
expect packets from=c to=b packet=RESUME min=2
expect event qp=1 at=c name=RESUMED count=1
expect wc qp=1 at=b op=send status=SUCCESS count=4
idle
expect wc qp=1 at=c op=recv count=4

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=14 retry=0 announce=4000
> post-recv qp=1 at=a count=4 len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> drop from=b to=c packet=RESUME_ACK
> post-send qp=1 at=b len=1000 count=4
> run 10us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=2 qp=0x100 ackreq len=1000
b -> a SEND_ONLY psn=3 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=2 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_ONLY psn=3 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 60us
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=4 epsn=0 addr=10.0.0.2 tag=0x0 (dropped)
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
b -> c SEND_ONLY psn=2 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=3 qp=0x100 ackreq len=1000
c: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
c: DROP_STOPPED: SEND_ONLY psn=1 qp=0x100 ackreq len=1000
c: DROP_STOPPED: SEND_ONLY psn=2 qp=0x100 ackreq len=1000
c: DROP_STOPPED: SEND_ONLY psn=3 qp=0x100 ackreq len=1000
b: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=4 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=2 qp=0x100 ackreq len=1000
c: EVENT RESUMED qp=1
b -> c SEND_ONLY psn=3 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
c: WC qp=1 RECV #1 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c -> b ACKNOWLEDGE psn=2 qp=0x200 ACK msn=3
c -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=4
b: WC qp=1 SEND #0 len=1000 SUCCESS
c: WC qp=1 RECV #2 len=1000 SUCCESS
c: WC qp=1 RECV #3 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
b: WC qp=1 SEND #2 len=1000 SUCCESS
b: WC qp=1 SEND #3 len=1000 SUCCESS
> expect packets from=c to=b packet=RESUME min=2
> expect event qp=1 at=c name=RESUMED count=1
> expect wc qp=1 at=b count=4 op=send
> idle
> expect wc qp=1 at=c count=4 op=recv
