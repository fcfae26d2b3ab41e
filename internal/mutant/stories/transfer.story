# Messages of many shapes, both ways, in small packets: lengths with every pad, zero length, more than sixteen
# messages of one packet, payloads that end in the last byte lane.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b count=40 len=1100
post-recv qp=1 at=a count=10 len=1100
post-send qp=1 at=a op=send len=10 count=18
post-send qp=1 at=a op=send len=0
post-send qp=1 at=a op=send len=26 count=2
post-send qp=1 at=a op=send len=1031 count=3
post-send qp=1 at=a op=write len=777 count=3
post-send qp=1 at=b op=send len=513 count=5
post-send qp=1 at=b op=write len=255 count=5
idle
expect data qp=1
