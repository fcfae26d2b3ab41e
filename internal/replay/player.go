package replay

import (
	"encoding/binary"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// player replays one side of a scenario.
type player struct {
	s    *scenario
	side Side
	ep   *endpoint
	tr   *trace
	res  *Result

	own, peer []request // what each side posted, by PSN
	at        int       // index of the frame under way
	pc        int       // log entries of this side before it were executed
	inbox     []int     // responses that were delivered and that the model has not seen yet, as frame indices
	pending   []packet  // responses of the model that the capture has not shown yet
	polled    [2]int    // completions compared
	firstID   [2]uint64
	rnr       bool // the model's last NAK was an RNR NAK
	demise    *demise
	lives     int     // send work requests that the log says were successful
	ended     bool    // there are no more frames
	floor     []floor // the lowest PSN that this side sends from each frame on
	top       []floor // the highest PSN that it answers from each frame on
	deferred  []int   // requests that were delivered and that the model has not seen yet, as frame indices

	choices []choice
	dead    map[state]bool // what leads nowhere
	late    bool           // it is tried first that few responses were looked at, not that all were
	cut     bool           // the search ended at its bound, not because nothing was left to try
}

// request is a posted work request with the PSNs it takes.
type request struct {
	first psn.PSN
	n     uint32
	entry int // of the log
	verb  *verb
	nth   int // among all posts of its side, refused ones included
}

// last is the PSN of its last packet.
func (r *request) last() psn.PSN { return r.first.Add(int32(r.n) - 1) }

// requests numbers the work requests that a side posted. IBTA 9.7.2: a READ takes as many PSNs as its answer.
func requests(s *scenario, side Side) (all []request) {
	next := psn.New(s.party(side).SQPSN)
	nth := -1
	for i := range s.Log {
		e := &s.Log[i]
		if e.side != side || e.verb.kind != verbPost {
			continue
		}
		if nth++; e.failed {
			continue
		}
		n := uint32(1)
		if length := uint32(e.verb.arg[1]); length > 0 {
			n = (length-1)>>(7+s.PathMTU) + 1
		}
		all = append(all, request{next, n, i, &e.verb, nth})
		next = next.Add(int32(n))
	}
	return all
}

func find(all []request, p psn.PSN) *request {
	for i := range all {
		if all[i].first.Distance(p) < all[i].n {
			return &all[i]
		}
	}
	return nil
}

// play replays all of it; before is the memory that an earlier scenario left, or nil. It returns the memory behind it. A search that
// ends at its bound is made once more in the other order: a busy endpoint looks at what it received late.
func play(s *scenario, side Side, before *memory) (*Result, *memory) {
	p := newPlayer(s, side, before)
	finding := p.search()
	if finding != nil && p.cut {
		q := newPlayer(s, side, before)
		q.late = true
		if q.search() == nil {
			return q.res, q.ep.mem
		}
	}
	if p.res.Finding = finding; finding != nil {
		p.ep.mem.forget(regionAt, uint64(len(p.ep.mem.bytes)-regionAt)) // what is wrong here is not to be found again in what follows
	}
	return p.res, p.ep.mem
}

func newPlayer(s *scenario, side Side, before *memory) *player {
	p := &player{
		s: s, side: side, tr: &s.trace[side], ep: newEndpoint(s, side, before), own: requests(s, side), peer: requests(s, side.other()),
		dead: map[state]bool{}, res: &Result{Scenario: s.Scenario, Endpoint: side.String(), File: s.trace[side].path, Freedoms: map[Freedom]int{}},
	}
	p.foresee()
	return p
}

// clock tells the endpoint what time it is: that of frame i.
func (p *player) clock(i int) {
	if p.ep.frame = p.at; i < len(p.tr.frames) {
		p.ep.now = p.tr.frames[i].time
	}
}

// step takes the next captured frame; from is where to begin to explain it if it is a request.
func (p *player) step(f *frame, from way) *Finding {
	own, peer := p.s.party(p.side), p.s.party(p.side.other())
	kind := f.pkt.BTH.Op.Info().Kind
	switch {
	case !f.good:
		p.res.Ignored++ // dropped by both in silence
	case f.pkt.SrcIP == own.addr && f.pkt.DstIP == peer.addr && f.pkt.BTH.DestQPN == peer.QPN:
		p.res.Sent++
		if kind == abi.KindResponse {
			return p.response(f)
		}
		return p.request(f, from)
	case f.pkt.SrcIP == peer.addr && f.pkt.DstIP == own.addr && f.pkt.BTH.DestQPN == own.QPN:
		p.res.Received++
		if kind == abi.KindResponse {
			p.inbox = append(p.inbox, p.at)
			return nil
		}
		return p.deliver(f)
	default:
		p.res.Ignored++
	}
	return nil
}

// deliver gives the model a request.
func (p *player) deliver(f *frame) *Finding {
	if r := find(p.peer, f.pkt.BTH.PSN); r != nil {
		// The log has an order: what stands before that work request was done before.
		if f := p.advance(r.entry); f != nil {
			return f
		}
	}
	p.learn(f)
	if len(p.deferred) > 0 {
		p.deferred = append(p.deferred, p.at)
		return nil
	}
	return p.take(f, true)
}

// take gives the model a request. One that ends the connection can be put off: Linux goes on sending until it looks at it.
func (p *player) take(f *frame, putOff bool) *Finding {
	for {
		before := p.ep.mark()
		v := p.ep.receive(f)
		out := append([]packet(nil), p.ep.sent[before.sent:]...)
		if len(out) > 0 && v != abi.VerdictDuplicate && putOff && before.ctx.State != abi.StateErr && p.unanswered(f) {
			p.ep.back(&before)
			p.deferred = append(p.deferred, p.at)
			return nil
		}
		if len(out) > 0 && p.ended && p.demise != nil && before.ctx.State != abi.StateErr {
			// Linux does not answer any more, and the log has that it ended by itself.
			p.ep.back(&before)
			if f := p.die(); f != nil {
				return f
			}
			p.abandon(f)
			p.ep.receive(f)
			p.ep.sent = p.ep.sent[:0]
			return nil
		}
		ends := p.ep.context().State == abi.StateErr && before.ctx.State != abi.StateErr
		if ends && putOff {
			p.ep.back(&before)
			p.deferred = append(p.deferred, p.at)
			return nil
		}
		if ends {
			p.ep.refused = f.pkt.BTH.Op
		}
		if ends && p.unseen() {
			// What was delivered before this end of the connection was looked at as far as the log says.
			p.ep.back(&before)
			if p.lookOne() {
				continue
			}
			p.ep.receive(f)
		}
		if len(out) > 0 && isRNR(&out[0].pkt) && !p.linuxNotReady(f.pkt.BTH.PSN) {
			// Linux had a receive. When it was posted, the capture does not tell: now at the latest.
			p.ep.back(&before)
			if posted, finding := p.nextReceive(); finding != nil || posted {
				if finding != nil {
					return finding
				}
				continue
			}
			v = p.ep.receive(f)
		}
		p.ep.sent = p.ep.sent[:0]
		p.answer(f, v, out)
		return nil
	}
}

// catchUp gives the model the oldest request that was put off. It is false when there is none.
func (p *player) catchUp() (bool, *Finding) {
	if len(p.deferred) == 0 {
		return false, nil
	}
	i := p.deferred[0]
	p.deferred = append([]int(nil), p.deferred[1:]...)
	return true, p.take(&p.tr.frames[i], false)
}

// learn finds out what a memory that may hold anything holds, before an atomic changes it: the capture has the answer.
func (p *player) learn(f *frame) {
	own := p.s.party(p.side)
	addr := f.pkt.AtomicETH.VA - own.VA
	if f.pkt.BTH.Op.Info().Op != abi.OperationAtomic || addr >= own.Len || !p.ep.mem.unknown(regionAt+addr) {
		return
	}
	for i := p.at + 1; i < len(p.tr.frames); i++ {
		if q := &p.tr.frames[i].pkt; p.tr.frames[i].good && q.BTH.Op == abi.OpAtomicAcknowledge && q.SrcIP == own.addr && q.BTH.PSN == f.pkt.BTH.PSN {
			p.reveal(regionAt+addr, binary.LittleEndian.AppendUint64(nil, q.AtomicAck))
			return
		}
	}
}

// reveal takes over what the capture shows of memory that may hold anything.
func (p *player) reveal(addr uint64, b []byte) {
	if p.ep.reveal(addr, b) {
		p.use(MemoryBefore)
	}
}

func isRNR(q *wire.Packet) bool {
	return q.BTH.Op == abi.OpAcknowledge && q.AETH.Syndrome>>5 == uint8(abi.SyndromeRNRNAK)>>5
}

// answer takes note of what the model answers to a request, and of what it need not answer but may.
func (p *player) answer(f *frame, v abi.Verdict, out []packet) {
	c := p.ep.context()
	executes := f.pkt.BTH.Op.Info().Op
	for i := range out {
		out[i].duplicate, out[i].asked, out[i].executed, out[i].msn = v == abi.VerdictDuplicate, f.pkt.BTH.PSN, c.EPSN.Prev(), c.MSN
		p.rnr = isRNR(&out[i].pkt)
	}
	p.pending = append(p.pending, out...)
	if len(out) > 0 {
		return
	}
	switch {
	case v == abi.VerdictDuplicate && (executes == abi.OperationSend || executes == abi.OperationWrite):
		p.optional(f, AckUnasked, abi.SyndromeACK, c.EPSN.Prev(), c.MSN)
	case v == abi.VerdictDropGap && p.rnr:
		p.optional(f, SequenceAfterRNR, abi.SyndromeNAKPSNSeq, c.EPSN, c.MSN)
	}
}

// optional notes an acknowledgement that the model does not send, but may.
func (p *player) optional(f *frame, why Freedom, s abi.Syndrome, at psn.PSN, msn uint32) {
	q := packet{optional: true, why: why, since: p.at, duplicate: why == AckUnasked, asked: f.pkt.BTH.PSN, executed: p.ep.context().EPSN.Prev()}
	q.pkt = wire.Packet{
		DstMAC: f.pkt.SrcMAC, SrcMAC: f.pkt.DstMAC, SrcIP: f.pkt.DstIP, DstIP: f.pkt.SrcIP, V6: f.pkt.V6,
		BTH: wire.BTH{Op: abi.OpAcknowledge, PKey: pkey, DestQPN: p.s.party(p.side.other()).QPN, PSN: at},
	}
	q.pkt.AETH = wire.AETH{Syndrome: uint8(s), MSN: msn}
	q.data = q.pkt.Append(nil)
	p.pending = append(p.pending, q)
}

// linuxNotReady looks ahead in the capture: did the endpoint answer this request, whose PSN is at, with an RNR NAK?
func (p *player) linuxNotReady(at psn.PSN) bool {
	earlier := 0 // RNR NAKs of the same PSN that are still to come in the capture
	for i := range p.pending {
		if q := &p.pending[i].pkt; isRNR(q) && q.BTH.PSN == at {
			earlier++
		}
	}
	own := p.s.party(p.side).addr
	for i := p.at + 1; i < len(p.tr.frames); i++ {
		q := &p.tr.frames[i].pkt
		if !p.tr.frames[i].good || q.SrcIP != own || q.BTH.Op.Info().Kind != abi.KindResponse {
			continue
		}
		switch {
		case isRNR(q) && q.BTH.PSN == at:
			if earlier == 0 {
				return true
			}
			earlier--
		case q.AETH.Syndrome < uint8(abi.SyndromeRNRNAK) && at.LessEq(q.BTH.PSN):
			return false
		}
	}
	return true
}

// nextReceive executes the log up to the next command that posts receives. posted is false if there is none.
func (p *player) nextReceive() (posted bool, f *Finding) {
	for i := p.pc; i < len(p.s.Log); i++ {
		if e := &p.s.Log[i]; e.side == p.side && e.verb.kind == verbRecv && !e.failed && e.verb.arg[0] > 0 {
			return true, p.advance(i + 1)
		}
	}
	return false, nil
}

// look gives the model the first n responses of the inbox.
func (p *player) look(n int) {
	for _, i := range p.inbox[:n] {
		p.clock(i)
		p.ep.heed(&p.tr.frames[i])
	}
	p.clock(p.at)
}

// unseen tells whether the log has more successful work requests than the model.
func (p *player) unseen() bool {
	n := 0
	for i := range p.ep.done[0] {
		if p.ep.done[0][i].Status == abi.WCStatusSuccess {
			n++
		}
	}
	return n < p.lives
}

// coming tells whether a READ response in the inbox has byte b for an address: Linux may have written it already.
func (p *player) coming(addr uint64, b byte) bool {
	for _, i := range p.inbox {
		q := &p.tr.frames[i].pkt
		r := find(p.own, q.BTH.PSN)
		if r == nil || r.verb.op != abi.WROpcodeRDMARead || len(q.Payload) == 0 {
			continue
		}
		off := addr - regionAt - r.verb.arg[0] - uint64(r.first.Distance(q.BTH.PSN))<<(7+p.s.PathMTU)
		if off < uint64(len(q.Payload)) && q.Payload[off] == b {
			return true
		}
	}
	return false
}

// drain gives the model all responses that were delivered.
func (p *player) drain() {
	for p.lookOne() {
	}
}

func (p *player) use(f Freedom) { p.res.Freedoms[f]++ }

// finish executes what is left of the log and judges what the model has in hand.
func (p *player) finish() *Finding {
	p.at = max(len(p.tr.frames)-1, 0)
	p.ended = true
	defer func() { p.ended = false }()
	for {
		if some, f := p.catchUp(); f != nil {
			return f
		} else if !some {
			break
		}
	}
	if f := p.advance(len(p.s.Log)); f != nil {
		return f
	}
	p.drain()
	for i := range p.pending {
		q := &p.pending[i]
		if !q.optional && !q.duplicate {
			return p.found("the model sends this, and the capture does not have it", nil, q)
		}
		p.skip(q)
	}
	p.res.Freedoms[EndlessRetry] += p.ep.spent
	p.leave()
	for q := range p.ep.done {
		p.res.Freedoms[NotPolled] += len(p.ep.done[q]) - p.polled[q]
	}
	return nil
}

// found makes a finding of the frame under way.
func (p *player) found(why string, linux *frame, model *packet) *Finding {
	f := &Finding{File: p.tr.path, Reason: why}
	if len(p.tr.frames) > 0 {
		f.Frame = p.tr.frames[p.at].number
	}
	if linux != nil {
		f.Linux = wire.Annotate(linux.data)
	}
	if model != nil {
		f.Model = wire.Annotate(model.data)
	}
	return f
}
