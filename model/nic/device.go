package nic

// Frame is an Ethernet frame without preamble and FCS.
type Frame struct {
	// Cycle is when its last byte left the port.
	Cycle uint64
	// Data belongs to the receiver of the Frame; the device does not touch it again.
	Data []byte
}

// Device is an RDMA NIC as its driver and its link see it: registers, a port, an interrupt. [*NIC] is one,
// and so is the RTL behind the bridge. Its DMA goes to the memory it was built with. All times are cycles
// since reset (4 ns each).
//
// A Device is driven by one caller at a time and does nothing on its own: time passes in Run only.
type Device interface {
	// ReadReg reads the 32-bit register at the 16-bit byte address addr (spec/registers.yaml) at cycle Now.
	// The error is a *RegError where the bus answers SLVERR; any other error means that the device is dead.
	ReadReg(addr uint32) (uint32, error)
	// WriteReg writes the register at addr. Errors as those of ReadReg; a refused write changes nothing.
	WriteReg(addr, v uint32) error
	// Deliver lets a frame arrive at the port at the given cycle, not before Now. Frames arrive in the order
	// of their cycles, those of one cycle in the order of the calls. The device keeps no reference to frame.
	Deliver(cycle uint64, frame []byte)
	// Run lets time pass until the given cycle; it does nothing if that is not after Now. The error means
	// that the device is dead or hangs.
	Run(until uint64) error
	// Now is the current cycle.
	Now() uint64
	// Sent returns the frames that left the port since the last call, in the order they left. The slice, not what
	// is in it, is valid until the next call.
	Sent() []Frame
	// IRQ is the interrupt line: high while the event queue is not empty.
	IRQ() bool
	// Close frees what the device holds. The device is not used after it.
	Close() error
}

// Recycler is a Device that does not copy frames: their memory changes hands. It is for speed alone: a device does the
// same without.
type Recycler interface {
	// Take is Deliver of a frame that is the device's from then on. It gives memory of another one in exchange, or nil.
	Take(cycle uint64, frame []byte) (spare []byte)
	// Recycle gives back the Data of a Frame that Sent returned, which nobody looks at any more.
	Recycle(data []byte)
}
