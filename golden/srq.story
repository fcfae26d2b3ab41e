# Two connections take their receives from one shared receive queue: the long message of the first takes receive 0 and
# holds it while two short ones of the second take 1 and 2 and complete. Then the queue is empty, and a message waits for
# an RNR NAK's time. The limit event comes when fewer than two receives wait.

nic a
nic b
qp 1 a b srq=yes mtu=256
qp 2 a b srq=yes mtu=256 with=1
post-recv qp=1 at=b count=3 len=4096
srq-limit qp=1 at=b limit=2
post-send qp=1 at=a op=send len=4096
post-send qp=2 at=a op=send len=100 count=2
post-send qp=2 at=a op=send-imm len=200
run 20us
expect wc qp=1 at=b op=recv count=1
expect wc qp=2 at=b op=recv count=2
expect event qp=1 at=b name=SRQ_LIMIT_REACHED count=1
expect packets from=b to=a packet=RNR_NAK min=1
post-recv qp=2 at=b count=2 len=4096
idle
expect wc qp=2 at=b op=recv count=3
expect event qp=1 at=b name=SRQ_LIMIT_REACHED count=1
expect data qp=1
expect data qp=2

-- trace --
> nic a
> nic b
> qp 1 a b srq=yes mtu=256
> qp 2 a b with=1 srq=yes mtu=256
> post-recv qp=1 at=b count=3
> srq-limit qp=1 at=b limit=2
> post-send qp=1 at=a
> post-send qp=2 at=a len=100 count=2
> post-send qp=2 at=a op=send-imm len=200
> run 20us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_ONLY psn=0 qp=0x201 ackreq len=100
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_ONLY psn=1 qp=0x201 ackreq len=100
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_ONLY_IMM psn=2 qp=0x201 ackreq imm=0x2 len=200
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=0 qp=0x101 ACK msn=1
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
b -> a ACKNOWLEDGE psn=1 qp=0x101 ACK msn=2
b: EVENT SRQ_LIMIT_REACHED
b: WC qp=2 RECV #1 len=100 SUCCESS
b: WC qp=2 RECV #2 len=100 SUCCESS
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
b: NAKED: SEND_ONLY_IMM psn=2 qp=0x201 ackreq imm=0x2 len=200
b -> a ACKNOWLEDGE psn=2 qp=0x101 RNR_NAK timer=1 msn=2
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=256
a: WC qp=2 SEND #0 len=100 SUCCESS
a: WC qp=2 SEND #1 len=100 SUCCESS
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=1
b: WC qp=1 RECV #0 len=4096 SUCCESS
a: WC qp=1 SEND #0 len=4096 SUCCESS
a: TIMER RNR qp=0x101
a -> b SEND_ONLY_IMM psn=2 qp=0x201 ackreq imm=0x2 len=200
b: NAKED: SEND_ONLY_IMM psn=2 qp=0x201 ackreq imm=0x2 len=200
b -> a ACKNOWLEDGE psn=2 qp=0x101 RNR_NAK timer=1 msn=2
> expect wc qp=1 at=b count=1 op=recv
> expect wc qp=2 at=b count=2 op=recv
> expect event qp=1 at=b name=SRQ_LIMIT_REACHED count=1
> expect packets from=b to=a packet=RNR_NAK min=1
> post-recv qp=2 at=b count=2
> idle
a: TIMER RNR qp=0x101
a -> b SEND_ONLY_IMM psn=2 qp=0x201 ackreq imm=0x2 len=200
b -> a ACKNOWLEDGE psn=2 qp=0x101 ACK msn=3
b: WC qp=2 RECV #0 len=200 SUCCESS
a: WC qp=2 SEND-IMM #2 len=200 SUCCESS
> expect wc qp=2 at=b count=3 op=recv
> expect event qp=1 at=b name=SRQ_LIMIT_REACHED count=1
> expect data qp=1
> expect data qp=2
