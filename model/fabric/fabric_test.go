package fabric_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// stub is a device that sends what it is given and notes what it gets.
type stub struct {
	nic.Device
	now  uint64
	out  []nic.Frame
	got  []string
	late bool
}

func (s *stub) Now() uint64 { return s.now }

func (s *stub) Run(until uint64) error {
	s.now = until
	return nil
}

func (s *stub) Sent() []nic.Frame {
	i := slices.IndexFunc(s.out, func(f nic.Frame) bool { return f.Cycle > s.now })
	if i < 0 {
		i = len(s.out)
	}
	out := s.out[:i]
	s.out = s.out[i:]
	return out
}

func (s *stub) Deliver(cycle uint64, frame []byte) {
	s.late = s.late || cycle < s.now
	var p wire.Packet
	if err := wire.Parse(frame, &p); err != nil {
		s.got = append(s.got, err.Error())
		return
	}
	s.got = append(s.got, fmt.Sprintf("%d@%d mac %d", p.BTH.PSN, cycle, p.DstMAC[5]))
}

var ips = []wire.Addr{wire.MapIPv4([4]byte{10, 0, 0, 1}), wire.MapIPv4([4]byte{10, 0, 0, 2}), wire.MapIPv4([4]byte{10, 0, 0, 3})}

func frame(to int, psn int32) []byte {
	p := wire.Packet{SrcIP: ips[0], DstIP: ips[to], BTH: wire.BTH{Op: abi.OpSendOnly}}
	p.BTH.PSN = p.BTH.PSN.Add(psn)
	return p.Append(nil)
}

// stubs is a fabric with two stubs in it; taps go to log.
func stubs(t *testing.T) (net *fabric.Fabric, a, b *stub, log *[]string) {
	net, a, b, log = fabric.New(100, rng(1)), &stub{}, &stub{}, new([]string)
	for i, s := range []*stub{a, b} {
		if _, err := net.Attach(string(rune('A'+i)), s, [6]byte{5: byte(i + 1)}, ips[i]); err != nil {
			t.Fatal(err)
		}
	}
	net.Tap(func(e fabric.TapEvent) { *log = append(*log, fmt.Sprintf("%d %v %d", e.Cycle, e.Fate, e.Arrives)) })
	return net, a, b, log
}

func steps(t *testing.T, net *fabric.Fabric, n int) {
	for range n {
		step(t, net)
	}
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("\n got %q\nwant %q", got, want)
	}
}

func TestLatencyAndRoutes(t *testing.T) {
	net, a, b, log := stubs(t)
	if err := net.SetLink(net.Ports()[0], net.Ports()[1], fabric.Faults{Latency: 150}); err != nil {
		t.Fatal(err)
	}
	a.out = []nic.Frame{{Cycle: 1, Data: frame(1, 1)}, {Cycle: 100, Data: frame(0, 2)}, {Cycle: 100, Data: frame(2, 3)}, {Cycle: 101, Data: make([]byte, 60)}}
	steps(t, net, 1)
	if net.Quiet() {
		t.Fatal("quiet with frames on their way")
	}
	steps(t, net, 4)
	equal(t, b.got, "1@151 mac 2")
	equal(t, a.got, "2@200 mac 1")
	equal(t, *log, "1 delivered 151", "100 delivered 200", "100 no-route 0", "101 no-route 0")
	net.Route(ips[2], net.Ports()[1])
	a.out = []nic.Frame{{Cycle: 500, Data: frame(2, 4)}}
	steps(t, net, 4)
	equal(t, b.got, "1@151 mac 2", "4@650 mac 2")
	if a.late || b.late || !net.Quiet() || net.Now() != 900 {
		t.Fatal("late, or not quiet in the end")
	}
}

func TestRules(t *testing.T) {
	net, a, b, log := stubs(t)
	psn := func(n uint32) func(*fabric.Flight) bool {
		return func(f *fabric.Flight) bool { return uint32(f.Packet.BTH.PSN) == n && f.To.Name == "B" }
	}
	net.AddRule(fabric.Rule{Name: "second 1", Match: psn(1), Skip: 1, Do: fabric.Drop})
	net.AddRule(fabric.Rule{Name: "all 2", Match: psn(2), Times: -1, Do: fabric.Double})
	net.AddRule(fabric.Rule{Name: "late 3", Match: psn(3), Times: 2, Do: fabric.Delay, By: 7})
	net.AddRule(fabric.Rule{Name: "never", Match: psn(9), Do: fabric.Drop})
	for i, n := range []int32{1, 1, 1, 2, 2, 3} {
		a.out = append(a.out, nic.Frame{Cycle: uint64(10 * i), Data: frame(1, n)})
	}
	steps(t, net, 3)
	equal(t, *log, "0 delivered 100", "10 dropped 0", "20 delivered 120", "30 delivered 130", "30 copy 130",
		"40 delivered 140", "40 copy 140", "50 late 157")
	if len(b.got) != 7 {
		t.Fatalf("arrived: %q", b.got)
	}
	equal(t, net.Unused(), "late 3", "never")
}

// TestChance: the faults of a link happen about as often as they are asked for, and all frames are accounted for.
func TestChance(t *testing.T) {
	net, a, b, _ := stubs(t)
	fates := map[fabric.Fate]int{}
	net.Tap(func(e fabric.TapEvent) { fates[e.Fate]++ })
	if err := net.SetFaults(fabric.Faults{Loss: 100, Dup: 200, Reorder: 300}); err != nil {
		t.Fatal(err)
	}
	const n = 10000
	for i := range int32(n) {
		a.out = append(a.out, nic.Frame{Cycle: uint64(i), Data: frame(1, i)})
	}
	steps(t, net, n/100+10)
	near := func(got, want int) bool { return got > want*9/10 && got < want*11/10 }
	if !near(fates[fabric.Lost], n/10) || !near(fates[fabric.Copy], n*9/10/5) || !near(fates[fabric.Late], n*9/10*3/10) ||
		fates[fabric.Lost]+fates[fabric.Delivered]+fates[fabric.Late] != n || len(b.got) != n-fates[fabric.Lost]+fates[fabric.Copy] || b.late {
		t.Fatalf("fates %v, %d arrived", fates, len(b.got))
	}
}

func TestBadFaults(t *testing.T) {
	net, _, _, _ := stubs(t)
	for _, x := range []fabric.Faults{{Latency: 99}, {Loss: 1001}, {Dup: 1001}, {Reorder: 1001}} {
		if net.SetFaults(x) == nil || net.SetLink(net.Ports()[0], net.Ports()[1], x) == nil {
			t.Errorf("%+v was taken", x)
		}
	}
	if _, err := net.Attach("C", &stub{}, [6]byte{}, ips[0]); err == nil {
		t.Error("an address was taken twice")
	}
	if _, err := net.Attach("C", &stub{now: 5}, [6]byte{}, ips[2]); err == nil {
		t.Error("a device at another time was taken")
	}
}
