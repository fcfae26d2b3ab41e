# The whole of it over IPv6: SENDs and RDMA WRITEs in several packets, READs and atomics, on links that lose, double and
# reorder; both ends move, one while the other is stopped, so that a REDIRECT names an IPv6 address; all with a key.

seed 6
nic a ip=fd00::a
nic b ip=fd00::b
nic c ip=fd00::1:c
nic d ip=fe80::d
qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
qp 2 a b with=1 mtu=256
faults from=a to=b loss=20 dup=20 reorder=20
faults from=b to=a loss=20 dup=20 reorder=20
post-recv qp=1 at=a len=3000 count=6
post-recv qp=1 at=b len=3000 count=6
post-send qp=1 at=a len=3000 count=3
post-send qp=1 at=b len=2500 count=3 op=write
post-send qp=2 at=a len=1000 count=2 op=read
post-send qp=2 at=b op=faa count=3
run 5us
stall qp=1 at=a
run 3us
stall qp=1 at=b
move qp=1 from=a to=c
move qp=1 from=b to=d
forward qp=1 at=a to=c
forward qp=1 at=b to=d
resume qp=1 at=c
run 20us
resume qp=1 at=d
post-send qp=1 at=c len=3000 count=3
post-send qp=1 at=d len=1500 count=3
post-send qp=2 at=d op=cas count=2
release qp=1 at=a
release qp=1 at=b
idle
expect data qp=1
expect data qp=2
expect partner qp=1 at=c is=d
expect partner qp=1 at=d is=c
expect packets from=b to=c packet=REDIRECT min=1

-- trace --
> seed 6
> nic a ip=fd00::a
> nic b ip=fd00::b
> nic c ip=fd00::1:c
> nic d ip=fe80::d
> qp 1 a b keya=000102030405060708090a0b0c0d0e0f keyb=000102030405060708090a0b0c0d0e0f
> qp 2 a b with=1 mtu=256
> faults from=a to=b loss=20 dup=20 reorder=20
> faults from=b to=a loss=20 dup=20 reorder=20
> post-recv qp=1 at=a count=6 len=3000
> post-recv qp=1 at=b count=6 len=3000
> post-send qp=1 at=a len=3000 count=3
> post-send qp=1 at=b op=write len=2500 count=3
> post-send qp=2 at=a op=read len=1000 count=2
> post-send qp=2 at=b op=faa count=3
> run 5us
a -> b SEND_FIRST psn=0 qp=0x200 len=1024
b -> a RDMA_WRITE_FIRST psn=0 qp=0x100 va=0x1000022000 rkey=0x100 dmalen=2500 len=1024
a -> b RDMA_READ_REQUEST psn=0 qp=0x201 ackreq va=0x1100064040 rkey=0x201 dmalen=1000
b -> a FETCH_ADD psn=0 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
a -> b SEND_MIDDLE psn=1 qp=0x200 len=1024 (lost)
b -> a RDMA_WRITE_MIDDLE psn=1 qp=0x100 len=1024
a -> b RDMA_READ_REQUEST psn=4 qp=0x201 ackreq va=0x1100064428 rkey=0x201 dmalen=1000
b -> a FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
b -> a RDMA_WRITE_LAST psn=2 qp=0x100 ackreq len=452
a -> b SEND_LAST psn=2 qp=0x200 ackreq len=952
b -> a FETCH_ADD psn=2 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
b -> a RDMA_WRITE_FIRST psn=3 qp=0x100 va=0x10000229c4 rkey=0x100 dmalen=2500 len=1024
a -> b SEND_FIRST psn=3 qp=0x200 len=1024
b -> a RDMA_WRITE_MIDDLE psn=4 qp=0x100 len=1024
a -> b SEND_MIDDLE psn=4 qp=0x200 len=1024
b -> a RDMA_READ_RESPONSE_FIRST psn=0 qp=0x101 ACK msn=1 len=256
b -> a RDMA_WRITE_LAST psn=5 qp=0x100 ackreq len=452
b: NAKED: SEND_LAST psn=2 qp=0x200 ackreq len=952
b -> a ACKNOWLEDGE psn=1 qp=0x100 NAK_PSN_SEQ msn=0
b -> a RDMA_READ_RESPONSE_MIDDLE psn=1 qp=0x101 len=256
a -> b ACKNOWLEDGE psn=2 qp=0x200 ACK msn=1
b -> a RDMA_WRITE_FIRST psn=6 qp=0x100 va=0x1000023388 rkey=0x100 dmalen=2500 len=1024
b: DROP_GAP: SEND_FIRST psn=3 qp=0x200 len=1024
b -> a RDMA_READ_RESPONSE_MIDDLE psn=2 qp=0x101 len=256
b: DROP_GAP: SEND_MIDDLE psn=4 qp=0x200 len=1024
b -> a RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=1024
b -> a RDMA_READ_RESPONSE_LAST psn=3 qp=0x101 ACK msn=1 len=232
a -> b ATOMIC_ACKNOWLEDGE psn=0 qp=0x201 ACK msn=1 original=0x0
b -> a RDMA_WRITE_LAST psn=8 qp=0x100 ackreq len=452
a -> b SEND_LAST psn=5 qp=0x200 ackreq len=952
b -> a RDMA_READ_RESPONSE_FIRST psn=4 qp=0x101 ACK msn=2 len=256
a -> b ACKNOWLEDGE psn=5 qp=0x200 ACK msn=2
b -> a RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x101 len=256
b -> a RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x101 len=256
b -> a RDMA_READ_RESPONSE_LAST psn=7 qp=0x101 ACK msn=2 len=232
b: WC qp=1 WRITE #0 len=2500 SUCCESS
> stall qp=1 at=a
a: STALL qp=0x100: OK
a: qp=0x100 RTS -> STOPPED
a: STALL qp=0x101: OK
a: qp=0x101 RTS -> STOPPED
a: NAKED: RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=1024
a -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: RDMA_READ_RESPONSE_LAST psn=3 qp=0x101 ACK msn=1 len=232
a: NAKED: RDMA_WRITE_LAST psn=8 qp=0x100 ackreq len=452
a -> b ACKNOWLEDGE psn=7 qp=0x200 NAK_STOPPED flags=0x00 epoch=0
a: DROP_STOPPED: RDMA_READ_RESPONSE_FIRST psn=4 qp=0x101 ACK msn=2 len=256
b: DROP_GAP: SEND_LAST psn=5 qp=0x200 ackreq len=952
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x101 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x101 len=256
a: DROP_STOPPED: RDMA_READ_RESPONSE_LAST psn=7 qp=0x101 ACK msn=2 len=232
b: WC qp=2 FAA #0 len=8 SUCCESS
b: WC qp=1 WRITE #1 len=2500 SUCCESS
> run 3us
b: qp=0x200 RTS -> PAUSED
b: EVENT PEER_STOPPED qp=1
> stall qp=1 at=b
b: STALL qp=0x200: OK
b: qp=0x200 PAUSED -> STOPPED
b: STALL qp=0x201: OK
b: qp=0x201 RTS -> STOPPED
> move qp=1 from=a to=c
> move qp=1 from=b to=d
> forward qp=1 at=a to=c
> forward qp=1 at=b to=d
> resume qp=1 at=c
c: ACTIVATE qp=0x100: OK
c: qp=0x100 STOPPED -> RTS
c: ACTIVATE qp=0x101: OK
c: qp=0x101 STOPPED -> RTS
c -> b MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=7 addr=fd00::1:c tag=0xccabe71bf77c247d
c -> b MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=3 addr=fd00::1:c tag=0x0
> run 20us
b: NAKED: MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=7 addr=fd00::1:c tag=0xccabe71bf77c247d
b: NAKED: MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=3 addr=fd00::1:c tag=0x0
b -> c MIGRATION psn=6 qp=0x100 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=3 epsn=1 addr=fe80::d tag=0xd0eeac93823bb18d
b -> c MIGRATION psn=1 qp=0x101 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=2 epsn=8 addr=fe80::d tag=0x0
c -> d MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=7 addr=fd00::1:c tag=0xf7392c26c38361dd
c -> d MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d: NAKED: MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=7 addr=fd00::1:c tag=0xf7392c26c38361dd
d -> c ACKNOWLEDGE psn=1 qp=0x100 NAK_STOPPED flags=0x00 epoch=1
d: NAKED: MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c ACKNOWLEDGE psn=8 qp=0x101 NAK_STOPPED flags=0x00 epoch=1
> resume qp=1 at=d
d: ACTIVATE qp=0x200: OK
d: qp=0x200 STOPPED -> RTS
d: ACTIVATE qp=0x201: OK
d: qp=0x201 STOPPED -> RTS
d -> a MIGRATION psn=6 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=3 epsn=1 addr=fe80::d tag=0x14f0b41aa917a431
d -> a MIGRATION psn=1 qp=0x101 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=2 epsn=8 addr=fe80::d tag=0x0
> post-send qp=1 at=c len=3000 count=3
> post-send qp=1 at=d len=1500 count=3
> post-send qp=2 at=d op=cas count=2
> release qp=1 at=a
a: NAKED: MIGRATION psn=6 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=3 epsn=1 addr=fe80::d tag=0x14f0b41aa917a431
a: NAKED: MIGRATION psn=1 qp=0x101 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=2 epsn=8 addr=fe80::d tag=0x0
a -> d MIGRATION psn=1 qp=0x200 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=5 epsn=7 addr=fd00::1:c tag=0xd8ddc73f257c4b14
a -> d MIGRATION psn=3 qp=0x201 REDIRECT flags=0x01 epoch=0 peer_epoch=0 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c MIGRATION psn=6 qp=0x100 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=3 epsn=1 addr=fe80::d tag=0x7f2b05cec0708de7
d -> c MIGRATION psn=1 qp=0x101 RESUME flags=0x01 epoch=1 peer_epoch=0 sent=2 epsn=8 addr=fe80::d tag=0x0
c -> d MIGRATION psn=1 qp=0x200 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=7 addr=fd00::1:c tag=0x779a517c0fafd2af
c -> d MIGRATION psn=3 qp=0x201 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
c: EVENT PEER_MOVED qp=1
c: EVENT PEER_MOVED qp=2
d: EVENT RESUMED qp=1
d -> c RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=1024
d -> c FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d -> c RDMA_WRITE_LAST psn=8 qp=0x100 ackreq len=452
d -> c FETCH_ADD psn=2 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d: EVENT RESUMED qp=2
d -> c SEND_FIRST psn=9 qp=0x100 len=1024
d -> c CMP_SWAP psn=3 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x1 compare=0x0
d -> c SEND_LAST psn=10 qp=0x100 ackreq len=476
d -> c CMP_SWAP psn=4 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x2 compare=0x1
d -> c SEND_FIRST psn=11 qp=0x100 len=1024
c: NAKED: RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=1024
c: NAKED: FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
c -> d MIGRATION psn=1 qp=0x200 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=7 addr=fd00::1:c tag=0x2faa4dc434edff9e
c -> d MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
c: DROP_STOPPED: RDMA_WRITE_LAST psn=8 qp=0x100 ackreq len=452
d -> c SEND_LAST psn=12 qp=0x100 ackreq len=476
c: NAKED: FETCH_ADD psn=2 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
c -> d MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c SEND_FIRST psn=13 qp=0x100 len=1024
c: DROP_STOPPED: SEND_FIRST psn=9 qp=0x100 len=1024
c: NAKED: CMP_SWAP psn=3 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x1 compare=0x0
c -> d MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c SEND_LAST psn=14 qp=0x100 ackreq len=476
c: DROP_STOPPED: SEND_LAST psn=10 qp=0x100 ackreq len=476
c: DROP_STOPPED: CMP_SWAP psn=4 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x2 compare=0x1
d: EVENT PEER_MOVED qp=1
c: DROP_STOPPED: SEND_FIRST psn=11 qp=0x100 len=1024
d -> c MIGRATION psn=7 qp=0x100 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=8 epsn=1 addr=fe80::d tag=0x97065b856e9d8fa3
d: DUPLICATE: MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c MIGRATION psn=1 qp=0x101 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=8 addr=fe80::d tag=0x0
c: DROP_STOPPED: SEND_LAST psn=12 qp=0x100 ackreq len=476
d -> c MIGRATION psn=1 qp=0x101 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=8 addr=fe80::d tag=0x0
d -> c FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d -> c RDMA_WRITE_MIDDLE psn=7 qp=0x100 len=1024
c: DROP_STOPPED: SEND_FIRST psn=13 qp=0x100 len=1024
d: DUPLICATE: MIGRATION psn=3 qp=0x201 RESUME flags=0x01 epoch=1 peer_epoch=1 sent=5 epsn=3 addr=fd00::1:c tag=0x0
d -> c MIGRATION psn=1 qp=0x101 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=8 addr=fe80::d tag=0x0
d -> c FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
c: DROP_STOPPED: SEND_LAST psn=14 qp=0x100 ackreq len=476
d -> c RDMA_WRITE_LAST psn=8 qp=0x100 ackreq len=452
d -> c FETCH_ADD psn=2 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d: EVENT PEER_MOVED qp=2
d -> c SEND_FIRST psn=9 qp=0x100 len=1024
d -> c CMP_SWAP psn=3 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x1 compare=0x0
c: DROP_UNASKED: MIGRATION psn=1 qp=0x101 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=8 addr=fe80::d tag=0x0
c: DUPLICATE: FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
c -> d ATOMIC_ACKNOWLEDGE psn=1 qp=0x201 ACK msn=2 original=0x1
d -> c SEND_LAST psn=10 qp=0x100 ackreq len=476
d -> c CMP_SWAP psn=4 qp=0x101 ackreq va=0x1000064008 rkey=0x101 swap=0x2 compare=0x1
c -> d SEND_MIDDLE psn=1 qp=0x200 len=1024
c -> d ATOMIC_ACKNOWLEDGE psn=2 qp=0x201 ACK msn=3 original=0x2
c -> d RDMA_READ_REQUEST psn=3 qp=0x201 ackreq va=0x1100064340 rkey=0x201 dmalen=232
d -> c SEND_FIRST psn=11 qp=0x100 len=1024
c: EVENT RESUMED qp=1
c: EVENT RESUMED qp=2
d -> c SEND_LAST psn=12 qp=0x100 ackreq len=476
c -> d SEND_LAST psn=2 qp=0x200 ackreq len=952
d -> c SEND_FIRST psn=13 qp=0x100 len=1024
c: DROP_UNASKED: MIGRATION psn=1 qp=0x101 RESUME_ACK flags=0x01 epoch=1 peer_epoch=1 sent=4 epsn=8 addr=fe80::d tag=0x0
c: DUPLICATE: FETCH_ADD psn=1 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d -> c SEND_LAST psn=14 qp=0x100 ackreq len=476
c -> d ACKNOWLEDGE psn=8 qp=0x200 ACK msn=3
c: DUPLICATE: FETCH_ADD psn=2 qp=0x101 ackreq va=0x1000064000 rkey=0x101 swap=0x1 compare=0x0
d: WC qp=2 FAA #1 len=8 SUCCESS
c -> d ACKNOWLEDGE psn=10 qp=0x200 ACK msn=4
d: DUPLICATE: RDMA_READ_REQUEST psn=3 qp=0x201 ackreq va=0x1100064340 rkey=0x201 dmalen=232
d -> c ACKNOWLEDGE psn=2 qp=0x100 ACK msn=1
c -> d ACKNOWLEDGE psn=12 qp=0x200 ACK msn=5
c: WC qp=1 RECV #0 len=1500 SUCCESS
c: WC qp=1 RECV #1 len=1500 SUCCESS
d: WC qp=1 RECV #0 len=3000 SUCCESS
d: WC qp=1 WRITE #2 len=2500 SUCCESS
d: WC qp=2 FAA #2 len=8 SUCCESS
> release qp=1 at=b
d -> c RDMA_READ_RESPONSE_ONLY psn=3 qp=0x101 ACK msn=1 len=232
d -> c RDMA_READ_RESPONSE_FIRST psn=4 qp=0x101 ACK msn=2 len=256
d -> c RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x101 len=256
d -> c RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x101 len=256
c -> d ACKNOWLEDGE psn=14 qp=0x200 ACK msn=6
c -> d RDMA_READ_REQUEST psn=4 qp=0x201 ackreq va=0x1100064428 rkey=0x201 dmalen=1000
c -> d ATOMIC_ACKNOWLEDGE psn=1 qp=0x201 ACK msn=2 original=0x1
d -> c RDMA_READ_RESPONSE_LAST psn=7 qp=0x101 ACK msn=2 len=232
c -> d SEND_FIRST psn=3 qp=0x200 len=1024
c: WC qp=1 RECV #2 len=1500 SUCCESS
c: WC qp=1 SEND #0 len=3000 SUCCESS
d: WC qp=1 SEND #3 len=1500 SUCCESS
c -> d ATOMIC_ACKNOWLEDGE psn=2 qp=0x201 ACK msn=3 original=0x2
c -> d SEND_MIDDLE psn=4 qp=0x200 len=1024
d: DUPLICATE: RDMA_READ_REQUEST psn=4 qp=0x201 ackreq va=0x1100064428 rkey=0x201 dmalen=1000
d: DUPLICATE: ATOMIC_ACKNOWLEDGE psn=1 qp=0x201 ACK msn=2 original=0x1
d -> c RDMA_READ_RESPONSE_FIRST psn=4 qp=0x101 ACK msn=2 len=256
d -> c RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x101 len=256
d: WC qp=1 SEND #4 len=1500 SUCCESS
d: WC qp=1 SEND #5 len=1500 SUCCESS
> idle
d -> c RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x101 len=256
d -> c RDMA_READ_RESPONSE_LAST psn=7 qp=0x101 ACK msn=2 len=232
c -> d ATOMIC_ACKNOWLEDGE psn=3 qp=0x201 ACK msn=4 original=0x0
d: DUPLICATE: ATOMIC_ACKNOWLEDGE psn=2 qp=0x201 ACK msn=3 original=0x2
c -> d SEND_LAST psn=5 qp=0x200 ackreq len=952
c -> d ATOMIC_ACKNOWLEDGE psn=4 qp=0x201 ACK msn=5 original=0x1
c -> d SEND_FIRST psn=6 qp=0x200 len=1024
c: DUPLICATE: RDMA_READ_RESPONSE_FIRST psn=4 qp=0x101 ACK msn=2 len=256
c: WC qp=2 READ #0 len=1000 SUCCESS
c: WC qp=2 READ #1 len=1000 SUCCESS
c -> d SEND_MIDDLE psn=7 qp=0x200 len=1024
c: DUPLICATE: RDMA_READ_RESPONSE_MIDDLE psn=5 qp=0x101 len=256
c: DUPLICATE: RDMA_READ_RESPONSE_MIDDLE psn=6 qp=0x101 len=256
c: DUPLICATE: RDMA_READ_RESPONSE_LAST psn=7 qp=0x101 ACK msn=2 len=232
c -> d SEND_LAST psn=8 qp=0x200 ackreq len=952
d: WC qp=2 CAS #3 len=8 SUCCESS
d: WC qp=1 RECV #1 len=3000 SUCCESS
c -> d SEND_FIRST psn=9 qp=0x200 len=1024
d -> c ACKNOWLEDGE psn=5 qp=0x100 ACK msn=2
c -> d SEND_MIDDLE psn=10 qp=0x200 len=1024
c -> d SEND_LAST psn=11 qp=0x200 ackreq len=952
d: WC qp=2 CAS #4 len=8 SUCCESS
d: WC qp=1 RECV #2 len=3000 SUCCESS
c -> d SEND_FIRST psn=12 qp=0x200 len=1024
d -> c ACKNOWLEDGE psn=8 qp=0x100 ACK msn=3
c -> d SEND_MIDDLE psn=13 qp=0x200 len=1024
c -> d SEND_LAST psn=14 qp=0x200 ackreq len=952
c: WC qp=1 SEND #1 len=3000 SUCCESS
d: WC qp=1 RECV #3 len=3000 SUCCESS
c -> d SEND_FIRST psn=15 qp=0x200 ackreq len=1024
d -> c ACKNOWLEDGE psn=11 qp=0x100 ACK msn=4
c -> d SEND_MIDDLE psn=16 qp=0x200 len=1024
c -> d SEND_LAST psn=17 qp=0x200 ackreq len=952
c: WC qp=1 SEND #2 len=3000 SUCCESS
d -> c ACKNOWLEDGE psn=14 qp=0x100 ACK msn=5
d -> c ACKNOWLEDGE psn=15 qp=0x100 ACK msn=5
c: WC qp=1 SEND #3 len=3000 SUCCESS
d: WC qp=1 RECV #4 len=3000 SUCCESS
d -> c ACKNOWLEDGE psn=17 qp=0x100 ACK msn=6
c: WC qp=1 SEND #4 len=3000 SUCCESS
d: WC qp=1 RECV #5 len=3000 SUCCESS
c: WC qp=1 SEND #5 len=3000 SUCCESS
> expect data qp=1
> expect data qp=2
> expect partner qp=1 at=c is=d
> expect partner qp=1 at=d is=c
> expect packets from=b to=c packet=REDIRECT min=1
