package story

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/qp"

	"github.com/godwit-rdma/godwit/internal/op"
)

// run executes one operation. Errors: *op.Error for one that cannot be done, *Failure for a check that does not hold,
// others for a NIC or driver that failed.
func (w *world) run(o *op.Op) error {
	w.trace.op(o.String())
	err := w.dispatch(o)
	if w.manual && err == nil {
		err = w.calm()
	}
	var place *op.Error
	var failure *Failure
	if w.plan.rules != 0 && errors.Is(err, errDriver) && errors.Is(err, driver.ErrDevice) {
		return fail(o, w.file, "nonsense", "%v", err) // the dialect's, not the device's
	}
	switch {
	case err == nil, errors.As(err, &place), errors.As(err, &failure), errors.Is(err, errDriver):
		return err
	}
	var errno *driver.Errno
	if errors.As(err, &errno) && errno != driver.ErrIO && errno != driver.ErrDevice && errno != driver.ErrTimeout {
		return o.Errorf(w.file, "%v", err)
	}
	return err
}

func (w *world) dispatch(o *op.Op) error {
	switch o.Verb {
	case op.Seed, op.Dialect:
		return nil
	case op.NIC:
		p := &o.Params
		return w.addHost(o.At, p.IP, nic.Params{NumQP: p.QPs, NumMR: p.MRs, NumCQ: p.CQs, Migration: p.Migration})
	case op.QP:
		return w.connect(o)
	case op.Run:
		return w.pass(uint64(o.Time))
	case op.Idle:
		return w.idle(o)
	case op.Drop, op.Dup, op.Delay, op.Corrupt, op.Mark, op.Hold, op.Faults:
		return w.fault(o)
	case op.Manual:
		return w.takeOver()
	case op.Auto:
		return w.letGo(o)
	case op.Deliver, op.Repeat, op.Lose:
		return w.held(o)
	case op.Attack:
		return w.attack(o)
	case op.Crash:
		w.crash(w.host(o.At))
		return nil
	case op.ExpectCounter, op.ExpectPackets:
		return w.expect(o)
	}
	return w.onInstance(o)
}

// onInstance executes what concerns one end of a connection.
func (w *world) onInstance(o *op.Op) error {
	c := w.conn(o.Number)
	if c == nil {
		return o.Errorf(w.file, "%s: QP %d is not made yet", o.Verb, o.Number)
	}
	switch o.Verb {
	case op.ExpectData:
		return w.expectData(o, c)
	case op.ExpectSettled:
		return w.expectSettled(o, c)
	}
	name := o.At
	if o.Verb == op.Move {
		name = o.From
	}
	h := w.host(name)
	if h.crashed {
		return o.Errorf(w.file, "%s: NIC %s has crashed", o.Verb, name)
	}
	in, e := h.endOf(c, o.Verb)
	if in == nil && o.Verb == op.Forward && w.plan.rules&qp.NoR10a != 0 {
		return w.refused(o) // nothing was left there
	}
	if in == nil {
		return o.Errorf(w.file, "%s: QP %d has no end at %s", o.Verb, o.Number, name)
	}
	switch o.Verb {
	case op.PostRecv, op.PostSend:
		return w.post(o, in, e)
	case op.Modify:
		q, err := in.qp(o, e)
		if err != nil {
			return err
		}
		state, _ := abi.ParseState(o.State)
		attr, mask := driver.QPAttr{State: state, EnSQDAsyncNotify: true}, abi.AttrState
		if state == abi.StateSQD && q.State() == abi.StateRTS {
			mask |= abi.AttrEnSQDAsyncNotify
		}
		return q.Modify(&attr, mask)
	case op.Destroy:
		q, err := in.qp(o, e)
		if err != nil {
			return err
		}
		return q.Destroy()
	case op.SRQLimit:
		return in.limit(o)
	case op.Address:
		return w.address(o, in, e)
	case op.ResizeCQ:
		return in.ctx.CQ(in.box.part.CQ.Base).Resize(uint32(o.Entries))
	case op.Send, op.Respond, op.Expire:
		return w.let(o, in, e)
	case op.Stall, op.Move, op.Resume, op.Forward, op.Release, op.Rollback, op.Close:
		return w.manage(o, in)
	}
	return w.expectAt(o, in, e)
}

func (w *world) conn(number int) *conn {
	for _, c := range w.conns {
		if c.number == number {
			return c
		}
	}
	return nil
}

// wanted is the state that a verb needs its instance to be in.
var wanted = map[op.Verb]string{ // looked up only
	op.PostRecv: "running", op.PostSend: "running", op.ResizeCQ: "running", op.SRQLimit: "running", op.Address: "running", op.Stall: "running", op.Move: "stopped", op.Resume: "restored",
	op.Forward: "stopped", op.Release: "departed", op.Rollback: "stopped",
	op.ExpectState: "running", op.ExpectPartner: "running", op.ExpectWC: "running", op.ExpectEvent: "running",
}

// endOf finds the instance of one of a connection's ends at this host. Both may be there, one of them a tombstone:
// then the one that the verb fits.
func (h *host) endOf(c *conn, v op.Verb) (found *instance, of *end) {
	for _, e := range c.ends {
		in := h.find(e.box)
		switch {
		case in == nil:
		case found == nil, in.ctx.State() == wanted[v], found.ctx.State() == "departed":
			found, of = in, e
			if in.ctx.State() == wanted[v] {
				return found, of
			}
		}
	}
	return found, of
}

// qp is the driver's handle of an end; an error if it was destroyed.
func (in *instance) qp(o *op.Op, e *end) (*driver.QP, error) {
	q := in.ctx.QP(e.qpn)
	if q == nil {
		return nil, o.Errorf(in.host.w.file, "%s: QP %d at %s: %v", o.Verb, o.Number, in.host.name, driver.ErrDestroyed)
	}
	return q, nil
}

// query is the context of an end as its device has it.
func (in *instance) query(o *op.Op, e *end) (abi.QPC, error) {
	q, err := in.qp(o, e)
	if err != nil {
		return abi.QPC{}, err
	}
	return q.Query()
}

// pass lets at least the given cycles pass.
func (w *world) pass(cycles uint64) error {
	for end := w.net.Now() + cycles; w.net.Now() < end; {
		if err := w.step(); err != nil {
			return err
		}
	}
	return nil
}

// idle lets time pass until nothing happens any more.
func (w *world) idle(o *op.Op) error {
	w.now = w.net.Now()
	w.busy = w.now
	for end := w.now + uint64(o.Time); ; {
		if err := w.step(); err != nil {
			return err
		}
		if w.net.Quiet() && w.now > w.busy+w.plan.silence {
			return nil
		}
		if w.now >= end {
			return fail(o, w.file, "idle", "idle: it is not quiet after %v", o.Time)
		}
	}
}

// post posts work requests. Each has bytes of its own.
func (w *world) post(o *op.Op, in *instance, e *end) error {
	q, err := in.qp(o, e)
	if err != nil {
		return err
	}
	a := in.apps[e.index]
	for range o.Work.Count {
		if o.Verb == op.PostRecv {
			err = e.postRecv(o, q, a, in)
		} else {
			err = e.postSend(o, q, a, in)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// extent is the size of work in words.
func extent(k *op.Work) string {
	text := fmt.Sprintf("%d bytes", k.Len)
	if k.Count > 1 {
		text = fmt.Sprintf("%d x %s", k.Count, text)
	}
	if k.Off >= 0 && workKinds[k.Op].writes {
		text += fmt.Sprintf(" at offset %d", k.Off)
	}
	return text
}

func (e *end) full(o *op.Op, in *instance, used int) error {
	return o.Errorf(in.host.w.file, "%s: %s is beyond the region of QP %d at %s: %d of its %d bytes are used",
		o.Verb, extent(&o.Work), o.Number, in.host.name, used, e.mem)
}

func (e *end) postRecv(o *op.Op, q *driver.QP, a *app, in *instance) error {
	n := o.Work.Len + e.header()
	if n > e.mem-a.recvUsed {
		return e.full(o, in, a.recvUsed)
	}
	id := recvBit | uint64(e.index)<<32 | uint64(len(a.recvs))
	s := slot{a.recvUsed, n, o.Work.SGEs}
	list := e.list(e.recvVA+uint64(s.off), n, s.sges)
	wr := driver.RecvWR{WRID: id, SGE: list[0], More: list[1:]}
	var err error
	if e.srq {
		_, err = in.box.srq(in.ctx).PostRecv(wr)
	} else {
		_, err = q.PostRecv(wr)
	}
	if err == nil {
		a.recvs = append(a.recvs, s)
		a.recvUsed += n
	}
	return err
}

// nobody is a key that no region has.
const nobody = 0xdead

func (e *end) postSend(o *op.Op, q *driver.QP, a *app, in *instance) error {
	k := &o.Work
	m := message{op: k.Op, unsignaled: k.Unsignaled, off: a.sendUsed, n: k.Len, sges: k.SGEs, fault: k.Fault}
	kind := m.kind()
	if kind.fetches && m.op != "read" {
		m.n = 8
	}
	if m.n > e.mem-a.sendUsed {
		return e.full(o, in, a.sendUsed)
	}
	wr := driver.SendWR{
		WRID: uint64(e.index)<<32 | uint64(len(a.msgs)), Opcode: kind.wr, Flags: abi.WRFlagSignaled,
		Imm: uint32(len(a.msgs)), InvKey: e.peer().key,
	}
	if k.Fault == "rkey" && m.op == "send-inv" {
		wr.InvKey = nobody
	}
	list := e.list(e.sendVA+uint64(m.off), m.n, m.sges)
	if m.unsignaled {
		wr.Flags = 0
	}
	if e.typ == abi.QPTypeUD {
		wr.AH, wr.RemoteQPN, wr.RemoteQKey = in.ctx.AH(a.ah), e.peer().qpn, qkeyOf(e.conn)
	}
	if k.Fence {
		wr.Flags |= abi.WRFlagFence
	}
	if k.Solicited {
		wr.Flags |= abi.WRFlagSolicited
	}
	if k.Inline {
		wr.Flags |= abi.WRFlagInline
	}
	switch {
	case kind.fetches:
		e.fetch(o, a, &wr, &m)
	case kind.writes:
		m.remote = a.writeUsed
		if k.Off >= 0 {
			m.remote = k.Off
		}
		if k.Fault == "bounds" {
			m.remote = e.mem - m.n/2
		} else if m.n > e.mem-m.remote {
			return e.full(o, in, m.remote)
		}
		wr.RemoteVA, wr.RKey = e.peer().writeVA+uint64(m.remote), e.peer().key
	}
	switch k.Fault {
	case "rkey":
		wr.RKey = nobody
	case "lkey":
		list[len(list)-1].LKey = nobody
	case "qkey":
		wr.RemoteQKey = nobody
	}
	wr.SGE, wr.More = list[0], list[1:]
	// Straight to memory: the driver lets nobody write for a stopped container, and posting is what must fail then.
	local := spread(e.bytes(len(a.msgs), m.n), m.n, m.sges)
	if kind.fetches {
		clear(local)
	}
	if err := in.host.ram.Write(in.window.Base+e.sendVA+uint64(m.off)-in.box.va(), local); err != nil {
		return err
	}
	if _, err := q.PostSend(wr); err != nil {
		return err
	}
	a.msgs = append(a.msgs, m)
	a.sendUsed += m.n
	switch {
	case kind.writes && k.Fault != "bounds":
		a.writeUsed = max(a.writeUsed, m.remote+m.n)
	case k.Fault != "none":
	case m.op == "read":
		a.readUsed = m.remote + m.n
	case m.op == "faa":
		a.adds++
	case m.op == "cas":
		a.swaps++
	}
	return nil
}

// bytes are what message number i of this end consists of: never 0, and nowhere the same.
func (e *end) bytes(i, n int) []byte {
	p := make([]byte, n)
	x := uint64(e.qpn)<<32 | uint64(i)
	for j := range p {
		x = x*6364136223846793005 + 1442695040888963407
		p[j] = byte(x>>56) | 1
	}
	return p
}
