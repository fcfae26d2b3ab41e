package abstract

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Tuple is a state as small numbers, in the order in which spec/promela/handshake.pml writes them: the queue pair of
// each place, the phase of each migration, the packets of each link.
type Tuple string

// States and timers have numbers of their own here and in the Promela model, as docs/protocol.md gives them none.
var (
	states   = []abi.State{abi.StateReset, abi.StateRTS, abi.StatePaused, abi.StateStopped, abi.StateErr}
	timers   = []abi.Timer{abi.TimerNone, abi.TimerACK, abi.TimerLease, abi.TimerResume}
	failures = []failure{
		{},
		{abi.WCStatusRetryExcErr, abi.VendorErrNone},
		{abi.WCStatusRetryExcErr, abi.VendorErrMigrationLost},
		{abi.WCStatusWrFlushErr, abi.VendorErrFenced},
	}
)

// failure is why a queue pair is in ERR.
type failure struct {
	status abi.WCStatus
	vendor abi.VendorErr
}

// number is the place of x in list. What is not in it cannot happen in these worlds.
func number[T comparable](list []T, x T) uint8 {
	for i := range list {
		if list[i] == x {
			return uint8(i)
		}
	}
	panic(fmt.Sprintf("BUG: %v does not belong into this world", x))
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// forget clears the fields that mean nothing in the state the context is in: each is set anew before it is read.
// TestDeadFields holds that no step depends on one.
func forget(c *abi.QPC) {
	switch c.State {
	case abi.StateStopped, abi.StateErr:
		c.Rewind, c.NextPSN, c.SQSend, c.RetryLeft, c.NAKSent = false, 0, 0, 0, false
	default:
		if c.Rewind {
			c.NextPSN, c.SQSend = 0, 0
		}
	}
	if c.State != abi.StatePaused {
		c.ProbesLeft = 0
	}
	if !c.ResumePending {
		c.ResumesLeft = 0
	}
}

// pack appends the tuple of a world, whose contexts forgot what means nothing.
func (b Bounds) pack(t []byte, w *world) []byte {
	for place := range b.places() {
		t = packEndpoint(t, &w.q[place])
	}
	for m := range b.movers() {
		t = append(t, uint8(w.phase[m]))
	}
	for l := range b.links() {
		t = append(t, w.n[l])
		for i := range w.n[l] {
			t = packPacket(t, &w.link[l][i])
		}
	}
	return t
}

const endpointSize = 21

func packEndpoint(t []byte, e *endpoint) []byte {
	c := &e.ctx
	fwd := uint8(0)
	if c.FwdValid {
		fwd = c.FwdAddr[15]
	}
	return append(t, number(states, c.State), number(failures, failure{c.SQErr, c.SQVendor}),
		uint8(c.MigEpoch), uint8(c.PeerEpoch), bit(c.ResumePending), bit(c.Restored), number(timers, c.Timer),
		uint8(c.UnaPSN), uint8(c.MaxPSN), bit(c.Rewind), uint8(c.NextPSN), e.ok, e.bad, c.RetryLeft,
		uint8(c.EPSN), bit(c.NAKSent), bit(c.Probe), c.ProbesLeft, c.ResumesLeft, c.RemoteIP[15], fwd)
}

// kinds are the packets in the numbers of the tuple.
const (
	kindSend = iota + 1
	kindACK
	kindNAKSeq
	kindNAKStopped
	kindMETH // RESUME, RESUME_ACK, REDIRECT, STALE follow in the order of their METH kinds
)

const packetSize = 7

func packPacket(t []byte, p *packet) []byte {
	m := &p.meth
	kind, epoch := uint8(kindSend), uint8(m.Epoch)
	switch {
	case p.op == abi.OpMigration:
		kind = kindMETH + uint8(m.Kind-abi.METHKindResume)
	case p.op == abi.OpAcknowledge:
		kind = kindACK + number([]abi.Syndrome{abi.SyndromeACK, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKStopped},
			abi.Syndrome(p.aeth.Syndrome))
		if kind == kindNAKStopped {
			epoch = uint8(p.aeth.MSN)
		}
	}
	return append(t, kind, uint8(p.psn), epoch, uint8(m.PeerEpoch), uint8(m.EPSN), m.Addr[15], uint8(m.Sent))
}

// unpack builds the world that has this tuple: the inverse of pack.
func (b Bounds) unpack(t Tuple) *world {
	w := &world{}
	for place := range b.places() {
		if t[0] != 0 {
			w.q[place] = b.unpackEndpoint(place, t)
		}
		t = t[endpointSize:]
	}
	for m := range b.movers() {
		w.phase[m] = phase(t[m])
	}
	t = t[b.movers():]
	for l := range b.links() {
		w.n[l] = t[0]
		t = t[1:]
		for i := range w.n[l] {
			w.link[l][i] = unpackPacket(t)
			t = t[packetSize:]
		}
	}
	if t != "" {
		panic("BUG: a tuple is longer than its world")
	}
	return w
}

func (b Bounds) unpackEndpoint(place int, t Tuple) endpoint {
	c := b.template(place)
	e := endpoint{used: true, got: t[14], ok: t[11], bad: t[12]}
	c.State = states[t[0]]
	c.SQErr, c.SQVendor = failures[t[1]].status, failures[t[1]].vendor
	c.MigEpoch, c.PeerEpoch = psn.Epoch(t[2]), psn.Epoch(t[3])
	c.ResumePending, c.Restored, c.Timer = t[4] == 1, t[5] == 1, timers[t[6]]
	c.UnaPSN, c.MaxPSN = psn.PSN(t[7]), psn.PSN(t[8])
	c.Rewind, c.NextPSN, c.SQSend = t[9] == 1, psn.PSN(t[10]), uint16(t[10])
	c.RetryLeft = t[13]
	c.EPSN, c.MSN, c.RQCI = psn.PSN(t[14]), uint32(t[14]), uint16(t[14])
	c.NAKSent, c.Probe, c.ProbesLeft, c.ResumesLeft = t[15] == 1, t[16] == 1, t[17], t[18]
	c.RemoteIP = address(int(t[19]) - 1)
	if t[20] != 0 {
		c.FwdValid, c.FwdAddr = true, address(int(t[20])-1)
	}
	if c.State == abi.StateStopped {
		c.SavedState = abi.StateRTS
	}
	c.HeadPSN, c.SQACK, c.CplDue = psn.PSN(e.ok), uint16(e.ok)+uint16(e.bad), uint32(e.ok) < uint32(c.UnaPSN)
	e.ctx = c
	return e
}

func unpackPacket(t Tuple) packet {
	p := packet{op: abi.OpAcknowledge, psn: psn.PSN(t[1])}
	switch kind := t[0]; kind {
	case kindSend:
		p.op, p.ackReq, p.message = abi.OpSendOnly, true, t[1]
	case kindACK:
		p.aeth = wire.AETH{Syndrome: uint8(abi.SyndromeACK), MSN: uint32(p.psn) + 1}
	case kindNAKSeq:
		p.aeth = wire.AETH{Syndrome: uint8(abi.SyndromeNAKPSNSeq), MSN: uint32(p.psn)}
	case kindNAKStopped:
		p.aeth = wire.AETH{Syndrome: uint8(abi.SyndromeNAKStopped), MSN: uint32(t[2])}
	default:
		p.op = abi.OpMigration
		p.meth = wire.METH{
			Version: abi.METHVersion, Kind: abi.METHKindResume + abi.METHKind(kind-kindMETH), Flags: 1,
			Epoch: psn.Epoch(t[2]), PeerEpoch: psn.Epoch(t[3]), EPSN: psn.PSN(t[4]), Addr: address(int(t[5]) - 1), Sent: uint16(t[6]),
		}
	}
	return p
}
