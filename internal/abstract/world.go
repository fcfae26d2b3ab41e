package abstract

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Bounds says how large a world is. Side A has a queue pair in place 1, which may move to place 2; B has one in place 0,
// which may move to place 3 if Both. All messages are one-packet SENDs, posted at the start.
type Bounds struct {
	// MsgA and MsgB are the messages that A and B send.
	MsgA, MsgB int
	// Cap is the number of packets a link holds; what does not fit is lost.
	Cap int
	// Loss lets any packet be lost.
	Loss bool
	// Harsh lets two packets on a link change places, and one be doubled if there is room.
	Harsh bool
	Both  bool
}

// Budgets of every queue pair: small, so that every way to the end of one is walked.
const (
	retries = 1
	probes  = 1
	resumes = 1
)

const (
	maxPlaces = 4
	maxLinks  = 8
	maxCap    = 2
)

func (b Bounds) places() int {
	if b.Both {
		return 4
	}
	return 3
}

func (b Bounds) links() int  { return 4 * b.movers() }
func (b Bounds) movers() int { return b.places() - 2 }

func sideA(place int) bool { return place == 1 || place == 2 }

// posted is the number of messages that the side of a place sends.
func (b Bounds) posted(place int) int {
	if sideA(place) {
		return b.MsgA
	}
	return b.MsgB
}

// link is the number of the link between two places of different sides: first those that leave places 1 and 2.
func (b Bounds) link(from, to int) int {
	if sideA(from) {
		return 2*(to/3) + from - 1
	}
	return b.links()/2 + 2*(from/3) + to - 1
}

// ends is the inverse of link.
func (b Bounds) ends(link int) (from, to int) {
	l := link % (b.links() / 2)
	from, to = 1+l%2, l/2*3
	if link >= b.links()/2 {
		from, to = to, from
	}
	return from, to
}

// phase is how far the driver of one side is.
type phase uint8

const (
	atHome phase = iota
	stalled
	loaded
	activated
	released   // the tombstone is gone
	rolledBack // the copy is gone
)

// packet is what is on a link: the parts of a wire.Packet that a queue pair can tell apart.
type packet struct {
	op      abi.Opcode
	psn     psn.PSN
	ackReq  bool
	aeth    wire.AETH
	meth    wire.METH
	message uint8 // of a SEND: its payload is one byte, the number of the message
}

// endpoint is a queue pair in a place, with what its container has seen: memory moves with the context.
type endpoint struct {
	used bool
	ctx  abi.QPC
	got  uint8 // messages received
	ok   uint8 // sends that completed with success
	bad  uint8 // sends that were flushed
}

// world is a concrete state.
type world struct {
	q     [maxPlaces]endpoint
	phase [2]phase
	n     [maxLinks]uint8
	link  [maxLinks][maxCap]packet
}

// address is that of a place; no place has the zero address.
func address(place int) (ip [16]byte) {
	ip[10], ip[11], ip[15] = 0xff, 0xff, uint8(place+1)
	return ip
}

// template is the context of a place, as the driver set it up: all that never changes.
func (b Bounds) template(place int) abi.QPC {
	c := abi.QPC{
		QPN: 0x100, RemoteQPN: 0x101, PMTU: 1, PKey: 0xffff, SQSigAll: true, SQLog: 2, RQLog: 2, Timeout: 14,
		RetryCnt: retries, RNRRetry: 7, RNRLeft: 7, UDPSport: 0xc000, MigCapable: true, MigLease: 1, MigAnnounce: 1,
		MigProbeLimit: probes, MigResumeLimit: resumes, SQPI: uint16(b.MsgB), RQPI: uint16(b.MsgA),
	}
	if sideA(place) {
		c.QPN, c.RemoteQPN = c.RemoteQPN, c.QPN
		c.SQPI, c.RQPI = c.RQPI, c.SQPI
	}
	return c
}

// initial has both queue pairs connected, and everything posted.
func (b Bounds) initial() *world {
	w := &world{}
	for place := range 2 {
		c := b.template(place)
		c.State, c.RetryLeft, c.RemoteIP = abi.StateRTS, retries, address(1-place)
		w.q[place] = endpoint{used: true, ctx: c}
	}
	return w
}

// violation is what a property of docs/protocol.md section 7 says against a step.
type violation string

func (v violation) Error() string { return string(v) }

// step executes one cause in a place, and carries out its effects.
func (b Bounds) step(w *world, place int, ev *qp.Event) error {
	e := &w.q[place]
	c := &e.ctx
	ev.OwnIP = address(place)
	ev.MROK = true
	message := uint8(0)
	if at, ok := qp.Fetch(c, ev); ok {
		if ev.Cause == abi.CauseSend {
			message = uint8(at / abi.WQESize)
		}
		ev.WQE = abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 1, Flags: abi.WRFlagSignaled}
	}
	var fx qp.Effects
	qp.Step(c, ev, &fx)
	if fx.Write != 0 {
		if ev.Pkt.Payload[0] != e.got {
			return violation(fmt.Sprintf("P1: place %d executes message %d, not %d", place, ev.Pkt.Payload[0], e.got))
		}
		if place != b.home(w, sideA(place)) {
			return violation(fmt.Sprintf("P5: an effect in place %d, where the container is not", place))
		}
	}
	if fx.HasCQE {
		switch {
		case fx.CQE.Opcode == abi.WCOpcodeRecv:
			e.got++
		case fx.CQE.Status == abi.WCStatusSuccess:
			if w.q[b.home(w, !sideA(place))].got <= e.ok {
				return violation(fmt.Sprintf("P2: place %d completes message %d, which was not executed", place, e.ok))
			}
			e.ok++
		default:
			e.bad++
		}
	}
	if fx.HasPacket {
		b.transmit(w, place, message, &fx.Packet)
	}
	return nil
}

// transmit puts a packet on its link, if there is room.
func (b Bounds) transmit(w *world, from int, message uint8, o *qp.Out) {
	to := int(o.DstIP[15]) - 1
	if to < 0 || to >= b.places() || sideA(from) == sideA(to) || o.DstIP != address(to) {
		panic(fmt.Sprintf("BUG: place %d sends to address %v", from, o.DstIP))
	}
	l := b.link(from, to)
	if int(w.n[l]) == b.Cap {
		return
	}
	w.link[l][w.n[l]] = packet{op: o.Op, psn: o.PSN, ackReq: o.AckReq, aeth: o.AETH, meth: o.METH, message: message}
	w.n[l]++
}

// take removes the first packet of a link.
func (w *world) take(l int) packet {
	p := w.link[l][0]
	w.n[l]--
	copy(w.link[l][:], w.link[l][1:])
	w.link[l][w.n[l]] = packet{}
	return p
}

// deliver hands the first packet of a link to the place it leads to.
func (b Bounds) deliver(w *world, l int) error {
	from, to := b.ends(l)
	p := w.take(l)
	if !w.q[to].used {
		return nil
	}
	pkt := wire.Packet{
		SrcIP: address(from), DstIP: address(to), AETH: p.aeth, METH: p.meth,
		BTH: wire.BTH{Op: p.op, PKey: 0xffff, DestQPN: w.q[to].ctx.QPN, PSN: p.psn, AckReq: p.ackReq},
	}
	if p.op == abi.OpSendOnly {
		pkt.Payload = []byte{p.message}
	}
	return b.step(w, to, &qp.Event{Cause: abi.CauseRX, Pkt: &pkt})
}

// mover gives the two places of the side that driver m moves, A or B.
func mover(m int) (from, to int) {
	if m == 0 {
		return 1, 2
	}
	return 0, 3
}

// home is the place where the container of a side is, as its driver knows.
func (b Bounds) home(w *world, a bool) int {
	m := 1
	if a {
		m = 0
	}
	from, to := mover(m)
	if p := w.phase[m]; p == activated || p == released {
		return to
	}
	return from
}

// live tells whether the queue pair of a place is one that STALL is for here: RTS or PAUSED.
func (w *world) live(place int) bool {
	e := &w.q[place]
	return e.used && (e.ctx.State == abi.StateRTS || e.ctx.State == abi.StatePaused)
}
