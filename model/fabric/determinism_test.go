package fabric_test

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"runtime"
	"sync"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// digest hashes all that NICs and the fabric say they do, with the cycle.
type digest struct {
	h       hash.Hash
	records int
}

func (d *digest) add(kind byte, cycle, addr uint64, p []byte) {
	var b [17]byte
	b[0] = kind
	binary.LittleEndian.PutUint64(b[1:], cycle)
	binary.LittleEndian.PutUint64(b[9:], addr)
	d.h.Write(b[:])
	d.h.Write(p)
}

func (d *digest) DMARead(cycle, addr uint64, p []byte)  { d.add(1, cycle, addr, p) }
func (d *digest) DMAWrite(cycle, addr uint64, p []byte) { d.add(2, cycle, addr, p) }
func (d *digest) Transmit(cycle uint64, frame []byte)   { d.add(3, cycle, 0, frame) }
func (d *digest) IRQ(cycle uint64, level bool)          { d.add(4, cycle, map[bool]uint64{true: 1}[level], nil) }
func (d *digest) Retire(cycle uint64, rec *abi.Retire) {
	image := rec.Image()
	d.add(5, cycle, 0, image[:])
	d.records++
}

// scenario is a transfer over bad links with a migration in it.
func scenario(t testing.TB, seed uint64) ([sha256.Size]byte, int) {
	d := &digest{h: sha256.New()}
	net := fabric.New(0, rng(seed))
	net.Tap(func(e fabric.TapEvent) { d.add(6, e.Arrives, uint64(e.Fate), e.Frame) })
	a, b := pair(t, net, d, nil)
	c := newHost(t, net, 3, "C", d)
	if err := net.SetFaults(fabric.Faults{Loss: 30, Dup: 30, Reorder: 30}); err != nil {
		t.Fatal(err)
	}
	a.fill(0, 40000, 1)
	for range 10 {
		b.postRecv(0, 4000)
		a.postSend(0, 4000)
	}
	for range 20 {
		step(t, net)
	}
	a.stall()
	a.moveTo(c)
	c.write(abi.RegResume, group1)
	b.wait(1, 10, 20000)
	var sum [sha256.Size]byte
	copy(sum[:], d.h.Sum(nil))
	return sum, d.records
}

// TestDeterminism: the same seed gives the same record stream, cycle by cycle, at every GOMAXPROCS and beside
// other simulations; another seed gives another.
func TestDeterminism(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want, records := scenario(t, 1)
	if again, _ := scenario(t, 1); again != want {
		t.Fatal("the second run differs")
	}
	if other, _ := scenario(t, 2); other == want || records < 100 {
		t.Fatalf("the digest sees nothing: %d records", records)
	}
	runtime.GOMAXPROCS(8)
	var all [8][sha256.Size]byte
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() { all[i], _ = scenario(t, 1) })
	}
	wg.Wait()
	for i := range all {
		if all[i] != want {
			t.Errorf("run %d of 8 in parallel differs", i)
		}
	}
}
