package explore

import (
	"slices"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/model/abi"
)

// conclude ends the story with what does not hold. Most of it shows only in the end: then whatever is begun is brought
// to its end, which shall be a good one, and is in a dialect without the fault.
func (t *teller) conclude(property string) {
	switch property {
	case P6.String():
		for p, c := range t.s.places {
			if b := t.before[p]; c != nil && b != nil && c.ctx.RemoteIP != b.ctx.RemoteIP {
				partner := t.counts(placeEnd(uint8(p)) ^ 1)
				t.on(op.ExpectPartner, uint8(p), func(o *op.Op) { o.To = name(partner) })
			}
		}
	case P4a.String():
		for p, c := range t.s.places {
			if c != nil && c.ctx.State == abi.StatePaused {
				t.on(op.ExpectState, uint8(p), func(o *op.Op) { o.State = abi.StateRTS.String() })
			}
		}
	case P5.String():
		// Of two copies that live, one did something already.
		for p, c := range t.s.places {
			if b := t.before[p]; t.s.zombies != 0 && c != nil && b != nil && c.mem.recv != 0 && c.mem == b.mem && t.twin(uint8(p)) {
				t.on(op.ExpectWC, uint8(p), func(o *op.Op) { o.Want.Kind, o.Want.Count = "recv", 0 })
			}
		}
	case P8.String():
		for p, c := range t.s.places {
			if b := t.before[p]; c != nil && b != nil && c.ctx.RetryLeft < b.ctx.RetryLeft {
				t.on(op.ExpectRetries, uint8(p), func(o *op.Op) { o.Want.Min = int(b.ctx.RetryLeft) })
			}
		}
	}
	if property == P2.String() {
		t.loseRequests()
	}
	for end := range t.w.Ends {
		if leads(end) {
			t.finish(end)
			t.showWay(end)
		}
	}
	t.stockRest()
	t.add(op.Auto, nil)
	t.wait()
	if t.s.crashes == 0 {
		t.postRest()
		t.expectDone(property == P4.String())
	}
	t.each(op.ExpectSettled) // whoever is left is told, if it asks
}

// each checks every connection.
func (t *teller) each(v op.Verb) {
	for end := 0; end < len(t.w.Ends); end += 2 {
		t.add(v, func(o *op.Op) { o.Number = end/2 + 1 })
	}
}

// stockRest posts the receives that were not posted yet.
func (t *teller) stockRest() {
	cur := t.counts(0)
	c := t.s.places[cur]
	if c == nil || t.w.Late == 0 || t.s.crashes != 0 {
		return
	}
	posted := int(c.ctx.RQPI)
	if t.w.SRQ {
		posted = max(int(t.s.srq[host(cur)].pi), t.w.stock(0)-t.w.Late)
	}
	if left := t.w.stock(0) - posted; left > 0 {
		t.stock(cur, left)
	}
}

// counts is where the copy of an end is that counts: the current one, or, of two that live because a driver was wrong,
// the newer one unless it was refused.
func (t *teller) counts(end int) uint8 {
	place := t.w.Ends[end].Places[t.s.ends[end].cur]
	if t.s.zombies == 0 {
		return place
	}
	for p, c := range t.s.places {
		if c != nil && placeEnd(uint8(p)) == end && t.runs(c) && t.s.places[place].ctx.MigEpoch.Less(c.ctx.MigEpoch) {
			place = uint8(p)
		}
	}
	return place
}

// twin tells whether another copy of the end that has a place runs, too.
func (t *teller) twin(place uint8) bool {
	for p, c := range t.s.places {
		if c != nil && uint8(p) != place && placeEnd(uint8(p)) == placeEnd(place) && t.runs(c) {
			return true
		}
	}
	return false
}

// runs tells whether a copy was started and has not been refused.
func (t *teller) runs(c *copyOf) bool {
	return c.ctx.State != abi.StateStopped && c.ctx.SQVendor != abi.VendorErrFenced
}

// expectDone checks that everything arrived and completed. Where two copies of an end live, the one that counts did,
// and the other comes to know, if it has something to send and that is asked for.
func (t *teller) expectDone(fenced bool) {
	if t.s.zombies == 0 {
		t.each(op.ExpectData)
		return
	}
	for end := range t.w.Ends {
		sends := len(t.w.Ends[end].Work)
		if t.s.places[t.counts(end)].ctx.SQVendor == abi.VendorErrMigrationLost {
			continue // it announced itself in vain, and should not have been there: what counts is what its partner got
		}
		for p, c := range t.s.places {
			if fenced && c != nil && !c.idle() && placeEnd(uint8(p)) == end && uint8(p) != t.counts(end) {
				t.on(op.ExpectState, uint8(p), func(o *op.Op) { o.State = abi.StateErr.String() })
			}
		}
		t.on(op.ExpectWC, t.counts(end), func(o *op.Op) { o.Want.Count = sends + t.w.receives(end) })
	}
}

// wait lets pass more than all timers of a world together. It need not become quiet.
func (t *teller) wait() {
	t.add(op.Run, func(o *op.Op) { o.Time = 20_000 * op.PerMicrosecond })
}

// loseRequests loses the requests on their way, as a network may: one whose completion is there already is not sent
// again.
func (t *teller) loseRequests() {
	for _, f := range slices.Clone(t.held) {
		if f.op.Info().Kind == abi.KindRequest {
			t.packet(lose, f)
		}
	}
}

// postRest posts what was not posted yet, if that is possible.
func (t *teller) postRest() {
	more := false
	for end := range t.w.Ends {
		cur := t.counts(end)
		for _, m := range t.w.Ends[end].Work[t.s.places[cur].mem.posted:] {
			if !more {
				t.each(op.ExpectSettled)
			}
			t.post(cur, m)
			more = true
		}
	}
	if more {
		t.wait()
	}
}

// finish ends the migration of an end that is under way.
func (t *teller) finish(end int) {
	e, places := &t.s.ends[end], t.w.Ends[end].Places
	cur, next := places[e.cur], int(e.cur)+1
	if t.s.dead>>host(cur)&1 != 0 {
		return
	}
	there := next < len(places) && t.s.dead>>places[next]&1 == 0
	switch {
	case e.phase == running:
		return
	case !there:
		t.on(op.Rollback, cur, nil)
		return
	case e.phase == stopped:
		t.move(cur, places[next])
	}
	t.on(op.Resume, places[next], nil)
	for _, m := range t.w.members(end) {
		e, places := &t.s.ends[m], t.w.Ends[m].Places
		e.cur++
		if t.s.places[places[e.cur]] == nil {
			t.s.places[places[e.cur]] = t.s.places[places[e.cur-1]] // for what it has posted
			t.s.srq[host(places[e.cur])] = t.s.srq[host(places[e.cur-1])]
		}
	}
}

// showWay tells what an end left behind where it is.
func (t *teller) showWay(end int) {
	e, places := &t.s.ends[end], t.w.Ends[end].Places
	for _, p := range places[:e.cur] {
		c := t.s.places[p]
		told := c != nil && (c.ctx.State != abi.StateStopped || c.ctx.FwdValid)
		if p != places[e.cur] && t.s.dead>>host(p)&1 == 0 && !told {
			t.on(op.Forward, p, func(o *op.Op) { o.To = name(places[e.cur]) })
		}
	}
}
