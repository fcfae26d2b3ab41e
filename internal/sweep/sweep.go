// Package sweep cuts workloads by a migration at every event. An event is a step of the NIC under the container that
// moves, a frame that has come to it or gone from it, a doorbell that it is rung, or its interrupt. A cut stops the container
// right behind one, before the NIC does anything else, moves it, and lets the workload end; events of the same cycle have
// one cut. Then the data must be right, which the programs check themselves, every queue's completions must be
// those of a run without a cut, and the image must have been restored to what it was made from.
//
// A sweep is a list of cuts, numbered from 0: workload by workload, for each container that moves and for both ends at
// once, event by event. What cut n does depends on the options and n alone.
package sweep

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/godwit-rdma/godwit/model/host"
)

// Options of a sweep; zero values choose.
type Options struct {
	// Workloads are the names of those to cut; none, or "all", means all.
	Workloads []string
	// Seed decides on the data, and on the faults of the links.
	Seed uint64
	// Messages is how many messages (or rounds) a workload has; 0 means its own number.
	Messages uint32
	// Loss is the chance in 1000 that a frame is lost, that it is doubled, and that it is late.
	Loss uint16
	// PreCopy is the rounds of copying memory before the stop. The container runs meanwhile, so the stop comes later than
	// the event.
	PreCopy int
	// IPv6: the hosts have IPv6 addresses, and NICs with features.
	IPv6 bool
	// From is the first cut to do, Count how many; Count 0 means all from there on.
	From, Count int
	// Workers run at the same time; 0 means as many as there are processors to Go.
	Workers int
	// Progress is told how many cuts of how many are over; nil if nobody wants to know. It is called by any worker.
	Progress func(done, total int)
}

// moving are the containers that move: the first, the second or the third of a workload, or both ends at once.
var moving = []struct {
	name   string
	movers []int
}{{"sender", []int{0}}, {"receiver", []int{1}}, {"third", []int{2}}, {"both", []int{0, 1}}}

// Case is one workload with one container that moves.
type Case struct {
	Workload string `json:"workload"`
	Moves    string `json:"moves"`
	// First is the number of its first cut, Cuts how many it has: one for each cycle at which an event was over.
	First int `json:"first"`
	Cuts  int `json:"cuts"`
	// Events is how many events there were, of each kind.
	Events map[string]int `json:"events"`
	// Held is how many of its cuts were done and held.
	Held int `json:"held"`
	// Pauses and blackouts are in cycles; a blackout is 0 when nothing completed behind the cut.
	LeastPause   uint64 `json:"least_pause"`
	MostPause    uint64 `json:"most_pause"`
	MostBlackout uint64 `json:"most_blackout"`
	// MostExpected is the longest pause that was expected, Warnings how many connections were expected not to survive one.
	MostExpected uint64 `json:"most_expected"`
	Warnings     int    `json:"warnings"`

	workload *host.Workload
	movers   []int
	base     *baseline
}

// Total is how many events there were.
func (c *Case) Total() (n int) {
	for _, k := range c.Events {
		n += k
	}
	return n
}

// Finding is a cut that something was wrong with.
type Finding struct {
	Cut      int    `json:"cut"`
	Workload string `json:"workload"`
	Moves    string `json:"moves"`
	// Index is that of the cut in its case, About the events that it is behind.
	Index int    `json:"index"`
	About string `json:"about"`
	Text  string `json:"text"`
	// Replay is the command that shows it again.
	Replay string `json:"replay"`
}

// Report is what a sweep came to.
type Report struct {
	Seed  uint64  `json:"seed"`
	Loss  uint16  `json:"loss"`
	IPv6  bool    `json:"ipv6"`
	Cases []*Case `json:"cases"`
	// Cuts is how many were done, of Total.
	Cuts  int `json:"cuts"`
	Total int `json:"total"`
	// Findings are the first ones, by number; Broken counts all.
	Findings []Finding `json:"findings"`
	Broken   int       `json:"broken"`
	Seconds  float64   `json:"seconds"`
	// Next is the cut to go on from when it was interrupted.
	Interrupted bool `json:"interrupted,omitempty"`
	Next        int  `json:"next,omitempty"`
}

// ErrOptions is that the options ask for what there is not.
var ErrOptions = errors.New("no such run")

// maxFindings bounds Report.Findings.
const maxFindings = 20

// Run sweeps. The error is of the options, or of a workload that does not even hold uncut; a cut that does not hold is a
// finding.
func Run(ctx context.Context, o Options) (*Report, error) {
	start := time.Now()
	loads, err := choose(o.Workloads)
	if err != nil {
		return nil, err
	}
	r := &Report{Seed: o.Seed, Loss: o.Loss, IPv6: o.IPv6, Findings: []Finding{}}
	total := 0
	for i := range loads {
		for _, m := range moving {
			if slices.Max(m.movers) >= loads[i].Containers {
				continue
			}
			c := &Case{Workload: loads[i].Name, Moves: m.name, First: total, workload: &loads[i], movers: m.movers}
			c.base, err = newBaseline(ctx, c.workload, m.movers, &o)
			if ctx.Err() != nil {
				r.Interrupted, r.Next = true, o.From
				return r, nil
			}
			if err != nil {
				return nil, fmt.Errorf("workload %s without a cut: %w", c.Workload, err)
			}
			c.Cuts, c.Events = len(c.base.instants), c.base.kinds
			total += c.Cuts
			r.Cases = append(r.Cases, c)
		}
	}
	if o.From < 0 || o.Count < 0 || o.From >= total || o.Count > total-o.From {
		return nil, fmt.Errorf("%w: cuts %d+%d of %d", ErrOptions, o.From, o.Count, total)
	}
	if o.Count == 0 {
		o.Count = total - o.From
	}
	r.Total = o.Count
	sweep(ctx, &o, r)
	r.Seconds = time.Since(start).Seconds()
	return r, nil
}

func choose(names []string) ([]host.Workload, error) {
	all := host.Workloads()
	if len(names) == 0 || slices.Contains(names, "all") {
		return all, nil
	}
	var known []string
	for _, l := range all {
		known = append(known, l.Name)
	}
	var some []host.Workload
	for _, name := range names {
		n := len(some)
		for _, l := range all {
			if l.Name == name {
				some = append(some, l)
			}
		}
		if n == len(some) {
			return nil, fmt.Errorf("%w: there is no workload %q; there are: %s", ErrOptions, name, strings.Join(known, ", "))
		}
	}
	return some, nil
}

// sweep does the cuts, in any order, and puts what comes of them into r.
func sweep(ctx context.Context, o *Options, r *Report) {
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	next, end := o.From, o.From+o.Count
	for range o.Workers {
		wg.Go(func() {
			for {
				mu.Lock()
				n := next
				if n == end || ctx.Err() != nil {
					mu.Unlock()
					return
				}
				next++
				mu.Unlock()
				c := r.caseOf(n)
				res, err := cut(ctx, c.workload, c.movers, n-c.First, c.base, o)
				mu.Lock()
				if err != nil && ctx.Err() != nil {
					next = min(next, n) // nobody takes another one any more
				} else {
					r.note(c, n, res, err, o)
					if o.Progress != nil {
						o.Progress(r.Cuts, o.Count)
					}
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	sort.Slice(r.Findings, func(i, j int) bool { return r.Findings[i].Cut < r.Findings[j].Cut })
	r.Findings = r.Findings[:min(len(r.Findings), maxFindings)]
	if r.Interrupted = r.Cuts != o.Count; r.Interrupted {
		r.Next = next
	}
}

func (r *Report) caseOf(n int) *Case {
	i := sort.Search(len(r.Cases), func(i int) bool { return r.Cases[i].First > n })
	return r.Cases[i-1]
}

// note takes the outcome of cut n.
func (r *Report) note(c *Case, n int, res []*host.Result, err error, o *Options) {
	r.Cuts++
	if err != nil {
		r.Broken++
		r.Findings = append(r.Findings, Finding{
			Cut: n, Workload: c.Workload, Moves: c.Moves, Index: n - c.First, About: c.base.instants[n-c.First].about, Text: err.Error(),
			Replay: o.replay(n),
		})
		return
	}
	for i, m := range res {
		if c.Held+i == 0 || m.PauseCycles < c.LeastPause {
			c.LeastPause = m.PauseCycles
		}
		c.MostPause = max(c.MostPause, m.PauseCycles)
		c.MostBlackout = max(c.MostBlackout, m.Blackout.Cycles())
		c.MostExpected = max(c.MostExpected, m.ExpectedCycles)
		c.Warnings += len(m.Warnings)
	}
	c.Held++
}

// replay is the command that does one cut.
func (o *Options) replay(n int) string { return fmt.Sprintf("%s --from %d --count 1", o.command(), n) }

// Resume is the command that goes on from cut n.
func (o *Options) Resume(n int) string { return fmt.Sprintf("%s --from %d", o.command(), n) }

func (o *Options) command() string {
	s := fmt.Sprintf("godwit sweep --seed %d", o.Seed)
	for _, l := range o.Workloads {
		s += " --workload " + l
	}
	if o.Messages != 0 {
		s += fmt.Sprintf(" --messages %d", o.Messages)
	}
	if o.Loss != 0 {
		s += fmt.Sprintf(" --loss %d", o.Loss)
	}
	if o.IPv6 {
		s += " --ipv6"
	}
	if o.PreCopy != 0 {
		s += fmt.Sprintf(" --precopy %d", o.PreCopy)
	}
	return s
}
