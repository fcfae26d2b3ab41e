package fuzz

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
)

// life is what happens to one queue pair. Every field is total: whatever a shrinker leaves is a life.
type life struct {
	Begin   int // how far the driver takes it: 0 = RTS, 1 = RTR, 2 = INIT, 3 = RESET
	Attrs   lifeAttrs
	Rings   []work // what memory has in the rings, by index modulo its length
	Moves   []move
	Regions bool // region checks fail where a move says so
}

type lifeAttrs struct {
	MTU, Timeout, Retry, RNR, SQLog, RQLog int
	PSN, EPSN                              int // distance before the wrap
	PKey                                   int // of partitions
	Capable, Pinned, Key, SigAll           bool
	Limits                                 int
	Shared                                 bool // its receives are those of a shared receive queue; of a device with features
	Type                                   int  // of types; of a device with features
	Access                                 bool // the partner may not write
	IPv6                                   bool
	Credits                                int // READs and atomics either way; 0 = a device without features
}

// work is a work queue element.
type work struct {
	Op     int // of ops
	Len    int
	Signal bool
	SGE    int // beyond what the length needs
}

// moveKind is what happens.
type moveKind int

// Kinds of moves.
const (
	opportunity moveKind = iota // SEND, RETIRE or FLUSH, whatever it is ready for
	request                     // a request packet
	response                    // an acknowledgement or NAK
	migration                   // a migration packet
	timer                       // the armed timer runs out
	doorbell                    // work is posted
	stall
	activate
	reload  // dump and load
	forward // SET_FWD
	modify  // MODIFY_QP
	wild    // a cause that does not fit
)

// move is one event, in terms of the context it meets.
type move struct {
	Kind   moveKind
	Which  int // of the kind: opcode, syndrome, kind of METH, state, ...
	Base   int // what PSNs count from
	Delta  int // how far from it
	Epoch  int // how far from the epoch known
	Len    int // payload; 0 = what fits
	AckReq bool
	Wrong  int // what is wrong with it, 0 = nothing
	Fault  bool
	Mark   bool // a switch marked it: congestion experienced
}

func lives() *rapid.Generator[life] {
	return rapid.Custom(func(t *rapid.T) life {
		l := life{
			Begin: rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2, 3}).Draw(t, "begin"),
			Attrs: attrs().Draw(t, "attrs"),
			Rings: rapid.SliceOfN(works(), 1, 8).Draw(t, "rings"),
		}
		for _, part := range rapid.SliceOfN(rapid.SliceOfN(moves(), 1, 16), 1, 16).Draw(t, "moves") {
			l.Moves = append(l.Moves, part...)
		}
		return l
	})
}

func attrs() *rapid.Generator[lifeAttrs] {
	return rapid.Custom(func(t *rapid.T) lifeAttrs {
		return lifeAttrs{
			MTU: rapid.IntRange(0, 2).Draw(t, "mtu"), Timeout: rapid.IntRange(0, 3).Draw(t, "timeout"),
			Retry: rapid.IntRange(0, 7).Draw(t, "retry"), RNR: rapid.IntRange(0, 7).Draw(t, "rnr"),
			SQLog: rapid.IntRange(0, 5).Draw(t, "sqlog"), RQLog: rapid.IntRange(0, 3).Draw(t, "rqlog"),
			PSN: rapid.IntRange(0, 20).Draw(t, "psn"), EPSN: rapid.IntRange(0, 20).Draw(t, "epsn"),
			PKey:    rapid.IntRange(0, len(partitions)-1).Draw(t, "pkey"),
			Capable: !rapid.Bool().Draw(t, "incapable") || rapid.Bool().Draw(t, "after all"),
			Pinned:  rapid.Bool().Draw(t, "pinned"), Key: rapid.Bool().Draw(t, "key"), SigAll: rapid.Bool().Draw(t, "sigall"),
			Limits: rapid.IntRange(0, 4).Draw(t, "limits"), Credits: rapid.IntRange(0, 3).Draw(t, "credits"), Shared: rapid.IntRange(0, 3).Draw(t, "shared") == 3,
			Type: rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "type"), Access: rapid.IntRange(0, 7).Draw(t, "access") == 7, IPv6: rapid.IntRange(0, 3).Draw(t, "ipv6") == 3,
		}
	})
}

func works() *rapid.Generator[work] {
	return rapid.Custom(func(t *rapid.T) work {
		return work{
			Op: rapid.SampledFrom([]int{0, 0, 0, 1, 1, 1, 2, 3, 3, 3, 4, 4, 5, 6, 7}).Draw(t, "op"), Len: rapid.IntRange(0, 5000).Draw(t, "len"),
			Signal: rapid.Bool().Draw(t, "signal"), SGE: rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 1}).Draw(t, "sge"),
		}
	})
}

func moves() *rapid.Generator[move] {
	kinds := []moveKind{
		opportunity, doorbell, response, request, opportunity, opportunity, response, request, migration, timer, opportunity,
		stall, activate, doorbell, migration, response, request, activate, reload, forward, modify, wild, modify, modify, activate,
	}
	return rapid.Custom(func(t *rapid.T) move {
		return move{
			Kind:  rapid.SampledFrom(kinds).Draw(t, "kind"),
			Which: rapid.IntRange(0, 15).Draw(t, "which"), Base: rapid.IntRange(0, 5).Draw(t, "base"),
			Delta: rapid.SampledFrom([]int{0, 0, 0, 0, 1, -1, 2, -2, 7, 65, -65, 1 << 23}).Draw(t, "delta"),
			Epoch: rapid.SampledFrom([]int{0, 0, 1, 1, 2, -1, -2, 1 << 15, 1<<15 - 1}).Draw(t, "epoch"),
			Len:   rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}).Draw(t, "len"), AckReq: rapid.Bool().Draw(t, "ackreq"),
			Wrong: rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}).Draw(t, "wrong"),
			Fault: rapid.SampledFrom([]bool{false, false, false, false, false, false, true}).Draw(t, "fault"),
			Mark:  rapid.IntRange(0, 5).Draw(t, "mark") == 5,
		}
	})
}

var moveNames = [...]string{
	"opportunity", "request", "response", "migration", "timer", "doorbell", "stall", "activate", "reload", "forward", "modify", "wild",
}

// text is the life, one line for its begin and one for each move, with the state that each leads to.
func (l *life) text() []string {
	p := newPatient(l, nil)
	out := []string{fmt.Sprintf("begin %v %+v rings %+v", p.c.State, l.Attrs, l.Rings)}
	defer func() { _ = recover() }() // the last move may be the one that panics
	for i := range l.Moves {
		m := &l.Moves[i]
		wrong := p.live(m)
		line := fmt.Sprintf("%s %+v: %v %v, una=%v next=%v max=%v epsn=%v", moveNames[m.Kind], *m, p.verdict, p.c.State, p.c.UnaPSN,
			p.c.NextPSN, p.c.MaxPSN, p.c.EPSN)
		if p.fx.HasPacket {
			line += fmt.Sprintf(", sends %v psn=%v", p.fx.Packet.Op, p.fx.Packet.PSN)
		}
		if p.fx.HasCQE {
			line += fmt.Sprintf(", completes #%d %v", p.fx.CQE.WQEIdx, p.fx.CQE.Status)
		}
		out = append(out, line)
		if wrong != "" {
			break
		}
	}
	return out
}

// knownOpcodes are all opcodes of the specification.
var knownOpcodes = func() (out []abi.Opcode) {
	for i := range abi.Opcodes {
		if abi.Opcodes[i].Known {
			out = append(out, abi.Opcode(i))
		}
	}
	return out
}()
