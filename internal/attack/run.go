package attack

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/godwit-rdma/godwit/internal/campaign"
	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/repro"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// Options of a campaign.
type Options struct {
	// Runs is how many worlds to run; Seed decides which. First is the number of the first: those before it were run.
	Runs, First int
	Seed        uint64
	// Workers run at the same time; 0 means as many as there are processors to Go.
	Workers int
	// Knowledge and Strategy are what to draw from.
	Knowledge []fabric.Knowledge
	Strategy  []fabric.Strategy
	// Dialect of all NICs, a name that qp.ParseDialect reads.
	Dialect string
	// Out is the folder for findings; "" keeps none.
	Out string
	// Progress is told now and then how many runs are over; nil if nobody wants to know. It is called by any worker.
	Progress func(done int64)
}

// Row is what became of the runs of one attacker.
type Row struct {
	Knowledge string `json:"knowledge"`
	Strategy  string `json:"strategy"`
	Runs      int    `json:"runs"`
	// Packets that the attacker was to send.
	Packets int `json:"packets"`
	// Outcomes are the numbers of runs by Outcome.
	Held      int `json:"held"`
	Hijacked  int `json:"hijacked"`
	Killed    int `json:"killed"`
	Corrupted int `json:"corrupted"`
	Failed    int `json:"failed"`
	// PausedUS is the time the victim was paused, on the average.
	PausedUS float64 `json:"paused_us"`

	paused uint64
}

// Report is what a campaign came to.
type Report struct {
	What        string      `json:"what"`
	Dialect     string      `json:"dialect"`
	Seed        uint64      `json:"seed"`
	Runs        int         `json:"runs"`
	Stats       story.Stats `json:"stats"`
	Seconds     float64     `json:"seconds"`
	Rows        []Row       `json:"rows"`
	Finding     *Finding    `json:"finding,omitempty"`
	Interrupted bool        `json:"interrupted,omitempty"`
	// Next is the number of the first run that is not in the report.
	Next int `json:"next"`
}

// Finding is an attack that succeeds and must not.
type Finding struct {
	Run     int      `json:"run"`
	Class   string   `json:"class"`
	Text    string   `json:"text"`
	Program []string `json:"program"`
	Dir     string   `json:"dir,omitempty"`
	Replay  string   `json:"replay,omitempty"`
}

// result is what one run came to.
type result struct {
	program program
	outcome Outcome
	text    string
	paused  uint64
	stats   story.Stats
	err     error
}

// programOf is the program of run number i.
func programOf(o *Options, i int) program {
	rng := fabric.SplitMix(o.Seed + uint64(i)*0x9e3779b97f4a7c15)
	return draw(&rng, o)
}

// Run runs a campaign. Run number i depends on the seed and i alone. All runs are made, whatever is found; the finding
// is the first whose story fails, or the first of all if every hijack was undone in the end.
func Run(ctx context.Context, o Options) (*Report, error) {
	start := time.Now()
	r := &Report{What: "attack", Dialect: o.Dialect, Seed: o.Seed}
	rows := make([]Row, len(fabric.KnowledgeNames)*len(fabric.StrategyNames))
	p := campaign.Plan{First: o.First, End: o.Runs, Workers: o.Workers, Progress: o.Progress}
	next, err := campaign.Run(ctx, p, func(ctx context.Context, _, i int) (result, error) {
		x := judge(ctx, programOf(&o, i))
		return x, x.err
	}, func(i int, x result) bool {
		r.add(rows, i, &x)
		return true
	})
	r.Next, r.Runs, r.Interrupted = next, next-o.First, err == nil && next != o.Runs
	r.Seconds = time.Since(start).Seconds()
	for i := range rows {
		if row := rows[i]; row.Runs != 0 {
			row.PausedUS = float64(row.paused/uint64(row.Runs)) / float64(op.PerMicrosecond)
			r.Rows = append(r.Rows, row)
		}
	}
	if err != nil || r.Finding == nil {
		return r, err
	}
	return r, r.keep(&o, programOf(&o, r.Finding.Run))
}

// add adds what run number i came to.
func (r *Report) add(rows []Row, i int, x *result) {
	p := &x.program
	row := &rows[int(p.knowledge)*len(fabric.StrategyNames)+int(p.strategy)]
	row.Knowledge, row.Strategy = p.knowledge.String(), p.strategy.String()
	row.Runs++
	row.Packets += p.count
	row.paused += x.paused
	*row.count(x.outcome)++
	r.Stats.Add(x.stats)
	// Better one whose story fails than one that the partner undid in the end.
	if f := r.Finding; (f == nil || f.Text == "" && x.text != "") && p.forbids(x.outcome) {
		r.Finding = &Finding{Run: i, Class: x.outcome.String(), Text: x.text}
	}
}

func (r *Row) count(o Outcome) *int {
	return [...]*int{&r.Held, &r.Hijacked, &r.Killed, &r.Corrupted, &r.Failed}[o]
}

// keep makes the finding's program as simple as it stays one, and keeps it as a story.
func (r *Report) keep(o *Options, p program) error {
	f := r.Finding
	tries := 0
	for again := true; again; {
		again = false
		for _, q := range p.simpler() {
			if tries++; tries > shrinkTries {
				break
			}
			x := judge(context.Background(), q)
			// A story whose checks fail must not become one that holds because the partner took the connection back.
			if x.err == nil && x.outcome.String() == f.Class && q.forbids(x.outcome) && (x.text == "") == (f.Text == "") {
				p, f.Text, again = q, x.text, true
				break
			}
		}
	}
	ops := p.operations()
	for i := range ops {
		f.Program = append(f.Program, ops[i].String())
	}
	if o.Out == "" {
		return nil
	}
	f.Dir = filepath.Join(o.Out, fmt.Sprintf("attack-%d-%d", o.Seed, f.Run))
	f.Replay = "godwit run " + filepath.Join(f.Dir, repro.StoryFile)
	purpose := fmt.Sprintf("An attack that must not succeed: %s by %v with %v. Found by godwit fuzz attack.\n%s", f.Class, p.knowledge, p.strategy, f.Text)
	return repro.Save(f.Dir, purpose, ops, story.Options{})
}

// judge runs a program.
func judge(ctx context.Context, p program) (x result) {
	x.program = p
	w := watch{}
	res, err := story.Run(storyName, p.operations(), story.Options{Context: ctx, Retire: w.retire, Limit: runLimit})
	x.stats, x.paused = res.Stats, w.paused
	var failure *story.Failure
	var mistake *op.Error
	switch {
	case errors.Is(err, context.Canceled):
		x.err = err
	case err == nil, errors.As(err, &failure), errors.As(err, &mistake) && (w.hijacked || w.killed), errors.Is(err, story.ErrLimit):
		x.outcome = w.outcome(err)
	default:
		x.err = err
	}
	if err != nil {
		x.text = err.Error()
	}
	return x
}

const (
	storyName = "repro.story"
	// runLimit is far more cycles than any program needs: 16 ms.
	runLimit = 4_000_000
	// shrinkTries bounds how long a finding is made simpler.
	shrinkTries = 60
)
