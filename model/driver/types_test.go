package driver_test

import (
	"bytes"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

const qkey = 0x11223344

// datagrams makes a UD queue pair in RTS.
func (s *side) datagrams(t testing.TB) *driver.QP {
	t.Helper()
	q := must(s.pd.CreateQP(driver.QPInitAttr{Type: abi.QPTypeUD, SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 4, MaxRecvWR: 4, SQSigAll: true}))(t)
	check(t, q.Modify(&driver.QPAttr{State: abi.StateInit, PKey: 0xffff, QKey: qkey}, abi.AttrState|abi.AttrPKey|abi.AttrQKey))
	check(t, q.Modify(&driver.QPAttr{State: abi.StateRTR}, abi.AttrState))
	check(t, q.Modify(&driver.QPAttr{State: abi.StateRTS, SQPSN: 7}, abi.AttrState|abi.AttrSQPSN))
	return q
}

// to is a datagram.
func (s *side) to(t testing.TB, q *driver.QP, ah *driver.AH, qpn, key, n uint32) {
	t.Helper()
	must(q.PostSend(driver.SendWR{WRID: 9, Opcode: abi.WROpcodeSendImm, Imm: 0xabc, SGE: s.sge(n), AH: ah, RemoteQPN: qpn, RemoteQKey: key}))(t)
}

// A datagram brings what its receiver needs to answer it; one without the right Q_Key, or for which there is no receive,
// is dropped and counted.
func TestDatagrams(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	x, y := a.datagrams(t), b.datagrams(t)
	ah := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP(), TClass: 0x48, HopLimit: 3}))(t)
	b.recvOn(t, y, 1, 300)
	check(t, a.ctx.Write(a.mr.VA(), bytes.Repeat([]byte{0x5a}, 200)))
	a.to(t, x, ah, y.QPN(), 1, 200) // a wrong Q_Key
	a.to(t, x, ah, y.QPN(), qkey, 200)
	a.to(t, x, ah, y.QPN(), qkey, 200) // finds no receive
	r.step(10)
	if got := a.poll(t); len(got) != 3 || got[2].Status != abi.WCStatusSuccess {
		t.Errorf("sends %+v", got)
	}
	got := b.poll(t)
	if len(got) != 1 || got[0].SrcQPN != x.QPN() || got[0].ByteLen != 240 || got[0].Flags != abi.WCFlagGRH|abi.WCFlagImm || got[0].Imm != 0xabc {
		t.Fatalf("receives %+v", got)
	}
	buf := make([]byte, 240)
	check(t, b.ctx.Read(b.mr.VA(), buf))
	if !bytes.Equal(buf[:20], make([]byte, 20)) || buf[20] != 0x45 || buf[28] != 3 || !bytes.Equal(buf[40:], bytes.Repeat([]byte{0x5a}, 200)) {
		t.Errorf("buffer %x", buf)
	}
	back := must(driver.AHFromWC(&got[0], buf))(t)
	if want := (driver.AHAttr{DestIP: r.m[0].dev.IP(), TClass: 0x48}); back != want {
		t.Errorf("address %+v, want %+v", back, want)
	}
	home := must(b.pd.CreateAH(back))(t)
	a.recvOn(t, x, 2, 100)
	b.to(t, y, home, got[0].SrcQPN, 1<<31, 10) // the Q_Key of the queue pair
	r.step(10)
	if got := a.poll(t); len(got) != 1 || got[0].WRID != 2 || got[0].ByteLen != 50 {
		t.Errorf("the answer %+v", got)
	}
	for _, c := range []struct{ index, want int }{{abi.CounterDropQKey, 1}, {abi.CounterDropReceive, 1}} {
		if n := must(r.m[1].dev.Counter(c.index))(t); int(n) != c.want {
			t.Errorf("%s is %d", abi.CounterNames[c.index], n)
		}
	}
	wants(t, "dealloc", a.pd.Dealloc(), driver.ErrBusy)
	check(t, ah.Destroy())
	_, err := x.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, AH: ah})
	wants(t, "destroyed AH", err, driver.ErrDestroyed)
	wants(t, "destroyed twice", ah.Destroy(), driver.ErrDestroyed)
	_, err = x.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend})
	wants(t, "no AH", err, driver.ErrInval)
	_, err = y.PostSend(driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, AH: home})
	wants(t, "WRITE", err, driver.ErrInval)
	_, err = a.qp.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, AH: home})
	wants(t, "AH of an RC queue pair", err, driver.ErrState)
}

// IPv6: the address is in all of the 40 bytes.
func TestAHFromIPv6(t *testing.T) {
	grh := make([]byte, 40)
	grh[0], grh[1] = 0x6a, 0xb0
	ip := wire.Addr{0: 0xfe, 1: 0x80, 15: 9}
	copy(grh[8:], ip[:])
	wc := driver.WC{Flags: abi.WCFlagGRH}
	if got := must(driver.AHFromWC(&wc, grh))(t); got.DestIP != ip || got.TClass != 0xab {
		t.Errorf("address %+v", got)
	}
	_, err := driver.AHFromWC(&driver.WC{}, grh)
	wants(t, "no header", err, driver.ErrInval)
	_, err = driver.AHFromWC(&wc, make([]byte, 40))
	wants(t, "no IP header", err, driver.ErrInval)
}

// A UD queue pair moves with its receives, its Q_Key and its address handles. Who sends to it needs an address handle of
// where it is now.
func TestDatagramsMove(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	x, y := a.datagrams(t), b.datagrams(t)
	ah := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP()}))(t)
	back := must(b.pd.CreateAH(driver.AHAttr{DestIP: r.m[0].dev.IP()}))(t)
	b.recvOn(t, y, 1, 100)
	b.recvOn(t, y, 2, 100)
	a.to(t, x, ah, y.QPN(), qkey, 5)
	r.step(10)
	check(t, b.ctx.Stall())
	a.to(t, x, ah, y.QPN(), qkey, 6)
	r.step(10)
	m := must(b.ctx.Dump())(t)
	win := r.copyWindow(1, b.ctx.Window(), 2, 0x80000)
	c := must(r.m[2].dev.Restore(m.Marshal(), win))(t)
	sameImage(t, m, must(c.Dump())(t))
	check(t, c.Resume())
	check(t, b.ctx.SetForward(r.m[2].dev.IP()))
	a.to(t, x, ah, y.QPN(), qkey, 7) // to where it was
	there := must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[2].dev.IP()}))(t)
	a.to(t, x, there, y.QPN(), qkey, 8)
	r.step(10)
	wc := make([]driver.WC, 4)
	n := must(c.CQ(b.cq.Number()).Poll(wc))(t)
	if n != 2 || wc[0].ByteLen != 45 || wc[1].ByteLen != 48 {
		t.Errorf("completions %+v", wc[:n])
	}
	if c.Announcing() != 0 {
		t.Errorf("%d announce themselves, to nobody", c.Announcing())
	}
	a.recvOn(t, x, 3, 100)
	moved := c.AH(back.Number())
	must(c.QP(y.QPN()).PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, AH: moved, RemoteQPN: x.QPN(), RemoteQKey: 1 << 31}))(t)
	r.step(10)
	if got := a.poll(t); len(got) == 0 || got[len(got)-1].WRID != 3 || got[len(got)-1].SrcQPN != y.QPN() {
		t.Errorf("from the moved one %+v", got)
	}
	if n := must(r.m[1].dev.Counter(abi.CounterDropStopped))(t); n != 2 {
		t.Errorf("%d datagrams at the tombstone", n)
	}
	check(t, b.ctx.Release())
}

// unreliable makes a connection of type UC, and tells a queue pair of it from the other by its partner.
func unreliable(t testing.TB, a, b *side, capable bool) (x, y *driver.QP) {
	t.Helper()
	for _, s := range []struct {
		q *(*driver.QP)
		s *side
	}{{&x, a}, {&y, b}} {
		*s.q = must(s.s.pd.CreateQP(driver.QPInitAttr{Type: abi.QPTypeUC, SendCQ: s.s.cq, RecvCQ: s.s.cq, MaxSendWR: 8, MaxRecvWR: 8, SQSigAll: true}))(t)
		check(t, (*s.q).Modify(&driver.QPAttr{State: abi.StateInit, PKey: 0xffff, Access: abi.AccessRemoteWrite}, abi.AttrState|abi.AttrPKey|abi.AttrAccessFlags))
	}
	for _, p := range [][2]*driver.QP{{x, y}, {y, x}} {
		attr := driver.QPAttr{
			State: abi.StateRTR, DestIP: p[1].Context().Device().IP(), PathMTU: 1, DestQPN: p[1].QPN(),
			Mig: driver.MigAttr{Capable: capable, Lease: 8, Announce: 8, ProbeLimit: 3, ResumeLimit: 100},
		}
		check(t, p[0].Modify(&attr, abi.AttrState|abi.AttrAv|abi.AttrPathMTU|abi.AttrDestQPN|abi.AttrRQPSN|abi.AttrMig))
	}
	for _, q := range []*driver.QP{x, y} {
		check(t, q.Modify(&driver.QPAttr{State: abi.StateRTS}, abi.AttrState|abi.AttrSQPSN))
	}
	return x, y
}

func (s *side) recvOn(t testing.TB, q *driver.QP, id uint64, n uint32) {
	t.Helper()
	must(q.PostRecv(driver.RecvWR{WRID: id, SGE: s.sge(n)}))(t)
}

// A UC queue pair that moves announces itself; its partner follows it, and what was sent meanwhile is lost.
func TestUnreliableMoves(t *testing.T) {
	r := newRig(t, 3, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	x, y := unreliable(t, a, b, true)
	for id := range uint64(3) {
		b.recvOn(t, y, id, 1000)
	}
	send := func(n uint32) {
		must(x.PostSend(driver.SendWR{WRID: uint64(n), Opcode: abi.WROpcodeSend, SGE: a.sge(n)}))(t)
		r.step(20)
	}
	send(600)
	check(t, b.ctx.Stall())
	send(601) // lost, and complete all the same
	win := r.copyWindow(1, b.ctx.Window(), 2, 0x80000)
	c := must(r.m[2].dev.Restore(must(b.ctx.Dump())(t).Marshal(), win))(t)
	check(t, c.Resume())
	check(t, b.ctx.SetForward(r.m[2].dev.IP()))
	if c.Announcing() != 1 {
		t.Errorf("%d announce themselves", c.Announcing())
	}
	r.step(20)
	if e := a.ctx.Events(); len(e) != 1 || e[0].Kind != abi.EventPeerMoved || c.Announcing() != 0 {
		t.Errorf("events %v, %d announce themselves", e, c.Announcing())
	}
	send(602)
	wc := make([]driver.WC, 4)
	n := must(c.CQ(b.cq.Number()).Poll(wc))(t)
	if n != 2 || wc[0].ByteLen != 600 || wc[1].ByteLen != 602 || wc[1].WRID != 1 {
		t.Errorf("receives %+v", wc[:n])
	}
	if got := a.poll(t); len(got) != 3 {
		t.Errorf("sends %+v", got)
	}
	check(t, b.ctx.Release())
}

// A send that fails leaves a UC queue pair in SQE, from where the program takes it back.
func TestUnreliableSQE(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	x, y := unreliable(t, a, b, false)
	bad := a.sge(8)
	bad.LKey = 0xbad
	must(x.PostSend(driver.SendWR{WRID: 1, Opcode: abi.WROpcodeSend, SGE: bad}, driver.SendWR{WRID: 2, Opcode: abi.WROpcodeSend, SGE: a.sge(8)}))(t)
	r.step(10)
	got := a.poll(t)
	if len(got) != 2 || got[0].Status != abi.WCStatusLocProtErr || got[1].Status != abi.WCStatusWrFlushErr || x.State() != abi.StateSQE {
		t.Errorf("completions %+v in %v", got, x.State())
	}
	a.recvOn(t, x, 3, 100)
	must(y.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: b.sge(8)}))(t)
	r.step(10)
	if got := a.poll(t); len(got) != 1 || got[0].WRID != 3 {
		t.Errorf("receives in SQE %+v", got)
	}
	check(t, x.Modify(&driver.QPAttr{State: abi.StateRTS}, abi.AttrState))
	must(x.PostSend(driver.SendWR{WRID: 4, Opcode: abi.WROpcodeSend, SGE: a.sge(8)}))(t)
	r.step(10)
	if got := a.poll(t); len(got) != 1 || got[0].WRID != 4 || got[0].Status != abi.WCStatusSuccess {
		t.Errorf("after SQE %+v", got)
	}
	p := params
	p.Features = 0
	plain := newSide(t, newRig(t, 1, p).open(0, 0))
	for _, typ := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD, 3} {
		class := driver.ErrNotSupported
		if typ == 3 {
			class = driver.ErrInval
		}
		_, err := plain.pd.CreateQP(driver.QPInitAttr{Type: typ, SendCQ: plain.cq, RecvCQ: plain.cq})
		wants(t, typ.String(), err, class)
	}
	_, err := plain.pd.CreateAH(driver.AHAttr{DestIP: r.m[0].dev.IP()})
	wants(t, "AH", err, driver.ErrNotSupported)
}
