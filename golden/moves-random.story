# Both ends move and come back while both stream and every link loses, doubles, reorders and damages packets.

seed 11
nic a
nic b
nic c
nic d
qp 1 a b mtu=256 announce=8
faults from=a to=b loss=40 dup=40 reorder=40 corrupt=20
faults from=b to=a loss=40 dup=40 reorder=40 corrupt=20
faults from=c to=b loss=40 dup=40 reorder=40 corrupt=20
faults from=b to=c loss=40 dup=40 reorder=40 corrupt=20
faults from=c to=d loss=40 dup=40 reorder=40 corrupt=20
faults from=d to=c loss=40 dup=40 reorder=40 corrupt=20
post-recv qp=1 at=a len=1500 count=8
post-recv qp=1 at=b len=1500 count=8
post-send qp=1 at=a len=1500 count=8
post-send qp=1 at=b len=1400 count=8
post-send qp=1 at=a op=write len=3000 count=2
run 10us
stall qp=1 at=a
run 5us
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 20us
stall qp=1 at=b
move qp=1 from=b to=d
resume qp=1 at=d
forward qp=1 at=b to=d
release qp=1 at=a
release qp=1 at=b
idle
expect data qp=1

-- trace --
> seed 11
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256 announce=8
> faults from=a to=b loss=40 dup=40 reorder=40 corrupt=20
> faults from=b to=a loss=40 dup=40 reorder=40 corrupt=20
> faults from=c to=b loss=40 dup=40 reorder=40 corrupt=20
> faults from=b to=c loss=40 dup=40 reorder=40 corrupt=20
> faults from=c to=d loss=40 dup=40 reorder=40 corrupt=20
> faults from=d to=c loss=40 dup=40 reorder=40 corrupt=20
> post-recv qp=1 at=a count=8 len=1500
> post-recv qp=1 at=b count=8 len=1500
> post-send qp=1 at=a len=1500 count=8
> post-send qp=1 at=b len=1400 count=8
> post-send qp=1 at=a op=write len=3000 count=2
> run 10us
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256 (late)
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256 (lost)
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=3 qp=0x100 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256 (copy)
b -> a SEND_MIDDLE psn=4 qp=0x100 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a SEND_LAST psn=5 qp=0x100 ackreq len=120
a -> b SEND_LAST psn=5 qp=0x200 ackreq len=220 (late)
b -> a SEND_FIRST psn=6 qp=0x100 len=256
a -> b SEND_FIRST psn=6 qp=0x200 len=256
b -> a SEND_MIDDLE psn=7 qp=0x100 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a SEND_MIDDLE psn=8 qp=0x100 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a: NAKED: SEND_MIDDLE psn=2 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=1 qp=0x200 NAK_PSN_SEQ msn=0 (lost)
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_PSN_SEQ msn=0
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=120
a: DROP_GAP: SEND_MIDDLE psn=3 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
a: NAKED: SEND_MIDDLE psn=4 qp=0x100 len=256
b -> a SEND_FIRST psn=12 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=2 qp=0x200 NAK_PSN_SEQ msn=0 (lost)
a: DROP_GAP: SEND_LAST psn=5 qp=0x100 ackreq len=120
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=220
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
a: DROP_GAP: SEND_FIRST psn=6 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=3 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=6 qp=0x200 len=256
a -> b SEND_FIRST psn=12 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=7 qp=0x100 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=8 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
a: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b -> a DROP_ICRC (rule 4) at byte 310: ICRC 0xe7e184a0, computed 0x8fca59ef (damaged)
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a SEND_LAST psn=17 qp=0x100 ackreq len=120
a: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
a: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=120
b -> a SEND_FIRST psn=18 qp=0x100 len=256
b -> a SEND_FIRST psn=18 qp=0x100 len=256 (copy)
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> a SEND_MIDDLE psn=19 qp=0x100 len=256 (lost)
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_MIDDLE psn=20 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=220
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a SEND_LAST psn=23 qp=0x100 ackreq len=120
a -> b SEND_LAST psn=5 qp=0x200 ackreq len=220
a: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0xe7e184a0, computed 0x8fca59ef
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_FIRST psn=6 qp=0x200 len=256
b -> a SEND_FIRST psn=24 qp=0x100 len=256
a: DROP_GAP: SEND_LAST psn=17 qp=0x100 ackreq len=120
b: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a SEND_MIDDLE psn=25 qp=0x100 len=256
a: DROP_GAP: SEND_FIRST psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256 (copy)
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256 (late)
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b -> a SEND_MIDDLE psn=27 qp=0x100 len=256
b -> a SEND_MIDDLE psn=27 qp=0x100 len=256 (copy)
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=220
a: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
a -> b SEND_FIRST psn=12 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=23 qp=0x100 ackreq len=120
b -> a ACKNOWLEDGE psn=5 qp=0x100 ACK msn=1
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=24 qp=0x100 len=256
b -> a SEND_MIDDLE psn=28 qp=0x100 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
b: DUPLICATE: SEND_LAST psn=5 qp=0x200 ackreq len=220
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=1
a: DROP_GAP: SEND_MIDDLE psn=26 qp=0x100 len=256
b: WC qp=1 RECV #0 len=1500 SUCCESS
b -> a SEND_LAST psn=29 qp=0x100 ackreq len=120
b: NAKED: SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=16 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=8 qp=0x100 NAK_PSN_SEQ msn=1
b -> a SEND_FIRST psn=30 qp=0x100 len=256
a -> b SEND_LAST psn=17 qp=0x200 ackreq len=220
b: DROP_GAP: SEND_MIDDLE psn=10 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
a -> b SEND_FIRST psn=18 qp=0x200 len=256
b: NAKED: SEND_LAST psn=11 qp=0x200 ackreq len=220
b -> a ACKNOWLEDGE psn=9 qp=0x100 NAK_PSN_SEQ msn=1
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
b -> a SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
b: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
b -> a SEND_MIDDLE psn=32 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256 (lost)
a: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
b -> a SEND_MIDDLE psn=33 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
a: WC qp=1 SEND #0 len=1500 SUCCESS
b -> a SEND_MIDDLE psn=34 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a SEND_LAST psn=35 qp=0x100 ackreq len=120
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=16 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=29 qp=0x100 ackreq len=120
b -> a SEND_FIRST psn=36 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=17 qp=0x200 ackreq len=220
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=30 qp=0x100 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256 (copy)
b: DROP_GAP: SEND_FIRST psn=18 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=19 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
b -> a SEND_MIDDLE psn=39 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a SEND_MIDDLE psn=40 qp=0x100 len=256
a: DROP_GAP: SEND_FIRST psn=18 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
b -> a SEND_LAST psn=41 qp=0x100 ackreq len=120
b: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=220
a: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
b -> a SEND_FIRST psn=42 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
a -> b SEND_FIRST psn=12 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=120
b -> a SEND_MIDDLE psn=43 qp=0x100 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=36 qp=0x100 len=256
b -> a SEND_MIDDLE psn=44 qp=0x100 len=256
b: DUPLICATE: SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=26 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=37 qp=0x100 len=256
b -> a SEND_MIDDLE psn=45 qp=0x100 len=256
a -> b SEND_MIDDLE psn=15 qp=0x200 ackreq len=256
b -> a SEND_MIDDLE psn=46 qp=0x100 len=256
a -> b SEND_MIDDLE psn=16 qp=0x200 len=256
b: DUPLICATE: SEND_MIDDLE psn=9 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=39 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=27 qp=0x100 len=256
b -> a SEND_LAST psn=47 qp=0x100 ackreq len=120
a -> b SEND_LAST psn=17 qp=0x200 ackreq len=220
a: DROP_GAP: SEND_MIDDLE psn=40 qp=0x100 len=256
a: DROP_GAP: SEND_LAST psn=41 qp=0x100 ackreq len=120
a -> b SEND_FIRST psn=18 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=2 (late)
a: DROP_GAP: SEND_FIRST psn=42 qp=0x100 len=256
a -> b SEND_MIDDLE psn=19 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=43 qp=0x100 len=256
a -> b SEND_MIDDLE psn=20 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=44 qp=0x100 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
b: WC qp=1 RECV #1 len=1500 SUCCESS
> stall qp=1 at=a
a: DROP_GAP: SEND_MIDDLE psn=45 qp=0x100 len=256
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=2
a: NAKED: SEND_MIDDLE psn=46 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=2 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: NAKED: SEND_LAST psn=47 qp=0x100 ackreq len=120
a -> b ACKNOWLEDGE psn=2 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a ACKNOWLEDGE psn=17 qp=0x100 ACK msn=3
a: NAKED: SEND_MIDDLE psn=37 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=2 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: WC qp=1 RECV #2 len=1500 SUCCESS
> run 5us
a: DROP_STOPPED: ACKNOWLEDGE psn=15 qp=0x100 ACK msn=2
b: qp=0x200 RTS -> PAUSED
a: DROP_STOPPED: ACKNOWLEDGE psn=17 qp=0x100 ACK msn=3
b: EVENT PEER_STOPPED qp=1
a: DROP_STOPPED: ACKNOWLEDGE psn=11 qp=0x100 ACK msn=2
> move qp=1 from=a to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c -> b MIGRATION psn=9 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=14 epsn=2 addr=10.0.0.3 tag=0x0
> forward qp=1 at=a to=c
b: qp=0x200 PAUSED -> RTS
b -> c MIGRATION psn=2 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=46 epsn=22 addr=10.0.0.2 tag=0x0
b -> c SEND_MIDDLE psn=2 qp=0x100 len=256
b -> c SEND_MIDDLE psn=3 qp=0x100 len=256
b -> c SEND_MIDDLE psn=4 qp=0x100 len=256
b -> c SEND_LAST psn=5 qp=0x100 ackreq len=120
b -> c SEND_FIRST psn=6 qp=0x100 len=256 (lost)
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256
b: EVENT PEER_MOVED qp=1
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (late)
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=120
b -> c SEND_FIRST psn=12 qp=0x100 len=256
b -> c DROP_ICRC (rule 4) at byte 310: ICRC 0xabc2a5c3, computed 0x38abadf1 (damaged)
c -> b SEND_MIDDLE psn=22 qp=0x200 len=256
b -> c SEND_MIDDLE psn=14 qp=0x100 len=256
c: EVENT RESUMED qp=1
c: WC qp=1 SEND #1 len=1500 SUCCESS
c: WC qp=1 SEND #2 len=1500 SUCCESS
c: WC qp=1 RECV #0 len=1400 SUCCESS
c -> b DROP_MALFORMED (rule 2) at byte 36: UDP destination port 12983, not 4791 (damaged)
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c -> b SEND_LAST psn=23 qp=0x200 ackreq len=220
c: NAKED: SEND_MIDDLE psn=7 qp=0x100 len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256
c -> b ACKNOWLEDGE psn=6 qp=0x200 NAK_PSN_SEQ msn=1
b -> c SEND_LAST psn=17 qp=0x100 ackreq len=120
c -> b SEND_FIRST psn=24 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b -> c SEND_FIRST psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=25 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
c -> b SEND_MIDDLE psn=26 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=8 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=120
c: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256
c -> b SEND_MIDDLE psn=27 qp=0x200 len=256
c: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0xabc2a5c3, computed 0x38abadf1
> run 20us
c -> b SEND_MIDDLE psn=28 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256
b: DROP_MALFORMED: DROP_MALFORMED (rule 2) at byte 36: UDP destination port 12983, not 4791
c -> b SEND_LAST psn=29 qp=0x200 ackreq len=220
b -> c SEND_LAST psn=23 qp=0x100 ackreq len=120
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
c -> b SEND_FIRST psn=30 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=23 qp=0x100 ACK msn=4
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=17 qp=0x100 ackreq len=120
c -> b SEND_MIDDLE psn=31 qp=0x200 ackreq len=256
c: DROP_GAP: SEND_FIRST psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=32 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
c -> b SEND_MIDDLE psn=33 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
b: WC qp=1 RECV #3 len=1500 SUCCESS
b: WC qp=1 SEND #0 len=1400 SUCCESS
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b -> c SEND_FIRST psn=6 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=34 qp=0x200 len=256
c -> b SEND_LAST psn=35 qp=0x200 ackreq len=220
c: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=23 qp=0x100 ackreq len=120
b -> c SEND_MIDDLE psn=7 qp=0x100 len=256
c -> b SEND_FIRST psn=36 qp=0x200 len=256 (late)
b -> c DROP_ICRC (rule 4) at byte 58: ICRC 0x228291dc, computed 0x3b2e1ec7 (damaged)
c -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=31 qp=0x100 ACK msn=5
c -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b -> c SEND_MIDDLE psn=8 qp=0x100 len=256 (lost)
b: WC qp=1 RECV #4 len=1500 SUCCESS
c: WC qp=1 SEND #3 len=1500 SUCCESS
c -> b SEND_MIDDLE psn=39 qp=0x200 len=256
c -> b SEND_MIDDLE psn=40 qp=0x200 len=256
c -> b SEND_LAST psn=41 qp=0x200 ackreq len=220 (late)
b -> c SEND_MIDDLE psn=9 qp=0x100 len=256
c -> b SEND_FIRST psn=42 qp=0x200 len=256
c -> b SEND_MIDDLE psn=43 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=35 qp=0x100 ACK msn=6
c: DROP_GAP: SEND_MIDDLE psn=7 qp=0x100 len=256
c: DROP_ICRC: DROP_ICRC (rule 4) at byte 58: ICRC 0x228291dc, computed 0x3b2e1ec7
b -> c SEND_MIDDLE psn=10 qp=0x100 len=256
c -> b SEND_MIDDLE psn=44 qp=0x200 len=256
b -> c SEND_LAST psn=11 qp=0x100 ackreq len=120
b: NAKED: SEND_MIDDLE psn=37 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=36 qp=0x100 NAK_PSN_SEQ msn=6
c -> b SEND_MIDDLE psn=45 qp=0x200 len=256
b: WC qp=1 RECV #5 len=1500 SUCCESS
c: WC qp=1 SEND #4 len=1500 SUCCESS
b -> c SEND_FIRST psn=12 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=38 qp=0x200 len=256
c -> b SEND_MIDDLE psn=46 qp=0x200 len=256 (lost)
b: NAKED: SEND_MIDDLE psn=39 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=37 qp=0x100 NAK_PSN_SEQ msn=6
c -> b SEND_LAST psn=47 qp=0x200 ackreq len=220
b -> c SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=40 qp=0x200 len=256
c -> b RDMA_WRITE_FIRST psn=48 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
c: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b -> c DROP_ICRC (rule 4) at byte 310: ICRC 0x99837608, computed 0xabf5ca19 (damaged)
b: DROP_GAP: SEND_FIRST psn=42 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b: DROP_GAP: SEND_MIDDLE psn=43 qp=0x200 len=256
b -> c SEND_MIDDLE psn=16 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=44 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
c: WC qp=1 SEND #5 len=1500 SUCCESS
c: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=120
b -> c SEND_LAST psn=17 qp=0x100 ackreq len=120
b: DROP_GAP: SEND_MIDDLE psn=45 qp=0x200 len=256
c -> b SEND_FIRST psn=36 qp=0x200 len=256
b -> c SEND_FIRST psn=18 qp=0x100 len=256
c -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b -> c SEND_MIDDLE psn=19 qp=0x100 len=256
b -> c SEND_MIDDLE psn=20 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=47 qp=0x200 ackreq len=220
c -> b SEND_MIDDLE psn=37 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> c SEND_MIDDLE psn=21 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=48 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
c -> b SEND_MIDDLE psn=38 qp=0x200 len=256
c: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x99837608, computed 0xabf5ca19
b -> c SEND_MIDDLE psn=22 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
c -> b SEND_MIDDLE psn=39 qp=0x200 len=256
c -> b SEND_MIDDLE psn=39 qp=0x200 len=256 (copy)
c: DROP_GAP: SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
b -> c SEND_LAST psn=23 qp=0x100 ackreq len=120
c -> b SEND_MIDDLE psn=40 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=16 qp=0x100 len=256
b -> c SEND_FIRST psn=24 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
c -> b SEND_LAST psn=41 qp=0x200 ackreq len=220
c: DROP_GAP: SEND_LAST psn=17 qp=0x100 ackreq len=120
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c SEND_MIDDLE psn=25 qp=0x100 len=256 (copy)
b: DUPLICATE: SEND_FIRST psn=36 qp=0x200 len=256
c -> b SEND_FIRST psn=42 qp=0x200 len=256
c: DROP_GAP: SEND_FIRST psn=18 qp=0x100 len=256
c: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> c SEND_MIDDLE psn=26 qp=0x100 len=256
c -> b SEND_MIDDLE psn=43 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=19 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=20 qp=0x100 len=256
b -> c SEND_MIDDLE psn=27 qp=0x100 len=256 (lost)
c -> b SEND_MIDDLE psn=44 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=21 qp=0x100 len=256
b -> c SEND_MIDDLE psn=28 qp=0x100 len=256
c -> b SEND_MIDDLE psn=45 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
c -> b SEND_MIDDLE psn=46 qp=0x200 len=256
c: DROP_GAP: SEND_LAST psn=23 qp=0x100 ackreq len=120
b -> c SEND_LAST psn=29 qp=0x100 ackreq len=120
c -> b SEND_LAST psn=47 qp=0x200 ackreq len=220
c: DROP_GAP: SEND_FIRST psn=24 qp=0x100 len=256
c -> b RDMA_WRITE_FIRST psn=48 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
b -> c ACKNOWLEDGE psn=41 qp=0x100 ACK msn=7
b: DUPLICATE: SEND_LAST psn=41 qp=0x200 ackreq len=220
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c ACKNOWLEDGE psn=41 qp=0x100 ACK msn=7
c -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=26 qp=0x100 len=256
b -> c SEND_FIRST psn=30 qp=0x100 len=256
c -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=51 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=28 qp=0x100 len=256
b: WC qp=1 RECV #6 len=1500 SUCCESS
b: DUPLICATE: SEND_MIDDLE psn=39 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=52 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256 (late)
c: DROP_GAP: SEND_LAST psn=29 qp=0x100 ackreq len=120
b -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=47 qp=0x100 ACK msn=8
c: DUPLICATE: ACKNOWLEDGE psn=41 qp=0x100 ACK msn=7
b -> c SEND_MIDDLE psn=32 qp=0x100 len=256
c -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256 (lost)
c: DROP_GAP: SEND_FIRST psn=30 qp=0x100 len=256
b: WC qp=1 RECV #7 len=1500 SUCCESS
c: WC qp=1 SEND #6 len=1500 SUCCESS
c -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
c -> b RDMA_WRITE_LAST psn=59 qp=0x200 ackreq len=184
b -> c SEND_MIDDLE psn=33 qp=0x100 len=256
c -> b RDMA_WRITE_FIRST psn=60 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
c: DROP_GAP: SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
b -> c SEND_MIDDLE psn=34 qp=0x100 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=53 qp=0x100 NAK_PSN_SEQ msn=8
b -> c SEND_LAST psn=35 qp=0x100 ackreq len=120
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
b -> c SEND_FIRST psn=36 qp=0x100 len=256
c: WC qp=1 SEND #7 len=1500 SUCCESS
c -> b RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
b -> c SEND_MIDDLE psn=37 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=32 qp=0x100 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=54 qp=0x100 NAK_PSN_SEQ msn=8
b -> c SEND_MIDDLE psn=38 qp=0x100 len=256
c -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
b -> c SEND_MIDDLE psn=39 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=33 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=59 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_FIRST psn=60 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
c -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b -> c SEND_MIDDLE psn=40 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
b -> c SEND_LAST psn=41 qp=0x100 ackreq len=120
c: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=120
b -> c SEND_FIRST psn=42 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
c: DROP_GAP: SEND_FIRST psn=36 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=25 qp=0x100 len=256
b -> c SEND_MIDDLE psn=43 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
c -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=37 qp=0x100 len=256
b -> c SEND_MIDDLE psn=44 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
b -> c SEND_MIDDLE psn=45 qp=0x100 len=256
b -> c SEND_MIDDLE psn=45 qp=0x100 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=38 qp=0x100 len=256
b -> c SEND_MIDDLE psn=46 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=39 qp=0x100 len=256
b -> c SEND_LAST psn=47 qp=0x100 ackreq len=120
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256 (lost)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=40 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=41 qp=0x100 ackreq len=120
c -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
c: DROP_GAP: SEND_FIRST psn=42 qp=0x100 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=43 qp=0x100 len=256
c -> b RDMA_WRITE_LAST psn=59 qp=0x200 ackreq len=184
c: DROP_GAP: SEND_MIDDLE psn=44 qp=0x100 len=256
c -> b RDMA_WRITE_FIRST psn=60 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256 (late)
c: DROP_GAP: SEND_MIDDLE psn=45 qp=0x100 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
c: DROP_GAP: SEND_MIDDLE psn=46 qp=0x100 len=256
c -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
c: DROP_GAP: SEND_LAST psn=47 qp=0x100 ackreq len=120
c -> b RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=56 qp=0x100 NAK_PSN_SEQ msn=8
c -> b RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=59 qp=0x200 ackreq len=184
c -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=60 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
c -> b RDMA_WRITE_LAST psn=71 qp=0x200 ackreq len=184 (lost)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
c: DROP_GAP: SEND_MIDDLE psn=45 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
c -> b RDMA_WRITE_LAST psn=59 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
c -> b RDMA_WRITE_FIRST psn=60 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=63 qp=0x200 ackreq len=256
c -> b RDMA_WRITE_MIDDLE psn=64 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=59 qp=0x100 ACK msn=9
c -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256 (lost)
c -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
c -> b RDMA_WRITE_LAST psn=71 qp=0x200 ackreq len=184
b -> c ACKNOWLEDGE psn=63 qp=0x100 ACK msn=9
b: NAKED: RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b -> c ACKNOWLEDGE psn=68 qp=0x100 NAK_PSN_SEQ msn=9
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=71 qp=0x200 ackreq len=184
c: WC qp=1 WRITE #8 len=3000 SUCCESS
c -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
c -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
c -> b RDMA_WRITE_LAST psn=71 qp=0x200 ackreq len=184
b -> c ACKNOWLEDGE psn=71 qp=0x100 ACK msn=10
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
c: WC qp=1 WRITE #9 len=3000 SUCCESS
> move qp=1 from=b to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d -> c MIGRATION psn=6 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=42 epsn=72 addr=10.0.0.4 tag=0x0 (lost)
> forward qp=1 at=b to=d
> release qp=1 at=a
> release qp=1 at=b
d: TIMER RESUME qp=0x200
d -> c MIGRATION psn=6 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=42 epsn=72 addr=10.0.0.4 tag=0x0
c -> d MIGRATION psn=72 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=6 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
d -> c SEND_FIRST psn=6 qp=0x100 len=256
d -> c SEND_MIDDLE psn=7 qp=0x100 len=256
d -> c SEND_MIDDLE psn=8 qp=0x100 len=256
d -> c SEND_MIDDLE psn=9 qp=0x100 len=256
d -> c SEND_MIDDLE psn=10 qp=0x100 len=256
d: EVENT RESUMED qp=1
d -> c SEND_LAST psn=11 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=12 qp=0x100 len=256
d -> c SEND_MIDDLE psn=13 qp=0x100 len=256
d -> c SEND_MIDDLE psn=14 qp=0x100 len=256
d -> c SEND_MIDDLE psn=15 qp=0x100 ackreq len=256
d -> c SEND_MIDDLE psn=16 qp=0x100 len=256
d -> c SEND_LAST psn=17 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=18 qp=0x100 len=256
> idle
d -> c SEND_MIDDLE psn=19 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=11 qp=0x200 ACK msn=2
d -> c SEND_MIDDLE psn=20 qp=0x100 len=256
d -> c SEND_MIDDLE psn=21 qp=0x100 len=256
d -> c SEND_MIDDLE psn=22 qp=0x100 len=256
d -> c SEND_LAST psn=23 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=24 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=15 qp=0x200 ACK msn=2
d -> c SEND_MIDDLE psn=25 qp=0x100 len=256
c: WC qp=1 RECV #1 len=1400 SUCCESS
c: WC qp=1 RECV #2 len=1400 SUCCESS
c -> d ACKNOWLEDGE psn=17 qp=0x200 ACK msn=3
d -> c SEND_MIDDLE psn=26 qp=0x100 len=256
d -> c SEND_MIDDLE psn=27 qp=0x100 len=256
d -> c SEND_MIDDLE psn=28 qp=0x100 len=256
d -> c SEND_LAST psn=29 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=30 qp=0x100 len=256
d -> c SEND_MIDDLE psn=31 qp=0x100 ackreq len=256
c -> d ACKNOWLEDGE psn=23 qp=0x200 ACK msn=4
c: WC qp=1 RECV #3 len=1400 SUCCESS
d: WC qp=1 SEND #1 len=1400 SUCCESS
d -> c SEND_MIDDLE psn=32 qp=0x100 len=256
d -> c SEND_MIDDLE psn=33 qp=0x100 len=256
d -> c SEND_MIDDLE psn=34 qp=0x100 len=256
d -> c SEND_LAST psn=35 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=36 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=29 qp=0x200 ACK msn=5
d -> c SEND_MIDDLE psn=37 qp=0x100 len=256
c: WC qp=1 RECV #4 len=1400 SUCCESS
d: WC qp=1 SEND #2 len=1400 SUCCESS
d -> c SEND_MIDDLE psn=38 qp=0x100 len=256 (lost)
c -> d ACKNOWLEDGE psn=31 qp=0x200 ACK msn=5
d -> c SEND_MIDDLE psn=39 qp=0x100 len=256
d -> c SEND_MIDDLE psn=40 qp=0x100 len=256
d -> c SEND_LAST psn=41 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=42 qp=0x100 len=256
d -> c SEND_MIDDLE psn=43 qp=0x100 len=256 (lost)
c -> d ACKNOWLEDGE psn=35 qp=0x200 ACK msn=6
c: WC qp=1 RECV #5 len=1400 SUCCESS
d: WC qp=1 SEND #3 len=1400 SUCCESS
d: WC qp=1 SEND #4 len=1400 SUCCESS
d -> c SEND_MIDDLE psn=44 qp=0x100 len=256
d -> c SEND_MIDDLE psn=45 qp=0x100 len=256 (late)
c: NAKED: SEND_MIDDLE psn=39 qp=0x100 len=256
c -> d ACKNOWLEDGE psn=38 qp=0x200 NAK_PSN_SEQ msn=6
d -> c SEND_MIDDLE psn=46 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=40 qp=0x100 len=256
d -> c SEND_LAST psn=47 qp=0x100 ackreq len=120
c: DROP_GAP: SEND_LAST psn=41 qp=0x100 ackreq len=120
c: DROP_GAP: SEND_FIRST psn=42 qp=0x100 len=256
d: WC qp=1 SEND #5 len=1400 SUCCESS
c: DROP_GAP: SEND_MIDDLE psn=44 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=46 qp=0x100 len=256
c: DROP_GAP: SEND_LAST psn=47 qp=0x100 ackreq len=120
d -> c SEND_MIDDLE psn=38 qp=0x100 len=256
d -> c SEND_MIDDLE psn=38 qp=0x100 len=256 (copy)
d -> c SEND_MIDDLE psn=39 qp=0x100 len=256
d -> c SEND_MIDDLE psn=40 qp=0x100 len=256
d -> c SEND_LAST psn=41 qp=0x100 ackreq len=120
d -> c SEND_FIRST psn=42 qp=0x100 len=256
d -> c SEND_MIDDLE psn=43 qp=0x100 len=256
c: DROP_GAP: SEND_MIDDLE psn=45 qp=0x100 len=256
d -> c SEND_MIDDLE psn=44 qp=0x100 len=256
d -> c SEND_MIDDLE psn=45 qp=0x100 len=256
d -> c SEND_MIDDLE psn=46 qp=0x100 len=256
d -> c SEND_LAST psn=47 qp=0x100 ackreq len=120
c -> d ACKNOWLEDGE psn=41 qp=0x200 ACK msn=7
c: DUPLICATE: SEND_MIDDLE psn=38 qp=0x100 len=256
c: WC qp=1 RECV #6 len=1400 SUCCESS
c -> d ACKNOWLEDGE psn=47 qp=0x200 ACK msn=8 (late)
c: WC qp=1 RECV #7 len=1400 SUCCESS
d: WC qp=1 SEND #6 len=1400 SUCCESS
d: WC qp=1 SEND #7 len=1400 SUCCESS
> expect data qp=1
