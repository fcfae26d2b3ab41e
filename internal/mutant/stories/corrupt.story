# A packet whose payload was damaged on the way must not take effect, on either side.

nic a
nic b
qp 1 a b mtu=256
corrupt from=a to=b packet=SEND_ONLY bit=300
corrupt from=b to=a packet=SEND_ONLY bit=300
post-recv qp=1 at=b count=3 len=256
post-recv qp=1 at=a count=3 len=256
post-send qp=1 at=a op=send len=200 count=3
post-send qp=1 at=b op=send len=200 count=3
idle
expect data qp=1
