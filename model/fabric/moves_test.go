package fabric_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// moves are ways to move queue pairs about; each returns the hosts at which the connection of A and B ends up.
var moves = []struct {
	name string
	do   func(w *wanderers) (a, b *host)
}{
	{"both sides at once", func(w *wanderers) (a, b *host) {
		w.a.stall()
		w.b.stall()
		w.while(100)
		w.a.moveTo(w.c)
		w.a.ok(abi.CMDSetFwd, w.a.slot, 0, w.c.ip[:])
		w.b.moveTo(w.d)
		w.b.ok(abi.CMDSetFwd, w.b.slot, 0, w.d.ip[:])
		w.c.write(abi.RegResume, group1)
		w.while(100)
		w.d.write(abi.RegResume, group1)
		return w.c, w.d
	}},
	{"A to C to D", func(w *wanderers) (a, b *host) {
		w.move(w.a, w.c)
		w.while(100)
		w.c.settled()
		w.move(w.c, w.d)
		return w.d, w.b
	}},
	{"there and back", func(w *wanderers) (a, b *host) {
		slot := w.a.slot
		w.move(w.a, w.c)
		w.while(300)
		w.c.settled()
		w.c.stall()
		w.c.moveTo(w.a)
		if w.a.slot != slot {
			w.t.Fatal("the tombstone was not replaced")
		}
		w.a.write(abi.RegResume, group1)
		return w.a, w.b
	}},
	{"rollback", func(w *wanderers) (a, b *host) {
		w.a.stall()
		w.while(100)
		w.a.write(abi.RegResume, group1)
		return w.a, w.b
	}},
}

// wanderers are the hosts of one world.
type wanderers struct {
	t          *testing.T
	a, b, c, d *host
	net        *fabric.Fabric
	chance     fabric.Rand
}

// while lets up to n windows pass.
func (w *wanderers) while(n uint64) {
	for range w.chance.Uint64() % n {
		step(w.t, w.net)
	}
}

func (w *wanderers) move(from, to *host) {
	from.stall()
	from.moveTo(to)
	from.ok(abi.CMDSetFwd, from.slot, 0, to.ip[:])
	to.write(abi.RegResume, group1)
}

// TestMoves moves queue pairs about at any time of transfers in both directions, over bad links, sometimes
// with receives that come late: each message is delivered once, whole and in order, and none is left.
func TestMoves(t *testing.T) {
	const n, size = 16, 4000
	for seed := range uint64(48) {
		chance := rng(seed * 77)
		r := func(n uint64) uint64 { return chance.Uint64() % n }
		w := &wanderers{t: t, net: fabric.New(0, rng(seed)), chance: chance}
		mtu, late := uint8(1+r(3)), uint32(0)
		w.a, w.b = pair(t, w.net, nil, func(q *abi.QPC) { q.MigProbeLimit, q.MigResumeLimit, q.PMTU = 200, 200, mtu })
		w.c, w.d = newHost(t, w.net, 3, "C", nil), newHost(t, w.net, 4, "D", nil)
		err := w.net.SetFaults(fabric.Faults{
			Loss: uint16(r(60)), Dup: uint16(r(60)), Reorder: uint16(r(100)), ReorderBy: 1 + r(4000),
		})
		if err != nil {
			t.Fatal(err)
		}
		w.a.fill(0, n*size, 1)
		w.b.fill(0, n*size, 2)
		if r(2) == 0 {
			late = 8
		}
		for i := range uint32(n) {
			if i < n-late {
				w.a.postRecv(0x20000+i*size, size)
				w.b.postRecv(0x20000+i*size, size)
			}
			w.a.postSend(i*size, size)
			w.b.postSend(i*size, size)
		}
		w.while(200)
		m := moves[r(uint64(len(moves)))]
		a, b := m.do(w)
		for i := n - late; i < n; i++ {
			a.postRecvActive(0x20000+i*size, size)
			b.postRecvActive(0x20000+i*size, size)
		}
		for _, h := range []*host{a, b} {
			h.wait(1, n-int(h.seen[1]), 60000)
			h.wait(0, n-int(h.seen[0]), 60000)
		}
		if !same(a, 0, b, 0x20000, n*size) || !same(b, 0, a, 0x20000, n*size) {
			t.Fatalf("seed %d, %s: data differ", seed, m.name)
		}
	}
}

// postRecvActive posts a receive to a queue pair that is, or soon will be, active: a stopped one takes no
// doorbell.
func (h *host) postRecvActive(off, n uint32) {
	h.t.Helper()
	for h.read(abi.RegStallStatus)&abi.RegStallStatusBusyMask != 0 {
		step(h.t, h.net)
	}
	h.postRecv(off, n)
}
