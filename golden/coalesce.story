# Thirty-two small messages arrive in a burst, and the responder may answer eight requests with one acknowledgement: it
# sends few. The last of them answers what is left, although nothing more arrives.

nic a
nic b
qp 1 a b acks=8
post-recv qp=1 at=b count=32 len=100
post-send qp=1 at=a op=send count=32 len=100
idle
expect data qp=1

-- trace --
> nic a
> nic b
> qp 1 a b acks=8
> post-recv qp=1 at=b count=32 len=100
> post-send qp=1 at=a len=100 count=32
> idle
a -> b SEND_ONLY psn=0 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=1 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=2 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=3 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=4 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=5 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=6 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=7 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=8 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=9 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=10 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=11 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=12 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=13 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=14 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=15 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=16 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=17 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=18 qp=0x200 ackreq len=100
b: WC qp=1 RECV #0 len=100 SUCCESS
b: WC qp=1 RECV #1 len=100 SUCCESS
b: WC qp=1 RECV #2 len=100 SUCCESS
b: WC qp=1 RECV #3 len=100 SUCCESS
b: WC qp=1 RECV #4 len=100 SUCCESS
b: WC qp=1 RECV #5 len=100 SUCCESS
b: WC qp=1 RECV #6 len=100 SUCCESS
a -> b SEND_ONLY psn=19 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=20 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=21 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=7 qp=0x100 ACK msn=8
a -> b SEND_ONLY psn=22 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=23 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=24 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=25 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=26 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=27 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=28 qp=0x200 ackreq len=100
b: WC qp=1 RECV #7 len=100 SUCCESS
b: WC qp=1 RECV #8 len=100 SUCCESS
b: WC qp=1 RECV #9 len=100 SUCCESS
b: WC qp=1 RECV #10 len=100 SUCCESS
b: WC qp=1 RECV #11 len=100 SUCCESS
b: WC qp=1 RECV #12 len=100 SUCCESS
b: WC qp=1 RECV #13 len=100 SUCCESS
a -> b SEND_ONLY psn=29 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=30 qp=0x200 ackreq len=100
a -> b SEND_ONLY psn=31 qp=0x200 ackreq len=100
b -> a ACKNOWLEDGE psn=15 qp=0x100 ACK msn=16
a: WC qp=1 SEND #0 len=100 SUCCESS
a: WC qp=1 SEND #1 len=100 SUCCESS
a: WC qp=1 SEND #2 len=100 SUCCESS
a: WC qp=1 SEND #3 len=100 SUCCESS
a: WC qp=1 SEND #4 len=100 SUCCESS
a: WC qp=1 SEND #5 len=100 SUCCESS
a: WC qp=1 SEND #6 len=100 SUCCESS
a: WC qp=1 SEND #7 len=100 SUCCESS
b: WC qp=1 RECV #14 len=100 SUCCESS
b: WC qp=1 RECV #15 len=100 SUCCESS
b: WC qp=1 RECV #16 len=100 SUCCESS
b: WC qp=1 RECV #17 len=100 SUCCESS
b: WC qp=1 RECV #18 len=100 SUCCESS
b: WC qp=1 RECV #19 len=100 SUCCESS
b: WC qp=1 RECV #20 len=100 SUCCESS
b: WC qp=1 RECV #21 len=100 SUCCESS
b -> a ACKNOWLEDGE psn=23 qp=0x100 ACK msn=24
a: WC qp=1 SEND #8 len=100 SUCCESS
a: WC qp=1 SEND #9 len=100 SUCCESS
a: WC qp=1 SEND #10 len=100 SUCCESS
a: WC qp=1 SEND #11 len=100 SUCCESS
a: WC qp=1 SEND #12 len=100 SUCCESS
a: WC qp=1 SEND #13 len=100 SUCCESS
a: WC qp=1 SEND #14 len=100 SUCCESS
a: WC qp=1 SEND #15 len=100 SUCCESS
b: WC qp=1 RECV #22 len=100 SUCCESS
b: WC qp=1 RECV #23 len=100 SUCCESS
b: WC qp=1 RECV #24 len=100 SUCCESS
b: WC qp=1 RECV #25 len=100 SUCCESS
b: WC qp=1 RECV #26 len=100 SUCCESS
b: WC qp=1 RECV #27 len=100 SUCCESS
b: WC qp=1 RECV #28 len=100 SUCCESS
b -> a ACKNOWLEDGE psn=31 qp=0x100 ACK msn=32
a: WC qp=1 SEND #16 len=100 SUCCESS
a: WC qp=1 SEND #17 len=100 SUCCESS
a: WC qp=1 SEND #18 len=100 SUCCESS
a: WC qp=1 SEND #19 len=100 SUCCESS
a: WC qp=1 SEND #20 len=100 SUCCESS
a: WC qp=1 SEND #21 len=100 SUCCESS
a: WC qp=1 SEND #22 len=100 SUCCESS
b: WC qp=1 RECV #29 len=100 SUCCESS
b: WC qp=1 RECV #30 len=100 SUCCESS
b: WC qp=1 RECV #31 len=100 SUCCESS
a: WC qp=1 SEND #23 len=100 SUCCESS
a: WC qp=1 SEND #24 len=100 SUCCESS
a: WC qp=1 SEND #25 len=100 SUCCESS
a: WC qp=1 SEND #26 len=100 SUCCESS
a: WC qp=1 SEND #27 len=100 SUCCESS
a: WC qp=1 SEND #28 len=100 SUCCESS
a: WC qp=1 SEND #29 len=100 SUCCESS
a: WC qp=1 SEND #30 len=100 SUCCESS
a: WC qp=1 SEND #31 len=100 SUCCESS
> expect data qp=1
