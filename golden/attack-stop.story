# NAK_STOPPED has no tag. An attacker on the path pauses the victim with it, for as long as it goes on and one lease
# after that: then a probe is acknowledged, and everything arrives. No retry is used up, and nothing is retired falsely.

nic a
nic b
qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f lease=8
post-recv qp=1 at=b count=6
post-send qp=1 at=a count=3
post-recv qp=1 at=a count=6
post-send qp=1 at=b count=3
attack m qp=1 to=b strategy=stop count=12
run 6us
expect event qp=1 at=b name=PEER_STOPPED min=1
post-send qp=1 at=b count=3
idle
expect state qp=1 at=b is=RTS
expect partner qp=1 at=b is=a
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b lease=8 keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
> post-recv qp=1 at=b count=6
> post-send qp=1 at=a count=3
> post-recv qp=1 at=a count=6
> post-send qp=1 at=b count=3
> attack m qp=1 to=b strategy=stop count=12
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
b -> a SEND_FIRST psn=0 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=1 qp=0x200 len=1024
> run 6us
b -> a SEND_MIDDLE psn=1 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=2 qp=0x200 len=1024
m -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=2 qp=0x100 len=1024
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=1024
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=1024
a -> b SEND_FIRST psn=4 qp=0x200 len=1024
b -> a SEND_FIRST psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=5 qp=0x200 len=1024
m -> b ACKNOWLEDGE psn=4 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
m -> b ACKNOWLEDGE psn=5 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1
a -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
a: WC qp=1 RECV #0 len=4096 SUCCESS
b: EVENT PEER_STOPPED qp=1
b: WC qp=1 RECV #0 len=4096 SUCCESS
a -> b SEND_MIDDLE psn=6 qp=0x200 len=1024
m -> b ACKNOWLEDGE psn=5 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=1024
b: qp=0x200 PAUSED -> RTS
a -> b SEND_FIRST psn=8 qp=0x200 len=1024
a: WC qp=1 SEND #0 len=4096 SUCCESS
b: WC qp=1 SEND #0 len=4096 SUCCESS
b -> a SEND_FIRST psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=9 qp=0x200 len=1024
b -> a SEND_MIDDLE psn=5 qp=0x100 len=1024
m -> b ACKNOWLEDGE psn=5 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=10 qp=0x200 len=1024
b -> a SEND_MIDDLE psn=6 qp=0x100 len=1024
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=1024
b: EVENT PEER_STOPPED qp=1
b: qp=0x200 RTS -> PAUSED
a: DUPLICATE: SEND_FIRST psn=4 qp=0x100 len=1024
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=2
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: WC qp=1 RECV #1 len=4096 SUCCESS
> expect event qp=1 at=b name=PEER_STOPPED min=1
> post-send qp=1 at=b count=3
> idle
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=3
a: WC qp=1 SEND #1 len=4096 SUCCESS
b: WC qp=1 RECV #2 len=4096 SUCCESS
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: WC qp=1 SEND #2 len=4096 SUCCESS
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
m -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_FIRST psn=4 qp=0x100 ackreq len=1024
a: DUPLICATE: SEND_FIRST psn=4 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=6 qp=0x200 ACK msn=1
b: qp=0x200 PAUSED -> RTS
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=1024
b -> a SEND_FIRST psn=8 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=9 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=10 qp=0x100 len=1024
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=7 qp=0x200 ACK msn=2
b -> a SEND_FIRST psn=12 qp=0x100 len=1024
a: WC qp=1 RECV #1 len=4096 SUCCESS
b -> a SEND_MIDDLE psn=13 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=14 qp=0x100 len=1024
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=1024
a: WC qp=1 RECV #2 len=4096 SUCCESS
a -> b ACKNOWLEDGE psn=11 qp=0x200 ACK msn=3
b -> a SEND_FIRST psn=16 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=17 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=18 qp=0x100 len=1024
b: WC qp=1 SEND #1 len=4096 SUCCESS
b -> a SEND_LAST psn=19 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=4
b -> a SEND_FIRST psn=20 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=21 qp=0x100 len=1024
a: WC qp=1 RECV #3 len=4096 SUCCESS
b: WC qp=1 SEND #2 len=4096 SUCCESS
b -> a SEND_MIDDLE psn=22 qp=0x100 len=1024
b -> a SEND_LAST psn=23 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=19 qp=0x200 ACK msn=5
a: WC qp=1 RECV #4 len=4096 SUCCESS
b: WC qp=1 SEND #3 len=4096 SUCCESS
a: WC qp=1 RECV #5 len=4096 SUCCESS
b: WC qp=1 SEND #4 len=4096 SUCCESS
a -> b ACKNOWLEDGE psn=23 qp=0x200 ACK msn=6
b: WC qp=1 SEND #5 len=4096 SUCCESS
> expect state qp=1 at=b is=RTS
> expect partner qp=1 at=b is=a
> expect data qp=1
