# What the key is for: the same attacker takes the connection over with its first packets if the connection has none.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b count=6
post-send qp=1 at=a count=3
post-recv qp=1 at=a count=6
post-send qp=1 at=b count=3
attack m qp=1 to=b strategy=steal count=2
run 4us
expect partner qp=1 at=b is=m

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b count=6
> post-send qp=1 at=a count=3
> post-recv qp=1 at=a count=6
> post-send qp=1 at=b count=3
> attack m qp=1 to=b strategy=steal count=2
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
b -> a SEND_FIRST psn=0 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=1 qp=0x200 len=1024
> run 4us
b -> a SEND_MIDDLE psn=1 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=2 qp=0x200 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.1.1 tag=0x0
b -> a SEND_MIDDLE psn=2 qp=0x100 len=1024
a -> b SEND_LAST psn=3 qp=0x200 ackreq len=1024
b -> a SEND_LAST psn=3 qp=0x100 ackreq len=1024
a -> b SEND_FIRST psn=4 qp=0x200 len=1024
b -> a SEND_FIRST psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=5 qp=0x200 len=1024
m -> b MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=4 addr=10.0.1.1 tag=0x0
b -> m MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=5 epsn=3 addr=10.0.0.2 tag=0x0
b: DROP_SOURCE: SEND_LAST psn=3 qp=0x200 ackreq len=1024
b: DROP_SOURCE: SEND_FIRST psn=4 qp=0x200 len=1024
a -> b ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
b -> m SEND_FIRST psn=0 qp=0x100 len=1024
b: DROP_SOURCE: SEND_MIDDLE psn=5 qp=0x200 len=1024
b: DUPLICATE: MIGRATION psn=0 qp=0x200 RESUME flags=0x00 epoch=1 peer_epoch=0 sent=0 epsn=4 addr=10.0.1.1 tag=0x0
b -> m MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=5 epsn=3 addr=10.0.0.2 tag=0x0
b -> m SEND_FIRST psn=0 qp=0x100 len=1024
a: WC qp=1 RECV #0 len=4096 SUCCESS
b: EVENT PEER_MOVED qp=1
a -> b SEND_MIDDLE psn=6 qp=0x200 len=1024
b -> m SEND_MIDDLE psn=1 qp=0x100 len=1024
a -> b SEND_LAST psn=7 qp=0x200 ackreq len=1024
b -> m SEND_MIDDLE psn=2 qp=0x100 len=1024
b: DROP_SOURCE: ACKNOWLEDGE psn=3 qp=0x200 ACK msn=1
a -> b SEND_FIRST psn=8 qp=0x200 len=1024
b -> m SEND_LAST psn=3 qp=0x100 ackreq len=1024
> expect partner qp=1 at=b is=m
a -> b SEND_MIDDLE psn=9 qp=0x200 len=1024
b -> m SEND_FIRST psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=10 qp=0x200 len=1024
b: DROP_SOURCE: SEND_MIDDLE psn=6 qp=0x200 len=1024
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=1024
b -> m SEND_MIDDLE psn=5 qp=0x100 len=1024
b: DROP_SOURCE: SEND_LAST psn=7 qp=0x200 ackreq len=1024
