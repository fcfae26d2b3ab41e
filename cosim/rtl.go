package cosim

import (
	"context"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// RTL says which simulated NIC to open, and how.
type RTL struct {
	// Params of the build; the zero value is the reference NIC.
	Params sim.Params
	// Builder finds and caches simulators.
	Builder sim.Builder
	// RAM is the host memory the NIC works in.
	RAM *mem.RAM
	// Bridge are the options of the connection; its Hello may be left zero.
	Bridge bridge.Options
	// Listen is a TCP address; empty means a private Unix socket.
	Listen string
	// Seed and Backpressure as in Config.
	Seed         uint32
	Backpressure bridge.Backpressure
	// Watch, if not nil, is told what the NIC does, as the golden NIC tells it. What lockstep objects to it is not
	// told any more.
	Watch nic.Observer
	// Wave, if its path is not empty, asks for a waveform. It takes a build of its own, which is slower.
	Wave Wave
}

// Wave is a waveform to write.
type Wave struct {
	// Path is the FST file.
	Path string
	// From is about the first cycle of it.
	From uint64
}

// NICParams are the parameters of a build as the golden model takes them.
func NICParams(p sim.Params) nic.Params {
	n := nic.DefaultParams()
	set := func(dst *int, v int) {
		if v != 0 {
			*dst = v
		}
	}
	set(&n.NumQP, p.NumQP)
	set(&n.NumMR, p.NumMR)
	set(&n.NumCQ, p.NumCQ)
	n.Migration = p.Migration == sim.On
	return n
}

// Open builds the simulator if need be, starts it, and returns the NIC in it with a lockstep checker that sees
// every observation: the first divergence is the error of the call during which it was observed.
func (r RTL) Open(ctx context.Context) (*Device, *lockstep.Checker, error) {
	check := lockstep.New(lockstep.Options{Params: NICParams(r.Params), TickCycles: uint64(r.Params.TickDiv)})
	if r.Wave.Path != "" {
		r.Params.Trace = true
	}
	var o Observer = check
	if r.Watch != nil {
		o = &watcher{Checker: check, watch: r.Watch}
	}
	d, err := r.open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	return d, check, nil
}

func (r RTL) open(ctx context.Context, o Observer) (*Device, error) {
	opts := r.Bridge
	opts.Hello.Role = bridge.RoleHost
	if opts.Hello.Revision == "" {
		opts.Hello.Revision = abi.Revision
	}
	return NewDevice(Config{
		Start: func() (*bridge.Conn, error) {
			return r.Builder.Start(ctx, r.Params, bridge.Command{Listen: r.Listen}, opts)
		},
		RAM: r.RAM, Seed: r.Seed, Backpressure: r.Backpressure, Observer: o, Wave: r.Wave,
	})
}

// watcher passes on to a nic.Observer what lockstep has approved.
type watcher struct {
	*lockstep.Checker
	watch nic.Observer
}

// Observed implements Observer.
func (w *watcher) Observed(it *bridge.Item) error {
	if err := w.Checker.Observed(it); err != nil {
		return err
	}
	switch it.Kind {
	case bridge.KindDMARead:
		w.watch.DMARead(it.Cycle, it.Addr, it.Data)
	case bridge.KindDMAWrite:
		w.watch.DMAWrite(it.Cycle, it.Addr, it.Data)
	case bridge.KindTX:
		w.watch.Transmit(it.Cycle, it.Data)
	case bridge.KindIRQ:
		w.watch.IRQ(it.Cycle, it.Code != 0)
	case bridge.KindRetire:
		var rec abi.Retire
		rec.Decode(it.Data)
		w.watch.Retire(it.Cycle, &rec)
	}
	return nil
}
