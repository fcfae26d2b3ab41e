package cq

import "github.com/godwit-rdma/godwit/model/abi"

// Queue is one completion queue. The zero value is not created and takes nothing.
type Queue struct {
	abi.CQC
	used bool
}

// Create makes the queue from its context image, in which indices and flags count too: that is how a
// restored queue goes on where the dumped one stood. The status is EXISTS if the queue is in use.
func (q *Queue) Create(c abi.CQC) abi.CmdStatus {
	if q.used {
		return abi.CmdStatusExists
	}
	*q = Queue{CQC: c, used: true}
	return abi.CmdStatusOK
}

// Destroy makes the queue free; the status is BAD_INDEX if it is not in use.
func (q *Queue) Destroy() abi.CmdStatus {
	if !q.used {
		return abi.CmdStatusBadIndex
	}
	*q = Queue{}
	return abi.CmdStatusOK
}

// Resize moves the queue to a ring of 1<<log elements at base. What is not consumed stays where it was, for the driver to
// move. The status is BAD_INDEX if the queue is
// not in use, BAD_STATE if it has overrun, for then there is nothing to go on with, BAD_ATTR if what is not consumed has
// no room. IBTA 11.2.8.3.
func (q *Queue) Resize(base uint64, log uint8) abi.CmdStatus {
	switch {
	case !q.used:
		return abi.CmdStatusBadIndex
	case q.Overrun:
		return abi.CmdStatusBadState
	case q.PI-q.CI > 1<<log:
		return abi.CmdStatusBadAttr
	}
	q.Base, q.Log = base, log
	return abi.CmdStatusOK
}

// Used tells whether the queue was created.
func (q *Queue) Used() bool { return q.used }

// Push takes a completion; solicited tells that it is solicited or failed. If write is set, e, whose Seq it fills in with the producer index behind the
// element, is to be written at addr; otherwise it is lost. event is what the driver is to be told, or NONE:
// CQ_COMPLETION if the queue was armed for it, which disarms it, CQ_ERR when the first completion is lost.
//
// IBTA 10.8.2: an overrun queue is in error. It takes nothing more, not even when the driver makes room,
// because a completion is missing in the middle. A queue that was never created loses what it is given in
// silence: the driver destroyed it under a live queue pair.
func (q *Queue) Push(e *abi.CQE, solicited bool) (addr uint64, write bool, event abi.Event) {
	switch {
	case !q.used, q.Overrun:
		return 0, false, abi.EventNone
	case q.PI-q.CI >= 1<<q.Log:
		q.Overrun = true
		return 0, false, abi.EventCQErr
	}
	addr = q.Base + uint64(q.PI&(1<<q.Log-1))*abi.CQESize
	q.PI++
	e.Seq = q.PI
	if solicited {
		q.SolicitedPI = q.PI
	}
	if q.Armed || q.Solicited && solicited {
		q.Armed, q.Solicited = false, false
		event = abi.EventCQCompletion
	}
	return addr, true, event
}

// Consume takes the consumer index from the doorbell. One that does not lie between the one before and the
// producer index is IGNORED.
func (q *Queue) Consume(ci uint32) abi.Verdict {
	if !q.used || ci-q.CI > q.PI-q.CI {
		return abi.VerdictIgnored
	}
	q.CI = ci
	return abi.VerdictOK
}

// Arm asks for an event at the next completion, or the next that is solicited or failed. One that is waiting already is
// reported at once, and the queue stays disarmed, so that a completion between the driver's last poll and this is
// never slept over. A queue that is armed for any completion stays so. IBTA 11.4.2.2.
func (q *Queue) Arm(solicited bool) (abi.Verdict, abi.Event) {
	switch {
	case !q.used:
		return abi.VerdictIgnored, abi.EventNone
	case !solicited && q.CI != q.PI, solicited && q.solicitedWaits():
		q.Solicited = false
		return abi.VerdictOK, abi.EventCQCompletion
	case solicited && !q.Armed:
		q.Solicited = true
		return abi.VerdictOK, abi.EventNone
	}
	q.Armed, q.Solicited = true, false
	return abi.VerdictOK, abi.EventNone
}

// solicitedWaits tells whether a completion that is solicited or failed is not consumed yet. If the last one was 2^32
// completions ago it may be wrong once, and there is one event for nothing.
func (q *Queue) solicitedWaits() bool { return q.SolicitedPI-q.CI-1 < q.PI-q.CI }
