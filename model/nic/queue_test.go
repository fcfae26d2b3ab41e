package nic

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSlotSet holds the set against a slice of bool.
func TestSlotSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots := rapid.SampledFrom([]int{1, 8, 64, 65, 4096, 4097, NoSlot}).Draw(t, "slots")
		set, all := newSlotSet(slots), make([]bool, slots)
		slot := rapid.OneOf(rapid.IntRange(0, slots-1), rapid.IntRange(max(0, slots-3), slots-1))
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			n := slot.Draw(t, "slot")
			all[n] = rapid.Bool().Draw(t, "in")
			set.put(uint16(n), all[n])
			first := slot.Draw(t, "first") + 1
			want, found := first, false
			for range slots {
				if want %= slots; all[want] {
					found = true
					break
				}
				want++
			}
			if got, ok := set.from(uint16(first)); ok != found || ok && int(got) != want {
				t.Fatalf("from %d: %d, %v; want %d, %v", first, got, ok, want, found)
			}
		}
	})
}

// TestTimers holds the tree against a slice of deadlines.
func TestTimers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots := rapid.SampledFrom([]int{1, 2, 3, 8, 255, 1000}).Draw(t, "slots")
		tree, all := newTimers(slots), slices.Repeat([]uint64{never}, slots)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			n := rapid.IntRange(0, slots-1).Draw(t, "slot")
			all[n] = rapid.OneOf(rapid.Uint64Range(0, 50), rapid.Just(uint64(never))).Draw(t, "deadline")
			tree.set(uint16(n), all[n])
			if got, want := tree.next(), slices.Min(all); got != want {
				t.Fatalf("the earliest is %d, want %d", got, want)
			}
			now := rapid.Uint64Range(0, 60).Draw(t, "now")
			if tree.next() > now {
				continue
			}
			first := rapid.IntRange(0, slots).Draw(t, "first")
			want := first % slots
			for all[want] > now {
				want = (want + 1) % slots
			}
			if got := tree.take(now, uint16(first)); int(got) != want {
				t.Fatalf("at %d from %d: slot %d, want %d", now, first, got, want)
			}
			all[want] = never
		}
	})
}
