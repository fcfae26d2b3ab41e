# A completion queue is made larger and smaller under way, also between two moves, and no completion is lost or doubled. A
# receiver that stays in RTR is told once that its partner is there (COMM_EST), and not again where it moved to.

nic a
nic b
nic c
qp 1 a b receiver=b
post-recv qp=1 at=b len=1000 count=40
post-send qp=1 at=a len=1000 count=20
run 5us
resize-cq qp=1 at=b entries=512
resize-cq qp=1 at=a entries=64
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
post-send qp=1 at=a len=1000 count=20
run 5us
resize-cq qp=1 at=c entries=128
release qp=1 at=b
idle
expect data qp=1
expect event qp=1 at=c name=COMM_EST count=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b receiver=b
> post-recv qp=1 at=b count=40 len=1000
> post-send qp=1 at=a len=1000 count=20
> run 5us
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=3 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=4 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=5 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a -> b SEND_ONLY psn=6 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: EVENT COMM_EST qp=1
b: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 RECV #2 len=1000 SUCCESS
a -> b SEND_ONLY psn=7 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4
a -> b SEND_ONLY psn=9 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #0 len=1000 SUCCESS
b: WC qp=1 RECV #3 len=1000 SUCCESS
b: WC qp=1 RECV #4 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=4 qp=0x100 ACK msn=5
b -> a ACKNOWLEDGE psn=5 qp=0x100 ACK msn=6
a -> b SEND_ONLY psn=10 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=6 qp=0x100 ACK msn=7
a -> b SEND_ONLY psn=11 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #1 len=1000 SUCCESS
a: WC qp=1 SEND #2 len=1000 SUCCESS
a: WC qp=1 SEND #3 len=1000 SUCCESS
b: WC qp=1 RECV #5 len=1000 SUCCESS
b: WC qp=1 RECV #6 len=1000 SUCCESS
b: WC qp=1 RECV #7 len=1000 SUCCESS
> resize-cq qp=1 at=b entries=512
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=8
a -> b SEND_ONLY psn=12 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=8 qp=0x100 ACK msn=9
a -> b SEND_ONLY psn=13 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=9 qp=0x100 ACK msn=10
a: WC qp=1 SEND #4 len=1000 SUCCESS
a: WC qp=1 SEND #5 len=1000 SUCCESS
a: WC qp=1 SEND #6 len=1000 SUCCESS
> resize-cq qp=1 at=a entries=64
b -> a ACKNOWLEDGE psn=10 qp=0x100 ACK msn=11
a -> b SEND_ONLY psn=14 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=12
a -> b SEND_ONLY psn=15 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=12 qp=0x100 ACK msn=13
b: WC qp=1 RECV #8 len=1000 SUCCESS
b: WC qp=1 RECV #9 len=1000 SUCCESS
b: WC qp=1 RECV #10 len=1000 SUCCESS
b: WC qp=1 RECV #11 len=1000 SUCCESS
b: WC qp=1 RECV #12 len=1000 SUCCESS
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTR -> STOPPED
b: NAKED: SEND_ONLY psn=13 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_ONLY psn=16 qp=0x200 ackreq len=1000
b: NAKED: SEND_ONLY psn=14 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #7 len=1000 SUCCESS
a: WC qp=1 SEND #8 len=1000 SUCCESS
a: WC qp=1 SEND #9 len=1000 SUCCESS
a: WC qp=1 SEND #10 len=1000 SUCCESS
a: WC qp=1 SEND #11 len=1000 SUCCESS
> move qp=1 from=b to=c
b: NAKED: SEND_ONLY psn=15 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_ONLY psn=18 qp=0x200 ackreq len=1000
a: qp=0x100 RTS -> PAUSED
b: NAKED: SEND_ONLY psn=16 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: EVENT PEER_STOPPED qp=1
a: WC qp=1 SEND #12 len=1000 SUCCESS
b: NAKED: SEND_ONLY psn=17 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_ONLY psn=18 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTR
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=13 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a: qp=0x100 PAUSED -> RTS
a -> c MIGRATION psn=13 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=6 epsn=0 addr=10.0.0.1 tag=0x0
a -> c SEND_ONLY psn=13 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=14 qp=0x200 ackreq len=1000
a: EVENT PEER_MOVED qp=1
a -> c SEND_ONLY psn=15 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=16 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=17 qp=0x200 ackreq len=1000
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #13 len=1000 SUCCESS
a -> c SEND_ONLY psn=18 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=13 qp=0x100 ACK msn=14
a -> c SEND_ONLY psn=19 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=14 qp=0x100 ACK msn=15
c -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=16
c: WC qp=1 RECV #14 len=1000 SUCCESS
c: WC qp=1 RECV #15 len=1000 SUCCESS
c: WC qp=1 RECV #16 len=1000 SUCCESS
> post-send qp=1 at=a len=1000 count=20
> run 5us
c -> a ACKNOWLEDGE psn=16 qp=0x100 ACK msn=17
c -> a ACKNOWLEDGE psn=17 qp=0x100 ACK msn=18
c -> a ACKNOWLEDGE psn=18 qp=0x100 ACK msn=19
a: WC qp=1 SEND #13 len=1000 SUCCESS
a: WC qp=1 SEND #14 len=1000 SUCCESS
a: WC qp=1 SEND #15 len=1000 SUCCESS
c: WC qp=1 RECV #17 len=1000 SUCCESS
c: WC qp=1 RECV #18 len=1000 SUCCESS
c: WC qp=1 RECV #19 len=1000 SUCCESS
c -> a ACKNOWLEDGE psn=19 qp=0x100 ACK msn=20
a -> c SEND_ONLY psn=20 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=21 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #16 len=1000 SUCCESS
a: WC qp=1 SEND #17 len=1000 SUCCESS
a -> c SEND_ONLY psn=22 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=23 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=20 qp=0x100 ACK msn=21
a: WC qp=1 SEND #18 len=1000 SUCCESS
a: WC qp=1 SEND #19 len=1000 SUCCESS
c: WC qp=1 RECV #20 len=1000 SUCCESS
a -> c SEND_ONLY psn=24 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=21 qp=0x100 ACK msn=22
a -> c SEND_ONLY psn=25 qp=0x200 ackreq len=1000
a -> c SEND_ONLY psn=26 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=22 qp=0x100 ACK msn=23
c: WC qp=1 RECV #21 len=1000 SUCCESS
c: WC qp=1 RECV #22 len=1000 SUCCESS
a -> c SEND_ONLY psn=27 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=23 qp=0x100 ACK msn=24
a -> c SEND_ONLY psn=28 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=24 qp=0x100 ACK msn=25
a -> c SEND_ONLY psn=29 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #20 len=1000 SUCCESS
a: WC qp=1 SEND #21 len=1000 SUCCESS
a: WC qp=1 SEND #22 len=1000 SUCCESS
c: WC qp=1 RECV #23 len=1000 SUCCESS
c: WC qp=1 RECV #24 len=1000 SUCCESS
c: WC qp=1 RECV #25 len=1000 SUCCESS
> resize-cq qp=1 at=c entries=128
c -> a ACKNOWLEDGE psn=25 qp=0x100 ACK msn=26
a -> c SEND_ONLY psn=30 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=26 qp=0x100 ACK msn=27
a -> c SEND_ONLY psn=31 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=27 qp=0x100 ACK msn=28
a: WC qp=1 SEND #23 len=1000 SUCCESS
a: WC qp=1 SEND #24 len=1000 SUCCESS
> release qp=1 at=b
c -> a ACKNOWLEDGE psn=28 qp=0x100 ACK msn=29
a -> c SEND_ONLY psn=32 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=29 qp=0x100 ACK msn=30
a -> c SEND_ONLY psn=33 qp=0x200 ackreq len=1000
a: WC qp=1 SEND #25 len=1000 SUCCESS
a: WC qp=1 SEND #26 len=1000 SUCCESS
c: WC qp=1 RECV #26 len=1000 SUCCESS
c: WC qp=1 RECV #27 len=1000 SUCCESS
c: WC qp=1 RECV #28 len=1000 SUCCESS
c: WC qp=1 RECV #29 len=1000 SUCCESS
c: WC qp=1 RECV #30 len=1000 SUCCESS
c: WC qp=1 RECV #31 len=1000 SUCCESS
> idle
c -> a ACKNOWLEDGE psn=30 qp=0x100 ACK msn=31
a -> c SEND_ONLY psn=34 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=32
a -> c SEND_ONLY psn=35 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=32 qp=0x100 ACK msn=33
a: WC qp=1 SEND #27 len=1000 SUCCESS
a: WC qp=1 SEND #28 len=1000 SUCCESS
a: WC qp=1 SEND #29 len=1000 SUCCESS
c: WC qp=1 RECV #32 len=1000 SUCCESS
c: WC qp=1 RECV #33 len=1000 SUCCESS
a -> c SEND_ONLY psn=36 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=33 qp=0x100 ACK msn=34
a -> c SEND_ONLY psn=37 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=34 qp=0x100 ACK msn=35
a: WC qp=1 SEND #30 len=1000 SUCCESS
a: WC qp=1 SEND #31 len=1000 SUCCESS
c: WC qp=1 RECV #34 len=1000 SUCCESS
c: WC qp=1 RECV #35 len=1000 SUCCESS
a -> c SEND_ONLY psn=38 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=35 qp=0x100 ACK msn=36
a -> c SEND_ONLY psn=39 qp=0x200 ackreq len=1000
c -> a ACKNOWLEDGE psn=36 qp=0x100 ACK msn=37
a: WC qp=1 SEND #32 len=1000 SUCCESS
a: WC qp=1 SEND #33 len=1000 SUCCESS
a: WC qp=1 SEND #34 len=1000 SUCCESS
c: WC qp=1 RECV #36 len=1000 SUCCESS
c: WC qp=1 RECV #37 len=1000 SUCCESS
c -> a ACKNOWLEDGE psn=37 qp=0x100 ACK msn=38
c -> a ACKNOWLEDGE psn=38 qp=0x100 ACK msn=39
a: WC qp=1 SEND #35 len=1000 SUCCESS
a: WC qp=1 SEND #36 len=1000 SUCCESS
c: WC qp=1 RECV #38 len=1000 SUCCESS
c: WC qp=1 RECV #39 len=1000 SUCCESS
c -> a ACKNOWLEDGE psn=39 qp=0x100 ACK msn=40
a: WC qp=1 SEND #37 len=1000 SUCCESS
a: WC qp=1 SEND #38 len=1000 SUCCESS
a: WC qp=1 SEND #39 len=1000 SUCCESS
> expect data qp=1
> expect event qp=1 at=c name=COMM_EST count=1
