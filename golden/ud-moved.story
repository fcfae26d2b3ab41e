# UD: an endpoint moves with its receives, and sends at once from where it is. Nobody can redirect those who send to it:
# their datagrams end at the tombstone until they have a new address handle.

nic a
nic b
nic c
qp 1 a b type=ud
post-recv qp=1 at=b count=3 len=500
post-recv qp=1 at=a len=500
post-send qp=1 at=a op=send len=100
idle
stall qp=1 at=b
post-send qp=1 at=a op=send len=101
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
post-send qp=1 at=a op=send len=102
post-send qp=1 at=c op=send len=200
idle
expect counter at=b name=DROP_STOPPED count=2
expect wc qp=1 at=a op=recv count=1
address qp=1 at=a to=c
post-send qp=1 at=a op=send len=103
idle
release qp=1 at=b
expect wc qp=1 at=c op=recv count=2
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b type=ud
> post-recv qp=1 at=b count=3 len=500
> post-recv qp=1 at=a len=500
> post-send qp=1 at=a len=100
> idle
a -> b UD_SEND_ONLY psn=0 qp=0x200 qkey=0x51000001 from=0x100 len=100
a: WC qp=1 SEND #0 len=100 SUCCESS
b: WC qp=1 RECV #0 len=140 SUCCESS
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> post-send qp=1 at=a len=101
> move qp=1 from=b to=c
a -> b UD_SEND_ONLY psn=1 qp=0x200 qkey=0x51000001 from=0x100 len=101
a: WC qp=1 SEND #1 len=101 SUCCESS
b: DROP_STOPPED: UD_SEND_ONLY psn=1 qp=0x200 qkey=0x51000001 from=0x100 len=101
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
> forward qp=1 at=b to=c
> post-send qp=1 at=a len=102
> post-send qp=1 at=c len=200
> idle
a -> b UD_SEND_ONLY psn=2 qp=0x200 qkey=0x51000001 from=0x100 len=102
c -> a UD_SEND_ONLY psn=0 qp=0x100 qkey=0x51000001 from=0x200 len=200
a: WC qp=1 SEND #2 len=102 SUCCESS
c: WC qp=1 SEND #0 len=200 SUCCESS
b: DROP_STOPPED: UD_SEND_ONLY psn=2 qp=0x200 qkey=0x51000001 from=0x100 len=102
a: WC qp=1 RECV #0 len=240 SUCCESS
> expect counter at=b name=DROP_STOPPED count=2
> expect wc qp=1 at=a count=1 op=recv
> address qp=1 at=a to=c
> post-send qp=1 at=a len=103
> idle
a -> c UD_SEND_ONLY psn=3 qp=0x200 qkey=0x51000001 from=0x100 len=103
a: WC qp=1 SEND #3 len=103 SUCCESS
c: WC qp=1 RECV #1 len=143 SUCCESS
> release qp=1 at=b
> expect wc qp=1 at=c count=2 op=recv
> expect data qp=1
