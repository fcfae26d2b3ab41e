package explore

import (
	"encoding/binary"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// memory is what a container remembers of one connection: how many packets of the partner's stream took effect, in
// order; how many receives and sends completed; how many sends were posted; what the partner's atomics made of the word;
// and by message which packets a READ brought, as bits, or that an atomic brought what it should.
type memory struct {
	got, recv, done, posted, word uint8
	brought                       [maxMessages]uint8
}

// copyOf is a queue pair at a place, with its container's memory. It is not changed once it is part of a state.
type copyOf struct {
	ctx abi.QPC
	mem memory
	// due: the memory is not here yet, and will be as coming says. Only without R5.
	due    bool
	coming memory
}

func (c *copyOf) active() bool {
	switch c.ctx.State {
	case abi.StateRTR, abi.StateRTS, abi.StatePaused:
		return true
	}
	return false
}

// phase of an end's migration.
type phase uint8

const (
	running phase = iota
	stopped       // the copy at cur is stopped
	loaded        // and there is one at the next place
)

type endState struct {
	phase phase
	// cur indexes End.Places: the copy that was activated last.
	cur uint8
	// aborts is how often it was stopped, or came back, for nothing.
	aborts uint8
	// owner is the newest epoch with which this end made progress.
	owner uint8
	// crashed: a copy with progress to lose is gone.
	crashed bool
}

// flight is a packet in flight.
type flight struct {
	src, dst uint8
	op       abi.Opcode
	ackReq   bool
	psn      psn.PSN
	// size is the payload, length that of the message in a RETH, and off where that begins, from farVA.
	size, length, off uint16
	syndrome          uint8
	msn               uint32
	kind              abi.METHKind
	flags             uint8
	epoch, peer       psn.Epoch
	epsn              psn.PSN
	sent              uint8
	addr              uint8
	// pos is the place of a request in its sender's stream, and fromStopped tells of an answer that a stopped queue
	// pair gave; the epoch of a request is its sender's. None of these is on the wire.
	// pos of the response to a READ is the message and the packet whose bytes it has.
	pos         uint8
	fromStopped bool
	// value is what a CMP_SWAP compares with, and what an atomic found.
	value uint8
}

const flightSize = 31

func (f *flight) append(b []byte) []byte {
	flags := byte(0)
	if f.ackReq {
		flags |= 1
	}
	if f.fromStopped {
		flags |= 2
	}
	b = append(b, f.src, f.dst, byte(f.op), flags)
	b = binary.LittleEndian.AppendUint32(b, uint32(f.psn))
	b = binary.LittleEndian.AppendUint16(b, f.size)
	b = binary.LittleEndian.AppendUint16(b, f.length)
	b = append(b, f.syndrome, byte(f.kind), f.flags, f.addr)
	b = binary.LittleEndian.AppendUint16(b, uint16(f.epoch))
	b = binary.LittleEndian.AppendUint16(b, uint16(f.peer))
	return append(b, byte(f.msn), byte(f.msn>>8), byte(f.msn>>16), f.pos, byte(f.epsn), byte(f.epsn>>8), byte(f.epsn>>16), f.value, byte(f.off), byte(f.off>>8), f.sent)
}

func readFlight(b []byte) (f flight) {
	f.src, f.dst, f.op = b[0], b[1], abi.Opcode(b[2])
	f.ackReq, f.fromStopped = b[3]&1 != 0, b[3]&2 != 0
	f.psn = psn.PSN(binary.LittleEndian.Uint32(b[4:]))
	f.size, f.length = binary.LittleEndian.Uint16(b[8:]), binary.LittleEndian.Uint16(b[10:])
	f.syndrome, f.kind, f.flags, f.addr = b[12], abi.METHKind(b[13]), b[14], b[15]
	f.epoch, f.peer = psn.Epoch(binary.LittleEndian.Uint16(b[16:])), psn.Epoch(binary.LittleEndian.Uint16(b[18:]))
	f.msn = uint32(b[20]) | uint32(b[21])<<8 | uint32(b[22])<<16
	f.pos = b[23]
	f.value, f.off = b[27], uint16(b[28])|uint16(b[29])<<8
	f.epsn = psn.PSN(uint32(b[24]) | uint32(b[25])<<8 | uint32(b[26])<<16)
	f.sent = b[30]
	return f
}

// shared is the shared receive queue of a container's copy: receives posted and taken.
type shared struct{ pi, ci uint8 }

// state is a state of a world.
type state struct {
	places [maxPlaces]*copyOf
	dead   uint8 // hosts that crashed, one bit each
	ends   [maxEnds]endState
	srq    [maxHosts]shared // by host
	// What was used of the world's budgets.
	losses, dups, early, zombies, crashes uint8
	air                                   []flight
}

// clone copies a state but for the copies in it, which nobody changes.
func (s *state) clone() state {
	t := *s
	t.air = slices.Clone(s.air)
	return t
}

// at is the current copy of an end; nil if its host crashed.
func (s *state) at(w *World, end int) *copyOf {
	return s.places[w.Ends[end].Places[s.ends[end].cur]]
}

// codec encodes states: what differs from the contexts in the beginning.
type codec struct {
	w        *World
	template [maxEnds][]byte
	ctx      [maxEnds]abi.QPC
	reduces  bool // twins are one state
	asks     bool // there are READs or atomics, and so words and what was brought
}

func newCodec(w *World) *codec {
	k := &codec{w: w, asks: w.asks()}
	for e := range w.Ends {
		k.ctx[e] = w.create(e)
		img := k.ctx[e].ImageFull()
		k.template[e] = img[:]
	}
	return k
}

// sort puts the packets in flight in canonical order: by link, and unless the world keeps that order, by content.
func (k *codec) sort(air []flight) {
	var x, y [flightSize]byte
	slices.SortStableFunc(air, func(a, b flight) int {
		if k.w.InOrder {
			return (int(a.src)<<8 | int(a.dst)) - (int(b.src)<<8 | int(b.dst))
		}
		return slices.Compare(a.append(x[:0]), b.append(y[:0]))
	})
}

func (k *codec) append(b []byte, s *state) []byte {
	k.sort(s.air)
	b = append(b, s.dead, s.losses, s.dups, s.early, s.zombies, s.crashes)
	for i := range k.w.Ends {
		e := &s.ends[i]
		crashed := byte(0)
		if e.crashed {
			crashed = 1
		}
		b = append(b, byte(e.phase)|crashed<<7, e.cur, e.aborts, e.owner)
	}
	if k.w.SRQ {
		for _, q := range s.srq {
			b = append(b, q.pi, q.ci)
		}
	}
	for p, c := range s.places {
		if c == nil {
			b = append(b, 0)
			continue
		}
		b = append(b, 1)
		if c.due {
			b[len(b)-1] = 2
			b = k.remember(b, &c.coming)
		}
		b = k.remember(b, &c.mem)
		img := c.ctx.ImageFull()
		b = appendDiff(b, k.template[placeEnd(uint8(p))], img[:])
	}
	b = append(b, byte(len(s.air)))
	for i := range s.air {
		b = s.air[i].append(b)
	}
	return b
}

func (k *codec) remember(b []byte, m *memory) []byte {
	b = append(b, m.got, m.recv, m.done, m.posted)
	if k.asks {
		b = append(append(b, m.word), m.brought[:]...)
	}
	return b
}

// appendDiff writes how many bytes differ, then where and what each is.
func appendDiff(b, old, now []byte) []byte {
	at := len(b)
	b = append(b, 0)
	for i := 0; i < len(now); i += 8 {
		if binary.LittleEndian.Uint64(now[i:]) == binary.LittleEndian.Uint64(old[i:]) {
			continue
		}
		for j := i; j < i+8; j++ {
			if now[j] != old[j] {
				if b[at] == 255 {
					panic("BUG: a context differs in too many bytes")
				}
				b = append(b, byte(j), byte(j>>8), now[j])
				b[at]++
			}
		}
	}
	return b
}

func (k *codec) decode(b []byte) (s state) {
	s.dead, s.losses, s.dups, s.early, s.zombies, s.crashes = b[0], b[1], b[2], b[3], b[4], b[5]
	b = b[6:]
	for i := range k.w.Ends {
		s.ends[i] = endState{phase(b[0] & 0x7f), b[1], b[2], b[3], b[0]>>7 != 0}
		b = b[4:]
	}
	read := func() (m memory) {
		m = memory{got: b[0], recv: b[1], done: b[2], posted: b[3]}
		b = b[4:]
		if k.asks {
			m.word = b[0]
			b = b[1+copy(m.brought[:], b[1:]):]
		}
		return m
	}
	if k.w.SRQ {
		for i := range s.srq {
			s.srq[i] = shared{b[0], b[1]}
			b = b[2:]
		}
	}
	for p := range s.places {
		tag := b[0]
		b = b[1:]
		if tag == 0 {
			continue
		}
		c := &copyOf{due: tag == 2}
		if c.due {
			c.coming = read()
		}
		c.mem = read()
		img := k.ctx[placeEnd(uint8(p))].ImageFull()
		n := int(b[0])
		b = b[1:]
		for ; n > 0; n-- {
			img[int(b[0])|int(b[1])<<8] = b[2]
			b = b[3:]
		}
		c.ctx.DecodeFull(img[:])
		s.places[p] = c
	}
	n := int(b[0])
	b = b[1:]
	s.air = make([]flight, n, n+2)
	for i := range s.air {
		s.air[i] = readFlight(b)
		b = b[flightSize:]
	}
	if len(b) != 0 {
		panic("BUG: a state is longer than its encoding says")
	}
	return s
}

// initial is the state in the beginning.
func (k *codec) initial() state {
	var s state
	for e := range k.w.Ends {
		if k.w.SRQ && leads(e) {
			n := k.w.stock(e)
			if e == 0 {
				n -= k.w.Late
			}
			s.srq[host(k.w.Ends[e].Places[0])].pi = uint8(n)
		}
		s.places[k.w.Ends[e].Places[0]] = &copyOf{ctx: k.ctx[e]}
	}
	return s
}
