package fabric_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

func rng(seed uint64) fabric.Rand { s := fabric.SplitMix(seed); return &s }

// TestTransfer sends and writes messages of many packets and of none, both ways at once.
func TestTransfer(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	a.fill(0, 20000, 1)
	b.fill(0, 5000, 2)
	b.postRecv(0x20000, 20000)
	a.postRecv(0x20000, 5000)
	a.postSend(0, 20000)
	b.postSend(0, 5000)
	a.postWrite(100, 0x40000, 9999)
	a.postWrite(0, 0, 0)
	b.wait(1, 1, 1000)
	a.wait(1, 1, 1000)
	a.wait(0, 3, 1000)
	b.wait(0, 1, 1000)
	if !same(a, 0, b, 0x20000, 20000) || !same(b, 0, a, 0x20000, 5000) || !same(a, 100, b, 0x40000, 9999) {
		t.Fatal("data differ")
	}
	if n := a.read(abi.RegCounter + 4*abi.CounterRetransmits); n != 0 {
		t.Fatalf("%d retransmissions on links without faults", n)
	}
}

// TestFaults transfers over links that lose, double and reorder much; all arrives once and in order.
func TestFaults(t *testing.T) {
	for seed := range uint64(8) {
		net := fabric.New(0, rng(seed))
		a, b := pair(t, net, nil, nil)
		if err := net.SetFaults(fabric.Faults{Loss: 30, Dup: 30, Reorder: 30, Latency: 300}); err != nil {
			t.Fatal(err)
		}
		const n, size = 40, 3000
		a.fill(0, n*size, byte(seed))
		for i := range uint32(n) {
			b.postRecv(i*size, size)
			if i%2 == 0 {
				a.postSend(i*size, size)
			} else {
				a.postSend(i*size, size/2)
			}
		}
		b.wait(1, n, 20000)
		a.wait(0, n, 20000)
		for i := range uint32(n) {
			if length := []uint32{size, size / 2}[i%2]; !same(a, i*size, b, i*size, length) {
				t.Fatalf("seed %d: message %d differs; A %s", seed, i, a.state())
			}
		}
		if a.read(abi.RegCounter+4*abi.CounterRetransmits) == 0 {
			t.Fatalf("seed %d: nothing was sent again, the links are too good", seed)
		}
	}
}

// TestReceiverNotReady: a SEND waits for its receive.
func TestReceiverNotReady(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	a.fill(0, 3000, 3)
	a.postSend(0, 3000)
	for range 100 {
		step(t, net)
	}
	if n := b.read(abi.RegCounter + 4*abi.CounterNaks); n == 0 {
		t.Fatal("no RNR NAK")
	}
	b.postRecv(0, 3000)
	b.wait(1, 1, 1000)
	a.wait(0, 1, 1000)
	if !same(a, 0, b, 0, 3000) {
		t.Fatal("data differ")
	}
}

// TestRetryExceeded: a partner that is not there costs the retries, then the queue pair.
func TestRetryExceeded(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, func(q *abi.QPC) { q.RetryCnt = 2; q.Timeout = 1 })
	b.write(abi.RegCtrl, 0)
	a.postSend(0, 100)
	a.postSend(0, 100)
	var got []abi.WCStatus
	for range 200 {
		step(t, net)
		if e, ok := a.poll(0); ok {
			got = append(got, e.Status)
		}
	}
	if len(got) != 2 || got[0] != abi.WCStatusRetryExcErr || got[1] != abi.WCStatusWrFlushErr {
		t.Fatalf("completions %v; %s", got, a.state())
	}
	if n := a.read(abi.RegCounter + 4*abi.CounterTimeouts); n != 3 {
		t.Fatalf("%d time-outs, want 3", n)
	}
	if ev := a.events(); len(ev) != 1 || ev[0] != abi.EventQPFatal {
		t.Fatalf("events %v", ev)
	}
}

// TestInterrupt: an armed CQ raises the interrupt line, reading the event lowers it.
func TestInterrupt(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	b.write(abi.RegDBCQArm+16, 1)
	b.postRecv(0, 10)
	a.postSend(0, 10)
	for range 20 {
		step(t, net)
	}
	if !b.dev.IRQ() || b.read(abi.RegEvent) != uint32(abi.EventCQCompletion)<<24|1 || b.dev.IRQ() {
		t.Fatal("no event of CQ 1, or the line does not fall")
	}
}
