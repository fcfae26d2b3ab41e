# The source is rolled back although its container runs elsewhere and has acknowledged what the source never saw.

nic a
nic b
nic c
qp 1 a b
post-recv qp=1 at=a count=8 len=1000
post-send qp=1 at=b op=send len=1000 count=2
run 100us
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 200us
post-send qp=1 at=b op=send len=1000 count=3
run 200us
rollback qp=1 at=a
run 500us
expect state qp=1 at=a is=ERR
