package host_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
)

// start sets up a workload on as many hosts as it has containers, and one more.
func start(t *testing.T, l *host.Workload, faults fabric.Faults, o host.WorkloadOpts) (*host.World, []*host.Container) {
	t.Helper()
	w := newWorldOf(t, l.Containers+1, faults, abi.FeaturesAll)
	var cs []*host.Container
	for i := range l.Containers {
		cs = append(cs, newContainer(t, w, fmt.Sprintf("c%d", i), string(rune('A'+i))))
	}
	if err := l.Start(cs, o); err != nil {
		t.Fatal(err)
	}
	return w, cs
}

func TestWorkloads(t *testing.T) {
	for _, l := range host.Workloads() {
		for _, o := range []host.WorkloadOpts{{}, {Count: 1}, {Count: 150, Seed: 9}, {Size: 40, Count: 70}} {
			t.Run(fmt.Sprintf("%s %d of %d bytes", l.Name, o.Count, o.Size), func(t *testing.T) {
				w, _ := start(t, &l, lossy, o)
				finish(t, w, 100_000_000)
			})
		}
	}
}

// A byte that changes on its way is noticed by the programs. Here it changes in the first message of every buffer, now and
// then.
func TestWorkloadsVerify(t *testing.T) {
	for _, l := range host.Workloads() {
		t.Run(l.Name, func(t *testing.T) {
			w, cs := start(t, &l, fabric.Faults{}, host.WorkloadOpts{Count: 200})
			spoilt := 0
			for _, c := range cs {
				c.Add(program(func(e *host.Env) error {
					spoilt++
					if spoilt%7 != 0 {
						return nil
					}
					for _, b := range buffers(c, l.Size) {
						if err := e.Context().Write(b, []byte{byte(spoilt)}); err != nil {
							return err
						}
					}
					return nil
				}))
			}
			err := w.Run(3_000_000, func() bool { return false })
			if !errors.Is(err, host.ErrData) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// buffers are addresses in a container's application memory: one in each 8 of the first n bytes of its regions, or of
// 128.
func buffers(c *host.Container, n uint32) []uint64 {
	var all []uint64
	if n == 0 {
		n = 128
	}
	n = max(n, 16)
	p := c.Context().Partition()
	for key := p.Key.Base; key < p.Key.Base+p.Key.Count; key++ {
		if mr := c.Context().MR(key); mr != nil {
			for off := uint64(0); off < uint64(n); off += 8 {
				all = append(all, mr.VA()+off)
			}
		}
	}
	return all
}

func TestPerfMeasures(t *testing.T) {
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWrite, abi.WROpcodeRDMARead} {
		var stats [2]host.PerfStats
		for i, depth := range []uint32{1, 16} {
			w := newWorldOf(t, 2, fabric.Faults{}, abi.FeaturesAll)
			a, b := newContainer(t, w, "a", "A"), newContainer(t, w, "b", "B")
			from, to, err := host.NewPerf(a, b, host.PerfOpts{Op: op, Size: 2048, Count: 40, Depth: depth})
			if err != nil {
				t.Fatal(err)
			}
			finish(t, w, 10_000_000)
			s := from.Stats()
			if s.Messages != 40 || s.Bytes != 40*2048 || to.Received() != 40 || s.Least == 0 || s.Least > s.Most || s.Sum < 40*s.Least {
				t.Errorf("%v, depth %d: %+v", op, depth, s)
			}
			stats[i] = s
		}
		if lat, bw := stats[0], stats[1]; bw.End-bw.Begin >= (lat.End-lat.Begin)/2 {
			t.Errorf("%v: %d cycles with one in flight, %d with 16", op, lat.End-lat.Begin, bw.End-bw.Begin)
		}
	}
}

func TestWorkloadsRefuse(t *testing.T) {
	w := newWorld(t, 2, fabric.Faults{})
	a, b := newContainer(t, w, "a", "A"), newContainer(t, w, "b", "B")
	ring := host.Workloads()[len(host.Workloads())-1]
	for _, l := range host.Workloads() {
		if l.Name == "all-to-all" {
			ring = l
		}
	}
	if err := ring.Start([]*host.Container{a, b}, host.WorkloadOpts{}); err == nil {
		t.Error("two containers are taken for three")
	}
	if _, err := host.NewAllToAll([]*host.Container{a}, host.WorkloadOpts{Size: 1, Count: 1}); !errors.Is(err, driver.ErrInval) {
		t.Errorf("all-to-all: error %v", err)
	}
	if _, _, err := host.NewWriteLatency(a, b, host.WorkloadOpts{Size: 3, Count: 1}); !errors.Is(err, driver.ErrInval) {
		t.Errorf("write latency: error %v", err)
	}
	if _, _, err := host.NewPerf(a, b, host.PerfOpts{Op: abi.WROpcodeSend, Size: 1, Count: 1}); !errors.Is(err, driver.ErrInval) {
		t.Errorf("perf: error %v", err)
	}
}

// A copy whose memory is not the original's fails the migration, if it is asked to look (R12).
func TestMigrateVerifies(t *testing.T) {
	s := newScene(t, lossy, 300_000, 3)
	spoil := true
	o := host.Options{Verify: true, Fault: func(p host.Phase, done bool) error {
		if p == host.PhaseRestore && !done && spoil {
			for at := uint64(0); at < 1<<20; at += driver.WindowAlign {
				if err := s.w.Host("C").RAM.Write(at+100, []byte{0xee, 0xaa}); err != nil {
					return err
				}
			}
		}
		return nil
	}}
	r, err := host.Migrate(s.w, s.src, s.w.Host("A"), s.w.Host("C"), o)
	if !errors.Is(err, host.ErrIdentity) || !r.RolledBack {
		t.Fatalf("error %v, %+v", err, r)
	}
	spoil = false
	s.move(s.src, "A", "C", o)
	s.end()
}
