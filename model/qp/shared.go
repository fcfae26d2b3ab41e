package qp

import "github.com/godwit-rdma/godwit/model/abi"

// A queue pair with use_srq takes its receives from a shared receive queue. One that it took is its own until it
// completes, whatever becomes of the queue: so a queue pair that stops in the middle of a message goes on elsewhere.
// Such queue pairs complete in any order among each other. IBTA 10.2.9.

// noReceive tells whether no receive is there for a message that begins.
func noReceive(c *abi.QPC, ev *Event) bool {
	if c.UseSRQ {
		return ev.SRQ == nil || !c.RTaken && ev.SRQ.PI == ev.SRQ.CI
	}
	return c.RQCI == c.RQPI
}

// receiveAt is the address of the receive that a message takes; there is one.
func receiveAt(c *abi.QPC, ev *Event) uint64 {
	switch {
	case !c.UseSRQ:
		return ring(c.RQBase, c.RQLog, c.RQStride, c.RQCI)
	case c.RTaken:
		return ring(ev.SRQ.Base, ev.SRQ.Log, c.RQStride, c.RWQE)
	}
	return ring(ev.SRQ.Base, ev.SRQ.Log, c.RQStride, ev.SRQ.Head)
}

// needsReceive tells whether a packet that a admits needs the element of a receive: one that begins a SEND for its
// buffer, those behind it if that is a list, and one with the immediate data of a WRITE for what is behind it in a shared
// receive queue.
func needsReceive(c *abi.QPC, ev *Event, a admission) bool {
	if a == admitReceive || a == admitContinue && c.RList && (!c.UseSRQ || ev.SRQ != nil) {
		return true
	}
	return c.UseSRQ && (a == admitWrite || a == admitContinue && c.ROp == abi.RecvOpWrite) &&
		carries(ev.Pkt.BTH.Op.Info(), abi.HeaderImmDt)
}

// mayReceive tells whether there are packets with this opcode that need the element of a receive.
func mayReceive(info *abi.OpcodeInfo) bool {
	return info.Op == abi.OperationSend || carries(info, abi.HeaderImmDt)
}

// take takes the receive whose element was fetched out of the shared receive queue, if there is one and it was not
// taken before.
func take(c *abi.QPC, ev *Event, fx *Effects) {
	if !c.UseSRQ || c.RTaken {
		return
	}
	c.RTaken, c.RWQE = true, ev.SRQ.Head
	fx.TakeReceive, fx.NextReceive = true, uint16(ev.WQE.Imm)
}

// completed is the index of the receive that completes now; the next message takes another.
func completed(c *abi.QPC) (index uint16) {
	if c.UseSRQ {
		c.RTaken, index, c.RWQE = false, c.RWQE, 0
		return index
	}
	c.RQCI++
	return c.RQCI - 1
}

// wantsFlushRQ tells whether a queue pair in ERR has receives to complete. Those that wait in a shared receive queue
// are not its own; when the one that it took is completed, that is said, once. IBTA 10.3.1.7, 11.6.3.1.
func wantsFlushRQ(c *abi.QPC) bool {
	if c.UseSRQ {
		return c.RTaken || !c.LastWQE
	}
	return c.RQCI != c.RQPI
}

// flushShared completes the receive that was taken, and says that it was the last.
func flushShared(c *abi.QPC, fx *Effects) {
	if c.RTaken {
		post(c, fx, c.RCQN, abi.CQE{Opcode: abi.WCOpcodeRecv, Status: flushStatus(c.RQErr), WQEIdx: completed(c)})
	}
	c.RQErr = abi.WCStatusSuccess
	if !c.LastWQE {
		c.LastWQE = true
		fx.Event = abi.EventQPLastWQEReached
	}
}

// Supports tells whether a device with these features can have a queue pair with this context.
func Supports(c *abi.QPC, has abi.Feature) bool {
	var need abi.Feature
	switch c.QPType {
	case abi.QPTypeRC:
	case abi.QPTypeUC:
		need = abi.FeatureUC
	case abi.QPTypeUD:
		need = abi.FeatureUD
	default:
		return false
	}
	if c.UseSRQ {
		need |= abi.FeatureSRQ
	}
	return has&need == need
}
