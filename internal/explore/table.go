package explore

import (
	"encoding/binary"
	mathbits "math/bits"
)

// table finds a state by its hash: open addressing, at most half full, 4 bytes a slot.
type table struct {
	slots []uint32 // index of the state + 1; 0 = free
	used  int
}

func (t *table) grow(size int) {
	t.slots = make([]uint32, size)
	t.used = 0
}

func (t *table) get(h uint64, hashes *list[uint64]) (uint32, bool) {
	mask := uint64(len(t.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		n := t.slots[i]
		if n == 0 {
			return 0, false
		}
		if hashes.at(int(n-1)) == h {
			return n - 1, true
		}
	}
}

// put adds a state that is not there, the last of hashes.
func (t *table) put(h uint64, n uint32, hashes *list[uint64]) {
	if 2*(t.used+1) > len(t.slots) {
		t.fill(hashes) // n, too
		return
	}
	t.insert(h, n)
}

// fill makes the table anew of all hashes, with room for as many again.
func (t *table) fill(hashes *list[uint64]) {
	size := max(1<<12, 2*len(t.slots))
	for size < 2*hashes.n {
		size *= 2
	}
	t.slots = nil // before the new one is made
	t.grow(size)
	for i := range hashes.n {
		t.insert(hashes.at(i), uint32(i))
	}
}

func (t *table) insert(h uint64, n uint32) {
	mask := uint64(len(t.slots) - 1)
	i := h & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = n + 1
	t.used++
}

// hash is 64 bits of b, the same in every run. (wyhash's mixing, Wang Yi, public domain.)
func hash(b []byte) uint64 {
	h := uint64(len(b)) * 0x9e3779b97f4a7c15
	for ; len(b) >= 8; b = b[8:] {
		h = mix(h^binary.LittleEndian.Uint64(b), 0xa0761d6478bd642f)
	}
	var last [8]byte
	copy(last[:], b)
	h = mix(h^binary.LittleEndian.Uint64(last[:]), 0xe7037ed1a0b428db)
	return mix(h, 0x8ebc6af09c88c6e3)
}

func mix(a, b uint64) uint64 {
	hi, lo := mathbits.Mul64(a^b>>1, b)
	return hi ^ lo ^ a
}
