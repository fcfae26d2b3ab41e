package driver_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// program makes a context with objects of every kind, some of them destroyed again, and traffic in any stage.
type program struct {
	r    *rig
	t    *rapid.T
	a, b *side
	qps  []*driver.QP // of a, and their partners
	peer []*driver.QP
	mrs  []*driver.MR
	cqs  []*driver.CQ
	id   uint64
}

func (p *program) pick(n int) int { return rapid.IntRange(0, n-1).Draw(p.t, "which") }

// connect makes a queue pair in any state, with or without a partner.
func (p *program) connect() {
	if len(p.qps) == params.NumQP {
		return
	}
	x := p.a.newQP(p.r.t)
	p.qps, p.peer = append(p.qps, x), append(p.peer, nil)
	to := rapid.SampledFrom([]abi.State{abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr}).Draw(p.t, "to")
	switch to {
	case abi.StateRTS:
		y := p.b.newQP(p.r.t)
		p.peer[len(p.peer)-1] = y
		climb(p.r.t, x, y, to)
		climb(p.r.t, y, x, to)
	case abi.StateErr:
		climb(p.r.t, x, nil, abi.StateInit)
		check(p.r.t, x.Modify(&driver.QPAttr{State: to}, abi.AttrState))
	default:
		climb(p.r.t, x, nil, to)
	}
}

// post posts to a queue pair of a, or to its partner: to send, to receive, or with a key that is refused.
func (p *program) post() {
	i := p.pick(len(p.qps))
	q, s := p.qps[i], p.a
	if p.peer[i] != nil && rapid.Bool().Draw(p.t, "partner") {
		q, s = p.peer[i], p.b
	}
	p.id += rapid.SampledFrom([]uint64{1, 1, 1, 1 << 40}).Draw(p.t, "step")
	sge := s.sge(rapid.SampledFrom([]uint32{0, 1, 512, 3000}).Draw(p.t, "bytes"))
	switch kind := p.pick(6); {
	case kind < 3:
		_, _ = q.PostRecv(driver.RecvWR{WRID: p.id, SGE: sge}) // refused in RESET and when the ring is full
	case kind < 5:
		wr := driver.SendWR{WRID: p.id, Opcode: abi.WROpcodeSend, SGE: sge}
		if rapid.Bool().Draw(p.t, "signaled") {
			wr.Flags = abi.WRFlagSignaled
		}
		_, _ = q.PostSend(wr)
	default:
		_, _ = q.PostSend(driver.SendWR{WRID: p.id, Opcode: abi.WROpcodeRDMAWrite, SGE: sge, RemoteVA: winVA, RKey: 0xbad})
	}
}

func (p *program) step() {
	switch t := p.r.t; p.pick(8) {
	case 0:
		p.connect()
	case 1:
		if va, err := p.a.ctx.Alloc(rapid.Uint64Range(1, 300).Draw(p.t, "alloc")); err == nil && rapid.Bool().Draw(p.t, "free") {
			check(t, p.a.ctx.Free(va))
		}
	case 2:
		if m, err := p.a.pd.RegMR(winVA, rapid.Uint64Range(1, 0x4000).Draw(p.t, "region"), abi.AccessLocalWrite); err == nil {
			p.mrs = append(p.mrs, m)
		}
		if n := len(p.mrs); n > 2 {
			check(t, p.mrs[0].Dereg())
			p.mrs = p.mrs[1:]
		}
	case 3:
		check(t, p.cqs[p.pick(len(p.cqs))].ReqNotify())
	case 4:
		if rapid.Bool().Draw(p.t, "poll") {
			must(p.a.cq.Poll(make([]driver.WC, 2)))(t)
		}
		if q := must(p.a.ch.GetEvent())(t); q != nil && rapid.Bool().Draw(p.t, "ack") {
			check(t, q.AckEvents(1))
		}
		if e, ok := p.a.ctx.GetAsyncEvent(); ok && rapid.Bool().Draw(p.t, "ack") {
			check(t, p.a.ctx.AckAsyncEvent(e))
		}
		p.b.poll(t)
	case 5:
		p.r.step(p.pick(12))
	default:
		p.post()
	}
}

// A context stopped anywhere, dumped, restored, dumped: both images say the same; and so do that of a copy that comes
// home and that of the copy it is of.
func TestDumpRestoreDumpAnywhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRig(t, 3, params)
		p := &program{r: r, t: rt}
		p.a, p.b = r.pair()
		p.qps, p.peer = []*driver.QP{p.a.qp}, []*driver.QP{p.b.qp}
		p.cqs = []*driver.CQ{p.a.cq, must(p.a.ch.CreateCQ(4))(t)}
		for range rapid.IntRange(0, 40).Draw(rt, "steps") {
			p.step()
		}
		check(t, p.a.ctx.Stall())
		first := must(p.a.ctx.Dump())(t)
		b := first.Marshal()
		if n := len(b); n > 1024*len(first.QPs)+256 {
			rt.Errorf("%d bytes for %d queue pairs", n, len(first.QPs))
		}
		c := must(r.m[2].dev.Restore(b, r.copyWindow(0, p.a.ctx.Window(), 2, 0x80000)))(t)
		second := must(c.Dump())(t)
		home := second.Marshal()
		sameImage(t, first, second)
		if t.Failed() {
			rt.FailNow()
		}
		if bytes.Equal(b, home) != (p.stopped(first) == 0) {
			rt.Error("the images are equal byte for byte, or differ in more than epochs")
		}
		check(t, p.a.ctx.SetForward(r.m[2].dev.IP()))
		d := must(r.m[0].dev.Restore(home, r.copyWindow(2, c.Window(), 0, 0x80000)))(t)
		sameImage(t, must(driver.ParseImage(home))(t), must(d.Dump())(t))
		check(t, c.Close())
		check(t, d.Close())
	})
}

// stopped counts the queue pairs that activation will move one epoch further.
func (p *program) stopped(m *driver.Image) (n int) {
	for i := range m.QPs {
		if m.QPs[i].QPC.State == abi.StateStopped {
			n++
		}
	}
	return n
}
