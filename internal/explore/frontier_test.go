package explore

import (
	"bytes"
	"fmt"
	"testing"
)

// TestFrontier: states come out as they went in, over the ends of pieces of memory, however many at a time.
func TestFrontier(t *testing.T) {
	var f frontier
	want := func(i int) []byte { return bytes.Repeat(fmt.Append(nil, i), 1+10*i) }
	const n = 600
	var out [][]byte
	at := 0
	for i := range n {
		f.push(want(i))
		if i%100 == 99 {
			out = f.take(77, out)
			for _, b := range out {
				if !bytes.Equal(b, want(at)) {
					t.Fatalf("state %d comes back as another", at)
				}
				at++
			}
		}
	}
	var rest [][]byte
	f.each(func(enc []byte) { rest = append(rest, enc) })
	if len(rest) != n-at || f.n != n-at || len(f.chunks) < 2 {
		t.Fatalf("%d are left in %d pieces; want %d", len(rest), len(f.chunks), n-at)
	}
	for i, b := range rest {
		if !bytes.Equal(b, want(at+i)) {
			t.Fatalf("state %d is another in the list", at+i)
		}
	}
	if f.take(n-at, nil); f.n != 0 || len(f.chunks) != 0 {
		t.Errorf("%d are left in %d pieces", f.n, len(f.chunks))
	}
}
