# B16: equal queue pair numbers are taken for a loopback: nobody is told of the move. A queue pair whose partner has the
# same number is taken for connected to itself, so that it does not announce itself. It breaks P4 in dialect
# godwit+loopback, and does not in dialect godwit. A shortest path of godwit explore in world equal.

dialect godwit+loopback
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192 equal=yes
post-recv qp=1 at=a len=1024
post-recv qp=1 at=x len=1024
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
forward qp=1 at=a to=b
auto
run 20000us
expect settled qp=1
post-send qp=1 at=b len=256
post-send qp=1 at=x len=256
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit+loopback
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192 equal=yes
> post-recv qp=1 at=a len=1024
> post-recv qp=1 at=x len=1024
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
> forward qp=1 at=a to=b
> auto
> run 20000us
> expect settled qp=1
> post-send qp=1 at=b len=256
> post-send qp=1 at=x len=256
> run 20000us
b -> x SEND_ONLY psn=0 qp=0x100 ackreq len=256
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: DROP_SOURCE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: qp=0x100 RTS -> PAUSED
x: EVENT PEER_STOPPED qp=1
b: TIMER ACK qp=0x100
x: TIMER LEASE qp=0x100
b -> x SEND_ONLY psn=0 qp=0x100 ackreq len=256
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: DROP_SOURCE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: TIMER ACK qp=0x100
x: TIMER LEASE qp=0x100
b -> x SEND_ONLY psn=0 qp=0x100 ackreq len=256
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
x: DROP_SOURCE: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: TIMER ACK qp=0x100
b: qp=0x100 RTS -> ERR
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
b: EVENT QP_FATAL qp=1
b: WC qp=1 SEND #0 RETRY_EXC_ERR
b: WC qp=1 RECV #0 WR_FLUSH_ERR
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
x: TIMER LEASE qp=0x100
x -> a SEND_ONLY psn=0 qp=0x100 ackreq len=256
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=256
a -> x ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> expect data qp=1
fails: expect data: QP 1 end A: send #0 completed with RETRY_EXC_ERR NONE
