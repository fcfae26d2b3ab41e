package driver

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Restore makes a context from the encoded image of one dumped elsewhere, in a window of this host's memory that
// holds, or will hold before Resume, a copy of the bytes of the old one. Objects have the numbers they had; find
// them by these. Queue pairs are born stopped (rule R5): nothing is live before Resume.
//
// It is all or nothing: what can be known beforehand (a bad image, numbers or memory that are taken, tables that
// are full) is an error before anything is touched, and a device that fails on the way is brought back to where it
// was. Tombstones of the same container are replaced; if the device fails after that, they are tombstones again, which
// lead where they led, but one epoch on. Errors: ErrImage, ErrForeign, ErrExists, ErrNoMem, ErrInval,
// ErrNotSupported, and those of a command.
func (d *Device) Restore(image []byte, window Window) (*Context, error) {
	m, err := ParseImage(image)
	if err != nil {
		return nil, fmt.Errorf("restore: %w", err)
	}
	c, err := d.restore(m, window)
	if err != nil {
		return nil, fmt.Errorf("restore: %w", err)
	}
	return c, nil
}

func (d *Device) restore(m *Image, window Window) (*Context, error) {
	if !d.caps.Migration {
		return nil, fmt.Errorf("the device has no migration unit: %w", ErrNotSupported)
	}
	if missing := abi.Feature(m.Features) &^ d.caps.Features; missing != 0 {
		return nil, fmt.Errorf("the image needs features %#x, the device has %#x: %w", m.Features, d.caps.Features, ErrNotSupported)
	}
	for i := range m.QPs {
		if x := &m.QPs[i].QPC; x.RemoteIP != (wire.Addr{}) && !d.reaches(x.RemoteIP) {
			return nil, fmt.Errorf("QP %d has its partner at %s, this device is %s: %w",
				x.QPN, wire.FormatAddr(x.RemoteIP), wire.FormatAddr(d.cfg.IP), ErrNotSupported)
		}
	}
	for _, a := range m.AHs {
		if !d.reaches(a.IP) {
			return nil, fmt.Errorf("an address handle is for %s, this device is %s: %w",
				wire.FormatAddr(a.IP), wire.FormatAddr(d.cfg.IP), ErrNotSupported)
		}
	}
	attr := OpenAttr{Partition: m.Partition, Window: window, VA: m.VA}
	if window.Size != m.WindowSize {
		return nil, fmt.Errorf("window of %#x bytes, the image is of one of %#x: %w", window.Size, m.WindowSize, ErrInval)
	}
	tomb := d.tombstones(m.Partition)
	if err := d.admit(attr, tomb); err != nil {
		return nil, err
	}
	if err := d.room(m, tomb); err != nil {
		return nil, err
	}
	c := newContext(d, attr)
	c.phase = restored
	c.adopt(m)
	if err := c.install(m, tomb); err != nil {
		return nil, err
	}
	d.contexts = append(d.contexts, c)
	if tomb != nil {
		c.replaced = true
		for _, q := range c.qps {
			q.over = nil
		}
		tomb.qps = nil // LOAD_QP replaced them
		tomb.leave()
	}
	return c, nil
}

// tombstones is what this container left here when it departed, nil when it was never here.
func (d *Device) tombstones(p Partition) *Context {
	for _, c := range d.contexts {
		if c.phase == departed && c.attr.Partition == p {
			return c
		}
	}
	return nil
}

// room checks that the device's tables can take the image.
func (d *Device) room(m *Image, tomb *Context) error {
	qps, mrs, cqs := len(m.QPs), len(m.MRs), len(m.CQs)
	for _, c := range d.contexts {
		qps, mrs, cqs = qps+len(c.qps), mrs+len(c.mrs), cqs+len(c.cqs)
		if c != tomb {
			continue
		}
		for i := range m.QPs {
			if c.QP(m.QPs[i].QPC.QPN) != nil {
				qps-- // LOAD_QP replaces the tombstone
			}
		}
	}
	if qps > d.caps.NumQP || mrs > d.caps.NumMR || cqs > d.caps.NumCQ {
		return fmt.Errorf("%d queue pairs, %d regions, %d completion queues on a device of %d, %d, %d: %w",
			qps, mrs, cqs, d.caps.NumQP, d.caps.NumMR, d.caps.NumCQ, ErrNoMem)
	}
	return nil
}

// adopt makes the driver's objects of the image, which was checked.
func (c *Context) adopt(m *Image) {
	claim := func(e Extent) Extent {
		if !c.arena.claim(e) {
			panic("BUG: memory of a checked image is not free")
		}
		return e
	}
	for i := range c.nums {
		c.nums[i].next = m.Next[i]
	}
	c.srqNums.next = m.NextSRQ
	for _, n := range m.PDs {
		c.pds = append(c.pds, &PD{ctx: c, num: uint32(n)})
	}
	for _, e := range m.Buffers {
		c.bufs = append(c.bufs, claim(e))
	}
	for _, r := range m.MRs {
		c.mrs = append(c.mrs, &MR{ctx: c, pd: c.PD(r.PD), key: r.Key, va: r.VA, length: r.Length, access: r.Access, invalid: r.Invalid})
	}
	for _, h := range m.Channels {
		c.channels = append(c.channels, &CompChannel{ctx: c, num: uint32(h.Number)})
	}
	for _, e := range m.CQs {
		q := &CQ{
			ctx: c, num: e.Number, log: e.Log, ring: claim(Extent{e.Ring, abi.CQESize << e.Log}), ci: e.CI,
			compGot: e.CompGot, asyncGot: e.AsyncGot,
		}
		if e.HasChannel {
			q.channel = c.CompChannel(e.Channel)
		}
		c.cqs = append(c.cqs, q)
	}
	for i, h := range m.Channels {
		for _, n := range h.Pending {
			c.channels[i].pending = append(c.channels[i].pending, c.CQ(uint32(n)))
		}
	}
	for i := range m.SRQs {
		s := &m.SRQs[i]
		c.srqs = append(c.srqs, s.adopt(c, claim(Extent{s.Mem, ringBytes(s.Log, s.Stride)}), claim(Extent{s.Notes, noteBytes(s.Log)})))
	}
	for i := range m.AHs {
		a := &m.AHs[i]
		c.ahs = append(c.ahs, &AH{pd: c.PD(a.PD), num: a.Number, attr: AHAttr{a.IP, a.TClass, a.HopLimit}})
	}
	for i := range m.QPs {
		x := &m.QPs[i].QPC
		q := &QP{
			ctx: c, pd: c.PD(x.PD), qpn: x.QPN, slot: noSlot, scq: c.CQ(uint32(x.SCQN)), rcq: c.CQ(uint32(x.RCQN)),
			asyncGot: m.QPs[i].AsyncGot, typ: x.QPType, sigAll: x.SQSigAll, sport: x.UDPSport,
			capable: x.MigCapable, retry: Retry{x.Timeout, x.RetryCnt}, partner: m.QPs[i].Partner,
			sq: m.QPs[i].SQ.ring(x.SQLog, x.SQStride), rq: m.QPs[i].RQ.ring(x.RQLog, x.RQStride),
		}
		q.place(
			claim(Extent{x.SQBase, ringBytes(x.SQLog, x.SQStride)}), claim(Extent{x.RQBase, ringBytes(x.RQLog, x.RQStride)}),
			claim(Extent{m.QPs[i].IDs, idBytes(x.SQLog, x.RQLog)}),
		)
		if x.UseSRQ {
			q.srq = c.SRQ(uint32(x.SRQN))
		}
		if q.state = x.State; x.State == abi.StateStopped {
			q.state, q.paused = x.SavedState, x.SavedState
		}
		q.announcing = x.MigCapable && (q.state == abi.StateRTR || q.state == abi.StateRTS || q.state == abi.StateSQD || q.state == abi.StateSQE)
		c.qps = append(c.qps, q)
	}
	c.events = append(c.events, m.Events...)
}

func (m *ImageRing) ring(log, stride uint8) ring {
	return ring{log: log, stride: stride, pi: m.PI, tail: m.Tail}
}

// install tells the device of everything, completion queues first and queue pairs last; on a failure it takes back
// what it told. tomb is what the container left here, nil if it did not.
func (c *Context) install(m *Image, tomb *Context) (err error) {
	var undo []command
	defer func() {
		if err == nil {
			return
		}
		// The device may still be at the command that failed; then it is taken back before anything else is done.
		slices.Reverse(undo)
		for _, q := range c.qps {
			q.moveOut()
		}
		c.dev.owed = append(c.dev.owed, undo...)
		_ = c.dev.catchUp() // err says what is wrong with the device
	}()
	for i, q := range c.cqs {
		s := &m.CQs[i]
		if err = q.create(abi.CQC{
			Armed: s.Armed, Overrun: s.Overrun, Solicited: s.Solicited, PI: s.PI, CI: s.CI, SolicitedPI: s.SolicitedPI,
		}); err != nil {
			return fmt.Errorf("CQ %d: %w", q.num, err)
		}
		undo = append(undo, command{op: abi.CMDDestroyCQ, arg0: q.num})
	}
	for _, r := range c.mrs {
		if err = r.create(); err != nil {
			return fmt.Errorf("region %#x: %w", r.key, err)
		}
		undo = append(undo, command{op: abi.CMDDestroyMR, arg0: r.key})
	}
	for i, s := range c.srqs {
		if err = m.SRQs[i].install(s); err != nil {
			return fmt.Errorf("SRQ %d: %w", s.num, err)
		}
		undo = append(undo, command{op: abi.CMDDestroySRQ, arg0: s.num})
	}
	for turn := turnNew; turn <= turnReset; turn++ {
		if turn == turnReset {
			if err = tomb.yield(c); err != nil {
				return err
			}
		}
		for i, q := range c.qps {
			if q.turn(tomb) != turn {
				continue
			}
			if err = q.install(m.QPs[i].QPC); err != nil {
				return fmt.Errorf("QP %d: %w", q.qpn, err)
			}
			undo = append(undo, q.takenBack(q.slot))
		}
	}
	return nil
}

// The turns in which queue pairs are installed: what leaves a trace when it is taken back comes late.
const (
	turnNew      = iota
	turnReplaces // takes the place of a tombstone
	turnReset    // in RESET: a tombstone with its number has to go first
)

// turn is when the queue pair's is.
func (q *QP) turn(tomb *Context) int {
	switch {
	case q.state == abi.StateReset:
		return turnReset
	case tomb != nil && tomb.QP(q.qpn) != nil:
		return turnReplaces
	}
	return turnNew
}

// install creates the queue pair on the device from its dumped context.
func (q *QP) install(x abi.QPC) error {
	if x.State == abi.StateReset {
		return q.create()
	}
	x.SQBase, x.RQBase = q.ctx.pa(q.sq.mem.Off), q.ctx.pa(q.rq.mem.Off)
	slot, err := q.ctx.dev.run(command{op: abi.CMDLoadQP, in: q.ctx.dev.contextImage(&x), late: q.destroyLate})
	if err != nil {
		return err
	}
	return q.settleIn(slot)
}

// yield destroys the tombstones that c does not replace: c came back without them, or with the queue pair in RESET. Nobody
// has anything to ask them any more. t may be nil.
func (t *Context) yield(c *Context) error {
	if t == nil {
		return nil
	}
	for _, o := range t.QPs() {
		if q := c.QP(o.qpn); q != nil && q.state != abi.StateReset {
			continue
		}
		if err := o.destroy(o.discard); err != nil {
			return fmt.Errorf("tombstone of QP %d: %w", o.qpn, err)
		}
	}
	return nil
}

// Untouched tells whether no queue pair of a restored context was ever activated: all are as LOAD_QP left them. It
// decides whether a failed activation may be rolled back (rule R10).
func (c *Context) Untouched() (bool, error) {
	if err := c.need(restored); err != nil {
		return false, fmt.Errorf("untouched: %w", err)
	}
	for _, q := range c.qps {
		if q.state == abi.StateReset {
			continue
		}
		x, err := q.query(abi.CMDQueryQP)
		if err != nil {
			return false, fmt.Errorf("untouched: QP %d: %w", q.qpn, err)
		}
		if x.State != abi.StateStopped || !x.Restored {
			return false, nil
		}
	}
	return true, nil
}

// Resume activates a restored context, with one register write. Memory must be in place. Each connected queue pair then announces itself (rule R6); Announcing counts those
// not yet heard. After an error it can be called again. Errors: ErrState, ErrTimeout, ErrIO.
func (c *Context) Resume() error {
	if err := c.need(restored); err != nil {
		return fmt.Errorf("resume: %w", err)
	}
	// Not strict: a Resume that failed half-way leaves fewer to activate.
	if err := c.all(abi.RegResume, false); err != nil {
		return fmt.Errorf("resume: %w", err)
	}
	c.phase = running
	return nil
}
