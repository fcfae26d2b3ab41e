# Flipped bits in the transport header, in the payload and in the ICRC: the ICRC finds each, and retransmission mends it.

nic a
nic b
qp 1 a b
corrupt from=a to=b packet=SEND_FIRST bit=70
corrupt from=a to=b packet=SEND_LAST bit=900
corrupt from=b to=a packet=ACK bit=231
post-recv qp=1 at=b len=2048
post-send qp=1 at=a len=2048
idle
expect data qp=1
expect counter at=b name=DROP_ICRC count=2
expect counter at=a name=DROP_ICRC count=1

-- trace --
> nic a
> nic b
> qp 1 a b
> corrupt from=a to=b packet=SEND_FIRST bit=70
> corrupt from=a to=b packet=SEND_LAST bit=900
> corrupt from=b to=a packet=ACK bit=231
> post-recv qp=1 at=b len=2048
> post-send qp=1 at=a len=2048
> idle
a -> b DROP_ICRC (rule 4) at byte 1078: ICRC 0x129f7817, computed 0xba8b0d91 (damaged)
a -> b DROP_ICRC (rule 4) at byte 1078: ICRC 0x40ed30e1, computed 0xefc9f46c (damaged)
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 1078: ICRC 0x129f7817, computed 0xba8b0d91
b: DROP_ICRC: DROP_ICRC (rule 4) at byte 1078: ICRC 0x40ed30e1, computed 0xefc9f46c
a: TIMER ACK qp=0x100
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=1024
b: WC qp=1 RECV #0 len=2048 SUCCESS
b -> a DROP_ICRC (rule 4) at byte 58: ICRC 0x1099091b, computed 0x5d20fc71 (damaged)
a: DROP_ICRC: DROP_ICRC (rule 4) at byte 58: ICRC 0x1099091b, computed 0x5d20fc71
a: TIMER ACK qp=0x100
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
a -> b SEND_LAST psn=1 qp=0x200 ackreq len=1024
b: DUPLICATE: SEND_FIRST psn=0 qp=0x200 len=1024
b: DUPLICATE: SEND_LAST psn=1 qp=0x200 ackreq len=1024
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=1
a: WC qp=1 SEND #0 len=2048 SUCCESS
> expect data qp=1
> expect counter at=b name=DROP_ICRC count=2
> expect counter at=a name=DROP_ICRC count=1
