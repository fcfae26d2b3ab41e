package testvectors

import "fmt"

// DeviceCase is one cause put to a whole NIC, and all that the NIC does then: to its tables, to memory, to the network, to its
// driver. Format 3 only. The NIC has 8 context slots, 16 rows of regions, 8 completion queues and 8 shared receive queues; it is
// enabled, and its MAC and the next hop are those of all vectors.
//
// What a NIC does with the world comes in one order: the reads of command image or work queue element, of its list, of what
// an atomic finds; the write of the payload or of the word of an atomic; the event of the shared receive queue; the completion, and
// the event of its queue; the reads of the payload to send, and the frame; the timer; the event of the queue pair.
type DeviceCase struct {
	// Addr is the memory address of a command.
	Addr Num `json:"addr,omitempty"`
	// After is what is different in the tables after the step. An entry without an image is free then.
	After Tables `json:"after"`
	// Arg is the value of the doorbell, the timer that ran out, argument 0 of a command; Arg1 is argument 1 of a command.
	Arg  Num `json:"arg"`
	Arg1 Num `json:"arg1"`
	// Before is all that the tables hold.
	Before Tables `json:"before"`
	// Cause is an abi.Cause; CMD has Command.
	Cause string `json:"cause"`
	// Changes is the difference between Before and After, for people.
	Changes []string `json:"changes"`
	Command string   `json:"command,omitempty"`
	// Counters are those that grew, without STEPS, which always does.
	Counters []Counted `json:"counters"`
	Events   []Raised  `json:"events"`
	// Features is what the NIC has beyond SEND and RDMA WRITE, by the names of register FEATURES.
	Features []string `json:"features,omitempty"`
	// Frame is what is received.
	Frame Hex `json:"frame,omitempty"`
	// IP is the NIC's address.
	IP Hex `json:"ip"`
	// Needs is what of Features matters: with these alone the same comes out. Lacks is what the NIC must not have: with any of
	// these something else does. So the vector is for NICs with all of Needs and none of Lacks.
	Lacks []string `json:"lacks,omitempty"`
	Needs []string `json:"needs,omitempty"`
	// Reads are the NIC's reads of memory, in order, with what it finds. They never overlap with different bytes, so memory may
	// be filled with all of them before.
	Reads []Access `json:"reads"`
	// Result is register CMD_RESULT after a command.
	Result Num `json:"result,omitempty"`
	// Retransmit tells that Sent is a request whose PSN was sent before.
	Retransmit bool `json:"retransmit"`
	// Sent is the frame that the NIC sends.
	Sent Hex `json:"sent,omitempty"`
	// Slot is the context slot of a step, the number of the queue of a doorbell; 0 where a frame or a command names it.
	Slot int `json:"slot"`
	// Ticks is set when the timer of the queue pair is armed.
	Ticks     Num  `json:"ticks,omitempty"`
	TimerStop bool `json:"timer_stop"`
	// Wants are the opportunities that the queue pair in slot 0 is ready for after the step.
	Wants []string `json:"wants"`
	// Writes are the NIC's writes to memory, in order.
	Writes []Access `json:"writes"`
}

// form tells what of a case is not as it is written; "" if all is.
func (c *DeviceCase) form() (why string) {
	if c == nil {
		return ""
	}
	for _, list := range [][]Access{c.Reads, c.Writes} {
		for i := range list {
			if a := &list[i]; accessOf(a.Addr.Uint(), a.whole()) != *a {
				return fmt.Sprintf("the access to %s has not the form of %d bytes", a.Addr, a.Len)
			}
		}
	}
	for _, k := range tableKinds {
		for _, tables := range []*Tables{&c.Before, &c.After} {
			last := -1
			for _, e := range *k.of(tables) {
				free := e.Image == "" && tables == &c.After
				if e.Number <= last || !free && entry(e.Number, e.whole()) != e {
					return fmt.Sprintf("entry %s %d has not the form of an image, or follows a later one", k.name, e.Number)
				}
				last = e.Number
			}
		}
	}
	return ""
}

// Tables are what a NIC holds. Images have the layouts of spec/layouts.yaml and spec/context.yaml, cut behind the last word of 8
// bytes that is not 0; an entry that is all 0 has one such word.
type Tables struct {
	// CQs and SRQs are the completion queues (layout cqc) and shared receive queues (layout srqc) by number, QPs the contexts by
	// slot, Regions the memory regions (layout mr) by row.
	CQs     []Entry `json:"cqs"`
	QPs     []Entry `json:"qps"`
	Regions []Entry `json:"regions"`
	SRQs    []Entry `json:"srqs"`
}

// Entry is one entry of a table.
type Entry struct {
	Image  Hex `json:"image"`
	Number int `json:"number"`
}

// Access is one access to memory, of Len bytes. Bytes is cut behind the last that is not 0.
type Access struct {
	Addr  Num `json:"addr"`
	Bytes Hex `json:"bytes"`
	Len   int `json:"len"`
}

// Counted is a counter that grew.
type Counted struct {
	Add  int    `json:"add"`
	Name string `json:"name"`
}

// Raised is an event, and the number of what it is about.
type Raised struct {
	Kind   string `json:"kind"`
	Number Num    `json:"number"`
}

// ModifyCase is a question to a driver: may a queue pair of this type go from one state to another with these attributes? The
// verdict is OK, BAD_STATE if it may not take that way at all, or BAD_ATTR if an attribute is missing or not wanted. Format 3 only.
type ModifyCase struct {
	// Attrs are attributes of MODIFY_QP, by the names of spec/context.yaml, without state.
	Attrs []string `json:"attrs"`
	From  string   `json:"from"`
	To    string   `json:"to"`
	Type  string   `json:"type"`
}
