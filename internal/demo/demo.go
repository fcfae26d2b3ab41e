// Package demo runs godwit's main job: a container that streams a file over RDMA moves from the Verilated RTL
// NIC to a golden one and back in mid-stream, over links that lose frames, while lockstep checks every step of
// the RTL.
package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Options of a run; zero values choose.
type Options struct {
	// Data is what is streamed.
	Data []byte
	// Loss is the chance in 1000 that a link loses a frame.
	Loss uint16
	// Seed of the losses.
	Seed uint64
	// Builder builds the simulator.
	Builder sim.Builder
	// Recorder takes the frames and the phases; nil records nothing.
	Recorder Recorder
	// Progress is told how many bytes have arrived; may be nil.
	Progress func(done, total int64)
}

// Recorder keeps what happens on the network and what the orchestrator does.
type Recorder interface {
	Frame(ev fabric.TapEvent)
	Phase(r host.Record, res *host.Result)
}

// Summary is the result of a run.
type Summary struct {
	SHA256         string         `json:"sha256"`
	SHA256Match    bool           `json:"sha256_match"`
	Bytes          int            `json:"bytes"`
	Migrations     int            `json:"migrations"`
	Packets        uint64         `json:"packets"`
	LostPackets    uint64         `json:"lost_packets"`
	LockstepSteps  uint64         `json:"lockstep_steps"`
	Mismatches     int            `json:"mismatches"`
	Retransmits    uint64         `json:"retransmissions"`
	ExpectedCycles []uint64       `json:"expected_cycles"`
	PauseCycles    []uint64       `json:"pause_cycles"`
	BlackoutCycles []uint64       `json:"blackout_cycles"`
	ImageBytes     []uint64       `json:"image_bytes"`
	Warnings       []string       `json:"warnings"`
	Cycles         uint64         `json:"cycles"`
	WallSeconds    float64        `json:"wall_seconds"`
	BuildSeconds   float64        `json:"build_seconds"`
	SpecRevision   string         `json:"spec_revision"`
	Lockstep       lockstep.Stats `json:"lockstep"`
}

// limit is how many cycles a run may take; a stream of some MiB takes some ten million.
const limit = 4_000_000_000

// ramSize is the memory of each host.
const ramSize = 4 << 20

// run is the state of a demo.
type run struct {
	opts     Options
	world    *host.World
	check    *lockstep.Checker
	app      *host.Container
	receiver *host.Receiver
	sender   *host.Sender
	sum      Summary
	results  []*host.Result
}

// Run runs the demo. The summary is as good as the run got, also with an error.
func Run(ctx context.Context, o Options) (*Summary, error) {
	r := &run{opts: o}
	r.sum.Bytes, r.sum.SpecRevision = len(o.Data), abi.Revision
	start := time.Now()
	dev, err := r.build(ctx)
	if dev != nil {
		defer dev.Close()
	}
	if err == nil {
		err = r.stream(ctx)
	}
	r.finish(time.Since(start))
	return &r.sum, err
}

// build makes the world: host a with the RTL, hosts b and c with golden NICs. The device is returned also when
// what comes after it fails: it is to be closed.
func (r *run) build(ctx context.Context) (*cosim.Device, error) {
	start := time.Now()
	ram := mem.NewRAM(ramSize)
	dev, check, err := cosim.RTL{RAM: ram, Builder: r.opts.Builder}.Open(ctx)
	if err != nil {
		return nil, err
	}
	r.check = check
	r.sum.BuildSeconds = time.Since(start).Seconds()
	seed := fabric.SplitMix(r.opts.Seed)
	f := fabric.New(0, &seed)
	f.Tap(r.tap)
	r.world = host.NewWorld(f)
	if err := r.populate(dev, ram); err != nil {
		return dev, err
	}
	return dev, f.SetFaults(fabric.Faults{Loss: r.opts.Loss})
}

func (r *run) populate(dev nic.Device, ram *mem.RAM) error {
	if _, err := r.world.AddHost(host.HostConfig{Name: "a", NIC: dev, RAM: ram}); err != nil {
		return err
	}
	for _, name := range []string{"b", "c"} {
		ram := mem.NewRAM(ramSize)
		golden := nic.New(nic.Config{Params: nic.DefaultParams()}, ram)
		if err := golden.Run(r.world.Now()); err != nil {
			return err
		}
		if _, err := r.world.AddHost(host.HostConfig{Name: name, NIC: golden, RAM: ram}); err != nil {
			return err
		}
	}
	var err error
	if r.app, err = r.world.NewContainer("app", r.world.Host("a"), host.ContainerAttr{}); err != nil {
		return err
	}
	sink, err := r.world.NewContainer("sink", r.world.Host("b"), host.ContainerAttr{})
	if err != nil {
		return err
	}
	r.sender, r.receiver, err = host.NewStream(r.app, sink, r.opts.Data, host.StreamOpts{})
	return err
}

// tap counts and records the frames on the links.
func (r *run) tap(ev fabric.TapEvent) {
	if ev.Fate == fabric.Copy {
		return
	}
	r.sum.Packets++
	if ev.Fate != fabric.Delivered && ev.Fate != fabric.Late {
		r.sum.LostPackets++
	}
	if r.opts.Recorder != nil {
		r.opts.Recorder.Frame(ev)
	}
}

// stream lets the programs run, and moves the sender away after a third and back after two thirds.
func (r *run) stream(ctx context.Context) error {
	total := uint64(len(r.opts.Data))
	moves := []struct {
		at       uint64
		from, to string
	}{{total / 3, "a", "c"}, {2 * total / 3, "c", "a"}}
	for _, m := range moves {
		if err := r.until(ctx, func() bool { return r.receiver.Received() >= m.at }); err != nil {
			return err
		}
		res, err := host.Migrate(r.world, r.app, r.world.Host(m.from), r.world.Host(m.to), host.Options{})
		r.record(res)
		if err != nil {
			return fmt.Errorf("migration %s to %s: %w", m.from, m.to, err)
		}
		r.sum.Migrations++
	}
	return r.until(ctx, func() bool { return r.sender.Done() && r.receiver.Done() })
}

// record keeps the result of a migration; one that was refused before it began has none.
func (r *run) record(res *host.Result) {
	if res == nil {
		return
	}
	r.results = append(r.results, res)
	if r.opts.Recorder != nil {
		for _, rec := range res.Log {
			r.opts.Recorder.Phase(rec, res)
		}
	}
}

// until steps the world until done, and says how far it is.
func (r *run) until(ctx context.Context, done func() bool) error {
	err := r.world.Run(limit, func() bool {
		if r.opts.Progress != nil {
			r.opts.Progress(int64(r.receiver.Received()), int64(len(r.opts.Data)))
		}
		return ctx.Err() != nil || done()
	})
	if err == nil {
		err = ctx.Err()
	}
	for _, c := range r.world.Containers() {
		if err == nil && c.Err() != nil {
			err = fmt.Errorf("container %s: %w", c.Name, c.Err())
		}
	}
	return err
}

// finish fills the summary in, with as much as there is: a run may end before its world is whole.
func (r *run) finish(wall time.Duration) {
	s := &r.sum
	s.WallSeconds = wall.Seconds()
	if r.receiver != nil {
		want, got := sha256.Sum256(r.opts.Data), r.receiver.Sum()
		s.SHA256 = fmt.Sprintf("%x", got)
		s.SHA256Match = bytes.Equal(want[:], got[:])
	}
	if r.check != nil {
		s.Lockstep = r.check.Stats()
		s.LockstepSteps = s.Lockstep.Steps
		if r.check.Divergence() != nil {
			s.Mismatches = 1
		}
	}
	if r.world != nil {
		s.Cycles = r.world.Now()
		for _, h := range r.world.Hosts() {
			n, err := h.NIC.ReadReg(abi.RegCounter + abi.CounterRetransmits*abi.RegCounterStride)
			if err == nil {
				s.Retransmits += uint64(n)
			}
		}
	}
	for _, res := range r.results {
		s.ExpectedCycles = append(s.ExpectedCycles, res.ExpectedCycles)
		s.PauseCycles = append(s.PauseCycles, res.PauseCycles)
		for _, w := range res.Warnings {
			s.Warnings = append(s.Warnings, w.String())
		}
		s.BlackoutCycles = append(s.BlackoutCycles, res.Blackout.Cycles())
		s.ImageBytes = append(s.ImageBytes, res.ImageBytes)
	}
}
