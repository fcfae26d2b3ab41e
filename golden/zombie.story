# A fenced zombie: the source is rolled back although its successor was active and has acknowledged more than the source
# ever saw. The partner answers its RESUME with STALE: it goes to ERR, emits nothing more, and the successor goes on
# undisturbed (R7 progress, R9, R10, P5).

nic a
nic b
nic c
qp 1 a b
post-recv qp=1 at=a len=1000 count=4
post-send qp=1 at=b len=1000
run 50us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 50us
post-send qp=1 at=b len=1000 count=2
run 50us
rollback qp=1 at=a
run 100us
expect packets from=b to=a packet=STALE count=1
expect state qp=1 at=a is=ERR
expect event qp=1 at=a name=FENCED count=1
post-send qp=1 at=b len=1000
idle
expect wc qp=1 at=b op=send count=4
expect wc qp=1 at=c op=recv count=4
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> post-recv qp=1 at=a count=4 len=1000
> post-send qp=1 at=b len=1000
> run 50us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
a: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.3 tag=0x0
> run 50us
b -> c MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> post-send qp=1 at=b len=1000 count=2
> run 50us
b -> c SEND_ONLY psn=1 qp=0x100 ackreq len=1000
b -> c SEND_ONLY psn=2 qp=0x100 ackreq len=1000
c: WC qp=1 RECV #1 len=1000 SUCCESS
c -> b ACKNOWLEDGE psn=1 qp=0x200 ACK msn=2
c -> b ACKNOWLEDGE psn=2 qp=0x200 ACK msn=3
c: WC qp=1 RECV #2 len=1000 SUCCESS
b: WC qp=1 SEND #1 len=1000 SUCCESS
b: WC qp=1 SEND #2 len=1000 SUCCESS
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=3 qp=0x100 STALE flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
> run 100us
a: qp=0x100 RTS -> ERR
a: EVENT FENCED qp=1
a: WC qp=1 RECV #1 WR_FLUSH_ERR
a: WC qp=1 RECV #2 WR_FLUSH_ERR
a: WC qp=1 RECV #3 WR_FLUSH_ERR
> expect packets from=b to=a packet=STALE count=1
> expect state qp=1 at=a is=ERR
> expect event qp=1 at=a name=FENCED count=1
> post-send qp=1 at=b len=1000
> idle
b -> c SEND_ONLY psn=3 qp=0x100 ackreq len=1000
c -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=4
c: WC qp=1 RECV #3 len=1000 SUCCESS
b: WC qp=1 SEND #3 len=1000 SUCCESS
> expect wc qp=1 at=b count=4 op=send
> expect wc qp=1 at=c count=4 op=recv
> expect data qp=1
