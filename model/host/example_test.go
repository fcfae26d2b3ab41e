package host_test

import (
	"crypto/sha256"
	"fmt"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Three hosts, a stream from A to B over links with 1 % loss, and the sender's container moves to C and home again.
func ExampleMigrate() {
	fail := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	seed := fabric.SplitMix(1)
	f := fabric.New(0, &seed)
	fail(f.SetFaults(fabric.Faults{Loss: 10}))
	w := host.NewWorld(f)
	for _, name := range []string{"A", "B", "C"} {
		ram := mem.NewRAM(4 << 20)
		dev := nic.New(nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true}}, ram)
		_, err := w.AddHost(host.HostConfig{Name: name, NIC: dev, RAM: ram})
		fail(err)
	}
	src, err := w.NewContainer("src", w.Host("A"), host.ContainerAttr{})
	fail(err)
	dst, err := w.NewContainer("dst", w.Host("B"), host.ContainerAttr{})
	fail(err)
	data := text(1 << 20)
	_, recv, err := host.NewStream(src, dst, data, host.StreamOpts{})
	fail(err)

	received := func(n int) func() bool { return func() bool { return recv.Received() >= uint64(n) } }
	fail(w.Run(100_000_000, received(len(data)/3)))
	there, err := host.Migrate(w, src, w.Host("A"), w.Host("C"), host.Options{PreCopy: 1})
	fail(err)
	fail(w.Run(100_000_000, received(2*len(data)/3)))
	back, err := host.Migrate(w, src, w.Host("C"), w.Host("A"), host.Options{PreCopy: 1})
	fail(err)
	fail(w.Run(100_000_000, func() bool { return src.Done() && dst.Done() }))

	fmt.Println("same data:", recv.Sum() == sha256.Sum256(data))
	for _, r := range []*host.Result{there, back} {
		fmt.Printf("%s from %s to %s: moved %v, paused %v, %v\n", r.Container, r.From, r.To, r.Moved,
			r.PauseCycles > 0, r.Blackout.Cycles() >= r.PauseCycles)
	}
	// Output:
	// same data: true
	// src from A to C: moved true, paused true, true
	// src from C to A: moved true, paused true, true
}
