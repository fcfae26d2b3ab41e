# Ten atomics, of which four may be outstanding: the fifth is sent when the first is answered.

nic a
nic b
qp 1 a b
post-send qp=1 at=a op=faa count=10
idle
expect wc qp=1 at=a op=faa count=10
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b
> post-send qp=1 at=a op=faa count=10
> idle
a -> b FETCH_ADD psn=0 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=1 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=2 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=3 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1 original=0x0
b -> a ATOMIC_ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2 original=0x1
b -> a ATOMIC_ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3 original=0x2
b -> a ATOMIC_ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4 original=0x3
a -> b FETCH_ADD psn=4 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=5 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=6 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=7 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a: WC qp=1 FAA #0 len=8 SUCCESS
a: WC qp=1 FAA #1 len=8 SUCCESS
a: WC qp=1 FAA #2 len=8 SUCCESS
a: WC qp=1 FAA #3 len=8 SUCCESS
b -> a ATOMIC_ACKNOWLEDGE psn=4 qp=0x100 ACK msn=5 original=0x4
b -> a ATOMIC_ACKNOWLEDGE psn=5 qp=0x100 ACK msn=6 original=0x5
b -> a ATOMIC_ACKNOWLEDGE psn=6 qp=0x100 ACK msn=7 original=0x6
b -> a ATOMIC_ACKNOWLEDGE psn=7 qp=0x100 ACK msn=8 original=0x7
a -> b FETCH_ADD psn=8 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a -> b FETCH_ADD psn=9 qp=0x200 ackreq va=0x1100031000 rkey=0x200 swap=0x1 compare=0x0
a: WC qp=1 FAA #4 len=8 SUCCESS
a: WC qp=1 FAA #5 len=8 SUCCESS
a: WC qp=1 FAA #6 len=8 SUCCESS
a: WC qp=1 FAA #7 len=8 SUCCESS
b -> a ATOMIC_ACKNOWLEDGE psn=8 qp=0x100 ACK msn=9 original=0x8
b -> a ATOMIC_ACKNOWLEDGE psn=9 qp=0x100 ACK msn=10 original=0x9
a: WC qp=1 FAA #8 len=8 SUCCESS
a: WC qp=1 FAA #9 len=8 SUCCESS
> expect wc qp=1 at=a count=10 op=faa
> expect data qp=1
