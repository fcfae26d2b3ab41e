# UD: a datagram has one packet, whatever is in it up to 4096 bytes. It is received behind room for its IP header, with its
# sender. One with another Q_Key is dropped, and so is one for which no receive is there. One that is too long for the port
# is not sent.

nic a
nic b
qp 1 a b type=ud
post-recv qp=1 at=b count=2 len=4096
post-send qp=1 at=a op=send len=4096
post-send qp=1 at=a op=send len=10 fault=qkey
post-send qp=1 at=a op=send-imm len=0
post-send qp=1 at=a op=send len=20
idle
expect wc qp=1 at=a count=4
expect wc qp=1 at=b op=recv count=2
expect counter at=b name=DROP_QKEY count=1
expect counter at=b name=DROP_RECEIVE count=1
post-send qp=1 at=a op=send len=4097
idle
expect wc qp=1 at=a op=send status=LOC_LEN_ERR count=1
expect state qp=1 at=a is=SQE

-- trace --
> nic a
> nic b
> qp 1 a b type=ud
> post-recv qp=1 at=b count=2
> post-send qp=1 at=a
> post-send qp=1 at=a len=10 fault=qkey
> post-send qp=1 at=a op=send-imm len=0
> post-send qp=1 at=a len=20
> idle
a -> b UD_SEND_ONLY psn=0 qp=0x200 qkey=0x51000001 from=0x100 len=4096
a -> b UD_SEND_ONLY psn=1 qp=0x200 qkey=0xdead from=0x100 len=10
a -> b UD_SEND_ONLY_IMM psn=2 qp=0x200 qkey=0x51000001 from=0x100 imm=0x2 len=0
a -> b UD_SEND_ONLY psn=3 qp=0x200 qkey=0x51000001 from=0x100 len=20
a: WC qp=1 SEND #0 len=4096 SUCCESS
a: WC qp=1 SEND #1 len=10 SUCCESS
a: WC qp=1 SEND-IMM #2 len=0 SUCCESS
a: WC qp=1 SEND #3 len=20 SUCCESS
b: WC qp=1 RECV #0 len=4136 SUCCESS
b: DROP_QKEY: UD_SEND_ONLY psn=1 qp=0x200 qkey=0xdead from=0x100 len=10
b: DROP_RECEIVE: UD_SEND_ONLY psn=3 qp=0x200 qkey=0x51000001 from=0x100 len=20
b: WC qp=1 RECV #1 len=40 SUCCESS
> expect wc qp=1 at=a count=4
> expect wc qp=1 at=b count=2 op=recv
> expect counter at=b name=DROP_QKEY count=1
> expect counter at=b name=DROP_RECEIVE count=1
> post-send qp=1 at=a len=4097
> idle
a: qp=0x100 RTS -> SQE
a: WC qp=1 SEND #4 LOC_LEN_ERR
> expect wc qp=1 at=a count=1 op=send status=LOC_LEN_ERR
> expect state qp=1 at=a is=SQE
