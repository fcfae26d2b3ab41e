# A request that is overtaken by the next ones: the gap is NAKed once, all is sent again from there, and what comes late
# is a duplicate.

nic a
nic b
qp 1 a b mtu=256
delay from=a to=b packet=SEND_MIDDLE by=20us
post-recv qp=1 at=b len=2000 count=2
post-send qp=1 at=a len=2000 count=2
idle
expect data qp=1
expect packets from=b to=a packet=NAK_PSN_SEQ count=1
expect counter at=b name=DUPLICATES min=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> delay from=a to=b packet=SEND_MIDDLE by=20us
> post-recv qp=1 at=b count=2 len=2000
> post-send qp=1 at=a len=2000 count=2
> idle
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256 (late)
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=208
a -> b SEND_FIRST psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_PSN_SEQ msn=0
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=7 qp=0x200 ackreq len=208
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=208
b: DROP_GAP: SEND_FIRST psn=8 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=15 qp=0x200 ackreq len=208
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=208
a -> b SEND_FIRST psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=208
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=2000 SUCCESS
a: WC qp=1 SEND #0 len=2000 SUCCESS
b: WC qp=1 RECV #1 len=2000 SUCCESS
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=2
a: WC qp=1 SEND #1 len=2000 SUCCESS
b: DUPLICATE: SEND_MIDDLE psn=1 qp=0x200 len=256
> expect data qp=1
> expect packets from=b to=a packet=NAK_PSN_SEQ count=1
> expect counter at=b name=DUPLICATES min=1
