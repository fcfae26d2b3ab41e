package spec

// Context is context.yaml: the queue pair context, its image, its banks and what MODIFY_QP may write.
type Context struct {
	Where  `json:"-"`
	Layout string `json:"layout"`
	Bytes  int    `json:"bytes"`
	// Extended is the size of the image with the fields of the extended banks, which lie behind Bytes; without it there
	// are none.
	Extended int      `json:"extended,omitempty"`
	Doc      string   `json:"doc"`
	Banks    []Bank   `json:"banks"`
	Fields   []Field  `json:"fields"`
	Attrs    []Attr   `json:"attrs"`
	Modify   []Modify `json:"modify"`
}

// Bank is a context memory of the RTL, with the one unit that writes it.
type Bank struct {
	Where  `json:"-"`
	Name   Name   `json:"name"`
	Writer Writer `json:"writer"`
	// Extended banks are those of devices with features only.
	Extended bool   `json:"extended,omitempty"`
	Doc      string `json:"doc"`
}

// Field is a field of a little-endian image: Bits bits from bit 0 of byte At.
type Field struct {
	Where `json:"-"`
	Name  Name `json:"name"`
	At    int  `json:"at"`
	Bits  int  `json:"bits"`
	// Bank is the context bank; context only, and required there.
	Bank Name `json:"bank,omitempty"`
	// Type refines the plain number: bool, psn or epoch.
	Type FieldType `json:"type,omitempty"`
	// Enum names the enum (or State) of the field; OrEnum a second one whose codes are valid, too.
	Enum   Name `json:"enum,omitempty"`
	OrEnum Name `json:"or_enum,omitempty"`
	// Extended fields of a layout mean something to devices with features only.
	Extended bool `json:"extended,omitempty"`
	// Attr names the modify attribute that lets the driver write the field; context only.
	Attr Name `json:"attr,omitempty"`
	// Min and Max bound what the driver may set; without Max, the width does.
	Min   uint64 `json:"min,omitempty"`
	Max   uint64 `json:"max,omitempty"`
	Reset uint64 `json:"reset,omitempty"`
	Doc   string `json:"doc"`
}

// Attr is an attribute bit of MODIFY_QP.
type Attr struct {
	Where `json:"-"`
	Name  Name   `json:"name"`
	Bit   int    `json:"bit"`
	Doc   string `json:"doc"`
}

// Modify says which attributes one driver transition of some queue pair types requires and allows.
type Modify struct {
	Where `json:"-"`
	From  Name `json:"from"`
	To    Name `json:"to"`
	// Types are the queue pair types it is about, RC alone when there are none.
	Types    []Name `json:"types,omitempty"`
	Required []Name `json:"required"`
	Optional []Name `json:"optional"`
}

// Enums is enums.yaml.
type Enums struct {
	Where `json:"-"`
	Enums []Enum `json:"enums"`
}

// Enum is a set of named 8-bit codes; with Flags each code is a single bit.
type Enum struct {
	Where  `json:"-"`
	Name   Name    `json:"name"`
	Flags  bool    `json:"flags,omitempty"`
	Doc    string  `json:"doc"`
	Values []Value `json:"values"`
}

// Value is one named code.
type Value struct {
	Where `json:"-"`
	Name  Name   `json:"name"`
	Code  int    `json:"code"`
	Doc   string `json:"doc"`
}

// Layouts is layouts.yaml: structures in host memory.
type Layouts struct {
	Where   `json:"-"`
	Layouts []Layout `json:"layouts"`
}

// Layout is one little-endian structure.
type Layout struct {
	Where `json:"-"`
	Name  Name `json:"name"`
	Bytes int  `json:"bytes"`
	// Extended layouts are those of devices with features only.
	Extended bool    `json:"extended,omitempty"`
	Doc      string  `json:"doc"`
	Fields   []Field `json:"fields"`
}

// Packets is packets.yaml: headers, opcodes, and which state serves which packet.
type Packets struct {
	Where    `json:"-"`
	Headers  []Header   `json:"headers"`
	Opcodes  []Opcode   `json:"opcodes"`
	Legality []Legality `json:"legality"`
}

// Header is a big-endian header. Its fields' At counts bits from the most significant bit of the first byte.
type Header struct {
	Where  `json:"-"`
	Name   Name          `json:"name"`
	Bytes  int           `json:"bytes"`
	Doc    string        `json:"doc"`
	Fields []HeaderField `json:"fields"`
}

// HeaderField is a field of a header.
type HeaderField struct {
	Where `json:"-"`
	Name  Name   `json:"name"`
	At    int    `json:"at"`
	Bits  int    `json:"bits"`
	Enum  Name   `json:"enum,omitempty"`
	Doc   string `json:"doc"`
}

// Opcode is an opcode of the BTH.
type Opcode struct {
	Where    `json:"-"`
	Name     Name      `json:"name"`
	Code     int       `json:"code"`
	Kind     Kind      `json:"kind"`
	Op       Operation `json:"op"`
	Position Position  `json:"pos"`
	// Headers follow the BTH in this order.
	Headers []Name  `json:"headers"`
	Payload Payload `json:"payload"`
	// Executes is set for what every device does, Feature names the feature of those that do the others (a field of
	// register FEATURES); other requests parse and are refused.
	Executes bool `json:"executes,omitempty"`
	Feature  Name `json:"feature,omitempty"`
}

// Legality says what a queue pair in State does with each kind of packet.
type Legality struct {
	Where    `json:"-"`
	State    Name   `json:"state"`
	Request  Action `json:"request"`
	Response Action `json:"response"`
	Mig      Action `json:"mig"`
}

// Registers is registers.yaml.
type Registers struct {
	Where     `json:"-"`
	Registers []Register `json:"registers"`
	Counters  []Counter  `json:"counters"`
}

// Register is a 32-bit register, or an array of Count of them, Stride bytes apart.
type Register struct {
	Where  `json:"-"`
	Name   Name      `json:"name"`
	At     int       `json:"at"`
	Access RegAccess `json:"access"`
	// Reads is what a ro register gives; the others give what was written, or nothing.
	Reads  RegReads   `json:"reads,omitempty"`
	Count  int        `json:"count,omitempty"`
	Stride int        `json:"stride,omitempty"`
	Reset  uint64     `json:"reset,omitempty"`
	Doc    string     `json:"doc"`
	Fields []RegField `json:"fields,omitempty"`
}

// RegField is a field of a register.
type RegField struct {
	Where `json:"-"`
	Name  Name     `json:"name"`
	Bits  BitRange `json:"bits"`
	Doc   string   `json:"doc"`
}

// Counter is an element of the COUNTER array. With Verdict it counts the steps that retired with that verdict.
type Counter struct {
	Where   `json:"-"`
	Name    Name `json:"name"`
	Index   int  `json:"index"`
	Verdict Name `json:"verdict,omitempty"`
	// Extended counters are those of devices with features only.
	Extended bool   `json:"extended,omitempty"`
	Doc      string `json:"doc"`
}

// States is states.yaml.
type States struct {
	Where       `json:"-"`
	States      []Value      `json:"states"`
	Transitions []Transition `json:"transitions"`
}

// Transition is an edge between two states: who may take it, and by what.
type Transition struct {
	Where `json:"-"`
	From  Name `json:"from"`
	To    Name `json:"to"`
	By    Role `json:"by"`
	Via   Via  `json:"via"`
	// Extended edges are those of devices with features only.
	Extended bool `json:"extended,omitempty"`
}

// Timing is timing.yaml.
type Timing struct {
	Where      `json:"-"`
	Clock      Clock       `json:"clock"`
	Parameters []Parameter `json:"parameters"`
	// RNRTicks is the wait for each of the 32 RNR NAK timer codes, in ticks. IBTA table 45.
	RNRTicks []uint64 `json:"rnr_ticks"`
	Steps    []Step   `json:"steps"`
	Work     []Work   `json:"work"`
}

// Clock is the device clock.
type Clock struct {
	Where      `json:"-"`
	PeriodNS   int    `json:"period_ns"`
	TickCycles int    `json:"tick_cycles"`
	Doc        string `json:"doc"`
}

// Parameter is a named constant.
type Parameter struct {
	Where `json:"-"`
	Name  Name   `json:"name"`
	Value uint64 `json:"value"`
	Doc   string `json:"doc"`
}

// Step is the cost of one kind of step in cycles: Base, and Payload more if it moves payload.
type Step struct {
	Where   `json:"-"`
	Cause   Name `json:"cause"`
	Base    int  `json:"base"`
	Payload int  `json:"payload"`
}

// Work is the cost of something that steps and the port do, in cycles: Base, and PerBeat for each 16-byte beat of it.
type Work struct {
	Where   `json:"-"`
	Name    Name   `json:"name"`
	Base    int    `json:"base"`
	PerBeat int    `json:"per_beat"`
	Doc     string `json:"doc"`
}
