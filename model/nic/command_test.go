package nic_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// expect executes a command and checks status, result and the slot of the record.
func (w *world) expect(op abi.CMD, arg0, arg1 uint32, img []byte, status abi.CmdStatus, result uint32, slot uint16) {
	w.t.Helper()
	st, res, rec := w.cmd(op, arg0, arg1, img)
	if st != status || res != result || rec.Slot != slot {
		w.t.Fatalf("%v: %v result %d slot %#x, want %v result %d slot %#x", op, st, res, rec.Slot, status, result, slot)
	}
	if rec.Arg != arg0 || rec.Arg2 != uint32(op)<<24|arg1 || rec.Addr != imageAt {
		w.t.Fatalf("%v: record arg %#x arg2 %#x addr %#x", op, rec.Arg, rec.Arg2, rec.Addr)
	}
}

func TestCommandsQP(t *testing.T) {
	w := newWorld(t, nic.Params{NumQP: 2, NumMR: 1, NumCQ: 1, Migration: true})
	q := attrs()
	w.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusOK, 0, 0)
	w.effects("read 0x100+256")
	c, _ := w.core.Context(0)
	if c.QPN != qpn || c.SQBase != sqAt || c.State != abi.StateReset || c.PKey != 0 || c.RemoteIP != [16]byte{} ||
		c.PMTU != 1 || c.MigLease != 1 || c.MigAnnounce != 1 {
		t.Fatalf("created %+v", c)
	}
	w.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusExists, 0, nic.NoSlot)
	q.QPN++
	w.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusOK, 1, 1)
	w.expect(abi.CMDCreateQP, 0, 0, image(attrs()), abi.CmdStatusExists, 0, nic.NoSlot) // before NO_SPACE
	q.QPN++
	w.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusNoSpace, 0, nic.NoSlot)

	to := func(slot uint32, s abi.State) uint32 { return slot | uint32(s)<<24 }
	w.expect(abi.CMDModifyQP, to(2, abi.StateInit), 0, image(q), abi.CmdStatusBadIndex, 0, nic.NoSlot)
	w.effects("read 0x100+256") // the image is read even so
	w.expect(abi.CMDModifyQP, to(0, abi.StateRTS), 0, image(q), abi.CmdStatusBadState, 0, 0)
	w.expect(abi.CMDModifyQP, to(0, 15), 0, image(q), abi.CmdStatusBadState, 0, 0)
	w.expect(abi.CMDModifyQP, to(0, abi.StateInit), abi.AttrPKey, image(q), abi.CmdStatusOK, 0, 0)
	q.PMTU = 6
	w.expect(abi.CMDModifyQP, to(0, abi.StateRTR), abi.AttrPathMTU, image(q), abi.CmdStatusBadAttr, 0, 0)
	if c, _ := w.core.Context(0); c.State != abi.StateInit || c.PKey != pkey || c.PMTU != 1 {
		t.Fatalf("modified %+v", c)
	}

	w.expect(abi.CMDQueryQP, 0, 0, nil, abi.CmdStatusOK, 0, 0)
	w.effects("write 0x100+256")
	var got abi.QPC
	var p [abi.QPCSize]byte
	w.ram.DMARead(imageAt, p[:])
	if err := got.Unmarshal(p[:]); err != nil {
		t.Fatal(err)
	}
	if c, _ := w.core.Context(0); got != c {
		t.Fatalf("QUERY_QP wrote %+v, context %+v", got, c)
	}
	w.expect(abi.CMDQueryQP, 9, 0, nil, abi.CmdStatusBadIndex, 0, nic.NoSlot)

	_, _, rec := w.cmd(abi.CMDDestroyQP, 0, 0, nil)
	if rec.Slot != 0 || rec.Ctx != [256]byte{} || rec.Flags != 0 {
		t.Fatalf("record %+v", rec)
	}
	w.expect(abi.CMDDestroyQP, 0, 0, nil, abi.CmdStatusBadIndex, 0, nic.NoSlot)
	q.PMTU = 1
	w.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusOK, 0, 0) // the lowest free slot
	w.expect(0, 0, 0, nil, abi.CmdStatusBadOpcode, 0, nic.NoSlot)
	w.expect(0xff, 0, 0, nil, abi.CmdStatusBadOpcode, 0, nic.NoSlot)
	w.effects()
}

// TestGuard: with the feature, a queue pair needs completion queues that exist.
func TestGuard(t *testing.T) {
	p := nic.Params{NumQP: 2, NumMR: 1, NumCQ: 2, Migration: true, Features: abi.FeatureCQGuard}
	w := newWorld(t, p)
	full := func(c *abi.QPC) []byte { b := c.ImageFull(); return b[:] }
	q := attrs()
	q.SCQN, q.RCQN = 0, 1
	stopped := q
	stopped.State, stopped.SavedState = abi.StateStopped, abi.StateRTS
	for n, status := range []abi.CmdStatus{abi.CmdStatusBadIndex, abi.CmdStatusBadIndex, abi.CmdStatusOK} {
		slot := uint16(nic.NoSlot)
		if status == abi.CmdStatusOK {
			slot = 0
		}
		w.expect(abi.CMDCreateQP, 0, 0, full(&q), status, 0, slot)
		if status == abi.CmdStatusOK {
			w.expect(abi.CMDDestroyQP, 0, 0, nil, status, 0, 0)
		}
		w.expect(abi.CMDLoadQP, 0, 0, full(&stopped), status, 0, slot)
		if n < 2 {
			cq := abi.CQC{Base: cqAt, Log: 4}
			b := cq.Image()
			w.expect(abi.CMDCreateCQ, uint32(n), 0, b[:], abi.CmdStatusOK, 0, nic.NoSlot)
		}
	}
	q.QPN++
	q.RCQN = 2
	w.expect(abi.CMDCreateQP, 0, 0, full(&q), abi.CmdStatusBadIndex, 0, nic.NoSlot)
	without := newWorld(t, nic.Params{NumQP: 2, NumMR: 1, NumCQ: 2})
	without.expect(abi.CMDCreateQP, 0, 0, image(q), abi.CmdStatusOK, 0, 0)
}

func TestDestroyStopsTimer(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	w.post(sqAt, 0, abi.WQE{Opcode: abi.WROpcodeSend})
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 1})
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	_, _, rec := w.cmd(abi.CMDDestroyQP, uint32(s), 0, nil)
	w.effects("stop 0")
	if rec.Flags != 2 {
		t.Fatalf("flags %d", rec.Flags)
	}
}

func TestCommandsMR(t *testing.T) {
	w := newWorld(t, nic.Params{NumQP: 1, NumMR: 2, NumCQ: 1})
	mr := func(key uint32) []byte { x := abi.MR{Key: key, Length: 1}; p := x.Image(); return p[:] }
	w.expect(abi.CMDCreateMR, 0, 0, mr(5), abi.CmdStatusOK, 0, nic.NoSlot)
	w.effects("read 0x100+40")
	w.expect(abi.CMDCreateMR, 0, 0, mr(5), abi.CmdStatusExists, 0, nic.NoSlot)
	w.expect(abi.CMDCreateMR, 0, 0, mr(6), abi.CmdStatusOK, 1, nic.NoSlot)
	w.expect(abi.CMDCreateMR, 0, 0, mr(5), abi.CmdStatusExists, 0, nic.NoSlot)
	w.expect(abi.CMDCreateMR, 0, 0, mr(7), abi.CmdStatusNoSpace, 0, nic.NoSlot)
	w.expect(abi.CMDDestroyMR, 7, 0, nil, abi.CmdStatusBadIndex, 0, nic.NoSlot)
	w.effects()
	w.expect(abi.CMDDestroyMR, 5, 0, nil, abi.CmdStatusOK, 0, nic.NoSlot)
	w.expect(abi.CMDCreateMR, 0, 0, mr(7), abi.CmdStatusOK, 0, nic.NoSlot)
}

func TestCommandsCQ(t *testing.T) {
	w := newWorld(t, nic.Params{NumQP: 1, NumMR: 1, NumCQ: 2})
	c := abi.CQC{Base: cqAt, Log: 3, Armed: true, PI: 7, CI: 6}
	p := c.Image()
	w.expect(abi.CMDCreateCQ, 2, 0, p[:], abi.CmdStatusBadIndex, 0, nic.NoSlot)
	w.effects("read 0x100+24")
	w.expect(abi.CMDCreateCQ, 1, 0, p[:], abi.CmdStatusOK, 0, nic.NoSlot)
	w.expect(abi.CMDCreateCQ, 1, 0, p[:], abi.CmdStatusExists, 0, nic.NoSlot)
	w.expect(abi.CMDDumpCQ, 0, 0, nil, abi.CmdStatusBadIndex, 0, nic.NoSlot)
	w.expect(abi.CMDDumpCQ, 1, 0, make([]byte, 24), abi.CmdStatusOK, 0, nic.NoSlot)
	w.effects("write 0x100+24")
	var got abi.CQC
	w.ram.DMARead(imageAt, p[:])
	if got.Decode(p[:]); got != c {
		t.Fatalf("dump %+v, want %+v", got, c)
	}
	w.expect(abi.CMDDestroyCQ, 0, 0, nil, abi.CmdStatusBadIndex, 0, nic.NoSlot)
	w.expect(abi.CMDDestroyCQ, 1, 0, nil, abi.CmdStatusOK, 0, nic.NoSlot)
	if _, ok := w.core.CQ(1); ok {
		t.Fatal("the CQ is still there")
	}
}

// TestCommandsMigration moves a queue pair to another NIC and back by commands.
func TestCommandsMigration(t *testing.T) {
	a := newWorld(t, nic.DefaultParams())
	b := newWorld(t, nic.Params{NumQP: 1, NumMR: 1, NumCQ: 1, Migration: true})
	s := a.connect()
	fwd := wire.MapIPv4([4]byte{10, 0, 0, 77})
	a.expect(abi.CMDDumpQP, uint32(s), 0, nil, abi.CmdStatusBadState, 0, s)
	a.effects()
	a.expect(abi.CMDSetFwd, uint32(s), 0, fwd[:], abi.CmdStatusBadState, 0, s)
	a.effects("read 0x100+16")
	rec := a.apply(nic.Cause{Kind: abi.CauseStall, Slot: s, Arg: uint32(s)})
	if rec.Verdict != abi.VerdictOK || rec.Arg != uint32(s) {
		t.Fatalf("record %+v", rec)
	}
	a.expect(abi.CMDDumpQP, uint32(s), 0, nil, abi.CmdStatusOK, 0, s)
	dump := make([]byte, abi.QPCSize)
	a.ram.DMARead(imageAt, dump)
	a.expect(abi.CMDSetFwd, uint32(s), 0, fwd[:], abi.CmdStatusOK, 0, s)
	if c, _ := a.core.Context(s); !c.FwdValid || c.FwdAddr != fwd {
		t.Fatalf("tombstone %+v", c)
	}

	b.expect(abi.CMDLoadQP, 0, 0, image(attrs()), abi.CmdStatusBadState, 0, nic.NoSlot)
	bad := append([]byte(nil), dump...)
	bad[7] = 0 // path MTU
	b.expect(abi.CMDLoadQP, 0, 0, bad, abi.CmdStatusBadAttr, 0, nic.NoSlot)
	b.expect(abi.CMDLoadQP, 0, 0, dump, abi.CmdStatusOK, 0, 0)
	c, _ := b.core.Context(0)
	if c.State != abi.StateStopped || !c.Restored || c.MigEpoch != 1 || c.NextPSN != 100 || c.SavedState != abi.StateRTS {
		t.Fatalf("restored %+v", c)
	}
	b.expect(abi.CMDLoadQP, 0, 0, dump, abi.CmdStatusExists, 0, nic.NoSlot) // no newer than what is there
	stranger := append([]byte(nil), dump...)
	stranger[0]++
	b.expect(abi.CMDLoadQP, 0, 0, stranger, abi.CmdStatusNoSpace, 0, nic.NoSlot)

	// Back home: the tombstone's slot is taken over.
	b.apply(nic.Cause{Kind: abi.CauseActivate, Slot: 0})
	b.effects("send MIGRATION psn=100 again=false", "timer 0 20")
	b.apply(nic.Cause{Kind: abi.CauseStall, Slot: 0})
	b.expect(abi.CMDDumpQP, 0, 0, nil, abi.CmdStatusOK, 0, 0)
	b.ram.DMARead(imageAt, dump)
	a.expect(abi.CMDLoadQP, 0, 0, dump, abi.CmdStatusOK, uint32(s), s)
	if c, _ := a.core.Context(s); c.MigEpoch != 2 || c.FwdValid {
		t.Fatalf("back home %+v", c)
	}
}
