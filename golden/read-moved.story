# The responder moves in the middle of a READ response: what it remembers of the READ is in its context, and the requester asks for
# the rest of it where it is then.

nic a
nic b
nic c
qp 1 a b mtu=256
post-send qp=1 at=a op=read len=8000 count=2
run 3us
stall qp=1 at=b
run 5us
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
release qp=1 at=b
idle
expect packets from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE min=1
expect packets from=c to=a packet=RDMA_READ_RESPONSE_LAST count=2
expect wc qp=1 at=a op=read count=2
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b mtu=256
> post-send qp=1 at=a op=read len=8000 count=2
> run 3us
a -> b RDMA_READ_REQUEST psn=0 qp=0x200 ackreq va=0x1100031040 rkey=0x200 dmalen=8000
a -> b RDMA_READ_REQUEST psn=32 qp=0x200 ackreq va=0x1100032f80 rkey=0x200 dmalen=8000
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x100 ACK msn=1 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=3 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=4 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=7 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=8 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=9 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=10 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=11 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=12 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=13 qp=0x100 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=14 qp=0x100 len=256
> stall qp=1 at=b
b -> a RDMA_READ_RESPONSE_MIDDLE psn=15 qp=0x100 len=256
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> run 5us
> move qp=1 from=b to=c
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=64 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a -> c MIGRATION psn=16 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=48 epsn=0 addr=10.0.0.1 tag=0x0
a -> c RDMA_READ_REQUEST psn=16 qp=0x200 ackreq va=0x1100032040 rkey=0x200 dmalen=3904
a -> c RDMA_READ_REQUEST psn=32 qp=0x200 ackreq va=0x1100032f80 rkey=0x200 dmalen=8000
a: EVENT PEER_MOVED qp=1
c -> a RDMA_READ_RESPONSE_MIDDLE psn=16 qp=0x100 len=256
c: DUPLICATE: RDMA_READ_REQUEST psn=16 qp=0x200 ackreq va=0x1100032040 rkey=0x200 dmalen=3904
c: DUPLICATE: RDMA_READ_REQUEST psn=32 qp=0x200 ackreq va=0x1100032f80 rkey=0x200 dmalen=8000
c -> a RDMA_READ_RESPONSE_FIRST psn=16 qp=0x100 ACK msn=1 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=17 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=18 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=19 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=20 qp=0x100 len=256
c: EVENT RESUMED qp=1
c -> a RDMA_READ_RESPONSE_MIDDLE psn=21 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=22 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=23 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=24 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=25 qp=0x100 len=256
a: DUPLICATE: RDMA_READ_RESPONSE_FIRST psn=16 qp=0x100 ACK msn=1 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=26 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=27 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=28 qp=0x100 len=256
> release qp=1 at=b
c -> a RDMA_READ_RESPONSE_MIDDLE psn=29 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=30 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_LAST psn=31 qp=0x100 ACK msn=1 len=64
c -> a RDMA_READ_RESPONSE_FIRST psn=32 qp=0x100 ACK msn=2 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=33 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=34 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=35 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=36 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=37 qp=0x100 len=256
> idle
c -> a RDMA_READ_RESPONSE_MIDDLE psn=38 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=39 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=40 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=41 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=42 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=43 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=44 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=45 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=46 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=47 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=48 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=49 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=50 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=51 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=52 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=53 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=54 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=55 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=56 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=57 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=58 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=59 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=60 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=61 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_MIDDLE psn=62 qp=0x100 len=256
c -> a RDMA_READ_RESPONSE_LAST psn=63 qp=0x100 ACK msn=2 len=64
a: WC qp=1 READ #0 len=8000 SUCCESS
a: WC qp=1 READ #1 len=8000 SUCCESS
> expect packets from=b to=a packet=RDMA_READ_RESPONSE_MIDDLE min=1
> expect packets from=c to=a packet=RDMA_READ_RESPONSE_LAST count=2
> expect wc qp=1 at=a count=2 op=read
> expect data qp=1
