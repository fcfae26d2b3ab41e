package bridge

import "fmt"

// Kind says what an item is. Kinds below 0x80 are stimulus (host to device), the others observations (device to host);
// HELLO and CREDIT travel both ways.
type Kind uint8

// The kinds of this protocol version. The comment names the fields of Item each one carries; all others are zero.
const (
	KindHello        Kind = 0x01 // Data: see Hello. First item of each direction.
	KindReset        Kind = 0x02 // Addr: memory size in bytes, Value: seed. Resets device, memory and every queue; cycle 0 follows.
	KindRegRead      Kind = 0x03 // Addr. One AXI4-Lite read at the current cycle; answered by REG_DATA.
	KindRegWrite     Kind = 0x04 // Addr, Value. One AXI4-Lite write at the current cycle; answered by REG_DONE.
	KindMemWrite     Kind = 0x05 // Addr, Data. Host memory changes at the current cycle.
	KindRX           Kind = 0x06 // Cycle: first beat not before, Data: frame without FCS.
	KindRun          Kind = 0x07 // Cycle: absolute cycle to run to; answered by RAN.
	KindTestBegin    Kind = 0x08 // Value: test number. Resets as RESET does, with the same size and seed.
	KindTestEnd      Kind = 0x09 // Value: test number; answered by TEST_DONE.
	KindBackpressure Kind = 0x0a // Addr: seed, Data: see Backpressure.
	KindTrace        Kind = 0x0b // Code: 1 on, 0 off, Data: path of the waveform file.
	KindPing         Kind = 0x0c // Addr: token; answered by PONG.
	KindBye          Kind = 0x0d // Nothing. The device closes.
	KindCredit       Kind = 0x0e // Addr: bytes, Value: items the receiver of this may send more.
	KindLimits       Kind = 0x0f // Cycle: hang budget, Addr: AXI4-Lite budget, both in cycles.

	KindRegData   Kind = 0x81 // Cycle, Addr, Value, Code: response (RespOkay ...).
	KindRegDone   Kind = 0x82 // Cycle, Addr, Code: response of a write.
	KindDMARead   Kind = 0x83 // Cycle of acceptance, Addr, Data served.
	KindDMAWrite  Kind = 0x84 // Cycle of the last beat, Addr, Data.
	KindTX        Kind = 0x85 // Cycle of the last beat, Data: frame.
	KindRetire    Kind = 0x86 // Cycle, Data: retire record.
	KindIRQ       Kind = 0x87 // Cycle, Code: new level.
	KindRan       Kind = 0x88 // Cycle reached.
	KindTestDone  Kind = 0x89 // Cycle: cycles the test took, Value: test number.
	KindAssert    Kind = 0x8a // Cycle, Data: text. The device stands still until the next reset.
	KindHang      Kind = 0x8b // Cycle, Data: text. The device stands still until the next reset.
	KindFault     Kind = 0x8c // Code: fault class (FaultAXI ...), Data: text.
	KindPong      Kind = 0x8d // Addr: token.
	KindHeartbeat Kind = 0x8e // Cycle. Sent in long runs so that a busy device is not taken for a dead one.
)

// Response codes of REG_DATA and REG_DONE. 0 and 2 are AXI's.
const (
	RespOkay   uint8 = 0    // AXI OKAY.
	RespSlvErr uint8 = 2    // AXI SLVERR: no such register, or not this way.
	RespDecErr uint8 = 3    // AXI DECERR.
	RespNone   uint8 = 0xff // Not performed: the device has failed since the last reset, or did not answer in its budget.
)

// Fault classes of KindFault.
const (
	FaultAXI         uint8 = 1 // An AXI4-Lite access exceeded its budget; the device stands still until the next reset.
	FaultBadStimulus uint8 = 2 // An item that cannot be executed, such as a memory write beyond the memory.
	FaultUnsupported uint8 = 3 // A capability this simulator was built without.
	FaultProtocol    uint8 = 4 // The simulator read nonsense and closes.
)

const (
	hasCycle = 1 << iota
	hasAddr
	hasValue
	hasCode
	hasTail
)

// layout is the form of a kind: which fixed fields it has, always in the order cycle u64, addr u64, value u32, code u8,
// and the bounds of what follows them.
type layout struct {
	name             string
	has              uint8
	tailMin, tailMax int
	flags            uint8
	free             bool // not charged against credits, not part of the transcript
	answers          Kind // the stimulus kind this observation answers, 0 for none
}

const (
	maxText  = 4096
	maxHello = 16384
	// MaxMem is the largest memory write one item may carry, in bytes.
	MaxMem = 1 << 19
	// MaxEthernet is the largest frame an RX or TX item may carry, in bytes. It is above what any device accepts, so that
	// too long frames can be tested.
	MaxEthernet = 16384
	// RetireBytes is the size of a retire record (layout retire of the spec).
	RetireBytes = 320
)

var layouts = [256]layout{
	KindHello:        {name: "HELLO", has: hasTail, tailMin: 4, tailMax: maxHello, flags: FlagCritical, free: true},
	KindReset:        {name: "RESET", has: hasAddr | hasValue, flags: FlagCritical},
	KindRegRead:      {name: "REG_READ", has: hasAddr, flags: FlagCritical},
	KindRegWrite:     {name: "REG_WRITE", has: hasAddr | hasValue, flags: FlagCritical},
	KindMemWrite:     {name: "MEM_WRITE", has: hasAddr | hasTail, tailMin: 1, tailMax: MaxMem, flags: FlagCritical},
	KindRX:           {name: "RX", has: hasCycle | hasTail, tailMin: 1, tailMax: MaxEthernet, flags: FlagCritical},
	KindRun:          {name: "RUN", has: hasCycle, flags: FlagCritical},
	KindTestBegin:    {name: "TEST_BEGIN", has: hasValue, flags: FlagCritical},
	KindTestEnd:      {name: "TEST_END", has: hasValue, flags: FlagCritical},
	KindBackpressure: {name: "BACKPRESSURE", has: hasAddr | hasTail, tailMin: backpressureBytes, tailMax: backpressureBytes, flags: FlagCritical},
	KindTrace:        {name: "TRACE", has: hasCode | hasTail, tailMax: maxText, flags: FlagCritical},
	KindPing:         {name: "PING", has: hasAddr, flags: FlagCritical},
	KindBye:          {name: "BYE", flags: FlagCritical},
	KindCredit:       {name: "CREDIT", has: hasAddr | hasValue, flags: FlagCritical, free: true},
	KindLimits:       {name: "LIMITS", has: hasCycle | hasAddr, flags: FlagCritical},
	KindRegData:      {name: "REG_DATA", has: hasCycle | hasAddr | hasValue | hasCode, flags: FlagCritical, answers: KindRegRead},
	KindRegDone:      {name: "REG_DONE", has: hasCycle | hasAddr | hasCode, flags: FlagCritical, answers: KindRegWrite},
	KindDMARead:      {name: "DMA_READ", has: hasCycle | hasAddr | hasTail, tailMax: 0xffff, flags: FlagCritical},
	KindDMAWrite:     {name: "DMA_WRITE", has: hasCycle | hasAddr | hasTail, tailMax: 0xffff, flags: FlagCritical},
	KindTX:           {name: "TX", has: hasCycle | hasTail, tailMin: 1, tailMax: MaxEthernet, flags: FlagCritical},
	KindRetire:       {name: "RETIRE", has: hasCycle | hasTail, tailMin: RetireBytes, tailMax: RetireBytes, flags: FlagCritical},
	KindIRQ:          {name: "IRQ", has: hasCycle | hasCode, flags: FlagCritical},
	KindRan:          {name: "RAN", has: hasCycle, flags: FlagCritical, answers: KindRun},
	KindTestDone:     {name: "TEST_DONE", has: hasCycle | hasValue, flags: FlagCritical, answers: KindTestEnd},
	KindAssert:       {name: "ASSERT", has: hasCycle | hasTail, tailMax: maxText, flags: FlagCritical},
	KindHang:         {name: "HANG", has: hasCycle | hasTail, tailMax: maxText, flags: FlagCritical},
	KindFault:        {name: "ERROR", has: hasCode | hasTail, tailMax: maxText, flags: FlagCritical},
	KindPong:         {name: "PONG", has: hasAddr, flags: FlagCritical, answers: KindPing},
	KindHeartbeat:    {name: "HEARTBEAT", has: hasCycle, free: true},
}

// fixed returns the bytes of the fixed fields.
func (l *layout) fixed() int {
	n := 0
	if l.has&hasCycle != 0 {
		n += 8
	}
	if l.has&hasAddr != 0 {
		n += 8
	}
	if l.has&hasValue != 0 {
		n += 4
	}
	if l.has&hasCode != 0 {
		n++
	}
	return n
}

// Known reports whether this protocol version defines k.
func (k Kind) Known() bool { return layouts[k].name != "" }

// Stimulus reports whether k may travel from host to device.
func (k Kind) Stimulus() bool { return k.Known() && k < 0x80 }

// Observation reports whether k may travel from device to host.
func (k Kind) Observation() bool {
	return k.Known() && (k >= 0x80 || k == KindHello || k == KindCredit)
}

// Free reports whether items of kind k belong to the transport only: they need no credit and are not in the transcript.
func (k Kind) Free() bool { return layouts[k].free }

// String returns the name docs/bridge.md uses.
func (k Kind) String() string {
	if k.Known() {
		return layouts[k].name
	}
	return fmt.Sprintf("KIND_%#02x", uint8(k))
}
