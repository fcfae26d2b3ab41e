package qp_test

import (
	"bytes"

	"github.com/godwit-rdma/godwit/model/abi"
	"pgregory.net/rapid"
)

// write changes a byte of a peer's memory: once, but for the words that atomics count in.
func (p *peer) write(t *rapid.T, va uint64, b byte) {
	p.mem[va] = b
	if va < sourceAt {
		return
	}
	if p.wrote[va]++; p.wrote[va] > 1 {
		t.Fatalf("%s: byte %#x is written again", p.name, va)
	}
}

// takes tells whether an operation takes a receive of the partner.
func takes(op abi.WROpcode) bool {
	switch op {
	case abi.WROpcodeSend, abi.WROpcodeSendImm, abi.WROpcodeSendInv, abi.WROpcodeRDMAWriteImm:
		return true
	}
	return false
}

// received is the completion of the partner's receive number n, nil if there is none yet.
func (p *peer) received(n int) *abi.CQE {
	for i := range p.out.cqes {
		if e := &p.out.cqes[i]; e.Opcode >= abi.WCOpcodeRecv {
			if n == 0 {
				return e
			}
			n--
		}
	}
	return nil
}

// effective checks, at the moment in which a work request completes, that its effect is there: P2.
func (p *peer) effective(t *rapid.T, e *abi.CQE) {
	if e.Status != abi.WCStatusSuccess {
		t.Fatalf("%s: #%d completes with %v", p.name, e.WQEIdx, e.Status)
	}
	if e.Opcode >= abi.WCOpcodeRecv {
		return
	}
	i := int(e.WQEIdx)
	w := &p.list[i]
	if have := p.holds(&w.element, uint32(len(w.want))); !bytes.Equal(have, w.want) {
		t.Fatalf("%s: #%d %v: % x, want % x", p.name, i, w.wqe.Opcode, have, w.want)
	}
	to := &element{wqe: abi.WQE{VA: w.wqe.RemoteVA}}
	if takes(w.wqe.Opcode) {
		n := 0
		for _, before := range p.list[:i] {
			if takes(before.wqe.Opcode) {
				n++
			}
		}
		got := p.received(n)
		if got == nil {
			t.Fatalf("%s: #%d %v completes, and is not received", p.name, i, w.wqe.Opcode)
		}
		wantFlags := map[abi.WROpcode]abi.WCFlag{ // looked up only
			abi.WROpcodeSendImm: abi.WCFlagImm, abi.WROpcodeRDMAWriteImm: abi.WCFlagImm, abi.WROpcodeSendInv: abi.WCFlagInv,
		}[w.wqe.Opcode]
		if got.ByteLen != w.wqe.Length || got.Flags != wantFlags || wantFlags != 0 && got.Imm != w.wqe.Imm || int(got.WQEIdx) != n ||
			p.out.asked[n] != (w.wqe.Flags&abi.WRFlagSolicited != 0) {
			t.Fatalf("%s: #%d %v arrives as %+v", p.name, i, w.wqe.Opcode, got)
		}
		if w.wqe.Opcode != abi.WROpcodeRDMAWriteImm {
			to = &p.out.rq[n]
		}
	} else if w.wqe.Opcode != abi.WROpcodeRDMAWrite {
		return
	}
	arrives := w.want
	if w.inline != nil {
		arrives = w.inline
	}
	if have := p.out.holds(to, w.wqe.Length); !bytes.Equal(have, arrives) {
		t.Fatalf("%s: #%d %v: other bytes arrive", p.name, i, w.wqe.Opcode)
	}
}

// judge checks that everything completed in the end, once and in order, and that nothing else was received.
func judge(t *rapid.T, p *peer) {
	if p.c.State != abi.StateRTS {
		t.Fatalf("%s", p.text())
	}
	sent, receives := 0, 0
	for _, e := range p.cqes {
		if e.Opcode >= abi.WCOpcodeRecv {
			continue
		}
		if int(e.WQEIdx) != sent {
			t.Fatalf("%s: completion %d is of #%d", p.name, sent, e.WQEIdx)
		}
		sent++
	}
	if sent != len(p.list) {
		t.Fatalf("%s: %d of %d complete; %s %s", p.name, sent, len(p.list), p.text(), p.out.text())
	}
	for _, w := range p.list {
		if takes(w.wqe.Opcode) {
			receives++
		}
	}
	if p.received(receives) != nil {
		t.Fatalf("%s: receives complete for nothing", p.out.name)
	}
}
