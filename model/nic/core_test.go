package nic_test

import (
	"bytes"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// TestSend follows one SEND of 300 bytes at path MTU 256 through its steps: two packets, their ACK, the
// completion, and every access of memory in its order.
func TestSend(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	w.post(sqAt, 0, abi.WQE{
		Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: 300, VA: bufVA + 64, LKey: key,
	})
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 1})
	rec := w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.effects("read 0x1000+64", "read 0x4040+256", "send SEND_FIRST psn=100 again=false", "timer 0 16")
	if rec.TXSeq != 1 || rec.Flags != 1 || rec.TimerTicks != 16 || rec.Slot != s {
		t.Fatalf("record %+v", rec)
	}
	p := w.sent[0]
	if p.DstMAC != hopMAC || p.SrcMAC != ownMAC || p.SrcIP != ownIP || p.DstIP != peerIP || p.TTL != 64 || !p.DF ||
		p.SrcPort != 0xc001 || p.BTH.DestQPN != peerQPN || p.BTH.PKey != pkey || p.BTH.AckReq {
		t.Fatalf("packet %v", &p)
	}
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.effects("read 0x1000+64", "read 0x4140+44", "send SEND_LAST psn=101 again=false")
	if rec := w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s}); rec.Verdict != abi.VerdictIgnored {
		t.Fatalf("verdict %v with nothing to send", rec.Verdict)
	}
	w.effects()
	rec = w.rx(request(abi.OpAcknowledge, 101, nil, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeACK) }))
	w.effects("stop 0")
	if rec.Flags != 2 || rec.RXSeq != 0 {
		t.Fatalf("record %+v", rec)
	}
	w.apply(nic.Cause{Kind: abi.CauseDBCQArm, Slot: 0})
	w.apply(nic.Cause{Kind: abi.CauseRetire, Slot: s})
	w.effects("read 0x1000+64", "write 0x3000+32", "event CQ_COMPLETION 0")
	want := abi.CQE{QPN: qpn, Opcode: abi.WCOpcodeSend, ByteLen: 300, Seq: 1}
	if got := w.cqe(0, 0); got != want {
		t.Fatalf("completion %+v", got)
	}
	for i, want := range map[int]uint32{
		abi.CounterTXFrames: 2, abi.CounterRXFrames: 1, abi.CounterCompletions: 1, abi.CounterRetransmits: 0,
	} {
		if got := w.core.Counter(i); got != want {
			t.Errorf("counter %s = %d, want %d", abi.CounterNames[i], got, want)
		}
	}
}

// TestReceive executes a two-packet SEND and a one-packet WRITE on the receiving side.
func TestReceive(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	w.post(rqAt, 0, abi.WQE{NumSGE: 1, Length: 1000, VA: bufVA, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: s, Arg: 1})
	data := make([]byte, 300)
	for i := range data {
		data[i] = byte(i)
	}
	w.rx(request(abi.OpSendFirst, 500, data[:256], func(p *wire.Packet) { p.BTH.AckReq = false }))
	w.effects("read 0x2000+64", "write 0x4000+256")
	w.rx(request(abi.OpSendLast, 501, data[256:], nil))
	w.effects("write 0x4100+44", "write 0x3800+32", "send ACKNOWLEDGE psn=501 again=false")
	if got, want := w.cqe(1, 0), (abi.CQE{QPN: qpn, Opcode: abi.WCOpcodeRecv, ByteLen: 300, Seq: 1}); got != want {
		t.Fatalf("completion %+v", got)
	}
	w.rx(request(abi.OpRDMAWriteOnly, 502, data[:5], func(p *wire.Packet) {
		p.RETH = wire.RETH{VA: bufVA + 0x800, RKey: key, Length: 5}
	}))
	w.effects("write 0x4800+5", "send ACKNOWLEDGE psn=502 again=false")
	if rec := w.rx(request(abi.OpSendOnly, 503, nil, nil)); rec.Verdict != abi.VerdictNaked {
		t.Fatalf("verdict %v without a receive", rec.Verdict)
	}
	if a := w.sent[0].AETH; a.Syndrome != uint8(abi.SyndromeRNRNAK)|1 {
		t.Fatalf("answer %+v, want RNR NAK with timer code 1", a)
	}
}

// TestReceptionRules has one frame for each way a rule of reception fails. None of them may reach the queue
// pair or have an effect.
func TestReceptionRules(t *testing.T) {
	patch := func(frame []byte, at int, v byte) []byte { frame[at] = v; return frame }
	fix := func(frame []byte) []byte { // the IP checksum after a patch, then the ICRC
		frame[24], frame[25] = 0, 0
		var sum uint32
		for i := 14; i < 34; i += 2 {
			sum += uint32(frame[i])<<8 | uint32(frame[i+1])
		}
		for sum>>16 != 0 {
			sum = sum&0xffff + sum>>16
		}
		frame[24], frame[25] = byte(^sum>>8), byte(^sum)
		_ = wire.PutICRC(frame) // cannot for some of them, which is the point
		return frame
	}
	good := func() []byte { return request(abi.OpSendOnly, 500, []byte{1, 2, 3, 4}, nil) }
	for _, c := range []struct {
		name  string
		frame []byte
		want  abi.Verdict
	}{
		{"too long", append(good(), make([]byte, abi.MaxFrame)...), abi.VerdictDropTooLong},
		{"empty", nil, abi.VerdictDropMalformed},
		{"too short", good()[:57], abi.VerdictDropMalformed},
		{"EtherType", patch(good(), 12, 0x86), abi.VerdictDropMalformed},
		{"IPv6", request(abi.OpSendOnly, 500, nil, func(p *wire.Packet) { p.V6 = true }), abi.VerdictDropMalformed},
		{"IP options", fix(patch(good(), 14, 0x46)), abi.VerdictDropMalformed},
		{"total length beyond the frame", fix(patch(good(), 16, 1)), abi.VerdictDropMalformed},
		{"fragment", fix(patch(good(), 20, 0x20)), abi.VerdictDropMalformed},
		{"TCP", fix(patch(good(), 23, 6)), abi.VerdictDropMalformed},
		{"IP checksum", patch(good(), 25, good()[25]+1), abi.VerdictDropMalformed},
		{"UDP port", fix(patch(good(), 37, 1)), abi.VerdictDropMalformed},
		{"UDP length", fix(patch(good(), 39, good()[39]-4)), abi.VerdictDropMalformed},
		{"MAC", patch(good(), 0, 4), abi.VerdictDropNotMine},
		{"IP", request(abi.OpSendOnly, 500, nil, func(p *wire.Packet) { p.DstIP = otherIP }), abi.VerdictDropNotMine},
		{"ICRC", patch(good(), 58, 9), abi.VerdictDropICRC},
		{"transport version", fix(patch(good(), 43, 1)), abi.VerdictDropMalformed},
		{"opcode", fix(patch(good(), 42, 0x1f)), abi.VerdictDropOpcode},
		{"no room for the headers", fix(patch(good(), 42, uint8(abi.OpRDMAWriteOnly))), abi.VerdictDropMalformed},
		{"QPN", request(abi.OpSendOnly, 500, nil, func(p *wire.Packet) { p.BTH.DestQPN = 3 }), abi.VerdictDropNoQP},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, nic.DefaultParams())
			s := w.connect()
			before, _ := w.core.Context(s)
			rec := w.rx(c.frame)
			if rec.Cause != abi.CauseRXDrop || rec.Verdict != c.want || rec.Slot != nic.NoSlot || rec.Ctx != [256]byte{} {
				t.Fatalf("%v %v slot %#x, want RX_DROP %v", rec.Cause, rec.Verdict, rec.Slot, c.want)
			}
			w.effects()
			if after, _ := w.core.Context(s); after != before {
				t.Fatal("the context changed")
			}
			i, _ := c.want.Counter()
			if w.core.Counter(i) != 1 || w.core.Counter(abi.CounterRXFrames) != 1 {
				t.Fatalf("counter %s = %d", abi.CounterNames[i], w.core.Counter(i))
			}
		})
	}
	w := newWorld(t, nic.DefaultParams())
	w.connect()
	if rec := w.rx(append(good(), 0, 0, 0)); rec.Cause != abi.CauseRX {
		t.Fatalf("Ethernet padding: %v %v", rec.Cause, rec.Verdict)
	}
}

// TestWithoutMigration: a build without the migration unit does not know its opcode, commands and registers.
func TestWithoutMigration(t *testing.T) {
	p := nic.DefaultParams()
	p.Migration = false
	w := newWorld(t, p)
	s := w.connect()
	for i := range abi.QPCFields {
		c, _ := w.core.Context(s)
		got := c.Image()
		if f := &abi.QPCFields[i]; f.Bank == abi.BankMig && !allZero(f.Bytes(&got)) {
			t.Errorf("a context without migration unit has %s = %s", f.Name, f.Text(&got))
		}
	}
	whole := request(abi.OpMigration, 0, nil, nil)
	short := request(abi.OpSendOnly, 500, nil, nil)
	short[42] = uint8(abi.OpMigration)
	if err := wire.PutICRC(short); err != nil {
		t.Fatal(err)
	}
	for _, f := range [][]byte{whole, short} {
		if rec := w.rx(f); rec.Verdict != abi.VerdictDropOpcode {
			t.Errorf("opcode MIGRATION: %v", rec.Verdict)
		}
	}
	for _, op := range []abi.CMD{abi.CMDDumpQP, abi.CMDLoadQP, abi.CMDSetFwd} {
		if status, _, _ := w.cmd(op, uint32(s), 0, image(attrs())); status != abi.CmdStatusBadOpcode {
			t.Errorf("%v: %v", op, status)
		}
		w.effects()
	}
	if v, _ := w.core.ReadReg(abi.RegCap); v != 0x08100800 {
		t.Errorf("CAP = %#x", v)
	}
	rec := w.rx(request(abi.OpAcknowledge, 100, nil, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeNAKStopped) }))
	if rec.Verdict != abi.VerdictDropSyndrome {
		t.Errorf("NAK_STOPPED: %v", rec.Verdict)
	}
}

func allZero(p []byte) bool { return len(bytes.Trim(p, "\x00")) == 0 }

// TestDisabled: with CTRL.enable 0, what a step would send is neither fetched nor sent nor counted.
func TestDisabled(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	w.post(sqAt, 0, abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 4, VA: bufVA, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 1})
	w.write(abi.RegCtrl, 0)
	if w.core.Wants(s) != 0 {
		t.Errorf("wants %b", w.core.Wants(s))
	}
	w.apply(nic.Cause{Kind: abi.CauseStall, Slot: s})
	rec := w.apply(nic.Cause{Kind: abi.CauseActivate, Slot: s})
	w.effects("timer 0 20")
	if rec.Verdict != abi.VerdictOK || rec.TXSeq != 0 || w.core.Counter(abi.CounterTXFrames) != 0 {
		t.Errorf("record %+v", rec)
	}
}

// TestEventQueue fills the queue: the event that finds no room is lost, and the overflow bit stays.
func TestEventQueue(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	w.post(rqAt, 0, abi.WQE{NumSGE: 1, Length: 8, VA: bufVA, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: s, Arg: 1})
	w.rx(request(abi.OpSendOnly, 500, []byte{1}, nil))
	for range abi.EventQueue + 1 {
		w.apply(nic.Cause{Kind: abi.CauseDBCQArm, Slot: 1}) // a completion waits: an event each
	}
	if v, _ := w.core.ReadReg(abi.RegEventStatus); v != 1<<31|abi.EventQueue {
		t.Fatalf("EVENT_STATUS = %#x", v)
	}
	for range abi.EventQueue {
		if v, _ := w.core.ReadReg(abi.RegEvent); v != uint32(abi.EventCQCompletion)<<24|1 {
			t.Fatalf("EVENT = %#x", v)
		}
	}
	if v, _ := w.core.ReadReg(abi.RegEvent); v != 0 {
		t.Fatalf("EVENT = %#x from an empty queue", v)
	}
	if v, _ := w.core.ReadReg(abi.RegEventStatus); v != 1<<31 {
		t.Fatalf("EVENT_STATUS = %#x", v)
	}
}

// TestAbsentTargets: causes whose target is not there retire as IGNORED and do nothing.
func TestAbsentTargets(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	for cause := range 256 {
		kind := abi.Cause(cause)
		switch kind {
		case abi.CauseRX, abi.CauseRXDrop, abi.CauseCMD:
			continue
		}
		for _, slot := range []uint16{0, 7, 8, 255, nic.NoSlot} {
			rec := w.apply(nic.Cause{Kind: kind, Slot: slot})
			if rec.Verdict != abi.VerdictIgnored || rec.Cause != kind || rec.Ctx != [256]byte{} {
				t.Errorf("%v slot %d: %v", kind, slot, rec.Verdict)
			}
			w.effects()
		}
	}
	if got := w.core.Counter(abi.CounterIgnored); got != w.core.Counter(abi.CounterSteps) || got == 0 {
		t.Errorf("IGNORED = %d of %d steps", got, w.core.Counter(abi.CounterSteps))
	}
}
