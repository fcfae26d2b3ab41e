# Random loss, duplication, reordering and corruption, 5 % each, both ways: everything still arrives once and in order.

seed 7
nic a
nic b
qp 1 a b mtu=256
faults from=a to=b loss=50 dup=50 reorder=50 corrupt=50
faults from=b to=a loss=50 dup=50 reorder=50 corrupt=50
post-recv qp=1 at=b len=1000 count=10
post-recv qp=1 at=a len=1000 count=10
post-send qp=1 at=a len=1000 count=10
post-send qp=1 at=b len=900 count=10
post-send qp=1 at=a op=write len=3000 count=3
idle
expect data qp=1

-- trace --
> seed 7
> nic a
> nic b
> qp 1 a b mtu=256
> faults from=a to=b loss=50 dup=50 reorder=50 corrupt=50
> faults from=b to=a loss=50 dup=50 reorder=50 corrupt=50
> post-recv qp=1 at=b count=10 len=1000
> post-recv qp=1 at=a count=10 len=1000
> post-send qp=1 at=a len=1000 count=10
> post-send qp=1 at=b len=900 count=10
> post-send qp=1 at=a op=write len=3000 count=3
> idle
b -> a SEND_FIRST psn=0 qp=0x100 len=256
a -> b SEND_FIRST psn=0 qp=0x200 len=256
b -> a SEND_MIDDLE psn=1 qp=0x100 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256 (late)
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=132
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=232
b -> a DROP_ICRC (rule 4) at byte 310: ICRC 0x516bd50c, computed 0x9a074bcd (damaged)
a -> b SEND_FIRST psn=4 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256 (lost)
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=132
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a SEND_FIRST psn=8 qp=0x100 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=232
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256 (late)
a -> b SEND_FIRST psn=8 qp=0x200 len=256
a: NAKED: SEND_LAST psn=3 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=2 qp=0x200 NAK_PSN_SEQ msn=0 (late)
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x516bd50c, computed 0x9a074bcd
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0xd23d0d54, computed 0xfb84bd44 (damaged)
a: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1 (late)
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=256
a: DROP_GAP: SEND_LAST psn=7 qp=0x100 ackreq len=132
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
b: NAKED: SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_FIRST psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=5 qp=0x100 NAK_PSN_SEQ msn=1
b: DROP_GAP: SEND_LAST psn=7 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_FIRST psn=8 qp=0x100 len=256
b: WC qp=1 RECV #0 len=1000 SUCCESS
b -> a SEND_FIRST psn=12 qp=0x100 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=232
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b SEND_FIRST psn=16 qp=0x200 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> a SEND_FIRST psn=16 qp=0x100 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0xd23d0d54, computed 0xfb84bd44
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_LAST psn=11 qp=0x200 ackreq len=232
a -> b SEND_LAST psn=19 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=132
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=12 qp=0x200 len=256
a -> b SEND_FIRST psn=20 qp=0x200 len=256
b -> a SEND_LAST psn=19 qp=0x100 ackreq len=132
a: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=13 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_MIDDLE psn=2 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=132
a: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=15 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_LAST psn=15 qp=0x100 ackreq len=132
b -> a SEND_FIRST psn=4 qp=0x100 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=16 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
a: WC qp=1 SEND #0 len=1000 SUCCESS
a -> b SEND_FIRST psn=8 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_LAST psn=19 qp=0x200 ackreq len=232
a: NAKED: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=3 qp=0x200 NAK_PSN_SEQ msn=0
a -> b ACKNOWLEDGE psn=3 qp=0x200 NAK_PSN_SEQ msn=0 (copy)
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=132
a: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=20 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=19 qp=0x100 ackreq len=132
b -> a DROP_ICRC (rule 4) at byte 310: ICRC 0xe45c5cd3, computed 0xe3d040b2 (damaged)
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a: DUPLICATE: SEND_MIDDLE psn=2 qp=0x100 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=232
a -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
a: WC qp=1 RECV #0 len=900 SUCCESS
a -> b SEND_FIRST psn=12 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=2
a: DUPLICATE: ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1
a: NAKED: SEND_LAST psn=7 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=6 qp=0x200 NAK_PSN_SEQ msn=1
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0xb307c67f, computed 0xbcc72312 (damaged)
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=132
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0xe45c5cd3, computed 0xe3d040b2
a -> b DROP_ICRC (rule 4) at byte 286: ICRC 0x3b14a5c5, computed 0x1b14a5c5 (damaged)
b -> a SEND_FIRST psn=4 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=9 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_FIRST psn=16 qp=0x200 len=256
b: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 RECV #2 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=3
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=132
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
b -> a SEND_MIDDLE psn=5 qp=0x100 len=256
a -> b DROP_ICRC (rule 4) at byte 286: ICRC 0xda2dca65, computed 0x2ad31d04 (damaged)
a -> b SEND_FIRST psn=20 qp=0x200 len=256
b -> a SEND_MIDDLE psn=6 qp=0x100 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0xb307c67f, computed 0xbcc72312
a: DUPLICATE: SEND_LAST psn=3 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=5 qp=0x200 ACK msn=1
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=132
b: NAKED: SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256 (late)
b -> a ACKNOWLEDGE psn=13 qp=0x100 NAK_PSN_SEQ msn=3
b -> a SEND_FIRST psn=8 qp=0x100 len=256 (late)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 286: ICRC 0x3b14a5c5, computed 0x1b14a5c5
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
a: WC qp=1 SEND #1 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=900 SUCCESS
a: DUPLICATE: SEND_FIRST psn=4 qp=0x100 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=16 qp=0x200 len=256
a -> b SEND_LAST psn=23 qp=0x200 ackreq len=232
b: DUPLICATE: ACKNOWLEDGE psn=3 qp=0x200 NAK_PSN_SEQ msn=0
b: DROP_GAP: SEND_MIDDLE psn=17 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_MIDDLE psn=18 qp=0x200 len=256
a -> b SEND_FIRST psn=24 qp=0x200 len=256
a: DUPLICATE: SEND_MIDDLE psn=5 qp=0x100 len=256
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256 (late)
b -> a SEND_FIRST psn=12 qp=0x100 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 286: ICRC 0xda2dca65, computed 0x2ad31d04
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256 (copy)
b: DROP_GAP: SEND_FIRST psn=20 qp=0x200 len=256
b: DUPLICATE: ACKNOWLEDGE psn=5 qp=0x200 ACK msn=1
a -> b SEND_LAST psn=27 qp=0x200 ackreq len=232
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a: WC qp=1 SEND #2 len=1000 SUCCESS
a: WC qp=1 RECV #1 len=900 SUCCESS
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=7 qp=0x200 ACK msn=2
b: DROP_GAP: SEND_MIDDLE psn=22 qp=0x200 len=256
a: DUPLICATE: SEND_MIDDLE psn=6 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=9 qp=0x100 len=256
b -> a SEND_FIRST psn=16 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=8 qp=0x200 NAK_PSN_SEQ msn=2 (damaged)
b: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=232
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256 (copy)
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_LAST psn=11 qp=0x100 ackreq len=132
b -> a DROP_ICRC (rule 4) at byte 186: ICRC 0xc2596246, computed 0x175dceda (damaged)
b: DROP_GAP: SEND_MIDDLE psn=21 qp=0x200 len=256
a -> b SEND_FIRST psn=16 qp=0x200 len=256
a: DROP_GAP: SEND_FIRST psn=12 qp=0x100 len=256
b -> a SEND_FIRST psn=20 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=17 qp=0x200 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256 (late)
b: DROP_GAP: SEND_LAST psn=27 qp=0x200 ackreq len=232
a -> b SEND_MIDDLE psn=18 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
a: DROP_GAP: SEND_LAST psn=15 qp=0x100 ackreq len=132
a -> b SEND_LAST psn=19 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_FIRST psn=8 qp=0x100 len=256
a -> b SEND_FIRST psn=20 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b SEND_MIDDLE psn=21 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256 (lost)
a: DROP_ICRC: DROP_ICRC (rule 4) at byte 186: ICRC 0xc2596246, computed 0x175dceda
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=4
b: WC qp=1 SEND #1 len=900 SUCCESS
b: WC qp=1 RECV #3 len=1000 SUCCESS
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
a -> b SEND_LAST psn=23 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_FIRST psn=20 qp=0x100 len=256
a -> b SEND_FIRST psn=24 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=10 qp=0x100 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256 (late)
a: DROP_GAP: SEND_MIDDLE psn=22 qp=0x100 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
a: DROP_GAP: SEND_MIDDLE psn=17 qp=0x100 len=256
b -> a ACKNOWLEDGE psn=19 qp=0x100 ACK msn=5
a -> b SEND_LAST psn=27 qp=0x200 ackreq len=232
a: DUPLICATE: SEND_FIRST psn=8 qp=0x100 len=256
b: WC qp=1 RECV #4 len=1000 SUCCESS
a -> b SEND_FIRST psn=28 qp=0x200 len=256
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
a: NAKED: SEND_MIDDLE psn=21 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=9 qp=0x200 NAK_PSN_SEQ msn=2
b -> a SEND_FIRST psn=12 qp=0x100 len=256
b: NAKED: SEND_LAST psn=23 qp=0x200 ackreq len=232
b -> a ACKNOWLEDGE psn=22 qp=0x100 NAK_PSN_SEQ msn=5
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=232
b -> a SEND_FIRST psn=16 qp=0x100 len=256
a: NAKED: SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=27 qp=0x200 ackreq len=232
a -> b ACKNOWLEDGE psn=11 qp=0x200 NAK_PSN_SEQ msn=2
a: WC qp=1 SEND #3 len=1000 SUCCESS
a: WC qp=1 SEND #4 len=1000 SUCCESS
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a -> b SEND_FIRST psn=32 qp=0x200 len=256 (lost)
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256 (copy)
b: DROP_GAP: SEND_FIRST psn=28 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=11 qp=0x200 ACK msn=3
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b -> a SEND_MIDDLE psn=9 qp=0x100 len=256
b -> a SEND_MIDDLE psn=10 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
b -> a SEND_FIRST psn=12 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=31 qp=0x200 ackreq len=232
a -> b ACKNOWLEDGE psn=15 qp=0x200 ACK msn=4
a: WC qp=1 RECV #2 len=900 SUCCESS
a: WC qp=1 RECV #3 len=900 SUCCESS
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=132
b -> a SEND_FIRST psn=12 qp=0x100 len=256
a: DUPLICATE: SEND_MIDDLE psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=13 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256 (lost)
a: DUPLICATE: SEND_MIDDLE psn=9 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b SEND_LAST psn=23 qp=0x200 ackreq len=232
b -> a SEND_MIDDLE psn=14 qp=0x100 len=256
a: DUPLICATE: SEND_MIDDLE psn=10 qp=0x100 len=256
b -> a SEND_LAST psn=15 qp=0x100 ackreq len=132
a -> b SEND_FIRST psn=24 qp=0x200 len=256
a -> b SEND_FIRST psn=24 qp=0x200 len=256 (copy)
a: DUPLICATE: SEND_LAST psn=11 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=18 qp=0x200 ACK msn=4
b -> a SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_FIRST psn=16 qp=0x100 len=256 (copy)
b: WC qp=1 SEND #2 len=900 SUCCESS
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
a: DUPLICATE: SEND_FIRST psn=12 qp=0x100 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
b -> a SEND_MIDDLE psn=17 qp=0x100 len=256
a: DUPLICATE: SEND_LAST psn=11 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=18 qp=0x200 ACK msn=4
b -> a SEND_MIDDLE psn=18 qp=0x100 len=256
a -> b SEND_LAST psn=27 qp=0x200 ackreq len=232 (lost)
a: DUPLICATE: SEND_FIRST psn=12 qp=0x100 len=256
b -> a SEND_LAST psn=19 qp=0x100 ackreq len=132
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x2a33a0e4, computed 0x4645ab69 (damaged)
a: DUPLICATE: SEND_MIDDLE psn=13 qp=0x100 len=256
b -> a SEND_FIRST psn=20 qp=0x100 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
b -> a SEND_MIDDLE psn=21 qp=0x100 len=256
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a: DUPLICATE: SEND_MIDDLE psn=14 qp=0x100 len=256
b -> a SEND_MIDDLE psn=22 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=23 qp=0x200 ackreq len=232
a: DUPLICATE: SEND_LAST psn=15 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=18 qp=0x200 ACK msn=4
b: WC qp=1 SEND #3 len=900 SUCCESS
b -> a SEND_LAST psn=23 qp=0x100 ackreq len=132
b -> a SEND_LAST psn=23 qp=0x100 ackreq len=132 (copy)
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=232
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
a: DUPLICATE: SEND_FIRST psn=16 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_FIRST psn=32 qp=0x200 len=256
b -> a SEND_FIRST psn=24 qp=0x100 len=256
b: DROP_GAP: SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
b: DUPLICATE: ACKNOWLEDGE psn=18 qp=0x200 ACK msn=4
a: DUPLICATE: SEND_MIDDLE psn=17 qp=0x100 len=256
b -> a SEND_MIDDLE psn=25 qp=0x100 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256 (copy)
a: DUPLICATE: SEND_MIDDLE psn=18 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256
b -> a SEND_MIDDLE psn=26 qp=0x100 len=256 (copy)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x2a33a0e4, computed 0x4645ab69
a -> b ACKNOWLEDGE psn=19 qp=0x200 ACK msn=5
b -> a SEND_LAST psn=27 qp=0x100 ackreq len=132
a: DUPLICATE: SEND_FIRST psn=16 qp=0x100 len=256
b -> a SEND_FIRST psn=28 qp=0x100 len=256
a: WC qp=1 RECV #4 len=900 SUCCESS
b: DROP_GAP: SEND_MIDDLE psn=29 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=30 qp=0x200 len=256
a -> b SEND_LAST psn=35 qp=0x200 ackreq len=232
b: DUPLICATE: ACKNOWLEDGE psn=18 qp=0x200 ACK msn=4
b -> a SEND_MIDDLE psn=29 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=31 qp=0x200 ackreq len=232
b -> a SEND_MIDDLE psn=30 qp=0x100 len=256
b: DROP_GAP: SEND_FIRST psn=32 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=23 qp=0x200 ACK msn=6
b -> a SEND_LAST psn=31 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b SEND_FIRST psn=36 qp=0x200 len=256
a -> b SEND_FIRST psn=36 qp=0x200 len=256 (copy)
b -> a SEND_FIRST psn=32 qp=0x100 len=256 (lost)
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
b -> a SEND_MIDDLE psn=33 qp=0x100 len=256
a: WC qp=1 RECV #5 len=900 SUCCESS
a: WC qp=1 RECV #6 len=900 SUCCESS
b: WC qp=1 SEND #4 len=900 SUCCESS
a -> b ACKNOWLEDGE psn=27 qp=0x200 ACK msn=7
b -> a SEND_MIDDLE psn=34 qp=0x100 len=256
b: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=232
b -> a SEND_LAST psn=35 qp=0x100 ackreq len=132
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b -> a SEND_FIRST psn=36 qp=0x100 len=256
a: DUPLICATE: SEND_MIDDLE psn=26 qp=0x100 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256 (lost)
b: DROP_GAP: SEND_FIRST psn=36 qp=0x200 len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=8
b -> a SEND_LAST psn=39 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_FIRST psn=24 qp=0x200 len=256
a: WC qp=1 RECV #7 len=900 SUCCESS
b: WC qp=1 SEND #5 len=900 SUCCESS
a -> b SEND_LAST psn=39 qp=0x200 ackreq len=232
a: NAKED: SEND_MIDDLE psn=33 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=32 qp=0x200 NAK_PSN_SEQ msn=8
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a: DROP_GAP: SEND_MIDDLE psn=34 qp=0x100 len=256
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=35 qp=0x100 ackreq len=132
b: DROP_GAP: SEND_MIDDLE psn=37 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=36 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a: DUPLICATE: SEND_LAST psn=23 qp=0x100 ackreq len=132
a -> b ACKNOWLEDGE psn=31 qp=0x200 ACK msn=8
a: DROP_GAP: SEND_FIRST psn=36 qp=0x100 len=256
a -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=37 qp=0x100 len=256
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=38 qp=0x100 len=256
b: WC qp=1 SEND #6 len=900 SUCCESS
b: WC qp=1 SEND #7 len=900 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=39 qp=0x200 ackreq len=232
a: DROP_GAP: SEND_LAST psn=39 qp=0x100 ackreq len=132
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
b -> a SEND_FIRST psn=32 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256 (late)
b -> a SEND_MIDDLE psn=33 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b -> a SEND_MIDDLE psn=34 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: DUPLICATE: ACKNOWLEDGE psn=31 qp=0x200 ACK msn=8
b -> a SEND_LAST psn=35 qp=0x100 ackreq len=132 (lost)
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b -> a SEND_FIRST psn=36 qp=0x100 len=256
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
b -> a SEND_LAST psn=39 qp=0x100 ackreq len=132
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x60ed3dbe, computed 0x1312a8a2 (damaged)
b: DROP_GAP: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
a: NAKED: SEND_FIRST psn=36 qp=0x100 len=256
a -> b ACKNOWLEDGE psn=35 qp=0x200 NAK_PSN_SEQ msn=8
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a: DROP_GAP: SEND_MIDDLE psn=37 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256 (lost)
a: DROP_GAP: SEND_MIDDLE psn=38 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a: DROP_GAP: SEND_LAST psn=39 qp=0x100 ackreq len=132
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x850525db, computed 0x4cdfd59f (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x60ed3dbe, computed 0x1312a8a2
a -> b RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
b -> a SEND_LAST psn=35 qp=0x100 ackreq len=132
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
b -> a SEND_FIRST psn=36 qp=0x100 len=256
a -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
b -> a SEND_MIDDLE psn=37 qp=0x100 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b -> a SEND_MIDDLE psn=38 qp=0x100 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x850525db, computed 0x4cdfd59f
a -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b -> a SEND_LAST psn=39 qp=0x100 ackreq len=132
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=35 qp=0x200 ACK msn=9
a -> b RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
a: WC qp=1 RECV #8 len=900 SUCCESS
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
a -> b ACKNOWLEDGE psn=39 qp=0x200 ACK msn=10
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x53421168, computed 0x53421160 (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=75 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
a: WC qp=1 RECV #9 len=900 SUCCESS
b: WC qp=1 SEND #8 len=900 SUCCESS
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x53421168, computed 0x53421160
b: DROP_GAP: RDMA_WRITE_LAST psn=75 qp=0x200 ackreq len=184
b: WC qp=1 SEND #9 len=900 SUCCESS
a: TIMER ACK qp=0x100
a -> b SEND_MIDDLE psn=22 qp=0x200 len=256
a -> b SEND_LAST psn=23 qp=0x200 ackreq len=232
a -> b SEND_FIRST psn=24 qp=0x200 len=256
a -> b SEND_MIDDLE psn=25 qp=0x200 len=256
a -> b SEND_MIDDLE psn=26 qp=0x200 len=256
a -> b SEND_LAST psn=27 qp=0x200 ackreq len=232
a -> b SEND_FIRST psn=28 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256
a -> b SEND_MIDDLE psn=29 qp=0x200 len=256 (copy)
a -> b SEND_MIDDLE psn=30 qp=0x200 len=256
a -> b SEND_LAST psn=31 qp=0x200 ackreq len=232 (late)
b -> a ACKNOWLEDGE psn=23 qp=0x100 ACK msn=6
a -> b SEND_FIRST psn=32 qp=0x200 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b SEND_LAST psn=35 qp=0x200 ackreq len=232
b: WC qp=1 RECV #5 len=1000 SUCCESS
b: WC qp=1 RECV #6 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=27 qp=0x100 ACK msn=7
a -> b SEND_FIRST psn=36 qp=0x200 len=256
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256 (lost)
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b SEND_LAST psn=39 qp=0x200 ackreq len=232
b: NAKED: SEND_FIRST psn=32 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
b -> a ACKNOWLEDGE psn=31 qp=0x100 NAK_PSN_SEQ msn=7
b: DUPLICATE: SEND_MIDDLE psn=29 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=33 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256 (copy)
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
a: WC qp=1 SEND #5 len=1000 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=232
a -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=36 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=39 qp=0x200 ackreq len=232
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a -> b DROP_ICRC (rule 4) at byte 286: ICRC 0x521285f5, computed 0xe7c4040c (damaged)
a: WC qp=1 SEND #6 len=1000 SUCCESS
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b SEND_FIRST psn=32 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x79c98212, computed 0x2eae1530 (damaged)
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=8
b: NAKED: RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=32 qp=0x100 NAK_PSN_SEQ msn=8 (lost)
a -> b SEND_LAST psn=35 qp=0x200 ackreq len=232
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
a -> b SEND_FIRST psn=36 qp=0x200 len=256 (late)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b: WC qp=1 RECV #7 len=1000 SUCCESS
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 286: ICRC 0x521285f5, computed 0xe7c4040c
a -> b DROP_ICRC (rule 4) at byte 286: ICRC 0x5ddc37b8, computed 0x5dfc37b8 (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256 (late)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x79c98212, computed 0x2eae1530
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=33 qp=0x100 NAK_PSN_SEQ msn=8
b: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=232
a -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=37 qp=0x200 len=256
a: WC qp=1 SEND #7 len=1000 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=38 qp=0x200 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 286: ICRC 0x5ddc37b8, computed 0x5dfc37b8
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256 (copy)
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b SEND_MIDDLE psn=33 qp=0x200 len=256 (late)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
a -> b SEND_LAST psn=35 qp=0x200 ackreq len=232
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: SEND_FIRST psn=36 qp=0x200 len=256
a -> b SEND_FIRST psn=36 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256 (lost)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a -> b SEND_LAST psn=39 qp=0x200 ackreq len=232 (lost)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256 (late)
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
b: DROP_GAP: SEND_LAST psn=35 qp=0x200 ackreq len=232
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x8de17ac9, computed 0x7db746da (damaged)
b: DROP_GAP: SEND_FIRST psn=36 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x8de17ac9, computed 0x7db746da
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256 (late)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256 (lost)
b: DROP_GAP: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256 (late)
b: NAKED: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=34 qp=0x100 NAK_PSN_SEQ msn=8
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256 (lost)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=74 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b SEND_MIDDLE psn=34 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
a -> b SEND_LAST psn=35 qp=0x200 ackreq len=232
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
a -> b SEND_FIRST psn=36 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
a -> b SEND_MIDDLE psn=37 qp=0x200 len=256 (late)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
a -> b SEND_LAST psn=39 qp=0x200 ackreq len=232
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=74 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=35 qp=0x100 ACK msn=9
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256 (late)
b: NAKED: SEND_MIDDLE psn=38 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=37 qp=0x100 NAK_PSN_SEQ msn=9 (lost)
b: DROP_GAP: SEND_LAST psn=39 qp=0x200 ackreq len=232
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: WC qp=1 RECV #8 len=1000 SUCCESS
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=38 qp=0x100 NAK_PSN_SEQ msn=9
b: DUPLICATE: SEND_MIDDLE psn=34 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x7304cdfa, computed 0xcefdc890 (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x38ef2a32, computed 0xdbb69abc (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a: WC qp=1 SEND #8 len=1000 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256 (late)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a -> b SEND_MIDDLE psn=38 qp=0x200 len=256
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x7304cdfa, computed 0xcefdc890
a -> b SEND_LAST psn=39 qp=0x200 ackreq len=232
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x38ef2a32, computed 0xdbb69abc
a -> b RDMA_WRITE_FIRST psn=40 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=41 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=43 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=44 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256 (copy)
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256 (late)
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=39 qp=0x100 ACK msn=10 (late)
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: WC qp=1 RECV #9 len=1000 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=46 qp=0x100 NAK_PSN_SEQ msn=10
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256 (copy)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a: WC qp=1 SEND #9 len=1000 SUCCESS
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x850525db, computed 0x65cb83e1 (damaged)
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=47 qp=0x100 NAK_PSN_SEQ msn=10
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256 (late)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x850525db, computed 0x65cb83e1
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b DROP_ICRC (rule 4) at byte 310: ICRC 0x5b866568, computed 0x06c0dd58 (damaged)
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=42 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=46 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=47 qp=0x100 ACK msn=10
a -> b RDMA_WRITE_MIDDLE psn=48 qp=0x200 len=256 (lost)
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=45 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256 (copy)
b: NAKED: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b -> a ACKNOWLEDGE psn=50 qp=0x100 NAK_PSN_SEQ msn=10
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256 (lost)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 310: ICRC 0x5b866568, computed 0x06c0dd58
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=47 qp=0x200 ackreq len=256
b -> a ACKNOWLEDGE psn=49 qp=0x100 ACK msn=10
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=49 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256 (lost)
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=51 qp=0x100 ACK msn=11
a -> b RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: NAKED: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=52 qp=0x100 NAK_PSN_SEQ msn=11
b -> a ACKNOWLEDGE psn=52 qp=0x100 NAK_PSN_SEQ msn=11 (copy)
a -> b RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a: DUPLICATE: ACKNOWLEDGE psn=49 qp=0x100 ACK msn=10
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
b: DROP_GAP: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_LAST psn=51 qp=0x200 ackreq len=184
b -> a ACKNOWLEDGE psn=51 qp=0x100 ACK msn=11
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256 (lost)
a: WC qp=1 WRITE #10 len=3000 SUCCESS
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256 (late)
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256 (late)
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256 (late)
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a: DUPLICATE: ACKNOWLEDGE psn=51 qp=0x100 ACK msn=11
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=50 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
a -> b RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256 (copy)
a -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256 (copy)
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=63 qp=0x100 ACK msn=12 (lost)
a -> b RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256 (late)
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=59 qp=0x200 len=256 (lost)
a -> b RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_FIRST psn=52 qp=0x200 va=0x1100021bb8 rkey=0x200 dmalen=3000 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=53 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=54 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=55 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=56 qp=0x200 len=256
a -> b RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=65 qp=0x200 len=256 (lost)
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=58 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=60 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=61 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=62 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_LAST psn=63 qp=0x200 ackreq len=184
b -> a ACKNOWLEDGE psn=73 qp=0x100 ACK msn=12
a -> b RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=57 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_FIRST psn=64 qp=0x200 va=0x1100022770 rkey=0x200 dmalen=3000 len=256
a -> b RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=66 qp=0x200 len=256
a -> b RDMA_WRITE_MIDDLE psn=74 qp=0x200 len=256
a -> b RDMA_WRITE_LAST psn=75 qp=0x200 ackreq len=184
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=67 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=68 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=69 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=71 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=72 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=73 qp=0x200 len=256
b: DUPLICATE: RDMA_WRITE_MIDDLE psn=70 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=75 qp=0x100 ACK msn=13 (late)
a: WC qp=1 WRITE #11 len=3000 SUCCESS
a: WC qp=1 WRITE #12 len=3000 SUCCESS
> expect data qp=1
