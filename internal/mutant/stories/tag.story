# The two ends have different migration keys: no RESUME may be believed.

nic a
nic b
nic c
qp 1 a b keya=00112233445566778899aabbccddeeff keyb=ffeeddccbbaa99887766554433221100 resumes=3
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
run 2000us
expect state qp=1 at=c is=ERR
