package story

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"

	"github.com/godwit-rdma/godwit/internal/op"
)

// Failure is a check that does not hold.
type Failure struct {
	// Place is where the check stands, and what is wrong.
	Place *op.Error
	// Class is the class of failure in one word; two failures of one cause have the same.
	Class string
}

// Error is the place and what is wrong.
func (f *Failure) Error() string { return f.Place.Error() }

// fail is a Failure at the place of an operation.
func fail(o *op.Op, file, class, format string, args ...any) error {
	return &Failure{o.Errorf(file, format, args...), class}
}

// holds compares a number with what a check wants.
func (w *world) holds(o *op.Op, what string, n int) error {
	switch {
	case o.Want.Count >= 0 && n != o.Want.Count:
		return fail(o, w.file, string(o.Verb), "%s: %d %s, want %d", o.Verb, n, what, o.Want.Count)
	case n < o.Want.Min:
		return fail(o, w.file, string(o.Verb), "%s: %d %s, want at least %d", o.Verb, n, what, o.Want.Min)
	}
	return nil
}

// expect checks what concerns no connection.
func (w *world) expect(o *op.Op) error {
	if o.Want.Count < 0 && o.Want.Min == 0 {
		return o.Errorf(w.file, "%s: count or min is missing, so this cannot fail", o.Verb)
	}
	if o.Verb == op.ExpectPackets {
		n := 0
		for _, name := range w.packets[[2]string{o.From, o.To}] {
			if name == o.Frames.Packet {
				n++
			}
		}
		return w.holds(o, o.Frames.Packet+" packets from "+o.From+" to "+o.To, n)
	}
	for i, name := range abi.CounterNames {
		if name == o.Want.Name {
			v, err := w.host(o.At).drv.Counter(i)
			if err != nil {
				return err
			}
			return w.holds(o, name+" at "+o.At, int(v))
		}
	}
	panic("BUG: a counter without a name")
}

// expectAt checks what concerns one end of a connection.
func (w *world) expectAt(o *op.Op, in *instance, e *end) error {
	a := in.apps[e.index]
	switch o.Verb {
	case op.ExpectState:
		state := abi.StateStopped
		if in.ctx.State() == "running" {
			x, err := in.query(o, e)
			if err != nil {
				return err
			}
			state = x.State
		}
		if state.String() != o.State {
			return fail(o, w.file, "state "+state.String(), "expect state: QP %d at %s is in %v, want %s", o.Number, o.At, state, o.State)
		}
		return nil
	case op.ExpectPartner:
		return w.expectPartner(o, in, e)
	case op.ExpectRetries:
		x, err := in.query(o, e)
		if err != nil {
			return err
		}
		return w.holds(o, fmt.Sprintf("retries left for QP %d at %s", o.Number, o.At), int(x.RetryLeft))
	case op.ExpectWC, op.ExpectEvent:
		if o.Want.Count < 0 && o.Want.Min == 0 {
			return o.Errorf(w.file, "%s: count or min is missing, so this cannot fail", o.Verb)
		}
	}
	n := 0
	if o.Verb == op.ExpectEvent {
		for _, x := range in.events {
			number := e.qpn
			if x.OfSRQ() {
				number = e.box.part.CQ.Base
			}
			if x.Number == number && x.Kind.String() == o.Want.Name {
				n++
			}
		}
		return w.holds(o, fmt.Sprintf("%s events of QP %d at %s", o.Want.Name, o.Number, o.At), n)
	}
	for i := range a.wcs {
		c := &a.wcs[i]
		kind := "recv"
		if !c.recv {
			kind = a.msgs[c.index].op
		}
		if (o.Want.Kind == "any" || o.Want.Kind == kind) && c.wc.Status.String() == o.Want.Status && c.wc.Vendor.String() == o.Want.Vendor {
			n++
		}
	}
	return w.holds(o, fmt.Sprintf("completions of QP %d at %s with %s %s", o.Number, o.At, o.Want.Status, o.Want.Vendor), n)
}

// expectData checks that each end of a connection got what the other sent: byte for byte, once, in order, and
// nothing else, and that each work request completed, once, in order.
func (w *world) expectData(o *op.Op, c *conn) error {
	for _, e := range c.ends {
		from, to := e.box.current, e.peer().box.current
		if err := w.sent(o, e, from.apps[e.index]); err != nil {
			return err
		}
		check := w.received
		if e.typ != abi.QPTypeRC {
			check = w.arrived
		}
		if err := check(o, e, from.apps[e.index], to); err != nil {
			return err
		}
		if err := w.fetched(o, e, from); err != nil {
			return err
		}
	}
	return nil
}

// sent checks the completions of sends at one end.
func (w *world) sent(o *op.Op, e *end, a *app) error {
	next := 0
	for _, x := range a.wcs {
		if x.recv {
			continue
		}
		for next < len(a.msgs) && next < x.index && a.msgs[next].unsignaled {
			next++
		}
		if x.index != next {
			return fail(o, w.file, "send-completion-order", "expect data: QP %d end %c: completion of send #%d, want #%d", o.Number, 'A'+rune(e.side), x.index, next)
		}
		if x.wc.Status != abi.WCStatusSuccess {
			return fail(o, w.file, "send-failed", "expect data: QP %d end %c: send #%d completed with %v %v", o.Number, 'A'+rune(e.side), x.index, x.wc.Status, x.wc.Vendor)
		}
		if m := a.msgs[next]; int(x.wc.ByteLen) != m.n || x.wc.Opcode != m.kind().wc {
			return fail(o, w.file, "send-completion-wrong", "expect data: QP %d end %c: send #%d completed as %v of %d bytes", o.Number, 'A'+rune(e.side), x.index, x.wc.Opcode, x.wc.ByteLen)
		}
		next++
	}
	for ; next < len(a.msgs); next++ {
		if !a.msgs[next].unsignaled {
			return fail(o, w.file, "send-incomplete", "expect data: QP %d end %c: send #%d of %d did not complete", o.Number, 'A'+rune(e.side), next, len(a.msgs))
		}
	}
	return nil
}

// received checks what end e sent where it arrives.
func (w *world) received(o *op.Op, e *end, a *app, to *instance) error {
	p := e.peer()
	b := to.apps[p.index]
	var got []completion
	for _, x := range b.wcs {
		if !x.recv {
			continue
		}
		if x.index != len(got) && !p.srq {
			return fail(o, w.file, "recv-completion-order", "expect data: QP %d end %c: completion of receive #%d, want #%d", o.Number, 'A'+rune(p.side), x.index, len(got))
		}
		if x.wc.Status != abi.WCStatusSuccess {
			return fail(o, w.file, "recv-failed", "expect data: QP %d end %c: receive #%d completed with %v", o.Number, 'A'+rune(p.side), x.index, x.wc.Status)
		}
		got = append(got, x)
	}
	want := [2][]byte{make([]byte, p.mem), make([]byte, p.mem)}
	sends := 0
	for i, m := range a.msgs {
		if m.fault != "none" {
			continue
		}
		if m.kind().writes {
			copy(want[1][m.remote:], e.bytes(i, m.n))
		}
		if !m.kind().receives {
			continue
		}
		if sends == len(got) {
			return fail(o, w.file, "recv-missing", "expect data: QP %d end %c: send #%d was not received", o.Number, 'A'+rune(p.side), i)
		}
		if int(got[sends].wc.ByteLen) != m.n {
			return fail(o, w.file, "recv-length", "expect data: QP %d end %c: receive #%d has %d bytes, want %d", o.Number, 'A'+rune(p.side), sends, got[sends].wc.ByteLen, m.n)
		}
		if wc := &got[sends].wc; wc.Flags == abi.WCFlagImm != strings.HasSuffix(m.op, "-imm") || wc.Flags == abi.WCFlagImm && int(wc.Imm) != i ||
			(wc.Opcode == abi.WCOpcodeRecvRDMAImm) != m.kind().writes {
			return fail(o, w.file, "recv-wrong", "expect data: QP %d end %c: receive #%d completed as %v with %v %#x", o.Number, 'A'+rune(p.side), sends, wc.Opcode, wc.Flags, wc.Imm)
		}
		switch {
		case m.kind().writes:
		case p.srq:
			if err := p.holds(o, to, &got[sends], 0, e.bytes(i, m.n)); err != nil {
				return err
			}
		default:
			s := b.recvs[sends]
			copy(want[0][s.off:], spread(e.bytes(i, m.n), s.n, s.sges))
		}
		sends++
	}
	if sends != len(got) {
		return fail(o, w.file, "recv-extra", "expect data: QP %d end %c: %d receives completed, %d sends were posted", o.Number, 'A'+rune(p.side), len(got), sends)
	}
	return w.memory(o, p, to, want)
}

var regionNames = [2]string{"receive", "written"}

// memory compares the regions of an end with what should be there, and with how often each byte was written.
func (w *world) memory(o *op.Op, p *end, to *instance, want [2][]byte) error {
	got := make([]byte, p.mem)
	for i, va := range [2]uint64{p.recvVA, p.writeVA} {
		if i == 0 && p.srq {
			continue // what is in a shared receive queue's buffers was looked at one by one
		}
		if err := to.host.ram.Read(to.window.Base+va-p.box.va(), got); err != nil {
			return err
		}
		if !bytes.Equal(got, want[i]) {
			at := 0
			for got[at] == want[i][at] {
				at++
			}
			return fail(o, w.file, "data", "expect data: QP %d end %c: byte %d of the %s region is %#02x, want %#02x",
				o.Number, 'A'+rune(p.side), at, regionNames[i], got[at], want[i][at])
		}
		for at, n := range p.written[i] {
			if n > 1 {
				return fail(o, w.file, "written-twice", "expect data: QP %d end %c: byte %d of the %s region was written %d times",
					o.Number, 'A'+rune(p.side), at, regionNames[i], n)
			}
		}
	}
	return nil
}
