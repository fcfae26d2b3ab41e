# Network and NICs led by hand: a SEND is lost, the timer runs out and sends it again, twice; the second copy arrives after
# the receiver has moved and announced itself, and the answers of the tombstone arrive last of all. They come from where the
# partner was, so that nobody pauses (R11), and a duplicate is acknowledged, never executed again (P1).

manual
nic a
nic b
nic x
qp 1 a x mtu=256 announce=8
post-recv qp=1 at=a len=300 count=2
post-send qp=1 at=x len=300 count=2
send qp=1 at=x
send qp=1 at=x
lose from=x to=a psn=0
deliver from=x to=a psn=1
expire qp=1 at=x
deliver from=a to=x packet=NAK_PSN_SEQ
send qp=1 at=x
send qp=1 at=x
repeat from=x to=a psn=1
deliver from=x to=a psn=0
stall qp=1 at=a
deliver from=x to=a psn=1
move qp=1 from=a to=b
resume qp=1 at=b
forward qp=1 at=a to=b
deliver from=x to=a psn=1
deliver from=b to=x packet=RESUME
deliver from=x to=b packet=RESUME_ACK
deliver from=a to=x packet=NAK_STOPPED
deliver from=a to=x packet=NAK_STOPPED
expect state qp=1 at=x is=RTS
send qp=1 at=x
repeat from=x to=b psn=1
deliver from=x to=b psn=1
deliver from=x to=b psn=1
auto
idle
expect settled qp=1
expect retries qp=1 at=x count=7
expect data qp=1

-- trace --
> manual
> nic a
> nic b
> nic x
> qp 1 a x mtu=256 announce=8
> post-recv qp=1 at=a count=2 len=300
> post-send qp=1 at=x len=300 count=2
> send qp=1 at=x
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (held)
> send qp=1 at=x
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=44 (held)
> lose from=x to=a psn=0
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (discarded)
> deliver from=x to=a psn=1
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=44 (released)
a: NAKED: SEND_LAST psn=1 qp=0x100 ackreq len=44
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (held)
> expire qp=1 at=x
x: TIMER ACK qp=0x200
> deliver from=a to=x packet=NAK_PSN_SEQ
a -> x ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0 (released)
x: DUPLICATE: ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0
> send qp=1 at=x
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (held)
> send qp=1 at=x
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=44 (held)
> repeat from=x to=a psn=1
> deliver from=x to=a psn=0
x -> a SEND_FIRST psn=0 qp=0x100 len=256 (released)
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> deliver from=x to=a psn=1
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=44 (released)
a: NAKED: SEND_LAST psn=1 qp=0x100 ackreq len=44
a -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (held)
> move qp=1 from=a to=b
> resume qp=1 at=b
b: ACTIVATE qp=0x100: OK
b: qp=0x100 STOPPED -> RTS
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.2 tag=0x0 (held)
> forward qp=1 at=a to=b
> deliver from=x to=a psn=1
x -> a SEND_LAST psn=1 qp=0x100 ackreq len=44 (released)
a: NAKED: SEND_LAST psn=1 qp=0x100 ackreq len=44
a -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (held)
> deliver from=b to=x packet=RESUME
b -> x MIGRATION psn=0 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=0 epsn=1 addr=10.0.0.2 tag=0x0 (released)
x -> b MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (held)
x: EVENT PEER_MOVED qp=1
> deliver from=x to=b packet=RESUME_ACK
x -> b MIGRATION psn=1 qp=0x100 RESUME_ACK flags=0x01 epoch=0 peer_epoch=1 sent=1 epsn=0 addr=10.0.0.3 tag=0x0 (released)
b: EVENT RESUMED qp=1
> deliver from=a to=x packet=NAK_STOPPED
a -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (released)
x: DROP_SOURCE: ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> deliver from=a to=x packet=NAK_STOPPED
a -> x ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0 (released)
x: DROP_SOURCE: ACKNOWLEDGE psn=1 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect state qp=1 at=x is=RTS
> send qp=1 at=x
x -> b SEND_LAST psn=1 qp=0x100 ackreq len=44 (held)
> repeat from=x to=b psn=1
> deliver from=x to=b psn=1
x -> b SEND_LAST psn=1 qp=0x100 ackreq len=44 (released)
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=1 (held)
b: WC qp=1 RECV #0 len=300 SUCCESS
> deliver from=x to=b psn=1
x -> b SEND_LAST psn=1 qp=0x100 ackreq len=44 (released)
b: DUPLICATE: SEND_LAST psn=1 qp=0x100 ackreq len=44
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=1 (held)
> auto
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=1 (released)
b -> x ACKNOWLEDGE psn=1 qp=0x200 ACK msn=1 (released)
> idle
x -> b SEND_FIRST psn=2 qp=0x100 len=256
x: DUPLICATE: ACKNOWLEDGE psn=1 qp=0x200 ACK msn=1
x -> b SEND_LAST psn=3 qp=0x100 ackreq len=44
x: WC qp=1 SEND #0 len=300 SUCCESS
b -> x ACKNOWLEDGE psn=3 qp=0x200 ACK msn=2
b: WC qp=1 RECV #1 len=300 SUCCESS
x: WC qp=1 SEND #1 len=300 SUCCESS
> expect settled qp=1
> expect retries qp=1 at=x count=7
> expect data qp=1
