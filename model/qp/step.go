package qp

import "github.com/godwit-rdma/godwit/model/abi"

// Step executes one cause on c and says in fx what it does to the world; fx is overwritten. The verdict
// names the drop where there is one. Step is total: a cause the context is not ready for is IGNORED and
// changes nothing.
func Step(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	*fx = Effects{}
	armed := c.Timer
	v := dispatch(c, ev, fx)
	// A timer that was set again needs no stop, and one that was never armed has none.
	fx.StopTimer = !fx.SetTimer && armed != abi.TimerNone && c.Timer == abi.TimerNone
	return v
}

func dispatch(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	switch ev.Cause {
	case abi.CauseRX:
		v := receive(c, ev, fx)
		if ev.Pkt.TClass&ecnMask == ecnMask {
			marked(c, ev, v)
		}
		return v
	case abi.CauseSend:
		if unreliable(c) {
			return sendUnreliable(c, ev, fx)
		}
		return send(c, ev, fx)
	case abi.CauseRetire:
		return retire(c, ev, fx)
	case abi.CauseRespond:
		return serve(c, ev, fx)
	case abi.CauseFlushSQ:
		return flushSQ(c, fx)
	case abi.CauseFlushRQ:
		return flushRQ(c, fx)
	case abi.CauseTimer:
		return timeout(c, ev, fx)
	case abi.CauseDBSQ:
		return doorbellSQ(c, uint16(ev.Arg))
	case abi.CauseDBRQ:
		return doorbellRQ(c, uint16(ev.Arg))
	case abi.CauseStall:
		return stall(c)
	case abi.CauseActivate:
		return activate(c, ev, fx)
	}
	return abi.VerdictIgnored
}

// receive sorts a packet to the machine it belongs to.
func receive(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if unreliable(c) {
		return receiveUnreliable(c, ev, fx)
	}
	switch ev.Pkt.BTH.Op.Info().Kind {
	case abi.KindRequest:
		return respond(c, ev, fx)
	case abi.KindResponse:
		return complete(c, ev, fx)
	case abi.KindMig:
		return receiveMigration(c, ev, fx)
	case abi.KindCNP:
		return notified(c, ev)
	}
	return abi.VerdictDropOpcode
}

// setState is the only place where a step changes a queue pair's state. An edge that spec/states.yaml does
// not have is a fault of the model.
func setState(c *abi.QPC, to abi.State, via abi.Via) {
	if !abi.TransitionAllowed(c.State, to, via) {
		panic("BUG: queue pair state " + c.State.String() + " -> " + to.String())
	}
	c.State = to
}

// fail takes the queue pair to ERR. The oldest work request not yet acknowledged will complete with status
// and vendor, those after it with WR_FLUSH_ERR. IBTA 10.3.1.7.
func fail(c *abi.QPC, fx *Effects, status abi.WCStatus, vendor abi.VendorErr, event abi.Event) {
	setState(c, abi.StateErr, abi.ViaError)
	c.SQErr, c.SQVendor = status, vendor
	c.Timer = abi.TimerNone
	c.ResumePending, c.Probe, c.DrainDue = false, false, false
	fx.Event = event
}

// setTimer arms the queue pair's one timer. RATIONALE.md, "one timer".
func setTimer(c *abi.QPC, fx *Effects, kind abi.Timer, ticks uint32) {
	c.Timer = kind
	fx.SetTimer, fx.Ticks = true, ticks
}

// doorbellSQ takes a new send producer index. One that would shrink the queue or overfill it is refused,
// and so is any while the context must not change (R1). Sends may be posted from RTS on, and in SQE and ERR,
// where they are flushed. IBTA 10.8.3.
func doorbellSQ(c *abi.QPC, pi uint16) abi.Verdict {
	switch c.State {
	case abi.StateRTS, abi.StatePaused, abi.StateSQD, abi.StateSQE, abi.StateErr:
	default:
		return abi.VerdictIgnored
	}
	if !advances(c.SQACK, c.SQPI, pi, c.SQLog) {
		return abi.VerdictIgnored
	}
	c.SQPI = pi
	return abi.VerdictOK
}

// doorbellRQ takes a new receive producer index. Receives may be posted from INIT on, and never where they are
// those of a shared receive queue. IBTA 10.8.3, 10.2.9.
func doorbellRQ(c *abi.QPC, pi uint16) abi.Verdict {
	switch c.State {
	case abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StatePaused, abi.StateSQD, abi.StateSQE, abi.StateErr:
	default:
		return abi.VerdictIgnored
	}
	if c.UseSRQ || !advances(c.RQCI, c.RQPI, pi, c.RQLog) {
		return abi.VerdictIgnored
	}
	c.RQPI = pi
	return abi.VerdictOK
}

// advances tells whether a producer index may go from old to pi, given the consumer index ci.
func advances(ci, old, pi uint16, log uint8) bool {
	return pi-ci >= old-ci && uint32(pi-ci) <= 1<<log
}
