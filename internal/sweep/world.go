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

// world is a workload on hosts of its own: one for each container, and one for each that moves to move to.
type world struct {
	w      *host.World
	cs     []*host.Container
	spares []*host.Host
	recs   []*recorder // of the NICs under the containers that move
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

func newWorld(l *host.Workload, movers []int, o *Options) (*world, error) {
	seed := fabric.SplitMix(o.Seed)
	f := fabric.New(0, &seed)
	if err := f.SetFaults(fabric.Faults{Loss: o.Loss, Dup: o.Loss, Reorder: o.Loss}); err != nil {
		return nil, err
	}
	x := &world{w: host.NewWorld(f)}
	for i := range l.Containers + len(movers) {
		h, err := x.addHost(i, slices.Contains(movers, i), l, o)
		if err != nil {
			return nil, err
		}
		if i >= l.Containers {
			x.spares = append(x.spares, h)
			continue
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

// addHost adds host i, with a recorder at its NIC if its container moves.
func (x *world) addHost(i int, moves bool, l *host.Workload, o *Options) (*host.Host, error) {
	ram := mem.NewRAM(1 << 20)
	cfg := nic.Config{Params: nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true, Features: features(l, o)}}
	hc := host.HostConfig{Name: string(rune('A' + i)), RAM: ram}
	if o.IPv6 {
		hc.IP = wire.Addr{0: 0xfd, 15: byte(i + 1)}
	}
	if !moves {
		hc.NIC = nic.New(cfg, ram)
		return x.w.AddHost(hc)
	}
	r := &recorder{name: hc.Name}
	cfg.Observer = observer{r}
	r.Device = nic.New(cfg, ram)
	hc.NIC = r
	x.recs = append(x.recs, r)
	return x.w.AddHost(hc)
}

// steps counts those of the NICs under the containers that move that are over at a cycle.
func (x *world) steps(at uint64) (n int) {
	for _, r := range x.recs {
		for _, end := range r.ends {
			if end <= at {
				n++
			}
		}
	}
	return n
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
	from     int    // steps before the workload began
	end      uint64 // cycle at which it was over
	instants []instant
	kinds    map[string]int
	done     []map[string][]driver.WC
	// states are those of the queue pairs in the end, by container.
	states [][]abi.State
}

func newBaseline(ctx context.Context, l *host.Workload, movers []int, o *Options) (*baseline, error) {
	x, err := newWorld(l, movers, o)
	if err != nil {
		return nil, err
	}
	b := &baseline{from: x.steps(x.w.Now())}
	for _, r := range x.recs {
		r.on = true
	}
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	b.end = x.w.Now()
	b.instants, b.kinds = instants(x.recs, b.end)
	b.done, b.states = x.done, x.states()
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

// cut runs the workload, moves containers right behind instant index, counted from 0, and lets the workload end.
func cut(ctx context.Context, l *host.Workload, movers []int, index int, b *baseline, o *Options) ([]*host.Result, error) {
	x, err := newWorld(l, movers, o)
	if err != nil {
		return nil, err
	}
	at := b.instants[index]
	if err := x.runTo(at.cycle); err != nil {
		return nil, err
	}
	if n := x.steps(at.cycle) - b.from; n != at.steps {
		return nil, fmt.Errorf("BUG: the run differs from that without a cut: %d steps, want %d", n, at.steps)
	}
	var ms []*host.Migration
	var from []*host.Host
	for i, n := range movers {
		c := x.cs[n]
		m, err := host.NewMigration(x.w, c, c.Host(), x.spares[i], host.Options{PreCopy: o.PreCopy, Verify: true})
		if err != nil {
			return nil, err
		}
		ms, from = append(ms, m), append(from, c.Host())
	}
	if err := host.MigrateAll(ms...); err != nil {
		return nil, err
	}
	if err := x.finish(ctx); err != nil {
		return nil, err
	}
	var rs []*host.Result
	for i, m := range ms {
		rs = append(rs, m.Result())
		if c := x.cs[movers[i]]; c.Host() != x.spares[i] {
			return nil, fmt.Errorf("container %s is on %s, not on %s", c.Name, c.Host().Name, x.spares[i].Name)
		}
		if n := len(from[i].Driver.Contexts()); n != 0 {
			return nil, fmt.Errorf("%d contexts are left on %s", n, from[i].Name)
		}
	}
	return rs, x.compare(l, b)
}

// runTo lets the workload run up to a cycle.
func (x *world) runTo(cycle uint64) error {
	for x.w.Now()+x.w.Fabric().Window() <= cycle {
		if err := x.w.Step(); err != nil {
			return err
		}
	}
	return x.w.StepTo(cycle)
}

// compare holds the end of a run with a cut against one without.
func (x *world) compare(l *host.Workload, b *baseline) error {
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
