# UC: a send with a key that nobody has takes the queue pair to SQE. It completes with its error, the one behind it is
# flushed, and the receive side goes on; the program takes the queue pair back to RTS.

nic a
nic b
qp 1 a b type=uc
post-recv qp=1 at=a
post-send qp=1 at=a op=send len=100 fault=lkey
post-send qp=1 at=a op=send len=200
post-send qp=1 at=b op=send len=300
idle
expect state qp=1 at=a is=SQE
expect wc qp=1 at=a op=send status=LOC_PROT_ERR count=1
expect wc qp=1 at=a op=send status=WR_FLUSH_ERR count=1
expect wc qp=1 at=a op=recv count=1
modify qp=1 at=a state=RTS
post-recv qp=1 at=b
post-send qp=1 at=a op=send len=400
idle
expect wc qp=1 at=a op=send count=1
expect wc qp=1 at=b op=recv count=1

-- trace --
> nic a
> nic b
> qp 1 a b type=uc
> post-recv qp=1 at=a
> post-send qp=1 at=a len=100 fault=lkey
> post-send qp=1 at=a len=200
> post-send qp=1 at=b len=300
> idle
a: qp=0x100 RTS -> SQE
b -> a UC_SEND_ONLY psn=0 qp=0x100 len=300
a: WC qp=1 SEND #0 LOC_PROT_ERR
a: WC qp=1 SEND #1 WR_FLUSH_ERR
b: WC qp=1 SEND #0 len=300 SUCCESS
a: WC qp=1 RECV #0 len=300 SUCCESS
> expect state qp=1 at=a is=SQE
> expect wc qp=1 at=a count=1 op=send status=LOC_PROT_ERR
> expect wc qp=1 at=a count=1 op=send status=WR_FLUSH_ERR
> expect wc qp=1 at=a count=1 op=recv
> modify qp=1 at=a state=RTS
> post-recv qp=1 at=b
> post-send qp=1 at=a len=400
> idle
a -> b UC_SEND_ONLY psn=0 qp=0x200 len=400
a: WC qp=1 SEND #2 len=400 SUCCESS
b: WC qp=1 RECV #0 len=400 SUCCESS
> expect wc qp=1 at=a count=1 op=send
> expect wc qp=1 at=b count=1 op=recv
