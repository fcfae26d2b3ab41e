package live

import (
	"context"
	"fmt"
	"net/netip"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/psn"
)

// EndpointAttr says what endpoint to make. Zero values choose what is said.
type EndpointAttr struct {
	// Depth is the work requests of each queue; 0 means 128.
	Depth uint32
	// Buffer is the size of its memory in bytes; 0 means 64 KiB.
	Buffer uint64
	// Type is the transport: RC, UC or UD.
	Type abi.QPType
	// Access is what the partner may do; 0 means everything that the device can do.
	Access abi.Access
	// SendSGEs, RecvSGEs and Inline are the buffers of one work request, 0 meaning 1, and the bytes that a send may have in
	// the queue itself.
	SendSGEs, RecvSGEs, Inline uint32
	// Shared is where it takes its receives from, nil for a queue of its own. It is in the same container.
	Shared *SharedQueue
}

// Endpoint is a connection in the making, or an end of datagrams: a queue pair with a completion queue of its own, and one registered
// buffer. It is named by numbers only, and so goes wherever its container goes.
type Endpoint struct {
	c *Container
	n Numbers
}

// Numbers are what an endpoint's objects are named by, on whatever NIC they are.
type Numbers struct {
	// PD, QPN and CQ are numbers, Key is that of the region of Size bytes from VA.
	PD   uint16 `json:"pd"`
	QPN  uint32 `json:"qpn"`
	CQ   uint32 `json:"cq"`
	Key  uint32 `json:"key"`
	VA   uint64 `json:"va"`
	Size uint64 `json:"size"`
	// Access is what the partner may do.
	Access abi.Access `json:"access"`
	// Shared: it takes its receives from a shared receive queue, whose protection domain PD is.
	Shared bool `json:"shared,omitempty"`
}

// Address is what the two sides of a connection tell each other beforehand.
type Address struct {
	// IP and QPN are where an endpoint is, PSN the first number it sends.
	IP  netip.Addr `json:"ip"`
	QPN uint32     `json:"qpn"`
	PSN uint32     `json:"psn"`
	// RKey opens Size bytes of its buffer from VA.
	RKey uint32 `json:"rkey"`
	VA   uint64 `json:"va"`
	Size uint64 `json:"size"`
}

// NewEndpoint makes an endpoint in RESET.
func (c *Container) NewEndpoint(a EndpointAttr) (*Endpoint, error) {
	if a.Depth == 0 {
		a.Depth = 128
	}
	if a.Buffer == 0 {
		a.Buffer = 64 << 10
	}
	e := &Endpoint{c: c, n: Numbers{Access: a.Access, Size: a.Buffer, Shared: a.Shared != nil}}
	err := c.Do(func(ctx *driver.Context) error { return e.create(ctx, &a) })
	if err != nil {
		return nil, fmt.Errorf("endpoint: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ends = append(c.ends, e)
	return e, nil
}

// Endpoints are the container's, in the order they were made.
func (c *Container) Endpoints() []*Endpoint {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.ends)
}

// create makes the objects, all or none.
func (e *Endpoint) create(ctx *driver.Context, a *EndpointAttr) (err error) {
	if has := ctx.Device().Caps().Features; e.n.Access == 0 {
		e.n.Access = abi.AccessRemoteWrite
		if has&abi.FeatureRead != 0 {
			e.n.Access |= abi.AccessRemoteRead
		}
		if has&abi.FeatureAtomic != 0 {
			e.n.Access |= abi.AccessRemoteAtomic
		}
	}
	var undo undoing
	defer func() { err = undo.unless(err) }()
	attr := driver.QPInitAttr{
		MaxSendWR: a.Depth, MaxRecvWR: a.Depth, Type: a.Type, MaxSendSGE: a.SendSGEs, MaxRecvSGE: a.RecvSGEs, MaxInlineData: a.Inline,
	}
	var pd *driver.PD
	if a.Shared == nil {
		if pd, err = ctx.AllocPD(); err != nil {
			return err
		}
		undo.add(pd.Dealloc)
	} else if attr.SRQ, pd = ctx.SRQ(a.Shared.n.SRQ), ctx.PD(a.Shared.n.PD); attr.SRQ == nil || a.Shared.c != e.c {
		return fmt.Errorf("SRQ %d: %w", a.Shared.n.SRQ, driver.ErrDestroyed)
	}
	cq, err := ctx.CreateCQ(4 * a.Depth)
	if err != nil {
		return err
	}
	undo.add(cq.Destroy)
	if e.n.VA, err = ctx.Alloc(e.n.Size); err != nil {
		return err
	}
	undo.add(func() error { return ctx.Free(e.n.VA) })
	mr, err := pd.RegMR(e.n.VA, e.n.Size, e.n.Access|abi.AccessLocalWrite)
	if err != nil {
		return err
	}
	undo.add(mr.Dereg)
	attr.SendCQ, attr.RecvCQ = cq, cq
	qp, err := pd.CreateQP(attr)
	if err != nil {
		return err
	}
	e.n.PD, e.n.QPN, e.n.CQ, e.n.Key = pd.Number(), qp.QPN(), cq.Number(), mr.RKey()
	return nil
}

// Container is the container of the endpoint.
func (e *Endpoint) Container() *Container { return e.c }

// QPN is the queue pair's number.
func (e *Endpoint) QPN() uint32 { return e.n.QPN }

// VA is the virtual address of the buffer, Key the key of its region.
func (e *Endpoint) VA() uint64 { return e.n.VA }

// Key is the key of the buffer's region, for both sides.
func (e *Endpoint) Key() uint32 { return e.n.Key }

// startPSN is the first PSN that an endpoint sends: any will do, and this one tells queue pairs apart in captures.
func (e *Endpoint) startPSN() psn.PSN { return psn.PSN(e.n.QPN<<8) & psn.Mask }

// Address is what to tell the partner.
func (e *Endpoint) Address() Address {
	return Address{IP: e.c.NIC().IP(), QPN: e.n.QPN, PSN: uint32(e.startPSN()), RKey: e.n.Key, VA: e.n.VA, Size: e.n.Size}
}

// Init takes the endpoint from RESET to INIT, so that receives can be posted before the partner can send.
func (e *Endpoint) Init() error {
	return e.with(func(qp *driver.QP) error {
		attr := driver.QPAttr{State: abi.StateInit, PKey: 0xffff, Access: e.n.Access}
		return qp.Modify(&attr, abi.AttrState|abi.AttrPKey|abi.AttrAccessFlags)
	})
}

// Modify changes attributes and state, as driver.QP.Modify does.
func (e *Endpoint) Modify(attr driver.QPAttr, mask uint32) error {
	return e.with(func(qp *driver.QP) error { return qp.Modify(&attr, mask) })
}

// with runs f on the queue pair.
func (e *Endpoint) with(f func(qp *driver.QP) error) error {
	return e.c.Do(func(ctx *driver.Context) error {
		qp := ctx.QP(e.n.QPN)
		if qp == nil {
			return fmt.Errorf("QP %d: %w", e.n.QPN, driver.ErrDestroyed)
		}
		return f(qp)
	})
}

// SGE is a piece of the buffer.
func (e *Endpoint) SGE(offset uint64, length uint32) driver.SGE {
	return driver.SGE{Addr: e.n.VA + offset, Length: length, LKey: e.n.Key}
}

// PostSend posts work requests to the send queue, all of them or up to the first error.
func (e *Endpoint) PostSend(wrs ...driver.SendWR) error {
	return e.with(func(qp *driver.QP) error { _, err := qp.PostSend(wrs...); return err })
}

// PostRecv posts work requests to the receive queue, all of them or up to the first error.
func (e *Endpoint) PostRecv(wrs ...driver.RecvWR) error {
	return e.with(func(qp *driver.QP) error { _, err := qp.PostRecv(wrs...); return err })
}

// Poll waits for n completions and returns them, or, with the error, those that there were.
func (e *Endpoint) Poll(ctx context.Context, n int) ([]driver.WC, error) {
	wc := make([]driver.WC, n)
	got := 0
	err := e.c.Wait(ctx, func(x *driver.Context) (bool, error) {
		cq := x.CQ(e.n.CQ)
		if cq == nil {
			return false, fmt.Errorf("CQ %d: %w", e.n.CQ, driver.ErrDestroyed)
		}
		k, err := cq.Poll(wc[got:])
		got += k
		return got == n, err
	})
	if err != nil {
		err = fmt.Errorf("QP %d: %d of %d completions: %w", e.n.QPN, got, n, err)
	}
	return wc[:got], err
}

// Read copies from the buffer.
func (e *Endpoint) Read(offset uint64, p []byte) error {
	return e.c.Do(func(ctx *driver.Context) error { return ctx.Read(e.n.VA+offset, p) })
}

// Write copies into the buffer.
func (e *Endpoint) Write(offset uint64, p []byte) error {
	return e.c.Do(func(ctx *driver.Context) error { return ctx.Write(e.n.VA+offset, p) })
}

// Query is the context of the queue pair, as the device has it.
func (e *Endpoint) Query() (c abi.QPC, err error) {
	err = e.with(func(qp *driver.QP) error { c, err = qp.Query(); return err })
	return c, err
}

// Destroy ends the endpoint, with what it has.
func (e *Endpoint) Destroy() error {
	err := e.c.Do(func(ctx *driver.Context) error {
		qp := ctx.QP(e.n.QPN)
		if qp == nil {
			return fmt.Errorf("QP %d: %w", e.n.QPN, driver.ErrDestroyed)
		}
		if err := qp.Destroy(); err != nil {
			return err
		}
		if err := ctx.CQ(e.n.CQ).Destroy(); err != nil {
			return err
		}
		if err := ctx.MR(e.n.Key).Dereg(); err != nil {
			return err
		}
		if err := ctx.Free(e.n.VA); err != nil || e.n.Shared {
			return err
		}
		return ctx.PD(e.n.PD).Dealloc()
	})
	if err != nil {
		return fmt.Errorf("destroy endpoint: %w", err)
	}
	e.c.mu.Lock()
	defer e.c.mu.Unlock()
	e.c.ends = slices.DeleteFunc(e.c.ends, func(o *Endpoint) bool { return o == e })
	return nil
}
