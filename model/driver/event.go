package driver

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// AsyncEvent is something that happened without being asked for. Twin: ibv_async_event.
type AsyncEvent struct {
	Kind abi.Event
	// Number is a QPN, or the number of a CQ where Kind is CQ_ERR, of an SRQ where it is SRQ_LIMIT_REACHED.
	Number uint32
}

// String returns "PEER_MOVED 257".
func (e AsyncEvent) String() string { return fmt.Sprintf("%v %d", e.Kind, e.Number) }

// OfCQ tells whether the event is about a completion queue.
func (e AsyncEvent) OfCQ() bool { return e.Kind == abi.EventCQErr }

// OfSRQ tells whether the event is about a shared receive queue.
func (e AsyncEvent) OfSRQ() bool { return e.Kind == abi.EventSRQLimitReached }

// OfQP tells whether the event is about a queue pair.
func (e AsyncEvent) OfQP() bool { return !e.OfCQ() && !e.OfSRQ() }

// GetAsyncEvent takes the oldest asynchronous event, false when none waits. It must be acknowledged with AckAsyncEvent.
// Completion events are not among them: see CompChannel. Twin: ibv_get_async_event on a context that does not block.
func (c *Context) GetAsyncEvent() (AsyncEvent, bool) {
	if len(c.events) == 0 {
		return AsyncEvent{}, false
	}
	e := c.events[0]
	c.events = slices.Delete(c.events, 0, 1)
	*c.asyncGot(e)++
	return e, true
}

// AckAsyncEvent acknowledges an event that was got. Until then its object cannot be destroyed. Twin:
// ibv_ack_async_event. ErrInval when no event of that object waits for it.
func (c *Context) AckAsyncEvent(e AsyncEvent) error {
	got := c.asyncGot(e)
	if got == nil || *got == 0 {
		return fmt.Errorf("ack of event %v: none was got: %w", e, ErrInval)
	}
	*got--
	return nil
}

// asyncGot is the count of events got and not acknowledged of the object that e is about, nil when there is none.
func (c *Context) asyncGot(e AsyncEvent) *uint32 {
	switch {
	case e.OfCQ():
		if q := c.CQ(e.Number); q != nil {
			return &q.asyncGot
		}
	case e.OfSRQ():
		if s := c.SRQ(e.Number); s != nil {
			return &s.asyncGot
		}
	default:
		if q := c.QP(e.Number); q != nil {
			return &q.asyncGot
		}
	}
	return nil
}

// unacked is the error of destroying an object of which n events are not acknowledged.
func unacked(n uint32) error {
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%d events are not acknowledged: %w", n, ErrBusy)
}

// Events takes all asynchronous events, oldest first, and acknowledges them: for a program that handles them at once.
func (c *Context) Events() []AsyncEvent {
	e := c.events
	c.events = nil
	return e
}

// dropEvents forgets the events not got yet of an object that goes.
func (c *Context) dropEvents(of func(AsyncEvent) bool) { c.events = slices.DeleteFunc(c.events, of) }

// HandleEvents is the interrupt handler: it empties the device's event queue and passes on what is in it.
// Errors: ErrIO, and ErrDevice for an event that the specification does not know. An event for an object that
// is gone is forgotten: it was on its way when the object was destroyed.
func (d *Device) HandleEvents() error {
	if !d.cfg.NIC.IRQ() {
		return nil
	}
	v, err := d.read(abi.RegEventStatus)
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	// The bit stays. After the first time a full queue is the sign: nobody else takes events, so without one none was lost.
	full := v&abi.RegEventStatusCountMask == abi.EventQueue
	if v&abi.RegEventStatusOverflowMask != 0 && (full || !d.overflow) {
		d.overflow = true
		for _, c := range d.contexts {
			c.missed()
		}
	}
	// The bound is for a device that never lets its interrupt go; the next call goes on.
	for range 2 * abi.EventQueue {
		v, err := d.read(abi.RegEvent)
		if err != nil {
			return fmt.Errorf("events: %w", err)
		}
		if v == 0 {
			break
		}
		kind := abi.Event(v & abi.RegEventKindMask >> abi.RegEventKindShift)
		if !kind.Valid() || kind == abi.EventNone {
			return fmt.Errorf("events: EVENT reads %#08x: %w", v, ErrDevice)
		}
		d.route(AsyncEvent{kind, v & abi.RegEventNumberMask})
	}
	return nil
}

// missed takes note that events were lost. Whoever sleeps until a completion looks once more: an event for nothing does no
// harm, and one that is missing would be slept over for ever.
func (c *Context) missed() {
	c.stale = true
	for _, q := range c.cqs {
		if q.channel != nil {
			q.channel.pending = append(q.channel.pending, q)
		}
	}
}

// route finds the context that an event is for. A tombstone may have the same numbers as the queue pair that
// took its place, and nobody listens to it.
func (d *Device) route(e AsyncEvent) {
	for _, c := range d.contexts {
		if c.phase == departed {
			continue
		}
		switch e.Kind {
		case abi.EventCQCompletion:
			if cq := c.CQ(e.Number); cq != nil {
				if cq.channel != nil {
					cq.channel.pending = append(cq.channel.pending, cq)
				}
				return
			}
		case abi.EventCQErr:
			if c.CQ(e.Number) != nil {
				c.events = append(c.events, e)
				return
			}
		case abi.EventSRQLimitReached:
			if c.SRQ(e.Number) != nil {
				c.events = append(c.events, e)
				return
			}
		default:
			if q := c.QP(e.Number); q != nil {
				q.note(e.Kind)
				c.events = append(c.events, e)
				return
			}
		}
	}
}

// note keeps the driver's idea of the queue pair's state up to date.
func (q *QP) note(kind abi.Event) {
	q.notes++
	switch kind {
	case abi.EventQPFatal, abi.EventQPReqErr, abi.EventQPAccessErr, abi.EventMigrationLost, abi.EventFenced:
		q.state = abi.StateErr
		q.announcing = false
	case abi.EventPeerStopped:
		if q.state == abi.StateRTS || q.state == abi.StateSQD {
			q.state, q.paused = abi.StatePaused, q.state
		}
	case abi.EventPeerMoved:
		if q.state == abi.StatePaused {
			q.state = q.paused
		}
	case abi.EventResumed:
		q.announcing = false
	}
}

// interrupted is the state that the pause of a queue pair in PAUSED interrupts.
func interrupted(c *abi.QPC) abi.State {
	if c.SavedState == abi.StateSQD {
		return abi.StateSQD
	}
	return abi.StateRTS
}

// Stale tells whether the device lost events (EVENT_STATUS.overflow) since the last Resync, or may have, so that states
// may be other than the driver thinks. Resync finds out.
func (c *Context) Stale() bool { return c.stale }

// Resync queries every queue pair. Errors: those of a command.
func (c *Context) Resync() error {
	if err := c.live(); err != nil {
		return fmt.Errorf("resync: %w", err)
	}
	if err := c.refresh(); err != nil {
		return fmt.Errorf("resync: %w", err)
	}
	return nil
}

func (c *Context) refresh() error {
	for _, q := range c.qps {
		img, err := q.current()
		if err != nil {
			return err
		}
		q.announcing = img.ResumePending
	}
	c.stale = false
	return nil
}

// Announcing counts the queue pairs whose RESUME is not acknowledged yet, as far as events tell. Rule R6.
func (c *Context) Announcing() int {
	n := 0
	for _, q := range c.qps {
		if q.announcing {
			n++
		}
	}
	return n
}
