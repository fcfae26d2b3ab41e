package control

import (
	"context"
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/driver"
)

// sharedVerbs are about shared receive queues.
var sharedVerbs = []verb{
	on("create_srq", (*server).createSRQ),
	on("modify_srq", (*server).modifySRQ),
	on("query_srq", (*server).querySRQ),
	on("destroy_srq", (*server).destroySRQ),
	on("events", (*server).events),
}

// buffer is what receives are posted to: an endpoint or a shared receive queue, each with its memory.
type buffer interface {
	SGE(offset uint64, length uint32) driver.SGE
	PostRecv(wrs ...driver.RecvWR) error
	Read(offset uint64, p []byte) error
	Write(offset uint64, p []byte) error
}

// bufferParams name one: by the queue pair, or by the shared receive queue.
type bufferParams struct {
	QP  *uint32 `json:"qp"`
	SRQ *uint32 `json:"srq"`
}

func (s *server) buffer(p *bufferParams) (buffer, error) {
	switch {
	case (p.QP == nil) == (p.SRQ == nil):
		return nil, fmt.Errorf("say one of qp and srq: %w", driver.ErrInval)
	case p.SRQ != nil:
		return s.sharedQueue(*p.SRQ)
	}
	return s.endpoint(*p.QP)
}

// shared finds a shared receive queue of a container, nil if there is none.
func shared(c *live.Container, n uint32) *live.SharedQueue {
	for _, q := range c.SharedQueues() {
		if q.Number() == n {
			return q
		}
	}
	return nil
}

func (s *server) sharedQueue(n uint32) (*live.SharedQueue, error) {
	for _, c := range s.nic.Containers() {
		if q := shared(c, n); q != nil {
			return q, nil
		}
	}
	return nil, fmt.Errorf("shared receive queue %d is not here: %w", n, driver.ErrInval)
}

type createSRQParams struct {
	containerParams
	Depth  uint32 `json:"depth"`
	SGEs   uint32 `json:"sges"`
	Limit  uint16 `json:"limit"`
	Buffer uint64 `json:"buffer"`
}

// sharedQueue is what there is to know of a shared receive queue.
type sharedQueue struct {
	SRQ uint32 `json:"srq"`
	VA  uint64 `json:"va"`
	// Size is the bytes of its buffer.
	Size uint64 `json:"size"`
	// Waiting is the receives that are there to be taken.
	Waiting uint16 `json:"waiting"`
	Limit   uint16 `json:"limit"`
}

func (s *server) createSRQ(_ context.Context, p *createSRQParams) (any, error) {
	return s.make(p.Container, func(c *live.Container) (any, error) {
		q, err := c.NewSharedQueue(live.SharedAttr{Depth: p.Depth, SGEs: p.SGEs, Limit: p.Limit, Buffer: p.Buffer})
		if err != nil {
			return nil, err
		}
		return describe(q)
	})
}

// describe asks the device about a queue.
func describe(q *live.SharedQueue) (any, error) {
	c, err := q.Query()
	if err != nil {
		return nil, err
	}
	n := q.Numbers()
	return sharedQueue{n.SRQ, n.VA, n.Size, c.PI - c.CI, c.Limit}, nil
}

// srqParams name a shared receive queue.
type srqParams struct {
	SRQ uint32 `json:"srq"`
}

type modifySRQParams struct {
	srqParams
	Limit uint16 `json:"limit"`
}

func (s *server) modifySRQ(_ context.Context, p *modifySRQParams) (any, error) {
	q, err := s.sharedQueue(p.SRQ)
	if err != nil {
		return nil, err
	}
	return nil, q.SetLimit(p.Limit)
}

func (s *server) querySRQ(_ context.Context, p *srqParams) (any, error) {
	q, err := s.sharedQueue(p.SRQ)
	if err != nil {
		return nil, err
	}
	return describe(q)
}

func (s *server) destroySRQ(_ context.Context, p *srqParams) (any, error) {
	q, err := s.sharedQueue(p.SRQ)
	if err != nil {
		return nil, err
	}
	return nil, q.Destroy()
}

// asyncEvent is an asynchronous event in JSON, of one of the three.
type asyncEvent struct {
	Event string  `json:"event"`
	QP    *uint32 `json:"qp,omitempty"`
	CQ    *uint32 `json:"cq,omitempty"`
	SRQ   *uint32 `json:"srq,omitempty"`
}

// events waits for asynchronous events; none in time is no error.
func (s *server) events(ctx context.Context, p *awaitParams) (any, error) {
	c, err := s.container(p.Container)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.Wait.or(patience))
	defer cancel()
	events, err := c.Events(ctx)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, err
	}
	list := make([]asyncEvent, len(events))
	for i, e := range events {
		list[i].Event = e.Kind.String()
		switch {
		case e.OfCQ():
			list[i].CQ = &e.Number
		case e.OfSRQ():
			list[i].SRQ = &e.Number
		default:
			list[i].QP = &e.Number
		}
	}
	return list, nil
}
