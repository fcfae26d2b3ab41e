package replay

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// response finds the captured response among those that the model has sent or may send, or sends to what was put off.
func (p *player) response(f *frame) *Finding {
	for {
		before := p.save()
		finding := p.match(f)
		if finding == nil || len(p.deferred) == 0 {
			return finding
		}
		p.restore(&before)
		if _, finding := p.catchUp(); finding != nil {
			return finding
		}
	}
}

// match finds the captured response among those that the model has sent or may send.
func (p *player) match(f *frame) *Finding {
	first := verdict{why: "the model sends no response here"}
	for k := range p.pending {
		q := &p.pending[k]
		v := p.ep.compare(f, q, func() int { return q.since })
		if v.why == "" {
			p.res.Responses++
			p.commit(&v)
			if q.optional {
				p.use(q.why)
			}
			for i := range p.pending[:k] {
				p.skip(&p.pending[i])
			}
			p.pending = append(p.pending[:0], p.pending[k+1:]...)
			return nil
		}
		if k == 0 {
			first = v
		}
		if !q.optional && !p.covered(f, q) {
			break
		}
	}
	// Those that a later one speaks for are in the way only if the later one is there.
	for k := range p.pending {
		if q := &p.pending[k]; !q.optional && !p.covered(f, q) {
			return p.found(first.why, f, q)
		}
	}
	if len(p.pending) > 0 {
		return p.found(first.why, f, &p.pending[0])
	}
	return p.found(first.why, f, nil)
}

// skip counts a response of the model that the capture does not have, and need not have.
func (p *player) skip(q *packet) {
	switch {
	case q.optional:
	case q.pkt.BTH.Op == abi.OpAcknowledge:
		p.use(AckCoalescing)
	default:
		p.use(ReadAnswerAgain)
	}
}

// covered tells whether the captured response f speaks for the model's response q, which then need not be there.
func (p *player) covered(f *frame, q *packet) bool {
	if q.duplicate {
		return true
	}
	if q.pkt.BTH.Op != abi.OpAcknowledge || abi.Syndrome(q.pkt.AETH.Syndrome) >= abi.SyndromeRNRNAK {
		return false
	}
	if nak := f.pkt.BTH.Op == abi.OpAcknowledge && abi.Syndrome(f.pkt.AETH.Syndrome) >= abi.SyndromeRNRNAK; nak {
		return q.pkt.BTH.PSN.Less(f.pkt.BTH.PSN)
	}
	return q.pkt.BTH.PSN.LessEq(f.pkt.BTH.PSN)
}

// commit counts the freedoms of a match.
func (p *player) commit(v *verdict) {
	for _, x := range v.used {
		p.use(x)
	}
}

// push is how the model is brought to send a request that it would not send by itself now.
type push int

const (
	pushNone   push = iota
	pushTimer       // its timer runs out
	pushGoOn        // it does not go back, although a response said that something is lost
	pushResend      // it goes back although no timer ran out
	pushDepth       // it may have a few more READs and atomics outstanding
	pushWindow      // its window is opened
)

// request explains a captured request: some of the delivered responses looked at, a timer run out or not, and the
// model's next request packet is this one. There may be several explanations; it takes the first from way on, and notes
// where to go on should that one prove wrong later.
func (p *player) request(f *frame, from way) *Finding {
	r := find(p.own, f.pkt.BTH.PSN)
	if r == nil {
		return p.found("its PSN belongs to no work request that was posted", f, nil)
	}
	before := p.save()
	if f := p.advance(r.entry + 1); f != nil {
		return f
	}
	why, best := "the model has nothing to send", (*packet)(nil)
	if dead := p.dead[p.key()]; dead && from == (way{}) {
		return p.found(why, f, nil)
	}
	base := p.ep.mark()
	visible := p.visible()
	for w := from; w.how <= pushWindow; w = w.next(len(p.inbox)) {
		k := w.looked(len(p.inbox), p.late)
		if k > visible {
			continue
		}
		p.ep.back(&base)
		p.look(k)
		v, q := p.try(w.how, f, r)
		if v.why == "" {
			if k < len(p.inbox) {
				p.use(ProcessingOrder)
			}
			p.res.Requests++
			p.commit(&v)
			p.inbox = append([]int(nil), p.inbox[k:]...)
			p.ep.sent = p.ep.sent[:0]
			p.choices = append(p.choices, choice{before, w.next(len(before.inbox))})
			return nil
		}
		if best == nil && q != nil {
			why, best = v.why, q
		}
	}
	p.ep.back(&base)
	p.dead[p.key()] = true
	return p.found(why, f, best)
}

// try gives the model the opportunity to send, and compares.
func (p *player) try(how push, f *frame, r *request) (verdict, *packet) {
	n := len(p.ep.sent)
	used, ok := p.push(how, f)
	if p.ep.debt {
		return verdict{why: "the model's retries are used up"}, nil
	}
	if ok && len(p.ep.sent) == n && how < pushDepth {
		p.ep.send()
	}
	if len(p.ep.sent) == n {
		return verdict{why: "the model has nothing to send"}, nil
	}
	q := p.ep.sent[n]
	v := p.ep.compare(f, &q, p.oldest)
	if v.why == "" || p.restarted(&v, f, &q, r) {
		v.used = append(v.used, used...)
	}
	return v, &q
}

// oldest is the index of the oldest frame that may not have been executed when the frame under way was made: memoryFrames before it,
// or further back where requests were not answered yet.
func (p *player) oldest() int {
	own, at := p.s.party(p.side).addr, max(p.at-memoryFrames, 0)
	for i := p.at - 1; i >= 0; i-- {
		q := &p.tr.frames[i].pkt
		if !p.tr.frames[i].good || q.SrcIP != own || q.BTH.Op.Info().Kind != abi.KindResponse || q.AETH.Syndrome >= uint8(abi.SyndromeRNRNAK) {
			continue
		}
		for j := 0; j < i; j++ {
			r := &p.tr.frames[j].pkt
			if p.tr.frames[j].good && r.SrcIP != own && r.BTH.Op.Info().Kind == abi.KindRequest && q.BTH.PSN.Less(r.BTH.PSN) {
				return min(at, j)
			}
		}
		return at
	}
	return 0
}

// memoryFrames is how many captured frames may pass between the time a requester reads a payload and the time the packet is on
// the wire.
const memoryFrames = 64

// push brings the model to where it can send. ok is false when that way is not open.
func (p *player) push(how push, f *frame) (used []Freedom, ok bool) {
	if how == pushNone {
		return nil, true
	}
	c := p.ep.context()
	switch {
	case how == pushTimer && c.Timer == abi.TimerRNR:
		used = append(used, RNRInstant)
		if f.time < p.ep.due {
			used[0] = RNREarly
		}
	case how == pushTimer && c.Timer == abi.TimerACK && f.time >= p.ep.due:
		used = append(used, RetransmitInstant)
	case how == pushGoOn && c.Rewind && c.UnaPSN.LessEq(c.NextPSN):
		// Nor is a retry spent that was not made.
		used = append(used, NotGoneBack)
		c.Rewind = false
		if !p.ep.debt {
			c.RetryLeft = min(c.RetryLeft+1, c.RetryCnt)
		}
		p.ep.debt = false
		p.ep.extra++
		p.ep.core.SetContext(slot, c)
		return used, true
	case how == pushResend && c.Timer == abi.TimerACK && c.UnaPSN != c.MaxPSN:
		// A requester may resend at will: no retry is spent.
		used = append(used, RetransmitEarly)
		p.ep.extra++
		c.Rewind = true
		p.ep.core.SetContext(slot, c)
		return used, true
	case how == pushDepth && p.deepen():
		return append(used, DepthRounded), true
	case how == pushWindow && p.openWindow():
		return append(used, SendWindow), true
	default:
		return nil, false
	}
	p.ep.apply(nic.Cause{Kind: abi.CauseTimer, Slot: slot, Arg: uint32(c.Timer)})
	return used, true
}

// deepen lets the model send a READ or atomic beyond its depth, up to the next power of two.
func (p *player) deepen() bool {
	c := p.ep.context()
	most := roundUp(c.MaxRdAtomic)
	if c.RdCount < c.MaxRdAtomic || c.RdCount >= most {
		return false
	}
	depth := c.MaxRdAtomic
	c.MaxRdAtomic, c.RdWait = most, false
	p.ep.core.SetContext(slot, c)
	p.ep.send()
	c = p.ep.context()
	c.MaxRdAtomic = depth
	p.ep.core.SetContext(slot, c)
	return true
}

// openWindow lets the model send beyond its window: how much may be unacknowledged is the device's choice.
func (p *player) openWindow() bool {
	c := p.ep.context()
	if c.State != abi.StateRTS || c.Rewind || c.Timer == abi.TimerRNR || c.SQSend == c.SQPI || c.RdWait ||
		int64(c.UnaPSN.Distance(c.NextPSN)) < abi.SendWindow+int64(c.RdExtra) {
		return false
	}
	una := c.UnaPSN
	c.UnaPSN = c.NextPSN
	p.ep.core.SetContext(slot, c)
	p.ep.send()
	c = p.ep.context()
	c.UnaPSN = una
	p.ep.core.SetContext(slot, c)
	return true
}

// restarted tells whether the capture asks again for a READ from another place than the model, and consistently so.
func (p *player) restarted(v *verdict, f *frame, q *packet, r *request) bool {
	l := &f.pkt
	if l.BTH.Op != abi.OpRDMAReadRequest || q.pkt.BTH.Op != abi.OpRDMAReadRequest || find(p.own, q.pkt.BTH.PSN) != r {
		return false
	}
	skip := uint64(r.first.Distance(l.BTH.PSN)) << (7 + p.s.PathMTU)
	if l.RETH.VA != r.verb.arg[2]+skip || uint64(l.RETH.Length)+skip != r.verb.arg[1] || l.RETH.RKey != uint32(r.verb.arg[3]) {
		v.why = fmt.Sprintf("a READ asked for again from PSN %d has the wrong address, length or key", uint32(l.BTH.PSN))
		return false
	}
	v.why = ""
	v.used = append(v.used, ReadRestart)
	return true
}
