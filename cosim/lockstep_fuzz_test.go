package cosim

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/lockstep"
	"github.com/godwit-rdma/godwit/model/abi"
)

// garbler turns random bytes into what a checker may be told: pieces of a recording, as they were, damaged, repeated
// or left out, and items made up from nothing.
type garbler struct {
	raw  []byte
	tape []passed
	at   int // next item of the tape
}

// Kinds that a garbler makes up: all that a checker looks at, and some that it does not.
var (
	sentKinds     = []bridge.Kind{bridge.KindReset, bridge.KindTestBegin, bridge.KindRX, bridge.KindRegWrite, bridge.KindMemWrite, bridge.KindRun}
	observedKinds = []bridge.Kind{bridge.KindDMARead, bridge.KindDMAWrite, bridge.KindTX, bridge.KindRetire, bridge.KindRegDone, bridge.KindRegData,
		bridge.KindRan, bridge.KindTestDone, bridge.KindIRQ, bridge.KindPong, bridge.KindAssert, bridge.KindHang, bridge.KindFault}
)

// uint takes n bytes; what is missing at the end is zero.
func (g *garbler) uint(n int) uint64 {
	var b [8]byte
	g.raw = g.raw[copy(b[:n], g.raw):]
	return binary.LittleEndian.Uint64(b[:])
}

// bytes takes n bytes, or what is left.
func (g *garbler) bytes(n int) []byte {
	n = min(n, len(g.raw))
	p := append([]byte(nil), g.raw[:n]...)
	g.raw = g.raw[n:]
	return p
}

// next is what to tell the checker; ok is false at the end.
func (g *garbler) next() (p passed, ok bool) {
	if len(g.raw) == 0 {
		return p, false
	}
	op := g.uint(1)
	if op < 0xc0 && g.at < len(g.tape) {
		p = g.tape[g.at]
		switch op >> 4 {
		case 0, 1: // damaged
			g.damage(&p.it)
			g.at++
		case 2: // left out
			g.at++
			return g.next()
		case 3: // repeated
		default:
			g.at++
		}
		return p, true
	}
	kinds := observedKinds
	if p.sent = op&1 != 0; p.sent {
		kinds = sentKinds
	}
	p.it = bridge.Item{Kind: kinds[g.uint(1)%uint64(len(kinds))], Code: uint8(g.uint(1)), Value: uint32(g.uint(4))}
	p.it.Addr = g.uint(2)
	if op&2 != 0 { // anything goes; else near what the recording has, so that the checker does not stop at once
		p.it.Addr, p.it.Cycle = g.uint(8), g.uint(8)
	} else if g.at > 0 {
		p.it.Cycle = g.tape[g.at-1].it.Cycle + g.uint(1)
	}
	if p.it.Kind == bridge.KindRetire && op&4 == 0 {
		p.it.Data = g.record()
		return p, true
	}
	p.it.Data = g.bytes(int(g.uint(2) % 512))
	return p, true
}

// record is a retire record with a cause, a verdict and a slot of its own, and some bytes of its context.
func (g *garbler) record() []byte {
	var r abi.Retire
	image := r.Image()
	copy(image[4:], g.bytes(8))
	for n := g.uint(1) % 8; n > 0; n-- {
		image[g.uint(2)%uint64(len(image))] = byte(g.uint(1))
	}
	return image[:]
}

// damage changes a bit of the data, the length, or a field.
func (g *garbler) damage(it *bridge.Item) {
	it.Data = append([]byte(nil), it.Data...)
	switch how := g.uint(1) % 8; {
	case how < 4 && len(it.Data) > 0:
		it.Data[g.uint(2)%uint64(len(it.Data))] ^= 1 << (g.uint(1) & 7)
	case how == 4:
		it.Data = it.Data[:g.uint(2)%uint64(len(it.Data)+1)]
	case how == 5:
		it.Cycle = g.uint(8)
	case how == 6:
		it.Addr ^= 1 << (g.uint(1) & 63)
	default:
		it.Value ^= uint32(1) << (g.uint(1) & 31)
		it.Code ^= uint8(g.uint(1))
	}
}

// checkTold tells a checker everything, and holds it to its word: the first divergence stands, it is the error, and it
// can be printed. Sent and Observed must be total; a panic is the finding.
func checkTold(t *testing.T, c *lockstep.Checker, g *garbler) {
	var first *lockstep.Divergence
	for {
		p, ok := g.next()
		if !ok {
			return
		}
		err := tell(c, &p)
		var d *lockstep.Divergence
		if err != nil && !errors.As(err, &d) {
			t.Fatalf("%v gives %v, which is no divergence", &p.it, err)
		}
		if !p.sent && d != c.Divergence() {
			t.Fatalf("%v gives %v, the divergence is %v", &p.it, d, c.Divergence())
		}
		if first != nil && c.Divergence() != first {
			t.Fatalf("after %v the divergence is another one: %v", &p.it, c.Divergence())
		}
		if first == nil && d != nil {
			if first = d; d.Kind == "" || len(d.Diffs) == 0 || d.Error() == "" || d.Signature() == "" {
				t.Fatalf("%v gives a divergence that says too little: %+v", &p.it, d)
			}
		}
	}
}

// FuzzObserved: whatever a device says, and whatever the host did, a checker has an opinion and does not panic. The
// first argument is how much of a good recording, a stream with a migration, it has seen before.
func FuzzObserved(f *testing.F) {
	tape := recorded(f, 6000, true)
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		raw := make([]byte, 1+random.IntN(400))
		for i := range raw {
			raw[i] = byte(random.Uint32())
		}
		f.Add(uint16(random.IntN(len(tape)+1)), raw)
	}
	f.Fuzz(func(t *testing.T, seen uint16, raw []byte) {
		c := newChecker()
		g := &garbler{raw: raw, tape: tape, at: int(seen) % (len(tape) + 1)}
		for i := range g.at {
			must(t, tell(c, &tape[i]))
		}
		checkTold(t, c, g)
	})
}
