# Another workload to measure the NIC called a at, which spec/timing.yaml was not read off: two queue pairs, messages of one
# packet and of many, of lengths that are no multiple of a beat, with more losses, and a move of the partner.
seed 11
nic a
nic b
nic c
qp 1 a b depth=128 mem=262144 mtu=512
qp 2 a b with=1 depth=128 mem=262144 mtu=4096
faults from=a to=b loss=20 dup=10 reorder=10
faults from=b to=a loss=20 dup=10 reorder=10
post-recv qp=1 at=a len=1900 count=60
post-recv qp=1 at=b len=1900 count=60
post-send qp=1 at=a len=1777 count=50
post-send qp=1 at=b len=1111 count=50
post-send qp=2 at=a len=8 count=60 op=write
post-send qp=2 at=b len=3333 count=40 op=write
run 150us
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
release qp=1 at=b
idle
post-send qp=2 at=a len=2222 count=30 op=write
post-send qp=2 at=c len=1 count=60 op=write
idle
expect data qp=1
