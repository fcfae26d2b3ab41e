# Plain transfer on a link without faults. SENDs and RDMA WRITEs of several lengths, zero among them, arrive byte for
# byte, once, in order; each completes; nothing is sent twice and no timer runs out.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b len=4096 count=4
post-send qp=1 at=a len=0
post-send qp=1 at=a len=1
post-send qp=1 at=a len=1024
post-send qp=1 at=a len=3001
post-send qp=1 at=a op=write len=0
post-send qp=1 at=a op=write len=2047
post-send qp=1 at=a op=write len=4096 off=8192
idle
expect data qp=1
expect wc qp=1 at=b op=recv count=4
expect wc qp=1 at=a op=send count=4
expect wc qp=1 at=a op=write count=3
expect counter at=a name=RETRANSMITS count=0
expect counter at=a name=TIMEOUTS count=0
expect counter at=b name=DUPLICATES count=0

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b count=4
> post-send qp=1 at=a len=0
> post-send qp=1 at=a len=1
> post-send qp=1 at=a len=1024
> post-send qp=1 at=a len=3001
> post-send qp=1 at=a op=write len=0
> post-send qp=1 at=a op=write len=2047
> post-send qp=1 at=a op=write off=8192
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=0
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=1
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=1024
a -> b SEND_FIRST psn=3 qp=0x200 len=1024
a -> b SEND_MIDDLE psn=4 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
a -> b SEND_LAST psn=5 qp=0x200 ackreq len=953
a -> b RDMA_WRITE_ONLY psn=6 qp=0x200 ackreq va=0x1100021000 rkey=0x200 dmalen=0 len=0
b: WC qp=1 RECV #0 len=0 SUCCESS
b: WC qp=1 RECV #1 len=1 SUCCESS
b: WC qp=1 RECV #2 len=1024 SUCCESS
a -> b RDMA_WRITE_FIRST psn=7 qp=0x200 va=0x1100021000 rkey=0x200 dmalen=2047 len=1024
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
a -> b RDMA_WRITE_LAST psn=8 qp=0x200 ackreq len=1023
a -> b RDMA_WRITE_FIRST psn=9 qp=0x200 va=0x1100023000 rkey=0x200 dmalen=4096 len=1024
a: WC qp=1 SEND #0 len=0 SUCCESS
a: WC qp=1 SEND #1 len=1 SUCCESS
b: WC qp=1 RECV #3 len=3001 SUCCESS
a -> b RDMA_WRITE_MIDDLE psn=10 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=5 qp=0x100 ACK msn=4
b -> a ACKNOWLEDGE psn=6 qp=0x100 ACK msn=5
a -> b RDMA_WRITE_MIDDLE psn=11 qp=0x200 len=1024
b -> a ACKNOWLEDGE psn=8 qp=0x100 ACK msn=6
a: WC qp=1 SEND #2 len=1024 SUCCESS
a -> b RDMA_WRITE_LAST psn=12 qp=0x200 ackreq len=1024
a: WC qp=1 SEND #3 len=3001 SUCCESS
a: WC qp=1 WRITE #4 len=0 SUCCESS
b -> a ACKNOWLEDGE psn=12 qp=0x100 ACK msn=7
a: WC qp=1 WRITE #5 len=2047 SUCCESS
a: WC qp=1 WRITE #6 len=4096 SUCCESS
> expect data qp=1
> expect wc qp=1 at=b count=4 op=recv
> expect wc qp=1 at=a count=4 op=send
> expect wc qp=1 at=a count=3 op=write
> expect counter at=a name=RETRANSMITS count=0
> expect counter at=a name=TIMEOUTS count=0
> expect counter at=b name=DUPLICATES count=0
