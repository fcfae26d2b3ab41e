package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// SRQ is a shared receive queue. Twin: ibv_srq.
//
// Its elements are a list, as those of mlx4 are: the free slots are posted in the order in which they became free, so
// that what is behind a slot is known when it is posted, and receives may complete in any order. One slot is always
// free. A shared receive queue has a number of the completion queues' range; the device has as many of either.
//
// What the driver knows of each slot lies in the window, and so moves with the memory: the identifier of its receive,
// whether it is posted, and a ring of the free slots, from which postings take and to which completions give.
type SRQ struct {
	ctx *Context
	pd  *PD
	num uint32
	log uint8
	// A slot has 64 << stride bytes.
	stride uint8
	mem    Extent
	notes  Extent // what the driver knows of the slots
	pi     uint16 // receives that were posted, free running
	done   uint16 // those of them that are known to be complete

	asyncGot uint32 // asynchronous events got and not acknowledged
	gone     bool
}

func (s *SRQ) number() uint32 { return s.num }

// Number is the number of the shared receive queue.
func (s *SRQ) Number() uint32 { return s.num }

// Cap is how many receives it holds.
func (s *SRQ) Cap() int { return 1<<s.log - 1 }

// Room is how many receives can be posted now.
func (s *SRQ) Room() int { return s.Cap() - int(s.pi-s.done) }

// SRQ finds a shared receive queue by its number, nil when there is none.
func (c *Context) SRQ(n uint32) *SRQ { return find(c.srqs, n) }

// SRQInitAttr are the properties fixed at creation. Twin: ibv_srq_init_attr.
type SRQInitAttr struct {
	// MaxWR is the receives that it holds, 1..32767; rounded up to one less than a power of two.
	MaxWR uint32
	// MaxSGE is the buffers of one receive, 0..MaxSGE; 0 is 1.
	MaxSGE uint32
	// Limit is what Modify sets.
	Limit uint16
}

// CreateSRQ makes a shared receive queue for queue pairs of this protection domain. Twin: ibv_create_srq. Errors:
// ErrInval, ErrNoMem, ErrNotSupported, ErrStopped, and those of a command.
func (p *PD) CreateSRQ(attr SRQInitAttr) (*SRQ, error) {
	s, err := p.createSRQ(attr)
	if err != nil {
		return nil, fmt.Errorf("create SRQ: %w", err)
	}
	return s, nil
}

func (p *PD) createSRQ(attr SRQInitAttr) (*SRQ, error) {
	if err := p.usable(); err != nil {
		return nil, err
	}
	c := p.ctx
	log, ok := ringLog(attr.MaxWR + 1)
	switch {
	case !c.dev.has(abi.FeatureSRQ):
		return nil, fmt.Errorf("the device has none: %w", ErrNotSupported)
	case attr.MaxWR == 0 || attr.MaxWR >= 1<<15 || !ok:
		return nil, fmt.Errorf("%d receives: %w", attr.MaxWR, ErrInval)
	}
	_, stride, err := c.dev.strides(&QPInitAttr{MaxRecvSGE: attr.MaxSGE})
	if err != nil {
		return nil, err
	}
	n, ok := c.srqNums.take(func(n uint32) bool { return c.SRQ(n) != nil })
	if !ok {
		return nil, fmt.Errorf("all %d are taken: %w", c.attr.Partition.CQ.Count, ErrNoMem)
	}
	mem, err := c.grab(ringBytes(log, stride))
	if err != nil {
		return nil, err
	}
	s := &SRQ{ctx: c, pd: p, num: n, log: log, stride: stride, mem: mem}
	if s.notes, err = c.grabTop(noteBytes(log)); err != nil {
		c.arena.free(mem)
		return nil, err
	}
	if err = s.fill(); err == nil {
		err = s.create(abi.SRQC{Limit: attr.Limit})
	}
	if err != nil {
		c.arena.free(mem)
		c.arena.free(s.notes)
		return nil, err
	}
	c.srqs = insert(c.srqs, s)
	return s, nil
}

// create tells the device of the queue, with what img says beside base, size and protection domain.
func (s *SRQ) create(img abi.SRQC) error {
	img.Base, img.Log, img.PD = s.ctx.pa(s.mem.Off), s.log, uint16(s.pd.num)
	b := img.Image()
	_, err := s.ctx.dev.run(command{op: abi.CMDCreateSRQ, arg0: s.num, in: b[:], undo: &command{op: abi.CMDDestroySRQ, arg0: s.num}})
	return err
}

func (s *SRQ) usable() error {
	if s.gone {
		return ErrDestroyed
	}
	return s.ctx.live()
}

// Modify asks for the event SRQ_LIMIT_REACHED once fewer than limit receives are there to be taken, 0 for none. It
// comes once; then it can be asked for again. Twin: ibv_modify_srq with IBV_SRQ_LIMIT.
func (s *SRQ) Modify(limit uint16) error {
	if err := s.usable(); err != nil {
		return fmt.Errorf("modify SRQ %d: %w", s.num, err)
	}
	if int(limit) > s.Cap() {
		return fmt.Errorf("modify SRQ %d: limit %d of %d receives: %w", s.num, limit, s.Cap(), ErrInval)
	}
	if _, err := s.ctx.dev.run(command{op: abi.CMDModifySRQ, arg0: s.num, arg1: uint32(limit)}); err != nil {
		return fmt.Errorf("modify SRQ %d: %w", s.num, err)
	}
	return nil
}

// Query reads the queue's context from the device. Twin: ibv_query_srq.
func (s *SRQ) Query() (abi.SRQC, error) {
	if err := s.usable(); err != nil {
		return abi.SRQC{}, fmt.Errorf("query SRQ %d: %w", s.num, err)
	}
	img, err := s.query()
	if err != nil {
		return abi.SRQC{}, fmt.Errorf("query SRQ %d: %w", s.num, err)
	}
	return img, nil
}

func (s *SRQ) query() (img abi.SRQC, err error) {
	var b [abi.SRQCSize]byte
	if _, err := s.ctx.dev.run(command{op: abi.CMDDumpSRQ, arg0: s.num, out: b[:]}); err != nil {
		return img, err
	}
	if err := img.Unmarshal(b[:]); err != nil {
		return img, fmt.Errorf("%w: %w", err, ErrDevice)
	}
	if img.Base != s.ctx.pa(s.mem.Off) || img.Log != s.log || uint32(img.PD) != s.pd.num {
		return img, fmt.Errorf("the device says %+v: %w", img, ErrDevice)
	}
	return img, nil
}

// PostRecv posts receives in order and rings the doorbell once. Twin: ibv_post_srq_recv. It returns how many were
// posted; the error is about the next one: ErrNoMem when the queue is full, ErrStopped, ErrDestroyed, ErrInval, ErrIO.
func (s *SRQ) PostRecv(wrs ...RecvWR) (int, error) {
	if err := s.usable(); err != nil {
		return 0, fmt.Errorf("post recv on SRQ %d: %w", s.num, err)
	}
	n, fault := 0, error(nil)
	for i := range wrs {
		if fault = s.put(&wrs[i]); fault != nil {
			break
		}
		n++
	}
	if n != 0 {
		if err := s.ctx.dev.write(abi.RegDBSRQ+s.num*abi.RegDBSRQStride, uint32(s.pi)); err != nil {
			fault = err
		}
	}
	if fault != nil {
		return n, fmt.Errorf("post recv on SRQ %d: %w", s.num, fault)
	}
	return n, nil
}

// put writes a receive into the first free slot, with the slot behind it. The device sees it with the doorbell.
func (s *SRQ) put(r *RecvWR) error {
	n, err := total(r.SGE, r.More)
	switch {
	case err != nil:
		return err
	case s.Room() == 0:
		return fmt.Errorf("all %d receives are posted: %w", s.Cap(), ErrNoMem)
	}
	slot, err := s.freeSlot(s.pi)
	if err != nil {
		return err
	}
	next, err := s.freeSlot(s.pi + 1)
	if err != nil {
		return err
	}
	w := abi.WQE{Opcode: abi.WROpcodeSend, Length: n, Imm: uint32(next)}
	addr := s.ctx.pa(s.mem.Off) + uint64(slot)*abi.WQESize<<s.stride
	if err := s.ctx.dev.putBuffers(&w, addr+abi.WQESize, s.stride, r.SGE, r.More); err != nil {
		return err
	}
	b := w.Image()
	if err := s.ctx.dev.store(addr, b[:]); err != nil {
		return err
	}
	if err := s.post(slot, r.WRID); err != nil {
		return err
	}
	s.pi++
	return nil
}

// Destroy destroys the queue; receives in it are lost with it. Twin: ibv_destroy_srq. ErrBusy while a queue pair uses
// it, or an event of it that was got is not acknowledged.
func (s *SRQ) Destroy() error {
	if err := s.usable(); err != nil {
		return fmt.Errorf("destroy SRQ %d: %w", s.num, err)
	}
	for _, q := range s.ctx.qps {
		if q.srq == s {
			return fmt.Errorf("destroy SRQ %d: QP %d uses it: %w", s.num, q.qpn, ErrBusy)
		}
	}
	if err := unacked(s.asyncGot); err != nil {
		return fmt.Errorf("destroy SRQ %d: %w", s.num, err)
	}
	if err := s.destroy(s.forget); err != nil {
		return fmt.Errorf("destroy SRQ %d: %w", s.num, err)
	}
	return nil
}

// destroy makes the device forget the queue; done is called when it has, even if late.
func (s *SRQ) destroy(done func() error) error {
	return s.ctx.dev.end(command{op: abi.CMDDestroySRQ, arg0: s.num}, &s.gone, done)
}

func (s *SRQ) forget() error {
	s.gone = true
	s.ctx.dropEvents(func(e AsyncEvent) bool { return e.OfSRQ() && e.Number == s.num })
	s.ctx.arena.free(s.mem)
	s.ctx.arena.free(s.notes)
	s.ctx.srqs = remove(s.ctx.srqs, s)
	return nil
}

// surrender takes a queue pair on a shared receive queue to ERR and waits until it has completed the receive that it
// took, if any, before it is forgotten: such a receive would be lost. IBTA 10.2.9.3 leaves that to the program.
func (q *QP) surrender() error {
	if q.srq == nil || q.state == abi.StateReset {
		return nil
	}
	if q.state != abi.StateErr {
		if err := q.modify(&QPAttr{State: abi.StateErr}, abi.AttrState); err != nil {
			return err
		}
	}
	for end := q.ctx.dev.Now() + q.ctx.dev.cfg.Timeout; ; {
		x, err := q.current()
		switch {
		case err != nil:
			return err
		case x.LastWQE:
			return nil
		case q.ctx.dev.Now() >= end:
			return fmt.Errorf("its last receive: %w", ErrTimeout)
		}
	}
}
