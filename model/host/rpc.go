package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Questions and answers over a transport that may lose them (UC, UD), as a move may: who hears no answer asks again, and
// where the other one is.

const (
	rpcRecvs    = 4
	rpcPatience = 60_000 // cycles until a question is asked again
	rpcQKey     = 0x676f6477
	rpcSend     = rpcRecvs // identifier of the only send
)

// rpcEnd is one end. Its messages begin with their number.
type rpcEnd struct {
	o       WorkloadOpts
	typ     abi.QPType
	salt    uint32 // what tells questions from answers
	qpn, cq uint32
	pd      uint16
	peerQPN uint32
	ah      uint32
	buf     uint64 // one message to send, then rpcRecvs to receive, each with room for an IP header
	lkey    uint32
	sending bool
	stage   []byte
}

// Caller asks.
type Caller struct {
	rpcEnd
	where   func() wire.Addr // the name service
	asked   uint64           // cycle of the last question, 0 when none waits for its answer
	done    uint32
	retries uint32
}

// Answerer answers.
type Answerer struct {
	rpcEnd
	due  bool
	seq  uint32
	last uint32 // questions up to this one came
}

// NewRPC sets up a queue pair of the given type in each of two containers and lets the first ask the second. It steps the
// world. Each needs one free completion queue number.
func NewRPC(from, to *Container, typ abi.QPType, o WorkloadOpts) (*Caller, *Answerer, error) {
	if o.Size < 8 || o.Size > 4096 || o.Count == 0 || typ == abi.QPTypeRC {
		return nil, nil, fmt.Errorf("RPC: %d questions of %d bytes on %v: %w", o.Count, o.Size, typ, driver.ErrInval)
	}
	var qps [2]*driver.QP
	var ends [2]rpcEnd
	for i, c := range []*Container{from, to} {
		qp, mr, err := endpointOf(c, (rpcRecvs+1)*rpcRoom(o.Size), abi.AccessLocalWrite, driver.QPInitAttr{
			Type: typ, MaxSendWR: 1, MaxRecvWR: rpcRecvs,
		})
		if err != nil {
			return nil, nil, fmt.Errorf("RPC: %s: %w", c.Name, err)
		}
		qps[i] = qp
		ends[i] = rpcEnd{
			o: o, typ: typ, salt: uint32(i) << 31, qpn: qp.QPN(), cq: qp.RecvCQ().Number(), pd: qp.PD().Number(), buf: mr.VA(), lkey: mr.LKey(),
			stage: make([]byte, o.Size),
		}
	}
	ends[0].peerQPN = qps[1].QPN()
	var err error
	if typ == abi.QPTypeUD {
		err = readyUD(qps[:], rpcQKey)
	} else {
		err = Connect(qps[0], qps[1], o.Connect)
	}
	a := &Caller{rpcEnd: ends[0], where: func() wire.Addr { return to.host.Driver.IP() }}
	b := &Answerer{rpcEnd: ends[1]}
	for i, e := range []*rpcEnd{&a.rpcEnd, &b.rpcEnd} {
		for n := uint64(0); n < rpcRecvs && err == nil; n++ {
			err = e.post(qps[i], n)
		}
	}
	if err == nil {
		err = a.aim(from.ctx, driver.AHAttr{DestIP: a.where()})
	}
	if err != nil {
		return nil, nil, fmt.Errorf("RPC: %w", err)
	}
	from.Add(a)
	to.Add(b)
	return a, b, nil
}

// rpcRoom is the memory of a message.
func rpcRoom(size uint32) uint64 { return driver.GRHBytes + uint64(size) }

func (e *rpcEnd) post(qp *driver.QP, n uint64) error {
	_, err := qp.PostRecv(driver.RecvWR{WRID: n, SGE: driver.SGE{
		Addr: e.buf + (n+1)*rpcRoom(e.o.Size), Length: uint32(rpcRoom(e.o.Size)), LKey: e.lkey,
	}})
	return err
}

// aim makes an address handle, if datagrams are sent, in the place of the one before, unless that leads there.
func (e *rpcEnd) aim(ctx *driver.Context, to driver.AHAttr) error {
	if e.typ != abi.QPTypeUD {
		return nil
	}
	if old := ctx.AH(e.ah); old != nil {
		if old.Attr() == to {
			return nil
		}
		if err := old.Destroy(); err != nil {
			return err
		}
	}
	ah, err := ctx.PD(e.pd).CreateAH(to)
	if err != nil {
		return err
	}
	e.ah = ah.Number()
	return nil
}

// fill is message seq of the end with this salt.
func (e *rpcEnd) fill(seq, salt uint32) {
	pattern(e.stage, e.o.Seed^seq^salt)
	binary.LittleEndian.PutUint32(e.stage, seq)
}

func (e *rpcEnd) send(env *Env, seq uint32) error {
	e.fill(seq, e.salt)
	if err := env.Context().Write(e.buf, e.stage); err != nil {
		return err
	}
	qp, err := env.QP(e.qpn)
	if err != nil {
		return err
	}
	wr := driver.SendWR{
		WRID: rpcSend, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: driver.SGE{Addr: e.buf, Length: e.o.Size, LKey: e.lkey},
	}
	if e.typ == abi.QPTypeUD {
		wr.AH, wr.RemoteQPN, wr.RemoteQKey = env.Context().AH(e.ah), e.peerQPN, rpcQKey
	}
	_, err = qp.PostSend(wr)
	e.sending = err == nil
	return err
}

// poll takes completions; each message that came is checked and told of, with its IP header if it has one.
func (e *rpcEnd) poll(env *Env, told func(seq uint32, w *driver.WC, grh []byte) error) error {
	var wc [rpcRecvs + 1]driver.WC
	n, err := env.PollCQ(e.cq, wc[:])
	for _, w := range wc[:n] {
		switch {
		case w.Status != abi.WCStatusSuccess:
			return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
		case w.WRID == rpcSend && e.sending:
			e.sending = false
			continue
		case w.WRID >= rpcRecvs:
			return fmt.Errorf("completion of %d: %w", w.WRID, ErrData)
		}
		if err := e.take(env, &w, told); err != nil {
			return err
		}
	}
	return err
}

func (e *rpcEnd) take(env *Env, w *driver.WC, told func(uint32, *driver.WC, []byte) error) error {
	head := uint32(0)
	if e.typ == abi.QPTypeUD {
		head = driver.GRHBytes
	}
	got := make([]byte, rpcRoom(e.o.Size))
	if err := env.Context().Read(e.buf+(w.WRID+1)*rpcRoom(e.o.Size), got); err != nil {
		return err
	}
	msg := got[head:][:e.o.Size]
	seq := binary.LittleEndian.Uint32(msg)
	if e.fill(seq, e.salt^1<<31); w.ByteLen != head+e.o.Size || seq >= e.o.Count || string(msg) != string(e.stage) {
		return fmt.Errorf("%d bytes that are no message: %w", w.ByteLen, ErrData)
	}
	if err := told(seq, w, got[:head]); err != nil {
		return err
	}
	qp, err := env.QP(e.qpn)
	if err != nil {
		return err
	}
	return e.post(qp, w.WRID)
}

// Done implements Program: every question was answered.
func (c *Caller) Done() bool { return c.done == c.o.Count && !c.sending }

// Retries is how often a question was asked again.
func (c *Caller) Retries() uint32 { return c.retries }

// Poll implements Program.
func (c *Caller) Poll(env *Env) error {
	err := c.rpcEnd.poll(env, func(seq uint32, _ *driver.WC, _ []byte) error {
		switch {
		case seq > c.done || seq == c.done && c.asked == 0:
			return fmt.Errorf("an answer to %d, which was not asked: %w", seq, ErrData)
		case seq == c.done:
			c.done++
			c.asked = 0
		}
		return nil
	})
	if err == nil {
		err = c.ask(env)
	}
	if err != nil {
		return fmt.Errorf("RPC: question %d: %w", c.done, err)
	}
	return nil
}

func (c *Caller) ask(env *Env) error {
	again := c.asked != 0
	if c.done == c.o.Count || c.sending || again && env.Now-c.asked < rpcPatience {
		return nil
	}
	if again {
		c.retries++
		if err := c.aim(env.Context(), driver.AHAttr{DestIP: c.where()}); err != nil {
			return err
		}
	}
	c.asked = env.Now
	return c.send(env, c.done)
}

// Done implements Program: the last question came.
func (a *Answerer) Done() bool { return a.last == a.o.Count && !a.sending && !a.due }

// Poll implements Program.
func (a *Answerer) Poll(env *Env) error {
	err := a.rpcEnd.poll(env, func(seq uint32, w *driver.WC, grh []byte) error {
		if seq > a.last {
			return fmt.Errorf("question %d before %d: %w", seq, a.last, ErrData)
		}
		a.due, a.seq, a.last = true, seq, max(a.last, seq+1)
		if a.typ != abi.QPTypeUD {
			return nil
		}
		to, err := driver.AHFromWC(w, grh)
		if err != nil {
			return err
		}
		a.peerQPN = w.SrcQPN
		return a.aim(env.Context(), to)
	})
	if err == nil && a.due && !a.sending {
		a.due = false
		err = a.send(env, a.seq)
	}
	if err != nil {
		return fmt.Errorf("RPC: answer %d: %w", a.seq, err)
	}
	return nil
}
