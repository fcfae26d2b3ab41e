package qp

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Rules is a set of rules of the migration protocol (docs/protocol.md, section 4) that are switched off, and of facts
// of the MigrOS prototype that stand in for what this protocol does. The empty set is dialect godwit. A NIC keeps its
// dialect for ever; all NICs of a fabric should have the same.
//
// The prototype's packets travel in this protocol's forms, of which it reads less: its RESUME is METH of kind RESUME
// with everything but BTH.PSN ignored, its answer a plain ACK. A packet that it would queue is dropped, as a network
// may do as well. What each fact does is the prototype's; its bytes are not.
type Rules uint32

// Rules switched off.
const (
	// NoR2: a stopped queue pair answers as the prototype's: NAK_STOPPED only to the packet at ePSN; below it the
	// duplicate is acknowledged, beyond it there is a sequence NAK; a RESUME is accepted as in RTS.
	NoR2 Rules = 1 << iota
	// NoR3: NAK_STOPPED pauses whatever its epoch and its PSN.
	NoR3
	// NoR4: a pause has no lease, so that only RESUME ends it.
	NoR4
	// NoR5: loading activates: the queue pair is live before its memory is there. Whoever loads it obeys this one.
	NoR5
	// NoR6: RESUME has no timer of its own: it is sent again by the retransmission timer, at the cost of its retries,
	// and so only while something is unacknowledged and attribute timeout is not 0.
	NoR6
	// NoR7: RESUME is accepted without the checks of epoch, progress and address, and its IP source becomes the
	// partner's address.
	NoR7
	// NoR8: RESUME_ACK is accepted whatever epoch it echoes and whatever its ePSN.
	NoR8
	// NoR9: REDIRECT and STALE are dropped.
	NoR9
	// NoR10: stopping is final: a tombstone is never activated in place.
	NoR10
	// NoR10a: the source is destroyed as soon as it is dumped and leaves no tombstone. Whoever moves queue pairs obeys
	// this one; a step has no part in it.
	NoR10a
	// NoR11: requests and responses are accepted from any address.
	NoR11
	// NoR4a: only RESUME, and a lease that ends with nothing at stake, end a pause; what else the partner answers does not.
	NoR4a
	// NoR6a: requests are served while RESUME is pending.
	NoR6a
	// NoR7a: a RESUME is not held against what its sender had sent.
	NoR7a
)

// What rule R12 forbids the dump to forget, one by one.
const (
	// ForgetCursor: the cursor of an RDMA WRITE in progress is not in the dump.
	ForgetCursor Rules = 1 << (iota + 16)
	// ForgetACK: the PSN last acknowledged is not in the dump: until the next new request, a duplicate is acknowledged
	// with PSN 0xffffff.
	ForgetACK
)

// More of what rule R12 forbids the dump to forget.
const (
	// ForgetReplay: the READs and atomics executed last, and what is still to be answered of them, are not in the dump: one
	// that is repeated is dropped.
	ForgetReplay Rules = 1 << (iota + 29)
	// ForgetCredits: how many READs and atomics are outstanding is not counted in the dump: as many again are granted.
	ForgetCredits
)

// Single checks that are off, to measure what each is worth against somebody who forges packets (docs/security.md).
const (
	// Untagged: the tag of migration packets is not looked at.
	Untagged Rules = 1 << (iota + 18)
	// AnyEpoch: nor are epochs in RESUME, RESUME_ACK, REDIRECT, STALE and NAK_STOPPED. One that is not newer is
	// taken for newer.
	AnyEpoch
	// AnyProgress: nor are PSNs in RESUME, RESUME_ACK and NAK_STOPPED.
	AnyProgress
	// AnyAddress: RESUME may come from another address than it names, the pinned one is no exception, and the answers
	// to RESUME may come from anywhere.
	AnyAddress
	// Unasked: RESUME_ACK, REDIRECT and STALE are taken when no RESUME is pending.
	Unasked
)

// Facts of the prototype that no rule has a word for.
const (
	// PlainACK: RESUME carries no ePSN and is answered with an ACK of the PSN it has, which its sender takes for an
	// acknowledgement, even of a READ or atomic of one packet; neither side goes back to una_psn by itself.
	PlainACK Rules = 1 << (iota + 24)
	// Restart: after a RESUME that was sent twice, a message acknowledged in part is sent again from its first byte,
	// as a new message, at the PSN where it stood.
	Restart
	// Blocked: while RESUME is unacknowledged the responder takes no requests and no RESUME.
	Blocked
	// Deaf: a paused requester discards responses, takes requests from any source, lets the retransmission timer
	// run on, and gets no retries back.
	Deaf
	// Loopback: a queue pair whose partner has the same number is taken for connected to itself: it does not announce
	// itself, and takes the address of its own NIC for the partner's.
	Loopback
)

// NoR12: the dump is not complete.
const NoR12 = ForgetCursor | ForgetACK | ForgetReplay | ForgetCredits

// MigrosPoC is the prototype. It has no epochs (R7, R8), no REDIRECT and STALE (R9), no lease (R4) and no way back
// (R10), announces itself through the send queue (R6), destroys the source (R10a) and dumps too little (R12).
const MigrosPoC = NoR2 | NoR3 | NoR4 | NoR5 | NoR6 | NoR7 | NoR8 | NoR9 | NoR10 | NoR10a | NoR12 |
	NoR4a | NoR6a | NoR7a | PlainACK | Restart | Blocked | Deaf | Loopback

// switches are the names of the switches, in the order they are written. Those of rules name the rule itself.
var switches = []struct {
	name  string
	rules Rules
	rule  bool
}{
	{"R2", NoR2, true}, {"R3", NoR3, true}, {"R4", NoR4, true}, {"R4a", NoR4a, true}, {"R5", NoR5, true}, {"R6", NoR6, true},
	{"R6a", NoR6a, true}, {"R7", NoR7, true}, {"R7a", NoR7a, true}, {"R8", NoR8, true}, {"R9", NoR9, true}, {"R10", NoR10, true}, {"R10a", NoR10a, true},
	{"R11", NoR11, true}, {"R12", NoR12, true},
	{"forget-cursor", ForgetCursor, false}, {"forget-ack", ForgetACK, false}, {"forget-replay", ForgetReplay, false},
	{"forget-credits", ForgetCredits, false},
	{"untagged", Untagged, false}, {"any-epoch", AnyEpoch, false}, {"any-progress", AnyProgress, false},
	{"any-address", AnyAddress, false}, {"unasked", Unasked, false},
	{"plain-ack", PlainACK, false}, {"restart", Restart, false}, {"blocked", Blocked, false}, {"deaf", Deaf, false},
	{"loopback", Loopback, false},
}

// Dialects are the names that ParseDialect knows: "godwit", "migros-poc", and each rule alone off.
func Dialects() []string {
	names := []string{"godwit", "migros-poc"}
	for _, s := range switches {
		if s.rule {
			names = append(names, "godwit-"+s.name)
		}
	}
	return names
}

// ParseDialect reads "godwit" or "migros-poc" and what differs from it: "-R3" is without rule R3, "+R3" with it, and
// "+deaf" with a fact of the prototype, "-deaf" without it; as in "godwit-R3-R4" or "migros-poc+R4-plain-ack".
func ParseDialect(name string) (Rules, error) {
	var r Rules
	rest, ok := strings.CutPrefix(name, "godwit")
	if !ok {
		if rest, ok = strings.CutPrefix(name, "migros-poc"); !ok {
			return 0, fmt.Errorf("dialect %q begins with neither godwit nor migros-poc", name)
		}
		r = MigrosPoC
	}
	for rest != "" {
		sign := rest[0]
		if sign != '+' && sign != '-' {
			return 0, fmt.Errorf("dialect %q: + or - is missing before %q", name, rest)
		}
		// The longest name first: R10 is the beginning of R10a, and R1 of nothing.
		best := -1
		for i, s := range switches {
			if strings.HasPrefix(rest[1:], s.name) && (best < 0 || len(s.name) > len(switches[best].name)) {
				best = i
			}
		}
		if best < 0 {
			return 0, fmt.Errorf("dialect %q: %q is neither a rule nor a fact of the prototype; there are: %s", name, rest[1:], switchNames())
		}
		s := switches[best]
		if s.rule == (sign == '-') {
			r |= s.rules
		} else {
			r &^= s.rules
		}
		rest = rest[1+len(s.name):]
	}
	return r, nil
}

func switchNames() string {
	var names []string
	for _, s := range switches {
		names = append(names, s.name)
	}
	return strings.Join(names, " ")
}

// String is the shorter of the two names that ParseDialect reads as r.
func (r Rules) String() string {
	godwit, poc := r.from("godwit", 0), r.from("migros-poc", MigrosPoC)
	if len(poc) < len(godwit) {
		return poc
	}
	return godwit
}

func (r Rules) from(name string, base Rules) string {
	for _, s := range switches {
		now := r & s.rules
		if now == base&s.rules || now != 0 && now != s.rules {
			continue
		}
		sign := "+"
		if (now != 0) == s.rule {
			sign = "-"
		}
		name += sign + s.name
		base = base&^s.rules | now
	}
	return name
}

func (r Rules) has(what Rules) bool { return r&what != 0 }

// loops tells whether the prototype takes this connection for a loopback.
func (r Rules) loops(c *abi.QPC) bool { return r.has(Loopback) && c.QPN == c.RemoteQPN }

// stranger tells whether a packet from an address that is not the partner's is taken all the same.
func (r Rules) stranger(c *abi.QPC) bool {
	return r.has(NoR11) || r.has(Deaf) && c.State == abi.StatePaused
}

// forget takes from a dump what the dialect does not put there.
func (r Rules) forget(c *abi.QPC) {
	if r.has(ForgetCursor) && c.ROp == abi.RecvOpWrite {
		c.RVA, c.RKey, c.RResid = 0, 0, 0
	}
	if r.has(ForgetReplay) {
		c.RsSlots = [len(c.RsSlots)]byte{}
		c.RsCount, c.RsDue, c.RsNext, c.RsOff, c.RsBegin = 0, 0, 0, 0, false
	}
}

// granted is how many READs and atomics may be outstanding. IBTA 11.2.5.2.
func (r Rules) granted(c *abi.QPC) uint8 {
	n := min(c.MaxRdAtomic, rdSlots)
	if r.has(ForgetCredits) && c.Restored {
		n = min(2*n, rdSlots)
	}
	return n
}
