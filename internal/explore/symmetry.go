package explore

import (
	"bytes"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Where the two ends of a world are alike, each state has a twin, in which the ends have changed places, and whatever can
// happen in the one can in the other: one of the two is enough. The one that is kept is that whose encoding is less. With two
// connections it is these that change places. Ends
// are alike if they send the same, move alike and begin at the same PSN, and nothing that is allowed is allowed to one only.

// alike tells whether the ends can be taken for one another.
func (w *World) alike() bool {
	if len(w.Ends) > 2 {
		return w.Ends[0].like(&w.Ends[2]) && w.Ends[1].like(&w.Ends[3]) && (w.SRQ || w.Late == 0)
	}
	return w.Ends[0].like(&w.Ends[1]) && w.FirstPSN[0] == w.FirstPSN[1] && w.Aborts == 0 && w.Late == 0
}

// like tells whether an end does the same as another.
func (e *End) like(o *End) bool {
	return slices.Equal(e.Work, o.Work) && e.Receiver == o.Receiver && slices.Equal(e.stops(), o.stops())
}

// twinOf is the end that an end changes places with: its partner, or that of the other connection.
func (w *World) twinOf(end int) int {
	if len(w.Ends) > 2 {
		return end ^ 2
	}
	return end ^ 1
}

// stops is the way of an end, in which each place is told by when the end was there first.
func (e *End) stops() (way []int) {
	for _, p := range e.Places {
		way = append(way, slices.Index(e.Places, p))
	}
	return way
}

// across is the place of the other end that is what place is to its own.
func (w *World) across(place uint8) uint8 {
	end := placeEnd(place)
	if end >= len(w.Ends) {
		return place
	}
	i := slices.Index(w.Ends[end].Places, place)
	if i < 0 {
		return place // nobody's
	}
	return w.Ends[w.twinOf(end)].Places[i]
}

// acrossHost is the host of the other end that is what at is to its own.
func (w *World) acrossHost(at uint8) uint8 { return host(w.across(placeAt(0, at))) }

// twin is the state in which the ends have changed places.
func (k *codec) twin(s *state) state {
	w := k.w
	t := s.clone()
	t.dead = 0
	for end := range w.Ends {
		t.ends[w.twinOf(end)] = s.ends[end]
	}
	for h := range uint8(maxHosts) {
		t.srq[w.acrossHost(h)] = s.srq[h]
		t.dead |= s.dead >> h & 1 << w.acrossHost(h)
	}
	for p, c := range s.places {
		q := w.across(uint8(p))
		t.places[q] = nil
		if c == nil {
			continue
		}
		d := *c
		first := &k.ctx[placeEnd(q)]
		d.ctx.QPN, d.ctx.RemoteQPN = first.QPN, first.RemoteQPN
		d.ctx.RemoteIP = k.acrossIP(c.ctx.RemoteIP)
		if d.ctx.FwdValid {
			d.ctx.FwdAddr = k.acrossIP(c.ctx.FwdAddr)
		}
		t.places[q] = &d
	}
	for i := range t.air {
		f := &t.air[i]
		f.src, f.dst = w.across(f.src), w.across(f.dst)
		if f.op == abi.OpMigration {
			f.addr = w.acrossHost(f.addr)
		}
	}
	return t
}

func (k *codec) acrossIP(ip [16]byte) [16]byte {
	if h, ok := hostOf(ip); ok {
		return address(k.w.across(placeAt(0, h)))
	}
	return ip
}

// canonical encodes a state, or its twin, as the world and the search have it.
func (k *codec) canonical(b []byte, s *state) []byte {
	at := len(b)
	b = k.append(b, s)
	if !k.reduces {
		return b
	}
	end := len(b)
	t := k.twin(s)
	b = k.append(b, &t)
	if bytes.Compare(b[end:], b[at:end]) < 0 {
		n := copy(b[at:], b[end:])
		return b[:at+n]
	}
	return b[:end]
}
