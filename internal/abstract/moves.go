package abstract

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// A move is one thing that can happen in a state: it changes the world, or says what property it broke.
type move func(w *world) error

// moves lists all that can happen, for successors to try each on a copy of its own.
func (b Bounds) moves(w *world) []move {
	var all []move
	for l := range b.links() {
		if w.n[l] == 0 {
			continue
		}
		all = append(all, func(w *world) error { return b.deliver(w, l) })
		if b.Loss {
			all = append(all, func(w *world) error { w.take(l); return nil })
		}
	}
	if b.Harsh {
		all = append(all, b.mischief(w)...)
	}
	for place := range b.places() {
		if w.q[place].used {
			all = append(all, b.own(w, place)...)
		}
	}
	for m := range b.movers() {
		all = append(all, b.driver(w, m)...)
	}
	return all
}

// mischief lists what a harsh link may do.
func (b Bounds) mischief(w *world) []move {
	var all []move
	for l := range b.links() {
		if w.n[l] == 2 {
			all = append(all, func(w *world) error {
				w.link[l][0], w.link[l][1] = w.link[l][1], w.link[l][0]
				return nil
			})
		} else if w.n[l] == 1 && b.Cap == 2 {
			all = append(all, func(w *world) error {
				w.link[l][1] = w.link[l][0]
				w.n[l] = 2
				return nil
			})
		}
	}
	return all
}

// own lists what a queue pair can do by itself. Flushed receives are left out: nothing depends on them.
func (b Bounds) own(w *world, place int) []move {
	c := &w.q[place].ctx
	var all []move
	cause := func(ev qp.Event) {
		all = append(all, func(w *world) error { return b.step(w, place, &ev) })
	}
	wants := qp.Wants(c)
	if wants&qp.WantSend != 0 {
		cause(qp.Event{Cause: abi.CauseSend})
	}
	if wants&qp.WantRetire != 0 {
		cause(qp.Event{Cause: abi.CauseRetire})
	}
	if wants&qp.WantFlushSQ != 0 {
		cause(qp.Event{Cause: abi.CauseFlushSQ})
	}
	if c.Timer != abi.TimerNone {
		cause(qp.Event{Cause: abi.CauseTimer, Arg: uint32(c.Timer)})
	}
	return all
}

// driver lists what the driver of one side can do: move it once, or call that off before the copy is activated.
func (b Bounds) driver(w *world, m int) []move {
	from, to := mover(m)
	var all []move
	then := func(next phase, f move) {
		all = append(all, func(w *world) error { w.phase[m] = next; return f(w) })
	}
	activate := func(place int) move {
		return func(w *world) error { return b.step(w, place, &qp.Event{Cause: abi.CauseActivate}) }
	}
	switch p := w.phase[m]; p {
	case atHome:
		if w.live(from) {
			then(stalled, func(w *world) error { return b.step(w, from, &qp.Event{Cause: abi.CauseStall}) })
		}
	case stalled, loaded:
		if p == stalled {
			then(loaded, func(w *world) error { return load(w, from, to) })
		} else {
			then(activated, activate(to))
		}
		then(rolledBack, func(w *world) error {
			w.q[to] = endpoint{}
			return activate(from)(w)
		})
	case activated:
		if !w.q[from].ctx.FwdValid {
			then(activated, func(w *world) error {
				if s := qp.SetForward(&w.q[from].ctx, address(to)); s != abi.CmdStatusOK {
					return fmt.Errorf("SET_FWD: %v", s)
				}
				return nil
			})
		}
		if w.live(to) && !w.q[to].ctx.ResumePending {
			then(released, func(w *world) error { w.q[from] = endpoint{}; return nil })
		}
	}
	return all
}

// load makes the copy, of context and memory. R5.
func load(w *world, from, to int) error {
	c, s := qp.Load(&w.q[from].ctx, 0)
	if s != abi.CmdStatusOK {
		return fmt.Errorf("LOAD_QP: %v", s)
	}
	w.q[to] = w.q[from]
	w.q[to].ctx = c
	return nil
}

// ended tells whether a side has nothing to wait for: every work request completed, and the queue pair not paused.
func (b Bounds) ended(w *world, a bool) bool {
	place := b.home(w, a)
	e := &w.q[place]
	return int(e.ok)+int(e.bad) == b.posted(place) && (e.ctx.State == abi.StateRTS || e.ctx.State == abi.StateErr)
}

// twoLive tells whether a side has more than one queue pair that may make progress. P5.
func (b Bounds) twoLive(w *world) bool {
	for m := range b.movers() {
		if from, to := mover(m); w.live(from) && w.live(to) {
			return true
		}
	}
	return false
}
