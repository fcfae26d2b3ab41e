package explore

import "slices"

// liveness finds the first state from which no finished one can be reached any more. P4. A state is good if one of its
// successors is, which is said again and again from the last state to the first, until it says nothing new: most edges
// lead to later states, so that this is soon, and it needs one bit a state where the edges backwards would need as much
// as the edges.
func (s *search) liveness() {
	g := &s.graph
	good := slices.Clone(g.final)
	for changed := true; changed; {
		changed = false
		at := g.edges.n
		for i := g.states() - 1; i >= 0; i-- {
			at -= int(g.degree.at(i))
			if good.has(i) {
				continue
			}
			for j := at; j < at+int(g.degree.at(i)); j++ {
				if good.has(int(g.edges.at(j))) {
					good.set(i)
					changed = true
					break
				}
			}
		}
	}
	for i := range g.states() {
		if !good.has(i) {
			text := "from here nothing leads to an end any more"
			if g.degree.at(i) == 0 {
				text = "nothing can happen any more, and not all is done"
			}
			s.report(violation{P4, text}, uint32(i), false)
			return
		}
	}
}
