package driver_test

import (
	"bytes"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// listed makes a connection whose queues have room for lists and inline data.
func (r *rig) listed() (a, b *side) {
	r.t.Helper()
	a, b = newSide(r.t, r.open(0, 0)), newSide(r.t, r.open(1, 1))
	for _, s := range []*side{a, b} {
		check(r.t, s.qp.Destroy())
		s.qp = must(s.pd.CreateQP(driver.QPInitAttr{
			SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 8, MaxRecvWR: 8, MaxSendSGE: 5, MaxRecvSGE: 3, MaxInlineData: 60,
		}))(r.t)
	}
	climb(r.t, a.qp, b.qp, abi.StateRTS)
	climb(r.t, b.qp, a.qp, abi.StateRTS)
	return a, b
}

func (s *side) part(off, n uint32) driver.SGE {
	return driver.SGE{Addr: s.mr.VA() + uint64(off), Length: n, LKey: s.mr.LKey()}
}

// TestBuffers: lists and inline data go through, across a move in the middle of a message that is scattered.
func TestBuffers(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := r.listed()
	if c := a.qp.Cap(); c != (driver.QPCap{MaxSendWR: 8, MaxRecvWR: 8, MaxSendSGE: 12, MaxRecvSGE: 4, MaxInlineData: 192}) {
		t.Errorf("%+v", c)
	}
	data := make([]byte, 0x3000)
	for i := range data {
		data[i] = byte(i*5 + i>>8)
	}
	check(t, a.ctx.Write(a.mr.VA(), data))
	must(b.qp.PostRecv(
		driver.RecvWR{WRID: 1, SGE: b.part(0x2000, 2500), More: []driver.SGE{b.part(0, 100), b.part(0x1000, 4000)}},
		driver.RecvWR{WRID: 2, SGE: b.part(0x3000, 200)},
	))(t)
	must(a.qp.PostSend(
		driver.SendWR{WRID: 3, Opcode: abi.WROpcodeSend, SGE: a.part(0x100, 3000), More: []driver.SGE{a.part(0x2000, 0), a.part(0x1800, 3000)}},
		driver.SendWR{WRID: 4, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled | abi.WRFlagInline, SGE: a.part(7, 30), More: []driver.SGE{a.part(99, 100)}},
	))(t)
	check(t, a.ctx.Write(a.mr.VA(), make([]byte, 0x100))) // what is inline is the driver's already
	r.step(3)
	check(t, b.ctx.Stall())
	img := must(b.ctx.Dump())(t)
	if n := img.QPs[0].QPC.RLen; n == 0 || n == 6000 || !img.QPs[0].QPC.RList {
		t.Fatalf("stopped after %d bytes, not in the middle of a message", n)
	}
	c := must(r.m[2].dev.Restore(img.Marshal(), r.copyWindow(1, b.ctx.Window(), 2, 0x80000)))(t)
	check(t, c.Resume())
	check(t, b.ctx.SetForward(r.m[2].dev.IP()))
	r.step(200)
	got := make([]byte, 0x4000)
	check(t, c.Read(b.mr.VA(), got))
	message := append(bytes.Clone(data[0x100:0x100+3000]), data[0x1800:0x1800+3000]...)
	have := append(bytes.Clone(got[0x2000:0x2000+2500]), got[:100]...)
	if have = append(have, got[0x1000:0x1000+3400]...); !bytes.Equal(have, message) {
		t.Error("the message arrives as other bytes")
	}
	if want := append(bytes.Clone(data[7:37]), data[99:199]...); !bytes.Equal(got[0x3000:0x3000+130], want) {
		t.Error("inline data arrives as other bytes")
	}
	if wc := a.poll(t); len(wc) != 1 || wc[0].WRID != 4 || wc[0].Status != abi.WCStatusSuccess {
		t.Errorf("%+v", wc)
	}
	q := c.QP(b.qp.QPN())
	if q.Cap().MaxRecvSGE != 4 {
		t.Errorf("restored with room for %d buffers", q.Cap().MaxRecvSGE)
	}
}

// TestBuffersRefused: what does not fit is refused when it is posted, or when the queue is made.
func TestBuffersRefused(t *testing.T) {
	r := newRig(t, 2, params)
	a, _ := r.listed()
	list := make([]driver.SGE, 12)
	_, err := a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, More: list})
	wants(t, "13 buffers", err, driver.ErrInval)
	_, err = a.qp.PostRecv(driver.RecvWR{More: list[:4]})
	wants(t, "5 buffers to receive", err, driver.ErrInval)
	_, err = a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: a.part(0, 1<<31), More: []driver.SGE{a.part(0, 1)}})
	wants(t, "more than 2 GiB", err, driver.ErrInval)
	_, err = a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagInline, SGE: a.part(0, 193)})
	wants(t, "193 bytes inline", err, driver.ErrInval)
	_, err = a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeRDMARead, Flags: abi.WRFlagInline, SGE: a.part(0, 8)})
	wants(t, "READ inline", err, driver.ErrInval)
	_, err = a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagInline, SGE: driver.SGE{Addr: 5, Length: 8}})
	wants(t, "inline from nowhere", err, driver.ErrInval)
	for _, attr := range []driver.QPInitAttr{{MaxSendSGE: 17}, {MaxRecvSGE: 17}, {MaxInlineData: driver.MaxInline + 1}} {
		attr.SendCQ, attr.RecvCQ = a.cq, a.cq
		_, err := a.pd.CreateQP(attr)
		wants(t, "too much", err, driver.ErrInval)
	}
	full := must(a.pd.CreateQP(driver.QPInitAttr{SendCQ: a.cq, RecvCQ: a.cq, MaxSendSGE: driver.MaxSGE, MaxInlineData: driver.MaxInline}))(t)
	if c := full.Cap(); c.MaxSendSGE != driver.MaxSGE || c.MaxInlineData != driver.MaxInline || c.MaxRecvSGE != 1 {
		t.Errorf("%+v", c)
	}
	p := params
	p.Features = 0
	plain := newRig(t, 2, p)
	x, _ := plain.pair()
	_, err = x.pd.CreateQP(driver.QPInitAttr{SendCQ: x.cq, RecvCQ: x.cq, MaxSendSGE: 2})
	wants(t, "lists", err, driver.ErrNotSupported)
	_, err = x.pd.CreateQP(driver.QPInitAttr{SendCQ: x.cq, RecvCQ: x.cq, MaxInlineData: 1})
	wants(t, "inline data", err, driver.ErrNotSupported)
	_, err = x.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagInline})
	wants(t, "post inline", err, driver.ErrNotSupported)
	_, err = x.qp.PostRecv(driver.RecvWR{More: list[:1]})
	wants(t, "post a list", err, driver.ErrInval)
	if c := x.qp.Cap(); c.MaxSendSGE != 1 || c.MaxInlineData != 0 {
		t.Errorf("%+v", c)
	}
}

// gathered is 700 bytes in three buffers at the sender; gathered at the receiver they are 600 + 100.
func (s *side) gathered(t testing.TB) (first driver.SGE, more []driver.SGE, message []byte) {
	t.Helper()
	data := make([]byte, 0x1000)
	for i := range data {
		data[i] = byte(i*3 + i>>8)
	}
	check(t, s.ctx.Write(s.mr.VA(), data))
	message = append(append(bytes.Clone(data[0x800:0x800+300]), data[0x10:0x10+399]...), data[0x900])
	return s.part(0x800, 300), []driver.SGE{s.part(0x10, 399), s.part(0x900, 1)}, message
}

// scattered checks that a message of 700 bytes is in two buffers of 600 bytes, behind head bytes of something else.
func (s *side) scattered(t testing.TB, what string, head uint32, message []byte) {
	t.Helper()
	got := make([]byte, 0x4000)
	check(t, s.ctx.Read(s.mr.VA(), got))
	if have := append(bytes.Clone(got[0x2000+head:0x2000+600]), got[0x1000:0x1000+100+head]...); !bytes.Equal(have, message) {
		t.Errorf("%s: the message arrives as other bytes", what)
	}
}

func (s *side) toScatter(id uint64) driver.RecvWR {
	return driver.RecvWR{WRID: id, SGE: s.part(0x2000, 600), More: []driver.SGE{s.part(0x1000, 600)}}
}

// small takes a queue pair to RTR with packets of 256 bytes.
func small(peer *driver.QP) *driver.QPAttr {
	a := attr(abi.StateRTR, peer)
	a.PathMTU = 1
	return a
}

// TestBuffersOfTypes: lists and inline data of UC and UD, and receives with lists in a shared receive queue.
func TestBuffersOfTypes(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	first, more, message := a.gathered(t)
	create := func(s *side, attr driver.QPInitAttr) *driver.QP {
		attr.SendCQ, attr.RecvCQ, attr.MaxSendWR, attr.MaxRecvWR, attr.SQSigAll = s.cq, s.cq, 4, 4, true
		attr.MaxSendSGE, attr.MaxRecvSGE, attr.MaxInlineData = 3, 2, 60
		return must(s.pd.CreateQP(attr))(t)
	}
	clear := func() { check(t, b.ctx.Write(b.mr.VA(), make([]byte, 0x4000))) }

	x, y := create(a, driver.QPInitAttr{Type: abi.QPTypeUC}), create(b, driver.QPInitAttr{Type: abi.QPTypeUC})
	for _, q := range [][2]*driver.QP{{x, y}, {y, x}} {
		check(t, q[0].Modify(attr(abi.StateInit, q[1]), maskInit))
		check(t, q[0].Modify(small(q[1]), maskRTR&^abi.AttrMinRNRTimer))
		check(t, q[0].Modify(attr(abi.StateRTS, q[1]), abi.AttrState|abi.AttrSQPSN))
	}
	must(y.PostRecv(b.toScatter(1), driver.RecvWR{WRID: 2, SGE: b.part(0x3000, 100)}))(t)
	must(x.PostSend(driver.SendWR{WRID: 3, Opcode: abi.WROpcodeSend, SGE: first, More: more},
		driver.SendWR{WRID: 4, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagInline, SGE: a.part(0x10, 60)}))(t)
	r.step(20)
	if wc := b.poll(t); len(wc) != 2 || wc[0].ByteLen != 700 || wc[1].ByteLen != 60 || len(a.poll(t)) != 2 {
		t.Fatalf("UC: %+v", wc)
	}
	b.scattered(t, "UC", 0, message)

	clear()
	u, v := create(a, driver.QPInitAttr{Type: abi.QPTypeUD}), create(b, driver.QPInitAttr{Type: abi.QPTypeUD})
	for _, q := range []*driver.QP{u, v} {
		check(t, q.Modify(&driver.QPAttr{State: abi.StateInit, PKey: 0xffff, QKey: qkey}, abi.AttrState|abi.AttrPKey|abi.AttrQKey))
		check(t, q.Modify(&driver.QPAttr{State: abi.StateRTR}, abi.AttrState))
		check(t, q.Modify(&driver.QPAttr{State: abi.StateRTS, SQPSN: 7}, abi.AttrState|abi.AttrSQPSN))
	}
	ah := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP()}))(t)
	must(v.PostRecv(b.toScatter(1)))(t)
	must(u.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: first, More: more, AH: ah, RemoteQPN: v.QPN(), RemoteQKey: qkey}))(t)
	r.step(20)
	if wc := b.poll(t); len(wc) != 1 || wc[0].ByteLen != 740 || len(a.poll(t)) != 1 {
		t.Fatalf("UD: %+v", wc)
	}
	b.scattered(t, "UD", 40, message)

	clear()
	s := must(b.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3, MaxSGE: 2}))(t)
	p, q := create(a, driver.QPInitAttr{}), create(b, driver.QPInitAttr{SRQ: s})
	for _, c := range [][2]*driver.QP{{p, q}, {q, p}} {
		climb(t, c[0], c[1], abi.StateInit)
		check(t, c[0].Modify(small(c[1]), maskRTR))
		check(t, c[0].Modify(attr(abi.StateRTS, c[1]), maskRTS))
	}
	must(s.PostRecv(b.toScatter(5)))(t)
	_, err := s.PostRecv(driver.RecvWR{More: make([]driver.SGE, 4)})
	wants(t, "5 buffers in a shared receive queue", err, driver.ErrInval)
	must(p.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: first, More: more}))(t)
	r.step(20)
	if wc := b.poll(t); len(wc) != 1 || wc[0].WRID != 5 || wc[0].ByteLen != 700 {
		t.Fatalf("SRQ: %+v", wc)
	}
	b.scattered(t, "SRQ", 0, message)
}
