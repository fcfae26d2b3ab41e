package abi

// OpcodeInfo describes an opcode of the BTH.
type OpcodeInfo struct {
	// Name is the specification's; empty when not Known.
	Name  string
	Known bool
	Kind  Kind
	Op    Operation
	Pos   Position
	// ExtLen is the number of header bytes between BTH and payload, Headers the headers they are.
	ExtLen  int
	Headers []HeaderID
	// Executes is set when every device carries it out, Feature is what those have that carry out the others; known
	// requests that a device does not carry out are refused with NAK_INV_REQ.
	Executes bool
	Feature  Feature
	Payload  Payload
}

// Info returns the opcode's entry in Opcodes.
func (o Opcode) Info() *OpcodeInfo { return &Opcodes[o] }

// RC tells whether the opcode is one of RC: one that every device knows.
func (o Opcode) RC() bool { return Opcodes[o].Known && Opcodes[o].Kind <= KindMig }

// String returns the name of the specification, or "Opcode(code)".
func (o Opcode) String() string {
	if Opcodes[o].Known {
		return Opcodes[o].Name
	}
	return unknownCode("Opcode", uint8(o))
}

// HeaderInfo describes a header.
type HeaderInfo struct {
	Name   string
	Bytes  int
	Fields []HeaderField
}

// HeaderField is a field of a header: Bits bits from bit At, bit 0 being the most significant of the first byte.
type HeaderField struct {
	Name     string
	At, Bits int
}

// Legality returns what a queue pair in state s does with a packet of kind k. A state that the specification does
// not know drops.
func Legality(s State, k Kind) Legal {
	if int(s) >= len(legality) || int(k) >= len(legality[s]) {
		return LegalDrop
	}
	return legality[s][k]
}
