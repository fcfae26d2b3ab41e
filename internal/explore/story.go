package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// teller tells a path as a story: network and NICs are led by hand through the same actions, and a check of what is
// wrong stands at the end.
type teller struct {
	w   *World
	x   stepper
	s   state
	ops []op.Op
	// held are the packets in flight in the order in which a network holds them.
	held []flight
	// before are the queue pairs before the last action.
	before [maxPlaces]*copyOf
}

// Story is a finding as a story, which fails because the property does: file is its name, purpose the paragraph that it
// opens with.
func (f *Finding) Story(w *World, rules qp.Rules, file, purpose string) *story.Story {
	k := newCodec(w)
	t := &teller{w: w, x: stepper{w: w, rules: rules}, s: k.initial()}
	t.begin(rules)
	for _, a := range f.actions {
		k.sort(t.s.air)
		t.act(a)
	}
	t.conclude(f.Property)
	return story.New(file, purpose, t.ops)
}

func (t *teller) add(v op.Verb, edit func(o *op.Op)) {
	o := op.Default(v)
	if edit != nil {
		edit(&o)
	}
	t.ops = append(t.ops, o)
}

// connection is the number of the connection of a place.
func connection(place uint8) int { return placeEnd(place)/2 + 1 }

// on adds an operation on the connection of a place, there.
func (t *teller) on(v op.Verb, place uint8, edit func(o *op.Op)) {
	t.add(v, func(o *op.Op) {
		o.Number, o.At = connection(place), name(place)
		if edit != nil {
			edit(o)
		}
	})
}

// begin makes the world.
func (t *teller) begin(rules qp.Rules) {
	w := t.w
	if rules != 0 {
		t.add(op.Dialect, func(o *op.Op) { o.Dialect = rules.String() })
	}
	t.add(op.Manual, nil)
	for end := range w.Ends {
		for i, p := range w.Ends[end].Places {
			if leads(end) && !slices.Contains(w.Ends[end].Places[:i], p) {
				t.add(op.NIC, func(o *op.Op) { o.At = name(p) })
			}
		}
	}
	for end := 0; end < len(w.Ends); end += 2 {
		t.connect(end)
	}
	for end := range w.Ends {
		x, place := w.create(end), w.Ends[end].Places[0]
		n := int(x.RQPI)
		if w.SRQ && leads(end) {
			n = int(t.s.srq[host(place)].pi)
		}
		if n != 0 {
			t.stock(place, n)
		}
	}
}

// connect makes the connection of an end and the next one.
func (t *teller) connect(end int) {
	w := t.w
	t.add(op.QP, func(o *op.Op) {
		place := w.Ends[end].Places[0]
		o.Number, o.From, o.To = connection(place), name(place), name(w.Ends[end+1].Places[0])
		c, x := &o.Conn, w.create(end)
		if c.SRQ = w.SRQ; end != 0 {
			c.With = 1
		}
		c.MTU, c.Retry, c.Probes, c.Resumes = mtu, int(x.RetryCnt), int(x.MigProbeLimit), int(x.MigResumeLimit)
		c.Depth, c.Mem = 1<<x.SQLog, 8192
		c.PSNA, c.PSNB, c.Equal = int(w.first(0)), int(w.first(1)), w.SameQPN
		if w.asks() {
			c.RdAtomic = int(w.credits())
		}
		if w.NoTimeout {
			c.Timeout = 0
		}
		c.RNR = int(x.RNRRetry)
		for side := range 2 {
			if w.Ends[end+side].Receiver {
				c.Receiver = string('a' + rune(side))
			}
		}
	})
}

// stock posts receives.
func (t *teller) stock(place uint8, n int) {
	t.on(op.PostRecv, place, func(o *op.Op) { o.Work.Count, o.Work.Len = n, 4*mtu })
}

// act tells an action and takes it.
func (t *teller) act(a action) {
	switch a.kind() {
	case deliver, lose, repeat:
		t.packet(a.kind(), t.s.air[a.arg()])
	case send, respond, expire, post, restock, forward, release, revive, crash:
		t.place(a.kind(), uint8(a.arg()))
	default:
		t.manage(a.kind(), a.arg())
	}
	t.before = t.s.places
	t.x.apply(&t.s, a)
	// What is in the air now and was not before was sent just now.
	left := slices.Clone(t.held)
	for _, f := range t.s.air {
		if i := slices.Index(left, f); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			t.held = append(t.held, f)
		}
	}
}

// packet tells what happens to a packet in flight: which one it is of those that a story cannot tell apart.
func (t *teller) packet(k kind, f flight) {
	at := slices.Index(t.held, f)
	nth := 0
	for _, g := range t.held[:at+1] {
		if g.src == f.src && g.dst == f.dst && g.psn == f.psn && g.packetName() == f.packetName() {
			nth++
		}
	}
	verb := map[kind]op.Verb{deliver: op.Deliver, lose: op.Lose, repeat: op.Repeat}[k]
	t.add(verb, func(o *op.Op) {
		o.From, o.To = name(f.src), name(f.dst)
		o.Frames.Packet, o.Frames.PSN, o.Frames.Nth = f.packetName(), int(f.psn), nth
	})
	if k == repeat {
		t.held = append(t.held, f)
	} else {
		t.held = slices.Delete(t.held, at, at+1)
	}
}

// packetName is the name that a story has for a packet.
func (f *flight) packetName() string {
	switch f.op.Info().Kind {
	case abi.KindMig:
		return f.kind.String()
	case abi.KindResponse:
		if f.op != abi.OpAcknowledge {
			break
		}
		if s := abi.Syndrome(f.syndrome); s >= abi.SyndromeRNRNAK {
			return s.String()
		}
		return abi.SyndromeACK.String()
	}
	return f.op.String()
}

// place tells what happens at a place.
func (t *teller) place(k kind, place uint8) {
	end := placeEnd(place)
	switch k {
	case send:
		t.on(op.Send, place, nil)
	case respond:
		t.on(op.Respond, place, nil)
	case expire:
		t.on(op.Expire, place, nil)
	case post:
		t.post(place, t.w.Ends[end].Work[t.s.places[place].mem.posted])
	case restock:
		t.stock(place, 1)
	case forward:
		t.on(op.Forward, place, func(o *op.Op) { o.To = name(t.w.Ends[end].Places[t.s.ends[end].cur]) })
	case release:
		t.on(op.Close, place, nil)
	case revive:
		t.on(op.Rollback, place, nil)
	case crash:
		t.add(op.Crash, func(o *op.Op) { o.At = name(place) })
	}
}

// works are the names of work requests in stories.
var works = map[abi.WROpcode]string{ // looked up only
	abi.WROpcodeSend: "send", abi.WROpcodeSendImm: "send-imm", abi.WROpcodeRDMAWriteImm: "write-imm", abi.WROpcodeRDMAWrite: "write", abi.WROpcodeRDMARead: "read", abi.WROpcodeFetchAdd: "faa", abi.WROpcodeCmpSwap: "cas",
}

func (t *teller) post(place uint8, m Message) {
	t.on(op.PostSend, place, func(o *op.Op) {
		o.Work.Op, o.Work.Len, o.Work.Fence = works[m.Op], m.length(), m.Fence
	})
}

// manage tells what the driver of an end does.
func (t *teller) manage(k kind, end int) {
	e, places := &t.s.ends[end], t.w.Ends[end].Places
	cur := places[e.cur]
	switch k {
	case stall:
		t.on(op.Stall, cur, nil)
	case load:
		to := places[e.cur+1]
		if old := t.s.places[to]; old != nil && !old.ctx.FwdValid {
			t.on(op.Forward, to, func(o *op.Op) { o.To = name(cur) }) // the driver has it that only such give way
		}
		t.move(cur, to)
	case activate:
		t.on(op.Resume, places[e.cur+1], nil)
	case rollback:
		if e.phase == loaded {
			t.on(op.Close, places[e.cur+1], nil)
		}
		t.on(op.Rollback, cur, nil)
	}
}

func (t *teller) move(from, to uint8) {
	t.add(op.Move, func(o *op.Op) { o.Number, o.From, o.To = connection(from), name(from), name(to) })
}

// Story is a named finding, which a search found, as the story that golden/ keeps of it.
func (n *Named) Story(w *World, rules qp.Rules, f *Finding) *story.Story {
	dir := "rules-off/"
	if n.ID[0] == 'B' {
		dir = "migros-poc/"
	}
	return f.Story(w, rules, dir+n.ID+".story", wrap(fmt.Sprintf(
		"%s: %s. %s It breaks %v in dialect %s, and does not in dialect godwit. A shortest path of godwit explore in world %s.",
		n.ID, n.What, n.How, n.Property, n.Dialect, n.World)))
}

// wrap breaks text into lines.
func wrap(text string) string {
	const width = 118
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case at+1+len(word) > width:
			b.WriteByte('\n')
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}
