# Lost packets of each kind: a request in the middle (the gap earns a PSN sequence NAK), the last request and the only
# acknowledgement (the timer runs out). IBTA 9.7.5, 9.7.6.

nic a
nic b
qp 1 a b mtu=256
drop from=a to=b packet=SEND_MIDDLE nth=2
drop from=a to=b packet=SEND_ONLY
drop from=b to=a packet=ACK nth=2
post-recv qp=1 at=b len=2000 count=3
post-send qp=1 at=a len=2000
idle
post-send qp=1 at=a len=100
idle
post-send qp=1 at=a len=200
idle
expect data qp=1
expect packets from=b to=a packet=NAK_PSN_SEQ count=1
expect counter at=a name=TIMEOUTS min=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> drop from=a to=b packet=SEND_MIDDLE nth=2
> drop from=a to=b packet=SEND_ONLY
> drop from=b to=a packet=ACK nth=2
> post-recv qp=1 at=b count=3 len=2000
> post-send qp=1 at=a len=2000
> idle
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256 (dropped)
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=208
b: NAKED: SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=2 qp=0x100 NAK_PSN_SEQ msn=0
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=7 qp=0x200 ackreq len=208
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=208
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=2000 SUCCESS
a: WC qp=1 SEND #0 len=2000 SUCCESS
> post-send qp=1 at=a len=100
> idle
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=100 (dropped)
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=8 qp=0x100 ACK msn=2 (dropped)
b: WC qp=1 RECV #1 len=100 SUCCESS
a: TIMER ACK qp=0x100
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=100
b: DUPLICATE: SEND_ONLY psn=8 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=8 qp=0x100 ACK msn=2
a: WC qp=1 SEND #1 len=100 SUCCESS
> post-send qp=1 at=a len=200
> idle
a -> b SEND_ONLY psn=9 qp=0x200 ackreq len=200
b -> a ACKNOWLEDGE psn=9 qp=0x100 ACK msn=3
b: WC qp=1 RECV #2 len=200 SUCCESS
a: WC qp=1 SEND #2 len=200 SUCCESS
> expect data qp=1
> expect packets from=b to=a packet=NAK_PSN_SEQ count=1
> expect counter at=a name=TIMEOUTS min=1
