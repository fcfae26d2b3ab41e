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
func (q *fifo[T]) front() *T   { return &q.items[q.head] }

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

// slotSet is a set of slots below 256.
type slotSet [4]uint64

func (s *slotSet) put(n uint16, in bool) {
	if in {
		s[n/64] |= 1 << (n % 64)
	} else {
		s[n/64] &^= 1 << (n % 64)
	}
}

// from is the first member from n on, going round; n may be 256.
func (s *slotSet) from(n uint16) (member uint16, ok bool) {
	n %= 256
	if w := s[n/64] >> (n % 64); w != 0 {
		return n + uint16(bits.TrailingZeros64(w)), true
	}
	for i := range uint16(4) {
		word := (n/64 + 1 + i) % 4
		if w := s[word]; w != 0 {
			return word*64 + uint16(bits.TrailingZeros64(w)), true
		}
	}
	return 0, false
}

// never is a cycle that does not come.
const never = math.MaxUint64

// timers is one deadline a slot.
type timers struct {
	at   []uint64
	next uint64 // the earliest of at
}

func newTimers(slots int) timers {
	t := timers{at: make([]uint64, slots), next: never}
	for i := range t.at {
		t.at[i] = never
	}
	return t
}

// set gives a slot a deadline; never takes it away.
func (t *timers) set(slot uint16, deadline uint64) {
	was := t.at[slot]
	t.at[slot] = deadline
	switch {
	case deadline <= t.next:
		t.next = deadline
	case was == t.next:
		t.next = slices.Min(t.at)
	}
}

// take takes away the deadline of one slot for which it has come, the first from slot first on, going round.
// There is one: next is not after now.
func (t *timers) take(now uint64, first uint16) uint16 {
	for i := range t.at {
		s := (int(first) + i) % len(t.at)
		if t.at[s] <= now {
			t.set(uint16(s), never)
			return uint16(s)
		}
	}
	panic("BUG: no timer has run out")
}
