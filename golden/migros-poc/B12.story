# B12: the READs outstanding are not counted in the dump: more are sent than were agreed, and the connection dies. The
# copy believes that it may have as many READs and atomics outstanding as ever, and has some already. Its partner
# refuses the one too many as an invalid request. It breaks P1 in dialect godwit+forget-credits, and does not in dialect
# godwit. A shortest path of godwit explore in world credits.

dialect godwit+forget-credits
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192 rdatomic=1
post-send qp=1 at=a op=read len=256
post-send qp=1 at=a op=read len=256
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=RESUME_ACK psn=0
send qp=1 at=b
deliver from=b to=x packet=RDMA_READ_REQUEST psn=0
send qp=1 at=b
deliver from=b to=x packet=RDMA_READ_REQUEST psn=1
respond qp=1 at=x
respond qp=1 at=x
forward qp=1 at=a to=b
auto
run 20000us
expect data qp=1
expect settled qp=1

-- trace --
> dialect godwit+forget-credits
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192 rdatomic=1
> post-send qp=1 at=a op=read len=256
> post-send qp=1 at=a op=read len=256
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (held)
> deliver from=b to=x packet=RESUME psn=0
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=RESUME_ACK psn=0
x -> b MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.3 tag=0x0 (released)
b: EVENT RESUMED qp=1
> send qp=1 at=b
b -> x RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100006240 rkey=0x200 dmalen=256 (held)
> deliver from=b to=x packet=RDMA_READ_REQUEST psn=0
b -> x RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100006240 rkey=0x200 dmalen=256 (released)
> send qp=1 at=b
b -> x RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100006340 rkey=0x200 dmalen=256 (held)
> deliver from=b to=x packet=RDMA_READ_REQUEST psn=1
b -> x RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100006340 rkey=0x200 dmalen=256 (released)
x: NAKED: RDMA_READ_REQUEST psn=1 qp=0x200 ackreq va=0x1100006340 rkey=0x200 dmalen=256
> respond qp=1 at=x
x -> b RDMA_READ_RESPONSE_ONLY psn=0 qp=0x100 ACK msn=1 len=256 (held)
> respond qp=1 at=x
x: qp=0x200 RTS -> ERR
x -> b ACKNOWLEDGE psn=1 qp=0x100 NAK_INV_REQ msn=1 (held)
x: EVENT QP_REQ_ERR qp=1
> forward qp=1 at=a to=b
> auto
x -> b RDMA_READ_RESPONSE_ONLY psn=0 qp=0x100 ACK msn=1 len=256 (released)
x -> b ACKNOWLEDGE psn=1 qp=0x100 NAK_INV_REQ msn=1 (released)
> run 20000us
b: qp=0x100 RTS -> ERR
b: EVENT QP_FATAL qp=1
b: WC qp=1 READ #0 len=256 SUCCESS
b: WC qp=1 READ #1 REM_INV_REQ_ERR
> expect data qp=1
fails: expect data: QP 1 end A: send #1 completed with REM_INV_REQ_ERR NONE
