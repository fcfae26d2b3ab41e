package attack

import (
	"errors"

	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Outcome is what became of a connection.
type Outcome uint8

// Outcomes. Of several the first counts that is not Held.
const (
	Held      Outcome = iota // All data arrived, once, in order; both ends are in RTS and know each other.
	Hijacked                 // A queue pair took an address for its partner's that its partner had not then.
	Killed                   // A queue pair went to ERR.
	Corrupted                // Data differ, or a completion is false or missing.
	Failed                   // Another check of the story does not hold.
)

// String is the outcome in one word.
func (o Outcome) String() string {
	return [...]string{"held", "hijacked", "killed", "corrupted", "failed"}[o]
}

// forbids tells whether the protocol promises that the outcome cannot be. Who has the key can do everything. ACK, NAK,
// SEND and the answers to READs and atomics are RoCEv2's, which authenticates nothing: they may do anything but redirect a connection.
func (p *program) forbids(o Outcome) bool {
	switch {
	case o == Held, p.knowledge == fabric.Insider:
		return false
	case p.strategy == fabric.Ack, p.strategy == fabric.Nak, p.strategy == fabric.Inject, p.strategy == fabric.Answer:
		return o == Hijacked
	}
	return true
}

// watch follows the contexts of all NICs of a run.
type watch struct {
	hijacked, killed bool
	moved            bool // b knows that its partner is at c
	paused           uint64
	since            uint64 // when b paused; 0 if it is not
}

// hostIP is the address of NIC number n of a story, from 1.
func hostIP(n byte) wire.Addr { return wire.MapIPv4([4]byte{10, 0, 0, n}) }

// retire is story.Options.Retire.
func (w *watch) retire(nic string, cycle uint64, r *abi.Retire) {
	switch r.Cause {
	case abi.CauseRX, abi.CauseTimer, abi.CauseSend:
	default:
		return
	}
	var q abi.QPC
	q.Decode(r.Ctx[:])
	w.killed = w.killed || q.State == abi.StateErr
	switch q.RemoteIP {
	case wire.Addr{}: // not connected
	case hostIP(1): // a
		w.hijacked = w.hijacked || nic != "b" || w.moved
	case hostIP(2): // b
		w.hijacked = w.hijacked || nic == "b"
	case hostIP(3): // c
		w.moved = true
		w.hijacked = w.hijacked || nic != "b"
	default:
		w.hijacked = true
	}
	if nic != "b" {
		return
	}
	switch paused := q.State == abi.StatePaused; {
	case paused && w.since == 0:
		w.since = cycle
	case !paused && w.since != 0:
		w.paused += cycle - w.since
		w.since = 0
	}
}

// outcome takes the run's error.
func (w *watch) outcome(err error) Outcome {
	var f *story.Failure
	switch {
	case w.hijacked:
		return Hijacked
	case w.killed:
		return Killed
	case err == nil, errors.As(err, &f) && f.Class == "unused":
		// All else holds then; what was to be lost came to be known by a copy that the attacker sent.
		return Held
	case errors.As(err, &f) && isData(f.Class):
		return Corrupted
	}
	return Failed
}

// isData tells whether a class of failure is about data and completions.
func isData(class string) bool {
	switch class {
	case "idle", "partner", "release", "state RTR", "state PAUSED", "state STOPPED", "state SQD":
		return false
	}
	return true
}
