package lockstep

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Describe is a retire record in one line.
func Describe(r *abi.Retire, cycle uint64) string {
	s := fmt.Sprintf("#%d @%d %s: %s", r.Seq, cycle, describeCause(r), verdictText(r))
	if r.Slot == 0xffff || r.Cause.OfQueue() {
		return s
	}
	var c abi.QPC
	c.Decode(r.Ctx[:])
	s += fmt.Sprintf(" -> %s una=%s next=%s max=%s epsn=%s", c.State, c.UnaPSN, c.NextPSN, c.MaxPSN, c.EPSN)
	if c.Timer != abi.TimerNone {
		s += " timer=" + c.Timer.String()
	}
	return s
}

func describeCause(r *abi.Retire) string {
	s := r.Cause.String()
	switch r.Cause {
	case abi.CauseCMD:
		s += " " + abi.CMD(r.Arg2>>24).String()
	case abi.CauseTimer:
		s += " " + abi.Timer(r.Arg).String()
	case abi.CauseDBSQ, abi.CauseDBRQ, abi.CauseDBSRQ, abi.CauseDBCQCI:
		s += fmt.Sprintf(" %d", r.Arg)
	}
	if r.Slot != 0xffff {
		s += fmt.Sprintf(" slot %d", r.Slot)
	}
	return s
}

func verdictText(r *abi.Retire) string {
	if r.Cause == abi.CauseCMD {
		return abi.CmdStatus(r.Verdict).String()
	}
	return r.Verdict.String()
}
