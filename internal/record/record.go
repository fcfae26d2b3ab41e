package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/live"
)

// Network is which addresses the two ends use.
type Network string

// The networks.
const (
	IPv4      Network = "ipv4"
	IPv6      Network = "ipv6"
	LinkLocal Network = "ipv6-link-local"
)

// Options of Run.
type Options struct {
	// Guest says what to boot.
	Guest guest.Options
	// Dir is where the scenarios go; it is made. It holds one pair of guests' scenarios, and must be empty.
	Dir string
	// Names are the kinds of scenarios; empty means all.
	Names []string
	// Rounds is how many scenarios there are of each.
	Rounds int
	// Seed is what programs and faults are drawn from.
	Seed uint64
	// MTU is the path MTU.
	MTU int
	// Network is which addresses are used.
	Network Network
	// Progress is told what is being done.
	Progress func(done, total int, what string)
}

// ErrOptions is the error of options that cannot be met.
var ErrOptions = errors.New("bad options")

// programs draws all programs of a run.
func programs(o *Options) ([]*Program, error) {
	if o.Rounds < 1 || o.Rounds > 1000 {
		return nil, fmt.Errorf("%w: %d rounds, not 1..1000", ErrOptions, o.Rounds)
	}
	if bits.OnesCount(uint(o.MTU)) != 1 || o.MTU < 256 || o.MTU > 4096 {
		return nil, fmt.Errorf("%w: a path MTU of %d is none of 256, 512, 1024, 2048, 4096", ErrOptions, o.MTU)
	}
	kinds := Kinds()
	for _, n := range o.Names {
		if !slices.ContainsFunc(kinds, func(k Kind) bool { return k.Name == n }) {
			return nil, fmt.Errorf("%w: there is no scenario %q; --list tells those that there are", ErrOptions, n)
		}
	}
	var out []*Program
	for round := range o.Rounds {
		for i, k := range kinds {
			if len(o.Names) != 0 && !slices.Contains(o.Names, k.Name) {
				continue
			}
			name := k.Name
			if round > 0 {
				name = fmt.Sprintf("%s_%d", k.Name, round+1)
			}
			out = append(out, k.program(name, o.MTU, o.Seed, uint64(round*len(kinds)+i)))
		}
	}
	return out, nil
}

// Result is what was recorded.
type Result struct {
	Scenario string  `json:"scenario"`
	Frames   [2]int  `json:"frames"`
	Seconds  float64 `json:"seconds"`
}

// Report is what Run did.
type Report struct {
	Kernel    string   `json:"kernel"`
	Scenarios []Result `json:"scenarios"`
}

// Run boots two guests and records scenarios.
func Run(ctx context.Context, o Options) (*Report, error) {
	all, err := programs(&o)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOptions, err)
	}
	if old, err := filepath.Glob(filepath.Join(o.Dir, "*.json")); err != nil || len(old) > 0 {
		return nil, fmt.Errorf("%w: %s has scenarios already, and those of other guests do not go with them: take another folder", ErrOptions, o.Dir)
	}
	if o.Progress == nil {
		o.Progress = func(int, int, string) {}
	}
	o.Guest.Progress = func(what string) { o.Progress(0, len(all), what) }
	image, err := guest.Build(ctx, o.Guest)
	if err != nil {
		return nil, err
	}
	o.Progress(0, len(all), "booting two of "+image.Version)
	p, err := newPair(ctx, image, o.Network)
	if err != nil {
		return nil, err
	}
	rep := &Report{Kernel: image.Version}
	rng := rand.New(rand.NewPCG(o.Seed, 1<<63))
	for i, x := range all {
		o.Progress(i, len(all), x.Name)
		var res *Result
		if res, err = p.record(ctx, x, o.Dir, image.Version, rng); err != nil {
			err = fmt.Errorf("%s: %w", x.Name, err)
			break
		}
		rep.Scenarios = append(rep.Scenarios, *res)
	}
	o.Progress(len(rep.Scenarios), len(all), "")
	return rep, errors.Join(err, p.close())
}

// pair is two guests on one Ethernet.
type pair struct {
	dir      string
	net      *ether
	machines [2]*guest.Machine
	ends     [2]*end
}

func newPair(ctx context.Context, image *guest.Image, n Network) (p *pair, err error) {
	p = &pair{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if p.dir, err = os.MkdirTemp("", "godwit-record-"); err != nil {
		return nil, err
	}
	path := func(name string) string { return filepath.Join(p.dir, name) }
	var ports [2]live.Attachment
	for i, s := range []string{"a", "b"} {
		if ports[i], err = live.UnixDgram(path("port-"+s), path("guest-"+s)); err != nil {
			return nil, err
		}
	}
	p.net = newEther(ports[0], ports[1])
	errs := make(chan error, len(p.machines))
	for i, s := range []string{"a", "b"} {
		go func() {
			var err error
			p.machines[i], err = guest.Start(ctx, image, guest.Config{Local: path("guest-" + s), Remote: path("port-" + s), Host: i + 1})
			errs <- err
		}()
	}
	for range p.machines {
		err = errors.Join(err, <-errs)
	}
	for i, m := range p.machines {
		if err == nil {
			p.ends[i], err = newEnd(ctx, m.Verbs, n.has)
		}
	}
	return p, err
}

// has tells whether an address is of the network.
func (n Network) has(a netip.Addr) bool {
	switch n {
	case IPv4:
		return a.Is4In6()
	case LinkLocal:
		return a.IsLinkLocalUnicast()
	default:
		return !a.Is4In6() && !a.IsLinkLocalUnicast()
	}
}

func (p *pair) close() error {
	var errs []error
	for _, m := range p.machines {
		if m != nil {
			m.Close()
		}
	}
	if p.net != nil {
		errs = append(errs, p.net.close())
	}
	if p.dir != "" {
		errs = append(errs, os.RemoveAll(p.dir))
	}
	return errors.Join(errs...)
}

// settle is how long the last frames may take to arrive.
const settle = 20 * time.Millisecond

// record runs a program and writes its three files.
func (p *pair) record(ctx context.Context, x *Program, dir, kernel string, rng *rand.Rand) (*Result, error) {
	begin := time.Now()
	base := filepath.Join(dir, x.Name)
	for i, e := range p.ends {
		// Near the end of the numbers now and then, so that they wrap.
		psn := rng.Uint32N(1 << 24)
		if rng.IntN(4) == 0 {
			psn = 1<<24 - 1 - rng.Uint32N(60)
		}
		if err := e.open(ctx, &x.Attr, psn); err != nil {
			return nil, fmt.Errorf("endpoint %d: %w", i, err)
		}
	}
	for i, e := range p.ends {
		if err := e.connect(ctx, &x.Attr, p.ends[1-i]); err != nil {
			return nil, err
		}
	}
	if err := p.net.begin([2]string{base + ".a.pcap", base + ".b.pcap"}, x.Faults); err != nil {
		return nil, err
	}
	log, err := p.play(ctx, x)
	time.Sleep(settle)
	counts, e := p.net.end()
	if err = errors.Join(err, e); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(p.document(x, kernel, counts, log), "", " ")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(base+".json", text, 0o644); err != nil {
		return nil, err
	}
	for _, e := range p.ends {
		if err := e.shut(ctx); err != nil {
			return nil, err
		}
	}
	return &Result{x.Name, p.net.frames(), time.Since(begin).Seconds()}, nil
}

// play runs the steps.
func (p *pair) play(ctx context.Context, x *Program) (log []entry, err error) {
	waits := func(cmd string) bool {
		verb, _, _ := strings.Cut(cmd, " ")
		return verb == "poll" || verb == "get64" || verb == "state"
	}
	for i := 0; i < len(x.Steps); {
		s := &x.Steps[i]
		if s.Cmd == "" {
			time.Sleep(s.Wait)
			i++
			continue
		}
		e, peer := p.ends[s.Side], p.ends[1-s.Side]
		cmds := []string{e.words(s.Cmd, peer)}
		var out [][]string
		if i++; waits(s.Cmd) {
			var lines []string
			lines, err = e.ask(ctx, cmds[0])
			out = [][]string{lines}
		} else {
			for ; i < len(x.Steps) && x.Steps[i].Side == s.Side && x.Steps[i].Cmd != "" && !waits(x.Steps[i].Cmd) && len(cmds) < 16; i++ {
				cmds = append(cmds, e.words(x.Steps[i].Cmd, peer))
			}
			out, err = e.burst(ctx, cmds)
		}
		if err != nil {
			return nil, err
		}
		for k, c := range cmds {
			log = append(log, entry{[]string{"a", "b"}[s.Side], c, out[k]})
		}
	}
	return log, nil
}
