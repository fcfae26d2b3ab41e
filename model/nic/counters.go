package nic

import "github.com/godwit-rdma/godwit/model/abi"

// count counts a step and its verdict. A command's verdict is a CmdStatus, whose codes are other things.
func (k *Core) count(r *abi.Retire) {
	k.counters[abi.CounterSteps]++
	if r.Cause == abi.CauseCMD {
		return
	}
	if i, ok := r.Verdict.Counter(); ok {
		k.counters[i]++
	}
	switch {
	case r.Cause == abi.CauseRX, r.Cause == abi.CauseRXDrop:
		k.counters[abi.CounterRXFrames]++
	case r.Cause == abi.CauseTimer && abi.Timer(r.Arg) == abi.TimerACK && r.Verdict != abi.VerdictIgnored:
		k.counters[abi.CounterTimeouts]++
	}
}

// countECN counts what a packet that reached a queue pair says of congestion.
func (k *Core) countECN() {
	p, v := &k.pkt, k.rec.Verdict
	if p.BTH.Op == abi.OpCNP {
		i := abi.CounterRPCNPIgnored
		if c := &k.qps[k.rec.Slot].ctx; v == abi.VerdictOK && (c.State == abi.StateRTS || c.State == abi.StatePaused || c.State == abi.StateSQD) {
			i = abi.CounterRPCNPHandled
		}
		k.counters[i]++
		return
	}
	if p.TClass&3 == 3 && v < abi.VerdictDropMalformed && k.params.Features&abi.FeatureECN != 0 {
		k.counters[abi.CounterNPECNMarked]++
	}
}

// Counter returns counter i (abi.Counter...); those that do not exist are 0.
func (k *Core) Counter(i int) uint32 {
	if i < 0 || i >= len(k.counters) {
		return 0
	}
	return k.counters[i]
}

// eventQueue is the queue behind register EVENT.
type eventQueue struct {
	ring     [abi.EventQueue]uint32
	head, n  int
	overflow bool
}

// raise puts an event into the queue. When there is no room it is lost, which the overflow bit tells for good:
// the driver then has to look at everything.
func (k *Core) raise(kind abi.Event, number uint32, env Env) {
	q := &k.events
	if q.n == len(q.ring) {
		q.overflow = true
	} else {
		q.ring[(q.head+q.n)%len(q.ring)] = uint32(kind)<<abi.RegEventKindShift | number&abi.RegEventNumberMask
		q.n++
	}
	env.Event(kind, number)
}

// take removes the oldest event; 0 when there is none.
func (q *eventQueue) take() uint32 {
	if q.n == 0 {
		return 0
	}
	v := q.ring[q.head]
	q.head = (q.head + 1) % len(q.ring)
	q.n--
	return v
}
