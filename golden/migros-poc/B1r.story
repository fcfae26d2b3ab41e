# B1r: the ACK of RESUME has the PSN of a READ: the READ completes without its data. As B1: a plain ACK retires a READ
# or atomic of one packet, which only its response may do (P10). It breaks P2 in dialect migros-poc+R5, and does not in
# dialect godwit. A shortest path of godwit explore in world read-home.

dialect migros-poc+R5
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192 rdatomic=2
post-send qp=1 at=a op=read len=256
send qp=1 at=a
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=ACK psn=0
lose from=a to=x packet=RDMA_READ_REQUEST psn=0
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect migros-poc+R5
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=2 probes=2 resumes=4 depth=8 mem=8192 rdatomic=2
> post-send qp=1 at=a op=read len=256
> send qp=1 at=a
a -> x RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100006240 rkey=0x200 dmalen=256 (held)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=1 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=ACK psn=0
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (released)
b: EVENT RESUMED qp=1
b: WC qp=1 READ #0 len=256 SUCCESS
> lose from=a to=x packet=RDMA_READ_REQUEST psn=0
a -> x RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100006240 rkey=0x200 dmalen=256 (discarded)
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> auto
> run 20000us
b: TIMER NONE qp=0x100
> expect data qp=1
fails: expect data: QP 1 end A: read #0 did not bring what was there
