package qp_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// drainer is a requester with two messages of two packets each posted, in RTS.
type drainer struct {
	t   *testing.T
	c   abi.QPC
	fx  qp.Effects
	pkt wire.Packet
}

func newDrainer(t *testing.T) *drainer {
	d := &drainer{t: t}
	d.c = abi.QPC{
		PKey: 0xffff, State: abi.StateRTS, PMTU: 1, SQLog: 2, SQPI: 2, SQSigAll: true, MigCapable: true, MigLease: 1, MigAnnounce: 1, MigProbeLimit: 1,
		RetryCnt: 7, RNRRetry: 7, RetryLeft: 7, RNRLeft: 7, MaxDestRdAtomic: 4, RsCount: 2,
	}
	return d
}

func (d *drainer) step(cause abi.Cause) abi.Verdict {
	return d.stepOf(qp.Event{Cause: cause})
}

func (d *drainer) stepOf(ev qp.Event) abi.Verdict {
	ev.Features, ev.MROK = abi.FeaturesAll, true
	ev.WQE = abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 500}
	return qp.Step(&d.c, &ev, &d.fx)
}

func (d *drainer) ack(psn uint32, s abi.Syndrome) {
	d.t.Helper()
	d.pkt = wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpAcknowledge}, AETH: wire.AETH{Syndrome: uint8(s)}}
	d.pkt.BTH.PSN = d.pkt.BTH.PSN.Add(int32(psn))
	if v := d.stepOf(qp.Event{Cause: abi.CauseRX, Pkt: &d.pkt}); v != abi.VerdictOK {
		d.t.Fatalf("response %v %#x: %v", psn, s, v)
	}
}

// wants checks what the queue pair is ready for, and takes it if that is one thing.
func (d *drainer) wants(w qp.Want) {
	d.t.Helper()
	if got := qp.Wants(&d.c); got != w {
		d.t.Fatalf("%v is ready for %b, want %b", d.c.State, got, w)
	}
	switch w {
	case qp.WantSend:
		d.step(abi.CauseSend)
	case qp.WantRetire:
		d.step(abi.CauseRetire)
	}
}

func (d *drainer) modify(to abi.State, attrs uint32, want abi.CmdStatus) {
	d.t.Helper()
	before := d.c
	img := abi.QPC{SQDNotify: true, MaxRdAtomic: 3, MaxDestRdAtomic: 1, RetryCnt: 2, MinRNR: 1}
	if s := qp.Modify(&d.c, &img, attrs, to, &d.fx); s != want {
		d.t.Fatalf("to %v with %s: %v", to, abi.AttrNames(attrs), s)
	}
	if want != abi.CmdStatusOK && d.c != before {
		d.t.Fatalf("to %v with %s: refused, and the context changed", to, abi.AttrNames(attrs))
	}
}

func (d *drainer) drained(want bool) {
	d.t.Helper()
	if got := d.fx.Event == abi.EventSQDrained; got != want {
		d.t.Fatalf("event %v", d.fx.Event)
	}
}

// TestDrain: what was begun is finished, sent again if need be, and then said to be; what was not begun waits for RTS.
func TestDrain(t *testing.T) {
	d := newDrainer(t)
	d.wants(qp.WantSend) // the first packet of the first message
	d.modify(abi.StateSQD, abi.AttrEnSQDAsyncNotify, abi.CmdStatusOK)
	d.drained(false)
	d.modify(abi.StateSQD, abi.AttrRetryCnt, abi.CmdStatusBadState) // not drained
	d.wants(qp.WantSend)                                            // the second
	d.wants(0)
	d.ack(0, abi.SyndromeNAKPSNSeq)
	d.wants(qp.WantSend)
	d.wants(qp.WantSend)
	d.wants(0)
	d.ack(0, abi.SyndromeACK)
	d.wants(qp.WantRetire) // in part
	d.drained(false)
	d.ack(1, abi.SyndromeACK)
	d.wants(qp.WantRetire)
	d.drained(true)
	if !d.fx.HasCQE || d.c.SQACK != 1 {
		t.Fatal("drained without the completion")
	}
	d.wants(0)
	if v := d.stepOf(qp.Event{Cause: abi.CauseDBSQ, Arg: 3}); v != abi.VerdictOK {
		t.Fatalf("posting in SQD: %v", v)
	}
	d.wants(0)
	d.modify(abi.StateSQD, abi.AttrRetryCnt|abi.AttrMaxRdAtomic, abi.CmdStatusOK)
	d.drained(false)
	d.modify(abi.StateSQD, abi.AttrMaxDestRdAtomic, abi.CmdStatusBadAttr) // two are remembered
	d.modify(abi.StateRTS, 0, abi.CmdStatusOK)
	d.wants(qp.WantSend)
	if d.fx.Packet.PSN != 2 || d.fx.Retransmit || d.c.RetryCnt != 2 || d.c.MaxRdAtomic != 3 {
		t.Fatalf("%+v", d.fx.Packet)
	}
	d.wants(qp.WantSend)
	d.wants(qp.WantSend) // the third message begins
	d.ack(3, abi.SyndromeACK)
	d.wants(qp.WantRetire)
	d.drained(false)
}

// TestDrainAtOnce: a queue that is drained already says so; one that is not asked does not.
func TestDrainAtOnce(t *testing.T) {
	d := newDrainer(t)
	d.modify(abi.StateSQD, abi.AttrEnSQDAsyncNotify, abi.CmdStatusOK)
	d.drained(true)
	d.wants(0)
	d.modify(abi.StateSQD, 0, abi.CmdStatusOK)
	d.drained(false)
	d = newDrainer(t)
	d.modify(abi.StateSQD, 0, abi.CmdStatusOK)
	d.drained(false)
	if d.c.DrainDue {
		t.Fatal("nobody asked")
	}
}

// TestDrainPaused: a pause that begins in SQD ends in SQD, by an answer (R4a) or by RESUME, and what was begun is gone back
// to.
func TestDrainPaused(t *testing.T) {
	for _, answered := range []bool{false, true} {
		d := newDrainer(t)
		d.wants(qp.WantSend)
		d.wants(qp.WantSend)
		d.modify(abi.StateSQD, abi.AttrEnSQDAsyncNotify, abi.CmdStatusOK)
		d.ack(0, abi.SyndromeNAKStopped)
		if d.c.State != abi.StatePaused || d.fx.Event != abi.EventPeerStopped {
			t.Fatalf("%v, event %v", d.c.State, d.fx.Event)
		}
		d.wants(0)
		if answered {
			d.ack(1, abi.SyndromeACK)
			if d.c.State != abi.StateSQD || d.c.SavedState != abi.StateReset {
				t.Fatalf("%v, saved %v", d.c.State, d.c.SavedState)
			}
			d.wants(qp.WantRetire)
			d.drained(true)
			d.wants(0)
			continue
		}
		m := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpMigration}, METH: wire.METH{Version: abi.METHVersion, Kind: abi.METHKindResume, Epoch: 1}}
		if v := d.stepOf(qp.Event{Cause: abi.CauseRX, Pkt: &m}); v != abi.VerdictOK || d.c.State != abi.StateSQD || d.c.SavedState != abi.StateReset {
			t.Fatalf("RESUME: %v, %v, saved %v", v, d.c.State, d.c.SavedState)
		}
		d.wants(qp.WantSend)
		if !d.fx.Retransmit || d.fx.Packet.PSN != 0 {
			t.Fatalf("%+v", d.fx.Packet)
		}
		d.wants(qp.WantSend)
		d.wants(0)
	}
}

// TestDrainMoved: a queue pair that is stopped in SQD is in SQD when it is activated, announces itself, and finishes.
func TestDrainMoved(t *testing.T) {
	for _, paused := range []bool{false, true} {
		d := newDrainer(t)
		d.wants(qp.WantSend)
		d.modify(abi.StateSQD, abi.AttrEnSQDAsyncNotify, abi.CmdStatusOK)
		if paused {
			d.ack(0, abi.SyndromeNAKStopped)
		}
		d.step(abi.CauseStall)
		if d.c.State != abi.StateStopped || d.c.SavedState != abi.StateSQD || !d.c.DrainDue {
			t.Fatalf("%v, saved %v", d.c.State, d.c.SavedState)
		}
		c, s := qp.Load(&d.c, 0)
		if s != abi.CmdStatusOK {
			t.Fatal(s)
		}
		d.c = c
		d.step(abi.CauseActivate)
		if d.c.State != abi.StateSQD || d.fx.Packet.METH.Kind != abi.METHKindResume || d.fx.Packet.METH.Flags != 1 {
			t.Fatalf("%v sends %+v", d.c.State, d.fx.Packet)
		}
		m := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpMigration}, METH: wire.METH{
			Version: abi.METHVersion, Kind: abi.METHKindResumeACK, PeerEpoch: 1, EPSN: 1,
		}}
		if v := d.stepOf(qp.Event{Cause: abi.CauseRX, Pkt: &m}); v != abi.VerdictOK {
			t.Fatal(v)
		}
		d.wants(qp.WantRetire)
		d.wants(qp.WantSend)
		if d.fx.Packet.PSN != 1 || d.fx.Packet.Op != abi.OpSendLast {
			t.Fatalf("%+v", d.fx.Packet)
		}
		d.ack(1, abi.SyndromeACK)
		d.wants(qp.WantRetire)
		d.drained(true)
		d.wants(0)
	}
}

// TestDrainFails: a queue that goes to ERR while it drains does not say that it is drained.
func TestDrainFails(t *testing.T) {
	d := newDrainer(t)
	d.wants(qp.WantSend)
	d.modify(abi.StateSQD, abi.AttrEnSQDAsyncNotify, abi.CmdStatusOK)
	d.ack(0, abi.SyndromeNAKRemOp)
	if d.c.State != abi.StateErr || d.c.DrainDue || d.fx.Event != abi.EventQPFatal {
		t.Fatalf("%v, event %v", d.c.State, d.fx.Event)
	}
}

// modify takes a peer from RTS to SQD, or back.
func (p *peer) modify(t *rapid.T) {
	to, attrs := abi.StateRTS, uint32(0)
	if p.c.State == abi.StateRTS {
		to, attrs = abi.StateSQD, abi.AttrEnSQDAsyncNotify
		p.drain, p.limit = true, p.begun
	}
	var fx qp.Effects
	if s := qp.Modify(&p.c, &abi.QPC{SQDNotify: true}, attrs, to, &fx); s != abi.CmdStatusOK {
		t.Fatalf("%s: to %v: %v", p.name, to, s)
	}
	if to == abi.StateRTS {
		p.drain = false
	}
	p.drains(t, abi.CauseCMD, &fx)
}

// drains checks that in SQD nothing is begun, and that SQ_DRAINED comes once, when what was begun is complete.
func (p *peer) drains(t *rapid.T, cause abi.Cause, fx *qp.Effects) {
	if cause == abi.CauseSend && fx.HasPacket && !fx.Retransmit {
		p.begun = p.c.SQSend
		if p.c.SQOff != 0 {
			p.begun++
		}
	}
	if p.c.State == abi.StateSQD && p.begun != p.limit {
		t.Fatalf("%s: in SQD %d work requests are begun, it was %d; %v", p.name, p.begun, p.limit, cause)
	}
	if fx.Event != abi.EventSQDrained {
		return
	}
	if !p.drain || p.c.SQACK != p.limit {
		t.Fatalf("%s: SQ_DRAINED, due %v, with %d complete of %d begun", p.name, p.drain, p.c.SQACK, p.limit)
	}
	p.drain = false
}
