# A switch with a long queue marks three packets of a connection: their receiver sends a notification for each, and both
# sides count. Packets that did not say that they may be marked are left alone. Nothing is sent more slowly: that is not
# there.

nic a
nic b
qp 1 a b ecn=yes mtu=256
qp 2 a b
post-recv qp=1 at=b count=2 len=4096
mark from=a to=b packet=SEND_MIDDLE nth=1 count=2
mark from=a to=b packet=SEND_ONLY count=2
post-send qp=1 at=a op=send len=4096
idle
post-send qp=1 at=a op=send len=100
post-recv qp=2 at=b len=100
post-send qp=2 at=a op=send len=100
idle
expect counter at=b name=NP_ECN_MARKED count=3
expect counter at=b name=NP_CNP_SENT count=3
expect counter at=a name=RP_CNP_HANDLED count=3
expect packets from=b to=a packet=CNP count=3
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b ecn=yes mtu=256
> qp 2 a b
> post-recv qp=1 at=b count=2
> mark from=a to=b packet=SEND_MIDDLE count=2
> mark from=a to=b packet=SEND_ONLY count=2
> post-send qp=1 at=a
> idle
a -> b SEND_FIRST psn=0 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 tclass=0x03 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 tclass=0x03 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 tclass=0x02 len=256
b -> a CNP psn=0 qp=0x100 resv8a=0x40 len=16
a -> b SEND_MIDDLE psn=10 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 tclass=0x02 len=256
b -> a CNP psn=0 qp=0x100 resv8a=0x40 len=16
a -> b SEND_MIDDLE psn=12 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 tclass=0x02 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 tclass=0x02 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq tclass=0x02 len=256
b -> a ACKNOWLEDGE psn=15 qp=0x100 tclass=0x02 ACK msn=1
b: WC qp=1 RECV #0 len=4096 SUCCESS
a: WC qp=1 SEND #0 len=4096 SUCCESS
> post-send qp=1 at=a len=100
> post-recv qp=2 at=b len=100
> post-send qp=2 at=a len=100
> idle
a -> b SEND_ONLY psn=0 qp=0x400 ackreq len=100
a -> b SEND_ONLY psn=16 qp=0x200 ackreq tclass=0x03 len=100
b -> a ACKNOWLEDGE psn=0 qp=0x300 ACK msn=1
b -> a ACKNOWLEDGE psn=16 qp=0x100 tclass=0x02 ACK msn=2
b -> a CNP psn=0 qp=0x100 resv8a=0x40 len=16
b: WC qp=1 RECV #1 len=100 SUCCESS
b: WC qp=2 RECV #0 len=100 SUCCESS
a: WC qp=1 SEND #1 len=100 SUCCESS
a: WC qp=2 SEND #0 len=100 SUCCESS
> expect counter at=b name=NP_ECN_MARKED count=3
> expect counter at=b name=NP_CNP_SENT count=3
> expect counter at=a name=RP_CNP_HANDLED count=3
> expect packets from=b to=a packet=CNP count=3
> expect data qp=1
