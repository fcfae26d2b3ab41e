package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Event is one cause to execute, with everything the step needs to know about the world.
type Event struct {
	// Cause is one of RX, SEND, RETIRE, RESPOND, FLUSH_SQ, FLUSH_RQ, TIMER, DB_SQ, DB_RQ, STALL, ACTIVATE.
	Cause abi.Cause
	// Arg is the producer index of a doorbell, or the abi.Timer that ran out.
	Arg uint32
	// Pkt is the packet of cause RX, addressed to this queue pair and with a good ICRC.
	Pkt *wire.Packet
	// WQE is the work queue element that Fetch asked for.
	WQE abi.WQE
	// SGL are the entries behind it that List asked for; nil if there are none.
	SGL []abi.SGE
	// MROK tells that the region check that Check or CheckList asked for passed.
	MROK bool
	// Old is what is at the address that Check named, where that asked for REMOTE_ATOMIC and passed.
	Old uint64
	// KeyStays tells that the key that Invalidates named is not one that the partner may invalidate.
	KeyStays bool
	// SRQ is the shared receive queue of a queue pair that uses one, nil if it is not there. A step changes nothing in it.
	SRQ *abi.SRQC
	// OwnIP is this NIC's address, announced in RESUME.
	OwnIP [16]byte
	// Rules is this NIC's dialect.
	Rules Rules
	// Features is what this NIC has beyond SEND and RDMA WRITE.
	Features abi.Feature
}

// Out is a packet to send. Destination QPN, traffic class, P_Key and UDP source port come from the context.
type Out struct {
	Op     abi.Opcode
	Resv8a uint8
	SE     bool // solicited event
	AckReq bool
	Inline bool // the payload is what lies behind the work queue element
	PSN    psn.PSN
	DstIP  [16]byte
	RETH   wire.RETH
	AETH   wire.AETH
	METH   wire.METH

	AtomicETH wire.AtomicETH
	AtomicAck uint64
	Imm       uint32
	InvKey    uint32
	DETH      wire.DETH
	// Addressed: the packet does not go where the context says, but to queue pair DestQPN, with this traffic class and,
	// unless 0, hop limit.
	Addressed bool
	DestQPN   uint32
	TClass    uint8
	HopLimit  uint8
	// Off and Len choose the payload: Len bytes of the checked local buffer or list, from offset Off; of what lies behind
	// the work queue element, if Inline.
	Off, Len uint32
}

// Effects is what a step does to the world. A device carries them out in the order of the fields: the
// payload is in memory before its completion is, and a completion is in memory before the packet that
// acknowledges it leaves. Nothing is dropped or reordered on the way to its queue.
type Effects struct {
	// Write is the number of payload bytes of the received packet to write at the address that Check named, or, where
	// the step has a list, from byte Off of its buffers on.
	Write, Off uint32
	// WithHeader: the 40 bytes in front of the payload, which Write counts, are for its IP header.
	WithHeader bool
	// Word is 8 bytes to write there instead, if HasWord: what an atomic leaves, or what was there before it.
	Word    uint64
	HasWord bool
	// TakeReceive takes the receive at the head of the shared receive queue; NextReceive is the slot of the one behind it.
	TakeReceive bool
	NextReceive uint16
	// Invalidate is a key that is not to be valid any more, if HasInvalidate.
	HasInvalidate bool
	Invalidate    uint32
	// CQE is written to CQ CQN if HasCQE. Solicited: the partner asked for an event.
	HasCQE    bool
	Solicited bool
	CQN       uint8
	CQE       abi.CQE
	// Packet is sent if HasPacket. Retransmit tells that its PSN was sent before.
	HasPacket  bool
	Retransmit bool
	Packet     Out
	// SetTimer arms the context's timer for Ticks; StopTimer disarms it. Never both.
	SetTimer  bool
	StopTimer bool
	Ticks     uint32
	// Event is raised for the driver unless NONE.
	Event abi.Event
}

// Want is a set of opportunities.
type Want uint8

// Opportunities a queue pair can be ready for.
const (
	WantSend Want = 1 << iota
	WantRetire
	WantFlushSQ
	WantFlushRQ
	WantRespond
)

// Wants tells which opportunities the context is ready for. It is a function of the context only, so a
// device needs no other scheduling state.
func Wants(c *abi.QPC) Want {
	var w Want
	switch c.State {
	case abi.StateRTR, abi.StateRTS, abi.StateSQD, abi.StatePaused, abi.StateSQE:
		if (wantsRespond(c) || c.CNPDue) && !c.ResumePending { // R6a
			w = WantRespond
		}
		switch {
		case c.State == abi.StateRTR:
		case c.CplDue:
			// Completions first: a send step may then take una_psn to be inside the head work request.
			w |= WantRetire
		case c.State == abi.StateSQE:
			if c.SQACK != c.SQPI {
				w |= WantFlushSQ
			}
		case c.State == abi.StateSQD && !begun(c):
			// Nothing more is begun.
		case wantsSend(c):
			w |= WantSend
		}
	case abi.StateErr:
		if c.CplDue {
			w |= WantRetire
		} else if c.SQACK != c.SQPI {
			w |= WantFlushSQ
		}
		if wantsFlushRQ(c) {
			w |= WantFlushRQ
		}
	}
	return w
}

// Fetch tells where in memory the work queue element is that the step needs; ok is false when it needs none.
func Fetch(c *abi.QPC, ev *Event) (addr uint64, ok bool) {
	switch ev.Cause {
	case abi.CauseSend:
		if Wants(c)&WantSend == 0 {
			return 0, false
		}
		index := c.SQSend
		if c.Rewind || c.State == abi.StatePaused {
			index = c.SQACK
		}
		return ring(c.SQBase, c.SQLog, c.SQStride, index), true
	case abi.CauseRetire:
		return ring(c.SQBase, c.SQLog, c.SQStride, c.SQACK), Wants(c)&WantRetire != 0
	case abi.CauseRX:
		if unreliable(c) {
			return fetchUnreliable(c, ev)
		}
		if s, _, ok := awaited(c, ev); ok {
			return ring(c.SQBase, c.SQLog, c.SQStride, s.WQE), true
		}
		if mayReceive(ev.Pkt.BTH.Op.Info()) && needsReceive(c, ev, admit(c, ev)) {
			return receiveAt(c, ev), true
		}
	}
	return 0, false
}

// Region is a memory region check: that key names a live region of the queue pair's protection domain that
// grants Access to all Len bytes from VA, without wrapping.
type Region struct {
	Key    uint32
	VA     uint64
	Len    uint32
	Access abi.Access
}

// Check tells which region check the step needs, once WQE is filled in; ok is false when it needs none.
// The address that the region translates VA to is where Effects.Write goes, or where Out.Off counts from. A step with a
// list (Event.SGL) needs what CheckList says instead.
func Check(c *abi.QPC, ev *Event) (r Region, ok bool) {
	switch ev.Cause {
	case abi.CauseSend:
		r = Region{Key: ev.WQE.LKey, VA: ev.WQE.VA, Len: ev.WQE.Length}
		if asks(ev.WQE.Opcode) && ev.WQE.Opcode.Needs()&ev.Features != 0 {
			r.Access = abi.AccessLocalWrite // for what comes back
		}
		return r, Wants(c)&WantSend != 0 && ev.WQE.Length != 0 && !inlined(ev)
	case abi.CauseRX:
		if unreliable(c) {
			return checkUnreliable(c, ev)
		}
		if r, ok := checkResponse(c, ev); ok {
			return r, true
		}
		return checkReceive(c, ev)
	case abi.CauseRespond:
		return checkRespond(c)
	}
	return Region{}, false
}

// Invalidates tells which key the packet of a step wants to invalidate; ok is false if none. Event.KeyStays is the
// device's answer: the step needs to know before it completes the receive.
func Invalidates(ev *Event) (key uint32, ok bool) {
	if ev.Cause != abi.CauseRX {
		return 0, false
	}
	op := ev.Pkt.BTH.Op
	return ev.Pkt.InvKey, op == abi.OpSendOnlyInv || op == abi.OpSendLastInv
}

// ring is the address of element index of a ring of slots of 64 << stride bytes.
func ring(base uint64, log, stride uint8, index uint16) uint64 {
	return base + uint64(index&(1<<log-1))*abi.WQESize<<(stride&3)
}
