# Path MTU 256, 2048 and 4096 between the same NICs at the same time, both ways, PSNs wrapping around: a message of
# 5000 bytes is cut into 20, 3 and 2 packets.

nic a
nic b
qp 1 a b mtu=256 psna=16777210
qp 2 a b with=1 mtu=2048 psnb=16777215
qp 3 a b mtu=4096
post-recv qp=1 at=b len=5000
post-recv qp=2 at=a len=5000
post-recv qp=3 at=b len=5000
post-send qp=1 at=a len=5000
post-send qp=2 at=b len=5000
post-send qp=3 at=a len=5000
idle
expect data qp=1
expect data qp=2
expect data qp=3
expect packets from=a to=b packet=SEND_MIDDLE count=18
expect packets from=b to=a packet=SEND_MIDDLE count=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256 psna=16777210
> qp 2 a b with=1 mtu=2048 psnb=16777215
> qp 3 a b mtu=4096
> post-recv qp=1 at=b len=5000
> post-recv qp=2 at=a len=5000
> post-recv qp=3 at=b len=5000
> post-send qp=1 at=a len=5000
> post-send qp=2 at=b len=5000
> post-send qp=3 at=a len=5000
> idle
a -> b SEND_FIRST psn=16777210 qp=0x200 len=256
b -> a SEND_FIRST psn=16777215 qp=0x101 ackreq len=2048
b -> a SEND_MIDDLE psn=0 qp=0x101 len=2048
a -> b SEND_FIRST psn=0 qp=0x400 len=4096
a -> b SEND_MIDDLE psn=16777211 qp=0x200 len=256
b -> a SEND_LAST psn=1 qp=0x101 ackreq len=904
a -> b SEND_LAST psn=1 qp=0x400 ackreq len=904
a -> b SEND_MIDDLE psn=16777212 qp=0x200 len=256
a -> b SEND_MIDDLE psn=16777213 qp=0x200 len=256
a -> b SEND_MIDDLE psn=16777214 qp=0x200 len=256
a -> b SEND_MIDDLE psn=16777215 qp=0x200 ackreq len=256
a -> b ACKNOWLEDGE psn=16777215 qp=0x201 ACK msn=0
a -> b ACKNOWLEDGE psn=1 qp=0x201 ACK msn=1
a -> b SEND_MIDDLE psn=0 qp=0x200 len=256
a: WC qp=2 RECV #0 len=5000 SUCCESS
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=1 qp=0x300 ACK msn=1
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b: WC qp=3 RECV #0 len=5000 SUCCESS
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=16777215 qp=0x100 ACK msn=0
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_LAST psn=13 qp=0x200 ackreq len=136
a: WC qp=3 SEND #0 len=5000 SUCCESS
b: WC qp=1 RECV #0 len=5000 SUCCESS
b -> a ACKNOWLEDGE psn=13 qp=0x100 ACK msn=1
b: WC qp=2 SEND #0 len=5000 SUCCESS
a: WC qp=1 SEND #0 len=5000 SUCCESS
> expect data qp=1
> expect data qp=2
> expect data qp=3
> expect packets from=a to=b packet=SEND_MIDDLE count=18
> expect packets from=b to=a packet=SEND_MIDDLE count=1
