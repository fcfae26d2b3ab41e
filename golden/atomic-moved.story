# A FETCH_ADD is executed, its answer is lost, and the responder moves. The copy remembers the answer (R12): asked again, it gives
# it, and does not add a second time. The ePSN in its RESUME acknowledges nothing here (P10).

nic a
nic b
nic c
qp 1 a b
drop from=b to=a packet=ATOMIC_ACKNOWLEDGE count=2
post-send qp=1 at=a op=faa count=2
run 10us
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
release qp=1 at=b
idle
expect packets from=c to=a packet=ATOMIC_ACKNOWLEDGE count=2
expect wc qp=1 at=a op=faa count=2
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> drop from=b to=a packet=ATOMIC_ACKNOWLEDGE count=2
> post-send qp=1 at=a op=faa count=2
> run 10us
a -> b FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=1 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 original=0x0 (dropped)
b -> a ATOMIC_ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 original=0x1 (dropped)
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a -> c MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=2 epsn=0 addr=10.0.0.1 tag=0x0
a -> c FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> c FETCH_ADD psn=1 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a: EVENT PEER_MOVED qp=1
c: DUPLICATE: FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
c -> a ATOMIC_ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 original=0x0
c: DUPLICATE: FETCH_ADD psn=1 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
c -> a ATOMIC_ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 original=0x1
c: EVENT RESUMED qp=1
a: WC qp=1 FAA #0 len=8 SUCCESS
a: WC qp=1 FAA #1 len=8 SUCCESS
> release qp=1 at=b
> idle
> expect packets from=c to=a packet=ATOMIC_ACKNOWLEDGE count=2
> expect wc qp=1 at=a count=2 op=faa
> expect data qp=1
