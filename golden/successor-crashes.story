# The destination was active and acknowledged, and then its host is gone for good, before anything else was exchanged.
# The source is rolled back with a newer epoch (two more), is believed, since it has forgotten nothing, and goes on (R10).

nic a
nic b
nic c
qp 1 a b announce=8
post-recv qp=1 at=a len=1000 count=4
post-recv qp=1 at=b len=1000 count=4
post-send qp=1 at=b len=1000
run 50us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 100us
crash c
rollback qp=1 at=a
run 200us
expect state qp=1 at=a is=RTS
expect event qp=1 at=b name=PEER_MOVED count=2
post-send qp=1 at=a len=1000
post-send qp=1 at=b len=1000
idle
expect wc qp=1 at=a op=send count=1
expect wc qp=1 at=b op=send count=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=8
> post-recv qp=1 at=a count=4 len=1000
> post-recv qp=1 at=b count=4 len=1000
> post-send qp=1 at=b len=1000
> run 50us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: WC qp=1 RECV #0 len=1000 SUCCESS
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
b: WC qp=1 SEND #0 len=1000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> run 100us
b -> c MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> crash c
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
> run 200us
a: EVENT RESUMED qp=1
> expect state qp=1 at=a is=RTS
> expect event qp=1 at=b name=PEER_MOVED count=2
> post-send qp=1 at=a len=1000
> post-send qp=1 at=b len=1000
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b -> a SEND_ONLY psn=1 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 RECV #0 len=1000 SUCCESS
a: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> expect wc qp=1 at=a count=1 op=send
> expect wc qp=1 at=b count=2 op=send
