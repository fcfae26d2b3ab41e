package abstract

import "fmt"

// Result is what a search saw.
type Result struct {
	// Seen are the states that can be reached.
	Seen map[Tuple]struct{}
	// Steps is the number of moves tried.
	Steps int
}

// Search visits every state of the world that can be reached, nearest first. It ends with an error at the first that
// breaks a property, or where nothing can happen any more and something is still waited for (P3, P4).
func Search(b Bounds) (Result, error) {
	if b.MsgA > 3 || b.MsgB > 3 || b.Cap < 1 || b.Cap > maxCap {
		return Result{}, fmt.Errorf("world %+v: at most 3 messages a side, and links of 1 or %d packets", b, maxCap)
	}
	start := Tuple(b.pack(nil, b.initial()))
	r := Result{Seen: map[Tuple]struct{}{start: {}}}
	queue := []Tuple{start}
	var t []byte
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		w := b.unpack(at)
		moves := b.moves(w)
		if len(moves) == 0 && !(b.ended(w, true) && b.ended(w, false)) {
			return r, fmt.Errorf("state %x: P4: nothing can happen any more", at)
		}
		for _, f := range moves {
			next := *w
			if err := f(&next); err != nil {
				return r, fmt.Errorf("after state %x: %w", at, err)
			}
			r.Steps++
			for place := range next.q {
				forget(&next.q[place].ctx)
			}
			t = b.pack(t[:0], &next)
			if _, seen := r.Seen[Tuple(t)]; seen {
				continue
			}
			to := Tuple(t)
			if *b.unpack(to) != next {
				return r, fmt.Errorf("after state %x: tuple %x does not say all of\n%s", at, to, next.diff(b.unpack(to)))
			}
			if b.twoLive(&next) {
				return r, fmt.Errorf("state %x: P5: two copies are live", to)
			}
			r.Seen[to] = struct{}{}
			queue = append(queue, to)
		}
	}
	return r, nil
}

// diff names the parts of w that differ from what its tuple says.
func (w *world) diff(said *world) string {
	for place := range w.q {
		if w.q[place] != said.q[place] {
			return fmt.Sprintf("place %d: %+v\nwhich was %+v", place, said.q[place], w.q[place])
		}
	}
	return fmt.Sprintf("links: %+v\nwhich were %+v", said.link, w.link)
}
