# A SEND that finds no receive is answered with an RNR NAK, and tried again after the time that it names, as often as it
# takes (rnr=7). IBTA 9.7.5.2.8.

nic a
nic b
qp 1 a b minrnr=12
post-send qp=1 at=a len=1500
run 1500us
expect packets from=b to=a packet=RNR_NAK min=2
expect wc qp=1 at=a op=send count=0
post-recv qp=1 at=b len=1500
idle
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b minrnr=12
> post-send qp=1 at=a len=1500
> run 1500us
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=476
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=12 msn=0
b: DROP_GAP: SEND_LAST psn=1 qp=0x200 ackreq len=476
a: TIMER RNR qp=0x100
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=476
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=12 msn=0
b: DROP_GAP: SEND_LAST psn=1 qp=0x200 ackreq len=476
a: TIMER RNR qp=0x100
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=476
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=0 qp=0x100 RNR_NAK timer=12 msn=0
b: DROP_GAP: SEND_LAST psn=1 qp=0x200 ackreq len=476
> expect packets from=b to=a packet=RNR_NAK min=2
> expect wc qp=1 at=a count=0 op=send
> post-recv qp=1 at=b len=1500
> idle
a: TIMER RNR qp=0x100
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=476
b: WC qp=1 RECV #0 len=1500 SUCCESS
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=1
a: WC qp=1 SEND #0 len=1500 SUCCESS
> expect data qp=1
