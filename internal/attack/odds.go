package attack

import (
	"math"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Case is an attack on a queue pair in RTS.
type Case struct {
	Strategy fabric.Strategy
	// Unknown is what the attacker has to guess.
	Unknown fabric.Unknown
	// Window is the number of packets that the victim has sent and that are not acknowledged.
	Window int
	// Pending: the victim has announced itself and waits for RESUME_ACK.
	Pending bool
	// Pinned: the partner's address must not change.
	Pinned bool
	// Off are the checks that are off.
	Off qp.Rules
}

// forging is what can be reckoned: all strategies but Replay.
var forging = []fabric.Strategy{
	fabric.Steal, fabric.Redirect, fabric.Kill, fabric.Pretend, fabric.Stop, fabric.Ack, fabric.Nak, fabric.Inject, fabric.Answer,
}

// migration tells whether a strategy sends METH packets, which have a tag.
func migration(s fabric.Strategy) bool {
	return s == fabric.Steal || s == fabric.Redirect || s == fabric.Kill || s == fabric.Pretend
}

// Odds is the chance that one packet succeeds: the product of what each guess has to hit. The epochs are taken for
// known.
func Odds(c *Case) float64 {
	p := math.Exp2(-float64(c.Unknown.QPN))
	if migration(c.Strategy) && c.Off&qp.Untagged == 0 {
		p *= math.Exp2(-float64(c.Unknown.Tag))
	}
	hits := math.Exp2(float64(c.Unknown.PSN)) // of so many PSNs
	all := hits
	switch c.Strategy {
	case fabric.Steal, fabric.Stop, fabric.Pretend:
		if c.Off&qp.AnyProgress == 0 {
			hits = float64(c.Window) + 1 // from una_psn to the next, both included
		}
	case fabric.Ack, fabric.Nak:
		hits = float64(c.Window)
	case fabric.Inject, fabric.Answer:
		hits = 1
	}
	p *= min(1, hits/all)
	switch c.Strategy {
	case fabric.Redirect, fabric.Kill, fabric.Pretend:
		if !c.Pending && (c.Off&qp.Unasked == 0 || c.Strategy == fabric.Pretend) {
			return 0
		}
	case fabric.Stop:
		if c.Pending {
			return 0 // it only proves that the partner is there
		}
	case fabric.Inject:
		if c.Pending {
			return 0 // R6a
		}
	}
	if c.Pinned && c.Off&qp.AnyAddress == 0 && (c.Strategy == fabric.Steal || c.Strategy == fabric.Redirect) {
		return 0
	}
	return p
}

// Addresses of the victim, its partner, and the attacker.
var (
	victimIP   = wire.MapIPv4([4]byte{10, 0, 0, 2})
	partnerIP  = wire.MapIPv4([4]byte{10, 0, 0, 1})
	attackerIP = wire.MapIPv4([4]byte{10, 0, 1, 1})
)

// readLen is the length of the READ that a victim has outstanding.
const readLen = 64

// target is the victim's context.
func (c *Case) target() abi.QPC {
	const una = psn.PSN(0x100000) // its low bits are 0, so that the window lies within what is guessed
	q := abi.QPC{
		State: abi.StateRTS, QPN: 0x200, RemoteQPN: 0x100, PMTU: 3, PKey: 0xffff, SQLog: 6, RQLog: 6, RetryCnt: 7, RetryLeft: 7,
		Timeout: 5, RemoteIP: partnerIP, UnaPSN: una, HeadPSN: una, NextPSN: una.Add(int32(c.Window)),
		MaxPSN: una.Add(int32(c.Window)), EPSN: 0x300000, SQPI: 40, SQSend: 40, RQPI: 8,
		MigCapable: true, MigPinned: c.Pinned, MigKey: [16]byte{1, 2, 3}, MigEpoch: 3, PeerEpoch: 5, MigLease: 32,
		MigAnnounce: 32, MigProbeLimit: 9, MigResumeLimit: 9,
	}
	if c.Pending {
		q.ResumePending, q.Timer, q.ResumesLeft = true, abi.TimerResume, 9
	}
	if c.Strategy == fabric.Answer {
		q.MaxRdAtomic, q.RdCount = 1, 1
		s := abi.RdSlot{PSN: una, Npkts: 1}
		s.Marshal(q.RdSlots[:])
	}
	return q
}

// view is what the attacker has.
func (c *Case) view(q *abi.QPC) fabric.View {
	return fabric.View{
		Own: attackerIP, Victim: victimIP, Partner: partnerIP, QPN: q.QPN, PKey: q.PKey, Next: q.MaxPSN, EPSN: q.EPSN,
		Epoch: q.MigEpoch, PeerEpoch: q.PeerEpoch, Key: q.MigKey, Unknown: c.Unknown,
		Asked: q.UnaPSN, AskedOp: abi.OpRDMAReadRequest, AskedLen: readLen,
	}
}

// Try throws n forged packets, each at a fresh copy of the victim, and counts those that succeed.
func Try(c *Case, rng fabric.Rand, n int) (hits int) {
	fresh := c.target()
	v := c.view(&fresh)
	for range n {
		q := fresh
		p := fabric.Forge(rng, &v, c.Strategy)
		if p.BTH.DestQPN == q.QPN && succeeds(&q, &p, c.Strategy, c.Off) {
			hits++
		}
	}
	return hits
}

// succeeds lets a queue pair take a packet, and tells whether the attack had its way.
func succeeds(q *abi.QPC, p *wire.Packet, s fabric.Strategy, off qp.Rules) bool {
	var fx qp.Effects
	before := *q
	ev := qp.Event{Cause: abi.CauseRX, Pkt: p, OwnIP: victimIP, MROK: true, WQE: abi.WQE{Length: 4096}, Rules: off}
	if s == fabric.Answer {
		ev.Features, ev.WQE = abi.FeatureRead, abi.WQE{Opcode: abi.WROpcodeRDMARead, Length: readLen}
	}
	qp.Step(q, &ev, &fx)
	switch s {
	case fabric.Steal, fabric.Redirect:
		return q.RemoteIP == attackerIP
	case fabric.Replay:
		return q.RemoteIP != before.RemoteIP
	case fabric.Kill, fabric.Nak:
		return q.State == abi.StateErr
	case fabric.Pretend:
		return before.ResumePending && !q.ResumePending
	case fabric.Stop:
		return q.State == abi.StatePaused
	case fabric.Ack:
		return q.UnaPSN != before.UnaPSN
	case fabric.Inject, fabric.Answer:
		return fx.Write != 0
	}
	panic("BUG: success of " + s.String() + " is not defined")
}

// replayed tells whether an announcement of the epoch before this one, recorded as it was sent, with its good tag,
// takes the victim back to the address its partner had then. Idle: nothing was sent or received since, so that its
// PSNs fit.
func replayed(idle bool, off qp.Rules) bool {
	c := Case{Strategy: fabric.Replay, Window: 0}
	q := c.target()
	p := wire.Packet{SrcIP: wire.MapIPv4([4]byte{10, 0, 0, 7}), DstIP: victimIP}
	p.BTH = wire.BTH{Op: abi.OpMigration, PKey: q.PKey, DestQPN: q.QPN, PSN: q.EPSN}
	p.METH = wire.METH{
		Version: abi.METHVersion, Kind: abi.METHKindResume, Flags: 1, Epoch: q.PeerEpoch.Add(-1), PeerEpoch: q.MigEpoch,
		EPSN: q.UnaPSN, Addr: p.SrcIP,
	}
	if !idle {
		p.BTH.PSN, p.METH.EPSN = q.EPSN.Add(-100), q.UnaPSN.Add(-100)
	}
	p.METH.Tag = wire.Tag(q.MigKey, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN)
	return succeeds(&q, &p, fabric.Replay, off)
}

// reflected tells whether a victim takes its own announcement, sent back to it, for its partner's.
func reflected(sameQPN bool, off qp.Rules) bool {
	c := Case{Strategy: fabric.Replay, Window: 0}
	q := c.target()
	q.MigEpoch, q.PeerEpoch = 1, 0
	q.EPSN = q.UnaPSN // both ends began at the same PSN, and sent as much
	if sameQPN {
		q.RemoteQPN = q.QPN
	}
	p := wire.Packet{SrcIP: victimIP, DstIP: partnerIP}
	p.BTH = wire.BTH{Op: abi.OpMigration, PKey: q.PKey, DestQPN: q.RemoteQPN, PSN: q.UnaPSN}
	p.METH = wire.METH{
		Version: abi.METHVersion, Kind: abi.METHKindResume, Flags: 1, Epoch: q.MigEpoch, PeerEpoch: q.PeerEpoch,
		EPSN: q.EPSN, Addr: victimIP,
	}
	p.METH.Tag = wire.Tag(q.MigKey, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN)
	p.DstIP, p.BTH.DestQPN = victimIP, q.QPN // what leads it back
	return succeeds(&q, &p, fabric.Replay, off)
}
