# It was a weakness: one forged NAK_STOPPED ended a connection that had just lost a packet. Behind a lost packet all of the
# window has to be sent again, in a pause one packet a lease, and the probes did not last for that, though each was
# acknowledged. Now an answer ends the pause (R4a): whoever answers is not stopped.

nic a
nic b
qp 1 a b lease=8 probes=3 timeout=8
post-recv qp=1 at=a count=3 len=8192
drop from=b to=a packet=SEND_FIRST count=1
post-send qp=1 at=b count=1 len=8192
run 2us
attack m qp=1 to=b strategy=stop count=1
idle
expect event qp=1 at=b name=PEER_STOPPED count=1
expect event qp=1 at=b name=MIGRATION_LOST count=0
expect state qp=1 at=b is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b timeout=8 lease=8 probes=3
> post-recv qp=1 at=a count=3 len=8192
> drop from=b to=a packet=SEND_FIRST
> post-send qp=1 at=b len=8192
> run 2us
b -> a SEND_FIRST psn=0 qp=0x100 len=1024 (dropped)
b -> a SEND_MIDDLE psn=1 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=2 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=3 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=4 qp=0x100 len=1024
a: NAKED: SEND_MIDDLE psn=1 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=5 qp=0x100 len=1024
> attack m qp=1 to=b strategy=stop count=1
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_PSN_SEQ msn=0
a: DROP_GAP: SEND_MIDDLE psn=2 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=6 qp=0x100 len=1024
a: DROP_GAP: SEND_MIDDLE psn=3 qp=0x100 len=1024
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=1024
a: DROP_GAP: SEND_MIDDLE psn=4 qp=0x100 len=1024
> idle
a: DROP_GAP: SEND_MIDDLE psn=5 qp=0x100 len=1024
b -> a SEND_FIRST psn=0 qp=0x100 len=1024
m -> b ACKNOWLEDGE psn=6 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b -> a SEND_MIDDLE psn=1 qp=0x100 len=1024
a: DROP_GAP: SEND_MIDDLE psn=6 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=2 qp=0x100 len=1024
a: DROP_GAP: SEND_LAST psn=7 qp=0x100 ackreq len=1024
b -> a SEND_MIDDLE psn=3 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=4 qp=0x100 len=1024
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
b: TIMER LEASE qp=0x200
b -> a SEND_FIRST psn=0 qp=0x100 ackreq len=1024
a: DUPLICATE: SEND_FIRST psn=0 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=4 qp=0x200 ACK msn=0
b: qp=0x200 PAUSED -> RTS
b -> a SEND_MIDDLE psn=5 qp=0x100 len=1024
b -> a SEND_MIDDLE psn=6 qp=0x100 len=1024
b -> a SEND_LAST psn=7 qp=0x100 ackreq len=1024
a -> b ACKNOWLEDGE psn=7 qp=0x200 ACK msn=1
a: WC qp=1 RECV #0 len=8192 SUCCESS
b: WC qp=1 SEND #0 len=8192 SUCCESS
> expect event qp=1 at=b name=PEER_STOPPED count=1
> expect event qp=1 at=b name=MIGRATION_LOST count=0
> expect state qp=1 at=b is=RTS
> expect data qp=1
