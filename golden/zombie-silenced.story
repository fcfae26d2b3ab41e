# A zombie that nobody fences: the source is rolled back, with a newer epoch and no progress lost, after its successor was
# active and acknowledged, so that the successor has no reason to announce itself and is not told that it lost. What it
# sends is not from the partner's address any more and is dropped without an answer (R11): nothing of it takes effect, and
# its retries run out.

nic a
nic b
nic c
qp 1 a b retry=2
post-recv qp=1 at=b len=1000 count=3
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 50us
expect event qp=1 at=c name=RESUMED count=1
rollback qp=1 at=a
run 50us
post-send qp=1 at=c len=900
post-send qp=1 at=a len=1000
idle
expect wc qp=1 at=b op=recv count=1
expect wc qp=1 at=a op=send count=1
expect wc qp=1 at=c status=RETRY_EXC_ERR count=1
expect counter at=b name=DROP_SOURCE count=3
expect state qp=1 at=a is=RTS
expect state qp=1 at=c is=ERR

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b retry=2
> post-recv qp=1 at=b count=3 len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> run 50us
b -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> expect event qp=1 at=c name=RESUMED count=1
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
b -> a MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=0 epsn=0 addr=10.0.0.2 tag=0x0
b: EVENT PEER_MOVED qp=1
> run 50us
a: EVENT RESUMED qp=1
> post-send qp=1 at=c len=900
> post-send qp=1 at=a len=1000
> idle
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=900
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=900
b: WC qp=1 RECV #0 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: WC qp=1 SEND #0 len=1000 SUCCESS
c: TIMER ACK qp=0x100
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=900
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=900
c: TIMER ACK qp=0x100
c -> b SEND_ONLY psn=0 qp=0x200 ackreq len=900
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=900
c: TIMER ACK qp=0x100
c: qp=0x100 RTS -> ERR
c: EVENT QP_FATAL qp=1
c: WC qp=1 SEND #0 RETRY_EXC_ERR
> expect wc qp=1 at=b count=1 op=recv
> expect wc qp=1 at=a count=1 op=send
> expect wc qp=1 at=c count=1 status=RETRY_EXC_ERR
> expect counter at=b name=DROP_SOURCE count=3
> expect state qp=1 at=a is=RTS
> expect state qp=1 at=c is=ERR
