package figures

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Point is one migration to measure.
type Point struct {
	// QPs is the number of queue pairs of the container that moves, 1..200.
	QPs int
	// Loss is the chance in 1000 that a link loses a frame.
	Loss uint16
	// Memory is the bytes of the container's memory.
	Memory uint64
	// Dirty is the pages of it that the container writes to in a million cycles (4 ms).
	Dirty uint64
	// PreCopy is the rounds of copying before the container stops.
	PreCopy int
	// Seed of the losses.
	Seed uint64
}

// Result is what a migration cost. Times are in cycles of 4 ns.
type Result struct {
	Point
	// Pause is from the stop to the activation, Blackout from the last completion before to the first after.
	Pause, Blackout uint64
	// Image is the bytes of the image, Copied those of memory copied.
	Image, Copied uint64
	// Goodput and Still are the bytes that were written and acknowledged in Horizon cycles, with the migration and
	// without.
	Goodput, Still uint64
}

const (
	// Horizon is how long goodput is measured: 20 ms.
	Horizon = 5_000_000

	mostQPs  = 200
	ramSize  = 96 << 20
	overhead = 512 << 10 // memory of a container beside what it touches: rings and the message
	settle   = 100_000   // cycles until the flow is steady
)

// Measure runs one migration, and the same flow without it.
func Measure(p Point) (Result, error) {
	r := Result{Point: p}
	for _, moves := range []bool{false, true} {
		if err := r.run(moves); err != nil {
			return r, fmt.Errorf("%+v: %w", p, err)
		}
	}
	return r, nil
}

// run makes the world anew and runs the flow for Horizon cycles, in which the container moves or does not.
func (r *Result) run(moves bool) error {
	w, app, flow, err := r.world()
	if err != nil {
		return err
	}
	end := w.Now() + settle
	until := func() bool { return w.Now() >= end }
	if err := w.Run(2*settle, until); err != nil {
		return err
	}
	before := flow.bytes
	end = w.Now() + Horizon
	var res *host.Result
	if moves {
		if res, err = host.Migrate(w, app, w.Host("a"), w.Host("c"), host.Options{PreCopy: r.PreCopy}); err != nil {
			return err
		}
	}
	if err := w.Run(2*Horizon, until); err != nil {
		return err
	}
	if !moves {
		r.Still = flow.bytes - before
		return nil
	}
	r.Goodput = flow.bytes - before
	r.Pause, r.Blackout, r.Image, r.Copied = res.PauseCycles, res.Blackout.Cycles(), res.ImageBytes, res.CopiedBytes
	if r.Blackout == 0 {
		return errors.New("no completion came after the migration")
	}
	return nil
}

// world is host a with a container that writes to one on host b, and host c with nothing.
func (r *Result) world() (*host.World, *host.Container, *writer, error) {
	if r.QPs < 1 || r.QPs > mostQPs || r.Memory > ramSize/2 || r.Loss > 1000 {
		return nil, nil, nil, errors.New("out of range")
	}
	seed := fabric.SplitMix(r.Seed)
	f := fabric.New(0, &seed)
	w := host.NewWorld(f)
	for _, name := range []string{"a", "b", "c"} {
		ram := mem.NewRAM(ramSize)
		params := nic.DefaultParams()
		params.NumQP = mostQPs
		if _, err := w.AddHost(host.HostConfig{Name: name, NIC: nic.New(nic.Config{Params: params}, ram), RAM: ram}); err != nil {
			return nil, nil, nil, err
		}
	}
	app, err := w.NewContainer("app", w.Host("a"), host.ContainerAttr{Memory: r.Memory + overhead})
	if err != nil {
		return nil, nil, nil, err
	}
	sink, err := w.NewContainer("sink", w.Host("b"), host.ContainerAttr{Memory: overhead})
	if err != nil {
		return nil, nil, nil, err
	}
	flow, err := newWriter(app, sink, r.QPs)
	if err == nil {
		err = newToucher(app, r.Memory, r.Dirty)
	}
	if err == nil {
		err = f.SetFaults(fabric.Faults{Loss: r.Loss})
	}
	return w, app, flow, err
}
