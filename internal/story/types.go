package story

import (
	"bytes"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"

	"github.com/godwit-rdma/godwit/internal/op"
)

// transports are the queue pair types by name; looked up only.
var transports = map[string]abi.QPType{"rc": abi.QPTypeRC, "uc": abi.QPTypeUC, "ud": abi.QPTypeUD}

// ect is the traffic class of what switches may mark: ECT(0). RFC 3168 section 5.
const ect = 2

// qkeyOf is the Q_Key of both ends of a connection of type ud.
func qkeyOf(c *conn) uint32 { return 0x51000000 | uint32(c.number) }

// header is the room in front of a message in a receive.
func (e *end) header() int {
	if e.typ == abi.QPTypeUD {
		return driver.GRHBytes
	}
	return 0
}

// datagrams takes two queue pairs of type ud to RTS, each with an address handle of the other's NIC.
func (w *world) datagrams(o *op.Op, c *conn, qps [2]*driver.QP) error {
	for side, q := range qps {
		for _, m := range []struct {
			to   abi.State
			mask uint32
		}{{abi.StateInit, abi.AttrPKey | abi.AttrQKey}, {abi.StateRTR, 0}, {abi.StateRTS, abi.AttrSQPSN}} {
			if m.to == abi.StateRTS && o.Conn.Receiver == string('a'+rune(side)) {
				continue
			}
			attr := driver.QPAttr{State: m.to, PKey: pkeyOf(&o.Conn, side), QKey: qkeyOf(c), SQPSN: firstPSN(&o.Conn, side)}
			if err := q.Modify(&attr, abi.AttrState|m.mask); err != nil {
				return err
			}
		}
		e := c.ends[side]
		if err := e.reach(e.box.current, e.peer().box.current.host); err != nil {
			return err
		}
	}
	return nil
}

// reach makes an end send its datagrams to a host.
func (e *end) reach(in *instance, h *host) error {
	attr := driver.AHAttr{DestIP: h.drv.IP()}
	if e.conn.attr.op.Conn.ECN {
		attr.TClass = ect
	}
	ah, err := in.ctx.PD(uint16(e.box.part.PD.Base)).CreateAH(attr)
	if err == nil {
		in.apps[e.index].ah = ah.Number()
	}
	return err
}

// address executes op.Address.
func (w *world) address(o *op.Op, in *instance, e *end) error {
	if e.typ != abi.QPTypeUD {
		return o.Errorf(w.file, "address: QP %d is not of type ud", o.Number)
	}
	return e.reach(in, w.host(o.To))
}

// arrived checks what end e sent without acknowledgements where it arrives: what arrived was sent, whole, at most once
// each unless the network doubles packets, and says so; and no byte was written that was not sent. What is lost is for
// other checks to count.
func (w *world) arrived(o *op.Op, e *end, a *app, to *instance) error {
	p := e.peer()
	seen := make([]bool, len(a.msgs))
	for i := range to.apps[p.index].wcs {
		c := &to.apps[p.index].wcs[i]
		if !c.recv || c.wc.Status != abi.WCStatusSuccess {
			continue
		}
		buf, err := p.buffer(to, c)
		if err != nil {
			return err
		}
		m := e.sentAs(a, c, buf[min(p.header(), len(buf)):], seen)
		if m < 0 || seen[m] && !w.plan.doubles {
			return fail(o, w.file, "data", "expect data: QP %d end %c: receive #%d of %d bytes is no message that was sent, or one that was received already",
				o.Number, 'A'+rune(p.side), c.index, c.wc.ByteLen)
		}
		seen[m] = true
		if e.typ == abi.QPTypeUD && (c.wc.SrcQPN != e.qpn || c.wc.Flags&abi.WCFlagGRH == 0) {
			return fail(o, w.file, "recv-wrong", "expect data: QP %d end %c: receive #%d completed with %v from QP %#x",
				o.Number, 'A'+rune(p.side), c.index, c.wc.Flags, c.wc.SrcQPN)
		}
	}
	return w.writtenOnly(o, e, a, to)
}

// sentAs is the message that a completion is of, -1 if there is none: one with these bytes and this immediate data, if
// possible one that was not seen.
func (e *end) sentAs(a *app, c *completion, got []byte, seen []bool) int {
	n, found := int(c.wc.ByteLen)-e.peer().header(), -1
	for i := range a.msgs {
		m := &a.msgs[i]
		imm := strings.HasSuffix(m.op, "-imm")
		if m.n != n || !m.kind().receives || imm != (c.wc.Flags&abi.WCFlagImm != 0) || imm && int(c.wc.Imm) != i {
			continue
		}
		if m.kind().writes || n <= len(got) && bytes.Equal(got[:n], e.bytes(i, n)) {
			if found = i; !seen[i] {
				return i
			}
		}
	}
	return found
}

// writtenOnly checks that each byte of the region to be written to is as a WRITE would have it, or as it was.
func (w *world) writtenOnly(o *op.Op, e *end, a *app, to *instance) error {
	p := e.peer()
	got, want := make([]byte, p.mem), make([]byte, p.mem)
	if err := to.host.ram.Read(to.window.Base+p.writeVA-p.box.va(), got); err != nil {
		return err
	}
	for i := range a.msgs {
		if m := &a.msgs[i]; m.kind().writes && m.fault == "none" {
			copy(want[m.remote:], e.bytes(i, m.n))
		}
	}
	for at := range got {
		if got[at] != 0 && got[at] != want[at] {
			return fail(o, w.file, "data", "expect data: QP %d end %c: byte %d of the written region is %#02x, which nobody wrote there",
				o.Number, 'A'+rune(p.side), at, got[at])
		}
	}
	return nil
}
