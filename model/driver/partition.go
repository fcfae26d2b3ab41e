package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Range is Count numbers from Base.
type Range struct{ Base, Count uint32 }

// Contains reports whether n is one of them.
func (r Range) Contains(n uint32) bool { return n-r.Base < r.Count }

func (r Range) overlaps(o Range) bool {
	return uint64(r.Base) < uint64(o.Base)+uint64(o.Count) && uint64(o.Base) < uint64(r.Base)+uint64(r.Count)
}

func (r Range) within(lo, hi uint64) bool {
	return r.Count != 0 && uint64(r.Base) >= lo && uint64(r.Base)+uint64(r.Count) <= hi
}

// Partition is a container's share of the number spaces. Inside a migration domain no two containers share a
// number, so that a container finds its own numbers free wherever it goes.
type Partition struct {
	// Group is the mig_group of all its queue pairs, 1..65535.
	Group uint16
	// QPN are its queue pair numbers, of 2..2^24-1 (0 and 1 are reserved, IBTA 9.2.2).
	QPN Range
	// Key are its memory keys, of 1..2^32-1.
	Key Range
	// CQ are its completion queue numbers, of 0 to the device's number of them less 1.
	CQ Range
	// PD are its protection domains, of 0..65535.
	PD Range
}

// NewPartition is the share of container number i, 0..126, where each has 256 queue pair numbers, 256 keys,
// cqs completion queues (1 or more) and 16 protection domains.
func NewPartition(i int, cqs int) Partition {
	n := uint32(i)
	return Partition{
		Group: uint16(n + 1),
		QPN:   Range{(n + 1) << 8, 256},
		Key:   Range{(n + 1) << 8, 256},
		CQ:    Range{n * uint32(cqs), uint32(cqs)},
		PD:    Range{n << 4, 16},
	}
}

// check says what is wrong with p on a device of numCQ completion queues.
func (p Partition) check(numCQ int) error {
	switch {
	case p.Group == 0:
		return fmt.Errorf("partition: group 0 is that of queue pairs without a container: %w", ErrInval)
	case !p.QPN.within(2, 1<<24):
		return fmt.Errorf("partition: QPNs %d+%d are not inside 2..2^24-1: %w", p.QPN.Base, p.QPN.Count, ErrInval)
	case !p.Key.within(1, 1<<32):
		return fmt.Errorf("partition: keys %d+%d are not inside 1..2^32-1: %w", p.Key.Base, p.Key.Count, ErrInval)
	case !p.PD.within(0, 1<<16):
		return fmt.Errorf("partition: PDs %d+%d are not inside 0..65535: %w", p.PD.Base, p.PD.Count, ErrInval)
	case !p.CQ.within(0, uint64(numCQ)):
		return fmt.Errorf("partition: CQs %d+%d: the device has %d: %w", p.CQ.Base, p.CQ.Count, numCQ, ErrInval)
	}
	return nil
}

// clash names the number space that p and o share, "" when none.
func (p Partition) clash(o Partition) string {
	switch {
	case p.Group == o.Group:
		return "group"
	case p.QPN.overlaps(o.QPN):
		return "QPN"
	case p.Key.overlaps(o.Key):
		return "key"
	case p.CQ.overlaps(o.CQ):
		return "CQ"
	case p.PD.overlaps(o.PD):
		return "PD"
	}
	return ""
}

// numbers hands out the numbers of a range in turn, so that one given back is not used again soon.
type numbers struct {
	Range
	next uint32 // offset of the number to try first
}

// take returns the next number that is not used.
func (n *numbers) take(used func(uint32) bool) (uint32, bool) {
	for i := range n.Count {
		off := (n.next + i) % n.Count
		if v := n.Base + off; !used(v) {
			n.next = (off + 1) % n.Count
			return v, true
		}
	}
	return 0, false
}

// MTUBytes is the path MTU in bytes of a code 1..5.
func MTUBytes(code uint8) int { return 128 << code }

// ringLog is log2 of the entries of a ring that holds at least n.
func ringLog(n uint32) (uint8, bool) {
	for log := uint8(0); log < 16; log++ {
		if n <= 1<<log {
			return log, true
		}
	}
	return 0, false
}

// Kind is the kind of device whose images this driver reads and writes: the value of register ID.
var Kind = func() uint32 {
	for _, r := range abi.Registers {
		if r.At == abi.RegID {
			return r.Reset
		}
	}
	panic("BUG: the specification has no register ID")
}()
