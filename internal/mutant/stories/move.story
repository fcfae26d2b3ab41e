# A container moves in the middle of a message each way, and back.

nic a
nic b
nic c
qp 1 a b mtu=256
post-recv qp=1 at=b count=8 len=4096
post-recv qp=1 at=a count=8 len=4096
post-send qp=1 at=a op=send len=4000 count=4
post-send qp=1 at=b op=write len=4000 count=4
run 6us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 300us
release qp=1 at=a
post-send qp=1 at=c op=send len=4000 count=2
post-send qp=1 at=b op=send len=3000 count=4
run 4us
stall qp=1 at=c
move qp=1 from=c to=a
resume qp=1 at=a
forward qp=1 at=c to=a
idle
release qp=1 at=c
expect data qp=1
