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
}

// newEndpoint connects the golden endpoint of a side. old is the memory that an earlier scenario left, or nil.
func newEndpoint(s *scenario, side Side, old *memory) *endpoint {
	own, peer := s.party(side), s.party(side.other())
	e := &endpoint{own: own, patient: s.endless(side), core: nic.NewCore(params)}
	e.mem = newMemory(regionAt + own.Len)
	e.mem.region(old)
	ownMAC, peerMAC := macs(s, side)
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
	mr := abi.MR{Key: own.RKey, PD: pd, Access: s.access, VA: own.VA, Length: own.Len, PA: regionAt}
	img := mr.Image()
	e.command(abi.CMDCreateMR, 0, img[:])
	e.core.SetContext(slot, connected(s, own, peer))
	return e
}

// connected is the context of a queue pair in RTS with the attributes of the scenario.
func connected(s *scenario, own, peer *party) abi.QPC {
	img := abi.QPC{
		QPN: own.QPN, RemoteQPN: peer.QPN, PMTU: s.PathMTU, PD: pd, PKey: pkey, SCQN: sqCQ, RCQN: rqCQ, Access: s.access,
		SQSigAll: true, SQLog: ringLog, RQLog: ringLog, Timeout: s.Timeout, RetryCnt: s.RetryCnt, RNRRetry: s.RNRRetry, MinRNR: s.MinRNR,
		UDPSport: 0xc000, SQBase: sqAt, RQBase: rqAt, RemoteIP: peer.addr, NextPSN: psn.New(own.SQPSN), EPSN: psn.New(peer.SQPSN),
		MaxRdAtomic: s.MaxRdAtomic, MaxDestRdAtomic: s.MaxRdAtomic,
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
	ctx    abi.QPC
	mem    int
	sent   int
	done   [2]int
	due    uint64
	posted [2]uint16
	spent  int
}

func (e *endpoint) mark() mark {
	return mark{e.context(), len(e.mem.log), len(e.sent), [2]int{len(e.done[0]), len(e.done[1])}, e.due, e.posted, e.spent}
}

func (e *endpoint) back(m *mark) {
	e.core.SetContext(slot, m.ctx)
	e.mem.undo(m.mem)
	e.sent = e.sent[:m.sent]
	for q := range e.done {
		e.done[q] = e.done[q][:m.done[q]]
	}
	e.due, e.posted, e.spent = m.due, m.posted, m.spent
}

// apply executes a cause, and then whatever needs no decision: completions, responses, flushes.
func (e *endpoint) apply(c nic.Cause) abi.Verdict {
	if e.patient {
		defer e.lend()()
	}
	v := e.core.Apply(&c, e).Verdict
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
			return v
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
	return e.apply(nic.Cause{Kind: abi.CauseRX, Frame: f.data})
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
