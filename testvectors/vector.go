package testvectors

import (
	"encoding/hex"
	"fmt"
)

// Formats are the versions of the files' form. In FormatBase the NIC has SEND and RDMA WRITE, and contexts are what every device
// has of them. In FormatWhole each step names the features of the NIC, and contexts are whole: all banks, up to the last byte that
// is not 0. In FormatDevice a vector is one cause put to a whole NIC with its tables and memory, or a question to a driver. A suite
// has one format for good.
const (
	FormatBase   = 1
	FormatWhole  = 2
	FormatDevice = 3
)

// Hex is bytes as lower-case hexadecimal digits, the first byte first.
type Hex string

func toHex(b []byte) Hex { return Hex(hex.EncodeToString(b)) }

// Bytes decodes h. What passed the schema always decodes.
func (h Hex) Bytes() []byte {
	b, err := hex.DecodeString(string(h))
	if err != nil {
		panic("BUG: Hex past the schema: " + err.Error())
	}
	return b
}

// Num is a number as 0x and lower-case hexadecimal digits, as wide as the field it is of.
type Num string

func num(v uint64, bits int) Num { return Num(fmt.Sprintf("0x%0*x", (bits+3)/4, v)) }

// Uint returns the value of n. What passed the schema always parses.
func (n Num) Uint() uint64 {
	var v uint64
	if _, err := fmt.Sscanf(string(n), "0x%x", &v); err != nil {
		panic("BUG: Num past the schema: " + err.Error())
	}
	return v
}

// File is a suite as it is stored. The fields of all structs here are in the order of their JSON names.
type File struct {
	// Count is the number of vectors.
	Count int `json:"count"`
	// Digest is the SHA-256 over the lines of the vectors, each with its newline.
	Digest Hex `json:"digest"`
	Format int `json:"format"`
	// Groups say where the vectors' requirements come from.
	Groups []Group `json:"groups"`
	// Revision is that of the specification.
	Revision Hex `json:"revision"`
	// Revisions are the published vectors that were changed or withdrawn, with the reason.
	Revisions []Revision `json:"revisions"`
	Suite     string     `json:"suite"`
	// Vectors are ordered by ID.
	Vectors []Vector `json:"vectors"`
}

// Group is what a number of vectors have in common: one requirement.
type Group struct {
	// Doc says what the vectors show, Name names the group in a vector's key, Source is the rule's text.
	Doc    string `json:"doc"`
	Name   string `json:"name"`
	Rule   string `json:"rule"`
	Source string `json:"source"`
}

// Revision records that a published vector was changed or withdrawn.
type Revision struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	// Withdrawn tells that there is no such vector any more. Its ID is not used again.
	Withdrawn bool `json:"withdrawn"`
}

// Vector is one case. It has one reason, which Key names.
type Vector struct {
	// Class is the failure class: ok, drop, nak:SYNDROME, cqe:STATUS or qp_error.
	Class string `json:"class"`
	// Device is set in the suites of whole NICs.
	Device *DeviceCase `json:"device,omitempty"`
	// Flags name what the standard leaves open here; a profile maps each to what an implementation does.
	Flags []string `json:"flags"`
	// Frame is set in the suites of frames, Step in those of steps.
	Frame *FrameCase `json:"frame,omitempty"`
	ID    string     `json:"id"`
	// Key is GROUP/CASE. It identifies the vector for good.
	Key string `json:"key"`
	// Modify is set in the suite of attribute masks.
	Modify *ModifyCase `json:"modify,omitempty"`
	Step   *StepCase   `json:"step,omitempty"`
	// Verdict is an abi.Verdict; of a command, its abi.CmdStatus.
	Verdict string `json:"verdict"`
}

// FrameCase is a frame to receive. The receiver is NICMAC and NICIP (or NICIP6).
type FrameCase struct {
	Bytes Hex `json:"bytes"`
	// Fields is what a frame of class ok says.
	Fields *Fields `json:"fields,omitempty"`
	// ICRC is the right one, whether or not the frame has it; absent when rules 1 and 2 do not give it a place.
	ICRC Num `json:"icrc,omitempty"`
	// Rule is the rule of reception (package wire) that the frame breaks; 0 if none.
	Rule int `json:"rule"`
}

// Fields are the fields of a received packet.
type Fields struct {
	AckReq  bool   `json:"ackreq"`
	DestQPN Num    `json:"dest_qpn"`
	DstIP   Hex    `json:"dst_ip"`
	Ext     Hex    `json:"ext"` // headers between BTH and payload
	MigReq  bool   `json:"migreq"`
	Opcode  string `json:"opcode"`
	Pad     int    `json:"pad"`
	Payload int    `json:"payload"` // bytes, without pad
	PKey    Num    `json:"pkey"`
	PSN     Num    `json:"psn"`
	SE      bool   `json:"se"`
	SrcIP   Hex    `json:"src_ip"`
}

// StepCase is one protocol step or one command on a context.
type StepCase struct {
	// After is the context image after the step, without reserved bytes at its end, as Before is. In format 2 it is the
	// whole context, cut behind the last word of 8 bytes that is not 0.
	After Hex `json:"after"`
	// Arg is the producer index of a doorbell, the timer that ran out, argument 0 of a command.
	Arg Num `json:"arg"`
	// Arg1 is argument 1 of a command.
	Arg1   Num `json:"arg1"`
	Before Hex `json:"before"`
	// Cause is an abi.Cause; CMD has Command.
	Cause string `json:"cause"`
	// Changes is the difference between Before and After, for people.
	Changes []string     `json:"changes"`
	Check   *RegionCheck `json:"check,omitempty"`
	Command string       `json:"command,omitempty"`
	Effects Effects      `json:"effects"`
	// Features is what the NIC has beyond SEND and RDMA WRITE, by the names of register FEATURES. Format 2 only, and there
	// never empty.
	Features []string `json:"features,omitempty"`
	// Fetch is the DMA address of the work queue element the step needs, WQE the element found there.
	Fetch Num `json:"fetch,omitempty"`
	// Frame is the received packet.
	Frame Hex `json:"frame,omitempty"`
	// Image is what a command finds at its address.
	Image Hex `json:"image,omitempty"`
	// Old is what an atomic finds at the address of its check. Format 2 only.
	Old Num `json:"old,omitempty"`
	// Wants are the opportunities the context is ready for after the step.
	Wants []string `json:"wants"`
	WQE   Hex      `json:"wqe,omitempty"`
}

// RegionCheck is the region check that a step needs.
type RegionCheck struct {
	Access string `json:"access"`
	Key    Num    `json:"key"`
	Len    Num    `json:"len"`
	// OK is the answer: the region is there and grants it.
	OK bool `json:"ok"`
	VA Num  `json:"va"`
}

// Effects is what a step does to the world.
type Effects struct {
	CQE   *CQE   `json:"cqe,omitempty"`
	Event string `json:"event"`
	// Invalidate is a key that is not valid any more. Format 2 only.
	Invalidate Num     `json:"invalidate,omitempty"`
	Packet     *Packet `json:"packet,omitempty"`
	// Ticks is set when the timer is armed.
	Ticks     Num  `json:"ticks,omitempty"`
	TimerStop bool `json:"timer_stop"`
	// WithHeader tells that the first 40 of the bytes written are the IP header of the frame, that of IPv4 behind 20 bytes 0: a
	// datagram of UD. Format 2 only.
	WithHeader bool `json:"with_header,omitempty"`
	// Word is written where the region check led, as 8 bytes: what an atomic leaves, or what was there before it. Format 2 only.
	Word Num `json:"word,omitempty"`
	// Write is the number of payload bytes written where the region check led.
	Write int `json:"write"`
}

// CQE is a completion: the queue and the element, its sequence number 0.
type CQE struct {
	CQN     int `json:"cqn"`
	Element Hex `json:"element"`
}

// Packet is a packet to send, to the partner named by the context.
type Packet struct {
	AckReq bool `json:"ackreq"`
	// DestQPN is set, and with it HopLimit, Resv8a and TClass, for a packet that does not go to the context's partner, or as that
	// has it: datagrams of UD and CNPs. Format 2 only. A hop limit of 0 is the NIC's own.
	DestQPN  Num    `json:"dest_qpn,omitempty"`
	DstIP    Hex    `json:"dst_ip"`
	Ext      Hex    `json:"ext"` // headers between BTH and payload
	HopLimit Num    `json:"hop_limit,omitempty"`
	Len      Num    `json:"len"` // payload: Len bytes at offset Off of the checked buffer; a CNP has 16 bytes 0 beside them
	Off      Num    `json:"off"`
	Opcode   string `json:"opcode"`
	PSN      Num    `json:"psn"`
	Resv8a   Num    `json:"resv8a,omitempty"`
	// Retransmit tells that the PSN was sent before.
	Retransmit bool `json:"retransmit"`
	SE         bool `json:"se"`
	TClass     Num  `json:"tclass,omitempty"`
}

// The receiver of all frames, and the partner.
var (
	NICMAC  = [6]byte{0x02, 0, 0, 0, 0, 0x0a}
	NICIP   = [16]byte{10: 0xff, 11: 0xff, 12: 10, 13: 0, 14: 0, 15: 10}
	NICIP6  = [16]byte{0: 0xfd, 1: 0x67, 15: 10}
	PeerMAC = [6]byte{0x02, 0, 0, 0, 0, 0x0b}
	PeerIP  = [16]byte{10: 0xff, 11: 0xff, 12: 10, 13: 0, 14: 0, 15: 11}
	PeerIP6 = [16]byte{0: 0xfd, 1: 0x67, 15: 11}
	// OtherIP is neither's.
	OtherIP = [16]byte{10: 0xff, 11: 0xff, 12: 10, 13: 0, 14: 0, 15: 12}
)
