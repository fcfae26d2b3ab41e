# The RESUME of the first move is very late: it comes when the container has moved on. It names an older epoch.

nic a
nic b
nic c
qp 1 a b announce=8
delay from=c to=b packet=RESUME by=2000us
post-recv qp=1 at=b count=4 len=1000
post-send qp=1 at=a op=send len=1000 count=2
run 100us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
run 300us
release qp=1 at=a
stall qp=1 at=c
move qp=1 from=c to=a
resume qp=1 at=a
forward qp=1 at=c to=a
run 3000us
release qp=1 at=c
post-send qp=1 at=a op=send len=1000 count=2
idle
expect data qp=1
