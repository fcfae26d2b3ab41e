package sim

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
)

// BenchmarkRoundTrip is one PING and its answer.
func BenchmarkRoundTrip(b *testing.B) {
	c := startEcho(b, echo(), bridge.Command{}, bridge.Options{})
	for b.Loop() {
		send(b, c, bridge.Item{Kind: bridge.KindPing})
		if _, err := c.Recv(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkItems is one PING and its answer of many under way: the cost of an item on both sides.
func BenchmarkItems(b *testing.B) {
	c := startEcho(b, echo(), bridge.Command{}, bridge.Options{})
	answered := 0
	for sent := 0; b.Loop(); sent++ {
		send(b, c, bridge.Item{Kind: bridge.KindPing})
		if sent-answered < 8192 {
			continue
		}
		for range 4096 {
			if _, err := c.Recv(); err != nil {
				b.Fatal(err)
			}
			answered++
		}
	}
}

// BenchmarkBridged runs frames through a device: over the bridge, and the same recorded stimulus without it. The echo
// device is the harness alone; the NIC drops its frames, with a retire record each. Metrics: cycles per second of both,
// and their ratio.
func BenchmarkBridged(b *testing.B) {
	needVerilator(b)
	for _, top := range []string{TopEcho, TopCore} {
		b.Run(top, func(b *testing.B) { benchmarkBridged(b, Params{Top: top}) })
	}
}

func benchmarkBridged(b *testing.B, p Params) {
	const cycles, every = 500_000, 1000
	run := func(record io.Writer) time.Duration {
		c := startEcho(b, p, bridge.Command{}, bridge.Options{Record: record})
		defer c.Close()
		start := time.Now()
		send(b, c, bridge.Item{Kind: bridge.KindRegWrite, Addr: uint64(abi.RegCtrl), Value: 1})
		for cycle := 0; cycle < cycles; cycle += every {
			send(b, c, bridge.Item{Kind: bridge.KindRX, Cycle: uint64(cycle), Data: bytes.Repeat([]byte{1}, 1000)},
				bridge.Item{Kind: bridge.KindRun, Cycle: uint64(cycle + every)})
		}
		send(b, c, bridge.Item{Kind: bridge.KindPing})
		until(b, c, bridge.KindPong)
		return time.Since(start)
	}
	path, err := (&Builder{}).Build(b.Context(), p)
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "stimulus")
	rec, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	run(rec)
	rec.Close()
	bridged, bare := time.Duration(0), 0.0
	for b.Loop() {
		bridged += run(nil)
		res, err := Bare(b.Context(), path, file, 0)
		if err != nil {
			b.Fatal(err)
		}
		bare += res.WallSeconds
	}
	n := float64(b.N) * cycles
	b.ReportMetric(n/bridged.Seconds(), "bridged-cycles/s")
	b.ReportMetric(n/bare, "bare-cycles/s")
	b.ReportMetric(bare/bridged.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}
