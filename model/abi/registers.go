package abi

// Register describes a 32-bit register, or an array of Count of them that are Stride bytes apart.
type Register struct {
	Name               string
	At, Count, Stride  uint32
	Readable, Writable bool
	Reset              uint32
}

// FindRegister returns the register at a byte address and, for an array, which element; false when there is none or
// the address is not that of a whole register.
func FindRegister(addr uint32) (reg *Register, index int, ok bool) {
	for i := range Registers {
		r := &Registers[i]
		if addr < r.At || addr >= r.At+r.Count*r.Stride {
			continue
		}
		// Arrays of doorbells interleave, so a miss here is not the end of the search.
		if (addr-r.At)%r.Stride == 0 {
			return r, int((addr - r.At) / r.Stride), true
		}
	}
	return nil, 0, false
}
