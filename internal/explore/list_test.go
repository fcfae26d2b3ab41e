package explore

import "testing"

// TestList: what was added is there, over the ends of pieces of memory.
func TestList(t *testing.T) {
	var l list[int]
	var b bits
	const n = 3<<listLog + 5
	for i := range n {
		l.add(3 * i)
		b.grow(i)
		if i%7 == 0 {
			b.set(i)
		}
	}
	for i := range n {
		if l.at(i) != 3*i || b.has(i) != (i%7 == 0) {
			t.Fatalf("%d is %d, in the set: %v", i, l.at(i), b.has(i))
		}
	}
	if l.n != n || len(l.chunks) != 4 {
		t.Errorf("%d in %d pieces", l.n, len(l.chunks))
	}
}

// TestDamaged: every byte of a checkpoint counts.
func TestDamaged(t *testing.T) {
	w, _ := Find("zombie")
	part := Run(w, Options{MaxStates: 100})
	whole := checkpointBytes(t, part.Checkpoint)
	if _, err := readBytes(whole); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		bad := append([]byte(nil), whole...)
		bad[i] ^= 0x10
		if _, err := readBytes(bad); err == nil {
			t.Errorf("byte %d of %d is another, and it is taken", i, len(whole))
		}
		if i%9 == 0 {
			if _, err := readBytes(whole[:i]); err == nil {
				t.Errorf("%d bytes of %d are taken", i, len(whole))
			}
		}
	}
	if _, err := readBytes(append(whole, 0)); err == nil {
		t.Error("a byte too many is taken")
	}
}
