package fabric_test

import (
	"encoding/binary"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// hugeAt is the DMA address of a region of 2 GiB that no host has the memory for.
const hugeAt, hugeLen, hugeKey = 1 << 40, 1 << 31, 0x22

// huge is the memory of a host with such a region: its bytes are a function of their addresses, and what is written there
// is compared with that, each byte once and in order.
type huge struct {
	*mem.RAM
	t       *testing.T
	arrived uint64
}

// pattern is the 8 bytes at a multiple of 8.
func pattern(addr uint64) uint64 { return (addr | 1) * 0x9e3779b97f4a7c15 }

func (h *huge) DMARead(addr uint64, p []byte) {
	if addr < hugeAt {
		h.RAM.DMARead(addr, p)
		return
	}
	for i := 0; i < len(p); i += 8 {
		binary.LittleEndian.PutUint64(p[i:], pattern(addr+uint64(i)))
	}
}

func (h *huge) DMAWrite(addr uint64, p []byte) {
	if addr < hugeAt {
		h.RAM.DMAWrite(addr, p)
		return
	}
	if addr != hugeAt+h.arrived {
		h.t.Fatalf("%d bytes arrive at %#x, want %#x", len(p), addr, hugeAt+h.arrived)
	}
	for i := 0; i < len(p); i += 8 {
		if got := binary.LittleEndian.Uint64(p[i:]); got != pattern(addr+uint64(i)) {
			h.t.Fatalf("at %#x is %#x, want %#x", addr+uint64(i), got, pattern(addr+uint64(i)))
		}
	}
	h.arrived += uint64(len(p))
}

// TestHugeWrite: an RDMA WRITE of 2 GiB from one NIC to the other, in frames with their ICRC.
func TestHugeWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("half a million frames of 4 KiB")
	}
	net := fabric.New(0, rng(1))
	target := &huge{t: t}
	in := func(h *huge) func(*mem.RAM) nic.Memory {
		return func(m *mem.RAM) nic.Memory {
			h.RAM = m
			return h
		}
	}
	a := newHostIn(t, net, 1, "A", nil, 8, in(&huge{t: t}))
	b := newHostIn(t, net, 2, "B", nil, 8, in(target))
	for _, h := range []*host{a, b} {
		mr := abi.MR{Key: hugeKey, Access: abi.AccessLocalWrite | abi.AccessRemoteWrite, VA: hugeAt, Length: hugeLen, PA: hugeAt}
		p := mr.Image()
		h.ok(abi.CMDCreateMR, 0, 0, p[:])
	}
	edit := func(q *abi.QPC) { q.PMTU = 5 }
	a.connect(b, edit)
	b.connect(a, edit)
	a.post(0, abi.WQE{
		Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: hugeLen, VA: hugeAt, LKey: hugeKey,
		RemoteVA: hugeAt, RKey: hugeKey,
	})
	for target.arrived < hugeLen {
		before := target.arrived
		for range 100 {
			if err := net.Step(); err != nil {
				t.Fatal(err)
			}
		}
		if target.arrived == before {
			t.Fatalf("nothing arrives after %d bytes; %s", before, a.state())
		}
	}
	a.wait(0, 1, 100)
}
