package fabric_test

import (
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

const group1 = 1<<31 | 1

// stall stops the group and waits until nothing of it is in the NIC.
func (h *host) stall() {
	h.t.Helper()
	h.write(abi.RegStall, group1)
	h.settled()
}

func (h *host) settled() {
	h.t.Helper()
	for range 20 {
		if v := h.read(abi.RegStallStatus); v&abi.RegStallStatusBusyMask == 0 {
			if v != 1 {
				h.t.Fatalf("%s: STALL_STATUS %#x, want one queue pair", h.name, v)
			}
			return
		}
		step(h.t, h.net)
	}
	h.t.Fatalf("%s: STALL_STATUS stays busy", h.name)
}

// moveTo moves the stopped queue pair of h, with its memory and completion queues, to host to; it does not
// activate it.
func (h *host) moveTo(to *host) {
	h.t.Helper()
	h.ok(abi.CMDDumpQP, h.slot, 0, nil)
	image := h.load(imageAt, abi.QPCSize)
	for cq := range uint32(2) {
		h.ok(abi.CMDDumpCQ, cq, 0, nil)
		c := h.load(imageAt, abi.CQCSize)
		to.ok(abi.CMDDestroyCQ, cq, 0, nil)
		to.ok(abi.CMDCreateCQ, cq, 0, c)
	}
	to.store(cqAt, h.load(cqAt, ramSize-cqAt))
	to.slot = to.ok(abi.CMDLoadQP, 0, 0, image)
	to.pi, to.seen = h.pi, h.seen
}

// TestMigration moves A's queue pair to C in the middle of transfers both ways, over bad links, and checks
// that each message arrives once, whole and in order.
func TestMigration(t *testing.T) {
	for seed := range uint64(6) {
		net := fabric.New(0, rng(seed))
		a, b := pair(t, net, nil, nil)
		c := newHost(t, net, 3, "C", nil)
		if seed > 0 {
			if err := net.SetFaults(fabric.Faults{Loss: 20, Dup: 20, Reorder: 20}); err != nil {
				t.Fatal(err)
			}
		}
		const n, size = 20, 4000
		a.fill(0, n*size, 1)
		b.fill(0, n*size, 2)
		for i := range uint32(n) {
			a.postRecv(0x20000+i*size, size)
			b.postRecv(0x20000+i*size, size)
		}
		for i := range uint32(n) {
			a.postSend(i*size, size)
			b.postSend(i*size, size)
		}
		for range 20 + 3*seed {
			step(t, net)
		}
		a.stall()
		before := a.context()
		for range 100 {
			step(t, net)
		}
		if after := a.context(); after != before {
			t.Fatalf("seed %d: the stopped context changed", seed)
		}
		if got := b.context().State; got != abi.StatePaused {
			t.Fatalf("seed %d: B is %v", seed, got)
		}
		a.moveTo(c)
		a.ok(abi.CMDSetFwd, a.slot, 0, c.ip[:])
		c.write(abi.RegResume, group1)
		c.settled()
		c.wait(1, n-int(a.seen[1]), 20000)
		c.wait(0, n-int(a.seen[0]), 20000)
		b.wait(1, n, 20000)
		b.wait(0, n, 20000)
		if !same(c, 0, b, 0x20000, n*size) || !same(b, 0, c, 0x20000, n*size) {
			t.Fatalf("seed %d: data differ", seed)
		}
		if ev := c.events(); !slices.Equal(ev, []abi.Event{abi.EventResumed}) {
			t.Fatalf("seed %d: events of C %v", seed, ev)
		}
		if q := b.context(); q.RemoteIP != c.ip || q.PeerEpoch != 1 {
			t.Fatalf("seed %d: B's partner is %x, epoch %d", seed, q.RemoteIP, q.PeerEpoch)
		}
		a.ok(abi.CMDDestroyQP, a.slot, 0, nil)
	}
}

// TestRollback stops A, copies it to C, and goes on with A in place. The copy, activated all the same, is fenced.
func TestRollback(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	c := newHost(t, net, 3, "C", nil)
	const size = 30000
	a.fill(0, size, 1)
	b.postRecv(0, size)
	a.postSend(0, size)
	for range 5 {
		step(t, net)
	}
	a.stall()
	a.moveTo(c)
	a.write(abi.RegResume, group1)
	a.settled()
	b.wait(1, 1, 5000)
	a.wait(0, 1, 5000)
	if !same(a, 0, b, 0, size) {
		t.Fatal("data differ")
	}
	if q := a.context(); q.MigEpoch != 2 || q.State != abi.StateRTS {
		t.Fatalf("A: epoch %d, %v", q.MigEpoch, q.State)
	}
	c.write(abi.RegResume, group1)
	for range 200 {
		step(t, net)
	}
	if q := c.context(); q.State != abi.StateErr {
		t.Fatalf("C: %v", q.State)
	}
	if ev := c.events(); !slices.Equal(ev, []abi.Event{abi.EventFenced}) {
		t.Fatalf("events of C %v", ev)
	}
	b.postRecv(0, size)
	a.postSend(0, size)
	b.wait(1, 1, 5000)
}

// TestMigrationOfNothing moves an idle queue pair whose RESUME is lost three times.
func TestMigrationOfNothing(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	c := newHost(t, net, 3, "C", nil)
	net.AddRule(fabric.Rule{
		Name: "lose RESUME", Times: 3, Do: fabric.Drop,
		Match: func(f *fabric.Flight) bool { return f.From.Name == "C" && f.Packet.BTH.Op == abi.OpMigration },
	})
	a.stall()
	a.moveTo(c)
	c.write(abi.RegResume, group1)
	for range 500 {
		step(t, net)
	}
	if q := b.context(); q.RemoteIP != c.ip || q.State != abi.StateRTS {
		t.Fatalf("B: partner %x, %v", q.RemoteIP, q.State)
	}
	if ev := b.events(); !slices.Equal(ev, []abi.Event{abi.EventPeerMoved}) {
		t.Fatalf("events of B %v", ev)
	}
	if left := net.Unused(); len(left) != 0 {
		t.Fatalf("rules that did not act: %v", left)
	}
}

// TestEveryPauseEnds: a paused queue pair probes; the tombstone's answers renew the lease for as long as they
// come, and when they stop the queue pair ends with MIGRATION_LOST. So does one whose RESUME nobody answers.
func TestEveryPauseEnds(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	a.stall()
	b.postSend(0, 10)
	for range 2000 { // the lease is 40 ticks of 4 windows, the limit 5 probes
		step(t, net)
	}
	if q := b.context(); q.State != abi.StatePaused || q.ProbesLeft != q.MigProbeLimit {
		t.Fatalf("B: %v, %d probes left", q.State, q.ProbesLeft)
	}
	if n := a.read(abi.RegCounter + 4*abi.CounterNaks); n < 10 {
		t.Fatalf("%d probes answered", n)
	}
	net.AddRule(fabric.Rule{Name: "silence", Times: -1, Do: fabric.Drop, Match: func(f *fabric.Flight) bool { return f.From == net.Ports()[0] }})
	for range 2000 {
		step(t, net)
	}
	e, ok := b.poll(0)
	if !ok || e.Status != abi.WCStatusRetryExcErr || e.Vendor != abi.VendorErrMigrationLost {
		t.Fatalf("completion %+v %v; %s", e, ok, b.state())
	}
	if ev := b.events(); !slices.Equal(ev, []abi.Event{abi.EventPeerStopped, abi.EventMigrationLost}) {
		t.Fatalf("events of B %v", ev)
	}
	sent := a.read(abi.RegCounter + 4*abi.CounterTXFrames)
	a.write(abi.RegResume, group1)
	for range 2000 {
		step(t, net)
	}
	if ev := a.events(); !slices.Equal(ev, []abi.Event{abi.EventMigrationLost}) {
		t.Fatalf("events of A %v", ev)
	}
	if n := a.read(abi.RegCounter+4*abi.CounterTXFrames) - sent; n != 6 {
		t.Fatalf("RESUME was sent %d times, want the first and 5 more", n)
	}
}

// TestLateACK: an acknowledgement from before the stop ends a pause (R4a), and the next request finds out that the
// other side is still stopped.
func TestLateACK(t *testing.T) {
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, nil)
	a.postRecv(0, 10)
	net.AddRule(fabric.Rule{
		Name: "late ACK", Do: fabric.Delay, By: 60000,
		Match: func(f *fabric.Flight) bool { return f.From.Name == "A" && f.Packet.BTH.Op == abi.OpAcknowledge },
	})
	b.postSend(0, 10)
	for range 5 {
		step(t, net)
	}
	a.stall()
	for range 200 { // the time-out of 32 ticks sends again, which earns NAK_STOPPED
		step(t, net)
	}
	if q := b.context(); q.State != abi.StatePaused || q.UnaPSN == q.MaxPSN {
		t.Fatalf("B: %s", b.state())
	}
	b.wait(0, 1, 100)
	if q := b.context(); q.State != abi.StateRTS || q.Timer != abi.TimerNone {
		t.Fatalf("B: %s", b.state())
	}
	b.postSend(0, 10)
	for range 10 {
		step(t, net)
	}
	if ev := b.events(); !slices.Equal(ev, []abi.Event{abi.EventPeerStopped, abi.EventPeerStopped}) {
		t.Fatalf("events of B %v; %s", ev, b.state())
	}
	if left := net.Unused(); len(left) != 0 {
		t.Fatalf("rules that did not act: %v", left)
	}
	a.write(abi.RegResume, group1)
	a.settled()
	a.postRecv(0x100, 10)
	b.wait(0, 1, 1000)
}
