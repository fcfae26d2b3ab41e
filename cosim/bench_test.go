package cosim

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
)

// record runs a stream over the RTL and returns the stimulus of host a, item by item.
func record(b *testing.B, loss uint16, size int, move bool) []bridge.Item {
	b.Helper()
	path := filepath.Join(b.TempDir(), "stimulus")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r := newRig(b, func(ram *mem.RAM) (*Device, *lockstep.Checker) {
		dev, check, err := RTL{RAM: ram, Bridge: bridge.Options{Record: f}}.Open(context.Background())
		if err != nil {
			b.Skip("SKIPPED: ", err)
		}
		b.Cleanup(func() { dev.Close() })
		return dev, check
	}, loss, size)
	if err := r.stream(move); err != nil {
		b.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var items []bridge.Item
	for len(data) > 0 {
		// Frames that carried credit only were not recorded, so the numbers have gaps.
		got, size, err := bridge.DecodeFrame(data, binary.LittleEndian.Uint32(data[4:]))
		if err != nil {
			b.Fatal(err)
		}
		items, data = append(items, got...), data[size:]
	}
	return items
}

// bridged plays stimulus over the bridge, with every observation checked in lockstep, and returns the time it took.
func bridged(b *testing.B, path string, items []bridge.Item) time.Duration {
	b.Helper()
	conn, err := bridge.Start(bridge.Command{Path: path}, bridge.Options{
		Hello: bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	check := lockstep.New(lockstep.Options{Params: NICParams(sim.Params{})})
	start := time.Now()
	owed := 0
	take := func() {
		it, err := conn.Recv()
		if err != nil {
			b.Fatal(err)
		}
		if answers(it.Kind) {
			owed--
		}
		if err := check.Observed(&it); err != nil {
			b.Fatal(err)
		}
	}
	for i := range items {
		it := items[i]
		if it.Kind == bridge.KindReset || it.Kind == bridge.KindTestBegin {
			for owed > 0 {
				take()
			}
		}
		check.Sent(&it)
		if err := conn.Send(it); err != nil {
			b.Fatal(err)
		}
		if asks(it.Kind) {
			owed++
		}
		for owed > 0 && conn.Buffered() {
			take()
		}
	}
	for owed > 0 {
		take()
	}
	return time.Since(start)
}

// asks and answers tell which stimulus is answered, and by which observation.
func asks(k bridge.Kind) bool {
	switch k {
	case bridge.KindRegRead, bridge.KindRegWrite, bridge.KindRun, bridge.KindTestEnd:
		return true
	}
	return false
}

func answers(k bridge.Kind) bool {
	switch k {
	case bridge.KindRegData, bridge.KindRegDone, bridge.KindRan, bridge.KindTestDone:
		return true
	}
	return false
}

// measure plays stimulus bare and bridged, in turn, and reports the medians of units per second and their ratio.
func measure(b *testing.B, unit string, items []bridge.Item, units func(sim.BareResult) float64) {
	b.Helper()
	path, err := (&sim.Builder{}).Build(b.Context(), sim.Params{})
	if err != nil {
		b.Skip("SKIPPED: ", err)
	}
	file := filepath.Join(b.TempDir(), "items")
	var frames []byte
	for i, chunk := range slices.Collect(slices.Chunk(items, 256)) {
		frames = bridge.AppendFrame(frames, uint32(i), chunk...)
	}
	if err := os.WriteFile(file, frames, 0o666); err != nil {
		b.Fatal(err)
	}
	const rounds = 7
	var bareRate, bridgedRate []float64
	for b.Loop() {
		for range rounds {
			res, err := sim.Bare(b.Context(), path, file, 0)
			if err != nil || res.Failed {
				b.Fatal(err, res.Failed)
			}
			bareRate = append(bareRate, units(res)/res.WallSeconds)
			bridgedRate = append(bridgedRate, units(res)/bridged(b, path, items).Seconds())
		}
	}
	median := func(v []float64) float64 {
		slices.Sort(v)
		return v[len(v)/2]
	}
	b.ReportMetric(median(bareRate), "bare-"+unit+"/s")
	b.ReportMetric(median(bridgedRate), "bridged-"+unit+"/s")
	b.ReportMetric(median(bridgedRate)/median(bareRate), "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkLockstep is the RTL alone against the RTL over the bridge in lockstep, on the stimulus of a container
// that streams over lossy links and moves.
func BenchmarkLockstep(b *testing.B) {
	items := record(b, 10, 1_000_000, true)
	measure(b, "cycles", items, func(r sim.BareResult) float64 { return float64(r.Cycles) })
}

// BenchmarkTests is many short tests, each from reset: set-up of a connection and a message of one packet.
func BenchmarkTests(b *testing.B) {
	one := record(b, 0, 1000, false)
	const tests = 200
	var items []bridge.Item
	for n := range uint32(tests) {
		for _, it := range one {
			if it.Kind == bridge.KindReset {
				if n == 0 {
					items = append(items, it)
				}
				it = bridge.Item{Kind: bridge.KindTestBegin, Value: n}
			}
			items = append(items, it)
		}
		items = append(items, bridge.Item{Kind: bridge.KindTestEnd, Value: n})
	}
	measure(b, "tests", items, func(sim.BareResult) float64 { return tests })
}
