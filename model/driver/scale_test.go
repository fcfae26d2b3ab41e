package driver_test

import (
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

const (
	crowdQPs    = 1000    // queue pairs of a container
	crowdWindow = 0x40000 // bytes of its window
	// A NIC has 65,535 slots at most, so that more queue pairs than these are spread over several.
	mostCrowds = 50 // containers on a NIC
)

// crowd is containers of a thousand queue pairs each. Those of container i on from are connected to those of container i
// on peer; to has room for them.
type crowd struct {
	t              testing.TB
	net            *fabric.Fabric
	from, peer, to *machine
	boxes          []*driver.Context
	deaf           bool // nobody handles interrupts while a command is waited for
	partners       []*driver.Context
}

func newCrowd(t testing.TB, net *fabric.Fabric, number byte, boxes int) *crowd {
	c := &crowd{t: t, net: net}
	for i, m := range []**machine{&c.from, &c.peer, &c.to} {
		*m = c.newMachine(3*number+byte(i)+1, boxes)
	}
	for i := range boxes {
		a, b := c.open(c.from, i, boxes), c.open(c.peer, i+boxes, boxes)
		pa, pb := must(a.AllocPD())(t), must(b.AllocPD())(t)
		ca, cb := must(a.CreateCQ(4))(t), must(b.CreateCQ(4))(t)
		for range crowdQPs {
			qa := must(pa.CreateQP(driver.QPInitAttr{SendCQ: ca, RecvCQ: ca, MaxSendWR: 1, MaxRecvWR: 1}))(t)
			qb := must(pb.CreateQP(driver.QPInitAttr{SendCQ: cb, RecvCQ: cb, MaxSendWR: 1, MaxRecvWR: 1}))(t)
			climb(t, qa, qb, abi.StateRTS)
			climb(t, qb, qa, abi.StateRTS)
		}
		c.boxes, c.partners = append(c.boxes, a), append(c.partners, b)
	}
	return c
}

func (c *crowd) newMachine(n byte, boxes int) *machine {
	m := &machine{ram: mem.NewRAM(driver.ScratchSize + uint64(boxes)*crowdWindow)}
	p := nic.Params{NumQP: boxes * crowdQPs, NumMR: 1, NumCQ: 2 * boxes, Migration: true, Features: abi.FeaturesAll}
	m.core = nic.New(nic.Config{Params: p}, m.ram)
	check(c.t, m.core.Run(c.net.Now()))
	ip, mac := wire.MapIPv4([4]byte{10, 0, 1, n}), wire.MAC{2, 0, 0, 0, 1, n}
	if _, err := c.net.Attach(fmt.Sprint("m", n), m.core, mac, ip); err != nil {
		c.t.Fatal(err)
	}
	dev, err := driver.Probe(driver.Config{NIC: m.core, RAM: m.ram, Advance: c.advance, MAC: mac, NextHop: fabric.MAC, IP: ip})
	if err != nil {
		c.t.Fatal(err)
	}
	if n := dev.Caps().NumQP; n != boxes*crowdQPs {
		c.t.Fatalf("the device has %d slots", n)
	}
	m.dev = dev
	return m
}

func (c *crowd) open(m *machine, i, boxes int) *driver.Context {
	n := uint32(i)
	return must(m.dev.Open(driver.OpenAttr{
		Partition: driver.Partition{
			Group: uint16(i + 1), QPN: driver.Range{Base: (n + 1) << 10, Count: crowdQPs}, Key: driver.Range{Base: n + 1, Count: 1},
			CQ: driver.Range{Base: n, Count: 1}, PD: driver.Range{Base: n, Count: 1},
		},
		Window: driver.Window{Base: driver.ScratchSize + uint64(i%boxes)*crowdWindow, Size: crowdWindow}, VA: winVA,
	}))(c.t)
}

func (c *crowd) advance() error {
	if err := c.net.Step(); err != nil || c.deaf {
		return err
	}
	return c.handle()
}

func (c *crowd) handle() error {
	for _, m := range []*machine{c.from, c.peer, c.to} {
		if m == nil || m.dev == nil {
			continue // while the world is built
		}
		if err := m.dev.HandleEvents(); err != nil {
			return err
		}
	}
	return nil
}

// step lets time pass, and interrupts be handled.
func (c *crowd) step() {
	check(c.t, c.net.Step())
	check(c.t, c.handle())
}

// moved is what a move took.
type moved struct{ bytes, stall, pause uint64 }

// move takes container i from one device to the other: all of what an orchestrator does, but for the memory.
func (c *crowd) move(i int) (m moved) {
	a := c.boxes[i]
	begin := c.net.Now()
	check(c.t, a.Stall())
	m.stall = c.net.Now() - begin
	image := must(a.Dump())(c.t).Marshal()
	m.bytes = uint64(len(image))
	b := must(c.to.dev.Restore(image, a.Window()))(c.t)
	check(c.t, b.Resume())
	m.pause = c.net.Now() - begin
	check(c.t, a.SetForward(c.to.dev.IP()))
	for b.Announcing() != 0 {
		if c.step(); b.Stale() {
			check(c.t, b.Resync())
		}
	}
	check(c.t, a.Release())
	c.boxes[i] = b
	return m
}

// echo sends one empty message over queue pair number q of container i, which the partner receives.
func (c *crowd) echo(i, q int) {
	a, b := c.boxes[i].QPs()[q], c.partners[i].QPs()[q]
	must(b.PostRecv(driver.RecvWR{WRID: 7}))(c.t)
	must(a.PostSend(driver.SendWR{WRID: 9, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled}))(c.t)
	for range 20 {
		c.step()
	}
	for cq, want := range map[*driver.CQ]uint64{a.SendCQ(): 9, b.RecvCQ(): 7} {
		var wc [2]driver.WC
		if n := must(cq.Poll(wc[:]))(c.t); n != 1 || wc[0].WRID != want || wc[0].Status != abi.WCStatusSuccess {
			c.t.Fatalf("queue pair %d of container %d, slots %d and %d: completions %+v", q, i, a.Slot(), b.Slot(), wc[:n])
		}
	}
}

// TestThousandQueuePairs: a container with more queue pairs than CAP can tell works, moves, and works.
func TestThousandQueuePairs(t *testing.T) {
	seed := fabric.SplitMix(1)
	c := newCrowd(t, fabric.New(0, &seed), 0, 3)
	some := []int{0, 255, 256, 999}
	for i := range c.boxes {
		for _, q := range some {
			c.echo(i, q)
		}
	}
	for i := range c.boxes {
		c.deaf = i != 0 // the device's event queue overflows, more than once, and the driver finds out
		m := c.move(i)
		t.Logf("%d bytes, stopped in %d cycles, pause %d", m.bytes, m.stall, m.pause)
		if m.bytes > 1024*crowdQPs {
			t.Errorf("%d bytes", m.bytes)
		}
		for _, q := range some {
			c.echo(i, q)
		}
	}
	if n := len(c.from.dev.Contexts()); n != 0 {
		t.Errorf("%d contexts are left", n)
	}
}

// BenchmarkMove stops, dumps, restores and activates n connected queue pairs, in containers of 1000, and waits until their
// partners have acknowledged the RESUME of each. What it tells is by queue pair, so that it is the same for all n if the
// cost grows linearly.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(n*crowdQPs), func(b *testing.B) {
			var sum moved
			for b.Loop() {
				b.StopTimer()
				var all []*crowd
				for left := n; left > 0; left -= mostCrowds {
					seed := fabric.SplitMix(1)
					all = append(all, newCrowd(b, fabric.New(0, &seed), byte(len(all)), min(left, mostCrowds)))
				}
				b.StartTimer()
				for _, c := range all {
					for i := range c.boxes {
						m := c.move(i)
						sum.bytes, sum.stall, sum.pause = sum.bytes+m.bytes, sum.stall+m.stall, sum.pause+m.pause
					}
				}
			}
			per := func(v float64, unit string) { b.ReportMetric(v/float64(b.N)/float64(n*crowdQPs), unit+"/QP") }
			per(float64(b.Elapsed().Nanoseconds()), "ns")
			per(float64(sum.bytes), "bytes")
			per(float64(sum.stall), "stall-cycles")
			per(float64(sum.pause), "pause-cycles")
			b.ReportMetric(0, "ns/op")
		})
	}
}
