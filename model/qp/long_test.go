package qp_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// longPair carries one message between two queue pairs that have no memory: what is checked is that each byte of it is
// taken from its place and put in its place, once and in order.
type longPair struct {
	t        *testing.T
	a, b     abi.QPC
	wqe      abi.WQE
	recv     abi.WQE
	fx       qp.Effects
	ev       qp.Event
	payload  [4096]byte
	arrived  uint64 // bytes that are in their place
	done     int    // completions at a
	received int    // and at b
}

const longVA, longRemote = 1 << 40, 1 << 50

// newLong is a connection whose message begins near the end of the PSNs.
func newLong(t *testing.T, op abi.WROpcode, pmtu uint8, length uint32) *longPair {
	first := psn.New(1<<24 - 100)
	c := abi.QPC{
		PKey: 0xffff, State: abi.StateRTS, PMTU: pmtu, Access: abi.AccessRemoteWrite | abi.AccessRemoteRead, SQSigAll: true, RetryCnt: 7, RetryLeft: 7,
		NextPSN: first, MaxPSN: first, UnaPSN: first, HeadPSN: first, EPSN: first, MaxRdAtomic: 1, MaxDestRdAtomic: 1, SQPI: 1, RQPI: 1,
	}
	l := &longPair{t: t, a: c, b: c}
	l.b.SQPI = 0
	l.wqe = abi.WQE{Opcode: op, NumSGE: 1, Length: length, VA: longVA, LKey: 1, RemoteVA: longRemote, RKey: 2}
	l.recv = abi.WQE{NumSGE: 1, Length: length, VA: longRemote, LKey: 2}
	return l
}

// step executes a cause at one side, and what it sends at the other.
func (l *longPair) step(at *abi.QPC, cause abi.Cause, pkt *wire.Packet) {
	other, local := &l.b, uint64(longVA)
	if at == &l.b {
		other, local = &l.a, longRemote
	}
	l.ev = qp.Event{Cause: cause, Pkt: pkt, Features: abi.FeaturesAll, WQE: l.wqe}
	if at == &l.b {
		l.ev.WQE = l.recv
	}
	r, ok := qp.Check(at, &l.ev)
	if l.ev.MROK = ok; ok && (r.VA < local || r.VA-local+uint64(r.Len) > uint64(l.wqe.Length)) {
		l.t.Fatalf("%v checks %#x+%d of %#x+%d", cause, r.VA, r.Len, local, l.wqe.Length)
	}
	v := qp.Step(at, &l.ev, &l.fx)
	if v != abi.VerdictOK || at.State != abi.StateRTS {
		l.t.Fatalf("%v: %v, %v", cause, v, at.State)
	}
	if l.fx.Write != 0 {
		if r.VA != local+l.arrived {
			l.t.Fatalf("%d bytes go to %#x, want %#x", l.fx.Write, r.VA, local+l.arrived)
		}
		l.arrived += uint64(l.fx.Write)
	}
	if l.fx.HasCQE {
		if l.fx.CQE.ByteLen != l.wqe.Length || l.arrived != uint64(l.wqe.Length) {
			l.t.Fatalf("completion of %d bytes after %d", l.fx.CQE.ByteLen, l.arrived)
		}
		if at == &l.a {
			l.done++
		} else {
			l.received++
		}
	}
	if !l.fx.HasPacket {
		return
	}
	o := l.fx.Packet
	l.out(&o, r.VA+uint64(o.Off)-local, other)
}

// out carries a packet whose payload begins at byte off of the message.
func (l *longPair) out(o *qp.Out, off uint64, to *abi.QPC) {
	if o.Len != 0 && off != l.arrived {
		l.t.Fatalf("%v has the bytes from %d, want %d", o.Op, off, l.arrived)
	}
	pkt := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: o.Op, AckReq: o.AckReq, PSN: o.PSN}, RETH: o.RETH, AETH: o.AETH, Payload: l.payload[:o.Len]}
	l.step(to, abi.CauseRX, &pkt)
}

// TestLongMessages: messages of 2 GiB, and of a byte less and more, in as many packets as that takes, across the end of
// the PSNs. Nothing of them is in memory.
func TestLongMessages(t *testing.T) {
	for _, c := range []struct {
		op     abi.WROpcode
		pmtu   uint8
		length uint32
	}{
		{abi.WROpcodeSend, 5, 1 << 31}, {abi.WROpcodeRDMAWrite, 5, 1<<31 - 1}, {abi.WROpcodeRDMARead, 5, 1 << 31},
		{abi.WROpcodeSend, 1, 1 << 31}, {abi.WROpcodeRDMARead, 2, 1 << 31}, {abi.WROpcodeRDMARead, 1, 1 << 30},
	} {
		if testing.Short() && c.pmtu != 5 {
			continue
		}
		l := newLong(t, c.op, c.pmtu, c.length)
		for steps := 0; ; steps++ {
			switch w, b := qp.Wants(&l.a), qp.Wants(&l.b); {
			case b&qp.WantRespond != 0:
				l.step(&l.b, abi.CauseRespond, nil)
				continue
			case w&qp.WantRetire != 0:
				l.step(&l.a, abi.CauseRetire, nil)
				continue
			case w&qp.WantSend != 0:
				l.step(&l.a, abi.CauseSend, nil)
				continue
			}
			break
		}
		receives := 0
		if c.op == abi.WROpcodeSend {
			receives = 1
		}
		packets := (c.length-1)>>(7+c.pmtu) + 1
		if l.done != 1 || l.received != receives || l.a.UnaPSN != psn.New(1<<24-100).Add(int32(packets)) {
			t.Errorf("%v of %d at path MTU %d: %d and %d completions, una %v", c.op, c.length, 128<<c.pmtu, l.done, l.received, l.a.UnaPSN)
		}
	}
	for _, c := range []struct {
		op     abi.WROpcode
		pmtu   uint8
		length uint32
	}{{abi.WROpcodeSend, 5, 1<<31 + 1}, {abi.WROpcodeRDMAWrite, 5, 1<<31 + 1}, {abi.WROpcodeRDMARead, 5, 1<<31 + 1}, {abi.WROpcodeRDMARead, 1, 1<<30 + 1}} {
		l := newLong(t, c.op, c.pmtu, c.length)
		ev := qp.Event{Cause: abi.CauseSend, WQE: l.wqe, MROK: true, Features: abi.FeaturesAll}
		if qp.Step(&l.a, &ev, &l.fx); l.a.SQErr != abi.WCStatusLocLenErr || l.fx.HasPacket {
			t.Errorf("%v of %d at path MTU %d: %v", c.op, c.length, 128<<c.pmtu, l.a.SQErr)
		}
	}
}
