package fabric

import "fmt"

// Rand is a source of random numbers.
type Rand interface{ Uint64() uint64 }

// SplitMix is a small deterministic Rand. (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", 2014.) Its value is the seed.
type SplitMix uint64

// Uint64 implements Rand.
func (s *SplitMix) Uint64() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Faults is what a link, one way, does to frames. The zero value is a link without faults and of the
// shortest latency.
type Faults struct {
	// Latency is the time in cycles from the last byte out of one port to the arrival at the other; 0 means
	// the fabric's window, and less than that is refused.
	Latency uint64
	// Loss, Dup and Reorder are chances in 1000, independent of each other: that the frame is lost, that it
	// comes twice, that it is late by 1 to ReorderBy cycles, so that others overtake it.
	Loss, Dup, Reorder uint16
	// Corrupt is the chance in 1000 that a frame arrives with a bit flipped, and otherwise undisturbed.
	Corrupt uint16
	// Mark is the chance in 1000 that a frame is marked: congestion experienced.
	Mark uint16
	// ReorderBy is the most a frame is late, in cycles; 0 means four times the latency.
	ReorderBy uint64
}

// check judges f and fills in what 0 stands for.
func (f Faults) check(window uint64) (Faults, error) {
	if f.Latency == 0 {
		f.Latency = window
	}
	if f.ReorderBy == 0 {
		f.ReorderBy = 4 * f.Latency
	}
	switch {
	case f.Latency < window:
		return f, fmt.Errorf("link latency %d is below the window of %d cycles", f.Latency, window)
	case f.Loss > 1000 || f.Dup > 1000 || f.Reorder > 1000 || f.Corrupt > 1000 || f.Mark > 1000:
		return f, fmt.Errorf("chances are in 1000: loss %d, dup %d, reorder %d, corrupt %d, mark %d", f.Loss, f.Dup, f.Reorder, f.Corrupt, f.Mark)
	}
	return f, nil
}

// Action is what a rule does to a frame.
type Action uint8

// Actions of a rule.
const (
	Drop   Action = 1 // The frame is lost.
	Double Action = 2 // The frame comes twice.
	Delay  Action = 3 // The frame is late by Rule.By cycles.
	Flip   Action = 4 // Bit Rule.By behind the IP header is flipped.
	Hold   Action = 5 // The frame waits until Release or Discard.
	Mark   Action = 6 // The frame is marked: congestion experienced.
)

// Rule is a scripted fault: what happens to certain frames of the many that match. Rules come before chance:
// a frame that a rule acts on is spared the random faults of its link.
type Rule struct {
	// Name is what a rule that never acted is reported by.
	Name string
	// Match chooses frames. It is asked about each frame that has a route, in order, and must depend on
	// nothing else.
	Match func(f *Flight) bool
	// Skip is the number of matching frames to leave alone first.
	Skip int
	// Times is the number of matching frames to act on after that; 0 means one, negative all.
	Times int
	// Do is what to do with them, and By the cycles of Delay or the bit of Flip, taken modulo their number.
	Do Action
	By uint64
}

type rule struct {
	Rule
	matched, acted int
}

// acts tells whether the rule acts on f, which it counts.
func (r *rule) acts(f *Flight) bool {
	times := max(r.Times, 1)
	if r.Times >= 0 && r.acted == times || !r.Match(f) {
		return false
	}
	r.matched++
	if r.matched <= r.Skip {
		return false
	}
	r.acted++
	return true
}
