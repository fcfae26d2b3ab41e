package explore

import (
	"github.com/godwit-rdma/godwit/model/abi"
)

// check holds one step against the properties, and takes its effects on memory, at va.
func (x *stepper) check(s *state, place uint8, c *copyOf, before *abi.QPC, f *flight, va uint64) {
	end := placeEnd(place)
	now := &c.ctx
	switch {
	case f == nil:
	case now.EPSN != before.EPSN:
		x.executed(s, place, c, f)
	case f.op.Info().Kind == abi.KindRequest && x.fx.HasWord:
		x.violate(P10, "an atomic runs again at %s", name(place))
	case f.op.Info().Kind == abi.KindResponse && (x.fx.HasWord || x.fx.Write != 0):
		x.brings(end, c, f, va)
	case now.RdCount < before.RdCount && f.op == abi.OpRDMAReadResponseOnly && f.size == 0:
		var oldest abi.RdSlot
		oldest.Decode(before.RdSlots[int(before.RdHead)*abi.RdSlotSize:])
		if n := int(oldest.WQE); !x.w.Ends[end].Work[n].Empty {
			x.violate(P2, "READ %d is answered with nothing", n)
		} else {
			c.mem.brought[n] = 1
		}
	case now.RdCount < before.RdCount:
		x.violate(P10, "at %s a READ or atomic is retired by %s", name(place), f.String())
	}
	if x.fx.HasCQE {
		x.completed(s, end, c)
	}
	if now.RemoteIP != before.RemoteIP {
		x.moved(s, end, now, before, f)
	}
	if now.RetryLeft < before.RetryLeft || now.RNRLeft < before.RNRLeft {
		switch {
		case before.State == abi.StatePaused:
			x.violate(P8, "a queue pair that is PAUSED at %s pays with a retry", name(place))
		case f != nil && f.fromStopped:
			x.violate(P8, "the answer of a stopped queue pair costs %s a retry", name(place))
		}
	}
	if now.State == abi.StateErr && before.State != abi.StateErr {
		x.failed(s, end, place, now)
	}
}

// executed: the packet f took effect at a copy. P1: it is the next one of its sender's stream.
func (x *stepper) executed(s *state, place uint8, c *copyOf, f *flight) {
	end := placeEnd(place)
	if f.pos != c.mem.got {
		x.violate(P1, "packet %d of the partner's stream takes effect at %s, where %d did before it", f.pos, name(place), c.mem.got)
		return
	}
	peer := &x.w.Ends[end^1]
	if int(f.pos) >= peer.start(len(peer.Work)) {
		x.violate(P1, "what nobody posted takes effect at %s", name(place))
		return
	}
	n := peer.at(int(f.pos))
	c.mem.got++
	if peer.Work[n].asks() {
		c.mem.got = uint8(peer.start(n + 1))
	}
	if peer.Work[n].atomic() {
		if want := peer.atomics(n) + 1; !x.fx.HasWord || x.fx.Word != uint64(want) {
			x.violate(P10, "atomic %d does not leave %d at %s", n, want, name(place))
		}
		c.mem.word = uint8(x.fx.Word)
	}
	if s.zombies != 0 && c.ctx.RemoteIP != address(f.src) {
		x.violate(P5, "what a copy sent takes effect at %s, whose partner is another", name(place))
	}
	if s.zombies != 0 && !x.partnerOf(s, end, place) {
		return // two containers live because of a wrong driver: what the one does whose partner left it is undone with it
	}
	x.progress(s, end, place, uint8(c.ctx.MigEpoch))
	// What the newest copy sent before it was stopped and came back is not the work of another copy.
	e := &s.ends[end^1]
	if from := s.places[f.src]; from != nil && uint8(from.ctx.MigEpoch) >= e.owner {
		e.owner = max(e.owner, uint8(f.epoch))
		return
	}
	x.progress(s, end^1, f.src, uint8(f.epoch))
}

// sends: a copy sends a packet of message n. P1: one with a fence comes after what it waits for.
func (x *stepper) sends(place uint8, c *copyOf, e *End, n int) {
	if !e.Work[n].Fence {
		return
	}
	for i, m := range e.Work[:n] {
		if c.mem.brought[i] != m.full() {
			x.violate(P1, "message %d leaves %s before message %d, which it waits for, is answered", n, name(place), i)
		}
	}
}

// brings: a response brings data to va. P2, P10: they are what was asked for.
func (x *stepper) brings(end int, c *copyOf, f *flight, va uint64) {
	e, n := &x.w.Ends[end], int(va-nearVA)>>slotLog
	if m := e.Work[n]; m.atomic() {
		if want := e.atomics(n); f.value != want {
			x.violate(P10, "atomic %d brings %d, want %d", n, f.value, want)
		}
		c.mem.brought[n] = 1
		return
	}
	at := source(va)
	if f.pos != at {
		x.violate(P2, "packet %d of READ %d brings what packet %d of message %d is", at&0xf, n, f.pos&0xf, f.pos>>4)
	}
	c.mem.brought[n] |= 1 << (at & 0xf)
}

// partnerOf tells whether the other end takes the copy of an end at a place for its partner.
func (x *stepper) partnerOf(s *state, end int, place uint8) bool {
	c := s.at(x.w, end^1)
	return c == nil || c.ctx.RemoteIP == address(place)
}

// progress of an end in a place. P5: none that is older made progress after a newer one did.
func (x *stepper) progress(s *state, end int, place, e uint8) {
	if e < s.ends[end].owner {
		x.violate(P5, "the copy at %s makes progress although a newer one has", name(place))
	}
	s.ends[end].owner = max(s.ends[end].owner, e)
}

// completed: a completion is in the queue. P3: it is the next one; P2: what it says happened.
func (x *stepper) completed(s *state, end int, c *copyOf) {
	q := &x.fx.CQE
	if q.Status != abi.WCStatusSuccess {
		return
	}
	if q.Opcode == abi.WCOpcodeRecv || q.Opcode == abi.WCOpcodeRecvRDMAImm {
		x.arrived(end, c)
		if x.w.SRQ {
			x.tookShared(s, end, c)
			return
		}
		if q.WQEIdx != uint16(c.mem.recv) {
			x.violate(P3, "receive %d completes, want %d", q.WQEIdx, c.mem.recv)
		}
		c.mem.recv++
		return
	}
	if q.WQEIdx != uint16(c.mem.done) {
		x.violate(P3, "send %d completes, want %d", q.WQEIdx, c.mem.done)
		return
	}
	if int(c.mem.done) == len(x.w.Ends[end].Work) {
		x.violate(P2, "send %d completes, and there are %d", q.WQEIdx, c.mem.done)
		return
	}
	if n := int(c.mem.done); c.mem.brought[n] != x.w.Ends[end].Work[n].full() {
		x.violate(P2, "send %d completes without its data", n)
	}
	c.mem.done++
}

// tookShared: a receive of the shared queue completes. P3: it was posted and not completed before by any queue pair of
// the container. memory.recv has those that did, one bit each.
func (x *stepper) tookShared(s *state, end int, c *copyOf) {
	bit := uint8(1) << x.fx.CQE.WQEIdx
	taken := c.mem.recv
	if end&1 == 0 {
		for _, e := range x.w.members(0) {
			if other := s.at(x.w, e); e != end && other != nil {
				taken |= other.mem.recv
			}
		}
	}
	if taken&bit != 0 || int(x.fx.CQE.WQEIdx) >= x.w.stock(end&^2) {
		x.violate(P3, "receive %d of the shared queue completes twice, or was never posted", x.fx.CQE.WQEIdx)
	}
	c.mem.recv |= bit
}

// arrived: the completion of a receive says what it is of. P2.
func (x *stepper) arrived(end int, c *copyOf) {
	if c.mem.got == 0 {
		return // what took effect was not the next one, which has been told
	}
	q, peer := &x.fx.CQE, &x.w.Ends[end^1]
	n := peer.at(int(c.mem.got) - 1)
	m := peer.Work[n]
	imm := q.Flags&abi.WCFlagImm != 0
	if imm != m.immediate() || imm && int(q.Imm) != n || int(q.ByteLen) != m.length() ||
		(q.Opcode == abi.WCOpcodeRecvRDMAImm) != (m.Op == abi.WROpcodeRDMAWriteImm) {
		x.violate(P2, "message %d arrives as %v of %d bytes with immediate data %d", n, q.Opcode, q.ByteLen, q.Imm)
	}
}

// moved: a queue pair has another address for its partner. P6.
func (x *stepper) moved(s *state, end int, now, before *abi.QPC, f *flight) {
	switch {
	case f == nil || f.op != abi.OpMigration:
		x.violate(P6, "an address changes without a migration packet")
	case f.kind == abi.METHKindRedirect && before.ResumePending:
	case f.kind != abi.METHKindResume || !before.PeerEpoch.Less(f.epoch):
		x.violate(P6, "a %v of epoch %d changes the address of a partner that was of epoch %d already", f.kind, f.epoch, before.PeerEpoch)
	case now.RemoteIP != address(f.src):
		x.violate(P6, "RESUME from %s makes it another address", name(f.src))
	}
}

// failed: a queue pair went to ERR. Nobody crashes and no more is lost than there are retries, so nothing may.
func (x *stepper) failed(s *state, end int, place uint8, now *abi.QPC) {
	fenced := now.SQVendor == abi.VendorErrFenced
	switch {
	case s.crashes != 0 || s.zombies != 0 && (fenced || x.stale(s, end, place)):
	case fenced:
		x.violate(P5, "%s is fenced, and there is no other", name(place))
	case now.SQVendor == abi.VendorErrMigrationLost:
		x.violate(P4, "%s gives up a partner that is there", name(place))
	case now.SQErr == abi.WCStatusRetryExcErr || now.SQErr == abi.WCStatusRNRRetryExcErr:
		x.violate(P8, "%s has no retries left, though fewer packets were lost than it had", name(place))
	default:
		x.violate(P1, "the connection dies at %s: %v", name(place), now.SQErr)
	}
}

// stale tells whether there is a newer copy of an end that was not refused, which is then the one that counts. The older
// one must take no effect, and end in ERR within its budgets as soon as it has something to send; that it is silent until
// then is what R11 and P5 promise of it.
func (x *stepper) stale(s *state, end int, place uint8) bool {
	for p, c := range s.places {
		if c != nil && uint8(p) != place && placeEnd(uint8(p)) == end && c.ctx.SQVendor != abi.VendorErrFenced &&
			s.places[place].ctx.MigEpoch.Less(c.ctx.MigEpoch) {
			return true
		}
	}
	return false
}

// causes holds a state against P4a: whoever is paused has a partner that is stopped or that announces itself, so that
// something else than the lease will end the pause. Of hosts that are gone, and copies that a driver brought back by
// mistake, nothing of the kind can be said.
func (x *stepper) causes(s *state) {
	if s.crashes != 0 || s.zombies != 0 {
		return
	}
	for end := range x.w.Ends {
		c, partner := s.at(x.w, end), s.at(x.w, end^1)
		if c != nil && partner != nil && c.ctx.State == abi.StatePaused &&
			s.ends[end^1].phase == running && !partner.ctx.ResumePending && partner.active() {
			x.violate(P4a, "%s pauses, though its partner runs and has nothing more to say", name(x.w.Ends[end].Places[s.ends[end].cur]))
		}
	}
}

// invariants holds a state against P2: what a sender knows to be done is done, somewhere that is still there. And P4a.
func (x *stepper) invariants(s *state) {
	x.causes(s)
	var done, got [maxEnds]int
	for p, c := range s.places {
		if c == nil {
			continue
		}
		end := placeEnd(uint8(p))
		done[end] = max(done[end], int(c.mem.done))
		if c.ctx.SQVendor != abi.VendorErrFenced {
			got[end] = max(got[end], int(c.mem.got))
		}
	}
	for end := range x.w.Ends {
		if s.ends[end^1].crashed || s.crashes != 0 {
			continue
		}
		if want := x.w.Ends[end].start(done[end]); got[end^1] < want {
			x.violate(P2, "%d packets of end %d are completed with success, %d took effect", want, end, got[end^1])
		}
	}
}

// finished tells whether a state is one that everything may end in: no migration is under way, and each end has sent
// and completed everything, or was told that it cannot.
func (x *stepper) finished(s *state) bool {
	w := x.w
	for end := range w.Ends {
		if s.ends[end].phase != running {
			if s.crashes == 0 || s.at(w, end) != nil {
				return false
			}
			continue
		}
		lives := false
		for p, c := range s.places {
			if c == nil || placeEnd(uint8(p)) != end || c.ctx.State == abi.StateStopped {
				continue
			}
			current := uint8(p) == w.Ends[end].Places[s.ends[end].cur]
			switch {
			case c.ctx.State == abi.StateErr:
				if s.crashes != 0 {
					lives = true
				}
			case x.stale(s, end, uint8(p)):
				if !c.idle() {
					return false // it has something to send, and must come to know
				}
			case c.complete(w, end, s):
				lives = true
			case current || s.zombies != 0:
				return false
			}
		}
		if !lives && !s.ends[end].crashed {
			return false
		}
	}
	return true
}

// idle tells whether a copy has nothing to send and waits for nobody.
func (c *copyOf) idle() bool {
	return c.ctx.UnaPSN == c.ctx.MaxPSN && c.ctx.SQACK == c.ctx.SQPI && !c.ctx.ResumePending && c.ctx.State != abi.StatePaused
}

// complete tells whether a copy has nothing more to do.
func (c *copyOf) complete(w *World, end int, s *state) bool {
	e, peer := &w.Ends[end], &w.Ends[end^1]
	if c.ctx.State == abi.StatePaused || c.ctx.ResumePending {
		return false
	}
	if s.crashes != 0 {
		return c.ctx.UnaPSN == c.ctx.MaxPSN // whoever is left cannot be told more than it asks for
	}
	return int(c.mem.done) == len(e.Work) && int(c.mem.got) == peer.start(len(peer.Work))
}
