package qp

import "github.com/godwit-rdma/godwit/model/abi"

// timeout takes the expiry of the armed timer. One that is no longer armed is IGNORED.
func timeout(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	if c.Timer == abi.TimerNone || abi.Timer(ev.Arg) != c.Timer {
		return abi.VerdictIgnored
	}
	kind := c.Timer
	c.Timer = abi.TimerNone
	switch kind {
	case abi.TimerACK:
		retransmit(c, fx)
	case abi.TimerLease:
		leaseEnded(c, fx)
	case abi.TimerResume:
		announceAgain(c, ev, fx)
	}
	// RNR: the wait is over, and the send step goes back by itself.
	return abi.VerdictOK
}

// retransmit goes back to una_psn, once per retry. IBTA 9.7.6.1.3.
func retransmit(c *abi.QPC, fx *Effects) {
	if c.UnaPSN == c.MaxPSN {
		return
	}
	if c.RetryLeft == 0 {
		fail(c, fx, abi.WCStatusRetryExcErr, abi.VendorErrNone, abi.EventQPFatal)
		return
	}
	c.RetryLeft--
	c.Rewind, c.RdAgain = true, false
}

// endPause takes note that the partner answers, or announces itself again, and so is not stopped: the requester, which
// is to go back to una_psn anyway, runs. R4a. If it is an answer from before the stop, the next request finds out.
func endPause(c *abi.QPC, rules Rules) {
	if c.State != abi.StatePaused || rules.has(NoR4a) {
		return
	}
	unpause(c)
	c.Timer, c.Probe = abi.TimerNone, false
}

// leaseEnded probes a partner that has been stopped for long, or gives up. R4. With nothing unacknowledged
// there is nothing to probe with and nothing at stake: the queue pair runs again, and the next request
// finds out.
func leaseEnded(c *abi.QPC, fx *Effects) {
	switch {
	case c.UnaPSN == c.MaxPSN:
		unpause(c)
		c.Probe = false
	case c.ProbesLeft == 0:
		lost(c, fx)
	default:
		c.ProbesLeft--
		c.Probe = true
		setTimer(c, fx, abi.TimerLease, uint32(c.MigLease))
	}
}

// lost ends a pause or an announcement that nobody answers. R4, R6: every pause ends.
func lost(c *abi.QPC, fx *Effects) {
	fail(c, fx, abi.WCStatusRetryExcErr, abi.VendorErrMigrationLost, abi.EventMigrationLost)
}
