# A limited member of a partition talks to a full one, both ways and across a move; two limited members do not.

nic a
nic b
nic c
qp 1 a b mtu=256 pkeya=0x8123 pkeyb=0x0123
qp 2 a b mtu=256 pkeya=0x0123 pkeyb=0x0123 timeout=1 retry=1
post-recv qp=1 at=a count=2 len=600
post-recv qp=1 at=b count=2 len=600
post-send qp=1 at=a op=send len=600 count=2
post-send qp=1 at=b op=send len=600
idle
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
post-send qp=1 at=c op=send len=600
idle
expect data qp=1
post-send qp=2 at=a op=write len=100
idle
expect wc qp=2 at=a status=RETRY_EXC_ERR count=1
