package driver

import (
	"fmt"
	"slices"
)

// maxChannels bounds the completion channels of a context.
const maxChannels = 256

// CompChannel is where the completion events of some completion queues arrive. Twin: ibv_comp_channel. The device
// does not know it: an event names its queue, and the driver the channel.
type CompChannel struct {
	ctx     *Context
	num     uint32
	pending []*CQ // whose events are not got yet, oldest first
	gone    bool
}

func (h *CompChannel) number() uint32 { return h.num }

// Number is the number of the channel in its context. It is the same after a move.
func (h *CompChannel) Number() uint16 { return uint16(h.num) }

// CreateCompChannel makes a completion channel. Twin: ibv_create_comp_channel. Errors: ErrNoMem, ErrStopped.
func (c *Context) CreateCompChannel() (*CompChannel, error) {
	if err := c.live(); err != nil {
		return nil, fmt.Errorf("create completion channel: %w", err)
	}
	n := uint32(0)
	for n < uint32(len(c.channels)) && c.channels[n].num == n {
		n++
	}
	if n == maxChannels {
		return nil, fmt.Errorf("create completion channel: there are %d: %w", n, ErrNoMem)
	}
	h := &CompChannel{ctx: c, num: n}
	c.channels = insert(c.channels, h)
	return h, nil
}

// CompChannel finds a completion channel by its number, nil when there is none.
func (c *Context) CompChannel(n uint16) *CompChannel { return find(c.channels, uint32(n)) }

func (h *CompChannel) usable() error {
	if h.gone {
		return ErrDestroyed
	}
	return h.ctx.live()
}

// CreateCQ is Context.CreateCQ with this channel for the completion events. Twin: ibv_create_cq with a channel.
func (h *CompChannel) CreateCQ(entries uint32) (*CQ, error) {
	if h.gone {
		return nil, fmt.Errorf("create CQ: completion channel: %w", ErrDestroyed)
	}
	q, err := h.ctx.createCQ(entries, h)
	if err != nil {
		return nil, fmt.Errorf("create CQ: %w", err)
	}
	return q, nil
}

// GetEvent takes the oldest completion event and returns the queue that it is of, nil when none waits. Each event that
// is got must be acknowledged with CQ.AckEvents. Twin: ibv_get_cq_event on a channel that does not block. Errors:
// ErrDestroyed, ErrStopped.
func (h *CompChannel) GetEvent() (*CQ, error) {
	if err := h.usable(); err != nil {
		return nil, fmt.Errorf("get completion event: %w", err)
	}
	if len(h.pending) == 0 {
		return nil, nil
	}
	q := h.pending[0]
	h.pending = slices.Delete(h.pending, 0, 1)
	q.compGot++
	return q, nil
}

// Destroy destroys the channel. Twin: ibv_destroy_comp_channel. ErrBusy while a completion queue has it.
func (h *CompChannel) Destroy() error {
	if err := h.usable(); err != nil {
		return fmt.Errorf("destroy completion channel %d: %w", h.num, err)
	}
	for _, q := range h.ctx.cqs {
		if q.channel == h {
			return fmt.Errorf("destroy completion channel %d: CQ %d has it: %w", h.num, q.num, ErrBusy)
		}
	}
	h.gone = true
	h.ctx.channels = remove(h.ctx.channels, h)
	return nil
}

// forget drops the events of a queue that goes.
func (h *CompChannel) forget(q *CQ) {
	h.pending = slices.DeleteFunc(h.pending, func(o *CQ) bool { return o == q })
}

// AckEvents acknowledges n completion events that were got. Twin: ibv_ack_cq_events. ErrInval when fewer are waiting
// for that.
func (q *CQ) AckEvents(n uint32) error {
	if err := q.usable(); err != nil {
		return fmt.Errorf("ack events of CQ %d: %w", q.num, err)
	}
	if n > q.compGot {
		return fmt.Errorf("ack events of CQ %d: %d, and %d were got: %w", q.num, n, q.compGot, ErrInval)
	}
	q.compGot -= n
	return nil
}
