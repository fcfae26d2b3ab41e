package spec

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Name is an identifier: a letter, then letters, digits and underscores.
type Name string

var nameRE = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// BitRange is a range of bits in a register, written "15:8" or "31".
type BitRange struct{ Hi, Lo int }

// Width returns the number of bits.
func (b BitRange) Width() int { return b.Hi - b.Lo + 1 }

// String returns the spelling of the specification.
func (b BitRange) String() string {
	if b.Hi == b.Lo {
		return strconv.Itoa(b.Hi)
	}
	return fmt.Sprintf("%d:%d", b.Hi, b.Lo)
}

func parseBitRange(s string) (BitRange, error) {
	hi, lo, found := strings.Cut(s, ":")
	if !found {
		lo = hi
	}
	h, err1 := strconv.ParseUint(hi, 10, 8)
	l, err2 := strconv.ParseUint(lo, 10, 8)
	if err1 != nil || err2 != nil || h < l {
		return BitRange{}, fmt.Errorf("%q is not a bit range like \"31\" or \"15:8\"", s)
	}
	return BitRange{int(h), int(l)}, nil
}

// The closed vocabularies of the specification. Each type lists its words; the decoder refuses others.
type (
	// Writer is the one unit that writes a context bank.
	Writer string
	// FieldType refines a plain number.
	FieldType string
	// Kind is the kind of a packet; those of RC are the columns of the legality table.
	Kind string
	// Operation is what a packet is part of.
	Operation string
	// Position is the place of a packet in its message.
	Position string
	// Payload is the rule for the payload length: none; any 0..PMTU; some 1..PMTU; mtu exactly PMTU bytes.
	Payload string
	// Action is what a state does with a packet. drop_stopped, nak_stopped and tombstone are rule R2.
	Action string
	// RegAccess is ro, rw or wo.
	RegAccess string
	// RegReads is what a register that only the device writes gives: constant, the same in every device; build, the same in a
	// device; live, what the device has to tell now; take, the same, and reading takes it away.
	RegReads string
	// Role is who takes a transition.
	Role string
	// Via is what takes a transition.
	Via string
)

type vocabulary interface{ words() []string }

func (Writer) words() []string {
	return []string{"driver", "requester", "responder", "migration", "any"}
}
func (FieldType) words() []string { return []string{"bool", "psn", "epoch"} }
func (Kind) words() []string      { return []string{"request", "response", "mig", "uc", "ud", "cnp"} }
func (Operation) words() []string {
	return []string{"send", "write", "read", "atomic", "ack", "mig", "cnp"}
}
func (Position) words() []string { return []string{"first", "middle", "last", "only"} }
func (Payload) words() []string  { return []string{"none", "any", "some", "mtu"} }
func (Action) words() []string {
	return []string{"drop", "serve", "drop_stopped", "nak_stopped", "tombstone"}
}
func (RegAccess) words() []string { return []string{"ro", "rw", "wo"} }
func (RegReads) words() []string  { return []string{"constant", "build", "live", "take"} }
func (Role) words() []string      { return []string{"driver", "nic"} }
func (Via) words() []string {
	return []string{"modify", "error", "stall", "load", "resume", "nak_stopped", "resume_packet"}
}

// Words returns the words of a vocabulary in the order of their generated codes.
func Words(v interface{ words() []string }) []string { return v.words() }
