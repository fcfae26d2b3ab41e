# A SEND with invalidate: it is received, and the key that it names is worth nothing from then on, at the NIC that its owner moves
# to as well.

nic a
nic b
nic c
qp 1 a b
post-send qp=1 at=a op=write len=100
post-recv qp=1 at=b
post-send qp=1 at=a op=send-inv len=100
idle
expect data qp=1
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
release qp=1 at=b
post-send qp=1 at=a op=write len=100
idle
expect wc qp=1 at=a op=write status=REM_ACCESS_ERR count=1
expect state qp=1 at=c is=ERR

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b
> post-send qp=1 at=a op=write len=100
> post-recv qp=1 at=b
> post-send qp=1 at=a op=send-inv len=100
> idle
a -> b RDMA_WRITE_ONLY psn=0 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=100 len=100
a -> b SEND_ONLY_INV psn=1 qp=0x200 ackreq inv=0x200 len=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=1 RECV #0 len=100 SUCCESS
a: WC qp=1 WRITE #0 len=100 SUCCESS
a: WC qp=1 SEND-INV #1 len=100 SUCCESS
> expect data qp=1
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a -> c MIGRATION psn=2 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.1 tag=0x0
a: EVENT PEER_MOVED qp=1
c: EVENT RESUMED qp=1
> release qp=1 at=b
> post-send qp=1 at=a op=write len=100
> idle
a -> c RDMA_WRITE_ONLY psn=2 qp=0x200 ackreq va=0x1100021064 rkey=0x200 dmalen=100 len=100
c: NAKED: RDMA_WRITE_ONLY psn=2 qp=0x200 ackreq va=0x1100021064 rkey=0x200 dmalen=100 len=100
c: qp=0x200 RTS -> ERR
c -> a ACKNOWLEDGE psn=2 qp=0x100 NAK_REM_ACCESS msn=2
c: EVENT QP_ACCESS_ERR qp=1
a: qp=0x100 RTS -> ERR
a: EVENT QP_FATAL qp=1
a: WC qp=1 WRITE #2 REM_ACCESS_ERR
> expect wc qp=1 at=a count=1 op=write status=REM_ACCESS_ERR
> expect state qp=1 at=c is=ERR
