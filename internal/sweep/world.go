package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// limit is the cycles that the workload may take from the cut on: all the retries of any timer are in it.
const limit = 50_000_000

// recorder counts the retire records of a NIC, and remembers when each was committed and what it was, if asked to.
type recorder struct {
	on    bool
	ends  []uint64
	about []string
	count int
}

// Retire implements nic.Observer.
func (r *recorder) Retire(cycle uint64, rec *abi.Retire) {
	r.count++
	if r.on {
		r.ends = append(r.ends, cycle)
		r.about = append(r.about, fmt.Sprintf("%v of slot %d, %v", rec.Cause, rec.Slot, rec.Verdict))
	}
}

// The rest of nic.Observer is of no interest here.
func (r *recorder) DMARead(uint64, uint64, []byte)  {}
func (r *recorder) DMAWrite(uint64, uint64, []byte) {}
func (r *recorder) Transmit(uint64, []byte)         {}
func (r *recorder) IRQ(uint64, bool)                {}

// world is a workload on hosts of its own: one for each container, and one to move to.
type world struct {
	w     *host.World
	cs    []*host.Container
	spare *host.Host
	rec   recorder // of the NIC under the container that moves
	// done has the completions of each container by queue: those of a queue come in an order, those of two do not.
	done []map[string][]driver.WC
}

// features is what the NICs have: nothing beyond SEND and WRITE where that will do, so that both kinds are swept.
func features(l *host.Workload, o *Options) abi.Feature {
	if l.Needs == 0 && !o.IPv6 {
		return 0
	}
	return abi.FeaturesAll
}

func newWorld(l *host.Workload, moves int, o *Options) (*world, error) {
	seed := fabric.SplitMix(o.Seed)
	f := fabric.New(0, &seed)
	if err := f.SetFaults(fabric.Faults{Loss: o.Loss, Dup: o.Loss, Reorder: o.Loss}); err != nil {
		return nil, err
	}
	x := &world{w: host.NewWorld(f)}
	for i := range l.Containers + 1 {
		ram := mem.NewRAM(1 << 20)
		cfg := nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true, Features: features(l, o)}}
		if i == moves {
			cfg.Observer = &x.rec
		}
		hc := host.HostConfig{Name: string(rune('A' + i)), NIC: nic.New(cfg, ram), RAM: ram}
		if o.IPv6 {
			hc.IP = wire.Addr{0: 0xfd, 15: byte(i + 1)}
		}
		h, err := x.w.AddHost(hc)
		if err != nil {
			return nil, err
		}
		x.spare = h
		if i == l.Containers {
			break
		}
		c, err := x.w.NewContainer(fmt.Sprintf("c%d", i), h, host.ContainerAttr{})
		if err != nil {
			return nil, err
		}
		done := map[string][]driver.WC{}
		c.Watch = func(wc driver.WC) {
			queue := fmt.Sprintf("QP %d sends", wc.QPN)
			if wc.Opcode == abi.WCOpcodeRecv {
				queue = fmt.Sprintf("QP %d receives", wc.QPN)
			}
			done[queue] = append(done[queue], wc)
		}
		x.cs, x.done = append(x.cs, c), append(x.done, done)
	}
	return x, l.Start(x.cs, host.WorkloadOpts{Count: o.Messages, Seed: uint32(o.Seed)})
}

func (x *world) over() bool {
	for _, c := range x.cs {
		if !c.Done() {
			return false
		}
	}
	return true
}

// finish runs until the programs are done and the NICs silent, and checks what is left.
func (x *world) finish(ctx context.Context) error {
	err := x.w.Run(limit, func() bool { return x.over() || ctx.Err() != nil })
	if err := errors.Join(ctx.Err(), err); err != nil {
		return err
	}
	for _, h := range x.w.Hosts() {
		if n := h.RAM.Faults(); n != 0 {
			return fmt.Errorf("host %s: %d DMA accesses outside of memory", h.Name, n)
		}
	}
	return nil
}

// baseline is the workload without a migration.
type baseline struct {
	from  int      // records before the workload began
	ends  []uint64 // when each of its records was committed
	about []string
	done  []map[string][]driver.WC
	// states are those of the queue pairs in the end, by container.
	states [][]abi.State
}

func newBaseline(ctx context.Context, l *host.Workload, moves int, o *Options) (*baseline, error) {
	x, err := newWorld(l, moves, o)
	if err != nil {
		return nil, err
	}
	b := &baseline{from: x.rec.count}
	x.rec.on = true
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	b.ends, b.about, b.done, b.states = x.rec.ends, x.rec.about, x.done, x.states()
	return b, nil
}

func (x *world) states() [][]abi.State {
	var all [][]abi.State
	for _, c := range x.cs {
		var s []abi.State
		for _, q := range c.Context().QPs() {
			s = append(s, q.State())
		}
		all = append(all, s)
	}
	return all
}

// cut runs the workload, moves the container right behind record index, counted from 0, and lets the workload end.
func cut(ctx context.Context, l *host.Workload, moves, index int, b *baseline, o *Options) (*host.Result, error) {
	x, err := newWorld(l, moves, o)
	if err != nil {
		return nil, err
	}
	at := b.ends[index]
	for x.w.Now()+x.w.Fabric().Window() <= at {
		if err := x.w.Step(); err != nil {
			return nil, err
		}
	}
	if err := x.w.StepTo(at); err != nil {
		return nil, err
	}
	if n := x.rec.count - b.from; n != index+1 {
		return nil, fmt.Errorf("BUG: the run differs from that without a cut: %d records, want %d", n, index+1)
	}
	c := x.cs[moves]
	from := c.Host()
	r, err := host.Migrate(x.w, c, from, x.spare, host.Options{PreCopy: o.PreCopy, Verify: true})
	if err != nil {
		return nil, err
	}
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	return r, x.compare(l, b, c, from)
}

// compare holds the end of a run with a cut against one without.
func (x *world) compare(l *host.Workload, b *baseline, moved *host.Container, from *host.Host) error {
	if moved.Host() != x.spare {
		return fmt.Errorf("container %s is on %s, not on %s", moved.Name, moved.Host().Name, x.spare.Name)
	}
	if n := len(from.Driver.Contexts()); n != 0 {
		return fmt.Errorf("%d contexts are left on %s", n, from.Name)
	}
	for i, s := range x.states() {
		if !slices.Equal(s, b.states[i]) {
			return fmt.Errorf("container %s: the queue pairs are in %v, want %v", x.cs[i].Name, s, b.states[i])
		}
	}
	if l.Races {
		return nil // the programs know how many there must be
	}
	for i := range x.cs {
		if err := sameCompletions(x.done[i], b.done[i]); err != nil {
			return fmt.Errorf("container %s: %w", x.cs[i].Name, err)
		}
	}
	return nil
}

func sameCompletions(got, want map[string][]driver.WC) error {
	var queues []string
	for q := range want {
		queues = append(queues, q)
	}
	for q := range got {
		if want[q] == nil {
			queues = append(queues, q)
		}
	}
	slices.Sort(queues)
	for _, q := range queues {
		g, w := got[q], want[q]
		if len(g) != len(w) {
			return fmt.Errorf("%s: %d completions, want %d", q, len(g), len(w))
		}
		for i := range w {
			if g[i] != w[i] {
				return fmt.Errorf("%s: completion %d is %+v, want %+v", q, i, g[i], w[i])
			}
		}
	}
	return nil
}
