# A queue pair moves while it drains, and so does its partner: what was begun is finished after both moves, in SQD, and
# SQ_DRAINED comes where the queue pair then is.

nic a
nic b
nic c
nic d
qp 1 a b mtu=256
post-recv qp=1 at=b count=2 len=16000
post-send qp=1 at=a op=send len=16000 count=2
run 1us
stall qp=1 at=b
modify qp=1 at=a state=SQD
run 3us
expect state qp=1 at=a is=PAUSED
stall qp=1 at=a
move qp=1 from=a to=c
move qp=1 from=b to=d
resume qp=1 at=c
forward qp=1 at=a to=c
resume qp=1 at=d
forward qp=1 at=b to=d
idle
expect state qp=1 at=c is=SQD
expect event qp=1 at=a name=SQ_DRAINED count=0
expect event qp=1 at=c name=SQ_DRAINED count=1
expect wc qp=1 at=c op=send count=1
modify qp=1 at=c state=RTS
idle
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256
> post-recv qp=1 at=b count=2 len=16000
> post-send qp=1 at=a len=16000 count=2
> run 1us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> modify qp=1 at=a state=SQD
b: NAKED: SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=8 qp=0x200 len=256
a: qp=0x100 SQD -> PAUSED
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=11 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: EVENT PEER_STOPPED qp=1
> run 3us
b: NAKED: SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=14 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> expect state qp=1 at=a is=PAUSED
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 PAUSED -> STOPPED
> move qp=1 from=a to=c
> move qp=1 from=b to=d
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> SQD
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=15 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: NAKED: MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=15 epsn=0 addr=10.0.0.3 tag=0x0
b -> c ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
> forward qp=1 at=b to=d
a: NAKED: MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
a -> d MIGRATION psn=0 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=15 epsn=0 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=15 epsn=0 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
> idle
d: EVENT RESUMED qp=1
c: TIMER RESUME qp=0x100
c -> d MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=15 epsn=0 addr=10.0.0.3 tag=0x0
d -> c MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
d: EVENT PEER_MOVED qp=1
c -> d SEND_FIRST psn=0 qp=0x200 len=256
c -> d SEND_MIDDLE psn=1 qp=0x200 len=256
c -> d SEND_MIDDLE psn=2 qp=0x200 len=256
c -> d SEND_MIDDLE psn=3 qp=0x200 len=256
c -> d SEND_MIDDLE psn=4 qp=0x200 len=256
c: EVENT RESUMED qp=1
c -> d SEND_MIDDLE psn=5 qp=0x200 len=256
c -> d SEND_MIDDLE psn=6 qp=0x200 len=256
c -> d SEND_MIDDLE psn=7 qp=0x200 len=256
c -> d SEND_MIDDLE psn=8 qp=0x200 len=256
c -> d SEND_MIDDLE psn=9 qp=0x200 len=256
c -> d SEND_MIDDLE psn=10 qp=0x200 len=256
c -> d SEND_MIDDLE psn=11 qp=0x200 len=256
c -> d SEND_MIDDLE psn=12 qp=0x200 len=256
c -> d SEND_MIDDLE psn=13 qp=0x200 len=256
c -> d SEND_MIDDLE psn=14 qp=0x200 len=256
c -> d SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=16 qp=0x200 len=256
c -> d SEND_MIDDLE psn=17 qp=0x200 len=256
c -> d SEND_MIDDLE psn=18 qp=0x200 len=256
c -> d SEND_MIDDLE psn=19 qp=0x200 len=256
c -> d SEND_MIDDLE psn=20 qp=0x200 len=256
c -> d SEND_MIDDLE psn=21 qp=0x200 len=256
c -> d SEND_MIDDLE psn=22 qp=0x200 len=256
c -> d SEND_MIDDLE psn=23 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=15 qp=0x100 ACK msn=0
c -> d SEND_MIDDLE psn=24 qp=0x200 len=256
c -> d SEND_MIDDLE psn=25 qp=0x200 len=256
c -> d SEND_MIDDLE psn=26 qp=0x200 len=256
c -> d SEND_MIDDLE psn=27 qp=0x200 len=256
c -> d SEND_MIDDLE psn=28 qp=0x200 len=256
c -> d SEND_MIDDLE psn=29 qp=0x200 len=256
c -> d SEND_MIDDLE psn=30 qp=0x200 len=256
c -> d SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=32 qp=0x200 len=256
c -> d SEND_MIDDLE psn=33 qp=0x200 len=256
c -> d SEND_MIDDLE psn=34 qp=0x200 len=256
c -> d SEND_MIDDLE psn=35 qp=0x200 len=256
c -> d SEND_MIDDLE psn=36 qp=0x200 len=256
c -> d SEND_MIDDLE psn=37 qp=0x200 len=256
c -> d SEND_MIDDLE psn=38 qp=0x200 len=256
c -> d SEND_MIDDLE psn=39 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=0
c -> d SEND_MIDDLE psn=40 qp=0x200 len=256
c -> d SEND_MIDDLE psn=41 qp=0x200 len=256
c -> d SEND_MIDDLE psn=42 qp=0x200 len=256
c -> d SEND_MIDDLE psn=43 qp=0x200 len=256
c -> d SEND_MIDDLE psn=44 qp=0x200 len=256
c -> d SEND_MIDDLE psn=45 qp=0x200 len=256
c -> d SEND_MIDDLE psn=46 qp=0x200 len=256
c -> d SEND_MIDDLE psn=47 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=48 qp=0x200 len=256
c -> d SEND_MIDDLE psn=49 qp=0x200 len=256
c -> d SEND_MIDDLE psn=50 qp=0x200 len=256
c -> d SEND_MIDDLE psn=51 qp=0x200 len=256
c -> d SEND_MIDDLE psn=52 qp=0x200 len=256
c -> d SEND_MIDDLE psn=53 qp=0x200 len=256
c -> d SEND_MIDDLE psn=54 qp=0x200 len=256
c -> d SEND_MIDDLE psn=55 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=47 qp=0x100 ACK msn=0
c -> d SEND_MIDDLE psn=56 qp=0x200 len=256
c -> d SEND_MIDDLE psn=57 qp=0x200 len=256
c -> d SEND_MIDDLE psn=58 qp=0x200 len=256
c -> d SEND_MIDDLE psn=59 qp=0x200 len=256
c -> d SEND_MIDDLE psn=60 qp=0x200 len=256
c -> d SEND_MIDDLE psn=61 qp=0x200 len=256
c -> d SEND_LAST psn=62 qp=0x200 ackreq len=128
d -> c ACKNOWLEDGE psn=62 qp=0x100 ACK msn=1
d: WC qp=1 RECV #0 len=16000 SUCCESS
c: EVENT SQ_DRAINED qp=1
c: WC qp=1 SEND #0 len=16000 SUCCESS
> expect state qp=1 at=c is=SQD
> expect event qp=1 at=a name=SQ_DRAINED count=0
> expect event qp=1 at=c name=SQ_DRAINED count=1
> expect wc qp=1 at=c count=1 op=send
> modify qp=1 at=c state=RTS
c -> d SEND_FIRST psn=63 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=64 qp=0x200 len=256
c -> d SEND_MIDDLE psn=65 qp=0x200 len=256
c -> d SEND_MIDDLE psn=66 qp=0x200 len=256
c -> d SEND_MIDDLE psn=67 qp=0x200 len=256
> idle
c -> d SEND_MIDDLE psn=68 qp=0x200 len=256
c -> d SEND_MIDDLE psn=69 qp=0x200 len=256
c -> d SEND_MIDDLE psn=70 qp=0x200 len=256
c -> d SEND_MIDDLE psn=71 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=63 qp=0x100 ACK msn=1
c -> d SEND_MIDDLE psn=72 qp=0x200 len=256
c -> d SEND_MIDDLE psn=73 qp=0x200 len=256
c -> d SEND_MIDDLE psn=74 qp=0x200 len=256
c -> d SEND_MIDDLE psn=75 qp=0x200 len=256
c -> d SEND_MIDDLE psn=76 qp=0x200 len=256
c -> d SEND_MIDDLE psn=77 qp=0x200 len=256
c -> d SEND_MIDDLE psn=78 qp=0x200 len=256
c -> d SEND_MIDDLE psn=79 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=80 qp=0x200 len=256
c -> d SEND_MIDDLE psn=81 qp=0x200 len=256
c -> d SEND_MIDDLE psn=82 qp=0x200 len=256
c -> d SEND_MIDDLE psn=83 qp=0x200 len=256
c -> d SEND_MIDDLE psn=84 qp=0x200 len=256
c -> d SEND_MIDDLE psn=85 qp=0x200 len=256
c -> d SEND_MIDDLE psn=86 qp=0x200 len=256
c -> d SEND_MIDDLE psn=87 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=79 qp=0x100 ACK msn=1
c -> d SEND_MIDDLE psn=88 qp=0x200 len=256
c -> d SEND_MIDDLE psn=89 qp=0x200 len=256
c -> d SEND_MIDDLE psn=90 qp=0x200 len=256
c -> d SEND_MIDDLE psn=91 qp=0x200 len=256
c -> d SEND_MIDDLE psn=92 qp=0x200 len=256
c -> d SEND_MIDDLE psn=93 qp=0x200 len=256
c -> d SEND_MIDDLE psn=94 qp=0x200 len=256
c -> d SEND_MIDDLE psn=95 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=96 qp=0x200 len=256
c -> d SEND_MIDDLE psn=97 qp=0x200 len=256
c -> d SEND_MIDDLE psn=98 qp=0x200 len=256
c -> d SEND_MIDDLE psn=99 qp=0x200 len=256
c -> d SEND_MIDDLE psn=100 qp=0x200 len=256
c -> d SEND_MIDDLE psn=101 qp=0x200 len=256
c -> d SEND_MIDDLE psn=102 qp=0x200 len=256
c -> d SEND_MIDDLE psn=103 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=95 qp=0x100 ACK msn=1
c -> d SEND_MIDDLE psn=104 qp=0x200 len=256
c -> d SEND_MIDDLE psn=105 qp=0x200 len=256
c -> d SEND_MIDDLE psn=106 qp=0x200 len=256
c -> d SEND_MIDDLE psn=107 qp=0x200 len=256
c -> d SEND_MIDDLE psn=108 qp=0x200 len=256
c -> d SEND_MIDDLE psn=109 qp=0x200 len=256
c -> d SEND_MIDDLE psn=110 qp=0x200 len=256
c -> d SEND_MIDDLE psn=111 qp=0x200 ackreq len=256
c -> d SEND_MIDDLE psn=112 qp=0x200 len=256
c -> d SEND_MIDDLE psn=113 qp=0x200 len=256
c -> d SEND_MIDDLE psn=114 qp=0x200 len=256
c -> d SEND_MIDDLE psn=115 qp=0x200 len=256
c -> d SEND_MIDDLE psn=116 qp=0x200 len=256
c -> d SEND_MIDDLE psn=117 qp=0x200 len=256
c -> d SEND_MIDDLE psn=118 qp=0x200 len=256
c -> d SEND_MIDDLE psn=119 qp=0x200 len=256
d -> c ACKNOWLEDGE psn=111 qp=0x100 ACK msn=1
c -> d SEND_MIDDLE psn=120 qp=0x200 len=256
c -> d SEND_MIDDLE psn=121 qp=0x200 len=256
c -> d SEND_MIDDLE psn=122 qp=0x200 len=256
c -> d SEND_MIDDLE psn=123 qp=0x200 len=256
c -> d SEND_MIDDLE psn=124 qp=0x200 len=256
c -> d SEND_LAST psn=125 qp=0x200 ackreq len=128
d -> c ACKNOWLEDGE psn=125 qp=0x100 ACK msn=2
d: WC qp=1 RECV #1 len=16000 SUCCESS
c: WC qp=1 SEND #1 len=16000 SUCCESS
> expect data qp=1
