package host

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Messages are gathered from lists of buffers, or are in the queue itself, and scattered over lists, with gaps between the
// buffers that must stay as they are.

const (
	scatterDepth  = 4
	scatterGap    = 8 // bytes behind each buffer
	scatterInline = 400
	scatterBlank  = 0xee // what is in the gaps
)

// scatterArea is the memory of a message of size bytes with its gaps.
func scatterArea(size uint32) uint64 { return uint64(size) + driver.MaxSGE*scatterGap }

// spread is how a message of size bytes is cut into buffers, from 1 to as many as there may be: their offsets in an area,
// and their lengths.
func spread(size, seq uint32) (list []driver.SGE) {
	n := uint64(1 + seq%driver.MaxSGE)
	for k := range n {
		from, to := uint64(size)*k*k/(n*n), uint64(size)*(k+1)*(k+1)/(n*n)
		list = append(list, driver.SGE{Addr: from + k*scatterGap, Length: uint32(to - from)})
	}
	return list
}

// lay puts a message where a list says, as far as it goes.
func lay(area, msg []byte, list []driver.SGE) {
	for _, s := range list {
		msg = msg[copy(area[s.Addr:][:s.Length], msg):]
	}
}

// at moves a list to where its area is.
func at(list []driver.SGE, base uint64, key uint32) []driver.SGE {
	for i := range list {
		list[i].Addr += base
		list[i].LKey = key
	}
	return list
}

// scatterEnd is what both ends have.
type scatterEnd struct {
	o       WorkloadOpts
	qpn, cq uint32
	buf     uint64 // scatterDepth areas
	lkey    uint32
	stage   []byte
	area    []byte
	done    uint32
}

// message is what is sent: every other one fits into the queue.
func (e *scatterEnd) message(seq uint32) []byte {
	n := e.o.Size
	if seq%2 == 1 {
		n = min(n, scatterInline)
	}
	pattern(e.stage[:n], e.o.Seed^seq)
	return e.stage[:n]
}

func (e *scatterEnd) base(seq uint32) uint64 {
	return e.buf + uint64(seq%scatterDepth)*scatterArea(e.o.Size)
}

// Gatherer is the program that sends.
type Gatherer struct {
	scatterEnd
	posted uint32
}

// Scatterer is the program that receives.
type Scatterer struct{ scatterEnd }

// NewScatter connects two containers and lets the first send lists of buffers to the second. It steps the world. Each needs
// one free completion queue number.
func NewScatter(from, to *Container, o WorkloadOpts) (*Gatherer, *Scatterer, error) {
	if o.Size == 0 || o.Size > 1<<14 || o.Count == 0 {
		return nil, nil, fmt.Errorf("lists: %d messages of %d bytes: %w", o.Count, o.Size, driver.ErrInval)
	}
	var qps [2]*driver.QP
	var ends [2]scatterEnd
	for i, c := range []*Container{from, to} {
		qp, mr, err := endpointOf(c, scatterDepth*scatterArea(o.Size), abi.AccessLocalWrite, driver.QPInitAttr{
			MaxSendWR: scatterDepth, MaxRecvWR: scatterDepth, MaxSendSGE: driver.MaxSGE, MaxRecvSGE: driver.MaxSGE, MaxInlineData: scatterInline,
		})
		if err != nil {
			return nil, nil, fmt.Errorf("lists: %s: %w", c.Name, err)
		}
		qps[i] = qp
		ends[i] = scatterEnd{
			o: o, qpn: qp.QPN(), cq: qp.RecvCQ().Number(), buf: mr.VA(), lkey: mr.LKey(), stage: make([]byte, o.Size),
			area: make([]byte, scatterArea(o.Size)),
		}
	}
	if err := Connect(qps[0], qps[1], o.Connect); err != nil {
		return nil, nil, fmt.Errorf("lists: %w", err)
	}
	g, s := &Gatherer{scatterEnd: ends[0]}, &Scatterer{ends[1]}
	for seq := range uint32(scatterDepth) {
		if err := s.post(to.ctx, qps[1], seq); err != nil {
			return nil, nil, fmt.Errorf("lists: %s: %w", to.Name, err)
		}
	}
	from.Add(g)
	to.Add(s)
	return g, s, nil
}

// Done implements Program: all is acknowledged.
func (g *Gatherer) Done() bool { return g.done == g.o.Count }

// Poll implements Program.
func (g *Gatherer) Poll(env *Env) error {
	if err := g.poll(env); err != nil {
		return fmt.Errorf("lists: message %d: %w", g.done, err)
	}
	return nil
}

func (g *Gatherer) poll(env *Env) error {
	var wc [scatterDepth]driver.WC
	n, err := env.PollCQ(g.cq, wc[:])
	for _, w := range wc[:n] {
		switch {
		case w.Status != abi.WCStatusSuccess:
			return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
		case w.WRID != uint64(g.done):
			return fmt.Errorf("completion of %d: %w", w.WRID, ErrData)
		}
		g.done++
	}
	if err != nil {
		return err
	}
	qp, err := env.QP(g.qpn)
	if err != nil {
		return err
	}
	for ; g.posted < g.o.Count && g.posted-g.done < scatterDepth; g.posted++ {
		if err := g.post(env.Context(), qp, g.posted); err != nil {
			return err
		}
	}
	return nil
}

func (g *Gatherer) post(ctx *driver.Context, qp *driver.QP, seq uint32) error {
	msg := g.message(seq)
	list := spread(uint32(len(msg)), seq)
	lay(g.area, msg, list)
	if err := ctx.Write(g.base(seq), g.area); err != nil {
		return err
	}
	list = at(list, g.base(seq), g.lkey)
	wr := driver.SendWR{WRID: uint64(seq), Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: list[0], More: list[1:]}
	if seq%2 == 1 {
		wr.Flags |= abi.WRFlagInline
	}
	_, err := qp.PostSend(wr)
	return err
}

// Done implements Program: all was received, and was right.
func (s *Scatterer) Done() bool { return s.done == s.o.Count }

// Poll implements Program.
func (s *Scatterer) Poll(env *Env) error {
	if err := s.poll(env); err != nil {
		return fmt.Errorf("lists: receive %d: %w", s.done, err)
	}
	return nil
}

func (s *Scatterer) poll(env *Env) error {
	var wc [scatterDepth]driver.WC
	n, err := env.PollCQ(s.cq, wc[:])
	for _, w := range wc[:n] {
		if err := s.take(env, &w); err != nil {
			return err
		}
	}
	return err
}

func (s *Scatterer) take(env *Env, w *driver.WC) error {
	msg := s.message(s.done)
	switch {
	case w.Status != abi.WCStatusSuccess:
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	case s.done == s.o.Count, w.WRID != uint64(s.done), w.ByteLen != uint32(len(msg)):
		return fmt.Errorf("completion of %d with %d bytes: %w", w.WRID, w.ByteLen, ErrData)
	}
	want := s.blank()
	lay(want, msg, s.list(s.done))
	got := make([]byte, len(want))
	if err := env.Context().Read(s.base(s.done), got); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("not what was sent, or not where it should be: %w", ErrData)
	}
	qp, err := env.QP(s.qpn)
	if err != nil {
		return err
	}
	s.done++
	return s.post(env.Context(), qp, s.done+scatterDepth-1)
}

// list is what receive seq is scattered over, which is cut otherwise than what is sent.
func (s *Scatterer) list(seq uint32) []driver.SGE { return spread(s.o.Size, 5*seq+3) }

// blank is an area in which nothing was received.
func (s *Scatterer) blank() []byte {
	for i := range s.area {
		s.area[i] = scatterBlank
	}
	return s.area
}

func (s *Scatterer) post(ctx *driver.Context, qp *driver.QP, seq uint32) error {
	if err := ctx.Write(s.base(seq), s.blank()); err != nil {
		return err
	}
	list := at(s.list(seq), s.base(seq), s.lkey)
	_, err := qp.PostRecv(driver.RecvWR{WRID: uint64(seq), SGE: list[0], More: list[1:]})
	return err
}
