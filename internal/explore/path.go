package explore

import "github.com/godwit-rdma/godwit/model/qp"

// path is the actions that lead to a state, found by going there again: an action is the first that leads to a state
// with the right hash. With a violation it goes one step further, to the first action that is one.
func (s *search) path(n uint32, of *violation) (acts []action, text string) {
	var way []uint64
	for ; n != 0; n = s.graph.parent.at(int(n)) {
		way = append(way, s.graph.hashes.at(int(n)))
	}
	x := &stepper{w: s.w, rules: s.opt.Rules}
	st := s.k.initial()
	var enc []byte
	for i := len(way) - 1; i >= 0; i-- {
		a, next := x.follow(s.k, &st, func(next *state) bool {
			enc = s.k.canonical(enc[:0], next)
			return len(x.found) == 0 && hash(enc) == way[i]
		})
		acts, st = append(acts, a), next
	}
	if of != nil {
		a, _ := x.follow(s.k, &st, func(*state) bool {
			for _, v := range x.found {
				if v.property == of.property {
					text = v.text
					return true
				}
			}
			return false
		})
		acts = append(acts, a)
	}
	return acts, text
}

// follow finds the first action that leads where is says.
func (x *stepper) follow(k *codec, s *state, is func(*state) bool) (action, state) {
	k.sort(s.air)
	for _, a := range x.enabled(s, nil) {
		next := s.clone()
		if x.apply(&next, a); is(&next) {
			return a, next
		}
	}
	panic("BUG: a path does not lead where it led before")
}

// Tell runs a path again and says what happens.
func Tell(w *World, rules qp.Rules, path []action) []string {
	k := newCodec(w)
	x := &stepper{w: w, rules: rules}
	st := k.initial()
	var out []string
	for _, a := range path {
		k.sort(st.air)
		out = append(out, x.tell(&st, a))
		x.apply(&st, a)
	}
	return out
}
