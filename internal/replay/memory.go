package replay

import "slices"

// memory is the host memory of an endpoint, with the history that undoing and comparing need. What was never written
// reads as 0 and may hold anything: a capture may begin when the machine has been running for long.
type memory struct {
	bytes []byte
	known []bool // of each byte: it was written, or the capture showed it
	log   []change
	by    writer // of what is written now
}

// writer tells who writes: the two directions of a queue pair have no order among each other.
type writer uint8

const (
	byProgram writer = iota
	byRequest        // a request of the other end
	byAnswer         // the answer to a request of this end
)

func newMemory(size uint64) *memory {
	return &memory{bytes: make([]byte, size), known: make([]bool, size)}
}

// change is one write: what was there before.
type change struct {
	addr  uint64
	old   []byte
	known []bool
	frame int // index of the frame under way; -1: a write of the program, which nothing races with
	by    writer
}

// write puts p at addr; beyond the end it is lost, as on a bus where nobody answers.
func (m *memory) write(addr uint64, p []byte, frame int) {
	if addr >= uint64(len(m.bytes)) {
		return
	}
	end := min(addr+uint64(len(p)), uint64(len(m.bytes)))
	m.log = append(m.log, change{addr, slices.Clone(m.bytes[addr:end]), slices.Clone(m.known[addr:end]), frame, m.by})
	copy(m.bytes[addr:end], p)
	for i := addr; i < end; i++ {
		m.known[i] = true
	}
}

// forget makes what a range holds unknown; undo brings it back.
func (m *memory) forget(addr, n uint64) {
	if addr >= uint64(len(m.bytes)) {
		return
	}
	end := min(addr+n, uint64(len(m.bytes)))
	m.log = append(m.log, change{addr, slices.Clone(m.bytes[addr:end]), slices.Clone(m.known[addr:end]), -1, byProgram})
	clear(m.known[addr:end])
}

// read fills p from addr; beyond the end it is 0.
func (m *memory) read(addr uint64, p []byte) {
	clear(p)
	if addr < uint64(len(m.bytes)) {
		copy(p, m.bytes[addr:])
	}
}

// undo takes back what was written since the history had n changes.
func (m *memory) undo(n int) {
	for i := len(m.log) - 1; i >= n; i-- {
		c := &m.log[i]
		copy(m.bytes[c.addr:], c.old)
		copy(m.known[c.addr:], c.known)
	}
	m.log = m.log[:n]
}

// unknown tells whether the byte at addr may hold anything.
func (m *memory) unknown(addr uint64) bool { return addr < uint64(len(m.known)) && !m.known[addr] }

// held tells whether the byte at addr had, or may have had, value v at some time since frame; or ever, if both directions wrote it.
func (m *memory) held(addr uint64, v byte, frame int) bool {
	if addr >= uint64(len(m.bytes)) {
		return false
	}
	if m.bytes[addr] == v {
		return true
	}
	var seen [byAnswer + 1]bool
	earlier := false
	for i := len(m.log) - 1; i >= 0; i-- {
		c := &m.log[i]
		off := addr - c.addr
		if c.frame < 0 || addr < c.addr || off >= uint64(len(c.old)) {
			continue
		}
		seen[c.by] = true
		if c.old[off] == v || !c.known[off] {
			if c.frame >= frame {
				return true
			}
			earlier = true
		}
	}
	return earlier && seen[byRequest] && seen[byAnswer]
}

// raced forgets the bytes that both directions wrote: which was last is not known.
func (m *memory) raced() {
	who := make([]writer, len(m.bytes))
	both := make([]bool, len(m.bytes))
	for i := range m.log {
		c := &m.log[i]
		for k := range c.old {
			at := c.addr + uint64(k)
			if c.frame < 0 || c.by == byProgram {
				who[at], both[at] = byProgram, false
				continue
			}
			both[at] = both[at] || who[at] != byProgram && who[at] != c.by
			who[at] = c.by
		}
	}
	for at, b := range both {
		if b {
			m.known[at] = false
		}
	}
}

// region copies the bytes of the memory region, and what is known of them, from another memory.
func (m *memory) region(from *memory) {
	if from != nil && len(from.bytes) == len(m.bytes) {
		copy(m.bytes[regionAt:], from.bytes[regionAt:])
		copy(m.known[regionAt:], from.known[regionAt:])
	}
}
