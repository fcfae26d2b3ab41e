package explore

import (
	"context"
	"runtime"
	"sync"

	"github.com/godwit-rdma/godwit/model/qp"
)

// Options of a search.
type Options struct {
	Rules qp.Rules
	// MaxStates ends the search; 0 means no limit.
	MaxStates int
	// Whole: ends that are alike are not taken for one another.
	Whole bool
	// First ends the search with the first finding.
	First bool
	// Context ends it with what there is.
	Context context.Context
	// Progress is told how many states there are, and how many of them are done with; nil if nobody wants to know.
	Progress func(states, done int)
	// From is a search to go on with; nil means from the beginning.
	From *Checkpoint
}

// Finding is a property that does not hold, with a shortest way there.
type Finding struct {
	// IDs are its names in the catalogue, if it has any.
	IDs      []string `json:"ids,omitempty"`
	Property string   `json:"property"`
	Text     string   `json:"text"`
	// Path is what happens, from the beginning.
	Path []string `json:"path"`
	// Depth is its length.
	Depth int `json:"depth"`

	actions []action
}

// Result of a search.
type Result struct {
	World   string `json:"world"`
	Dialect string `json:"dialect"`
	States  int    `json:"states"`
	Edges   int    `json:"edges"`
	Depth   int    `json:"depth"`
	// Complete: every state that can be reached was, so that what was not found is not there.
	Complete bool      `json:"complete"`
	Findings []Finding `json:"findings"`
	// Checkpoint is where to go on; nil if the search is complete.
	Checkpoint *Checkpoint `json:"-"`
}

// batch is how many states are expanded between two turns of the one that puts successors into the table.
const batch = 8192

// step of a search: what one state leads to.
type expansion struct {
	from uint32
	next []successor
	buf  []byte
}

type successor struct {
	hash     uint64
	off, end int // in expansion.buf
	finished bool
	found    []violation
}

// graph is the states, by the order in which they were found, and what leads from one to the next.
type graph struct {
	hashes list[uint64]
	parent list[uint32] // the state that it was found from
	final  bits         // finished, or left by a violation that was reported
	edges  list[uint32] // successors, by state in the order of expansion
	degree list[uint8]  // how many of them a state has, of those expanded
	todo   frontier     // the states not expanded yet
	found  []foundAt
}

func (g *graph) states() int { return g.hashes.n }

// search is a graph that grows.
type search struct {
	w   *World
	opt Options
	k   *codec

	graph
	set    table
	taken  [][]byte // the states under way
	result Result
}

// foundAt is what is wrong in a state, or with an action from there if last.
type foundAt struct {
	v     violation
	state uint32
	last  bool
}

// Run searches a world.
func Run(w World, opt Options) *Result {
	s := &search{w: &w, opt: opt, k: newCodec(&w)}
	s.result = Result{World: w.Name, Dialect: opt.Rules.String(), Findings: []Finding{}}
	s.k.reduces = w.alike() && !opt.Whole
	if opt.From != nil {
		s.k.reduces = opt.From.reduced
		s.graph = opt.From.graph
		s.set.fill(&s.hashes)
	} else {
		s.set.grow(1 << 12)
		st := s.k.initial()
		x := stepper{w: &w, rules: opt.Rules}
		enc := s.k.canonical(nil, &st)
		s.add(hash(enc), 0, x.finished(&st), enc)
	}
	stopped := s.expandAll()
	s.result.States, s.result.Edges = s.states(), s.edges.n
	s.result.Complete = !stopped
	if stopped {
		s.result.Checkpoint = &Checkpoint{World: w.Name, Dialect: s.result.Dialect, reduced: s.k.reduces, graph: s.graph}
	} else {
		s.set = table{} // it is not needed any more
		s.liveness()
	}
	s.tell()
	return &s.result
}

// add puts a new state into the table.
func (s *search) add(h uint64, parent uint32, final bool, enc []byte) uint32 {
	n := s.states()
	if uint64(n) == 1<<32-1 {
		panic("BUG: more states than there are numbers for them")
	}
	s.hashes.add(h)
	s.parent.add(parent)
	s.final.grow(n)
	if final {
		s.final.set(n)
	}
	s.todo.push(enc)
	s.set.put(h, uint32(n), &s.hashes)
	return uint32(n)
}

// expandAll expands states in their order until there are no more. It tells whether it was stopped before.
func (s *search) expandAll() (stopped bool) {
	workers := runtime.GOMAXPROCS(0)
	out := make([]expansion, batch)
	for s.todo.n != 0 {
		if s.opt.Context != nil && s.opt.Context.Err() != nil ||
			s.opt.MaxStates != 0 && s.states() >= s.opt.MaxStates || s.opt.First && len(s.found) != 0 {
			return true
		}
		// A batch does not reach beyond the states there are now: that makes the order that of breadth first.
		n := min(batch, s.todo.n)
		s.taken = s.todo.take(n, s.taken)
		var wg sync.WaitGroup
		for t := range workers {
			wg.Go(func() {
				x := &stepper{w: s.w, rules: s.opt.Rules}
				var acts []action
				for i := t; i < n; i += workers {
					acts = s.expand(x, i, &out[i], acts)
				}
			})
		}
		wg.Wait()
		for i := range n {
			s.merge(&out[i])
		}
		if s.opt.Progress != nil {
			s.opt.Progress(s.states(), s.degree.n)
		}
	}
	return false
}

// expand finds the successors of state i of those taken.
func (s *search) expand(x *stepper, i int, e *expansion, acts []action) []action {
	e.from, e.next, e.buf = uint32(s.degree.n+i), e.next[:0], e.buf[:0]
	base := s.k.decode(s.taken[i])
	acts = x.enabled(&base, acts[:0])
	for _, a := range acts {
		st := base.clone()
		x.apply(&st, a)
		var y successor
		if len(x.found) != 0 {
			y.found = append(y.found, x.found...)
		} else {
			y.off = len(e.buf)
			e.buf = s.k.canonical(e.buf, &st)
			y.end = len(e.buf)
			y.hash = hash(e.buf[y.off:y.end])
			y.finished = x.finished(&st)
		}
		e.next = append(e.next, y)
	}
	return acts
}

// merge puts the successors of a state into the table, in their order.
func (s *search) merge(e *expansion) {
	before := s.edges.n
	for i := range e.next {
		y := &e.next[i]
		if len(y.found) != 0 {
			s.final.set(int(e.from)) // it has been told of; where it would have led does not matter
			for _, v := range y.found {
				s.report(v, e.from, true)
			}
			continue
		}
		m, ok := s.set.get(y.hash, &s.hashes)
		if !ok {
			m = s.add(y.hash, e.from, y.finished, e.buf[y.off:y.end])
		}
		s.edges.add(m)
	}
	if s.edges.n-before > 255 {
		panic("BUG: a state has more than 255 successors")
	}
	s.degree.add(uint8(s.edges.n - before))
}

// report notes the first finding of a property.
func (s *search) report(v violation, state uint32, last bool) {
	for _, f := range s.found {
		if f.v.property == v.property {
			return
		}
	}
	s.found = append(s.found, foundAt{v, state, last})
}

// tell makes findings of what was found, and knows how deep the search went.
func (s *search) tell() {
	for _, f := range s.found {
		text := f.v.text
		var of *violation
		if f.last {
			of = &f.v
		}
		path, again := s.path(f.state, of)
		if f.last {
			text = again
		}
		s.result.Findings = append(s.result.Findings, Finding{
			IDs:      ids(s.w.Name, s.result.Dialect, f.v.property),
			Property: f.v.property.String(), Text: text, Path: Tell(s.w, s.opt.Rules, path), Depth: len(path), actions: path,
		})
	}
	for n := uint32(s.states() - 1); n != 0; n = s.parent.at(int(n)) {
		s.result.Depth++
	}
}
