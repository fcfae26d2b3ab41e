# Stopped and rolled back again and again in mid-stream: STALL is done when the last packet has left, and not before.

nic a
nic b
qp 1 a b mtu=4096 depth=64 mem=524288
post-recv qp=1 at=b count=40 len=8192
post-send qp=1 at=a op=send len=8192 count=40
run 1800cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 1937cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2074cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2211cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2348cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2485cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2622cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2759cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 2896cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 3033cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 3170cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
run 3307cycles
stall qp=1 at=a
run 300cycles
rollback qp=1 at=a
idle
expect data qp=1
