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
	// Known: dialect godwit is known to have it, and Why says why.
	Known bool   `json:"known,omitempty"`
	Why   string `json:"why,omitempty"`

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
	act      action
	off, end int // in expansion.buf
	finished bool
	found    []violation
}

// search is the table of states and the graph between them.
type search struct {
	w   *World
	opt Options
	k   *codec

	set    table
	hashes []uint64
	parent []uint32
	by     []action
	final  []bool // finished, or left by a violation that was reported

	edges  []uint32 // successors, by state in the order of expansion
	degree []uint8  // how many of them a state has
	todo   frontier // the states not expanded yet
	taken  [][]byte // those under way
	head   int      // the first of them

	result Result
	seen   map[Property]bool // looked up only
	places []foundAt
}

type foundAt struct {
	v     violation
	state uint32
	by    action
	last  bool // by is the last action; otherwise the state itself is what is wrong
}

// Run searches a world.
func Run(w World, opt Options) *Result {
	s := &search{w: &w, opt: opt, k: newCodec(&w), seen: map[Property]bool{}}
	s.result = Result{World: w.Name, Dialect: opt.Rules.String(), Findings: []Finding{}}
	if opt.From != nil {
		s.restore(opt.From)
	} else {
		s.set.grow(1 << 12)
		st := s.k.initial()
		x := stepper{w: &w, rules: opt.Rules}
		enc := s.k.append(nil, &st)
		s.add(hash(enc), 0, 0, x.finished(&st), enc)
	}
	stopped := s.expandAll()
	s.result.States, s.result.Edges = len(s.hashes), len(s.edges)
	s.result.Complete = !stopped
	if !stopped {
		s.liveness()
	} else {
		s.result.Checkpoint = s.checkpoint()
	}
	s.tell()
	return &s.result
}

// add puts a new state into the table.
func (s *search) add(h uint64, parent uint32, by action, final bool, enc []byte) uint32 {
	n := uint32(len(s.hashes))
	s.hashes = append(s.hashes, h)
	s.parent = append(s.parent, parent)
	s.by = append(s.by, by)
	s.final = append(s.final, final)
	s.todo.push(enc)
	s.set.put(h, n, s.hashes)
	return n
}

// expandAll expands states in their order until there are no more. It tells whether it was stopped before.
func (s *search) expandAll() (stopped bool) {
	workers := runtime.GOMAXPROCS(0)
	out := make([]expansion, batch)
	for s.head < len(s.hashes) {
		if s.opt.Context != nil && s.opt.Context.Err() != nil ||
			s.opt.MaxStates != 0 && len(s.hashes) >= s.opt.MaxStates || s.opt.First && len(s.places) != 0 {
			return true
		}
		// A batch does not reach beyond the states there are now: that makes the order that of breadth first.
		n := min(batch, len(s.hashes)-s.head)
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
		s.head += n
		if s.opt.Progress != nil {
			s.opt.Progress(len(s.hashes), s.head)
		}
	}
	return false
}

// expand finds the successors of state i of those taken.
func (s *search) expand(x *stepper, i int, e *expansion, acts []action) []action {
	e.from, e.next, e.buf = uint32(s.head+i), e.next[:0], e.buf[:0]
	base := s.k.decode(s.taken[i])
	acts = x.enabled(&base, acts[:0])
	for _, a := range acts {
		st := base.clone()
		x.apply(&st, a)
		y := successor{act: a}
		if len(x.found) != 0 {
			y.found = append(y.found, x.found...)
		} else {
			y.off = len(e.buf)
			e.buf = s.k.append(e.buf, &st)
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
	before := len(s.edges)
	for i := range e.next {
		y := &e.next[i]
		if len(y.found) != 0 {
			s.final[e.from] = true // it has been told of; where it would have led does not matter
			for _, v := range y.found {
				s.report(v, e.from, y.act, true)
			}
			continue
		}
		m, ok := s.set.get(y.hash, s.hashes)
		if !ok {
			m = s.add(y.hash, e.from, y.act, y.finished, e.buf[y.off:y.end])
		}
		s.edges = append(s.edges, m)
	}
	if len(s.edges)-before > 255 {
		panic("BUG: a state has more than 255 successors")
	}
	s.degree = append(s.degree, uint8(len(s.edges)-before))
}

// report notes the first finding of a property.
func (s *search) report(v violation, state uint32, by action, last bool) {
	if s.seen[v.property] {
		return
	}
	s.seen[v.property] = true
	s.places = append(s.places, foundAt{v, state, by, last})
}

// liveness finds the first state from which no finished one can be reached any more. P4.
func (s *search) liveness() {
	n := len(s.hashes)
	// The edges backwards: where those into a state begin, then where they come from.
	begin := make([]uint32, n+1)
	for _, m := range s.edges {
		begin[m+1]++
	}
	for i := range n {
		begin[i+1] += begin[i]
	}
	fill := append([]uint32(nil), begin...)
	into := make([]uint32, len(s.edges))
	rest := s.edges
	for i := range n {
		for _, m := range rest[:s.degree[i]] {
			into[fill[m]] = uint32(i)
			fill[m]++
		}
		rest = rest[s.degree[i]:]
	}
	good := append([]bool(nil), s.final...)
	var work []uint32
	for i := range good {
		if good[i] {
			work = append(work, uint32(i))
		}
	}
	for len(work) != 0 {
		m := work[len(work)-1]
		work = work[:len(work)-1]
		for _, p := range into[begin[m]:begin[m+1]] {
			if !good[p] {
				good[p] = true
				work = append(work, p)
			}
		}
	}
	if s.w.Checks != 0 && s.w.Checks&P4 == 0 {
		return
	}
	for i := range good {
		if !good[i] {
			text := "from here nothing leads to an end any more"
			if s.degree[i] == 0 {
				text = "nothing can happen any more, and not all is done"
			}
			s.report(violation{P4, text}, uint32(i), 0, false)
			return
		}
	}
}

// tell makes findings of what was found, and knows how deep the search went.
func (s *search) tell() {
	for _, f := range s.places {
		path := s.path(f.state)
		if f.last {
			path = append(path, f.by)
		}
		y := Finding{
			IDs:      ids(s.w.Name, s.result.Dialect, f.v.property),
			Property: f.v.property.String(), Text: f.v.text, Path: Tell(s.w, s.opt.Rules, path), Depth: len(path), actions: path,
		}
		for _, k := range s.w.Known {
			if k.Property == f.v.property && s.opt.Rules == 0 {
				y.Known, y.Why = true, k.Why
			}
		}
		s.result.Findings = append(s.result.Findings, y)
	}
	s.result.Depth = len(s.path(uint32(len(s.hashes) - 1)))
}

// path is the actions that lead to a state.
func (s *search) path(n uint32) []action {
	var out []action
	for ; n != 0; n = s.parent[n] {
		out = append(out, s.by[n])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// Tell runs a path again and says what happens.
func Tell(w *World, rules qp.Rules, path []action) []string {
	k := newCodec(w)
	x := &stepper{w: w, rules: rules}
	st := k.initial()
	var out []string
	for _, a := range path {
		k.sort(st.air)
		out = append(out, x.tell(&st, a))
		x.apply(&st, a)
	}
	return out
}
