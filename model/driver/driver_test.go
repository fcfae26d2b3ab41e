package driver_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

func TestProbe(t *testing.T) {
	for _, tc := range []struct {
		name  string
		reg   uint32
		value uint32
		says  string
	}{
		{"id", abi.RegID, 0xffffffff, "register ID reads 0xffffffff"},
		{"revision", abi.RegRevision, 0x12345678, "specification revision 12345678"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ram := mem.NewRAM(1 << 16)
			dev := &probe{Device: nic.New(nic.Config{Params: params}, ram)}
			dev.onRead = func(addr uint32) (uint32, bool) { return tc.value, addr == tc.reg }
			_, err := driver.Probe(driver.Config{NIC: dev, RAM: ram})
			if !errors.Is(err, driver.ErrNoDevice) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error %v", err)
			}
		})
	}
	ram := mem.NewRAM(1 << 10)
	_, err := driver.Probe(driver.Config{NIC: nic.New(nic.Config{Params: params}, ram), RAM: ram})
	wants(t, "no room for the scratch page", err, driver.ErrInval)

	r := newRig(t, 1, nic.Params{NumQP: 4, NumMR: 5, NumCQ: 6})
	if got, want := r.m[0].dev.Caps(), (driver.Capability{NumQP: 4, NumMR: 5, NumCQ: 6}); got != want {
		t.Errorf("capability %+v", got)
	}
	if r.m[0].dev.IP()[15] != 1 || r.m[0].dev.MAC()[5] != 1 {
		t.Error("addresses")
	}
}

func TestModifyRanges(t *testing.T) {
	r := newRig(t, 1, params)
	s := newSide(t, r.open(0, 0))
	for _, tc := range []struct {
		from, to abi.State
		mask     uint32
		names    string
		change   func(*driver.QPAttr)
	}{
		{abi.StateReset, abi.StateInit, maskInit, "access_flags", func(a *driver.QPAttr) { a.Access = 0x10 }},
		{abi.StateReset, abi.StateInit, maskInit, "access_flags", func(a *driver.QPAttr) { a.Access = abi.AccessLocalWrite }},
		{abi.StateReset, abi.StateInit, maskInit, "pkey", func(a *driver.QPAttr) { a.PKey = 0 }},
		{abi.StateReset, abi.StateInit, maskInit, "pkey 0x8000", func(a *driver.QPAttr) { a.PKey = 0x8000 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "av", func(a *driver.QPAttr) { a.DestIP = [16]byte{} }},
		{abi.StateInit, abi.StateRTR, maskRTR, "path_mtu", func(a *driver.QPAttr) { a.PathMTU = 0 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "path_mtu", func(a *driver.QPAttr) { a.PathMTU = 6 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "rq_psn", func(a *driver.QPAttr) { a.RQPSN = 1 << 24 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "min_rnr_timer", func(a *driver.QPAttr) { a.MinRNRTimer = 32 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "dest_qpn", func(a *driver.QPAttr) { a.DestQPN = 1 << 24 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "lease", func(a *driver.QPAttr) { a.Mig.Lease = 0 }},
		{abi.StateInit, abi.StateRTR, maskRTR, "announce", func(a *driver.QPAttr) { a.Mig.Announce = 0 }},
		{abi.StateRTR, abi.StateRTS, maskRTS, "timeout", func(a *driver.QPAttr) { a.Timeout = 32 }},
		{abi.StateRTR, abi.StateRTS, maskRTS, "retry_cnt", func(a *driver.QPAttr) { a.RetryCnt = 8 }},
		{abi.StateRTR, abi.StateRTS, maskRTS, "rnr_retry", func(a *driver.QPAttr) { a.RNRRetry = 8 }},
		{abi.StateRTR, abi.StateRTS, maskRTS, "sq_psn", func(a *driver.QPAttr) { a.SQPSN = 1 << 24 }},
	} {
		q := s.newQP(t)
		climb(t, q, nil, tc.from)
		a := attr(tc.to, nil)
		tc.change(a)
		err := q.Modify(a, tc.mask)
		if !errors.Is(err, driver.ErrInval) || !strings.Contains(err.Error(), tc.names) || q.State() != tc.from {
			t.Errorf("%s: error %v, state %v", tc.names, err, q.State())
		}
		check(t, q.Destroy())
	}
}

func TestPostErrors(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	q := a.newQP(t)
	good := driver.SendWR{Opcode: abi.WROpcodeSend, SGE: a.sge(16)}
	post := func(what string, q *driver.QP, wr driver.SendWR, class *driver.Errno) {
		t.Helper()
		_, err := q.PostSend(wr)
		if class == nil {
			check(t, err)
			return
		}
		wants(t, what, err, class)
	}
	for _, s := range []abi.State{abi.StateReset, abi.StateInit, abi.StateRTR} {
		climb(t, q, nil, s)
		post("send in "+s.String(), q, good, driver.ErrState)
		_, err := q.PostRecv(driver.RecvWR{SGE: a.sge(16)})
		if s == abi.StateReset {
			wants(t, "receive in RESET", err, driver.ErrState)
		} else {
			check(t, err)
		}
	}
	bad := good
	bad.Opcode = 77
	post("opcode", a.qp, bad, driver.ErrInval)
	bad = good
	bad.Flags = 0x80
	post("flags", a.qp, bad, driver.ErrInval)
	bad = good
	bad.SGE.Length = driver.MaxMessage + 1
	post("length", a.qp, bad, driver.ErrInval)

	// Work requests before the bad one are posted.
	n, err := a.qp.PostSend(good, good, bad, good)
	if n != 2 || !errors.Is(err, driver.ErrInval) {
		t.Errorf("%d posted, %v", n, err)
	}
	// No receive is posted at B, so nothing completes and the ring fills.
	for range 6 {
		post("room", a.qp, good, nil)
	}
	if a.qp.SendRoom() != 0 {
		t.Errorf("room for %d", a.qp.SendRoom())
	}
	post("ring full", a.qp, good, driver.ErrNoMem)
	for i := range 9 {
		_, err := b.qp.PostRecv(driver.RecvWR{WRID: uint64(i), SGE: b.sge(64)})
		if i == 8 {
			wants(t, "receive ring full", err, driver.ErrNoMem)
		} else {
			check(t, err)
		}
	}
	r.step(100)
	if got := b.poll(t); len(got) != 8 || got[7].WRID != 7 || got[0].ByteLen != 16 {
		t.Errorf("receives %+v", got)
	}
	if got := a.poll(t); len(got) != 0 || a.qp.SendRoom() != 0 {
		t.Errorf("unsignaled sends completed: %+v", got)
	}

	check(t, a.ctx.Stall())
	post("stopped", a.qp, good, driver.ErrStopped)
	_, err = a.qp.PostRecv(driver.RecvWR{})
	wants(t, "receive, stopped", err, driver.ErrStopped)
	check(t, a.ctx.Rollback())
	check(t, a.qp.Destroy())
	post("destroyed", a.qp, good, driver.ErrDestroyed)
	_, err = a.qp.PostRecv(driver.RecvWR{})
	wants(t, "receive, destroyed", err, driver.ErrDestroyed)
	wants(t, "destroy twice", a.qp.Destroy(), driver.ErrDestroyed)
	wants(t, "modify, destroyed", a.qp.Modify(attr(abi.StateReset, nil), abi.AttrState), driver.ErrDestroyed)
	check(t, a.ctx.Close())
	post("closed", q, good, driver.ErrDestroyed)
}

// In ERR everything posted comes back, and so does what is posted then.
func TestFlush(t *testing.T) {
	r := newRig(t, 2, params)
	a, _ := r.pair()
	a.recv(t, 1, 16)
	a.send(t, 2, 16)
	check(t, a.qp.Modify(&driver.QPAttr{State: abi.StateErr}, abi.AttrState))
	a.send(t, 3, 16)
	r.step(5)
	got := a.poll(t)
	if len(got) != 3 {
		t.Fatalf("completions %+v", got)
	}
	for _, w := range got {
		if w.Status != abi.WCStatusWrFlushErr || w.QPN != a.qp.QPN() {
			t.Errorf("completion %+v", w)
		}
	}
	check(t, a.qp.Modify(&driver.QPAttr{State: abi.StateReset}, abi.AttrState))
	if a.qp.SendRoom() != 8 || a.qp.RecvRoom() != 8 {
		t.Error("the rings are not empty after RESET")
	}
}

// Completions of a queue pair that is reset or destroyed do not turn up later, and the others are not lost.
func TestPurge(t *testing.T) {
	r := newRig(t, 2, params)
	a, b := r.pair()
	a2, b2 := a.newQP(t), b.newQP(t)
	climb(t, a2, b2, abi.StateRTS)
	climb(t, b2, a2, abi.StateRTS)
	for i := range 3 {
		b.recv(t, 0, 16)
		must(b2.PostRecv(driver.RecvWR{SGE: b.sge(16)}))(t)
		a.send(t, uint64(i), 16)
		r.step(8)
		must(a2.PostSend(driver.SendWR{WRID: uint64(100 + i), Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(16)}))(t)
		r.step(8)
	}
	check(t, a.qp.Destroy())
	got := a.poll(t)
	if len(got) != 3 || got[0].WRID != 100 || got[2].WRID != 102 {
		t.Errorf("completions %+v", got)
	}
	if got := b.poll(t); len(got) != 6 {
		t.Errorf("receives %+v", got)
	}
	must(b2.PostRecv(driver.RecvWR{SGE: b.sge(16)}))(t)
	must(a2.PostSend(driver.SendWR{WRID: 7, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.sge(16)}))(t)
	r.step(10)
	check(t, a2.Modify(&driver.QPAttr{State: abi.StateReset}, abi.AttrState))
	if got := a.poll(t); len(got) != 0 {
		t.Errorf("completions %+v", got)
	}
}

// Numbers, tables and memory run out with an error and come back.
func TestLimits(t *testing.T) {
	r := newRig(t, 1, params)
	c := r.open(0, 0)
	s := newSide(t, c)
	used := len(c.Used())
	for range params.NumQP - 1 {
		s.newQP(t)
	}
	_, err := s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq})
	wants(t, "QP table", err, driver.ErrNoMem)
	must(c.CreateCQ(1))(t)
	_, err = c.CreateCQ(1)
	wants(t, "CQ numbers", err, driver.ErrNoMem)
	for range params.NumMR - 1 {
		must(s.pd.RegMR(s.mr.VA(), 64, abi.AccessLocalWrite))(t)
	}
	_, err = s.pd.RegMR(s.mr.VA(), 64, abi.AccessLocalWrite)
	wants(t, "MR table", err, driver.ErrNoMem)
	_, err = c.Alloc(winSize)
	wants(t, "memory", err, driver.ErrNoMem)
	_, err = c.Alloc(0)
	wants(t, "no memory", err, driver.ErrInval)
	for range 15 {
		must(c.AllocPD())(t)
	}
	_, err = c.AllocPD()
	wants(t, "PDs", err, driver.ErrNoMem)

	wants(t, "PD in use", s.pd.Dealloc(), driver.ErrBusy)
	wants(t, "CQ in use", s.cq.Destroy(), driver.ErrBusy)
	for _, q := range c.QPs() {
		check(t, q.Destroy())
	}
	check(t, c.CQ(1).Destroy())
	if len(c.Used()) != used-3 {
		t.Errorf("%d pieces of memory in use, want %d", len(c.Used()), used-3)
	}
	va := must(c.Alloc(100))(t)
	check(t, c.Write(va, []byte{1, 2, 3}))
	got := make([]byte, 3)
	check(t, c.Read(va, got))
	if got[2] != 3 {
		t.Error("memory")
	}
	wants(t, "outside", c.Write(winVA-1, got), driver.ErrInval)
	wants(t, "outside", c.Read(winVA+winSize-2, got), driver.ErrInval)
	check(t, c.Free(va))
	wants(t, "free twice", c.Free(va), driver.ErrInval)

	for _, tc := range []struct {
		name   string
		va, n  uint64
		access abi.Access
	}{
		{"length 0", winVA, 0, abi.AccessLocalWrite},
		{"before", winVA - 1, 8, abi.AccessLocalWrite},
		{"beyond", winVA, winSize + 1, abi.AccessLocalWrite},
		{"wraps", winVA + 8, ^uint64(0), abi.AccessLocalWrite},
		{"unknown access", winVA, 8, 0x80},
		{"remote without local", winVA, 8, abi.AccessRemoteWrite},
	} {
		_, err := s.pd.RegMR(tc.va, tc.n, tc.access)
		wants(t, tc.name, err, driver.ErrInval)
	}
	_, err = s.pd.CreateQP(driver.QPInitAttr{})
	wants(t, "no CQ", err, driver.ErrInval)
	_, err = s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 1 << 16})
	wants(t, "ring size", err, driver.ErrInval)
	_, err = s.pd.CreateQP(driver.QPInitAttr{SendCQ: s.cq, RecvCQ: s.cq, UDPSport: 80})
	wants(t, "port", err, driver.ErrInval)
	_, err = c.CreateCQ(0)
	wants(t, "CQ size", err, driver.ErrInval)
	check(t, s.mr.Dereg())
	wants(t, "dereg twice", s.mr.Dereg(), driver.ErrDestroyed)
}

func TestOpenConflicts(t *testing.T) {
	r := newRig(t, 1, params)
	r.open(0, 0)
	w := driver.Window{Base: 0x40000, Size: winSize}
	for _, tc := range []struct {
		name  string
		attr  driver.OpenAttr
		class *driver.Errno
	}{
		{"partition", driver.OpenAttr{Partition: driver.NewPartition(0, 2), Window: w}, driver.ErrExists},
		{"window", driver.OpenAttr{Partition: driver.NewPartition(1, 2), Window: driver.Window{Base: winSize, Size: winSize}}, driver.ErrExists},
		{"no group", driver.OpenAttr{Window: w}, driver.ErrInval},
		{"CQs", driver.OpenAttr{Partition: driver.NewPartition(4, 2), Window: w}, driver.ErrInval},
		{"no window", driver.OpenAttr{Partition: driver.NewPartition(1, 2)}, driver.ErrInval},
		{"va", driver.OpenAttr{Partition: driver.NewPartition(1, 2), Window: w, VA: 1}, driver.ErrInval},
	} {
		_, err := r.m[0].dev.Open(tc.attr)
		wants(t, tc.name, err, tc.class)
	}
}
