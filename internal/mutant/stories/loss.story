# Lost packets: a packet in the middle of a window, and the last one, which only a timer can recover.

nic a
nic b
qp 1 a b mtu=256 timeout=6
drop from=a to=b packet=SEND_MIDDLE psn=20
drop from=a to=b packet=SEND_LAST psn=39
post-recv qp=1 at=b count=1 len=12000
post-send qp=1 at=a op=send len=10240
idle
expect data qp=1
