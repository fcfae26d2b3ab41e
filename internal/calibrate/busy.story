# What the NIC called a is measured at: its engine always has something to do, in messages of many sizes and at every
# path MTU, both ways, with losses; then it stops, moves away and comes back.
seed 5
nic a
nic b
nic c
qp 1 a b depth=256 mem=524288
qp 2 a b with=1 mtu=2048 depth=256 mem=524288
qp 3 a b with=1 mtu=4096 depth=256 mem=524288
qp 4 a b with=1 mtu=256 depth=256 mem=524288
faults from=a to=b loss=5 dup=5 reorder=5
faults from=b to=a loss=5 dup=5 reorder=5
post-recv qp=1 at=a len=4000 count=60
post-recv qp=1 at=b len=4000 count=60
post-recv qp=2 at=a len=4000 count=60
post-recv qp=2 at=b len=4000 count=60
post-send qp=1 at=a len=3000 count=30
post-send qp=2 at=a len=4000 count=30
post-send qp=3 at=a len=4000 count=40 op=write
post-send qp=4 at=a len=200 count=60 op=write
post-send qp=1 at=b len=3000 count=30
post-send qp=2 at=b len=4000 count=30
post-send qp=3 at=b len=4000 count=40 op=write
post-send qp=4 at=b len=200 count=60 op=write
run 100us
post-send qp=4 at=a len=0 count=60 op=write
post-send qp=4 at=b len=0 count=60 op=write
run 100us
stall qp=1 at=a
run 10us
rollback qp=1 at=a
post-send qp=2 at=a len=1024 count=30
post-send qp=2 at=b len=1024 count=30
idle
stall qp=1 at=a
move qp=1 from=a to=c
resume qp=1 at=c
forward qp=1 at=a to=c
release qp=1 at=a
idle
stall qp=1 at=c
move qp=1 from=c to=a
resume qp=1 at=a
forward qp=1 at=c to=a
release qp=1 at=c
idle
expect data qp=1
