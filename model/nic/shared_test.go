package nic_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// srqAt is where the elements of SRQ 2 are.
const srqAt = 0x2800

func sharing(t reporter) (w *world, slot uint16) {
	p := nic.DefaultParams()
	p.Features = abi.FeaturesAll
	w = newWorld(t, p)
	img := abi.SRQC{Base: srqAt, Log: 2, PD: pd}
	b := img.Image()
	if s, _, _ := w.cmd(abi.CMDCreateSRQ, 2, 0, b[:]); s != abi.CmdStatusOK {
		t.Fatalf("CREATE_SRQ: %v", s)
	}
	slot = w.connect()
	c, _ := w.core.Context(slot)
	c.UseSRQ, c.SRQN = true, 2
	if !w.core.SetContext(slot, c) {
		t.Fatal("the context does not go into its slot")
	}
	return w, slot
}

// TestSharedReceive follows a list that is not in the order of its slots, through a SEND, a WRITE with immediate data,
// and what happens when it is empty.
func TestSharedReceive(t *testing.T) {
	w, s := sharing(t)
	w.post(srqAt, 0, abi.WQE{NumSGE: 1, Length: 1000, VA: bufVA, LKey: key, Imm: 3})
	w.post(srqAt, 3, abi.WQE{Imm: 1})
	if r := w.apply(nic.Cause{Kind: abi.CauseDBSRQ, Slot: 2, Arg: 2}); r.Verdict != abi.VerdictOK || r.Slot != 2 || r.Ctx != [abi.QPCSize]byte{} {
		t.Fatalf("doorbell: %+v", r)
	}
	data := make([]byte, 300)
	w.rx(request(abi.OpSendFirst, 500, data[:256], func(p *wire.Packet) { p.BTH.AckReq = false }))
	w.effects("read 0x2800+64", "write 0x4000+256")
	if x, _ := w.core.SRQ(2); x.CI != 1 || x.Head != 3 {
		t.Fatalf("queue %+v", x)
	}
	w.rx(request(abi.OpSendLast, 501, data[256:], nil))
	w.effects("write 0x4100+44", "write 0x3800+32", "send ACKNOWLEDGE psn=501 again=false")
	w.rx(request(abi.OpRDMAWriteOnlyImm, 502, data[:5], func(p *wire.Packet) {
		p.RETH = wire.RETH{VA: bufVA + 0x800, RKey: key, Length: 5}
	}))
	w.effects("read 0x28c0+64", "write 0x4800+5", "write 0x3820+32", "send ACKNOWLEDGE psn=502 again=false")
	for i, want := range []abi.CQE{
		{QPN: qpn, Opcode: abi.WCOpcodeRecv, ByteLen: 300, WQEIdx: 0, Seq: 1},
		{QPN: qpn, Opcode: abi.WCOpcodeRecvRDMAImm, ByteLen: 5, WQEIdx: 3, Flags: abi.WCFlagImm, Seq: 2},
	} {
		if got := w.cqe(1, i); got != want {
			t.Errorf("completion %+v, want %+v", got, want)
		}
	}
	w.rx(request(abi.OpSendOnly, 503, nil, nil))
	w.effects("send ACKNOWLEDGE psn=503 again=false") // RNR NAK
	if p := w.sent[len(w.sent)-1]; p.AETH.Syndrome>>5 != 1 {
		t.Fatalf("an empty queue answers %v", &p)
	}
	if r := w.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: s, Arg: 1}); r.Verdict != abi.VerdictIgnored {
		t.Fatalf("a doorbell of its own: %v", r.Verdict)
	}
}

// TestSharedLimit: SRQ_LIMIT_REACHED stands before the completion of the receive that undercut the limit.
func TestSharedLimit(t *testing.T) {
	w, _ := sharing(t)
	w.post(srqAt, 0, abi.WQE{Imm: 1})
	w.post(srqAt, 1, abi.WQE{Imm: 2})
	w.apply(nic.Cause{Kind: abi.CauseDBSRQ, Slot: 2, Arg: 2})
	if s, _, _ := w.cmd(abi.CMDModifySRQ, 2, 2, nil); s != abi.CmdStatusOK {
		t.Fatal(s)
	}
	w.effects()
	w.rx(request(abi.OpSendOnly, 500, nil, nil))
	w.effects("read 0x2800+64", "event SRQ_LIMIT_REACHED 2", "write 0x3800+32", "send ACKNOWLEDGE psn=500 again=false")
	w.rx(request(abi.OpSendOnly, 501, nil, nil))
	w.effects("read 0x2840+64", "write 0x3820+32", "send ACKNOWLEDGE psn=501 again=false")
	if s, _, _ := w.cmd(abi.CMDModifySRQ, 2, 1, nil); s != abi.CmdStatusOK {
		t.Fatal(s)
	}
	w.effects("event SRQ_LIMIT_REACHED 2")
}

// TestSharedQueueGone: a queue pair whose shared receive queue is destroyed takes nothing.
func TestSharedQueueGone(t *testing.T) {
	w, _ := sharing(t)
	w.post(srqAt, 0, abi.WQE{Imm: 1})
	w.apply(nic.Cause{Kind: abi.CauseDBSRQ, Slot: 2, Arg: 1})
	for _, n := range []uint32{2, 3, 99} {
		want := abi.CmdStatusBadIndex
		if n == 2 {
			want = abi.CmdStatusOK
		}
		if s, _, _ := w.cmd(abi.CMDDestroySRQ, n, 0, nil); s != want {
			t.Errorf("DESTROY_SRQ %d: %v", n, s)
		}
	}
	w.rx(request(abi.OpSendOnly, 500, nil, nil))
	w.effects("send ACKNOWLEDGE psn=500 again=false")
	p := nic.DefaultParams()
	if s, _, _ := newWorld(t, p).cmd(abi.CMDDumpSRQ, 0, 0, nil); s != abi.CmdStatusBadOpcode {
		t.Errorf("DUMP_SRQ without the feature: %v", s)
	}
	p.Features = abi.FeatureRead
	img := abi.QPC{QPN: qpn, UseSRQ: true}
	b := img.ImageFull()
	if s, _, _ := newWorld(t, p).cmd(abi.CMDCreateQP, 0, 0, b[:]); s != abi.CmdStatusBadAttr {
		t.Errorf("CREATE_QP with a shared receive queue without the feature: %v", s)
	}
}
