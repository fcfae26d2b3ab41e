package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// newRing is a ring that a completion queue is to move to.
type newRing struct {
	mem Extent
	log uint8
}

// Resize makes room for at least entries completions, as CreateCQ does; those that are not polled yet are kept, in their
// order. The queue can be polled while the call waits. Twin: ibv_resize_cq. Errors: ErrInval, also when more wait than
// would fit; ErrState after an overrun; ErrNotSupported, ErrNoMem, ErrStopped, and those of a command.
func (q *CQ) Resize(entries uint32) error {
	if err := q.resize(entries); err != nil {
		return fmt.Errorf("resize CQ %d: %w", q.num, err)
	}
	return nil
}

func (q *CQ) resize(entries uint32) error {
	if err := q.ctx.dev.catchUp(); err != nil {
		return err
	}
	if err := q.usable(); err != nil {
		return err
	}
	log, ok := ringLog(entries)
	switch {
	case !ok || entries == 0:
		return fmt.Errorf("%d entries: %w", entries, ErrInval)
	case !q.ctx.dev.has(abi.FeatureResize):
		return fmt.Errorf("the device cannot do that: %w", ErrNotSupported)
	}
	if err := q.find(); err != nil {
		return err
	}
	if log == q.log {
		return nil
	}
	mem, err := q.newMemory(log)
	if err != nil {
		return err
	}
	q.next = &newRing{mem, log}
	img := abi.CQC{Base: q.ctx.pa(mem.Off), Log: log}
	b := img.Image()
	_, err = q.ctx.dev.run(command{
		op: abi.CMDResizeCQ, arg0: q.num, in: b[:], late: func(uint32) (*command, error) { return nil, q.move() },
	})
	switch {
	case err == nil:
		return q.move()
	case !unsure(err):
		// It says no. What was done is to be seen, and if that cannot be seen now, it is when the queue is looked at next.
		_ = q.find()
	}
	return err
}

// newMemory takes memory for a ring in which no element looks delivered: each has the number of the last completion that
// was polled.
func (q *CQ) newMemory(log uint8) (Extent, error) {
	mem, err := q.ctx.grab(abi.CQESize << log)
	if err != nil {
		return Extent{}, err
	}
	e := abi.CQE{Seq: q.ci}
	b := e.Image()
	for i := range uint64(1) << log {
		if err := q.ctx.dev.store(q.ctx.pa(mem.Off)+i*abi.CQESize, b[:]); err != nil {
			q.ctx.arena.free(mem)
			return Extent{}, err
		}
	}
	return mem, nil
}

// find sees on which ring the device is, after a Resize of which that was not known, and gives up the other.
func (q *CQ) find() error {
	if q.next == nil {
		return nil
	}
	img, err := q.query()
	if err != nil {
		return err
	}
	if img.Base == q.ctx.pa(q.next.mem.Off) && img.Log == q.next.log {
		return q.move()
	}
	q.ctx.arena.free(q.next.mem)
	q.next = nil
	return nil
}

// move goes over to the new ring, which the device is on: what waits in the old one is copied. What the device has written
// since is in the new one only.
func (q *CQ) move() error {
	to := *q.next
	for at := q.ci; at-q.ci < 1<<q.log; at++ {
		_, ok, err := q.peek(at)
		if err != nil && !ok {
			return err
		}
		if !ok {
			break
		}
		var b [abi.CQESize]byte
		if err := q.ctx.dev.load(q.entry(at), b[:]); err != nil {
			return err
		}
		if err := q.ctx.dev.store(q.ctx.pa(to.mem.Off)+uint64(at&(1<<to.log-1))*abi.CQESize, b[:]); err != nil {
			return err
		}
	}
	q.ctx.arena.free(q.ring)
	q.ring, q.log, q.next = to.mem, to.log, nil
	return nil
}

// query reads the queue's context from the device.
func (q *CQ) query() (img abi.CQC, err error) {
	var b [abi.CQCSize]byte
	if _, err := q.ctx.dev.run(command{op: abi.CMDDumpCQ, arg0: q.num, out: b[:]}); err != nil {
		return img, err
	}
	if err := img.Unmarshal(b[:]); err != nil {
		return img, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	return img, nil
}
