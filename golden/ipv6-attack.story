# An attacker on the path of a connection over IPv6, from an address of its own and from the partner's: without the key it
# moves nothing (R7, R11), and what is not from the partner's address is dropped.

nic a ip=fd00::1
nic b ip=fd00::2
qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
post-recv qp=1 at=b len=1000 count=8
post-send qp=1 at=a len=1000 count=4
attack x qp=1 to=b end=b strategy=steal count=50
attack y qp=1 to=b end=b strategy=inject filtered=yes count=50
run 50us
post-send qp=1 at=a len=1000 count=4
idle
expect data qp=1
expect partner qp=1 at=b is=a
expect counter at=b name=DROP_TAG min=50
expect counter at=b name=DROP_SOURCE min=50

-- trace --
> nic a ip=fd00::1
> nic b ip=fd00::2
> qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
> post-recv qp=1 at=b count=8 len=1000
> post-send qp=1 at=a len=1000 count=4
> attack x qp=1 to=b strategy=steal count=50
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
> attack y qp=1 to=b strategy=inject count=50 filtered=yes
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=3 qp=0x200 ackreq len=1000
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x7329322350602724
b: WC qp=1 RECV #0 len=1000 SUCCESS
> run 50us
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x85192a2d3a2b7feb
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
b: WC qp=1 RECV #1 len=1000 SUCCESS
b: WC qp=1 RECV #2 len=1000 SUCCESS
b: WC qp=1 RECV #3 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x7329322350602724
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xeee6f7c85c299d76
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x85192a2d3a2b7feb
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
a: WC qp=1 SEND #0 len=1000 SUCCESS
a: WC qp=1 SEND #1 len=1000 SUCCESS
a: WC qp=1 SEND #2 len=1000 SUCCESS
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4d0d6590e615d8ec
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xeee6f7c85c299d76
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
a: WC qp=1 SEND #3 len=1000 SUCCESS
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xc566de9bfe4218a1
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4d0d6590e615d8ec
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xade59ef658bf01de
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xc566de9bfe4218a1
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x854f10878ba7dfbd
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xade59ef658bf01de
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x44a96d748dfbadaa
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x854f10878ba7dfbd
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd7997bcf33c35ad4
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x44a96d748dfbadaa
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd718d4d79acd66e1
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd7997bcf33c35ad4
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1c4eb3bf2ea1563b
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd718d4d79acd66e1
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x471e7765152ee1be
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1c4eb3bf2ea1563b
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x7725f3018ff28541
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x471e7765152ee1be
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x5e06ba12ccc2906
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x7725f3018ff28541
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x57ab17e94370ecfb
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x5e06ba12ccc2906
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x3eb15f4f42599af
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x57ab17e94370ecfb
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd6b05e092b5eab6b
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x3eb15f4f42599af
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x968edf4c1a0d9c9f
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd6b05e092b5eab6b
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xef64363fa0a9384b
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x968edf4c1a0d9c9f
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xdc0b11e3b9a474ef
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xef64363fa0a9384b
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x47d666717a39af81
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xdc0b11e3b9a474ef
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xf9e6a68d541f9681
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x47d666717a39af81
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xb16c508f71f184ab
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xf9e6a68d541f9681
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xdc46dc5ffa61d53
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xb16c508f71f184ab
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4bd5e5b0332b62ff
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xdc46dc5ffa61d53
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x9554ac13300aaa09
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4bd5e5b0332b62ff
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xda877d96262c5982
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x9554ac13300aaa09
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x8c9917e21cf9afae
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xda877d96262c5982
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x245552f577790854
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x8c9917e21cf9afae
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4d15077340819ec2
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x245552f577790854
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd50a815944079dfe
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x4d15077340819ec2
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x915d13f439e24568
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd50a815944079dfe
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1121a5d9f51359b0
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x915d13f439e24568
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xfa452857109b65da
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1121a5d9f51359b0
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x60ea9970175c9dc7
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xfa452857109b65da
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xa08f2516b468ccb
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x60ea9970175c9dc7
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd5f36ddb44af76ab
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xa08f2516b468ccb
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x444ffe529a2eed9f
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xd5f36ddb44af76ab
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x2ef4f213e34e8dc0
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x444ffe529a2eed9f
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x347c53cdb3a4af2f
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x2ef4f213e34e8dc0
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1d43484ab1aecf8d
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x347c53cdb3a4af2f
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x391265f57d83d0ac
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x1d43484ab1aecf8d
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x82bc961a8ad2b98f
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x391265f57d83d0ac
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x262f1b800eb77022
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x82bc961a8ad2b98f
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x9932dae7e5703aac
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x262f1b800eb77022
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x5d4ab6f5a400a4a
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x9932dae7e5703aac
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xbef96ce40220407
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x5d4ab6f5a400a4a
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x92df69c3161d45ae
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xbef96ce40220407
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x6233a84730f3097a
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x92df69c3161d45ae
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
x -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xf9348fb61b97b5bf
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0x6233a84730f3097a
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
> post-send qp=1 at=a len=1000 count=4
> idle
a -> b SEND_ONLY psn=4 qp=0x200 ackreq len=1000
y -> b SEND_ONLY psn=0 qp=0x200 ackreq len=64
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=fd00:0:0:1::1 tag=0xf9348fb61b97b5bf
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
a -> b SEND_ONLY psn=5 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=6 qp=0x200 ackreq len=1000
a -> b SEND_ONLY psn=7 qp=0x200 ackreq len=1000
b: WC qp=1 RECV #4 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=4 qp=0x100 ACK msn=5
b: DROP_SOURCE: SEND_ONLY psn=0 qp=0x200 ackreq len=64
b -> a ACKNOWLEDGE psn=5 qp=0x100 ACK msn=6
b -> a ACKNOWLEDGE psn=6 qp=0x100 ACK msn=7
b: WC qp=1 RECV #5 len=1000 SUCCESS
b: WC qp=1 RECV #6 len=1000 SUCCESS
b: WC qp=1 RECV #7 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=8
a: WC qp=1 SEND #4 len=1000 SUCCESS
a: WC qp=1 SEND #5 len=1000 SUCCESS
a: WC qp=1 SEND #6 len=1000 SUCCESS
a: WC qp=1 SEND #7 len=1000 SUCCESS
> expect data qp=1
> expect partner qp=1 at=b is=a
> expect counter at=b name=DROP_TAG min=50
> expect counter at=b name=DROP_SOURCE min=50
