# A queue pair that is destroyed in the middle of a message gives the receive that it took back, and its partner in the
# queue goes on with the others.

nic a
nic b
qp 1 a b srq=yes mtu=256 timeout=0
qp 2 a b srq=yes mtu=256 with=1
post-recv qp=1 at=b count=2 len=4096
drop from=a to=b packet=SEND_LAST
post-send qp=1 at=a op=send len=4096
run 20us
destroy qp=1 at=b
post-send qp=2 at=a op=send len=10
idle
expect wc qp=2 at=b op=recv count=1
expect data qp=2

-- trace --
> nic a
> nic b
> qp 1 a b srq=yes mtu=256 timeout=0
> qp 2 a b with=1 srq=yes mtu=256
> post-recv qp=1 at=b count=2
> drop from=a to=b packet=SEND_LAST
> post-send qp=1 at=a
> run 20us
a -> b SEND_FIRST psn=0 qp=0x200 len=256
a -> b SEND_MIDDLE psn=1 qp=0x200 len=256
a -> b SEND_MIDDLE psn=2 qp=0x200 len=256
a -> b SEND_MIDDLE psn=3 qp=0x200 len=256
a -> b SEND_MIDDLE psn=4 qp=0x200 len=256
a -> b SEND_MIDDLE psn=5 qp=0x200 len=256
a -> b SEND_MIDDLE psn=6 qp=0x200 len=256
a -> b SEND_MIDDLE psn=7 qp=0x200 len=256
a -> b SEND_MIDDLE psn=8 qp=0x200 len=256
a -> b SEND_MIDDLE psn=9 qp=0x200 len=256
a -> b SEND_MIDDLE psn=10 qp=0x200 len=256
a -> b SEND_MIDDLE psn=11 qp=0x200 len=256
a -> b SEND_MIDDLE psn=12 qp=0x200 len=256
a -> b SEND_MIDDLE psn=13 qp=0x200 len=256
a -> b SEND_MIDDLE psn=14 qp=0x200 len=256
a -> b SEND_LAST psn=15 qp=0x200 ackreq len=256 (dropped)
> destroy qp=1 at=b
b: EVENT QP_LAST_WQE_REACHED qp=1
b: WC qp=1 RECV #0 WR_FLUSH_ERR
> post-send qp=2 at=a len=10
> idle
a -> b SEND_ONLY psn=0 qp=0x201 ackreq len=10
b -> a ACKNOWLEDGE psn=0 qp=0x101 ACK msn=1
b: WC qp=2 RECV #1 len=10 SUCCESS
a: WC qp=2 SEND #0 len=10 SUCCESS
> expect wc qp=2 at=b count=1 op=recv
> expect data qp=2
