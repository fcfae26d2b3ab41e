package fabric_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/nic"
)

// TestHeld: what a rule holds arrives when it is released, as often as it was repeated, in the order that is asked for.
func TestHeld(t *testing.T) {
	net, a, b, log := stubs(t)
	net.AddRule(fabric.Rule{Times: -1, Do: fabric.Hold, Match: func(f *fabric.Flight) bool { return f.Packet.BTH.PSN != 9 }})
	a.out = []nic.Frame{{Cycle: 1, Data: frame(1, 1)}, {Cycle: 2, Data: frame(1, 2)}, {Cycle: 3, Data: frame(1, 9)}}
	steps(t, net, 3)
	equal(t, b.got, "9@103 mac 2")
	if held := net.Held(); len(held) != 2 || held[0].From.Name != "A" || held[1].To.Name != "B" || !net.Quiet() {
		t.Fatalf("%+v", held)
	}
	net.Repeat(0)
	net.Release(1)
	net.Release(0)
	steps(t, net, 2)
	equal(t, b.got, "9@103 mac 2", "2@300 mac 2", "1@300 mac 2")
	net.Discard(0)
	steps(t, net, 1)
	if len(net.Held()) != 0 {
		t.Error("something is still held")
	}
	equal(t, b.got, "9@103 mac 2", "2@300 mac 2", "1@300 mac 2")
	equal(t, *log, "1 held 0", "2 held 0", "3 delivered 103", "300 released 300", "300 released 300", "500 discarded 0")
}
