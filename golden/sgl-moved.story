# A receive of three buffers moves in the middle of its message, and again; what arrived so far is where it was put, and
# the rest goes where the list says, which moved with the memory.

nic a
nic b
nic c
nic d
qp 1 a b mtu=256
post-recv qp=1 at=b len=3000 sges=3
post-send qp=1 at=a op=send len=3000 sges=2
run 1us
stall qp=1 at=b
move qp=1 from=b to=c
resume qp=1 at=c
forward qp=1 at=b to=c
run 12us
stall qp=1 at=a
move qp=1 from=a to=d
resume qp=1 at=d
forward qp=1 at=a to=d
idle
expect state qp=1 at=c is=RTS
expect wc qp=1 at=d count=1 op=send
expect data qp=1

-- trace --
> nic a
> nic b
> nic c
> nic d
> qp 1 a b mtu=256
> post-recv qp=1 at=b len=3000 sges=3
> post-send qp=1 at=a len=3000 sges=2
> run 1us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 RTS -> STOPPED
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b: NAKED: SEND_FIRST psn=0 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=1 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=2 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: NAKED: SEND_MIDDLE psn=3 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a -> b SEND_LAST psn=11 qp=0x200 ackreq len=184
b: NAKED: SEND_MIDDLE psn=4 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> move qp=1 from=b to=c
b: NAKED: SEND_MIDDLE psn=5 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=6 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
a: qp=0x100 RTS -> PAUSED
b: NAKED: SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=8 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_MIDDLE psn=10 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
b: NAKED: SEND_LAST psn=11 qp=0x200 ackreq len=184
a: EVENT PEER_STOPPED qp=1
b -> a ACKNOWLEDGE psn=0 qp=0x100 NAK_STOPPED flags=0x00 epoch=0
> resume qp=1 at=c
c: ACTIVATE qp=0x200: OK
c: qp=0x200 STOPPED -> RTS
c -> a MIGRATION psn=0 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=0 addr=10.0.0.3 tag=0x0
> forward qp=1 at=b to=c
a: qp=0x100 PAUSED -> RTS
a -> c MIGRATION psn=0 qp=0x200 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=12 epsn=0 addr=10.0.0.1 tag=0x0
a -> c SEND_FIRST psn=0 qp=0x200 len=256
a -> c SEND_MIDDLE psn=1 qp=0x200 len=256
a -> c SEND_MIDDLE psn=2 qp=0x200 len=256
a -> c SEND_MIDDLE psn=3 qp=0x200 len=256
a -> c SEND_MIDDLE psn=4 qp=0x200 len=256
a: EVENT PEER_MOVED qp=1
a -> c SEND_MIDDLE psn=5 qp=0x200 len=256
a -> c SEND_MIDDLE psn=6 qp=0x200 len=256
a -> c SEND_MIDDLE psn=7 qp=0x200 len=256
a -> c SEND_MIDDLE psn=8 qp=0x200 len=256
a -> c SEND_MIDDLE psn=9 qp=0x200 len=256
a -> c SEND_MIDDLE psn=10 qp=0x200 len=256
a -> c SEND_LAST psn=11 qp=0x200 ackreq len=184
c: EVENT RESUMED qp=1
> run 12us
c -> a ACKNOWLEDGE psn=11 qp=0x100 ACK msn=1
c: WC qp=1 RECV #0 len=3000 SUCCESS
a: WC qp=1 SEND #0 len=3000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> move qp=1 from=a to=d
> resume qp=1 at=d
d: ACTIVATE qp=0x100: OK
d: qp=0x100 STOPPED -> RTS
d -> c MIGRATION psn=12 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=0 addr=10.0.0.4 tag=0x0
> forward qp=1 at=a to=d
c -> d MIGRATION psn=0 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=0 epsn=12 addr=10.0.0.3 tag=0x0
c: EVENT PEER_MOVED qp=1
d: EVENT RESUMED qp=1
> idle
> expect state qp=1 at=c is=RTS
> expect wc qp=1 at=d count=1 op=send
> expect data qp=1
