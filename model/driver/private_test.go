package driver_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// What one container has of a device is nothing to another one: it finds nothing by its numbers, cannot make anything with
// its handles, and neither its keys nor the same virtual addresses lead to its memory.
func TestContextsArePrivate(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(0, 2))
	p := newSide(t, r.open(1, 1))
	c := b.ctx
	srq := must(a.pd.CreateSRQ(driver.SRQInitAttr{MaxWR: 3}))(t)
	if c.PD(a.pd.Number()) != nil || c.CQ(a.cq.Number()) != nil || c.MR(a.mr.LKey()) != nil || c.QP(a.qp.QPN()) != nil || c.SRQ(srq.Number()) != nil {
		t.Error("one container finds what another one has")
	}
	for what, attr := range map[string]driver.QPInitAttr{
		"send CQ": {SendCQ: a.cq, RecvCQ: b.cq}, "receive CQ": {SendCQ: b.cq, RecvCQ: a.cq}, "SRQ": {SendCQ: b.cq, RecvCQ: b.cq, SRQ: srq},
	} {
		_, err := b.pd.CreateQP(attr)
		wants(t, what, err, driver.ErrInval)
	}
	ud := b.datagrams(t)
	ah := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP()}))(t)
	_, err := ud.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, AH: ah})
	wants(t, "AH", err, driver.ErrInval)

	check(t, a.ctx.Write(a.mr.VA(), []byte("a's own")))
	var got [7]byte
	if check(t, c.Read(a.mr.VA(), got[:])); got != [7]byte{} {
		t.Errorf("the same virtual address has %q in it", got)
	}
	climb(t, b.qp, p.qp, abi.StateRTS)
	climb(t, p.qp, b.qp, abi.StateRTS)
	p.recv(t, 1, 64)
	must(b.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(7)}))(t)
	r.step(20)
	if got := b.poll(t); len(got) != 1 || got[0].Status != abi.WCStatusLocProtErr {
		t.Errorf("another's lkey: completions %+v", got)
	}
	x, y := b.newQP(t), p.newQP(t)
	climb(t, x, y, abi.StateRTS)
	climb(t, y, x, abi.StateRTS)
	must(y.PostSend(driver.SendWR{
		Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: p.sge(7), RemoteVA: a.mr.VA(), RKey: a.mr.RKey(),
	}))(t)
	r.step(20)
	wc := p.poll(t)
	if len(wc) == 0 || wc[len(wc)-1].Status != abi.WCStatusRemAccessErr {
		t.Errorf("another's rkey: completions %+v", wc)
	}
	if check(t, a.ctx.Read(a.mr.VA(), got[:])); string(got[:]) != "a's own" {
		t.Errorf("memory is %q", got)
	}
}
