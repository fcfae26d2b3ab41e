package nic_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// areaAt is where the memory of the regions of the protection test lies, areaLen bytes for each.
const areaAt, areaLen = 0x20000, 0x1000

// protected is a world with regions of every kind.
type protected struct {
	*world
	slot    uint16
	access  abi.Access
	regions []abi.MR
}

func newProtected(t *rapid.T) *protected {
	p := &protected{}
	p.world, p.slot = lists(t)
	bits := func(name string) abi.Access { return abi.Access(rapid.IntRange(0, 15).Draw(t, name)) }
	c, _ := p.core.Context(p.slot)
	c.Access = bits("access of the queue pair") &^ abi.AccessLocalWrite
	c.MaxDestRdAtomic, p.access = 4, c.Access
	if !p.core.SetContext(p.slot, c) {
		t.Fatal("the context does not go into its slot")
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "regions") {
		r := abi.MR{
			Key: uint32(i + 1), PD: uint16(rapid.SampledFrom([]int{pd, pd, pd, pd + 1}).Draw(t, "PD")), Access: bits("access"),
			Invalid: rapid.IntRange(0, 7).Draw(t, "invalid") == 7, Length: rapid.Uint64Range(0, areaLen).Draw(t, "length"),
			VA: rapid.SampledFrom([]uint64{0, 0x5000, math.MaxUint64 - 0xfff, math.MaxUint64 - 0x7f7}).Draw(t, "va"), PA: areaAt + uint64(i)*areaLen,
		}
		b := r.Image()
		p.ok(abi.CMDCreateMR, 0, 0, b[:])
		p.regions = append(p.regions, r)
	}
	return p
}

// at is the DMA address of a byte, if the key gives this access to it. It looks at one byte and knows of no ranges.
func (p *protected) at(key uint32, va uint64, access abi.Access) (uint64, bool) {
	for _, r := range p.regions {
		if r.Key == key && r.PD == pd && !r.Invalid && r.Access&access == access && va >= r.VA && va-r.VA < r.Length {
			return r.PA + (va - r.VA), true
		}
	}
	return 0, false
}

// allowed tells whether all n bytes from va on may be touched; a range that passes the end of the addresses may not.
func (p *protected) allowed(key uint32, va uint64, n uint32, access abi.Access) bool {
	for i := range uint64(n) {
		if _, ok := p.at(key, va+i, access); !ok || va+i < va {
			return false
		}
	}
	return true
}

// touched is the DMA that the last step did in the regions, byte by byte, in order.
func (p *protected) touched(t *rapid.T) (bytes []uint64) {
	for _, l := range p.log {
		var what string
		var addr, n uint64
		if !strings.HasPrefix(l, "read ") && !strings.HasPrefix(l, "write ") {
			continue
		}
		if got, err := fmt.Sscanf(l, "%s %v+%d", &what, &addr, &n); got != 3 {
			t.Fatalf("%q: %v", l, err)
		}
		for i := range n {
			if addr+i >= areaAt {
				bytes = append(bytes, addr+i)
			}
		}
	}
	return bytes
}

// target draws an address of a region, near its ends, and a length.
func (p *protected) target(t *rapid.T) (key uint32, va uint64, n uint32) {
	r := rapid.SampledFrom(p.regions).Draw(t, "region")
	n = uint32(rapid.SampledFrom([]int{0, 1, 8, 100, 256}).Draw(t, "bytes"))
	va = r.VA + uint64(rapid.Int64Range(-4, 4).Draw(t, "off"))*4
	if rapid.Bool().Draw(t, "at the end") {
		va += r.Length - uint64(n)
	}
	key = r.Key
	if rapid.IntRange(0, 9).Draw(t, "other key") == 9 {
		key = 99
	}
	return key, va, n
}

// expect checks that a step touched exactly n bytes from va on, twice if an atomic both reads and writes, or nothing.
func (p *protected) expect(t *rapid.T, what string, key uint32, va uint64, n uint32, access abi.Access, may bool) {
	t.Helper()
	got := p.touched(t)
	if !may {
		n = 0
	}
	if len(got) != int(n) {
		t.Fatalf("%s of %d bytes at %#x with key %d, allowed %v: %d bytes are touched", what, n, va, key, may, len(got))
	}
	for i, a := range got {
		if want, _ := p.at(key, va+uint64(i), access); a != want {
			t.Fatalf("%s: byte %d is at %#x, want %#x", what, i, a, want)
		}
	}
}

// TestProtection: a queue pair touches the bytes that its partner, or its own work request, may touch, and no others;
// what may not be is refused with the right word. Region by region and byte by byte it is told once more what may be.
// IBTA 10.6.3.
func TestProtection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newProtected(t)
		key, va, n := p.target(t)
		switch rapid.IntRange(0, 4).Draw(t, "door") {
		case 0:
			p.remote(t, abi.OpRDMAWriteOnly, key, va, n, abi.AccessRemoteWrite)
		case 1:
			p.remote(t, abi.OpRDMAReadRequest, key, va, n, abi.AccessRemoteRead)
		case 2:
			p.remote(t, abi.OpFetchAdd, key, va&^7, 8, abi.AccessRemoteAtomic)
		case 3:
			p.receive(t, key, va, n)
		default:
			p.send(t, key, va, n)
		}
	})
}

// remote lets the partner ask for memory.
func (p *protected) remote(t *rapid.T, op abi.Opcode, key uint32, va uint64, n uint32, access abi.Access) {
	var payload []byte
	if op == abi.OpRDMAWriteOnly {
		payload = make([]byte, n)
	}
	p.rx(request(op, 500, payload, func(k *wire.Packet) {
		k.RETH, k.AtomicETH = wire.RETH{VA: va, RKey: key, Length: n}, wire.AtomicETH{VA: va, RKey: key, Swap: 1}
	}))
	may := n == 0 || p.access&access != 0 && p.allowed(key, va, n, access)
	c, _ := p.core.Context(p.slot)
	if (c.State == abi.StateRTS) != may {
		t.Fatalf("%v of %d bytes at %#x with key %d, allowed %v: %v", op, n, va, key, may, c.State)
	}
	if !may {
		if s := p.sent[0].AETH.Syndrome; s != uint8(abi.SyndromeNAKRemAccess) {
			t.Fatalf("%v is refused with %#x", op, s)
		}
		p.expect(t, op.String(), key, va, n, access, false)
		return
	}
	switch op {
	case abi.OpRDMAReadRequest:
		p.expect(t, op.String(), key, va, n, access, false)
		p.apply(nic.Cause{Kind: abi.CauseRespond, Slot: p.slot})
		p.expect(t, "response", key, va, n, access, true)
	case abi.OpFetchAdd:
		if got := p.touched(t); len(got) != 16 || got[0] != got[8] {
			t.Fatalf("%v touches %#x", op, got)
		}
	default:
		p.expect(t, op.String(), key, va, n, access, true)
	}
}

// receive lets a SEND arrive in a list whose second buffer is the one in question.
func (p *protected) receive(t *rapid.T, key uint32, va uint64, n uint32) {
	p.postList(rqAt, 0, abi.WQE{}, abi.SGE{LKey: 77}, abi.SGE{VA: va, Length: n, LKey: key})
	p.apply(nic.Cause{Kind: abi.CauseDBRQ, Slot: p.slot, Arg: 1})
	p.rx(request(abi.OpSendOnly, 500, make([]byte, n), nil))
	may := p.allowed(key, va, n, abi.AccessLocalWrite)
	p.expect(t, "receive", key, va, n, abi.AccessLocalWrite, may)
	c, _ := p.core.Context(p.slot)
	if (c.State == abi.StateRTS) != may || !may && (c.RQErr != abi.WCStatusLocProtErr || p.sent[0].AETH.Syndrome != uint8(abi.SyndromeNAKRemOp)) {
		t.Fatalf("receive of %d bytes at %#x with key %d, allowed %v: %v, %v", n, va, key, may, c.State, c.RQErr)
	}
}

// send posts a SEND, or a READ, which needs the right to write.
func (p *protected) send(t *rapid.T, key uint32, va uint64, n uint32) {
	op, access := abi.WROpcodeSend, abi.Access(0)
	if rapid.Bool().Draw(t, "READ") {
		op, access = abi.WROpcodeRDMARead, abi.AccessLocalWrite
	}
	p.postList(sqAt, 0, abi.WQE{Opcode: op}, abi.SGE{LKey: 77}, abi.SGE{VA: va, Length: n, LKey: key})
	p.apply(nic.Cause{Kind: abi.CauseDBSQ, Slot: p.slot, Arg: 1})
	p.apply(nic.Cause{Kind: abi.CauseSend, Slot: p.slot})
	may := p.allowed(key, va, n, access)
	p.expect(t, op.String(), key, va, n, access, may && op == abi.WROpcodeSend)
	if c, _ := p.core.Context(p.slot); (c.State == abi.StateRTS) != may || !may && c.SQErr != abi.WCStatusLocProtErr {
		t.Fatalf("%v of %d bytes at %#x with key %d, allowed %v: %v, %v", op, n, va, key, may, c.State, c.SQErr)
	}
}
