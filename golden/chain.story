# A chain of moves a -> c -> d -> a while the partner sends and is sent to. Each has a newer epoch; on the way back the
# container replaces nothing, its tombstone was released (R5, R10a).

nic a
nic b
nic c
nic d
qp 1 a b mtu=256
post-recv qp=1 at=a len=3500 count=8
post-recv qp=1 at=b len=3500 count=8
post-send qp=1 at=a len=3500 count=2
post-send qp=1 at=b len=3500 count=2
run 4us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
post-send qp=1 at=c len=3500 count=2
post-send qp=1 at=b op=write len=3500 count=2
release qp=1 at=a
run 3us
stall qp=1 at=c
move qp=1 from=c to=d
resume qp=1 at=d
forward qp=1 at=c to=d
post-send qp=1 at=d op=write len=3500 count=2
post-send qp=1 at=b len=3500 count=2
release qp=1 at=c
run 3us
stall qp=1 at=d
move qp=1 from=d to=a
resume qp=1 at=a
forward qp=1 at=d to=a
post-send qp=1 at=a len=3500
release qp=1 at=d
idle
expect data qp=1
expect event qp=1 at=b name=PEER_MOVED count=3

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256
> post-recv qp=1 at=a count=8 len=3500
> post-recv qp=1 at=b count=8 len=3500
> post-send qp=1 at=a len=3500 count=2
> post-send qp=1 at=b len=3500 count=2
> run 4us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a SEND_MIDDLE psn=3 qp=0x100 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=4 qp=0x100 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a SEND_MIDDLE psn=7 qp=0x100 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a SEND_MIDDLE psn=8 qp=0x100 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
b -> a SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
b -> a SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b SEND_LAST psn=13 qp=0x200 ackreq len=172
b -> a SEND_LAST psn=13 qp=0x100 ackreq len=172
a -> b SEND_FIRST psn=14 qp=0x200 len=256
b -> a SEND_FIRST psn=14 qp=0x100 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
a -> b SEND_MIDDLE psn=16 qp=0x200 len=256
b -> a SEND_MIDDLE psn=16 qp=0x100 len=256
> stall qp=1 at=a
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: NAKED: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=11 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=12 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=13 qp=0x100 ackreq len=172
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256
a: NAKED: SEND_FIRST psn=14 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=13 qp=0x100 ACK msn=1
a: NAKED: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=16 qp=0x100 len=256
b: WC qp=1 RECV #0 len=3500 SUCCESS
> move qp=1 from=a to=c
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
a: NAKED: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_MIDDLE psn=19 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=10 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: ACKNOWLEDGE psn=13 qp=0x100 ACK msn=1
b: EVENT PEER_STOPPED qp=1
a: DROP_STOPPED: ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=18 epsn=10 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=10 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=10 epsn=18 addr=10.0.0.2 tag=0x0
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_MIDDLE psn=11 qp=0x100 len=256
b -> c SEND_MIDDLE psn=12 qp=0x100 len=256
b -> c SEND_LAST psn=13 qp=0x100 ackreq len=172
b -> c SEND_FIRST psn=14 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_MIDDLE psn=17 qp=0x100 len=256
b -> c SEND_MIDDLE psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=13 qp=0x200 ACK msn=1
c: EVENT RESUMED qp=1
c: WC qp=1 SEND #0 len=3500 SUCCESS
c: WC qp=1 RECV #0 len=3500 SUCCESS
b -> c SEND_MIDDLE psn=23 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=1
b -> c SEND_MIDDLE psn=24 qp=0x100 len=256
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c -> b SEND_MIDDLE psn=19 qp=0x200 len=256
b -> c SEND_MIDDLE psn=26 qp=0x100 len=256
b -> c SEND_LAST psn=27 qp=0x100 ackreq len=172
> post-send qp=1 at=c len=3500 count=2
> post-send qp=1 at=b op=write len=3500 count=2
> release qp=1 at=a
b -> c RDMA_WRITE_FIRST psn=28 qp=0x100 va=0x1000021000 rkey=0x100 dmalen=3500 len=256
b -> c RDMA_WRITE_MIDDLE psn=29 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=30 qp=0x100 len=256
c -> b SEND_MIDDLE psn=20 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=31 qp=0x100 ackreq len=256
b: WC qp=1 SEND #0 len=3500 SUCCESS
c: WC qp=1 RECV #1 len=3500 SUCCESS
> run 3us
c -> b ACKNOWLEDGE psn=27 qp=0x200 ACK msn=2
b -> c RDMA_WRITE_MIDDLE psn=32 qp=0x100 len=256
c -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=33 qp=0x100 len=256
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=34 qp=0x100 len=256
c -> b SEND_MIDDLE psn=23 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=35 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=36 qp=0x100 len=256
c -> b SEND_MIDDLE psn=24 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=37 qp=0x100 len=256
b -> c RDMA_WRITE_MIDDLE psn=38 qp=0x100 len=256
c -> b SEND_MIDDLE psn=25 qp=0x200 len=256
c -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=2
b -> c RDMA_WRITE_MIDDLE psn=39 qp=0x100 len=256
c -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=40 qp=0x100 len=256
b: WC qp=1 SEND #1 len=3500 SUCCESS
b -> c RDMA_WRITE_LAST psn=41 qp=0x100 ackreq len=172
b -> c RDMA_WRITE_FIRST psn=42 qp=0x100 va=0x1000021dac rkey=0x100 dmalen=3500 len=256
c -> b SEND_LAST psn=27 qp=0x200 ackreq len=172
c -> b SEND_FIRST psn=28 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=43 qp=0x100 len=256
c -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=44 qp=0x100 len=256
c -> b SEND_MIDDLE psn=30 qp=0x200 len=256
b -> c RDMA_WRITE_MIDDLE psn=45 qp=0x100 len=256
c -> b SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
> stall qp=1 at=c
b -> c RDMA_WRITE_MIDDLE psn=46 qp=0x100 len=256
c: STALL qp=0x100: OK
c: qp=0x100 RTS -> STOPPED
c: NAKED: RDMA_WRITE_LAST psn=41 qp=0x100 ackreq len=172
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
b -> c RDMA_WRITE_MIDDLE psn=47 qp=0x100 ackreq len=256
c: NAKED: RDMA_WRITE_FIRST psn=42 qp=0x100 va=0x1000021dac rkey=0x100 dmalen=3500 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
b -> c RDMA_WRITE_MIDDLE psn=48 qp=0x100 len=256
b -> c ACKNOWLEDGE psn=27 qp=0x100 ACK msn=2
b -> c RDMA_WRITE_MIDDLE psn=49 qp=0x100 len=256
c: NAKED: RDMA_WRITE_MIDDLE psn=43 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
c: NAKED: RDMA_WRITE_MIDDLE psn=44 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
b: WC qp=1 RECV #1 len=3500 SUCCESS
> move qp=1 from=c to=d
b -> c RDMA_WRITE_MIDDLE psn=50 qp=0x100 len=256
c: NAKED: RDMA_WRITE_MIDDLE psn=45 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
c: NAKED: RDMA_WRITE_MIDDLE psn=46 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
b -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
b: qp=0x200 RTS -> PAUSED
c: NAKED: RDMA_WRITE_MIDDLE psn=47 qp=0x100 ackreq len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
c: NAKED: RDMA_WRITE_MIDDLE psn=48 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
c: DROP_STOPPED: ACKNOWLEDGE psn=27 qp=0x100 ACK msn=2
c: NAKED: RDMA_WRITE_MIDDLE psn=49 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
b: EVENT PEER_STOPPED qp=1
c: NAKED: RDMA_WRITE_MIDDLE psn=50 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=41 qp=0x200 NAK_STOPPED flags=0x00 epoch=1
c: DROP_STOPPED: ACKNOWLEDGE psn=31 qp=0x100 ACK msn=2
> resume qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> b MIGRATION psn=18 qp=0x200 RESUME flags=0x01 epoch=2 peer_epoch=0 sent=14 epsn=41 addr=10.0.0.4 tag=0x0
> forward qp=1 at=c to=d
b: qp=0x200 PAUSED -> RTS
b -> d MIGRATION psn=41 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=2 sent=10 epsn=32 addr=10.0.0.2 tag=0x0
b -> d RDMA_WRITE_LAST psn=41 qp=0x100 ackreq len=172
b -> d RDMA_WRITE_FIRST psn=42 qp=0x100 va=0x1000021dac rkey=0x100 dmalen=3500 len=256
b -> d RDMA_WRITE_MIDDLE psn=43 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=44 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=45 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
b -> d RDMA_WRITE_MIDDLE psn=46 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=47 qp=0x100 ackreq len=256
b -> d RDMA_WRITE_MIDDLE psn=48 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=49 qp=0x100 len=256
d -> b SEND_MIDDLE psn=32 qp=0x200 len=256
b -> d RDMA_WRITE_MIDDLE psn=50 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=41 qp=0x200 ACK msn=3
b -> d RDMA_WRITE_MIDDLE psn=51 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=52 qp=0x100 len=256
b -> d RDMA_WRITE_MIDDLE psn=53 qp=0x100 len=256
d: EVENT RESUMED qp=1
d: WC qp=1 SEND #1 len=3500 SUCCESS
d -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b -> d RDMA_WRITE_MIDDLE psn=54 qp=0x100 len=256
b -> d RDMA_WRITE_LAST psn=55 qp=0x100 ackreq len=172
d -> b ACKNOWLEDGE psn=47 qp=0x200 ACK msn=3
b: WC qp=1 WRITE #2 len=3500 SUCCESS
> post-send qp=1 at=d op=write len=3500 count=2
> post-send qp=1 at=b len=3500 count=2
> release qp=1 at=c
d -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b -> d SEND_FIRST psn=56 qp=0x100 len=256
b -> d SEND_MIDDLE psn=57 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=55 qp=0x200 ACK msn=4
b -> d SEND_MIDDLE psn=58 qp=0x100 len=256
d -> b SEND_MIDDLE psn=35 qp=0x200 len=256
b -> d SEND_MIDDLE psn=59 qp=0x100 len=256
d -> b SEND_MIDDLE psn=36 qp=0x200 len=256
b -> d SEND_MIDDLE psn=60 qp=0x100 len=256
d -> b SEND_MIDDLE psn=37 qp=0x200 len=256
> run 3us
b -> d SEND_MIDDLE psn=61 qp=0x100 len=256
d -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b -> d SEND_MIDDLE psn=62 qp=0x100 len=256
d -> b SEND_MIDDLE psn=39 qp=0x200 len=256
d -> b SEND_MIDDLE psn=40 qp=0x200 len=256
b -> d SEND_MIDDLE psn=63 qp=0x100 ackreq len=256
b -> d SEND_MIDDLE psn=64 qp=0x100 len=256
d -> b SEND_LAST psn=41 qp=0x200 ackreq len=172
b -> d SEND_MIDDLE psn=65 qp=0x100 len=256
b: WC qp=1 WRITE #3 len=3500 SUCCESS
d -> b SEND_FIRST psn=42 qp=0x200 len=256
d -> b SEND_MIDDLE psn=43 qp=0x200 len=256
b -> d SEND_MIDDLE psn=66 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=63 qp=0x200 ACK msn=4
b -> d SEND_MIDDLE psn=67 qp=0x100 len=256
b: WC qp=1 RECV #2 len=3500 SUCCESS
d -> b SEND_MIDDLE psn=44 qp=0x200 len=256
b -> d ACKNOWLEDGE psn=41 qp=0x100 ACK msn=3
b -> d SEND_MIDDLE psn=68 qp=0x100 len=256
d -> b SEND_MIDDLE psn=45 qp=0x200 len=256
d -> b SEND_MIDDLE psn=46 qp=0x200 len=256
b -> d SEND_LAST psn=69 qp=0x100 ackreq len=172
d -> b SEND_MIDDLE psn=47 qp=0x200 ackreq len=256
b -> d SEND_FIRST psn=70 qp=0x100 len=256
d -> b SEND_MIDDLE psn=48 qp=0x200 len=256
b -> d SEND_MIDDLE psn=71 qp=0x100 len=256
d -> b SEND_MIDDLE psn=49 qp=0x200 len=256
b -> d SEND_MIDDLE psn=72 qp=0x100 len=256
> stall qp=1 at=d
d -> b SEND_MIDDLE psn=50 qp=0x200 len=256
d: STALL qp=0x100: OK
d: qp=0x100 RTS -> STOPPED
d: NAKED: SEND_MIDDLE psn=67 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: DROP_STOPPED: ACKNOWLEDGE psn=41 qp=0x100 ACK msn=3
b -> d SEND_MIDDLE psn=73 qp=0x100 len=256
d: NAKED: SEND_MIDDLE psn=68 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
b -> d SEND_MIDDLE psn=74 qp=0x100 len=256
d: NAKED: SEND_LAST psn=69 qp=0x100 ackreq len=172
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: NAKED: SEND_FIRST psn=70 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: NAKED: SEND_MIDDLE psn=71 qp=0x100 len=256
b -> d ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: NAKED: SEND_MIDDLE psn=72 qp=0x100 len=256
> move qp=1 from=d to=a
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
b -> d SEND_MIDDLE psn=75 qp=0x100 len=256
d: NAKED: SEND_MIDDLE psn=73 qp=0x100 len=256
b: qp=0x200 RTS -> PAUSED
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: NAKED: SEND_MIDDLE psn=74 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
d: DROP_STOPPED: ACKNOWLEDGE psn=47 qp=0x100 ACK msn=3
b: EVENT PEER_STOPPED qp=1
d: NAKED: SEND_MIDDLE psn=75 qp=0x100 len=256
d -> b ACKNOWLEDGE psn=67 qp=0x200 NAK_STOPPED flags=0x00 epoch=2
> resume qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
a -> b MIGRATION psn=32 qp=0x200 RESUME flags=0x01 epoch=3 peer_epoch=0 sent=19 epsn=67 addr=10.0.0.1 tag=0x0
> forward qp=1 at=d to=a
b: qp=0x200 PAUSED -> RTS
b -> a MIGRATION psn=67 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=3 sent=9 epsn=51 addr=10.0.0.2 tag=0x0
b -> a SEND_MIDDLE psn=67 qp=0x100 len=256
b -> a SEND_MIDDLE psn=68 qp=0x100 len=256
b -> a SEND_LAST psn=69 qp=0x100 ackreq len=172
b -> a SEND_FIRST psn=70 qp=0x100 len=256
b -> a SEND_MIDDLE psn=71 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
b -> a SEND_MIDDLE psn=72 qp=0x100 len=256
b -> a SEND_MIDDLE psn=73 qp=0x100 len=256
b -> a SEND_MIDDLE psn=74 qp=0x100 len=256
b -> a SEND_MIDDLE psn=75 qp=0x100 len=256
a -> b SEND_MIDDLE psn=51 qp=0x200 len=256
b -> a SEND_MIDDLE psn=76 qp=0x100 len=256
b -> a SEND_MIDDLE psn=77 qp=0x100 len=256
b -> a SEND_MIDDLE psn=78 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=69 qp=0x200 ACK msn=5
b -> a SEND_MIDDLE psn=79 qp=0x100 ackreq len=256
a: EVENT RESUMED qp=1
a: WC qp=1 SEND #2 len=3500 SUCCESS
a: WC qp=1 RECV #2 len=3500 SUCCESS
b -> a SEND_MIDDLE psn=80 qp=0x100 len=256
b -> a SEND_MIDDLE psn=81 qp=0x100 len=256
b -> a SEND_MIDDLE psn=82 qp=0x100 len=256
a -> b SEND_MIDDLE psn=52 qp=0x200 len=256
b -> a SEND_LAST psn=83 qp=0x100 ackreq len=172
b: WC qp=1 SEND #4 len=3500 SUCCESS
> post-send qp=1 at=a len=3500
> release qp=1 at=d
a -> b ACKNOWLEDGE psn=79 qp=0x200 ACK msn=5
a -> b SEND_MIDDLE psn=53 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=83 qp=0x200 ACK msn=6
a -> b SEND_MIDDLE psn=54 qp=0x200 len=256
a: WC qp=1 RECV #3 len=3500 SUCCESS
> idle
a -> b SEND_LAST psn=55 qp=0x200 ackreq len=172
a -> b RDMA_WRITE_FIRST psn=56 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3500 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b: WC qp=1 SEND #5 len=3500 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=55 qp=0x100 ACK msn=4
a -> b RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b: WC qp=1 RECV #3 len=3500 SUCCESS
a -> b RDMA_WRITE_LAST psn=69 qp=0x200 ackreq len=172
a -> b RDMA_WRITE_FIRST psn=70 qp=0x200 va=0x1100021dac rkey=0x200 dmalen=3500 len=256
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=63 qp=0x100 ACK msn=4
a -> b RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=74 qp=0x200 len=256
a: WC qp=1 SEND #3 len=3500 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=75 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=76 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=69 qp=0x100 ACK msn=5
a -> b RDMA_WRITE_MIDDLE psn=77 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=78 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=79 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=80 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=81 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=82 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=83 qp=0x200 ackreq len=172
a -> b SEND_FIRST psn=84 qp=0x200 len=256
a -> b SEND_MIDDLE psn=85 qp=0x200 len=256
a -> b SEND_MIDDLE psn=86 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=79 qp=0x100 ACK msn=5
a -> b SEND_MIDDLE psn=87 qp=0x200 len=256
a: WC qp=1 WRITE #4 len=3500 SUCCESS
a -> b SEND_MIDDLE psn=88 qp=0x200 len=256
a -> b SEND_MIDDLE psn=89 qp=0x200 len=256
a -> b SEND_MIDDLE psn=90 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=83 qp=0x100 ACK msn=6
a -> b SEND_MIDDLE psn=91 qp=0x200 len=256
a -> b SEND_MIDDLE psn=92 qp=0x200 len=256
a -> b SEND_MIDDLE psn=93 qp=0x200 len=256
a -> b SEND_MIDDLE psn=94 qp=0x200 len=256
a -> b SEND_MIDDLE psn=95 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=96 qp=0x200 len=256
a -> b SEND_LAST psn=97 qp=0x200 ackreq len=172
a: WC qp=1 WRITE #5 len=3500 SUCCESS
b -> a ACKNOWLEDGE psn=95 qp=0x100 ACK msn=6
b -> a ACKNOWLEDGE psn=97 qp=0x100 ACK msn=7
b: WC qp=1 RECV #4 len=3500 SUCCESS
a: WC qp=1 SEND #6 len=3500 SUCCESS
> expect data qp=1
> expect event qp=1 at=b name=PEER_MOVED count=3
