package abi

import (
	"math"
	"testing"
)

func TestRevision(t *testing.T) {
	s := loadSpec(t)
	if Revision != s.Revision() || Revision32 != s.Revision32() {
		t.Errorf("package abi was generated from %s, spec/ is %s; run godwit spec gen", Revision, s.Revision())
	}
}

func TestOpcodes(t *testing.T) {
	s := loadSpec(t)
	known := 0
	for code := range 256 {
		o := Opcode(code)
		if !o.Info().Known {
			continue
		}
		known++
		n := 0
		for _, h := range o.Info().Headers {
			n += Headers[h].Bytes
		}
		if n != o.Info().ExtLen {
			t.Errorf("%v: ExtLen %d, headers have %d bytes", o, o.Info().ExtLen, n)
		}
		if n > MaxExtLen {
			t.Errorf("%v: more header bytes than MaxExtLen", o)
		}
	}
	if known != len(s.Packets.Opcodes) {
		t.Errorf("%d opcodes are known, the specification has %d", known, len(s.Packets.Opcodes))
	}
	if got := Opcode(0xff).String(); got != "Opcode(255)" {
		t.Errorf("unknown opcode reads %s", got)
	}
	if o := OpAcknowledge.Info(); o.Kind != KindResponse || o.ExtLen != AETHSize || !o.Executes || o.Payload != PayloadNone {
		t.Errorf("ACKNOWLEDGE: %+v", *o)
	}
}

func TestLegality(t *testing.T) {
	for _, c := range []struct {
		s    State
		k    Kind
		want Legal
	}{
		{StateRTS, KindRequest, LegalServe}, {StateStopped, KindRequest, LegalNAKStopped},
		{StateStopped, KindMig, LegalTombstone}, {StateErr, KindMig, LegalDrop},
		{State(15), KindRequest, LegalDrop}, {StateRTS, Kind(9), LegalDrop},
	} {
		if got := Legality(c.s, c.k); got != c.want {
			t.Errorf("Legality(%v, %v) = %v, want %v", c.s, c.k, got, c.want)
		}
	}
}

func TestModify(t *testing.T) {
	full := AttrAv | AttrPathMTU | AttrDestQPN | AttrRQPSN | AttrMinRNRTimer
	for _, c := range []struct {
		from, to State
		attrs    uint32
		want     bool
	}{
		{StateInit, StateRTR, full, true},
		{StateInit, StateRTR, full | AttrState | AttrMig, true},
		{StateInit, StateRTR, full &^ AttrAv, false},
		{StateInit, StateRTR, full | AttrSQPSN, false},
		{StateInit, StateRTS, full, false},
		{StateRTS, StateErr, AttrState, true},
		{StateStopped, StateRTS, 0, false},
		{StateErr, State(15), 0, false},
	} {
		if got := ModifyOK(QPTypeRC, c.from, c.to, c.attrs); got != c.want {
			t.Errorf("ModifyOK(%v, %v, %s) = %v", c.from, c.to, AttrNames(c.attrs), got)
		}
	}
	if r, ok := RequiredAttrs(QPTypeRC, StateInit, StateRTR); !ok || r != full {
		t.Errorf("RequiredAttrs(INIT, RTR) = %s, %v", AttrNames(r), ok)
	}
	if o, ok := OptionalAttrs(QPTypeRC, StateRTS, StateRTS); !ok || o != AttrAccessFlags|AttrMinRNRTimer {
		t.Errorf("OptionalAttrs(RTS, RTS) = %s, %v", AttrNames(o), ok)
	}
	if _, ok := RequiredAttrs(QPTypeRC, StateStopped, StateInit); ok {
		t.Error("RequiredAttrs(STOPPED, INIT): MODIFY_QP does not take that edge")
	}
	if got := AttrNames(AttrState | 1<<30); got != "state|?" {
		t.Errorf("AttrNames: %s", got)
	}
}

func TestTransitions(t *testing.T) {
	n := 0
	for from := range State(NumStates) {
		for to := range State(NumStates) {
			for via := ViaModify; via <= ViaResumePacket; via++ {
				listed := false
				for _, e := range Transitions {
					listed = listed || e.From == from && e.To == to && e.Via == via
				}
				if listed != TransitionAllowed(from, to, via) {
					t.Errorf("TransitionAllowed(%v, %v, %v) = %v", from, to, via, !listed)
				}
				if listed {
					n++
				}
			}
		}
	}
	if n != len(Transitions) {
		t.Errorf("%d of %d transitions found", n, len(Transitions))
	}
	if TransitionAllowed(State(200), StateInit, ViaModify) || TransitionAllowed(StateInit, State(200), ViaModify) {
		t.Error("an undefined state has an edge")
	}
}

func TestAttrsInRange(t *testing.T) {
	q := QPC{PMTU: 6, MigLease: 1}
	if f, ok := AttrsInRange(&q, AttrAv); !ok {
		t.Errorf("a field of another attribute is checked: %s", f)
	}
	if f, ok := AttrsInRange(&q, AttrPathMTU); ok || f != "pmtu" {
		t.Errorf("PMTU 6: %q, %v", f, ok)
	}
	if f, ok := AttrsInRange(&q, AttrMig); ok || f != "mig_announce" {
		t.Errorf("announce interval 0: %q, %v", f, ok)
	}
	q.MigAnnounce, q.PMTU = 1, 5
	if f, ok := AttrsInRange(&q, AttrsDriver); !ok {
		t.Errorf("good attributes: %s", f)
	}
}

func TestFindRegister(t *testing.T) {
	hits := 0
	for addr := range uint32(1 << 16) {
		r, i, ok := FindRegister(addr)
		if ok {
			hits++
			if r.At+uint32(i)*r.Stride != addr {
				t.Fatalf("0x%04x found as %s[%d]", addr, r.Name, i)
			}
		}
	}
	want := 0
	for _, r := range Registers {
		want += int(r.Count)
	}
	if hits != want {
		t.Errorf("%d addresses found, want %d", hits, want)
	}
	if r, i, ok := FindRegister(RegDBRQ + 3*RegDBRQStride); !ok || r.Name != "DB_RQ" || i != 3 {
		t.Errorf("DB_RQ[3]: %v %d %v", r, i, ok)
	}
}

func TestCounters(t *testing.T) {
	if i, ok := VerdictDropICRC.Counter(); !ok || i != CounterDropICRC || CounterNames[i] != "DROP_ICRC" {
		t.Errorf("counter of DROP_ICRC: %d, %v", i, ok)
	}
	if _, ok := VerdictOK.Counter(); ok {
		t.Error("verdict OK has a counter")
	}
}

// TestRNRTicks compares the table with IBTA table 45, in units of 10 us, rounded up to ticks of 4.096 us.
func TestRNRTicks(t *testing.T) {
	table45 := [32]float64{65536, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536,
		2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152}
	for i, v := range table45 {
		if want := uint32(math.Ceil(v * 10 / 4.096)); RNRTicks[i] != want {
			t.Errorf("code %d: %d ticks, want %d", i, RNRTicks[i], want)
		}
	}
	if TickCycles*ClockPeriodNS != 4096 {
		t.Errorf("a tick has %d ns, want 4096", TickCycles*ClockPeriodNS)
	}
}

func TestEnumText(t *testing.T) {
	for _, v := range []Verdict{VerdictOK, VerdictDropGhost, VerdictIgnored} {
		if got, ok := ParseVerdict(v.String()); !ok || got != v || !v.Valid() {
			t.Errorf("%v: parsed as %v, %v", v, got, ok)
		}
	}
	if _, ok := ParseState("RTX"); ok || State(15).Valid() || State(15).String() != "State(15)" {
		t.Error("an undefined state passes")
	}
	if got := (AccessLocalWrite | AccessRemoteAtomic | 0x40).String(); got != "LOCAL_WRITE|REMOTE_ATOMIC|0x40" {
		t.Errorf("flags: %s", got)
	}
	if got := Access(0).String(); got != "0" {
		t.Errorf("no flags: %s", got)
	}
	if got := CauseRX.Timing(); got.Base == 0 || got.Payload == 0 {
		t.Errorf("timing of RX: %+v", got)
	}
	if a, b := ReadCycles(16), ReadCycles(17); b != a+1 || Beats(0) != 0 || Beats(16) != 1 {
		t.Errorf("reads of 16 and 17 bytes take %d and %d cycles", a, b)
	}
	if KindMig.String() != "mig" || ViaResumePacket.String() != "resume_packet" || BankMig.String() != "mig" {
		t.Error("words of the specification are spelled otherwise")
	}
}
