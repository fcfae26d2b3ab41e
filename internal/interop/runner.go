package interop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
)

// Options say what to run.
type Options struct {
	Guest guest.Options
	// Names are the scenarios; none means all. Short leaves out those that are not in the short form.
	Names []string
	Short bool
	// RTL adds the scenarios with the Verilated RTL, which may have to be built, for minutes.
	RTL bool
	// Capture is the path of a file that gets all frames as pcapng, and about which scapy and tshark are asked then. Empty
	// means that there is none, and nobody is asked.
	Capture string
	// Progress is told before each scenario, and at the end with done == total; it may be nil.
	Progress func(done, total int, what string)
}

// Result is what became of a scenario.
type Result struct {
	Name    string  `json:"name"`
	About   string  `json:"about"`
	Held    bool    `json:"held"`
	Seconds float64 `json:"seconds"`
	Error   string  `json:"error,omitempty"`
	// Skipped tells why it could not be tried.
	Skipped string `json:"skipped,omitempty"`
}

// Report is what became of a run.
type Report struct {
	// Kernel is the guest's kernel package, Packages those of its user land.
	Kernel   string   `json:"kernel"`
	Packages []string `json:"packages"`
	// Build, Boot and Total are seconds: to make the guest, to boot it, and of everything.
	Build   float64  `json:"build_seconds"`
	Boot    float64  `json:"boot_seconds"`
	Total   float64  `json:"total_seconds"`
	Results []Result `json:"results"`
	// Failed is the number of scenarios that did not hold.
	Failed int `json:"failed"`
	// Interrupted: there were more scenarios to run.
	Interrupted bool `json:"interrupted"`
}

// ErrOptions is the error of options that make no sense.
var ErrOptions = errors.New("bad options")

// choose finds the scenarios of a run.
func choose(o *Options) ([]Scenario, error) {
	all := Scenarios()
	for _, n := range o.Names {
		if !slices.ContainsFunc(all, func(s Scenario) bool { return s.Name == n }) {
			return nil, fmt.Errorf("%w: there is no scenario %q; --list tells those that there are", ErrOptions, n)
		}
	}
	return slices.DeleteFunc(all, func(s Scenario) bool {
		return len(o.Names) != 0 && !slices.Contains(o.Names, s.Name) || o.Short && !s.Short || s.RTL && !o.RTL && len(o.Names) == 0
	}), nil
}

// Run makes the guest, boots it, and runs scenarios. Without error, the report says what held; an error means that it could
// not be found out. Both: what was found out until then.
func Run(ctx context.Context, o Options) (*Report, error) {
	chosen, err := choose(&o)
	if err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(int, int, string) {}
	}
	if o.Guest.Progress == nil {
		o.Guest.Progress = func(what string) { o.Progress(0, len(chosen), what) }
	}
	begin := time.Now()
	image, err := guest.Build(ctx, o.Guest)
	if err != nil {
		return nil, err
	}
	rep := &Report{Kernel: image.Version, Packages: strings.Split(strings.TrimSpace(image.Packages), "\n"), Build: time.Since(begin).Seconds()}
	err = rep.run(ctx, &o, image, chosen)
	if ctx.Err() != nil {
		err, rep.Interrupted = nil, true
	} else if err == nil && o.Capture != "" {
		o.Progress(len(chosen), len(chosen), "asking scapy and tshark")
		rep.consult(ctx, o.Capture)
	}
	o.Progress(len(chosen), len(chosen), "")
	rep.Total = time.Since(begin).Seconds()
	return rep, err
}

// run boots the guest and runs the scenarios.
func (rep *Report) run(ctx context.Context, o *Options, image *guest.Image, chosen []Scenario) (err error) {
	var capture io.Writer
	if o.Capture != "" {
		f, err := os.Create(o.Capture)
		if err != nil {
			return err
		}
		defer f.Close()
		b := bufio.NewWriterSize(f, 1<<20)
		defer b.Flush()
		capture = b
	}
	o.Progress(0, len(chosen), "booting "+image.Version)
	booting := time.Now()
	r, err := newRig(ctx, image, capture)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	rep.Boot = time.Since(booting).Seconds()
	for i, s := range chosen {
		o.Progress(i, len(chosen), s.Name)
		if err := rep.try(ctx, r, &s); err != nil {
			return err
		}
	}
	return nil
}

// scenarioLimit bounds a scenario, which has waits of its own: this is for what nobody thought of.
const scenarioLimit = 5 * time.Minute

// skipped is the error of a scenario that cannot be tried here.
type skipped string

func (s skipped) Error() string { return string(s) }

// try runs a scenario. The error means that the guest or a NIC is gone.
func (rep *Report) try(ctx context.Context, r *rig, s *Scenario) error {
	begin := time.Now()
	limited, cancel := context.WithTimeout(ctx, scenarioLimit)
	defer cancel()
	err := s.run(limited, r)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	res := Result{Name: s.Name, About: s.About, Held: err == nil, Seconds: time.Since(begin).Seconds()}
	var skip skipped
	switch {
	case errors.As(err, &skip):
		res.Skipped = skip.Error()
	case err != nil:
		res.Error = err.Error()
		rep.Failed++
	}
	rep.Results = append(rep.Results, res)
	if errors.Is(err, guest.ErrPanic) || errors.Is(err, guest.ErrHang) {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	for _, n := range r.all {
		if e := n.Err(); e != nil {
			return fmt.Errorf("%s: %w", s.Name, e)
		}
	}
	return nil
}
