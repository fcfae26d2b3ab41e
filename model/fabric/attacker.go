package fabric

import (
	"errors"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// memoryOfReplay is how many packets an attacker keeps: enough to hold those of several epochs.
const memoryOfReplay = 256

// AttackerConfig says what an attacker does.
type AttackerConfig struct {
	Knowledge Knowledge
	Strategy  Strategy
	// Rate is the packets in each window that it sends in, one of Every (0 means 1); Count how many it sends at all.
	Rate, Every, Count int
	// Filtered: the network lets it send from its own address only (ingress filtering, BCP 38).
	Filtered bool
	// View is what is true of the victim when the attack begins. The attacker uses what its knowledge covers.
	View View
	// Rand decides what it guesses.
	Rand Rand
}

// Attacker is a machine on the network that is nobody's partner. It is a nic.Device without registers: it has a port of
// its own, from which it sends frames with any source address.
type Attacker struct {
	cfg    AttackerConfig
	view   View
	port   *Port
	now    uint64
	count  int
	turn   int         // windows since it sent
	out    []nic.Frame // of one window
	record [][]byte
	seen   uint64 // packets offered to record
	pkt    wire.Packet
	caught int
}

var _ nic.Device = (*Attacker)(nil)

// AddAttacker attaches an attacker, whose address is cfg.View.Own.
func (f *Fabric) AddAttacker(name string, mac [6]byte, cfg AttackerConfig) (*Attacker, error) {
	a := &Attacker{cfg: cfg, view: cfg.View, now: f.now, count: cfg.Count, turn: cfg.Every}
	a.view.Unknown = cfg.Knowledge.Unknowns(cfg.View.Key != [16]byte{})
	var err error
	if a.port, err = f.Attach(name, a, mac, cfg.View.Own); err != nil {
		return nil, err
	}
	if cfg.Knowledge >= Observer {
		f.Tap(a.observe)
	}
	return a, nil
}

// Packets counts the packets it sent, and those that came to its address.
func (a *Attacker) Packets() (sent, caught int) { return a.cfg.Count - a.count, a.caught }

// observe is the tap of an attacker on the path.
func (a *Attacker) observe(e TapEvent) {
	if e.From == a.port || e.Fate == Copy || e.Fate == Damaged || wire.Parse(e.Frame, &a.pkt) != nil {
		return
	}
	p, v := &a.pkt, &a.view
	switch {
	case p.BTH.DestQPN == v.QPN && p.DstIP == v.Victim:
		a.toVictim(p)
		a.keep(e.Frame)
	case p.SrcIP == v.Victim && p.BTH.Op.Info().Kind == abi.KindRequest:
		if v.Next.LessEq(p.BTH.PSN) {
			v.Next = p.BTH.PSN.Next()
		}
		switch p.BTH.Op.Info().Op {
		case abi.OperationRead, abi.OperationAtomic:
			v.Asked, v.AskedOp, v.AskedLen = p.BTH.PSN, p.BTH.Op, p.RETH.Length
		}
	case p.SrcIP == v.Victim && p.BTH.Op.Info().Kind == abi.KindMig:
		v.Epoch, v.Partner = p.METH.Epoch, p.DstIP
	}
}

// toVictim learns from a packet that the victim is sent.
func (a *Attacker) toVictim(p *wire.Packet) {
	v := &a.view
	switch p.BTH.Op.Info().Kind {
	case abi.KindRequest:
		if v.EPSN.LessEq(p.BTH.PSN) {
			v.EPSN = p.BTH.PSN.Next()
		}
	case abi.KindResponse:
		if p.AETH.Syndrome == uint8(abi.SyndromeNAKStopped) && v.PeerEpoch.Less(psn.Epoch(p.AETH.MSN)) {
			v.PeerEpoch = psn.Epoch(p.AETH.MSN)
		}
	case abi.KindMig:
		if p.METH.Kind == abi.METHKindResume && v.PeerEpoch.Less(p.METH.Epoch) {
			v.PeerEpoch, v.Partner = p.METH.Epoch, p.SrcIP
		}
	}
}

// keep records a packet. Those of the migration are never thrown away for others; of the others some of each time stay.
func (a *Attacker) keep(frame []byte) {
	if a.cfg.Strategy != Replay {
		return
	}
	own := append([]byte(nil), frame...)
	a.seen++
	if len(a.record) < memoryOfReplay {
		a.record = append(a.record, own)
		return
	}
	at := a.cfg.Rand.Uint64() % a.seen
	if a.pkt.BTH.Op.Info().Kind == abi.KindMig {
		at %= memoryOfReplay
	}
	if at < memoryOfReplay {
		a.record[at] = own
	}
}

// Run implements nic.Device: the packets of a window, spread over it.
func (a *Attacker) Run(until uint64) error {
	if until <= a.now {
		return nil
	}
	a.out = a.out[:0]
	n := min(a.cfg.Rate, a.count)
	if a.turn++; a.turn < a.cfg.Every {
		n = 0
	} else {
		a.turn = 0
	}
	for i := range n {
		frame := a.next()
		if frame == nil {
			break // nothing to replay yet
		}
		a.count--
		a.out = append(a.out, nic.Frame{Cycle: a.now + (until-a.now)*uint64(i+1)/uint64(n+1), Data: frame})
	}
	a.now = until
	return nil
}

// next is the next frame to send, nil if there is none.
func (a *Attacker) next() []byte {
	if a.cfg.Strategy != Replay {
		p := Forge(a.cfg.Rand, &a.view, a.cfg.Strategy)
		if a.cfg.Filtered {
			p.SrcIP = a.view.Own
		}
		return p.Append(nil)
	}
	if len(a.record) == 0 {
		return nil
	}
	frame := a.record[a.cfg.Rand.Uint64()%uint64(len(a.record))]
	if a.cfg.Filtered {
		var p wire.Packet
		if wire.Parse(frame, &p) != nil {
			panic("BUG: a recorded packet does not parse")
		}
		p.SrcIP = a.view.Own
		return p.Append(nil)
	}
	return append([]byte(nil), frame...)
}

// Deliver implements nic.Device: what comes here was meant for somebody else.
func (a *Attacker) Deliver(uint64, []byte) { a.caught++ }

// Now implements nic.Device.
func (a *Attacker) Now() uint64 { return a.now }

// Sent implements nic.Device.
func (a *Attacker) Sent() []nic.Frame { return a.out }

// IRQ implements nic.Device.
func (a *Attacker) IRQ() bool { return false }

// Close implements nic.Device.
func (a *Attacker) Close() error { return nil }

var errNoRegisters = errors.New("an attacker has no registers")

// ReadReg implements nic.Device.
func (a *Attacker) ReadReg(uint32) (uint32, error) { return 0, errNoRegisters }

// WriteReg implements nic.Device.
func (a *Attacker) WriteReg(uint32, uint32) error { return errNoRegisters }
