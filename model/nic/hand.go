package nic

import "github.com/godwit-rdma/godwit/model/abi"

// hand is what a NIC that is led by hand waits for: it takes what the host writes and what arrives, and completes work,
// by itself, but it sends requests and answers, and lets timers run out, only when it is told. So one that watches it can
// bring about any order of causes, however unlikely.
type hand struct {
	let   fifo[Cause]
	ticks []uint32 // by slot: what its timer was set to; 0 = it is not armed
}

// TakeInHand leads the NIC by hand from now on, until LetGo. It is for a NIC that has no queue pairs yet.
func (n *NIC) TakeInHand() {
	if n.hand == nil {
		n.hand = &hand{ticks: make([]uint32, len(n.txEnd))}
	}
}

// LetGo ends that. Timers that are armed begin to run.
func (n *NIC) LetGo() {
	if n.hand == nil {
		return
	}
	ticks := n.hand.ticks
	n.hand = nil
	for s, t := range ticks {
		if t != 0 {
			n.timers.set(uint16(s), (n.now/n.tick+uint64(t))*n.tick)
		}
	}
}

// Let has a NIC that is led by hand execute one cause of a queue pair: SEND or RESPOND if it is ready for that, TIMER
// if its timer is armed. It tells whether that is so. The step is taken when time passes.
func (n *NIC) Let(kind abi.Cause, qpn uint32) bool {
	s, ok := n.core.byQPN[qpn]
	if n.hand == nil || !ok {
		return false
	}
	c := Cause{Kind: kind, Slot: s}
	if kind == abi.CauseTimer {
		if n.hand.ticks[s] == 0 {
			return false
		}
		n.hand.ticks[s] = 0
		c.Arg = uint32(n.core.qps[s].ctx.Timer)
	} else {
		ready := false
		for i := range opportunities {
			ready = ready || opportunities[i].cause == kind && n.wanted[s]&opportunities[i].want != 0
		}
		if !ready {
			return false
		}
	}
	n.hand.let.push(c)
	return true
}

// chooseByHand is choose for a NIC that is led by hand.
func (n *NIC) chooseByHand(at uint64) bool {
	switch {
	case n.chooseHost(at):
		return true
	case n.received(at):
		n.cause = Cause{Kind: abi.CauseRX, Frame: n.take()}
		return true
	}
	const byItself = 3 // RETIRE, FLUSH_SQ, FLUSH_RQ
	for i := range opportunities[:byItself] {
		if s, ok := n.wants[i].from(n.next[i]); ok {
			n.next[i] = s + 1
			n.cause = Cause{Kind: opportunities[i].cause, Slot: s}
			return true
		}
	}
	if !n.hand.let.empty() {
		n.cause = n.hand.let.pop()
		return true
	}
	return false
}
