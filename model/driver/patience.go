package driver

import "github.com/godwit-rdma/godwit/model/abi"

// Retry is how long a requester tries: attributes timeout and retry_cnt. IBTA 9.7.6.1.3, 11.2.4.2.
type Retry struct {
	// Timeout is the code of the ACK timeout, 4.096 us x 2^Timeout, 0..31; 0 = never.
	Timeout uint8
	// RetryCnt is 0..7.
	RetryCnt uint8
}

func (r Retry) valid() bool { return r.Timeout <= 31 && r.RetryCnt <= 7 }

// interval is the ACK timeout in cycles. A device may take up to four times as long.
func (r Retry) interval() uint64 { return abi.TickCycles << r.Timeout }

// GivesUp is how many cycles after a request that nobody answers the requester ends the connection; false if it never
// does.
func (r Retry) GivesUp() (uint64, bool) {
	return (uint64(r.RetryCnt) + 1) * r.interval(), r.Timeout != 0
}

// LastTry is how many cycles after a request that nobody answers the requester sends it for the last time: who is silent
// for longer never hears of it. False if there is no last time.
func (r Retry) LastTry() (uint64, bool) { return uint64(r.RetryCnt) * r.interval(), r.Timeout != 0 }

// Patience is what a partner that did not agree to the migration protocol puts up with: for it, stopped is silent.
// Protocol section 6.
type Patience struct {
	// QPN is this side's queue pair.
	QPN uint32
	// Retry is the partner's, as it was told when the connection was made (MigAttr.Partner). If it was not, Assumed is
	// set: then it is taken to be like this side's.
	Retry   Retry
	Assumed bool
}

// Patience tells what partners that did not agree put up with, one for each connected queue pair that has such a one, in
// order of number.
func (c *Context) Patience() []Patience {
	var all []Patience
	for _, q := range c.qps {
		switch q.state {
		case abi.StateRTR, abi.StateRTS, abi.StateSQD:
		default:
			continue
		}
		switch {
		case q.capable, q.typ == abi.QPTypeUD: // a datagram has no partner that waits
		case q.partner == nil:
			all = append(all, Patience{q.qpn, q.retry, true})
		default:
			all = append(all, Patience{q.qpn, *q.partner, false})
		}
	}
	return all
}

// ExpectPause is about how many cycles it takes to stop and dump the context, and to restore and activate it on another
// device, without the copy of its memory: as many commands as it has objects, at what commands took so far.
func (c *Context) ExpectPause(to *Device) uint64 {
	dumps := len(c.cqs) + len(c.qps)
	if c.dev.caps.Features&abi.FeatureInv != 0 {
		dumps += len(c.mrs)
	}
	restores := len(c.cqs) + len(c.mrs) + len(c.qps)
	here := c.dev.spent.each(0)
	// A STALL or RESUME write takes about as long as a command.
	return uint64(dumps+1)*here + uint64(restores+1)*to.spent.each(here)
}

// spending is what commands took.
type spending struct{ commands, cycles uint64 }

// each is the mean, or otherwise when there was no command yet.
func (s *spending) each(otherwise uint64) uint64 {
	if s.commands == 0 {
		return otherwise
	}
	return s.cycles / s.commands
}
