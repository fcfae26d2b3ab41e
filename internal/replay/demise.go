package replay

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// demise is how a send queue ended by itself: the first completion in the log that is neither success nor flush. When that was, the
// capture does not tell. It was before what would have completed the work request, and before the first request that
// was not answered any more.
type demise struct {
	entry   int // of the log
	status  abi.WCStatus
	request *request
}

// foresee finds in the log what the search need not try.
func (p *player) foresee() {
	n := 0
	for i := range p.s.Log {
		e := &p.s.Log[i]
		if e.side != p.side {
			continue
		}
		for k := range e.wcs {
			w := &e.wcs[k]
			switch {
			case w.id >= recvID:
				continue
			case w.status == abi.WCStatusSuccess:
				p.lives++
			case w.status != abi.WCStatusWrFlushErr && p.demise == nil && n < len(p.own):
				p.demise = &demise{i, w.status, &p.own[n]}
			}
			n++
		}
	}
	p.ep.coming = p.coming
	p.floor, p.top = make([]floor, len(p.tr.frames)+1), make([]floor, len(p.tr.frames)+1)
	for i := len(p.tr.frames) - 1; i >= 0; i-- {
		p.floor[i], p.top[i] = p.floor[i+1], p.top[i+1]
		f := &p.tr.frames[i]
		if !f.good || f.pkt.SrcIP != p.s.party(p.side).addr {
			continue
		}
		x := f.pkt.BTH.PSN
		if f.pkt.BTH.Op.Info().Kind == abi.KindResponse {
			if !p.top[i].some || p.top[i].at.Less(x) {
				p.top[i] = floor{true, x}
			}
			continue
		}
		if r := find(p.own, x); r != nil && r.verb.op == abi.WROpcodeRDMARead {
			x = r.last() // which may be asked for again from the start
		}
		if !p.floor[i].some || x.Less(p.floor[i].at) {
			p.floor[i] = floor{true, x}
		}
	}
}

// unanswered tells whether Linux ended before it answered a request: no answer to it, nor to what is behind it, is to come.
func (p *player) unanswered(f *frame) bool {
	x := p.top[min(p.at, len(p.tr.frames))]
	return p.demise != nil && (!x.some || x.at.Less(f.pkt.BTH.PSN))
}

// floor is the lowest PSN that a side sends from some frame on. Nobody sends again what he knows to be acknowledged: no
// response to it, nor to what is behind it, was looked at before.
type floor struct {
	some bool
	at   psn.PSN
}

// beyond tells whether the model has looked at more than Linux can have: it takes for acknowledged what is sent again later, or what
// never completed.
func (p *player) beyond() bool {
	c := p.ep.context()
	if x := p.floor[min(p.at, len(p.tr.frames))]; x.some && x.at.Less(c.UnaPSN) {
		return true
	}
	d := p.demise
	if d == nil {
		return false
	}
	if c.State == abi.StateErr {
		if d.status != abi.WCStatusRetryExcErr && d.status != abi.WCStatusRNRRetryExcErr {
			return false
		}
		// It ended by a NAK that came too late for Linux.
		for i := range p.ep.done[0] {
			if s := p.ep.done[0][i].Status; s != abi.WCStatusSuccess {
				return s != d.status && s != abi.WCStatusWrFlushErr
			}
		}
		return false
	}
	if d.late(p) {
		return d.request.first.Less(c.UnaPSN)
	}
	return d.request.last().Less(c.UnaPSN)
}

// lookOne lets the model look at the oldest response, if Linux can have done that.
func (p *player) lookOne() bool {
	if len(p.inbox) == 0 {
		return false
	}
	before := p.ep.mark()
	if p.look(1); p.beyond() {
		p.ep.back(&before)
		return false
	}
	p.inbox = p.inbox[1:]
	return true
}

// visible is how many responses of the inbox Linux can have looked at. The model is left as it was.
func (p *player) visible() (n int) {
	before, inbox := p.ep.mark(), p.inbox
	for p.lookOne() {
		n++
	}
	p.ep.back(&before)
	p.inbox = inbox
	return n
}

// late tells whether a work request failed because a local address is outside of the region. The model looks before it sends;
// others when they come to the packet that would need it.
func (d *demise) late(p *player) bool {
	return d.status == abi.WCStatusLocProtErr && d.request.verb.misplaced(p.s.party(p.side))
}

// misplaced tells whether a work request has local bytes outside of the region.
func (v *verb) misplaced(own *party) bool {
	return v.arg[1] > 0 && (v.arg[0] > own.Len || v.arg[1] > own.Len-v.arg[0])
}

// die brings the model to the demise of the log.
func (p *player) die() *Finding {
	d := p.demise
	if f := p.advance(d.entry); f != nil {
		return f
	}
	for p.ep.context().State != abi.StateErr && p.lookOne() {
	}
	c := p.ep.context()
	switch {
	case c.State == abi.StateErr:
	case d.late(p):
		p.use(LocalCheckLate)
		p.ep.end(d.status)
	case d.status == abi.WCStatusRetryExcErr:
		p.use(RetransmitInstant)
		return p.spend(c.RetryLeft)
	case d.status == abi.WCStatusRNRRetryExcErr:
		return p.spend(c.RNRLeft)
	}
	return nil
}

// spend ends the send queue because retries are used up, of which the model has some left: no more than there were NAKs that it
// did not count.
func (p *player) spend(left uint8) *Finding {
	d := p.demise
	if int(left) > p.ep.extra {
		return p.found(fmt.Sprintf("log[%d]: retries are used up (%v), and the model has %d left", d.entry, d.status, left), nil, nil)
	}
	if left > 0 {
		p.use(RetrySpent)
	}
	p.ep.end(d.status)
	return nil
}

// swallowed tells whether a READ or atomic, of which the model misses the answer, was covered by a delivered acknowledgement.
func (p *player) swallowed(r *request) bool {
	switch r.verb.op {
	case abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
	default:
		return false
	}
	peer := p.s.party(p.side.other()).addr
	for i := 0; i <= p.at && i < len(p.tr.frames); i++ {
		if q := &p.tr.frames[i].pkt; p.tr.frames[i].good && q.SrcIP == peer && isACK(q) && r.last().LessEq(q.BTH.PSN) {
			return true
		}
	}
	return false
}

// abandon takes note that a request was delivered of which nobody knows whether it was executed.
func (p *player) abandon(f *frame) {
	r := find(p.peer, f.pkt.BTH.PSN)
	if r == nil {
		return
	}
	own := p.s.party(p.side)
	switch r.verb.op {
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
		p.ep.mem.forget(regionAt+r.verb.arg[2]-own.VA, r.verb.arg[1])
	case abi.WROpcodeSend, abi.WROpcodeSendImm:
		for i := range p.s.Log {
			if e := &p.s.Log[i]; e.side == p.side && e.verb.kind == verbRecv && !e.failed {
				p.ep.mem.forget(regionAt+e.verb.arg[1], e.verb.arg[0]*e.verb.arg[2])
			}
		}
	}
}

// leave forgets what both directions wrote, and what work requests that did not succeed may have fetched.
func (p *player) leave() {
	p.ep.mem.raced()
	for i := range p.own {
		v := p.own[i].verb
		if i < len(p.ep.done[0]) && p.ep.done[0][i].Status == abi.WCStatusSuccess {
			continue
		}
		switch v.op {
		case abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
			p.ep.mem.forget(regionAt+v.arg[0], v.arg[1])
		}
	}
}
