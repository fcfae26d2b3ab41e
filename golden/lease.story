# Lease expiry: the partner's host is gone for good. The paused side probes with its oldest request each lease; while the
# tombstone answers the pause goes on, and when nobody does any more it ends after probes=3 with MIGRATION_LOST (R4, P4).

nic a
nic b
qp 1 a b probes=3 lease=16
post-recv qp=1 at=a len=1000
stall qp=1 at=a
post-send qp=1 at=b len=1000
run 300us
expect state qp=1 at=b is=PAUSED
expect packets from=a to=b packet=NAK_STOPPED min=3
crash a
idle
expect wc qp=1 at=b status=RETRY_EXC_ERR vendor=MIGRATION_LOST count=1
expect state qp=1 at=b is=ERR
expect event qp=1 at=b name=MIGRATION_LOST count=1

-- trace --
> nic a
> nic b
> qp 1 a b lease=16 probes=3
> post-recv qp=1 at=a len=1000
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
> post-send qp=1 at=b len=1000
> run 300us
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a: NAKED: SEND_ONLY psn=0 qp=0x100 ackreq len=1000
a -> b ACKNOWLEDGE psn=0 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
> expect state qp=1 at=b is=PAUSED
> expect packets from=a to=b packet=NAK_STOPPED min=3
> crash a
> idle
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (dropped)
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (dropped)
b: TIMER LEASE qp=0x200
b -> a SEND_ONLY psn=0 qp=0x100 ackreq len=1000 (dropped)
b: TIMER LEASE qp=0x200
b: qp=0x200 PAUSED -> ERR
b: EVENT MIGRATION_LOST qp=1
b: WC qp=1 SEND #0 RETRY_EXC_ERR MIGRATION_LOST
> expect wc qp=1 at=b count=1 status=RETRY_EXC_ERR vendor=MIGRATION_LOST
> expect state qp=1 at=b is=ERR
> expect event qp=1 at=b name=MIGRATION_LOST count=1
