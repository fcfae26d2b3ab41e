# B6: the cursor of a WRITE is not dumped: the connection dies. Address, key and length left of a WRITE in progress are
# only in its first packet; the copy does not know them when the second comes. It breaks P1 in dialect migros-poc+R5,
# and does not in dialect godwit. A shortest path of godwit explore in world write.

dialect migros-poc+R5
manual
nic a
nic b
nic x
qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
post-send qp=1 at=x op=write len=768
send qp=1 at=x
deliver from=x to=a packet=RDMA_WRITE_FIRST psn=0
stall qp=1 at=a
move qp=1 from=a to=b
resume qp=1 at=b
deliver from=b to=x packet=RESUME psn=0
deliver from=x to=b packet=ACK psn=0
send qp=1 at=x
deliver from=x to=b packet=RDMA_WRITE_MIDDLE psn=1
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
> qp 1 a x mtu=256 retry=3 probes=3 resumes=5 depth=8 mem=8192
> post-send qp=1 at=x op=write len=768
> send qp=1 at=x
x -> a RDMA_WRITE_FIRST psn=0 qp=0x100 va=0x1000004200 rkey=0x100 dmalen=768 len=256 (held)
> deliver from=x to=a packet=RDMA_WRITE_FIRST psn=0
x -> a RDMA_WRITE_FIRST psn=0 qp=0x100 va=0x1000004200 rkey=0x100 dmalen=768 len=256 (released)
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
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=ACK psn=0
x -> b ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0 (released)
b: DROP_GHOST: ACKNOWLEDGE psn=0 qp=0x100 ACK msn=0
b: EVENT RESUMED qp=1
> send qp=1 at=x
x -> b RDMA_WRITE_MIDDLE psn=1 qp=0x100 len=256 (held)
> deliver from=x to=b packet=RDMA_WRITE_MIDDLE psn=1
x -> b RDMA_WRITE_MIDDLE psn=1 qp=0x100 len=256 (released)
b: NAKED: RDMA_WRITE_MIDDLE psn=1 qp=0x100 len=256
b: qp=0x100 RTS -> ERR
b -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_INV_REQ msn=0 (held)
b: EVENT QP_REQ_ERR qp=1
> forward qp=1 at=a to=b
(forward comes to nothing in this dialect)
> auto
b -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_INV_REQ msn=0 (released)
> run 20000us
x -> b RDMA_WRITE_LAST psn=2 qp=0x100 ackreq len=256
x: qp=0x200 RTS -> ERR
x: EVENT QP_FATAL qp=1
x: WC qp=1 WRITE #0 REM_INV_REQ_ERR
b: DROP_STATE: RDMA_WRITE_LAST psn=2 qp=0x100 ackreq len=256
> expect data qp=1
fails: expect data: QP 1 end B: send #0 completed with REM_INV_REQ_ERR NONE
