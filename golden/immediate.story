# Immediate data: with a SEND, and with RDMA WRITEs, which take a receive for it. The last WRITE finds none and waits.

nic a
nic b
qp 1 a b mtu=256
post-recv qp=1 at=b count=3
post-send qp=1 at=a op=send-imm len=600
post-send qp=1 at=a op=write-imm len=0
post-send qp=1 at=a op=write-imm len=600
post-send qp=1 at=a op=write-imm len=600
run 40us
post-recv qp=1 at=b
idle
expect packets from=b to=a packet=RNR_NAK min=1
expect wc qp=1 at=b op=recv count=4
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b mtu=256
> post-recv qp=1 at=b count=3
> post-send qp=1 at=a op=send-imm len=600
> post-send qp=1 at=a op=write-imm len=0
> post-send qp=1 at=a op=write-imm len=600
> post-send qp=1 at=a op=write-imm len=600
> run 40us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_LAST_IMM psn=2 qp=0x200 ackreq imm=0x0 len=88
a -> b RDMA_WRITE_ONLY_IMM psn=3 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=0 imm=0x1 len=0
a -> b RDMA_WRITE_FIRST psn=4 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=600 len=256
a -> b RDMA_WRITE_MIDDLE psn=5 qp=0x200 len=256
a -> b RDMA_WRITE_LAST_IMM psn=6 qp=0x200 ackreq imm=0x2 len=88
a -> b RDMA_WRITE_FIRST psn=7 qp=0x200 va=0x1100021258 rkey=0x200 dmalen=600 len=256
a -> b RDMA_WRITE_MIDDLE psn=8 qp=0x200 len=256
a -> b RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=2
b: WC qp=1 RECV #0 len=600 SUCCESS
b: WC qp=1 RECV #1 len=0 SUCCESS
b -> a ACKNOWLEDGE psn=6 qp=0x100 ACK msn=3
b: NAKED: RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=9 qp=0x100 RNR_NAK timer=1 msn=3
a: WC qp=1 SEND-IMM #0 len=600 SUCCESS
a: WC qp=1 WRITE-IMM #1 len=0 SUCCESS
b: WC qp=1 RECV #2 len=600 SUCCESS
a: WC qp=1 WRITE-IMM #2 len=600 SUCCESS
a: TIMER RNR qp=0x100
a -> b RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b: NAKED: RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=9 qp=0x100 RNR_NAK timer=1 msn=3
a: TIMER RNR qp=0x100
a -> b RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b: NAKED: RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=9 qp=0x100 RNR_NAK timer=1 msn=3
a: TIMER RNR qp=0x100
a -> b RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b: NAKED: RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=9 qp=0x100 RNR_NAK timer=1 msn=3
> post-recv qp=1 at=b
> idle
a: TIMER RNR qp=0x100
a -> b RDMA_WRITE_LAST_IMM psn=9 qp=0x200 ackreq imm=0x3 len=88
b -> a ACKNOWLEDGE psn=9 qp=0x100 ACK msn=4
b: WC qp=1 RECV #3 len=600 SUCCESS
a: WC qp=1 WRITE-IMM #3 len=600 SUCCESS
> expect packets from=b to=a packet=RNR_NAK min=1
> expect wc qp=1 at=b count=4 op=recv
> expect data qp=1
