package driver_test

import (
	"errors"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// probe is a NIC that a test can make wrong: hooks see register accesses first.
type probe struct {
	nic.Device
	onRead  func(addr uint32) (v uint32, override bool)
	onWrite func(addr, v uint32) (swallow bool)
	dead    error
}

func (p *probe) ReadReg(addr uint32) (uint32, error) {
	if p.dead != nil {
		return 0, p.dead
	}
	if p.onRead != nil {
		if v, ok := p.onRead(addr); ok {
			return v, nil
		}
	}
	return p.Device.ReadReg(addr)
}

func (p *probe) WriteReg(addr, v uint32) error {
	if p.dead != nil {
		return p.dead
	}
	if p.onWrite != nil && p.onWrite(addr, v) {
		return nil
	}
	return p.Device.WriteReg(addr, v)
}

// wedge holds back every command until release.
func (p *probe) wedge() (release func()) {
	var held []uint32
	p.onWrite = func(addr, v uint32) bool {
		if addr == abi.RegCMDGo {
			held = append(held, v)
		}
		return addr == abi.RegCMDGo
	}
	p.onRead = func(addr uint32) (uint32, bool) {
		return abi.RegCMDStatusBusyMask, addr == abi.RegCMDStatus && len(held) != 0
	}
	return func() {
		p.onRead, p.onWrite = nil, nil
		for _, v := range held {
			if err := p.Device.WriteReg(abi.RegCMDGo, v); err != nil {
				panic(err)
			}
		}
	}
}

// machine is one host of a rig.
type machine struct {
	nic  *probe
	core *nic.NIC
	ram  *mem.RAM
	dev  *driver.Device
}

// rig is hosts on a fabric without faults.
type rig struct {
	t   testing.TB
	fab *fabric.Fabric
	m   []*machine
}

var params = nic.Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true, Features: abi.FeaturesAll}

const timeout = 20_000

func newRig(t testing.TB, n int, p nic.Params) *rig {
	t.Helper()
	seed := fabric.SplitMix(1)
	r := &rig{t: t, fab: fabric.New(0, &seed)}
	for i := range n {
		m := &machine{ram: mem.NewRAM(1 << 20)}
		m.core = nic.New(nic.Config{Params: p}, m.ram)
		m.nic = &probe{Device: m.core}
		ip, mac := wire.MapIPv4([4]byte{10, 0, 0, byte(i + 1)}), wire.MAC{2, 0, 0, 0, 0, byte(i + 1)}
		if _, err := r.fab.Attach(string(rune('A'+i)), m.nic, mac, ip); err != nil {
			t.Fatal(err)
		}
		dev, err := driver.Probe(driver.Config{
			NIC: m.nic, RAM: m.ram, Advance: r.fab.Step, Timeout: timeout, MAC: mac, NextHop: fabric.MAC, IP: ip,
		})
		if err != nil {
			t.Fatal(err)
		}
		m.dev = dev
		r.m = append(r.m, m)
	}
	return r
}

// step lets n windows pass and handles interrupts.
func (r *rig) step(n int) {
	r.t.Helper()
	for range n {
		check(r.t, r.fab.Step())
		for _, m := range r.m {
			check(r.t, m.dev.HandleEvents())
		}
	}
}

const (
	winSize = 0x10000
	winVA   = 0x7f00_0000_0000
)

func (r *rig) open(host, i int) *driver.Context {
	r.t.Helper()
	return must(r.m[host].dev.Open(driver.OpenAttr{
		Partition: driver.NewPartition(i, 2), Window: driver.Window{Base: uint64(i+1) * winSize, Size: winSize}, VA: winVA,
	}))(r.t)
}

// side is one end of a connection with everything it needs.
type side struct {
	ctx *driver.Context
	pd  *driver.PD
	ch  *driver.CompChannel
	cq  *driver.CQ
	mr  *driver.MR
	qp  *driver.QP
}

func newSide(t testing.TB, c *driver.Context) *side {
	t.Helper()
	s := &side{ctx: c, pd: must(c.AllocPD())(t), ch: must(c.CreateCompChannel())(t)}
	s.cq = must(s.ch.CreateCQ(16))(t)
	va := must(c.Alloc(0x4000))(t)
	s.mr = must(s.pd.RegMR(va, 0x4000, abi.AccessLocalWrite|abi.AccessRemoteWrite))(t)
	s.qp = s.newQP(t)
	return s
}

func (s *side) newQP(t testing.TB) *driver.QP {
	t.Helper()
	return must(s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 8, MaxRecvWR: 8}))(t)
}

func (s *side) sge(n uint32) driver.SGE {
	return driver.SGE{Addr: s.mr.VA(), Length: n, LKey: s.mr.LKey()}
}

func (s *side) send(t testing.TB, id uint64, n uint32) {
	t.Helper()
	wr := driver.SendWR{WRID: id, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: s.sge(n)}
	must(s.qp.PostSend(wr))(t)
}

func (s *side) recv(t testing.TB, id uint64, n uint32) {
	t.Helper()
	must(s.qp.PostRecv(driver.RecvWR{WRID: id, SGE: s.sge(n)}))(t)
}

func (s *side) poll(t testing.TB) []driver.WC {
	t.Helper()
	wc := make([]driver.WC, 16)
	return wc[:must(s.cq.Poll(wc))(t)]
}

// step masks for the usual way to RTS.
const (
	maskInit = abi.AttrState | abi.AttrPKey | abi.AttrAccessFlags
	maskRTR  = abi.AttrState | abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN | abi.AttrMinRNRTimer | abi.AttrMig
	maskRTS  = abi.AttrState | abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN
)

// attr has sensible values for all attributes.
func attr(to abi.State, peer *driver.QP) *driver.QPAttr {
	a := &driver.QPAttr{
		State: to, Access: abi.AccessRemoteWrite, PKey: 0xffff, PathMTU: 3, Timeout: 5, RetryCnt: 7, RNRRetry: 7,
		RQPSN: 100, SQPSN: 100, MinRNRTimer: 1,
		Mig: driver.MigAttr{Capable: true, Lease: 32, Announce: 32, ProbeLimit: 9, ResumeLimit: 9, Key: [16]byte{1, 2, 3}},
	}
	a.DestIP, a.DestQPN = wire.MapIPv4([4]byte{10, 0, 0, 9}), 0x999
	if peer != nil {
		a.DestIP, a.DestQPN = peer.Context().Device().IP(), peer.QPN()
	}
	return a
}

// climb takes a queue pair from RESET up to a state.
func climb(t testing.TB, q, peer *driver.QP, to abi.State) {
	t.Helper()
	for _, s := range []struct {
		to   abi.State
		mask uint32
	}{{abi.StateInit, maskInit}, {abi.StateRTR, maskRTR}, {abi.StateRTS, maskRTS}} {
		if q.State() == to {
			return
		}
		check(t, q.Modify(attr(s.to, peer), s.mask))
	}
}

// pair is a connection between hosts 0 and 1.
func (r *rig) pair() (a, b *side) {
	r.t.Helper()
	a, b = newSide(r.t, r.open(0, 0)), newSide(r.t, r.open(1, 1))
	climb(r.t, a.qp, b.qp, abi.StateRTS)
	climb(r.t, b.qp, a.qp, abi.StateRTS)
	return a, b
}

// copyWindow copies a container's memory to another host and window.
func (r *rig) copyWindow(from int, w driver.Window, to int, base uint64) driver.Window {
	r.t.Helper()
	b := make([]byte, w.Size)
	check(r.t, r.m[from].ram.Read(w.Base, b))
	check(r.t, r.m[to].ram.Write(base, b))
	return driver.Window{Base: base, Size: w.Size}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return v
	}
}

// wants checks the class of an error, and that it is of one class only.
func wants(t testing.TB, what string, err error, class *driver.Errno) {
	t.Helper()
	if !errors.Is(err, class) {
		t.Errorf("%s: error %v, want %v", what, err, class)
	}
}
