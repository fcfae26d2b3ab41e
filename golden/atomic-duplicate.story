# The answer to a FETCH_ADD is lost, and so is that to a CMP_SWAP: both are asked for again, and answered with what was found the
# first time. Neither runs twice (P1, P10).

nic a
nic b
qp 1 a b
drop from=b to=a packet=ATOMIC_ACKNOWLEDGE count=3
post-send qp=1 at=a op=faa
post-send qp=1 at=a op=cas
post-send qp=1 at=a op=faa count=2
idle
expect packets from=b to=a packet=ATOMIC_ACKNOWLEDGE min=7
expect wc qp=1 at=a op=faa count=3
expect wc qp=1 at=a op=cas count=1
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b
> drop from=b to=a packet=ATOMIC_ACKNOWLEDGE count=3
> post-send qp=1 at=a op=faa
> post-send qp=1 at=a op=cas
> post-send qp=1 at=a op=faa count=2
> idle
a -> b FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b CMP_SWAP psn=1 qp=0x200 ackreq va=0x1100031008 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=2 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=3 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 original=0x0 (dropped)
b -> a ATOMIC_ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 original=0x0 (dropped)
b -> a ATOMIC_ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3 original=0x1 (dropped)
b -> a ATOMIC_ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4 original=0x2
a -> b FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b CMP_SWAP psn=1 qp=0x200 ackreq va=0x1100031008 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=2 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=3 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b: DUPLICATE: FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 original=0x0
b: DUPLICATE: CMP_SWAP psn=1 qp=0x200 ackreq va=0x1100031008 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 original=0x0
b: DUPLICATE: FETCH_ADD psn=2 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3 original=0x1
b: DUPLICATE: FETCH_ADD psn=3 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4 original=0x2
a: WC qp=1 FAA #0 len=8 SUCCESS
a: WC qp=1 CAS #1 len=8 SUCCESS
a: WC qp=1 FAA #2 len=8 SUCCESS
a: WC qp=1 FAA #3 len=8 SUCCESS
> expect packets from=b to=a packet=ATOMIC_ACKNOWLEDGE min=7
> expect wc qp=1 at=a count=3 op=faa
> expect wc qp=1 at=a count=1 op=cas
> expect data qp=1
