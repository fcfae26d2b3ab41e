# A partner that did not agree to the capability (section 6). Stopped means silent: no migration packet is ever sent,
# it retries as if packets were lost, and after the rollback in place it all goes on without its noticing.

nic a
nic b migration=no
qp 1 a b capable=no timeout=6
post-recv qp=1 at=a len=1000 count=2
post-recv qp=1 at=b len=1000 count=2
post-send qp=1 at=a len=1000
run 50us
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 400us
rollback qp=1 at=a
post-send qp=1 at=a len=1000
idle
expect data qp=1
expect packets from=a to=b packet=NAK_STOPPED count=0
expect packets from=a to=b packet=MIGRATION count=0
expect packets from=b to=a packet=MIGRATION count=0
expect counter at=a name=DROP_STOPPED min=2
expect event qp=1 at=b name=PEER_STOPPED count=0

-- trace --
> nic a
> nic b migration=no
> qp 1 a b timeout=6 capable=no
> post-recv qp=1 at=a count=2 len=1000
> post-recv qp=1 at=b count=2 len=1000
> post-send qp=1 at=a len=1000
> run 50us
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=1000
b: WC qp=1 RECV #0 len=1000 SUCCESS
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
a: WC qp=1 SEND #0 len=1000 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000
> run 400us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: DROP_STOPPED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
b: TIMER ACK qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: DROP_STOPPED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
> rollback qp=1 at=a
a: ACTIVATE qp=0x100: OK
a: qp=0x100 STOPPED -> RTS
> post-send qp=1 at=a len=1000
> idle
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1000
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=1 RECV #1 len=1000 SUCCESS
a: WC qp=1 SEND #1 len=1000 SUCCESS
b: TIMER ACK qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 ACK msn=1
a: WC qp=1 RECV #0 len=1000 SUCCESS
b: WC qp=1 SEND #0 len=1000 SUCCESS
> expect data qp=1
> expect packets from=a to=b packet=NAK_STOPPED count=0
> expect packets from=a to=b packet=MIGRATION count=0
> expect packets from=b to=a packet=MIGRATION count=0
> expect counter at=a name=DROP_STOPPED min=2
> expect event qp=1 at=b name=PEER_STOPPED count=0
