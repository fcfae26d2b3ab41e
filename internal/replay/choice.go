package replay

import (
	"maps"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// A request packet can have several explanations, and which one is right shows only later: what the endpoint had looked
// at when. So each is a choice that can be taken back: the replay is a depth-first search, and it ends with the first
// alignment of the whole trace. What is known to lead nowhere is not tried again.

// way is one way to explain a request packet: some of the responses that were delivered looked at, the others not, and a push.
type way struct {
	how   push
	split int // counts through the numbers of responses looked at
}

// looked is how many responses of n are looked at: all of them first, or none if it is late.
func (w way) looked(n int, late bool) int {
	if late {
		return w.split
	}
	return n - w.split
}

// next is the way to try after w, with n responses in the inbox.
func (w way) next(n int) way {
	if w.split < n {
		return way{w.how, w.split + 1}
	}
	return way{w.how + 1, 0}
}

// choice is a request packet that was explained, with the next way to explain it.
type choice struct {
	before saved
	next   way
}

// saved is all of a player that changes.
type saved struct {
	at, pc  int
	inbox   []int
	pending []packet
	polled  [2]int
	firstID [2]uint64
	rnr     bool
	put     []int
	res     Result
	ep      mark
}

func (p *player) save() saved {
	s := saved{p.at, p.pc, slices.Clone(p.inbox), slices.Clone(p.pending), p.polled, p.firstID, p.rnr, slices.Clone(p.deferred), *p.res, p.ep.mark()}
	s.res.Freedoms = maps.Clone(p.res.Freedoms)
	return s
}

func (p *player) restore(s *saved) {
	p.at, p.pc, p.inbox, p.pending = s.at, s.pc, slices.Clone(s.inbox), slices.Clone(s.pending)
	p.polled, p.firstID, p.rnr = s.polled, s.firstID, s.rnr
	p.deferred = slices.Clone(s.put)
	*p.res = s.res
	p.res.Freedoms = maps.Clone(s.res.Freedoms)
	p.ep.back(&s.ep)
}

// state is what a request packet is explained from: whatever says which ways are open. Memory is not in it: it hardly ever decides what
// leads nowhere.
type state struct {
	at, pc, unseen, pending, deferred int
	polled, done                      [2]int
	extra                             int
	debt                              bool
	due                               uint64
	ctx                               abi.QPC
}

func (p *player) key() state {
	e := p.ep
	return state{
		p.at, p.pc, len(p.inbox), len(p.pending), len(p.deferred), p.polled, [2]int{len(e.done[0]), len(e.done[1])}, e.extra, e.debt, e.due, e.context(),
	}
}

// maxTries bounds the search: a few seconds. Of the captures that have an alignment, hardly one needs more than a few hundred tries.
const maxTries = 5_000

// search replays the whole trace. The finding, if there is no alignment, is that of the try that came furthest.
func (p *player) search() *Finding {
	var furthest *Finding
	reached := -1
	from := way{}
	for i, tries := 0, 0; ; {
		var f *Finding
		if i < len(p.tr.frames) {
			p.at = i
			p.clock(i)
			f = p.step(&p.tr.frames[i], from)
		} else if f = p.finish(); f == nil {
			return nil
		}
		from = way{}
		if f == nil {
			i++
			continue
		}
		if i > reached {
			reached, furthest = i, f
		}
		tries++
		if len(p.choices) == 0 || tries == maxTries {
			p.cut = len(p.choices) > 0
			return furthest
		}
		last := p.choices[len(p.choices)-1]
		p.choices = p.choices[:len(p.choices)-1]
		p.restore(&last.before)
		i, from = last.before.at, last.next
	}
}
