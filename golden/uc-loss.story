# UC: of a message whose middle is lost nothing is received, its receive is taken by the next one, and nobody hears of it:
# every send completes. A WRITE that loses its last packet has written the others.

nic a
nic b
qp 1 a b type=uc mtu=256
post-recv qp=1 at=b count=3 len=2048
drop from=a to=b packet=UC_SEND_MIDDLE nth=2
post-send qp=1 at=a op=send len=1024
post-send qp=1 at=a op=send-imm len=1000
post-send qp=1 at=a op=write len=2000
drop from=a to=b packet=UC_RDMA_WRITE_LAST_IMM
post-send qp=1 at=a op=write-imm len=600
post-send qp=1 at=a op=write-imm len=700
idle
expect wc qp=1 at=a count=5
expect wc qp=1 at=b op=recv count=2
expect packets from=b to=a packet=any count=0
expect counter at=b name=DROP_GAP count=1
expect state qp=1 at=b is=RTS
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b type=uc mtu=256
> post-recv qp=1 at=b count=3 len=2048
> drop from=a to=b packet=UC_SEND_MIDDLE nth=2
> post-send qp=1 at=a len=1024
> post-send qp=1 at=a op=send-imm len=1000
> post-send qp=1 at=a op=write len=2000
> drop from=a to=b packet=UC_RDMA_WRITE_LAST_IMM
> post-send qp=1 at=a op=write-imm len=600
> post-send qp=1 at=a op=write-imm len=700
> idle
a -> b UC_SEND_FIRST psn=0 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=2 qp=0x200 len=256 (dropped)
a -> b UC_SEND_LAST psn=3 qp=0x200 len=256
a -> b UC_SEND_FIRST psn=4 qp=0x200 len=256
a: WC qp=1 SEND #0 len=1024 SUCCESS
a -> b UC_SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b UC_SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b UC_SEND_LAST_IMM psn=7 qp=0x200 imm=0x1 len=232
a -> b UC_RDMA_WRITE_FIRST psn=8 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=2000 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=9 qp=0x200 len=256
b: DROP_GAP: UC_SEND_LAST psn=3 qp=0x200 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=10 qp=0x200 len=256
a: WC qp=1 SEND-IMM #1 len=1000 SUCCESS
a -> b UC_RDMA_WRITE_MIDDLE psn=11 qp=0x200 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=12 qp=0x200 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=13 qp=0x200 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=14 qp=0x200 len=256
a -> b UC_RDMA_WRITE_LAST psn=15 qp=0x200 len=208
a -> b UC_RDMA_WRITE_FIRST psn=16 qp=0x200 va=0x11000217d0 rkey=0x200 dmalen=600 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=17 qp=0x200 len=256
a: WC qp=1 WRITE #2 len=2000 SUCCESS
b: WC qp=1 RECV #0 len=1000 SUCCESS
a -> b UC_RDMA_WRITE_LAST_IMM psn=18 qp=0x200 imm=0x3 len=88 (dropped)
a -> b UC_RDMA_WRITE_FIRST psn=19 qp=0x200 va=0x1100021a28 rkey=0x200 dmalen=700 len=256
a -> b UC_RDMA_WRITE_MIDDLE psn=20 qp=0x200 len=256
a -> b UC_RDMA_WRITE_LAST_IMM psn=21 qp=0x200 imm=0x4 len=188
a: WC qp=1 WRITE-IMM #3 len=600 SUCCESS
a: WC qp=1 WRITE-IMM #4 len=700 SUCCESS
b: WC qp=1 RECV #1 len=700 SUCCESS
> expect wc qp=1 at=a count=5
> expect wc qp=1 at=b count=2 op=recv
> expect packets from=b to=a count=0
> expect counter at=b name=DROP_GAP count=1
> expect state qp=1 at=b is=RTS
> expect data qp=1
