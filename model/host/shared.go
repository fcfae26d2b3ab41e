package host

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Several connections whose receiver takes from one shared receive queue, which is too short for all that they have in
// flight.

const (
	sharedQPs   = 3
	sharedDepth = 4 // in flight on each
	sharedRecvs = 7
	sharedLimit = 3 // fewer receives than that are told of
	// sharedBatch is how many receives are used up before they are posted again: then the limit was reached.
	sharedBatch = sharedRecvs - sharedLimit + 1
)

// Fan is the program that sends on all connections.
type Fan struct {
	o            WorkloadOpts
	qpns         [sharedQPs]uint32
	cq           uint32
	buf          uint64 // sharedDepth messages for each
	lkey         uint32
	posted, done [sharedQPs]uint32
	stage        []byte
}

// Funnel is the program that receives.
type Funnel struct {
	o       WorkloadOpts
	qpns    [sharedQPs]uint32
	cq, srq uint32
	buf     uint64 // sharedRecvs messages
	lkey    uint32
	got     [sharedQPs]uint32
	used    []driver.RecvWR
	limits  int
	stage   []byte
}

// NewShared connects two containers and lets the first send to the second, which has one shared receive queue. It steps the
// world. Each needs one free completion queue number.
func NewShared(from, to *Container, o WorkloadOpts) (*Fan, *Funnel, error) {
	f, u, err := newShared(from, to, o)
	if err != nil {
		return nil, nil, fmt.Errorf("shared: %w", err)
	}
	from.Add(f)
	to.Add(u)
	return f, u, nil
}

func newShared(from, to *Container, o WorkloadOpts) (*Fan, *Funnel, error) {
	if o.Size == 0 || o.Size > 1<<13 || o.Count == 0 {
		return nil, nil, fmt.Errorf("%d messages of %d bytes: %w", o.Count, o.Size, driver.ErrInval)
	}
	f := &Fan{o: o, stage: make([]byte, o.Size)}
	u := &Funnel{o: o, stage: make([]byte, o.Size)}
	first, fmr, err := endpoint(from, sharedDepth, 1, sharedQPs*sharedDepth*uint64(o.Size), abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	pd, cq, umr, err := domain(to, sharedQPs+sharedRecvs, sharedRecvs*uint64(o.Size), abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	srq, err := pd.CreateSRQ(driver.SRQInitAttr{MaxWR: sharedRecvs})
	if err != nil {
		return nil, nil, err
	}
	f.cq, f.buf, f.lkey = first.SendCQ().Number(), fmr.VA(), fmr.LKey()
	u.cq, u.srq, u.buf, u.lkey = cq.Number(), srq.Number(), umr.VA(), umr.LKey()
	for i := range sharedQPs {
		x := first
		if i > 0 {
			attr := driver.QPInitAttr{SendCQ: first.SendCQ(), RecvCQ: first.SendCQ(), MaxSendWR: sharedDepth}
			if x, err = first.PD().CreateQP(attr); err != nil {
				return nil, nil, err
			}
		}
		y, err := pd.CreateQP(driver.QPInitAttr{SendCQ: cq, RecvCQ: cq, MaxSendWR: 1, SRQ: srq})
		if err != nil {
			return nil, nil, err
		}
		if err := Connect(x, y, o.Connect); err != nil {
			return nil, nil, err
		}
		f.qpns[i], u.qpns[i] = x.QPN(), y.QPN()
	}
	for n := range uint64(sharedRecvs) {
		u.used = append(u.used, driver.RecvWR{WRID: n, SGE: driver.SGE{Addr: u.buf + n*uint64(o.Size), Length: o.Size, LKey: u.lkey}})
	}
	if err := u.post(to.ctx); err != nil {
		return nil, nil, err
	}
	return f, u, srq.Modify(sharedLimit)
}

// sharedKey says what is in message seq of connection i.
func sharedKey(seed uint32, i int, seq uint32) uint32 { return seed ^ seq ^ uint32(i+1)<<24 }

// Done implements Program: all is acknowledged.
func (f *Fan) Done() bool {
	for _, n := range f.done {
		if n != f.o.Count {
			return false
		}
	}
	return true
}

// Poll implements Program.
func (f *Fan) Poll(env *Env) error {
	var wc [sharedQPs * sharedDepth]driver.WC
	n, err := env.PollCQ(f.cq, wc[:])
	for _, w := range wc[:n] {
		i := place(f.qpns, w.QPN)
		switch {
		case w.Status != abi.WCStatusSuccess:
			return fmt.Errorf("shared: connection %d: %v (%v)", i, w.Status, w.Vendor)
		case i < 0 || w.WRID != uint64(f.done[i]):
			return fmt.Errorf("shared: completion of %d on QP %d: %w", w.WRID, w.QPN, ErrData)
		}
		f.done[i]++
	}
	if err != nil {
		return err
	}
	for i := range f.qpns {
		if err := f.send(env, i); err != nil {
			return fmt.Errorf("shared: connection %d: %w", i, err)
		}
	}
	return nil
}

// place is which of the connections a queue pair is, -1 for none.
func place(qpns [sharedQPs]uint32, qpn uint32) int {
	for i, n := range qpns {
		if n == qpn {
			return i
		}
	}
	return -1
}

func (f *Fan) send(env *Env, i int) error {
	qp, err := env.QP(f.qpns[i])
	if err != nil {
		return err
	}
	for ; f.posted[i] < f.o.Count && f.posted[i]-f.done[i] < sharedDepth; f.posted[i]++ {
		seq := f.posted[i]
		at := f.buf + (uint64(i)*sharedDepth+uint64(seq%sharedDepth))*uint64(f.o.Size)
		pattern(f.stage, sharedKey(f.o.Seed, i, seq))
		if err := env.Context().Write(at, f.stage); err != nil {
			return err
		}
		sge := driver.SGE{Addr: at, Length: f.o.Size, LKey: f.lkey}
		wr := driver.SendWR{WRID: uint64(seq), Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: sge}
		if _, err := qp.PostSend(wr); err != nil {
			return err
		}
	}
	return nil
}

// total is how many messages came.
func (u *Funnel) total() (n uint32) {
	for _, g := range u.got {
		n += g
	}
	return n
}

// Done implements Program: all was received, and was right, and the event came if it had to.
func (u *Funnel) Done() bool {
	return u.total() == sharedQPs*u.o.Count && (u.limits == 1 || u.total() < sharedBatch)
}

// Poll implements Program.
func (u *Funnel) Poll(env *Env) error {
	for _, e := range env.Events {
		if e.OfSRQ() && e.Number == u.srq {
			u.limits++
		}
	}
	if u.limits > 1 {
		return fmt.Errorf("shared: the limit was reached %d times: %w", u.limits, ErrData)
	}
	var wc [sharedRecvs]driver.WC
	n, err := env.PollCQ(u.cq, wc[:])
	for _, w := range wc[:n] {
		if err := u.take(env.Context(), &w); err != nil {
			return fmt.Errorf("shared: receive %d: %w", u.total(), err)
		}
	}
	if err != nil || len(u.used) < sharedBatch {
		return err
	}
	return u.post(env.Context())
}

func (u *Funnel) take(ctx *driver.Context, w *driver.WC) error {
	i := place(u.qpns, w.QPN)
	switch {
	case w.Status != abi.WCStatusSuccess:
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	case i < 0, u.got[i] == u.o.Count, w.WRID >= sharedRecvs, w.ByteLen != u.o.Size:
		return fmt.Errorf("receive %d of %d bytes on QP %d: %w", w.WRID, w.ByteLen, w.QPN, ErrData)
	}
	for _, r := range u.used {
		if r.WRID == w.WRID {
			return fmt.Errorf("receive %d completes twice: %w", w.WRID, ErrData)
		}
	}
	at, got := u.buf+w.WRID*uint64(u.o.Size), make([]byte, u.o.Size)
	if err := ctx.Read(at, got); err != nil {
		return err
	}
	pattern(u.stage, sharedKey(u.o.Seed, i, u.got[i]))
	if string(got) != string(u.stage) {
		return fmt.Errorf("not what message %d of connection %d was: %w", u.got[i], i, ErrData)
	}
	u.got[i]++
	u.used = append(u.used, driver.RecvWR{WRID: w.WRID, SGE: driver.SGE{Addr: at, Length: u.o.Size, LKey: u.lkey}})
	return nil
}

// post posts what was used up.
func (u *Funnel) post(ctx *driver.Context) error {
	_, err := ctx.SRQ(u.srq).PostRecv(u.used...)
	u.used = u.used[:0]
	return err
}
