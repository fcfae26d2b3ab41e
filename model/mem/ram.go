package mem

import (
	"fmt"
	"math/bits"
)

// PageSize is the granularity in bytes of dirty tracking.
const PageSize = 4096

// RangeError is an access by the CPU to memory that is not there.
type RangeError struct {
	Addr uint64 // First byte asked for.
	Len  uint64 // Bytes asked for.
	Size uint64 // Bytes there are, from address 0.
}

// Error implements error.
func (e *RangeError) Error() string {
	return fmt.Sprintf("memory access of %d bytes at %#x is outside the %d bytes of RAM", e.Len, e.Addr, e.Size)
}

// RAM is the physical memory of one host, from address 0, initially zero. The CPU and the NIC see the same
// bytes; they have methods of their own because a mirror (the simulator's copy of this memory) needs the
// CPU's writes only, and because they differ on an address that is not there.
type RAM struct {
	data   []byte
	dirty  []uint64 // one bit a page
	mirror func(addr uint64, p []byte)
	faults uint64
}

// NewRAM makes a memory of size bytes.
func NewRAM(size uint64) *RAM {
	pages := (size + PageSize - 1) / PageSize
	return &RAM{data: make([]byte, size), dirty: make([]uint64, (pages+63)/64)}
}

// Size is the number of bytes.
func (m *RAM) Size() uint64 { return uint64(len(m.data)) }

// SetMirror names a function that is called after each CPU-side Write with what was written. p is valid
// during the call only. nil ends it.
func (m *RAM) SetMirror(f func(addr uint64, p []byte)) { m.mirror = f }

// Read is a load by the CPU of len(p) bytes. The error is a *RangeError, and p then unchanged.
func (m *RAM) Read(addr uint64, p []byte) error {
	if !m.holds(addr, uint64(len(p))) {
		return &RangeError{addr, uint64(len(p)), m.Size()}
	}
	copy(p, m.data[addr:])
	return nil
}

// Write is a store by the CPU. The error is a *RangeError, and memory then unchanged.
func (m *RAM) Write(addr uint64, p []byte) error {
	if !m.holds(addr, uint64(len(p))) {
		return &RangeError{addr, uint64(len(p)), m.Size()}
	}
	m.store(addr, p)
	if m.mirror != nil && len(p) != 0 {
		m.mirror(addr, p)
	}
	return nil
}

// DMARead is a read by the NIC of len(p) bytes. Where there is no memory it reads zeros, as from a bus
// that nobody answers, and counts a fault.
func (m *RAM) DMARead(addr uint64, p []byte) {
	if m.holds(addr, uint64(len(p))) {
		copy(p, m.data[addr:])
		return
	}
	m.faults++
	clear(p)
	if addr < m.Size() {
		copy(p, m.data[addr:])
	}
}

// DMAWrite is a write by the NIC. Bytes for which there is no memory are lost, and a fault is counted.
func (m *RAM) DMAWrite(addr uint64, p []byte) {
	if !m.holds(addr, uint64(len(p))) {
		m.faults++
		if addr >= m.Size() {
			return
		}
		p = p[:m.Size()-addr]
	}
	m.store(addr, p)
}

// Faults counts DMA accesses that left the memory: each a bug of the driver, for the region checks of the
// NIC let none of a guest through.
func (m *RAM) Faults() uint64 { return m.faults }

// TakeDirty appends to dst the numbers of the pages written by CPU or NIC since the last call, ascending,
// and forgets them. Page n holds the bytes from n * PageSize.
func (m *RAM) TakeDirty(dst []uint64) []uint64 {
	for i, w := range m.dirty {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, uint64(i)*64+uint64(bits.TrailingZeros64(w)))
		}
		m.dirty[i] = 0
	}
	return dst
}

func (m *RAM) holds(addr, n uint64) bool { return addr <= m.Size() && n <= m.Size()-addr }

func (m *RAM) store(addr uint64, p []byte) {
	if len(p) == 0 {
		return
	}
	copy(m.data[addr:], p)
	for page := addr / PageSize; page <= (addr+uint64(len(p))-1)/PageSize; page++ {
		m.dirty[page/64] |= 1 << (page % 64)
	}
}
