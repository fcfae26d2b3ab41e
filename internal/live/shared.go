package live

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// SharedAttr says what shared receive queue to make. Zero values choose what is said.
type SharedAttr struct {
	// Depth is the receives that it holds; 0 means 128. SGEs is the buffers of one, 0 means 1.
	Depth, SGEs uint32
	// Limit is what SetLimit sets.
	Limit uint16
	// Buffer is the size of its memory in bytes; 0 means 64 KiB.
	Buffer uint64
}

// SharedQueue is a shared receive queue with one registered buffer, for endpoints of its container (EndpointAttr.Shared). As
// an endpoint it is named by numbers only.
type SharedQueue struct {
	c *Container
	n SharedNumbers
}

// SharedNumbers are what a shared receive queue's objects are named by.
type SharedNumbers struct {
	PD   uint16 `json:"pd"`
	SRQ  uint32 `json:"srq"`
	Key  uint32 `json:"key"`
	VA   uint64 `json:"va"`
	Size uint64 `json:"size"`
}

// NewSharedQueue makes a shared receive queue.
func (c *Container) NewSharedQueue(a SharedAttr) (*SharedQueue, error) {
	if a.Depth == 0 {
		a.Depth = 128
	}
	if a.Buffer == 0 {
		a.Buffer = 64 << 10
	}
	s := &SharedQueue{c: c, n: SharedNumbers{Size: a.Buffer}}
	if err := c.Do(func(ctx *driver.Context) error { return s.create(ctx, &a) }); err != nil {
		return nil, fmt.Errorf("shared receive queue: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shared = append(c.shared, s)
	return s, nil
}

// SharedQueues are the container's, in the order they were made.
func (c *Container) SharedQueues() []*SharedQueue {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.shared)
}

// create makes the objects, all or none.
func (s *SharedQueue) create(ctx *driver.Context, a *SharedAttr) (err error) {
	var undo undoing
	defer func() { err = undo.unless(err) }()
	pd, err := ctx.AllocPD()
	if err != nil {
		return err
	}
	undo.add(pd.Dealloc)
	if s.n.VA, err = ctx.Alloc(s.n.Size); err != nil {
		return err
	}
	undo.add(func() error { return ctx.Free(s.n.VA) })
	mr, err := pd.RegMR(s.n.VA, s.n.Size, abi.AccessLocalWrite)
	if err != nil {
		return err
	}
	undo.add(mr.Dereg)
	srq, err := pd.CreateSRQ(driver.SRQInitAttr{MaxWR: a.Depth, MaxSGE: a.SGEs, Limit: a.Limit})
	if err != nil {
		return err
	}
	s.n.PD, s.n.SRQ, s.n.Key = pd.Number(), srq.Number(), mr.RKey()
	return nil
}

// undoing are the calls that take back what was done so far.
type undoing []func() error

func (u *undoing) add(f func() error) { *u = append(*u, f) }

// unless makes the calls, newest first, if err is one, and returns it with what they fail with.
func (u undoing) unless(err error) error {
	if err == nil {
		return nil
	}
	for _, f := range slices.Backward(u) {
		err = errors.Join(err, f())
	}
	return err
}

// Number is the queue's number.
func (s *SharedQueue) Number() uint32 { return s.n.SRQ }

// Numbers are what its objects are named by.
func (s *SharedQueue) Numbers() SharedNumbers { return s.n }

// with runs f on the queue.
func (s *SharedQueue) with(f func(srq *driver.SRQ) error) error {
	return s.c.Do(func(ctx *driver.Context) error {
		srq := ctx.SRQ(s.n.SRQ)
		if srq == nil {
			return fmt.Errorf("SRQ %d: %w", s.n.SRQ, driver.ErrDestroyed)
		}
		return f(srq)
	})
}

// SGE is a piece of the buffer.
func (s *SharedQueue) SGE(offset uint64, length uint32) driver.SGE {
	return driver.SGE{Addr: s.n.VA + offset, Length: length, LKey: s.n.Key}
}

// PostRecv posts receives, all of them or up to the first error.
func (s *SharedQueue) PostRecv(wrs ...driver.RecvWR) error {
	return s.with(func(srq *driver.SRQ) error { _, err := srq.PostRecv(wrs...); return err })
}

// SetLimit asks for the event SRQ_LIMIT_REACHED once fewer than limit receives wait.
func (s *SharedQueue) SetLimit(limit uint16) error {
	return s.with(func(srq *driver.SRQ) error { return srq.Modify(limit) })
}

// Query is the context of the queue, as the device has it.
func (s *SharedQueue) Query() (c abi.SRQC, err error) {
	err = s.with(func(srq *driver.SRQ) error { c, err = srq.Query(); return err })
	return c, err
}

// Read copies from the buffer, Write into it.
func (s *SharedQueue) Read(offset uint64, p []byte) error {
	return s.c.Do(func(ctx *driver.Context) error { return ctx.Read(s.n.VA+offset, p) })
}

// Write copies into the buffer.
func (s *SharedQueue) Write(offset uint64, p []byte) error {
	return s.c.Do(func(ctx *driver.Context) error { return ctx.Write(s.n.VA+offset, p) })
}

// Destroy ends the queue, with what it has. driver.ErrBusy while an endpoint uses it.
func (s *SharedQueue) Destroy() error {
	err := s.c.Do(func(ctx *driver.Context) error {
		srq := ctx.SRQ(s.n.SRQ)
		if srq == nil {
			return fmt.Errorf("SRQ %d: %w", s.n.SRQ, driver.ErrDestroyed)
		}
		if err := srq.Destroy(); err != nil {
			return err
		}
		if err := ctx.MR(s.n.Key).Dereg(); err != nil {
			return err
		}
		if err := ctx.Free(s.n.VA); err != nil {
			return err
		}
		return ctx.PD(s.n.PD).Dealloc()
	})
	if err != nil {
		return fmt.Errorf("destroy shared receive queue: %w", err)
	}
	s.c.mu.Lock()
	defer s.c.mu.Unlock()
	s.c.shared = slices.DeleteFunc(s.c.shared, func(o *SharedQueue) bool { return o == s })
	return nil
}

// Events waits for asynchronous events of the container, and returns and acknowledges those that there are.
func (c *Container) Events(ctx context.Context) (events []driver.AsyncEvent, err error) {
	err = c.Wait(ctx, func(x *driver.Context) (bool, error) {
		events = x.Events()
		return len(events) != 0, nil
	})
	return events, err
}
