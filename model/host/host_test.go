package host_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// newWorld makes hosts A, B, C ... with golden NICs, and links with faults.
func newWorld(t testing.TB, hosts int, faults fabric.Faults) *host.World {
	t.Helper()
	return newWorldOf(t, hosts, faults, 0)
}

// newWorldOf is newWorld with NICs that have features.
func newWorldOf(t testing.TB, hosts int, faults fabric.Faults, features abi.Feature) *host.World {
	t.Helper()
	seed := fabric.SplitMix(1)
	f := fabric.New(0, &seed)
	if err := f.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
	w := host.NewWorld(f)
	for i := range hosts {
		ram := mem.NewRAM(4 << 20)
		dev := nic.New(nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true, Features: features}}, ram)
		if _, err := w.AddHost(host.HostConfig{Name: string(rune('A' + i)), NIC: dev, RAM: ram}); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func newContainer(t testing.TB, w *host.World, name, on string) *host.Container {
	t.Helper()
	c, err := w.NewContainer(name, w.Host(on), host.ContainerAttr{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// text is n bytes that repeat nowhere near a message.
func text(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d,", i*i)
	}
	return b.Bytes()[:n]
}

// lossy is a link worse than any that is repaired.
var lossy = fabric.Faults{Loss: 10, Dup: 10, Reorder: 10}

// finish runs the world until all containers are done.
func finish(t testing.TB, w *host.World, limit uint64) {
	t.Helper()
	err := w.Run(limit, func() bool {
		for _, c := range w.Containers() {
			if !c.Done() {
				return false
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStream(t *testing.T) {
	for _, tc := range []struct {
		name   string
		bytes  int
		chunk  uint32
		faults fabric.Faults
	}{
		{"empty", 0, 0, fabric.Faults{}},
		{"one byte", 1, 0, fabric.Faults{}},
		{"clean", 300_000, 0, fabric.Faults{}},
		{"lossy", 300_000, 0, lossy},
		{"many a window", 10_000, 40, fabric.Faults{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, 2, tc.faults)
			data := text(tc.bytes)
			_, r, err := host.NewStream(newContainer(t, w, "src", "A"), newContainer(t, w, "dst", "B"), data, host.StreamOpts{Chunk: tc.chunk})
			if err != nil {
				t.Fatal(err)
			}
			finish(t, w, 50_000_000)
			if r.Received() != uint64(len(data)) || r.Sum() != sha256.Sum256(data) {
				t.Errorf("received %d bytes of %d, or others", r.Received(), len(data))
			}
			t.Logf("%d cycles", w.Now())
		})
	}
}
