# The source is rolled back when its successor was activated but neither has any progress: both copies are alike, so the
# newer epoch wins. The successor, whose RESUME was accepted but not acknowledged to it, announces itself again, is
# answered STALE, and goes to ERR (R7, R9, R10).

nic a
nic b
nic c
nic d
qp 1 a b announce=4
post-recv qp=1 at=a len=1000 count=2
drop from=b to=c packet=RESUME_ACK count=1
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
rollback qp=1 at=a
run 200us
expect state qp=1 at=a is=RTS
expect state qp=1 at=c is=ERR
expect event qp=1 at=c name=FENCED count=1
post-send qp=1 at=b len=1000
idle
expect wc qp=1 at=a op=recv count=1
expect wc qp=1 at=b op=send count=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b announce=4
> post-recv qp=1 at=a count=2 len=1000
> drop from=b to=c packet=RESUME_ACK
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (dropped)
b: EVENT PEER_MOVED qp=1
b -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
> run 200us
a: EVENT RESUMED qp=1
c: TIMER RESUME qp=0x100
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
b -> c MIGRATION psn=0 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
c: qp=0x100 RTS -> ERR
c: EVENT FENCED qp=1
c: WC qp=1 RECV #0 WR_FLUSH_ERR
c: WC qp=1 RECV #1 WR_FLUSH_ERR
> expect state qp=1 at=a is=RTS
> expect state qp=1 at=c is=ERR
> expect event qp=1 at=c name=FENCED count=1
> post-send qp=1 at=b len=1000
> idle
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
a: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
> expect wc qp=1 at=a count=1 op=recv
> expect wc qp=1 at=b count=1 op=send
