package nic

import (
	"math"
	"math/bits"
	"slices"
)

// fifo is a queue that reuses its memory.
type fifo[T any] struct {
	items []T
	head  int
}

func (q *fifo[T]) empty() bool { return q.head == len(q.items) }
func (q *fifo[T]) len() int    { return len(q.items) - q.head }
func (q *fifo[T]) at(i int) *T { return &q.items[q.head+i] }
func (q *fifo[T]) front() *T   { return q.at(0) }

func (q *fifo[T]) push(v T) {
	if q.head > 64 && q.head > len(q.items)/2 {
		q.items = slices.Delete(q.items, 0, q.head)
		q.head = 0
	}
	q.items = append(q.items, v)
}

// insert puts v behind the last element that stays in front of it.
func (q *fifo[T]) insert(v T, stays func(T) bool) {
	q.push(v)
	i := len(q.items) - 1
	for ; i > q.head && !stays(q.items[i-1]); i-- {
		q.items[i] = q.items[i-1]
	}
	q.items[i] = v
}

func (q *fifo[T]) pop() T {
	var zero T
	v := q.items[q.head]
	q.items[q.head] = zero
	q.head++
	if q.empty() {
		q.items, q.head = q.items[:0], 0
	}
	return v
}

// remove takes out element i.
func (q *fifo[T]) remove(i int) T {
	v := *q.at(i)
	q.items = slices.Delete(q.items, q.head+i, q.head+i+1)
	return v
}

// slotSet is a set of slots. Bit n of a level tells whether word n of the level below has a bit.
type slotSet [3][]uint64

func newSlotSet(slots int) (s slotSet) {
	for k := range s {
		slots = (slots + 63) / 64
		s[k] = make([]uint64, slots)
	}
	return s
}

func (s *slotSet) put(slot uint16, in bool) {
	n := slot
	for k := range s {
		w := &s[k][n/64]
		if in {
			*w |= 1 << (n % 64)
		} else if *w &^= 1 << (n % 64); *w != 0 {
			return
		}
		n /= 64
	}
}

func (s *slotSet) empty() bool { return s[2][0] == 0 }

// from is the first member from slot n on, going round; n may be the number of slots.
func (s *slotSet) from(n uint16) (member uint16, ok bool) {
	if member, ok = s.next(n); !ok {
		member, ok = s.next(0)
	}
	return member, ok
}

// next is the first member that is not below n.
func (s *slotSet) next(n uint16) (member uint16, ok bool) {
	for k := range s {
		if word := int(n / 64); word < len(s[k]) && s[k][word]>>(n%64) != 0 {
			n += uint16(bits.TrailingZeros64(s[k][word] >> (n % 64)))
			for ; k > 0; k-- {
				n = n*64 + uint16(bits.TrailingZeros64(s[k-1][n]))
			}
			return n, true
		}
		n = n/64 + 1
	}
	return 0, false
}

// never is a cycle that does not come.
const never = math.MaxUint64

// timers is one deadline a slot, as a tree: element i is the earlier of elements 2i and 2i+1, and the second half are
// the slots.
type timers []uint64

func newTimers(slots int) timers {
	size := 1
	for size < slots {
		size *= 2
	}
	return slices.Repeat(timers{never}, 2*size)
}

// next is the earliest deadline.
func (t timers) next() uint64 { return t[1] }

// set gives a slot a deadline; never takes it away.
func (t timers) set(slot uint16, deadline uint64) {
	i := len(t)/2 + int(slot)
	t[i] = deadline
	for i /= 2; i > 0; i /= 2 {
		earlier := min(t[2*i], t[2*i+1])
		if t[i] == earlier {
			return
		}
		t[i] = earlier
	}
}

// take takes away the deadline of one slot for which it has come, the first from slot first on, going round; first may
// be the number of slots. There is one: next is not after now.
func (t timers) take(now uint64, first uint16) uint16 {
	slot, ok := t.due(now, int(first))
	if !ok {
		slot, ok = t.due(now, 0)
	}
	if !ok {
		panic("BUG: no timer has run out")
	}
	t.set(slot, never)
	return slot
}

// due is the first slot that is not below first and whose deadline has come.
func (t timers) due(now uint64, first int) (slot uint16, ok bool) {
	half := len(t) / 2
	if first >= half {
		return 0, false
	}
	i := half + first
	for t[i] > now {
		for i%2 == 1 { // a right child: nothing is beside it
			if i == 1 {
				return 0, false
			}
			i /= 2
		}
		i++
	}
	for i < half {
		if i *= 2; t[i] > now {
			i++
		}
	}
	return uint16(i - half), true
}
