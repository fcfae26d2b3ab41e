package explore

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// kind of action.
type kind uint8

const (
	deliver kind = iota
	lose
	repeat
	send
	respond
	expire
	post
	restock // one more receive
	stall
	load
	activate
	forward
	release
	rollback
	revive // a tombstone whose successor is active: the driver is wrong
	crash
)

// action is one edge of the graph: its kind, and a packet in flight, a place or an end by its index.
type action uint16

func act(k kind, arg int) action { return action(k)<<8 | action(arg) }

func (a action) kind() kind { return kind(a >> 8) }
func (a action) arg() int   { return int(a & 0xff) }

// enabled appends what may happen in a state, in a fixed order.
func (x *stepper) enabled(s *state, out []action) []action {
	w := x.w
	quiet := x.quiet(s)
	for i := range s.air {
		f := &s.air[i]
		if i > 0 && (!w.InOrder && *f == s.air[i-1] || w.InOrder && f.src == s.air[i-1].src && f.dst == s.air[i-1].dst) {
			continue
		}
		out = append(out, act(deliver, i))
		if int(s.losses) < w.Losses {
			out = append(out, act(lose, i))
		}
		if int(s.dups) < w.Dups {
			out = append(out, act(repeat, i))
		}
	}
	for p, c := range s.places {
		if c == nil {
			continue
		}
		end := placeEnd(uint8(p))
		if qp.Wants(&c.ctx)&qp.WantSend != 0 && len(s.air) < w.Air {
			out = append(out, act(send, p))
		}
		if qp.Wants(&c.ctx)&qp.WantRespond != 0 && len(s.air) < w.Air {
			out = append(out, act(respond, p))
		}
		if c.ctx.Timer != abi.TimerNone && (quiet && !x.waits(s, end, c) || int(s.early) < w.Early) {
			out = append(out, act(expire, p))
		}
		if c.active() && !c.due && c.ctx.State != abi.StateRTR && int(c.mem.posted) < len(w.Ends[end].Work) {
			out = append(out, act(post, p))
		}
		if w.Late != 0 && end == 0 && c.active() && !c.due && s.at(w, end) == c && x.stocked(s, p, c) < w.stock(end) {
			out = append(out, act(restock, p))
		}
		if leads(end) && c.ctx.State == abi.StateStopped && s.ends[end].phase == running && x.tombstone(s, end, uint8(p)) {
			if !c.ctx.FwdValid {
				out = append(out, act(forward, p))
			}
			cur := s.at(w, end)
			if w.Releases && cur != nil && cur.active() && !x.announces(s, end) {
				out = append(out, act(release, p))
			}
			if int(s.zombies) < w.Zombies && x.rules&qp.NoR10 == 0 {
				out = append(out, act(revive, p))
			}
		}
		if leads(end) && int(s.crashes) < w.Crashes {
			out = append(out, act(crash, p))
		}
	}
	for end := range w.Ends {
		if !leads(end) {
			continue
		}
		out = x.enabledEnd(s, end, out)
	}
	return out
}

// quiet tells whether nothing is in flight and nobody has anything to send: then timers run out.
func (x *stepper) quiet(s *state) bool {
	for _, c := range s.places {
		if c != nil && qp.Wants(&c.ctx)&(qp.WantSend|qp.WantRespond) != 0 {
			return false
		}
	}
	return len(s.air) == 0
}

// waits tells whether a queue pair waits after an RNR NAK for a receive that is not there yet: there is one before its
// timer runs out, unless that is early.
func (x *stepper) waits(s *state, end int, c *copyOf) bool {
	partner := s.at(x.w, end^1)
	return x.w.Late != 0 && c.ctx.Timer == abi.TimerRNR && partner != nil && partner.active() && x.needs(s, end^1, partner)
}

// stocked is how many receives were posted at a place.
func (x *stepper) stocked(s *state, place int, c *copyOf) int {
	if x.w.SRQ {
		return int(s.srq[host(uint8(place))].pi)
	}
	return int(c.ctx.RQPI)
}

// needs tells whether the current copy of an end has no receive, and will have one.
func (x *stepper) needs(s *state, end int, c *copyOf) bool {
	place := x.w.Ends[end].Places[s.ends[end].cur]
	if q := s.srq[host(place)]; x.w.SRQ {
		return q.pi == q.ci && int(q.pi) < x.w.stock(end&^2)
	}
	return c.ctx.RQCI == c.ctx.RQPI && int(c.ctx.RQPI) < x.w.receives(end)
}

// announces tells whether a queue pair of the container that an end leads still announces itself.
func (x *stepper) announces(s *state, end int) bool {
	for _, e := range x.w.members(end) {
		if c := s.at(x.w, e); c != nil && c.ctx.ResumePending {
			return true
		}
	}
	return false
}

// enabledEnd appends what the driver of an end may do.
func (x *stepper) enabledEnd(s *state, end int, out []action) []action {
	w, e, places := x.w, &s.ends[end], x.w.Ends[end].Places
	next := int(e.cur) + 1
	there := next < len(places) && s.dead>>host(places[next])&1 == 0
	cur := s.at(w, end)
	switch e.phase {
	case running:
		if cur != nil && cur.active() && (there || end == 0 && int(e.aborts) < w.Aborts) && s.zombies == 0 {
			out = append(out, act(stall, end))
		}
	case stopped:
		if there && cur != nil {
			out = append(out, act(load, end))
		}
	case loaded:
		if there {
			out = append(out, act(activate, end))
		}
	}
	mayReturn := w.Rollbacks && e.aborts == 0 || !there
	if e.phase != running && mayReturn && cur != nil && x.rules&qp.NoR10 == 0 {
		out = append(out, act(rollback, end))
	}
	return out
}

// tombstone tells whether the copy at a place was left behind.
func (x *stepper) tombstone(s *state, end int, place uint8) bool {
	return place != x.w.Ends[end].Places[s.ends[end].cur]
}

// apply does an action. The state is changed in place; what it violates comes back.
func (x *stepper) apply(s *state, a action) {
	w := x.w
	x.found = x.found[:0]
	switch i := a.arg(); a.kind() {
	case deliver:
		f := s.air[i]
		s.air = append(s.air[:i], s.air[i+1:]...)
		x.receive(s, &f)
	case lose:
		s.air = append(s.air[:i], s.air[i+1:]...)
		s.losses++
	case repeat:
		s.air = append(s.air, s.air[i])
		s.dups++
	case send:
		x.step(s, uint8(i), &qp.Event{Cause: abi.CauseSend}, nil)
	case respond:
		x.step(s, uint8(i), &qp.Event{Cause: abi.CauseRespond}, nil)
	case expire:
		c := s.places[i]
		if !x.quiet(s) || x.waits(s, placeEnd(uint8(i)), c) {
			s.early++
		}
		x.step(s, uint8(i), &qp.Event{Cause: abi.CauseTimer, Arg: uint32(s.places[i].ctx.Timer)}, nil)
	case post:
		c := x.change(s, uint8(i))
		c.mem.posted++
		x.step(s, uint8(i), &qp.Event{Cause: abi.CauseDBSQ, Arg: uint32(c.mem.posted)}, nil)
	case restock:
		if x.w.SRQ {
			s.srq[host(uint8(i))].pi++
			break
		}
		x.step(s, uint8(i), &qp.Event{Cause: abi.CauseDBRQ, Arg: uint32(s.places[i].ctx.RQPI) + 1}, nil)
	case crash:
		x.crash(s, uint8(i))
	case forward:
		end := placeEnd(uint8(i))
		for _, p := range w.together(uint8(i)) {
			qp.SetForward(&x.change(s, p).ctx, address(w.Ends[end].Places[s.ends[end].cur]))
		}
	case release:
		x.remove(s, uint8(i))
	case revive:
		s.zombies++
		for _, p := range w.together(uint8(i)) {
			x.step(s, p, &qp.Event{Cause: abi.CauseActivate}, nil)
		}
	default:
		for _, end := range w.members(i) {
			x.manage(s, a.kind(), end)
		}
	}
	x.invariants(s)
}

// manage does what the driver of an end does.
func (x *stepper) manage(s *state, k kind, end int) {
	e, places := &s.ends[end], x.w.Ends[end].Places
	cur := places[e.cur]
	switch k {
	case stall:
		e.phase = stopped
		if int(e.cur)+1 == len(places) {
			e.aborts++
		}
		x.step(s, cur, &qp.Event{Cause: abi.CauseStall}, nil)
	case load:
		x.load(s, end, cur, places[e.cur+1])
	case activate:
		e.phase, e.cur = running, e.cur+1
		to := places[e.cur]
		c := x.change(s, to)
		if c.due {
			x.overwritten(end, c)
		}
		x.step(s, to, &qp.Event{Cause: abi.CauseActivate}, nil)
	case rollback:
		if e.phase == loaded {
			s.places[places[e.cur+1]], s.srq[host(places[e.cur+1])] = nil, shared{}
		}
		e.phase = running
		if int(e.cur)+1 < len(places) {
			e.aborts++
		}
		x.step(s, cur, &qp.Event{Cause: abi.CauseActivate}, nil)
	}
}

// overwritten: the memory of a copy that was live before comes at last, and undoes what the copy did meanwhile. READs of
// the partner's did nothing to it.
func (x *stepper) overwritten(end int, c *copyOf) {
	peer, got := &x.w.Ends[end^1], c.mem.got
	c.due, c.mem, c.coming = false, c.coming, memory{}
	for c.mem.got < got && peer.Work[peer.at(int(c.mem.got))].Op == abi.WROpcodeRDMARead {
		c.mem.got = uint8(peer.start(peer.at(int(c.mem.got)) + 1))
	}
}

// load dumps the stopped copy and loads it at the next place.
func (x *stepper) load(s *state, end int, from, to uint8) {
	src := s.places[from]
	c := &copyOf{mem: src.mem}
	var status abi.CmdStatus
	if c.ctx, status = qp.Load(&src.ctx, x.rules); status != abi.CmdStatusOK {
		x.violate(P9, "the dump of a stopped queue pair is refused: %v", status)
		return
	}
	if old := s.places[to]; old != nil && !qp.Replaces(&c.ctx, &old.ctx) {
		x.violate(P9, "the tombstone at home does not give way")
		return
	}
	same := c.ctx
	same.MigEpoch, same.Restored, same.FwdValid, same.FwdAddr = src.ctx.MigEpoch, src.ctx.Restored, src.ctx.FwdValid, src.ctx.FwdAddr
	if same != src.ctx {
		x.violate(P9, "what is loaded is not what was dumped")
	}
	s.places[to] = c
	if leads(end) {
		s.srq[host(to)] = s.srq[host(from)]
	}
	s.ends[end].phase = loaded
	if x.rules&qp.NoR10a != 0 {
		s.places[from] = nil
		if end != 0 || len(x.w.Ends) == 2 {
			s.srq[host(from)] = shared{} // the last of its container
		}
	}
	if x.rules&qp.NoR5 != 0 {
		c.due, c.coming = true, c.mem
		x.step(s, to, &qp.Event{Cause: abi.CauseActivate}, nil)
	}
}

// crash kills a host. What it had done that its partner knows of is lost for good.
func (x *stepper) crash(s *state, place uint8) {
	end := placeEnd(place)
	s.crashes++
	s.dead |= 1 << host(place)
	if !x.tombstone(s, end, place) {
		for _, e := range x.w.members(end) {
			s.ends[e].crashed = true
		}
	}
	x.remove(s, place)
}

// remove takes away all of a container at a host.
func (x *stepper) remove(s *state, place uint8) {
	for _, p := range x.w.together(place) {
		s.places[p] = nil
	}
	s.srq[host(place)] = shared{}
}

// String describes an action without its state.
func (k kind) String() string {
	return [...]string{"deliver", "lose", "repeat", "send", "respond", "expire", "post", "restock", "stall", "load", "activate", "forward", "release", "rollback", "revive", "crash"}[k]
}

// tell describes an action in the state it is taken in.
func (x *stepper) tell(s *state, a action) string {
	switch a.kind() {
	case deliver, lose, repeat:
		return fmt.Sprintf("%v %s", a.kind(), s.air[a.arg()].String())
	case expire:
		return fmt.Sprintf("expire %v at %s", s.places[a.arg()].ctx.Timer, where(uint8(a.arg())))
	case stall, load, activate, rollback:
		e := x.w.Ends[a.arg()].Places
		cur := s.ends[a.arg()].cur
		text := fmt.Sprintf("%v %s", a.kind(), name(e[cur]))
		if a.kind() == load || a.kind() == activate {
			text += " -> " + name(e[cur+1])
		}
		return text
	}
	return fmt.Sprintf("%v %s", a.kind(), where(uint8(a.arg())))
}

// where names a place: the host, and the second queue pair there.
func where(place uint8) string {
	if leads(placeEnd(place)) {
		return name(place)
	}
	return name(place) + " QP 2"
}

// name of the host of a place: a, b, c of ends 0 and 2, x, y, z of end 1, u, v, w of end 3.
func name(place uint8) string { return string("abcxyzuvw"[host(place)]) }

// String is a packet on its way.
func (f *flight) String() string {
	text := fmt.Sprintf("%s>%s %v psn=%#x", name(f.src), name(f.dst), f.op, uint32(f.psn))
	switch {
	case f.op == abi.OpMigration:
		text = fmt.Sprintf("%s>%s %v epoch=%d psn=%#x epsn=%#x", name(f.src), name(f.dst), f.kind, f.epoch, uint32(f.psn), uint32(f.epsn))
	case f.op == abi.OpAcknowledge:
		y := abi.Syndrome(f.syndrome)
		if y < abi.SyndromeRNRNAK {
			y = abi.SyndromeACK
		}
		text = fmt.Sprintf("%s>%s %v psn=%#x", name(f.src), name(f.dst), y, uint32(f.psn))
		if y == abi.SyndromeNAKStopped {
			text += fmt.Sprintf(" epoch=%d", f.msn)
		}
	}
	return text
}
