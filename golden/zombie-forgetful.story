# It was wrong: a source was rolled back by mistake after its successor had sent something that the partner executed, but
# whose acknowledgement was lost. Nothing that it announced gave it away: the partner followed it, named an ePSN in
# RESUME_ACK that the source had never reached, and both gave up in the end, and so did the successor. Now RESUME says how
# much its sender has sent, and the partner refuses one that has sent less than was executed (R7a).

nic a
nic b
nic c
qp 1 a b timeout=8
post-recv qp=1 at=b len=1000 count=3
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 20us
drop from=b to=c packet=ACK count=1
post-send qp=1 at=c len=1000
run 20us
expect wc qp=1 at=b op=recv count=1
rollback qp=1 at=a
run 50us
expect event qp=1 at=a name=FENCED count=1
expect partner qp=1 at=b is=c
post-send qp=1 at=c len=1000
idle
expect wc qp=1 at=c op=send status=SUCCESS count=2
expect wc qp=1 at=b op=recv count=2

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b timeout=8
> post-recv qp=1 at=b count=3 len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 20us
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> drop from=b to=c packet=ACK
> post-send qp=1 at=c len=1000
> run 20us
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b -> c ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 (dropped)
b: WC qp=1 RECV #0 len=1000 SUCCESS
> expect wc qp=1 at=b count=1 op=recv
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=0 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=1 addr=10.0.0.2 tag=0x0
> run 50us
a: qp=0x100 RTS -> ERR
a: EVENT FENCED qp=1
> expect event qp=1 at=a name=FENCED count=1
> expect partner qp=1 at=b is=c
> post-send qp=1 at=c len=1000
> idle
c -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
b -> c ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=1 RECV #1 len=1000 SUCCESS
c: WC qp=1 SEND #0 len=1000 SUCCESS
c: WC qp=1 SEND #1 len=1000 SUCCESS
> expect wc qp=1 at=c count=2 op=send
> expect wc qp=1 at=b count=2 op=recv
