package driver_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// perQP is what an image may take for each of its queue pairs.
const perQP = 1024

// loaded is a context whose queue pairs are as full as they can be: of all types, with lists of 16 buffers, READs outstanding
// and to be answered, a shared receive queue, address handles, and identifiers that look like addresses. It is stopped in
// the midst of it.
func loaded(r *rig) *driver.Context {
	t := r.t
	ids := fabric.SplitMix(7)
	open := func(host, i int) *side {
		return newSide(t, must(r.m[host].dev.Open(driver.OpenAttr{
			Partition: driver.NewPartition(i, 2), Window: driver.Window{Base: 0x10000, Size: 0x90000}, VA: winVA,
		}))(t))
	}
	a, b := open(0, 0), open(1, 1)
	for _, s := range []*side{a, b} {
		s.mr = must(s.pd.RegMR(s.mr.VA(), 0x4000, abi.AccessLocalWrite|abi.AccessRemoteWrite|abi.AccessRemoteRead))(t)
	}
	srq := must(a.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 500}))(t)
	for range srq.Cap() {
		must(srq.PostRecv(driver.RecvWR{WRID: ids.Uint64(), SGE: a.sge(64)}))(t)
	}
	list := func(s *side) []driver.SGE {
		var more []driver.SGE
		for range 15 {
			more = append(more, s.sge(1000))
		}
		return more
	}
	rc := func(s *side, srq *driver.SRQ) *driver.QP {
		return must(s.pd.CreateQP(driver.QPInitAttr{
			SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 64, MaxRecvWR: 64, MaxSendSGE: 16, MaxRecvSGE: 16, MaxInlineData: 400, SRQ: srq,
		}))(t)
	}
	for _, shared := range []*driver.SRQ{nil, srq} {
		x, y := rc(a, shared), rc(b, nil)
		for _, e := range [][2]*driver.QP{{x, y}, {y, x}} {
			at := attr(abi.StateInit, e[1])
			at.Access, at.MaxRdAtomic, at.MaxDestRdAtomic = abi.AccessRemoteWrite|abi.AccessRemoteRead, 16, 16
			check(t, e[0].Modify(at, maskInit))
			at.State = abi.StateRTR
			check(t, e[0].Modify(at, maskRTR|abi.AttrMaxDestRdAtomic))
			at.State = abi.StateRTS
			check(t, e[0].Modify(at, maskRTS|abi.AttrMaxRdAtomic))
		}
		for _, e := range []struct {
			q       *driver.QP
			s, from *side
		}{{x, a, b}, {y, b, a}} {
			for e.q.RecvRoom() > 0 && (shared == nil || e.q == y) {
				must(e.q.PostRecv(driver.RecvWR{WRID: ids.Uint64(), SGE: e.s.sge(100), More: list(e.s)}))(t)
			}
			for e.q.SendRoom() > 0 {
				must(e.q.PostSend(driver.SendWR{
					WRID: ids.Uint64(), Opcode: abi.WROpcodeRDMARead, SGE: e.s.sge(1000), More: list(e.s), RemoteVA: e.from.mr.VA(), RKey: e.from.mr.RKey(),
				}))(t)
			}
		}
	}
	ud := a.datagrams(t)
	ah := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP(), TClass: 2}))(t)
	for ud.RecvRoom() > 0 {
		must(ud.PostRecv(driver.RecvWR{WRID: ids.Uint64(), SGE: a.sge(64)}))(t)
	}
	for ud.SendRoom() > 0 {
		must(ud.PostSend(driver.SendWR{WRID: ids.Uint64(), Opcode: abi.WROpcodeSend, SGE: a.sge(16), AH: ah, RemoteQPN: 99}))(t)
	}
	r.step(4)
	check(t, a.ctx.Stall())
	return a.ctx
}

// An image takes no more than 1 KiB for a queue pair, however much is under way on it.
func TestImageSize(t *testing.T) {
	r := newRig(t, 3, params)
	c := loaded(r)
	m := must(c.Dump())(t)
	reading := 0
	for i := range m.QPs {
		q := &m.QPs[i]
		reading = max(reading, int(q.QPC.RdCount))
		one := *m
		one.QPs = m.QPs[i : i+1]
		none := *m
		none.QPs = nil
		if n := len(one.Marshal()) - len(none.Marshal()); n > perQP {
			t.Errorf("QP %d: %d bytes", q.QPC.QPN, n)
		}
	}
	if reading != 16 {
		t.Errorf("%d READs are outstanding on a queue pair: too few for a check", reading)
	}
	if n := len(m.Marshal()); n > perQP*len(m.QPs) {
		t.Errorf("%d bytes for %d queue pairs", n, len(m.QPs))
	}
	full := m.QPs[0]
	full.QPC.CNPIP[15] = 1 // the last byte of a context: nothing behind it is left out
	with, without := *m, *m
	with.QPs, without.QPs = []driver.ImageQP{full}, nil
	if n := len(with.Marshal()) - len(without.Marshal()); n > 928 {
		t.Errorf("the longest record takes %d bytes; docs/driver.md says 928", n)
	}
	d := must(r.m[2].dev.Restore(m.Marshal(), r.copyWindow(0, c.Window(), 2, 0x10000)))(t)
	sameImage(t, m, must(d.Dump())(t))
}
