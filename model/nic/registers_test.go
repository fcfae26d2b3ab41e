package nic_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// TestRegisterAccess tries every address of the register space, whole words and others, both ways: what the
// specification does not allow is refused and named, and changes nothing that can be read.
func TestRegisterAccess(t *testing.T) {
	p := nic.DefaultParams()
	p.Features = abi.FeaturesAll // without, there is no register of them
	core := nic.NewCore(p)
	snapshot := func() (all []uint32) {
		for _, r := range abi.Registers {
			for i := range r.Count {
				if r.Readable && r.At != abi.RegEvent {
					v, _ := core.ReadReg(r.At + i*r.Stride)
					all = append(all, v)
				}
			}
		}
		return all
	}
	before := snapshot()
	reads, writes, refused := 0, 0, 0
	for addr := range uint32(0x10004) {
		reg, _, known := abi.FindRegister(addr)
		_, err := core.ReadReg(addr)
		if want := known && reg.Readable; want != (err == nil) {
			t.Fatalf("read %#x: %v", addr, err)
		}
		check(t, err, addr, false)
		if err == nil {
			reads++
		}
		if known && reg.Writable {
			writes++
			continue // TestRegisterWrites
		}
		_, step, err := core.WriteReg(addr, 0xffffffff)
		if err == nil || step {
			t.Fatalf("write %#x was taken", addr)
		}
		check(t, err, addr, true)
		refused++
	}
	if reads == 0 || writes == 0 || refused == 0 {
		t.Fatal("nothing was tried")
	}
	for i, v := range snapshot() {
		if v != before[i] {
			t.Fatalf("readable register %d changed from %#x to %#x", i, before[i], v)
		}
	}
}

func sprint(v any) string { return fmt.Sprint(v) }

func check(t *testing.T, err error, addr uint32, write bool) {
	t.Helper()
	var e *nic.RegError
	if err == nil {
		return
	}
	if !errors.As(err, &e) || e.Addr != addr || e.Write != write || e.Why == "" {
		t.Fatalf("error %#v", err)
	}
	if _, _, known := abi.FindRegister(addr); known != (e.Name != "") {
		t.Fatalf("%v: name %q", err, e.Name)
	}
}

// TestRegisterWrites: what a write to each writable register leaves to be read, or asks for.
func TestRegisterWrites(t *testing.T) {
	const v = 0x80030201
	keeps := map[uint32]uint32{
		abi.RegScratch: v, abi.RegCtrl: 1, abi.RegMACLO: v, abi.RegMACHI: 0x0201, abi.RegNexthopLO: v,
		abi.RegNexthopHI: 0x0201, abi.RegIP: v, abi.RegCMDArg0: v, abi.RegCMDArg1: v, abi.RegCMDAddrLO: v,
		abi.RegCMDAddrHI: v,
	}
	asks := map[uint32]abi.Cause{
		abi.RegCMDGo: abi.CauseCMD, abi.RegStall: abi.CauseStall, abi.RegResume: abi.CauseActivate,
		abi.RegDBSQ: abi.CauseDBSQ, abi.RegDBRQ: abi.CauseDBRQ, abi.RegDBCQCI: abi.CauseDBCQCI,
		abi.RegDBCQArm: abi.CauseDBCQArm, abi.RegDBSRQ: abi.CauseDBSRQ, abi.RegDBSend: abi.CauseDBSQ, abi.RegDBRecv: abi.CauseDBRQ,
	}
	for i := range abi.Registers {
		r := &abi.Registers[i]
		if !r.Writable {
			continue
		}
		for n := range r.Count {
			p := nic.DefaultParams()
			p.Features = abi.FeaturesAll
			core := nic.NewCore(p)
			addr := r.At + n*r.Stride
			c, step, err := core.WriteReg(addr, v)
			if err != nil {
				t.Fatal(err)
			}
			want, kept := keeps[r.At]
			cause, asked := asks[r.At]
			if kept == asked || step != asked {
				t.Fatalf("%s: step %v", r.Name, step)
			}
			slot, arg := uint16(n), uint32(v)
			if r.At == abi.RegDBSend || r.At == abi.RegDBRecv {
				slot, arg = v>>16, v&0xffff
			}
			if asked && (c.Kind != cause || c.Kind >= abi.CauseDBSQ && c.Kind <= abi.CauseDBCQArm && (c.Slot != slot || c.Arg != arg)) {
				t.Errorf("%s[%d]: cause %+v", r.Name, n, c)
			}
			if got, err := core.ReadReg(addr); kept && (err != nil || got != want) {
				t.Errorf("%s[%d] = %#x, %v, want %#x", r.Name, n, got, err, want)
			}
		}
	}
}

func TestBusy(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	go1, _, _ := w.core.WriteReg(abi.RegCMDGo, uint32(abi.CMDDestroyCQ))
	_, step, err := w.core.WriteReg(abi.RegCMDGo, uint32(abi.CMDDestroyCQ))
	if err == nil || step {
		t.Fatal("CMD_GO was taken while busy")
	}
	check(t, err, abi.RegCMDGo, true)
	w.write(abi.RegCMDArg0, 0xdead) // too late for the command that runs
	if rec := w.apply(go1); rec.Arg != 0 {
		t.Fatalf("argument %#x", rec.Arg)
	}
	for _, addr := range []uint32{abi.RegStall, abi.RegResume} {
		if _, _, err := w.core.WriteReg(addr, 0); err != nil {
			t.Fatal(err)
		}
		for _, again := range []uint32{abi.RegStall, abi.RegResume} {
			_, _, err := w.core.WriteReg(again, 0)
			check(t, err, again, true)
			if err == nil {
				t.Fatal("taken while busy")
			}
		}
		w.core.EndStall()
	}
}

// TestTargets: which queue pairs a STALL or RESUME write means.
func TestTargets(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	for i, group := range []uint16{5, 6, 5} {
		q := attrs()
		q.QPN += uint32(i)
		q.MigGroup = group
		s := w.ok(abi.CMDCreateQP, 0, 0, image(q))
		w.ok(abi.CMDModifyQP, s|uint32(abi.StateInit)<<24, abi.AttrMig, image(q))
	}
	for v, want := range map[uint32]string{
		0: "[0]", 2: "[2]", 3: "[]", 0xffff: "[]", 1<<31 | 5: "[0 2]", 1<<31 | 6: "[1]", 1<<31 | 1: "[]",
	} {
		if got := sprint(w.core.Targets(v, nil)); got != want {
			t.Errorf("%#x means %v, want %v", v, got, want)
		}
	}
}

func TestWithoutMigrationRegisters(t *testing.T) {
	p := nic.DefaultParams()
	p.Migration = false
	core := nic.NewCore(p)
	_, _, err := core.WriteReg(abi.RegStall, 0)
	check(t, err, abi.RegStall, true)
	_, _, err2 := core.WriteReg(abi.RegResume, 0)
	check(t, err2, abi.RegResume, true)
	_, err3 := core.ReadReg(abi.RegStallStatus)
	check(t, err3, abi.RegStallStatus, false)
	if err == nil || err2 == nil || err3 == nil {
		t.Fatal("the registers of the migration unit are there")
	}
}

// TestManySlots: with the feature, registers tell of all slots and reach them; without, they are not there.
func TestManySlots(t *testing.T) {
	p := nic.DefaultParams()
	p.NumQP, p.Features = 3000, abi.FeatureMany
	core := nic.NewCore(p)
	if v, err := core.ReadReg(abi.RegNumQP); err != nil || v != 3000 {
		t.Errorf("NUM_QP reads %d, %v", v, err)
	}
	if v, err := core.ReadReg(abi.RegCap); err != nil || v>>abi.RegCapNumQPShift&0xff != 255 {
		t.Errorf("CAP reads %#x, %v", v, err)
	}
	w := newWorld(t, p)
	c := attrs()
	c.State = abi.StateRTS
	if !w.core.SetContext(2999, c) {
		t.Fatal("no slot")
	}
	for reg, of := range map[uint32]func(c *abi.QPC) uint16{
		abi.RegDBSend: func(c *abi.QPC) uint16 { return c.SQPI }, abi.RegDBRecv: func(c *abi.QPC) uint16 { return c.RQPI },
	} {
		cause, step, err := w.core.WriteReg(reg, 2999<<16|3)
		if err != nil || !step {
			t.Fatalf("%#x: %v", reg, err)
		}
		rec := w.apply(cause)
		if x, _ := w.core.Context(2999); rec.Verdict != abi.VerdictOK || rec.Slot != 2999 || rec.Arg != 3 || of(&x) != 3 {
			t.Errorf("%#x: record %+v", reg, rec)
		}
	}
	p.Features &^= abi.FeatureMany
	p.Features |= abi.FeatureRead
	core = nic.NewCore(p)
	_, err := core.ReadReg(abi.RegNumQP)
	check(t, err, abi.RegNumQP, false)
	_, _, err2 := core.WriteReg(abi.RegDBSend, 0)
	check(t, err2, abi.RegDBSend, true)
	if err == nil || err2 == nil {
		t.Error("registers of a feature that is not there")
	}
}
