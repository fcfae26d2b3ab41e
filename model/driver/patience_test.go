package driver_test

import (
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// TestPatience: the driver knows what partners that did not agree put up with, also after a move.
func TestPatience(t *testing.T) {
	r := newRig(t, 2, params)
	a := newSide(t, r.open(0, 0))
	q := []*driver.QP{a.qp, a.newQP(t), a.newQP(t), a.newQP(t)}
	for i, m := range []driver.MigAttr{
		{Lease: 1, Announce: 1, Partner: &driver.Retry{Timeout: 9, RetryCnt: 3}}, {Lease: 1, Announce: 1},
		{Lease: 1, Announce: 1, Capable: true}, // it agreed, and so has any patience
	} {
		climb(t, q[i], nil, abi.StateInit)
		at := attr(abi.StateRTR, nil)
		at.Mig = m
		check(t, q[i].Modify(at, maskRTR))
		if m.Partner != nil {
			m.Partner.Timeout = 31 // the driver has a copy
		}
	}
	check(t, q[1].Modify(attr(abi.StateRTS, nil), maskRTS))
	climb(t, q[3], nil, abi.StateInit) // not connected
	a.datagrams(t)                     // has no partner
	want := []driver.Patience{
		{QPN: q[0].QPN(), Retry: driver.Retry{Timeout: 9, RetryCnt: 3}},
		{QPN: q[1].QPN(), Retry: driver.Retry{Timeout: 5, RetryCnt: 7}, Assumed: true},
	}
	if got := a.ctx.Patience(); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	check(t, a.ctx.Stall())
	img := must(a.ctx.Dump())(t)
	c := must(r.m[1].dev.Restore(img.Marshal(), r.copyWindow(0, a.ctx.Window(), 1, 0x80000)))(t)
	check(t, c.Resume())
	if got := c.Patience(); !slices.Equal(got, want) {
		t.Errorf("after a move: %+v, want %+v", got, want)
	}
	if n, ends := want[0].Retry.GivesUp(); n != 4*1024<<9 || !ends {
		t.Errorf("%d cycles, %v", n, ends)
	}
	bad := attr(abi.StateRTR, nil)
	bad.Mig.Partner = &driver.Retry{Timeout: 32}
	wants(t, "timeout of the partner", c.QP(q[3].QPN()).Modify(bad, maskRTR), driver.ErrInval)
	check(t, c.QP(q[1].QPN()).Modify(attr(abi.StateErr, nil), abi.AttrState))
	if got := c.Patience(); !slices.Equal(got, want[:1]) {
		t.Errorf("%+v", got)
	}
}
