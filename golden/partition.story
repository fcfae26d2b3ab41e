# Partition keys were compared whole, so a limited member of a partition could talk to nobody. Its key differs from that of a
# full member in the bit that says so, and one full member of both is enough: requests, acknowledgements, NAK_STOPPED and
# RESUME of the end that moves arrive. IBTA 10.9.3.

nic a
nic b
nic c
qp 1 a b pkeya=0x8123 pkeyb=0x0123
post-recv qp=1 at=a len=600
post-recv qp=1 at=b count=3 len=600
post-send qp=1 at=a op=send len=600
post-send qp=1 at=b op=send len=600
post-send qp=1 at=a op=read len=100
idle
stall qp=1 at=b
move qp=1 from=b to=c
post-send qp=1 at=a op=send len=600
run 40us
resume qp=1 at=c
post-send qp=1 at=a op=send len=600
idle
expect data qp=1
expect state qp=1 at=a is=RTS
expect counter at=a name=DROP_PKEY count=0
expect counter at=c name=DROP_PKEY count=0

-- trace --
> nic a
> nic b
> nic c
> qp 1 a b pkeya=0x8123 pkeyb=0x0123
> post-recv qp=1 at=a len=600
> post-recv qp=1 at=b count=3 len=600
> post-send qp=1 at=a len=600
> post-send qp=1 at=b len=600
> post-send qp=1 at=a op=read len=100
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq pkey=0x8123 len=600
b -> a SEND_ONLY psn=0 qp=0x100 ackreq pkey=0x0123 len=600
a -> b RDMA_READ_REQUEST psn=1 qp=0x200 ackreq pkey=0x8123 va=0x1100031040 rkey=0x200 dmalen=100
b -> a ACKNOWLEDGE psn=0 qp=0x100 pkey=0x0123 ACK msn=1
a -> b ACKNOWLEDGE psn=0 qp=0x200 pkey=0x8123 ACK msn=1
b -> a RDMA_READ_RESPONSE_ONLY psn=1 qp=0x100 pkey=0x0123 ACK msn=2 len=100
a: WC qp=1 RECV #0 len=600 SUCCESS
b: WC qp=1 RECV #0 len=600 SUCCESS
a: WC qp=1 SEND #0 len=600 SUCCESS
b: WC qp=1 SEND #0 len=600 SUCCESS
a: WC qp=1 READ #1 len=100 SUCCESS
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
> move qp=1 from=b to=c
> post-send qp=1 at=a len=600
> run 40us
a -> b SEND_ONLY psn=2 qp=0x200 ackreq pkey=0x8123 len=600
b: NAKED: SEND_ONLY psn=2 qp=0x200 ackreq pkey=0x8123 len=600
b -> a ACKNOWLEDGE psn=2 qp=0x100 pkey=0x0123 NAK_STOPPED flags=0x00 epoch=0
a: qp=0x100 RTS -> PAUSED
a: EVENT PEER_STOPPED qp=1
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=1 qp=0x100 pkey=0x0123 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=2 addr=10.0.0.3 tag=0x0
> post-send qp=1 at=a len=600
> idle
a: qp=0x100 PAUSED -> RTS
a -> c MIGRATION psn=2 qp=0x200 pkey=0x8123 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=1 addr=10.0.0.1 tag=0x0
a -> c SEND_ONLY psn=2 qp=0x200 ackreq pkey=0x8123 len=600
a -> c SEND_ONLY psn=3 qp=0x200 ackreq pkey=0x8123 len=600
a: EVENT PEER_MOVED qp=1
c -> a ACKNOWLEDGE psn=2 qp=0x100 pkey=0x0123 ACK msn=3
c: EVENT RESUMED qp=1
c: WC qp=1 RECV #1 len=600 SUCCESS
c: WC qp=1 RECV #2 len=600 SUCCESS
c -> a ACKNOWLEDGE psn=3 qp=0x100 pkey=0x0123 ACK msn=4
a: WC qp=1 SEND #2 len=600 SUCCESS
a: WC qp=1 SEND #3 len=600 SUCCESS
> expect data qp=1
> expect state qp=1 at=a is=RTS
> expect counter at=a name=DROP_PKEY count=0
> expect counter at=c name=DROP_PKEY count=0
