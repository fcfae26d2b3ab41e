package wire

import "testing"

// TestPartition: every key with every other of the same partition, and with ones that differ in one bit, against the
// rule as IBTA 10.9.3 puts it.
func TestPartition(t *testing.T) {
	for k := range 1 << 16 {
		a := uint16(k)
		base, full := a%0x8000, a >= 0x8000
		if ValidPKey(a) != (base != 0) {
			t.Errorf("%#04x: valid is %v", a, ValidPKey(a))
		}
		for _, other := range []bool{false, true} {
			b := base
			if other {
				b += 0x8000
			}
			if got, want := SamePartition(a, b), base != 0 && (full || other); got != want {
				t.Errorf("%#04x and %#04x: %v", a, b, got)
			}
		}
		for bit := range 15 {
			for _, b := range []uint16{a ^ 1<<bit, a ^ 1<<bit ^ 0x8000} {
				if SamePartition(a, b) {
					t.Errorf("%#04x and %#04x are of one partition", a, b)
				}
			}
		}
	}
}
