// Package op is the one vocabulary of stimulus: operations on a world of NICs, queue pairs and links. An operation
// can be generated, printed, parsed, run and shrunk; stories, property tests, fuzzers and co-simulation all speak
// it. Package story runs it.
//
// The text of an operation is one line: a verb, then values in their order, then key=value pairs in any order. The
// canonical text leaves out what has its default. See [Help].
package op

import "fmt"

// Verb says what an operation does. The verbs of checks have two words.
type Verb string

// The verbs. [Help] says what each does.
const (
	Seed     Verb = "seed"
	Dialect  Verb = "dialect"
	NIC      Verb = "nic"
	QP       Verb = "qp"
	PostRecv Verb = "post-recv"
	PostSend Verb = "post-send"
	Modify   Verb = "modify"
	Destroy  Verb = "destroy"
	SRQLimit Verb = "srq-limit"
	Address  Verb = "address"
	ResizeCQ Verb = "resize-cq"
	Run      Verb = "run"
	Idle     Verb = "idle"

	Drop    Verb = "drop"
	Dup     Verb = "dup"
	Delay   Verb = "delay"
	Corrupt Verb = "corrupt"
	Mark    Verb = "mark"
	Faults  Verb = "faults"
	Crash   Verb = "crash"
	Attack  Verb = "attack"

	Manual  Verb = "manual"
	Auto    Verb = "auto"
	Hold    Verb = "hold"
	Deliver Verb = "deliver"
	Repeat  Verb = "repeat"
	Lose    Verb = "lose"
	Send    Verb = "send"
	Respond Verb = "respond"
	Expire  Verb = "expire"

	Stall    Verb = "stall"
	Move     Verb = "move"
	Resume   Verb = "resume"
	Forward  Verb = "forward"
	Release  Verb = "release"
	Rollback Verb = "rollback"
	Close    Verb = "close"

	ExpectWC      Verb = "expect wc"
	ExpectState   Verb = "expect state"
	ExpectData    Verb = "expect data"
	ExpectCounter Verb = "expect counter"
	ExpectEvent   Verb = "expect event"
	ExpectPackets Verb = "expect packets"
	ExpectPartner Verb = "expect partner"
	ExpectSettled Verb = "expect settled"
	ExpectRetries Verb = "expect retries"
)

// Op is one operation. Which fields mean something depends on Verb; the others are zero. Two operations do the same
// if they are equal but for Line and Col.
type Op struct {
	Verb Verb
	// Line and Col are where the operation was read from, from 1; 0 if it was not read.
	Line, Col int

	// Number is the number of a queue pair pair (qp 1 is one queue pair at each of two NICs), or the seed.
	Number int
	// At, From, To name NICs.
	At, From, To string

	Conn   Conn
	Params Params
	Work   Work
	Frames Frames
	Chance Chance
	Attack AttackPlan
	// Time is how long to run, to delay, or to wait for silence, in cycles.
	Time Cycles
	// Limit is the receives below which a shared receive queue raises its event.
	Limit int
	// Entries is how many completions a queue is to hold.
	Entries int
	// State is the QP state to go to, or to expect.
	State string
	Want  Want
	// Dialect is the dialect that all NICs speak: a name that qp.ParseDialect reads.
	Dialect string
}

// Params are the build parameters of a NIC.
type Params struct {
	// IP is its address; "" = 10.0.0.n for the n-th NIC.
	IP            string
	QPs, MRs, CQs int
	Migration     bool
}

// Conn are the properties of a connection.
type Conn struct {
	// With is the number of a connection whose containers this one shares, as far as both have an end at the same NIC, so
	// that both move together; 0 = none.
	With int
	// Type is the transport: "rc", "uc" or "ud".
	Type string
	// SRQ: its ends take their receives from the shared receive queue of their container.
	SRQ bool
	// ECN: what it sends says that switches may mark it.
	ECN bool
	// MTU is the path MTU in bytes.
	MTU int
	// Timeout, Retry, RNR, MinRNR are the verbs attributes of these names, as codes.
	Timeout, Retry, RNR, MinRNR int
	// Lease and Announce are ticks, Probes and Resumes limits. Rules R4, R6.
	Lease, Announce, Probes, Resumes int
	// Acks is how many requests one acknowledgement may answer.
	Acks int
	// Depth is the work requests each queue holds, Mem the bytes of each of an end's three regions.
	Depth, Mem int
	// PSNA and PSNB are the first PSNs that each end sends.
	PSNA, PSNB int
	// PKeyA and PKeyB are the partition keys of the ends.
	PKeyA, PKeyB int
	// KeyA and KeyB are the migration keys of the ends as 32 hexadecimal digits; "" = none. A story may give the ends
	// different ones to show a tag mismatch.
	KeyA, KeyB string
	// RdAtomic is how many READs and atomics an end may have outstanding, and how many it remembers of its partner's.
	RdAtomic int
	// Receiver is the end that stays in RTR and sends nothing: "a", "b" or "none".
	Receiver string
	// Capable: migration agreed. Pinned: the partner's address must not change. Equal: both queue pairs have one number.
	Capable, Pinned, Equal bool
}

// Work is what to post.
type Work struct {
	// Op is "send", "send-imm", "send-inv", "write", "write-imm", "read", "cas" or "faa".
	Op string
	// Count is how many, Len the bytes of each.
	Count, Len int
	// Off is where an RDMA WRITE goes in the partner's region, or what of the source region a READ reads; -1 = behind the one before.
	Off int
	// SGEs is the buffers each is spread over. Inline: the payload is in the work request.
	SGEs   int
	Inline bool
	// Solicited: the partner is to be told, if it waits for such.
	Solicited bool
	// Fence: it begins when all READs and atomics before it are answered.
	Fence bool
	// Unsignaled: no completion is asked for.
	Unsignaled bool
	// Fault makes the work request a bad one: "none", "rkey", "lkey", "bounds", "qkey".
	Fault string
}

// Frames chooses frames of a link.
type Frames struct {
	// Packet is an opcode, a kind of migration packet or a syndrome by its name; "any" = all.
	Packet string
	// PSN is the BTH.PSN; -1 = any.
	PSN int
	// Nth is the first of the chosen frames to act on, from 1; Count how many.
	Nth, Count int
	// Bit is the bit of the frame to flip, counted from the end of the IP header.
	Bit int
}

// Chance are the random faults of a link, one way, in 1000.
type Chance struct{ Loss, Dup, Reorder, Corrupt, Mark int }

// AttackPlan is what an attacker does.
type AttackPlan struct {
	// End is the end of the connection that is attacked, "a" or "b".
	End string
	// Knowledge and Strategy are names of package fabric.
	Knowledge, Strategy string
	// Rate is packets per window in every one of Every windows, Count all of them.
	Rate, Every, Count int
	// Filtered: it sends from its own address only.
	Filtered bool
}

// Want is what a check holds the world against.
type Want struct {
	// Count is the number expected; -1 = any. Min is the least.
	Count, Min int
	// Status and Vendor choose completions, Kind the kind of work request: "recv", "any", or as Work.Op.
	Status, Vendor, Kind string
	// Name is a counter, an event, or a packet as in Frames.
	Name string
}

// Cycles is a time in cycles of 4 ns.
type Cycles uint64

// PerMicrosecond is the cycles of a microsecond.
const PerMicrosecond Cycles = 250

// String returns "50us", or "77cycles" where that is not exact.
func (c Cycles) String() string {
	if c%PerMicrosecond == 0 && c != 0 {
		return fmt.Sprintf("%dus", uint64(c/PerMicrosecond))
	}
	return fmt.Sprintf("%dcycles", uint64(c))
}

// Error is a mistake in the text or the meaning of an operation.
type Error struct {
	File      string
	Line, Col int
	Reason    string
}

// Error returns "FILE:LINE:COL: reason", without the place if the operation was not read from anywhere.
func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.Reason
	case e.File == "":
		return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Reason)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Reason)
}

// Errorf is an Error at the place of the operation.
func (o *Op) Errorf(file, format string, args ...any) *Error {
	return &Error{file, o.Line, o.Col, fmt.Sprintf(format, args...)}
}
