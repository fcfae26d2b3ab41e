package fabric_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// A NIC names 65,535 slots at most, so that more queue pairs than these are spread over several.
const (
	mostSlots = 50_000
	groupSize = 1000 // queue pairs of a container
)

// BenchmarkMove stops, dumps, loads and activates n connected queue pairs, in containers of 1000, and waits until
// their partners have acknowledged the RESUME of each. What it tells is by queue pair, so that it is the same for all
// n if the cost grows linearly.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var m moved
			for b.Loop() {
				b.StopTimer()
				w := newCrowd(b, n)
				b.StartTimer()
				for i := range w.from {
					m.add(w.move(b, i))
				}
			}
			per := func(v float64, unit string) { b.ReportMetric(v/float64(b.N)/float64(n), unit+"/QP") }
			per(float64(b.Elapsed().Nanoseconds()), "ns")
			per(float64(m.bytes), "bytes")
			per(float64(m.stall), "stall-cycles")
			per(float64(m.pause), "pause-cycles")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkContexts fills NICs with a million contexts.
func BenchmarkContexts(b *testing.B) {
	const nics, slots = 20, mostSlots
	var before, after runtime.MemStats
	var all []*nic.NIC
	for b.Loop() {
		all = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range nics {
			p := nic.DefaultParams()
			p.NumQP = slots
			n := nic.New(nic.Config{Params: p}, mem.NewRAM(0))
			for s := range uint16(slots) {
				if !n.Core().SetContext(s, abi.QPC{QPN: uint32(s) + 2, State: abi.StateRTS, PMTU: 3}) {
					b.Fatal("no room for a context")
				}
			}
			all = append(all, n)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
	}
	used := float64(after.HeapAlloc - before.HeapAlloc)
	b.ReportMetric(used/(nics*slots), "bytes/context")
	b.ReportMetric(used/(1<<20), "MiB")
	if len(all) != nics {
		b.Fatal("they are gone")
	}
}

// crowd is queue pairs by the thousand: those of from[i] are connected to those of peer[i], and to[i] has room for
// them.
type crowd struct {
	net            *fabric.Fabric
	from, peer, to []*host
	slots          int // queue pairs of each
}

func newCrowd(b *testing.B, n int) *crowd {
	c := &crowd{net: fabric.New(0, rng(1)), slots: min(n, mostSlots)}
	for i := range n / c.slots {
		name := byte(3 * i)
		c.from = append(c.from, newHostOf(b, c.net, name+1, fmt.Sprint("from", i), nil, c.slots))
		c.peer = append(c.peer, newHostOf(b, c.net, name+2, fmt.Sprint("peer", i), nil, c.slots))
		c.to = append(c.to, newHostOf(b, c.net, name+3, fmt.Sprint("to", i), nil, c.slots))
		for q := range c.slots {
			c.connect(b, c.from[i], c.peer[i], q)
			c.connect(b, c.peer[i], c.from[i], q)
		}
	}
	return c
}

// connect makes queue pair q of a host, which gets slot q.
func (c *crowd) connect(b *testing.B, h, partner *host, q int) {
	p := attrs(h, partner)
	p.QPN, p.RemoteQPN, p.MigGroup = uint32(q)+2, uint32(q)+2, uint16(q/groupSize)+1
	img := p.Image()
	if s := c.command(b, h, abi.CMDCreateQP, 0, 0, img[:]); s != uint32(q) {
		b.Fatalf("queue pair %d got slot %d", q, s)
	}
	for _, m := range toRTS {
		c.command(b, h, abi.CMDModifyQP, uint32(q)|uint32(m.to)<<24, m.attrs, img[:])
	}
}

// command is host.ok without testing.TB.Helper.
func (c *crowd) command(b *testing.B, h *host, op abi.CMD, arg0, arg1 uint32, image []byte) uint32 {
	if err := h.ram.Write(imageAt, image); err != nil {
		b.Fatal(err)
	}
	write(b, h, abi.RegCMDArg0, arg0)
	write(b, h, abi.RegCMDArg1, arg1)
	write(b, h, abi.RegCMDAddrLO, imageAt)
	write(b, h, abi.RegCMDGo, uint32(op))
	if s := c.await(b, h, abi.RegCMDStatus); s != uint32(abi.CmdStatusOK) {
		b.Fatalf("%s: %v %#x: %v", h.name, op, arg0, abi.CmdStatus(s))
	}
	v, _ := h.dev.ReadReg(abi.RegCMDResult)
	return v
}

// await lets the world go on until the top bit of a register, busy, is 0.
func (c *crowd) await(b *testing.B, h *host, reg uint32) uint32 {
	for {
		if err := c.net.Step(); err != nil {
			b.Fatal(err)
		}
		if v, err := h.dev.ReadReg(reg); err != nil {
			b.Fatal(err)
		} else if v&abi.RegCMDStatusBusyMask == 0 {
			return v
		}
	}
}

func write(b *testing.B, h *host, reg, v uint32) {
	if err := h.dev.WriteReg(reg, v); err != nil {
		b.Fatal(err)
	}
}

// moved is what it took.
type moved struct{ bytes, stall, pause uint64 }

func (m *moved) add(x moved) {
	m.bytes += x.bytes
	m.stall += x.stall
	m.pause += x.pause
}

// move takes all queue pairs from from[i] to to[i], container by container.
func (c *crowd) move(b *testing.B, i int) (m moved) {
	from, to := c.from[i], c.to[i]
	begin := c.net.Now()
	image := make([]byte, abi.QPCSize)
	for first := 0; first < c.slots; first += groupSize {
		group := uint32(first/groupSize+1) | abi.RegStallGroupMask
		stalled := c.net.Now()
		write(b, from, abi.RegStall, group)
		if s := c.await(b, from, abi.RegStallStatus); s != groupSize {
			b.Fatalf("%d queue pairs of group %#x stopped", s, group)
		}
		m.stall += c.net.Now() - stalled
		for q := first; q < first+groupSize; q++ {
			c.command(b, from, abi.CMDDumpQP, uint32(q), 0, nil)
			from.ram.DMARead(imageAt, image)
			m.bytes += uint64(len(image))
			c.command(b, to, abi.CMDLoadQP, 0, 0, image)
		}
		write(b, to, abi.RegResume, group)
		if s := c.await(b, to, abi.RegStallStatus); s != groupSize {
			b.Fatalf("%d queue pairs of group %#x were activated", s, group)
		}
		for q := uint16(first); q < uint16(first+groupSize); {
			x, _ := to.dev.(*nic.NIC).Core().Context(q)
			if x.State == abi.StateRTS && !x.ResumePending {
				q++
			} else if err := c.net.Step(); err != nil {
				b.Fatal(err)
			}
		}
	}
	m.pause = c.net.Now() - begin
	for q := range uint16(c.slots) {
		if x, _ := c.peer[i].dev.(*nic.NIC).Core().Context(q); x.RemoteIP != to.ip {
			b.Fatalf("the partner of queue pair %d believes it at %v", q, x.RemoteIP)
		}
	}
	return m
}
