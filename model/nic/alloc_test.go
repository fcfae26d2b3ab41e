package nic_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// quiet is an Env that notes nothing.
type quiet struct{ *mem.RAM }

func (quiet) Transmit(f []byte, _ bool) []byte { return f }
func (quiet) SetTimer(uint16, uint32)          {}
func (quiet) StopTimer(uint16)                 {}
func (quiet) Event(abi.Event, uint32)          {}

// TestApplyAllocatesNothing: sending, receiving, acknowledging and completing do not allocate.
func TestApplyAllocatesNothing(t *testing.T) {
	w := newWorld(t, nic.DefaultParams())
	s := w.connect()
	env := quiet{w.ram}
	for i := range uint16(1 << ringLog) {
		w.post(sqAt, i, abi.WQE{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: 256, VA: bufVA, LKey: key})
		w.post(rqAt, i, abi.WQE{NumSGE: 1, Length: 256, VA: bufVA + 256, LKey: key})
	}
	var in, ack [][]byte
	for i := range uint32(300) {
		in = append(in, request(abi.OpSendOnly, 500+i, make([]byte, 256), nil))
		ack = append(ack, request(abi.OpAcknowledge, 100+i, nil, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeACK) }))
	}
	n := uint32(0)
	round := func() {
		for _, c := range []nic.Cause{
			{Kind: abi.CauseDBSQ, Slot: s, Arg: n + 1},
			{Kind: abi.CauseDBRQ, Slot: s, Arg: n + 1},
			{Kind: abi.CauseSend, Slot: s},
			{Kind: abi.CauseRX, Frame: in[n]},
			{Kind: abi.CauseRX, Frame: ack[n]},
			{Kind: abi.CauseRetire, Slot: s},
			{Kind: abi.CauseDBCQCI, Slot: 0, Arg: n + 1},
			{Kind: abi.CauseDBCQCI, Slot: 1, Arg: n + 1},
		} {
			if rec := w.core.Apply(&c, env); rec.Verdict != abi.VerdictOK {
				t.Fatalf("%v: %v", rec.Cause, rec.Verdict)
			}
		}
		n++
	}
	if got := testing.AllocsPerRun(200, round); got != 0 {
		t.Fatalf("%v allocations in eight steps", got)
	}
}
