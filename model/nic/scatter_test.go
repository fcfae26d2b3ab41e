package nic_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// slot2 is the bytes of a slot of stride 2.
const slot2 = abi.WQESize << 2

// lists makes a world whose queue pair has slots with room for 12 buffers.
func lists(t reporter) (*world, uint16) {
	p := nic.DefaultParams()
	p.Features = abi.FeaturesAll
	w := newWorld(t, p)
	full := func(edit func(*abi.QPC)) []byte {
		a := attrs()
		a.SQStride, a.RQStride, a.SQLog, a.RQLog, a.MaxRdAtomic = 2, 2, 2, 2, 1
		if edit != nil {
			edit(&a)
		}
		p := a.ImageFull()
		return p[:]
	}
	for n := range uint32(2) {
		c := abi.CQC{Base: cqAt + uint64(n)*0x800, Log: ringLog}
		p := c.Image()
		w.ok(abi.CMDCreateCQ, n, 0, p[:])
	}
	w.region()
	slot := w.ok(abi.CMDCreateQP, 0, 0, full(nil))
	for _, to := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS} {
		w.ok(abi.CMDModifyQP, slot|uint32(to)<<24, abi.AttrsDriver&^abi.AttrState, full(nil))
	}
	return w, uint16(slot)
}

// postList puts a work request with a list into a ring.
func (w *world) postList(ring uint64, index uint16, x abi.WQE, list ...abi.SGE) {
	x.NumSGE, x.Length = uint8(len(list)), 0
	var b []byte
	for _, s := range list {
		x.Length += s.Length
		e := s.Image()
		b = append(b, e[:]...)
	}
	p := x.Image()
	if err := w.ram.Write(ring+uint64(index)*slot2, append(p[:], b...)); err != nil {
		w.t.Fatal(err)
	}
}

// reads and writes of a step, without those of elements and completions.
func (w *world) payload() (log []string) {
	for _, l := range w.log {
		var what string
		var addr uint64
		if n, _ := fmt.Sscanf(l, "%s %v+", &what, &addr); n == 2 && addr >= bufAt && (what == "read" || what == "write") {
			log = append(log, l)
		}
	}
	return log
}

func (w *world) expectPayload(want ...string) {
	w.t.Helper()
	if got := w.payload(); !slices.Equal(got, want) {
		w.t.Fatalf("payload moves as %q, want %q; all of it: %q", got, want, w.log)
	}
}

// TestListSend: a message is gathered from its buffers, packet by packet.
func TestListSend(t *testing.T) {
	w, s := lists(t)
	data := make([]byte, 1000)
	for i := range data {
		data[i] = byte(i*7 + i>>8)
	}
	w.ram.DMAWrite(bufAt, data)
	w.postList(sqAt, 0, abi.WQE{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled},
		abi.SGE{VA: bufVA + 500, Length: 300, LKey: key}, abi.SGE{LKey: 0xbad}, abi.SGE{VA: bufVA, Length: 100, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 1})
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.effects("read 0x1000+64", "read 0x1040+48", fmt.Sprintf("read %#x+256", bufAt+500), "send SEND_FIRST psn=100 again=false", "timer 0 16")
	first := slices.Clone(w.sent[0].Payload)
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.expectPayload(fmt.Sprintf("read %#x+44", bufAt+756), fmt.Sprintf("read %#x+100", bufAt))
	if got := append(first, w.sent[0].Payload...); !bytes.Equal(got, append(slices.Clone(data[500:800]), data[:100]...)) {
		t.Fatal("other bytes are sent")
	}
}

// TestListReceive: a message is scattered, and the list is read again for each packet.
func TestListReceive(t *testing.T) {
	w, s := lists(t)
	w.postList(rqAt, 0, abi.WQE{}, abi.SGE{VA: bufVA + 0x100, Length: 10, LKey: key}, abi.SGE{VA: bufVA + 0x200, Length: 250, LKey: key},
		abi.SGE{VA: bufVA + 0x400, Length: 0, LKey: key}, abi.SGE{VA: bufVA + 0x300, Length: 100, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: s, Arg: 1})
	data := make([]byte, 300)
	for i := range data {
		data[i] = byte(i*3 + 1)
	}
	w.rx(request(abi.OpSendFirst, 500, data[:256], nil))
	w.expectPayload(fmt.Sprintf("write %#x+10", bufAt+0x100), fmt.Sprintf("write %#x+246", bufAt+0x200))
	w.rx(request(abi.OpSendLast, 501, data[256:], nil))
	w.expectPayload(fmt.Sprintf("write %#x+4", bufAt+0x200+246), fmt.Sprintf("write %#x+40", bufAt+0x300))
	got := make([]byte, 0x400)
	w.ram.DMARead(bufAt, got)
	if have := slices.Concat(got[0x100:0x10a], got[0x200:0x200+250], got[0x300:0x300+40]); !bytes.Equal(have, data) {
		t.Fatal("other bytes arrive")
	}
	if e := w.cqe(1, 0); e.ByteLen != 300 || e.Status != abi.WCStatusSuccess {
		t.Fatalf("completion %+v", e)
	}
}

// TestListRead: a READ is scattered; one buffer that is not the program's makes all of it fail before it begins.
func TestListRead(t *testing.T) {
	w, s := lists(t)
	x := abi.WQE{Opcode: abi.WROpcodeRDMARead, Flags: abi.WRFlagSignaled, RemoteVA: 0x9000, RKey: 9}
	w.postList(sqAt, 0, x, abi.SGE{VA: bufVA + 0x300, Length: 200, LKey: key}, abi.SGE{VA: bufVA, Length: 100, LKey: key})
	w.postList(sqAt, 1, x, abi.SGE{VA: bufVA + 0x300, Length: 200, LKey: key}, abi.SGE{VA: bufVA + bufLen - 99, Length: 100, LKey: key})
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 2})
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	ack := func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeACK) }
	w.rx(request(abi.OpRDMAReadResponseFirst, 100, make([]byte, 256), ack))
	w.expectPayload(fmt.Sprintf("write %#x+200", bufAt+0x300), fmt.Sprintf("write %#x+56", bufAt))
	w.rx(request(abi.OpRDMAReadResponseLast, 101, make([]byte, 44), ack))
	w.expectPayload(fmt.Sprintf("write %#x+44", bufAt+56))
	w.apply(nic.Cause{Kind: abi.CauseRetire, Slot: s})
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.apply(nic.Cause{Kind: abi.CauseFlushSQ, Slot: s})
	if a, b := w.cqe(0, 0), w.cqe(0, 1); a.Status != abi.WCStatusSuccess || b.Status != abi.WCStatusLocProtErr {
		t.Fatalf("completions %v %v", a.Status, b.Status)
	}
}

// TestInline: the payload is that behind the element, which no region has.
func TestInline(t *testing.T) {
	w, s := lists(t)
	x := abi.WQE{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagInline, Length: 190, LKey: 0xbad}
	p := x.Image()
	data := bytes.Repeat([]byte{1, 2, 3, 4, 5}, 38)
	if err := w.ram.Write(sqAt, append(p[:], data...)); err != nil {
		t.Fatal(err)
	}
	w.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: s, Arg: 1})
	w.apply(nic.Cause{Kind: abi.CauseSend, Slot: s})
	w.effects("read 0x1000+64", "read 0x1040+190", "send SEND_ONLY psn=100 again=false", "timer 0 16")
	if !bytes.Equal(w.sent[0].Payload, data) {
		t.Fatal("other bytes are sent")
	}
}

// TestListsAllocateNothing: neither do lists and inline data.
func TestListsAllocateNothing(t *testing.T) {
	w, s := lists(t)
	env := quiet{w.ram}
	list := []abi.SGE{{VA: bufVA, Length: 100, LKey: key}, {VA: bufVA + 200, Length: 100, LKey: key}}
	in, ack := make([][]byte, 120), make([][]byte, 120)
	for i := range in {
		in[i] = request(abi.OpSendOnly, 500+uint32(i), make([]byte, 150), nil)
		ack[i] = ackOf(100 + uint32(i))
	}
	for i := range uint16(4) {
		w.postList(sqAt, i, abi.WQE{Opcode: abi.WROpcodeSend}, list...)
		w.postList(rqAt, i, abi.WQE{}, list...)
	}
	n := uint32(0)
	if got := testing.AllocsPerRun(100, func() {
		for _, c := range []nic.Cause{
			{Kind: abi.CauseDBSQ, Slot: s, Arg: n + 1}, {Kind: abi.CauseDBRQ, Slot: s, Arg: n + 1}, {Kind: abi.CauseSend, Slot: s},
			{Kind: abi.CauseRX, Frame: in[n]}, {Kind: abi.CauseRX, Frame: ack[n]}, {Kind: abi.CauseRetire, Slot: s},
			{Kind: abi.CauseDBCQCI, Slot: 1, Arg: n + 1},
		} {
			if rec := w.core.Apply(&c, env); rec.Verdict != abi.VerdictOK {
				t.Fatalf("%v: %v", rec.Cause, rec.Verdict)
			}
		}
		n++
	}); got != 0 {
		t.Fatalf("%v allocations in seven steps", got)
	}
}
