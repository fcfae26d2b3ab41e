package srq

import "github.com/godwit-rdma/godwit/model/abi"

// Queue is one shared receive queue. The zero value is not created and holds nothing.
type Queue struct {
	abi.SRQC
	used bool
}

// Create makes the queue from its context image, in which indices, head and limit count too: that is how a restored
// queue goes on where the dumped one stood. The status is EXISTS if the queue is in use, BAD_ATTR if the image holds
// more receives than it has slots.
func (q *Queue) Create(c abi.SRQC) abi.CmdStatus {
	switch {
	case q.used:
		return abi.CmdStatusExists
	case uint32(c.PI-c.CI) > 1<<c.Log, uint32(c.Head) >= 1<<c.Log:
		return abi.CmdStatusBadAttr
	}
	*q = Queue{SRQC: c, used: true}
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

// Used tells whether the queue was created.
func (q *Queue) Used() bool { return q.used }

// Receives is how many receives are there to be taken.
func (q *Queue) Receives() uint16 { return q.PI - q.CI }

// Post takes the producer index from the doorbell. One that would take receives back, or post more than there are
// slots, is IGNORED.
func (q *Queue) Post(pi uint16) abi.Verdict {
	if !q.used || pi-q.CI < q.Receives() || uint32(pi-q.CI) > 1<<q.Log {
		return abi.VerdictIgnored
	}
	q.PI = pi
	return abi.VerdictOK
}

// Take takes the receive at the head; next is the slot of the one behind it, which its element names. event is what
// the driver is to be told, or NONE.
func (q *Queue) Take(next uint16) (event abi.Event) {
	q.CI++
	q.Head = next & (1<<q.Log - 1)
	return q.low()
}

// SetLimit asks for an event once fewer than n receives are there; 0 asks for none. If fewer are there already, it
// comes at once, so that none is slept over. IBTA 10.2.9.4, 11.2.3.
func (q *Queue) SetLimit(n uint16) (event abi.Event) {
	q.Limit = n
	return q.low()
}

// low raises the limit event, once.
func (q *Queue) low() abi.Event {
	if q.Receives() >= q.Limit {
		return abi.EventNone
	}
	q.Limit = 0
	return abi.EventSRQLimitReached
}
