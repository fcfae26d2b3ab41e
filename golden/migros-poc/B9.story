# B9: the answers to READs and atomics are not dumped: an atomic that ran is never answered. The atomic ran at the
# source, whose answer was on its way or not sent yet. The copy does not remember it, must not run it again, and drops
# what is repeated until there are no retries. It breaks P8 in dialect godwit+forget-replay, and does not in dialect
# godwit. A shortest path of godwit explore in world atomic.

dialect godwit+forget-replay
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192 rdatomic=2
post-send qp=1 at=x op=faa len=8
send qp=1 at=x
deliver from=x to=a packet=FETCH_ADD psn=0
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
send qp=1 at=x
deliver from=x to=b packet=FETCH_ADD psn=0
expire qp=1 at=x
send qp=1 at=x
deliver from=x to=b packet=FETCH_ADD psn=0
expire qp=1 at=x
send qp=1 at=x
deliver from=x to=b packet=FETCH_ADD psn=0
expire qp=1 at=x
send qp=1 at=x
deliver from=x to=b packet=FETCH_ADD psn=0
expire qp=1 at=x
forward qp=1 at=a to=b
auto
run 20000us
expect settled qp=1
post-send qp=1 at=x op=faa len=8
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit+forget-replay
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192 rdatomic=2
> post-send qp=1 at=x op=faa len=8
> send qp=1 at=x
x -> a FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (held)
> deliver from=x to=a packet=FETCH_ADD psn=0
x -> a FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (released)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=RESUME_ACK psn=0
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (released)
b: EVENT RESUMED qp=1
> send qp=1 at=x
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (held)
> deliver from=x to=b packet=FETCH_ADD psn=0
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (released)
b: DUPLICATE: FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (held)
> deliver from=x to=b packet=FETCH_ADD psn=0
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (released)
b: DUPLICATE: FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (held)
> deliver from=x to=b packet=FETCH_ADD psn=0
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (released)
b: DUPLICATE: FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> send qp=1 at=x
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (held)
> deliver from=x to=b packet=FETCH_ADD psn=0
x -> b FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0 (released)
b: DUPLICATE: FETCH_ADD psn=0 qp=0x100 ackreq va=0x1000006200 rkey=0x100 swap=0x1 compare=0x0
> expire qp=1 at=x
x: TIMER ACK qp=0x200
x: qp=0x200 RTS -> ERR
x: EVENT QP_FATAL qp=1
x: WC qp=1 FAA #0 RETRY_EXC_ERR
> forward qp=1 at=a to=b
> auto
> run 20000us
> expect settled qp=1
> post-send qp=1 at=x op=faa len=8
> run 20000us
x: WC qp=1 FAA #1 WR_FLUSH_ERR
> expect data qp=1
fails: expect data: QP 1 end B: send #0 completed with RETRY_EXC_ERR NONE
