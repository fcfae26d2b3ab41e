# SQD while a message of 32 packets is on its way: it is finished, although one of its packets is lost, and then
# SQ_DRAINED says so. The message behind it begins only in RTS again, and so does one that is posted meanwhile.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b count=3 len=8000
drop from=a to=b packet=SEND_MIDDLE
post-send qp=1 at=a op=send len=8000 count=2
run 1us
modify qp=1 at=a state=SQD
idle
expect event qp=1 at=a name=SQ_DRAINED count=1
expect wc qp=1 at=a op=send count=1
post-send qp=1 at=a op=send len=8000
idle
expect wc qp=1 at=a op=send count=1
expect packets from=a to=b packet=SEND_FIRST count=1
modify qp=1 at=a state=RTS
idle
expect event qp=1 at=a name=SQ_DRAINED count=1
expect state qp=1 at=a is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b count=3 len=8000
> drop from=a to=b packet=SEND_MIDDLE
> post-send qp=1 at=a len=8000 count=2
> run 1us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256 (dropped)
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
> modify qp=1 at=a state=SQD
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_PSN_SEQ msn=0
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
> idle
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=16 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=16 qp=0x200 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
a -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=0
a -> b SEND_MIDDLE psn=24 qp=0x200 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=27 qp=0x200 len=256
a -> b SEND_MIDDLE psn=28 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=64
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=8000 SUCCESS
a: EVENT SQ_DRAINED qp=1
a: WC qp=1 SEND #0 len=8000 SUCCESS
> expect event qp=1 at=a name=SQ_DRAINED count=1
> expect wc qp=1 at=a count=1 op=send
> post-send qp=1 at=a len=8000
> idle
> expect wc qp=1 at=a count=1 op=send
> expect packets from=a to=b packet=SEND_FIRST count=1
> modify qp=1 at=a state=RTS
a -> b SEND_FIRST psn=32 qp=0x200 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b SEND_MIDDLE psn=35 qp=0x200 len=256
a -> b SEND_MIDDLE psn=36 qp=0x200 len=256
> idle
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b SEND_MIDDLE psn=39 qp=0x200 len=256
a -> b SEND_MIDDLE psn=40 qp=0x200 len=256
a -> b SEND_MIDDLE psn=41 qp=0x200 len=256
a -> b SEND_MIDDLE psn=42 qp=0x200 len=256
a -> b SEND_MIDDLE psn=43 qp=0x200 len=256
a -> b SEND_MIDDLE psn=44 qp=0x200 len=256
a -> b SEND_MIDDLE psn=45 qp=0x200 len=256
a -> b SEND_MIDDLE psn=46 qp=0x200 len=256
a -> b SEND_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=48 qp=0x200 len=256
a -> b SEND_MIDDLE psn=49 qp=0x200 len=256
a -> b SEND_MIDDLE psn=50 qp=0x200 len=256
a -> b SEND_MIDDLE psn=51 qp=0x200 len=256
a -> b SEND_MIDDLE psn=52 qp=0x200 len=256
a -> b SEND_MIDDLE psn=53 qp=0x200 len=256
a -> b SEND_MIDDLE psn=54 qp=0x200 len=256
a -> b SEND_MIDDLE psn=55 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=47 qp=0x100 ACK msn=1
a -> b SEND_MIDDLE psn=56 qp=0x200 len=256
a -> b SEND_MIDDLE psn=57 qp=0x200 len=256
a -> b SEND_MIDDLE psn=58 qp=0x200 len=256
a -> b SEND_MIDDLE psn=59 qp=0x200 len=256
a -> b SEND_MIDDLE psn=60 qp=0x200 len=256
a -> b SEND_MIDDLE psn=61 qp=0x200 len=256
a -> b SEND_MIDDLE psn=62 qp=0x200 len=256
a -> b SEND_LAST psn=63 qp=0x200 ackreq len=64
a -> b SEND_FIRST psn=64 qp=0x200 len=256
a -> b SEND_MIDDLE psn=65 qp=0x200 len=256
a -> b SEND_MIDDLE psn=66 qp=0x200 len=256
a -> b SEND_MIDDLE psn=67 qp=0x200 len=256
a -> b SEND_MIDDLE psn=68 qp=0x200 len=256
a -> b SEND_MIDDLE psn=69 qp=0x200 len=256
a -> b SEND_MIDDLE psn=70 qp=0x200 len=256
a -> b SEND_MIDDLE psn=71 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=63 qp=0x100 ACK msn=2
b: WC qp=1 RECV #1 len=8000 SUCCESS
a -> b SEND_MIDDLE psn=72 qp=0x200 len=256
a -> b SEND_MIDDLE psn=73 qp=0x200 len=256
a -> b SEND_MIDDLE psn=74 qp=0x200 len=256
a -> b SEND_MIDDLE psn=75 qp=0x200 len=256
a -> b SEND_MIDDLE psn=76 qp=0x200 len=256
a -> b SEND_MIDDLE psn=77 qp=0x200 len=256
a -> b SEND_MIDDLE psn=78 qp=0x200 len=256
a -> b SEND_MIDDLE psn=79 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=80 qp=0x200 len=256
a -> b SEND_MIDDLE psn=81 qp=0x200 len=256
a -> b SEND_MIDDLE psn=82 qp=0x200 len=256
a -> b SEND_MIDDLE psn=83 qp=0x200 len=256
a -> b SEND_MIDDLE psn=84 qp=0x200 len=256
a -> b SEND_MIDDLE psn=85 qp=0x200 len=256
a: WC qp=1 SEND #1 len=8000 SUCCESS
a -> b SEND_MIDDLE psn=86 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=79 qp=0x100 ACK msn=2
a -> b SEND_MIDDLE psn=87 qp=0x200 len=256
a -> b SEND_MIDDLE psn=88 qp=0x200 len=256
a -> b SEND_MIDDLE psn=89 qp=0x200 len=256
a -> b SEND_MIDDLE psn=90 qp=0x200 len=256
a -> b SEND_MIDDLE psn=91 qp=0x200 len=256
a -> b SEND_MIDDLE psn=92 qp=0x200 len=256
a -> b SEND_MIDDLE psn=93 qp=0x200 len=256
a -> b SEND_MIDDLE psn=94 qp=0x200 len=256
a -> b SEND_LAST psn=95 qp=0x200 ackreq len=64
b -> a ACKNOWLEDGE psn=95 qp=0x100 ACK msn=3
b: WC qp=1 RECV #2 len=8000 SUCCESS
a: WC qp=1 SEND #2 len=8000 SUCCESS
> expect event qp=1 at=a name=SQ_DRAINED count=1
> expect state qp=1 at=a is=RTS
> expect data qp=1
