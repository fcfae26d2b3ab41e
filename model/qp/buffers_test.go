package qp_test

import (
	"encoding/binary"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
	"pgregory.net/rapid"
)

// stride is that of the rings of peers: room for 12 buffers, or 192 bytes inline.
const stride = 2

// element is a slot of a ring.
type element struct {
	wqe    abi.WQE
	sgl    []abi.SGE // behind it, if it has a list
	inline []byte    // or this
}

// spread draws how the buffer of a work request is cut up: into parts that lie in its memory in reverse order.
func spread(t *rapid.T, w abi.WQE) element {
	n := rapid.SampledFrom([]uint32{1, 1, 2, 3, 12}).Draw(t, "buffers")
	if n == 1 {
		if w.NumSGE = 0; w.Length != 0 {
			w.NumSGE = 1
		}
		return element{wqe: w}
	}
	e := element{wqe: w}
	e.wqe.NumSGE, e.wqe.VA, e.wqe.LKey = uint8(n), 0xdead, 0xdead
	left := w.Length
	for i := range n {
		part := rapid.Uint32Range(0, left).Draw(t, "part")
		if i == n-1 {
			part = left
		}
		left -= part
		e.sgl = append(e.sgl, abi.SGE{VA: w.VA + uint64(left), Length: part, LKey: w.LKey})
	}
	return e
}

// at is the address of byte i of the buffers.
func (e *element) at(i uint32) uint64 {
	for _, s := range e.sgl {
		if i < s.Length {
			return s.VA + uint64(i)
		}
		i -= s.Length
	}
	return e.wqe.VA + uint64(i)
}

// holds is the first n bytes that are in a work request's buffers.
func (p *peer) holds(e *element, n uint32) []byte {
	b := make([]byte, 0, n)
	for i := range n {
		b = append(b, p.mem[e.at(i)])
	}
	return b
}

// check does the region check of a step, byte by byte if it is of a list. where is the address of byte i, counted from
// offset off in a list, of what the step then reads or writes.
func (p *peer) check(ev *qp.Event, e *element) (where func(off, i uint32) uint64) {
	inside := func(va uint64, key uint32) bool { return key == 1 && va < memSize }
	if len(ev.SGL) != 0 {
		s, ok := qp.CheckList(&p.c, ev)
		ev.MROK = ok
		for i := s.Off; ok && i < s.Off+s.Len; i++ {
			ev.MROK = ev.MROK && inside(e.at(i), 1)
		}
		for _, x := range ev.SGL {
			ev.MROK = ev.MROK && (x.LKey == 1 || x.Length == 0)
		}
		if ev.Cause == abi.CauseSend {
			return func(_, i uint32) uint64 { return e.at(i) }
		}
		return func(off, i uint32) uint64 { return e.at(off + i) }
	}
	r, ok := qp.Check(&p.c, ev)
	if ok {
		ev.MROK = inside(r.VA, r.Key) && r.VA+uint64(r.Len) <= memSize
		if ev.MROK && r.Access == abi.AccessRemoteAtomic {
			ev.Old = binary.LittleEndian.Uint64(p.mem[r.VA:])
		}
	}
	return func(_, i uint32) uint64 { return r.VA + uint64(i) }
}

// TestMalformedBuffers: what a work request with a list or inline data completes with, and what a receive refuses.
func TestMalformedBuffers(t *testing.T) {
	list := func(n ...uint32) (l []abi.SGE) {
		for _, n := range n {
			l = append(l, abi.SGE{Length: n, LKey: 1})
		}
		return l
	}
	for _, c := range []struct {
		name string
		wqe  abi.WQE
		sgl  []abi.SGE
		has  abi.Feature
		want abi.WCStatus
	}{
		{"a list", abi.WQE{NumSGE: 2, Length: 30}, list(10, 20), abi.FeaturesAll, abi.WCStatusSuccess},
		{"a list of nothing", abi.WQE{NumSGE: 2}, list(0, 0), abi.FeaturesAll, abi.WCStatusSuccess},
		{"too short", abi.WQE{NumSGE: 2, Length: 31}, list(10, 20), abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"too long", abi.WQE{NumSGE: 2, Length: 29}, list(10, 20), abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"sum wraps", abi.WQE{NumSGE: 3, Length: 30}, list(10, 1<<31, 1<<31+20), abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"without the feature", abi.WQE{NumSGE: 2, Length: 30}, list(10, 20), abi.FeaturesAll &^ abi.FeatureSGL, abi.WCStatusLocQPOpErr},
		{"longer than the slot", abi.WQE{NumSGE: 13, Length: 13}, list(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"inline", abi.WQE{Flags: abi.WRFlagInline, Length: 192}, nil, abi.FeaturesAll, abi.WCStatusSuccess},
		{"inline, longer than the slot", abi.WQE{Flags: abi.WRFlagInline, Length: 193}, nil, abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"inline and a list", abi.WQE{Flags: abi.WRFlagInline, NumSGE: 2, Length: 3}, list(1, 2), abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"READ inline", abi.WQE{Flags: abi.WRFlagInline, Opcode: abi.WROpcodeRDMARead, Length: 8}, nil, abi.FeaturesAll, abi.WCStatusLocQPOpErr},
		{"inline without the feature", abi.WQE{Flags: abi.WRFlagInline, Length: 8}, nil, abi.FeaturesAll &^ abi.FeatureInline, abi.WCStatusLocQPOpErr},
	} {
		if c.wqe.Opcode == 0 {
			c.wqe.Opcode = abi.WROpcodeSend
		}
		x := abi.QPC{PKey: 0xffff, State: abi.StateRTS, PMTU: 1, SQLog: 1, SQPI: 1, SQStride: stride, MaxRdAtomic: 1}
		ev := qp.Event{Cause: abi.CauseSend, WQE: c.wqe, MROK: true, Features: c.has}
		ev.SGL = c.sgl[:qp.List(&x, &ev)]
		var fx qp.Effects
		qp.Step(&x, &ev, &fx)
		if x.SQErr != c.want || fx.HasPacket != (c.want == abi.WCStatusSuccess) {
			t.Errorf("%s: sent %v, status %v, want %v", c.name, fx.HasPacket, x.SQErr, c.want)
		}
	}
	x := abi.QPC{PKey: 0xffff, State: abi.StateRTS, PMTU: 1, RQLog: 1, RQPI: 1, RQStride: 1}
	pkt := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpSendOnly}, Payload: make([]byte, 20)}
	ev := qp.Event{Cause: abi.CauseRX, Pkt: &pkt, WQE: abi.WQE{NumSGE: 3, Length: 30}, MROK: true, Features: abi.FeaturesAll}
	ev.SGL = list(10, 10, 11)[:qp.List(&x, &ev)]
	var fx qp.Effects
	if v := qp.Step(&x, &ev, &fx); v != abi.VerdictNaked || x.RQErr != abi.WCStatusLocQPOpErr || fx.Packet.AETH.Syndrome != uint8(abi.SyndromeNAKRemOp) {
		t.Errorf("a receive whose list is longer than it says: %v, status %v, syndrome %#x", v, x.RQErr, fx.Packet.AETH.Syndrome)
	}
}
