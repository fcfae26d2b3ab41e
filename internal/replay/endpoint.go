package replay

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Memory of an endpoint: rings, then the region.
const (
	ringLog  = 12 // work requests in a ring
	cqLog    = 4
	sqAt     = 0x0_0000
	rqAt     = 0x4_0000
	imageAt  = 0x8_0000
	sqCQAt   = 0x9_0000
	rqCQAt   = 0x9_1000
	regionAt = 0xa_0000
	pd       = 1
	pkey     = 0xffff
	sqCQ     = 0
	rqCQ     = 1
	slot     = 0
	// A second key of the region goes beyond its end, for work requests that Linux finds to be wrong only when it comes to that.
	scratchKey = 1 << 31
	scratchLen = 1 << 31
)

// tick is the unit of the model's timers in nanoseconds. IBTA 9.7.6.1.3.
const tick = 4096

// packet is one that the model sent.
type packet struct {
	data []byte
	pkt  wire.Packet
	// at is where in memory its payload came from.
	at uint64
	// since is the index of the frame at which it was made.
	since int
	// optional: the model did not send it, but may have; why is the freedom to name if the capture has it.
	optional bool
	// duplicate: it answers a repeated request.
	duplicate bool
	// asked is the PSN of the request that it answers, executed that of the last one executed when it was made.
	asked, executed psn.PSN
	// msn is the message count of the responder when it was made.
	msn uint32
	why Freedom
}

// endpoint is a golden NIC with one queue pair, in the place of one side of a scenario. It has no time of its own.
type endpoint struct {
	core *nic.Core
	mem  *memory
	own  *party
	// coming tells whether an answer that was delivered and not looked at yet has that byte for that address.
	coming func(addr uint64, b byte) bool
	mac    [2]wire.MAC // ours, and that of the next hop

	now    uint64 // of the frame under way
	frame  int    // its index
	source uint64 // of the last DMA read
	sent   []packet
	done   [2][]abi.CQE // completions of the two queues
	due    uint64       // when the armed timer runs out
	posted [2]uint16    // producer indices
	// patient: the retry count is 7, and the endpoint in whose place this is may take that as without end. spent counts
	// the retries that it had beyond.
	patient bool
	spent   int
	// denies tells that the queue pair does not grant everything.
	denies bool
	// extra is how many retries Linux may have spent since the oldest unacknowledged packet became that, and the model
	// did not; debt tells that the model spent one that it has not.
	extra int
	debt  bool
	// refused is the operation of the request that ended the connection.
	refused abi.Opcode
}

// fullAccess is all that a partner can be granted.
const fullAccess = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic

// newEndpoint connects the golden endpoint of a side. old is the memory that an earlier scenario left, or nil.
func newEndpoint(s *scenario, side Side, old *memory) *endpoint {
	own, peer := s.party(side), s.party(side.other())
	e := &endpoint{own: own, patient: s.endless(side), denies: s.qpAccess&fullAccess != fullAccess, core: nic.NewCore(params)}
	e.mem = newMemory(regionAt + own.Len)
	e.mem.region(old)
	ownMAC, peerMAC := macs(s, side)
	e.mac = [2]wire.MAC{ownMAC, peerMAC}
	for i := range uint32(4) {
		e.write(abi.RegIP+4*i, binary.LittleEndian.Uint32(own.addr[4*i:]))
	}
	e.write(abi.RegMACLO, binary.LittleEndian.Uint32(ownMAC[:]))
	e.write(abi.RegMACHI, uint32(binary.LittleEndian.Uint16(ownMAC[4:])))
	e.write(abi.RegNexthopLO, binary.LittleEndian.Uint32(peerMAC[:]))
	e.write(abi.RegNexthopHI, uint32(binary.LittleEndian.Uint16(peerMAC[4:])))
	e.write(abi.RegCtrl, abi.RegCtrlEnableMask)
	for n, base := range []uint64{sqCQAt, rqCQAt} {
		c := abi.CQC{Base: base, Log: cqLog}
		img := c.Image()
		e.command(abi.CMDCreateCQ, uint32(n), img[:])
	}
	scratch := abi.MR{Key: own.RKey ^ scratchKey, PD: pd, Access: abi.AccessLocalWrite, VA: own.VA, Length: min(own.Len+scratchLen, -own.VA), PA: regionAt}
	img := scratch.Image()
	e.command(abi.CMDCreateMR, 1, img[:])
	mr := abi.MR{Key: own.RKey, PD: pd, Access: s.access, VA: own.VA, Length: own.Len, PA: regionAt}
	img = mr.Image()
	e.command(abi.CMDCreateMR, 0, img[:])
	e.core.SetContext(slot, connected(s, own, peer))
	return e
}

// connected is the context of a queue pair in RTS with the attributes of the scenario.
func connected(s *scenario, own, peer *party) abi.QPC {
	img := abi.QPC{
		QPN: own.QPN, RemoteQPN: peer.QPN, PMTU: s.PathMTU, PD: pd, PKey: pkey, SCQN: sqCQ, RCQN: rqCQ, Access: s.qpAccess,
		SQSigAll: true, SQLog: ringLog, RQLog: ringLog, Timeout: s.Timeout, RetryCnt: s.RetryCnt, RNRRetry: s.RNRRetry, MinRNR: s.MinRNR,
		UDPSport: 0xc000, SQBase: sqAt, RQBase: rqAt, RemoteIP: peer.addr, NextPSN: psn.New(own.SQPSN), EPSN: psn.New(peer.SQPSN),
		MaxRdAtomic: s.MaxRdAtomic, MaxDestRdAtomic: roundUp(s.MaxRdAtomic),
	}
	c := qp.Create(&img)
	var fx qp.Effects
	for _, to := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS} {
		if status := qp.Modify(&c, &img, abi.AttrsDriver&^abi.AttrMig, to, &fx); status != abi.CmdStatusOK {
			panic(fmt.Sprintf("BUG: checked attributes are refused on the way to %v: %v", to, status))
		}
	}
	return c
}

// roundUp is the next power of two: rxe keeps as many READs and atomics.
func roundUp(n uint8) uint8 {
	if n == 0 {
		return 0
	}
	return 1 << bits.Len8(n-1)
}

// macs finds the Ethernet addresses of a side and of the next hop in its capture.
func macs(s *scenario, side Side) (own, hop wire.MAC) {
	for i := range s.trace[side].frames {
		switch p := &s.trace[side].frames[i].pkt; s.party(side).addr {
		case p.SrcIP:
			return p.SrcMAC, p.DstMAC
		case p.DstIP:
			return p.DstMAC, p.SrcMAC
		}
	}
	return own, hop
}

func (e *endpoint) write(addr, v uint32) {
	if _, step, err := e.core.WriteReg(addr, v); err != nil || step {
		panic(fmt.Sprintf("BUG: write of register %#x: step %v, error %v", addr, step, err))
	}
}

func (e *endpoint) command(op abi.CMD, arg uint32, image []byte) {
	e.mem.write(imageAt, image, -1)
	r := e.core.Apply(&nic.Cause{Kind: abi.CauseCMD, Arg: arg, Arg2: uint32(op) << 24, Addr: imageAt}, e)
	if s := abi.CmdStatus(r.Verdict); s != abi.CmdStatusOK {
		panic(fmt.Sprintf("BUG: command %v: %v", op, s))
	}
}

// context is the queue pair context.
func (e *endpoint) context() abi.QPC {
	c, ok := e.core.Context(slot)
	if !ok {
		panic("BUG: the queue pair is gone")
	}
	return c
}

// mark is a state to which an endpoint can go back.
type mark struct {
	ctx     abi.QPC
	mem     int
	sent    int
	done    [2]int
	due     uint64
	posted  [2]uint16
	spent   int
	extra   int
	debt    bool
	refused abi.Opcode
}

func (e *endpoint) mark() mark {
	return mark{e.context(), len(e.mem.log), len(e.sent), [2]int{len(e.done[0]), len(e.done[1])}, e.due, e.posted, e.spent, e.extra, e.debt, e.refused}
}

func (e *endpoint) back(m *mark) {
	e.core.SetContext(slot, m.ctx)
	e.mem.undo(m.mem)
	e.sent = e.sent[:m.sent]
	for q := range e.done {
		e.done[q] = e.done[q][:m.done[q]]
	}
	e.due, e.posted, e.spent, e.extra, e.debt, e.refused = m.due, m.posted, m.spent, m.extra, m.debt, m.refused
}

// apply executes a cause, and then whatever needs no decision: completions, responses, flushes.
func (e *endpoint) apply(c nic.Cause) abi.Verdict {
	if e.patient {
		defer e.lend()()
	}
	v := e.core.Apply(&c, e).Verdict
	e.settle()
	return v
}

// settle does whatever needs no decision.
func (e *endpoint) settle() {
	for {
		e.consume()
		w := e.core.Wants(slot)
		kind := abi.CauseNone
		for _, x := range [...]struct {
			want qp.Want
			kind abi.Cause
		}{{qp.WantRetire, abi.CauseRetire}, {qp.WantRespond, abi.CauseRespond}, {qp.WantFlushSQ, abi.CauseFlushSQ}, {qp.WantFlushRQ, abi.CauseFlushRQ}} {
			if w&x.want != 0 {
				kind = x.kind
				break
			}
		}
		if kind == abi.CauseNone {
			return
		}
		e.core.Apply(&nic.Cause{Kind: kind, Slot: slot}, e)
	}
}

// lend gives an endpoint without a retry left one more for the next step; what it returns takes it back, or counts it.
func (e *endpoint) lend() func() {
	c := e.context()
	if c.RetryLeft != 0 {
		return func() {}
	}
	c.RetryLeft = 1
	e.core.SetContext(slot, c)
	return func() {
		switch c := e.context(); c.RetryLeft {
		case 0:
			e.spent++
		case 1:
			c.RetryLeft = 0
			e.core.SetContext(slot, c)
		}
	}
}

// consume makes room in the completion queues: what was in them is in done.
func (e *endpoint) consume() {
	for n := range uint16(2) {
		if q, _ := e.core.CQ(int(n)); q.CI != q.PI {
			e.core.Apply(&nic.Cause{Kind: abi.CauseDBCQCI, Slot: n, Arg: q.PI}, e)
		}
	}
}

// receive gives the endpoint a frame.
func (e *endpoint) receive(f *frame) abi.Verdict {
	e.mem.by = byRequest
	if f.pkt.BTH.Op.Info().Kind == abi.KindResponse {
		e.mem.by = byAnswer
	}
	defer func() { e.mem.by = byProgram }()
	return e.apply(nic.Cause{Kind: abi.CauseRX, Frame: f.data})
}

// heed gives the endpoint a response. A NAK that finds no retry left does not end the queue pair yet: Linux may not have
// acted upon it.
func (e *endpoint) heed(f *frame) {
	before := e.context()
	s := abi.Syndrome(f.pkt.AETH.Syndrome)
	nak := f.pkt.BTH.Op == abi.OpAcknowledge && s == abi.SyndromeNAKPSNSeq
	if !e.patient && before.RetryLeft == 0 && before.State == abi.StateRTS && !refuses(&f.pkt) && !isRNR(&f.pkt) {
		lent := before
		lent.RetryLeft = 1
		e.core.SetContext(slot, lent)
	}
	e.receive(f)
	c := e.context()
	switch {
	case c.UnaPSN != before.UnaPSN:
		e.extra, e.debt = 0, false
	case !e.patient && before.RetryLeft == 0 && before.State == abi.StateRTS && c.State == abi.StateRTS:
		e.debt = e.debt || c.RetryLeft == 0
		c.RetryLeft = 0
		e.core.SetContext(slot, c)
	case (nak || isRNR(&f.pkt)) && before.Timer == abi.TimerRNR && c.RetryLeft == before.RetryLeft:
		e.extra++
	}
}

// succeed gives the endpoint the answer to a READ or atomic that it misses: nothing is known of what was fetched.
func (e *endpoint) succeed(r *request) {
	for c := e.context(); r.first.LessEq(c.UnaPSN) && c.UnaPSN.LessEq(r.last()) && c.State == abi.StateRTS; {
		at := c.UnaPSN
		q := wire.Packet{
			DstMAC: e.mac[0], SrcMAC: e.mac[1], SrcIP: c.RemoteIP, DstIP: e.own.addr, V6: !wire.IsIPv4(c.RemoteIP),
			BTH: wire.BTH{Op: abi.OpAtomicAcknowledge, PKey: pkey, DestQPN: c.QPN, PSN: at},
		}
		if r.verb.op == abi.WROpcodeRDMARead {
			mtu := uint64(1) << (7 + c.PMTU)
			rest := r.verb.arg[1] - min(uint64(r.first.Distance(at))*mtu, r.verb.arg[1])
			q.Payload = make([]byte, min(rest, mtu))
			q.BTH.Pad = uint8(-len(q.Payload) & 3)
			first, last := at == r.first, rest <= mtu
			q.BTH.Op = [2][2]abi.Opcode{{abi.OpRDMAReadResponseMiddle, abi.OpRDMAReadResponseLast}, {abi.OpRDMAReadResponseFirst, abi.OpRDMAReadResponseOnly}}[bit(first)][bit(last)]
		}
		f := frame{data: q.Append(nil), pkt: q, good: true}
		e.receive(&f)
		if c = e.context(); c.UnaPSN == at {
			return // it is not taken
		}
	}
	e.mem.forget(regionAt+r.verb.arg[0], r.verb.arg[1])
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// takes tells whether the request that ended the connection would have taken a receive when it was done.
func (e *endpoint) takes() bool {
	return e.refused == abi.OpRDMAWriteOnlyImm || e.refused == abi.OpRDMAWriteLastImm
}

// refuses tells a NAK that ends the connection.
func refuses(q *wire.Packet) bool {
	return q.BTH.Op == abi.OpAcknowledge && abi.Syndrome(q.AETH.Syndrome) > abi.SyndromeNAKPSNSeq
}

// end takes the queue pair to ERR with a status of the oldest work request.
func (e *endpoint) end(status abi.WCStatus) {
	c := e.context()
	var fx qp.Effects
	if s := qp.Modify(&c, &abi.QPC{}, 0, abi.StateErr, &fx); s != abi.CmdStatusOK {
		panic(fmt.Sprintf("BUG: no way to ERR: %v", s))
	}
	c.SQErr = status
	e.core.SetContext(slot, c)
	e.settle()
}

// send gives it the opportunity to send one request packet.
func (e *endpoint) send() { e.apply(nic.Cause{Kind: abi.CauseSend, Slot: slot}) }

// postSend and postRecv post a work request.
func (e *endpoint) postSend(w *abi.WQE) error { return e.post(0, sqAt, abi.CauseDBSQ, w) }
func (e *endpoint) postRecv(w *abi.WQE) error { return e.post(1, rqAt, abi.CauseDBRQ, w) }

func (e *endpoint) post(queue int, ring uint64, doorbell abi.Cause, w *abi.WQE) error {
	img := w.Image()
	e.mem.write(ring+uint64(e.posted[queue]&(1<<ringLog-1))*abi.WQESize, img[:], e.frame)
	e.posted[queue]++
	if v := e.apply(nic.Cause{Kind: doorbell, Slot: slot, Arg: uint32(e.posted[queue])}); v != abi.VerdictOK {
		return fmt.Errorf("the model does not take the work request: %v", v)
	}
	return nil
}

// DMARead implements nic.Env.
func (e *endpoint) DMARead(addr uint64, p []byte) {
	e.source = addr
	e.mem.read(addr, p)
}

// DMAWrite implements nic.Env. What goes into a completion queue is kept beside it.
func (e *endpoint) DMAWrite(addr uint64, p []byte) {
	for q, base := range []uint64{sqCQAt, rqCQAt} {
		if addr-base < abi.CQESize<<cqLog {
			var x abi.CQE
			x.Decode(p)
			e.done[q] = append(e.done[q], x)
			return
		}
	}
	e.mem.write(addr, p, e.frame)
}

// Transmit implements nic.Env.
func (e *endpoint) Transmit(data []byte, _ bool) (spare []byte) {
	x := packet{data: data, at: e.source, since: e.frame}
	if err := wire.Parse(x.data, &x.pkt); err != nil {
		panic("BUG: the model sends a frame that is not good: " + err.Error())
	}
	e.sent = append(e.sent, x)
	return nil
}

// SetTimer implements nic.Env.
func (e *endpoint) SetTimer(_ uint16, ticks uint32) {
	if hi, lo := bits.Mul64(uint64(max(ticks, 1)), tick); hi == 0 {
		e.due = e.now + lo
	}
}

// StopTimer implements nic.Env.
func (e *endpoint) StopTimer(uint16) { e.due = math.MaxUint64 }

// Event implements nic.Env.
func (e *endpoint) Event(abi.Event, uint32) {}
