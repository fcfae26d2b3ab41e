# It was wrong: a source that is rolled back by mistake, although its successor is active and acknowledged, executed what
# was sent to it before the move and arrives late, and its successor was sent the same once more: one SEND took two
# receives. Now nothing is served while RESUME is pending (R6a), and the partner is told instead, which says STALE.

nic a
nic b
nic c
qp 1 a b announce=64
post-recv qp=1 at=a len=1000 count=3
delay from=b to=a packet=SEND_ONLY by=40us
post-send qp=1 at=b len=1000
run 5us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 20us
expect wc qp=1 at=b op=send count=1
drop from=a to=b packet=RESUME count=1
rollback qp=1 at=a
run 100us
expect wc qp=1 at=a op=recv status=SUCCESS count=0
expect event qp=1 at=a name=FENCED count=1
post-send qp=1 at=b len=1000
idle
expect wc qp=1 at=c op=recv count=2
expect wc qp=1 at=b op=send count=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b announce=64
> post-recv qp=1 at=a count=3 len=1000
> delay from=b to=a packet=SEND_ONLY by=40us
> post-send qp=1 at=b len=1000
> run 5us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (late)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 20us
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.2 tag=0x0
b -> c SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #0 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
b: WC qp=1 SEND #0 len=1000 SUCCESS
> expect wc qp=1 at=b count=1 op=send
> drop from=a to=b packet=RESUME
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0 (dropped)
> run 100us
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=1 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
a: qp=0x100 RTS -> ERR
a: EVENT FENCED qp=1
a: WC qp=1 RECV #0 WR_FLUSH_ERR
a: WC qp=1 RECV #1 WR_FLUSH_ERR
a: WC qp=1 RECV #2 WR_FLUSH_ERR
> expect wc qp=1 at=a count=0 op=recv
> expect event qp=1 at=a name=FENCED count=1
> post-send qp=1 at=b len=1000
> idle
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
> expect wc qp=1 at=c count=2 op=recv
> expect wc qp=1 at=b count=2 op=send
