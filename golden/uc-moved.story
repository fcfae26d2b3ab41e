# UC: the receiver moves in the middle of a message. What is sent before its partner has taken its RESUME is lost, and
# complete; then the partner follows it, and what it sends arrives.

nic a
nic b
nic c
qp 1 a b type=uc mtu=256
post-recv qp=1 at=b count=4 len=2048
post-send qp=1 at=a op=send len=500
run 2us
post-send qp=1 at=a op=send len=2048
run 2us
stall qp=1 at=b
post-send qp=1 at=a op=send len=300
run 5us
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
idle
expect event qp=1 at=a name=PEER_MOVED count=1
expect partner qp=1 at=a is=c
release qp=1 at=b
post-send qp=1 at=a op=send len=400
idle
expect wc qp=1 at=a count=4
expect wc qp=1 at=c op=recv count=2
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b type=uc mtu=256
> post-recv qp=1 at=b count=4 len=2048
> post-send qp=1 at=a len=500
> run 2us
a -> b UC_SEND_FIRST psn=0 qp=0x200 len=256
a -> b UC_SEND_LAST psn=1 qp=0x200 len=244
a: WC qp=1 SEND #0 len=500 SUCCESS
b: WC qp=1 RECV #0 len=500 SUCCESS
> post-send qp=1 at=a len=2048
> run 2us
a -> b UC_SEND_FIRST psn=2 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b UC_SEND_LAST psn=9 qp=0x200 len=256
a: WC qp=1 SEND #1 len=2048 SUCCESS
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
b: DROP_STOPPED: UC_SEND_MIDDLE psn=8 qp=0x200 len=256
b: DROP_STOPPED: UC_SEND_LAST psn=9 qp=0x200 len=256
> post-send qp=1 at=a len=300
> run 5us
a -> b UC_SEND_FIRST psn=10 qp=0x200 len=256
a -> b UC_SEND_LAST psn=11 qp=0x200 len=44
a: WC qp=1 SEND #2 len=300 SUCCESS
b: DROP_STOPPED: UC_SEND_FIRST psn=10 qp=0x200 len=256
b: DROP_STOPPED: UC_SEND_LAST psn=11 qp=0x200 len=44
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a -> c MIGRATION psn=12 qp=0x200 RESUME_ACK flags=0x00 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> idle
> expect event qp=1 at=a name=PEER_MOVED count=1
> expect partner qp=1 at=a is=c
> release qp=1 at=b
> post-send qp=1 at=a len=400
> idle
a -> c UC_SEND_FIRST psn=12 qp=0x200 len=256
a -> c UC_SEND_LAST psn=13 qp=0x200 len=144
a: WC qp=1 SEND #3 len=400 SUCCESS
c: WC qp=1 RECV #1 len=400 SUCCESS
> expect wc qp=1 at=a count=4
> expect wc qp=1 at=c count=2 op=recv
> expect data qp=1
