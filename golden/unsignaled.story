# Sends of which only the last asks for a completion: one completion, all messages.

nic a
nic b
qp 1 a b
post-recv qp=1 at=b len=500 count=4
post-send qp=1 at=a len=500 count=3 unsignaled=yes
post-send qp=1 at=a len=500
idle
expect data qp=1
expect wc qp=1 at=a op=send count=1

-- trace --
> nic a
> nic b
> qp 1 a b
> post-recv qp=1 at=b count=4 len=500
> post-send qp=1 at=a len=500 count=3 unsignaled=yes
> post-send qp=1 at=a len=500
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=500
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=500
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=500
a -> b SEND_ONLY psn=3 qp=0x200 ackreq len=500
b -> a ACKNOWLEDGE psn=0 qp=0x100 ACK msn=1
b -> a ACKNOWLEDGE psn=1 qp=0x100 ACK msn=2
b: WC qp=1 RECV #0 len=500 SUCCESS
b: WC qp=1 RECV #1 len=500 SUCCESS
b: WC qp=1 RECV #2 len=500 SUCCESS
b -> a ACKNOWLEDGE psn=2 qp=0x100 ACK msn=3
b -> a ACKNOWLEDGE psn=3 qp=0x100 ACK msn=4
b: WC qp=1 RECV #3 len=500 SUCCESS
a: WC qp=1 SEND #3 len=500 SUCCESS
> expect data qp=1
> expect wc qp=1 at=a count=1 op=send
