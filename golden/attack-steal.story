# An attacker on the path, who reads every packet, announces itself as the partner that moved: the epoch is newer, the
# PSN is right, and the tag is a guess, since the migration key is not on the wire. Each of its RESUMEs is dropped.

nic a
nic b
qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
post-recv qp=1 at=b count=6
post-send qp=1 at=a count=3
post-recv qp=1 at=a count=6
post-send qp=1 at=b count=3
attack m qp=1 to=b strategy=steal count=12
run 20us
idle
expect partner qp=1 at=b is=a
expect counter at=b name=DROP_TAG count=12
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
> post-recv qp=1 at=b count=6
> post-send qp=1 at=a count=3
> post-recv qp=1 at=a count=6
> post-send qp=1 at=b count=3
> attack m qp=1 to=b strategy=steal count=12
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
b -> a SEND_FIRST psn=0 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=1 qp=0x200 len=1024
> run 20us
b -> a SEND_MIDDLE psn=1 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=2 qp=0x200 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.1.1 tag=0x7329322350602724
b -> a SEND_MIDDLE psn=2 qp=0x100 len=1024
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=1024
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=1024
a -> b SEND_FIRST psn=4 qp=0x200 len=1024
b -> a SEND_FIRST psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=5 qp=0x200 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=4 addr=10.0.1.1 tag=0x85192a2d3a2b7feb
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.1.1 tag=0x7329322350602724
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=5 addr=10.0.1.1 tag=0xeee6f7c85c299d76
a -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=1
a: WC qp=1 RECV #0 len=4096 SUCCESS
b: WC qp=1 RECV #0 len=4096 SUCCESS
a -> b SEND_MIDDLE psn=6 qp=0x200 len=1024
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=4 addr=10.0.1.1 tag=0x85192a2d3a2b7feb
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=5 addr=10.0.1.1 tag=0x4d0d6590e615d8ec
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=1024
b -> a SEND_MIDDLE psn=5 qp=0x100 len=1024
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=5 addr=10.0.1.1 tag=0xeee6f7c85c299d76
a -> b SEND_FIRST psn=8 qp=0x200 len=1024
a: WC qp=1 SEND #0 len=4096 SUCCESS
b: WC qp=1 SEND #0 len=4096 SUCCESS
b -> a SEND_MIDDLE psn=6 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=9 qp=0x200 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=6 addr=10.0.1.1 tag=0xc566de9bfe4218a1
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=1024
a -> b SEND_MIDDLE psn=10 qp=0x200 len=1024
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=5 addr=10.0.1.1 tag=0x4d0d6590e615d8ec
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=1024
b: WC qp=1 RECV #1 len=4096 SUCCESS
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=2
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0xade59ef658bf01de
a: WC qp=1 RECV #1 len=4096 SUCCESS
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=6 addr=10.0.1.1 tag=0xc566de9bfe4218a1
a -> b ACKNOWLEDGE psn=7 qp=0x200 ACK msn=2
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0x854f10878ba7dfbd
b -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=3
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0xade59ef658bf01de
a: WC qp=1 SEND #1 len=4096 SUCCESS
b: WC qp=1 RECV #2 len=4096 SUCCESS
b -> a SEND_FIRST psn=8 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=9 qp=0x100 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0x44a96d748dfbadaa
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0x854f10878ba7dfbd
b -> a SEND_MIDDLE psn=10 qp=0x100 len=1024
a: WC qp=1 SEND #2 len=4096 SUCCESS
b: WC qp=1 SEND #1 len=4096 SUCCESS
b -> a SEND_LAST psn=11 qp=0x100 ackreq len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=11 addr=10.0.1.1 tag=0xd7997bcf33c35ad4
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=8 addr=10.0.1.1 tag=0x44a96d748dfbadaa
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0xd718d4d79acd66e1
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=11 addr=10.0.1.1 tag=0xd7997bcf33c35ad4
a -> b ACKNOWLEDGE psn=11 qp=0x200 ACK msn=3
a: WC qp=1 RECV #2 len=4096 SUCCESS
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0x1c4eb3bf2ea1563b
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0xd718d4d79acd66e1
b: WC qp=1 SEND #2 len=4096 SUCCESS
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0x471e7765152ee1be
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0x1c4eb3bf2ea1563b
b: DROP_TAG: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=12 addr=10.0.1.1 tag=0x471e7765152ee1be
> idle
> expect partner qp=1 at=b is=a
> expect counter at=b name=DROP_TAG count=12
> expect data qp=1
