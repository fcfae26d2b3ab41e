package nic_test

import (
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

func reth(va uint64, key, n uint32) func(*wire.Packet) {
	return func(p *wire.Packet) { p.RETH = wire.RETH{VA: va, RKey: key, Length: n} }
}

// TestRefusals: requests that a responder refuses, with the answer, the event, and how the receive at hand
// completes. IBTA 9.7.4.1, 9.7.5.1.5, 10.3.1.7. The queue pair goes to ERR and flushes.
func TestRefusals(t *testing.T) {
	long := make([]byte, 256)
	recv := abi.WQE{NumSGE: 1, Length: 300, VA: bufVA, LKey: key}
	noKey := recv
	noKey.LKey++
	for _, c := range []struct {
		name   string
		recv   abi.WQE
		before [][]byte
		frame  []byte
		answer abi.Syndrome
		event  abi.Event
		status abi.WCStatus
	}{
		{"middle without first", recv, nil, request(abi.OpSendMiddle, 500, long, nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"first in a message", recv, [][]byte{request(abi.OpSendFirst, 500, long, nil)}, request(abi.OpSendFirst, 501, long, nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"write in a send", recv, [][]byte{request(abi.OpSendFirst, 500, long, nil)}, request(abi.OpRDMAWriteLast, 501, long, nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"first shorter than the MTU", recv, nil, request(abi.OpSendFirst, 500, long[:255], nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"longer than the MTU", recv, nil, request(abi.OpSendOnly, 500, append(long, 1), nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"READ, which is not served", recv, nil, request(abi.OpRDMAReadRequest, 500, nil, nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"longer than the receive", abi.WQE{NumSGE: 1, Length: 4, VA: bufVA, LKey: key}, nil, request(abi.OpSendOnly, 500, long[:5], nil),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusLocLenErr},
		{"longer than the receive, in the second packet", recv, [][]byte{request(abi.OpSendFirst, 500, long, nil)},
			request(abi.OpSendLast, 501, long[:45], nil), abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusLocLenErr},
		{"receive with a bad key", noKey, nil, request(abi.OpSendOnly, 500, long, nil),
			abi.SyndromeNAKRemOp, abi.EventQPFatal, abi.WCStatusLocProtErr},
		{"write with a bad key", recv, nil, request(abi.OpRDMAWriteOnly, 500, long, reth(bufVA, key+1, 256)),
			abi.SyndromeNAKRemAccess, abi.EventQPAccessErr, abi.WCStatusWrFlushErr},
		{"write out of bounds", recv, nil, request(abi.OpRDMAWriteOnly, 500, long, reth(bufVA+bufLen-255, key, 256)),
			abi.SyndromeNAKRemAccess, abi.EventQPAccessErr, abi.WCStatusWrFlushErr},
		{"write shorter than it says", recv, nil, request(abi.OpRDMAWriteOnly, 500, long, reth(bufVA, key, 255)),
			abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"write that ends early", recv, [][]byte{request(abi.OpRDMAWriteFirst, 500, long, reth(bufVA, key, 600))},
			request(abi.OpRDMAWriteLast, 501, long, nil), abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
		{"write that does not end", recv, [][]byte{request(abi.OpRDMAWriteFirst, 500, long, reth(bufVA, key, 512))},
			request(abi.OpRDMAWriteMiddle, 501, long, nil), abi.SyndromeNAKInvReq, abi.EventQPReqErr, abi.WCStatusWrFlushErr},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, nic.DefaultParams())
			s := w.connect()
			w.post(rqAt, 0, c.recv)
			w.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: s, Arg: 1})
			for _, f := range c.before {
				if rec := w.rx(f); rec.Verdict != abi.VerdictOK {
					t.Fatalf("before: %v", rec.Verdict)
				}
			}
			psn := uint32(500 + len(c.before))
			rec := w.rx(c.frame)
			if rec.Verdict != abi.VerdictNaked || len(w.sent) != 1 {
				t.Fatalf("%v, %q", rec.Verdict, w.log)
			}
			if a := w.sent[0]; a.AETH.Syndrome != uint8(c.answer) || uint32(a.BTH.PSN) != psn || a.AETH.MSN != 0 {
				t.Fatalf("answered %#x at %d, msn %d", a.AETH.Syndrome, a.BTH.PSN, a.AETH.MSN)
			}
			if q, _ := w.core.Context(s); q.State != abi.StateErr {
				t.Fatalf("state %v", q.State)
			}
			if v, _ := w.core.ReadReg(abi.RegEvent); abi.Event(v>>24) != c.event || v&0xffffff != qpn {
				t.Fatalf("event %#x", v)
			}
			w.apply(nic.Cause{Kind: abi.CauseFlushRQ, Slot: s})
			if e := w.cqe(1, 0); e.Status != c.status || e.Seq != 1 || e.Opcode != abi.WCOpcodeRecv {
				t.Fatalf("completion %+v", e)
			}
			if rec := w.rx(c.frame); rec.Verdict != abi.VerdictDropState {
				t.Fatalf("again: %v", rec.Verdict)
			}
		})
	}
}

// TestResponses: what a requester with PSNs 100..102 outstanding (three work requests) makes of responses:
// the verdict, the statuses with which the requests complete, and the event.
func TestResponses(t *testing.T) {
	ack := func(psn uint32, s abi.Syndrome) []byte {
		return request(abi.OpAcknowledge, psn, nil, func(p *wire.Packet) { p.AETH.Syndrome = uint8(s) })
	}
	const ok, flush = abi.WCStatusSuccess, abi.WCStatusWrFlushErr
	for _, c := range []struct {
		name    string
		frame   []byte
		verdict abi.Verdict
		status  []abi.WCStatus
		event   abi.Event
	}{
		{"ACK of the first", ack(100, abi.SyndromeACK), abi.VerdictOK, []abi.WCStatus{ok}, 0},
		{"ACK of all", ack(102, abi.SyndromeACK), abi.VerdictOK, []abi.WCStatus{ok, ok, ok}, 0},
		{"ACK of the past", ack(99, abi.SyndromeACK), abi.VerdictDuplicate, nil, 0},
		{"ACK of the future", ack(103, abi.SyndromeACK), abi.VerdictDropGhost, nil, 0},
		{"sequence NAK", ack(101, abi.SyndromeNAKPSNSeq), abi.VerdictOK, []abi.WCStatus{ok}, 0},
		{"RNR NAK", ack(101, abi.SyndromeRNRNAK|3), abi.VerdictOK, []abi.WCStatus{ok}, 0},
		{"invalid request", ack(101, abi.SyndromeNAKInvReq), abi.VerdictOK, []abi.WCStatus{ok, abi.WCStatusRemInvReqErr, flush}, abi.EventQPFatal},
		{"access error", ack(100, abi.SyndromeNAKRemAccess), abi.VerdictOK, []abi.WCStatus{abi.WCStatusRemAccessErr, flush, flush}, abi.EventQPFatal},
		{"operation error", ack(102, abi.SyndromeNAKRemOp), abi.VerdictOK, []abi.WCStatus{ok, ok, abi.WCStatusRemOpErr}, abi.EventQPFatal},
		{"NAK of the future", ack(103, abi.SyndromeNAKRemOp), abi.VerdictDropGhost, nil, 0},
		{"unknown syndrome", ack(100, 0x7f), abi.VerdictDropSyndrome, nil, 0},
		{"NAK_STOPPED", ack(100, abi.SyndromeNAKStopped), abi.VerdictOK, nil, abi.EventPeerStopped},
		{"NAK_STOPPED of the future", ack(104, abi.SyndromeNAKStopped), abi.VerdictDropProgress, nil, 0},
		{"READ response", request(abi.OpRDMAReadResponseOnly, 100, nil, nil), abi.VerdictDropGhost, nil, 0},
		{"wrong P_Key", request(abi.OpAcknowledge, 100, nil, func(p *wire.Packet) { p.BTH.PKey = 1 }), abi.VerdictDropPKey, nil, 0},
		{"wrong source", request(abi.OpAcknowledge, 100, nil, func(p *wire.Packet) { p.SrcIP = otherIP }), abi.VerdictDropSource, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, nic.DefaultParams())
			s := w.connect()
			for i := range uint16(3) {
				w.post(sqAt, i, abi.WQE{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled})
			}
			w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 3})
			for range 3 {
				w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
			}
			if rec := w.rx(c.frame); rec.Verdict != c.verdict {
				t.Fatalf("%v, want %v", rec.Verdict, c.verdict)
			}
			v, _ := w.core.ReadReg(abi.RegEvent)
			if abi.Event(v>>24) != c.event {
				t.Fatalf("event %#x, want %v", v, c.event)
			}
			for range 5 {
				w.apply(nic.Cause{Kind: abi.CauseRetire, Slot: s})
				w.apply(nic.Cause{Kind: abi.CauseFlushSQ, Slot: s})
			}
			var got []abi.WCStatus
			for i := range 3 {
				if e := w.cqe(0, i); e.Seq != 0 {
					got = append(got, e.Status)
				}
			}
			if !slices.Equal(got, c.status) {
				t.Fatalf("completions %v, want %v", got, c.status)
			}
		})
	}
}

// TestBadRequests: work requests that this side finds bad wait until those before them are complete. IBTA 10.8.3.1.
func TestBadRequests(t *testing.T) {
	good := abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 4, VA: bufVA, LKey: key, Flags: abi.WRFlagSignaled}
	for _, c := range []struct {
		name   string
		edit   func(*abi.WQE)
		status abi.WCStatus
	}{
		{"opcode", func(w *abi.WQE) { w.Opcode = 1 }, abi.WCStatusLocQPOpErr},
		{"two SGEs", func(w *abi.WQE) { w.NumSGE = 2 }, abi.WCStatusLocQPOpErr},
		{"no SGE", func(w *abi.WQE) { w.NumSGE = 0 }, abi.WCStatusLocQPOpErr},
		{"length", func(w *abi.WQE) { w.Length = 1<<31 + 1 }, abi.WCStatusLocLenErr},
		{"key", func(w *abi.WQE) { w.LKey++ }, abi.WCStatusLocProtErr},
		{"bounds", func(w *abi.WQE) { w.VA = bufVA + bufLen - 3 }, abi.WCStatusLocProtErr},
	} {
		w := newWorld(t, nic.DefaultParams())
		s := w.connect()
		bad := good
		c.edit(&bad)
		w.post(sqAt, 0, good)
		w.post(sqAt, 1, bad)
		w.post(sqAt, 2, good)
		w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 3})
		for range 4 {
			w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
		}
		if w.core.Counter(abi.CounterTXFrames) != 1 || w.cqe(0, 0).Seq != 0 {
			t.Fatalf("%s: %d frames, completion %+v", c.name, w.core.Counter(abi.CounterTXFrames), w.cqe(0, 0))
		}
		w.rx(ackOf(100))
		for range 4 {
			w.apply(nic.Cause{Kind: abi.CauseRetire, Slot: s})
			w.apply(nic.Cause{Kind: abi.CauseFlushSQ, Slot: s})
		}
		for i, want := range []abi.WCStatus{abi.WCStatusSuccess, c.status, abi.WCStatusWrFlushErr} {
			if e := w.cqe(0, i); e.Status != want || e.WQEIdx != uint16(i) || e.Seq != uint32(i+1) {
				t.Errorf("%s: completion %d %+v, want %v", c.name, i, e, want)
			}
		}
	}
}
