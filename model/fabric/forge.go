package fabric

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Knowledge is what an attacker has to go by. Each level has what those before it have.
type Knowledge uint8

// Levels of knowledge. At all of them the IP addresses are known, and, since they count from 0, the epochs.
const (
	Blind     Knowledge = iota // Off the path, and QPNs, PSNs and the key are to be guessed.
	Addresses                  // Off the path; knows the QPNs, as an old log or an old peer does.
	Observer                   // On the path: reads all packets of the victim, so knows PSNs and epochs.
	Insider                    // Has the migration key as well.
)

// KnowledgeNames are the levels in words, in their order.
var KnowledgeNames = []string{"blind", "addresses", "observer", "insider"}

// String is the level in one word.
func (k Knowledge) String() string { return nameOf(KnowledgeNames, uint8(k), "Knowledge") }

// Strategy is what an attacker sends.
type Strategy uint8

// Strategies of an attacker.
const (
	Stop     Strategy = iota // NAK_STOPPED from the partner's address: the victim pauses.
	Steal                    // RESUME from the attacker's own address: the connection is the attacker's.
	Redirect                 // REDIRECT from the partner's address to the attacker's.
	Kill                     // STALE from the partner's address: the victim is fenced.
	Pretend                  // RESUME_ACK from the partner's address: the victim believes that it was heard.
	Replay                   // What was recorded, as it was.
	Ack                      // ACKNOWLEDGE from the partner's address: completions of what did not arrive.
	Nak                      // NAK "remote access error" from the partner's address: the connection ends.
	Inject                   // SEND from the partner's address: wrong data.
	Answer                   // READ response or ATOMIC ACKNOWLEDGE from the partner's address: wrong data that was asked for.
)

// StrategyNames are the strategies in words, in their order.
var StrategyNames = []string{"stop", "steal", "redirect", "kill", "pretend", "replay", "ack", "nak", "inject", "answer"}

// String is the strategy in one word.
func (s Strategy) String() string { return nameOf(StrategyNames, uint8(s), "Strategy") }

func nameOf(names []string, i uint8, kind string) string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", kind, i)
}

// View is what an attacker believes of a connection, seen from its victim, and how much of that it has to guess.
type View struct {
	// Own is the attacker's address.
	Own wire.Addr
	// Victim and Partner are the ends' addresses, QPN is the victim's.
	Victim, Partner wire.Addr
	QPN             uint32
	// PKey of their partition, as a full member has it.
	PKey uint16
	// Next is the PSN after the highest that the victim has sent, EPSN the next that it expects.
	Next, EPSN psn.PSN
	// Asked is the PSN of the READ or atomic that the victim sent last, AskedOp its opcode and AskedLen what a READ asks
	// for in bytes.
	Asked    psn.PSN
	AskedOp  abi.Opcode
	AskedLen uint32
	// Epoch is the victim's, PeerEpoch its partner's.
	Epoch, PeerEpoch psn.Epoch
	// Key is the migration key.
	Key [16]byte
	// Unknown is what of this is to be guessed.
	Unknown Unknown
}

// Unknown is the number of low bits of each field that an attacker draws by lot; what is above is known.
type Unknown struct{ QPN, PSN, Tag uint8 }

// Unknowns is what an attacker of this knowledge has to guess about a connection with a key or without.
func (k Knowledge) Unknowns(key bool) Unknown {
	var u Unknown
	if k < Insider && key {
		u.Tag = 64
	}
	if k < Observer {
		u.PSN = 24
	}
	if k < Addresses {
		u.QPN = 24
	}
	return u
}

// guess replaces the low bits of v.
func guess(rng Rand, v uint64, bits uint8) uint64 {
	if bits == 0 {
		return v
	}
	mask := ^uint64(0) >> (64 - bits)
	return v&^mask | rng.Uint64()&mask
}

// onePacket is the longest answer that is forged: what fits into a packet of the usual path MTU.
const onePacket = 1024

// Forge makes the packet of a strategy as well as v allows. It makes all but Replay's.
func Forge(rng Rand, v *View, s Strategy) wire.Packet {
	p := wire.Packet{V6: !wire.IsIPv4(v.Victim), SrcIP: v.Partner, DstIP: v.Victim, TTL: abi.TTL, DF: true, SrcPort: 0xc000}
	p.BTH = wire.BTH{PKey: v.PKey, DestQPN: uint32(guess(rng, uint64(v.QPN), v.Unknown.QPN))}
	next := psn.PSN(guess(rng, uint64(v.Next), v.Unknown.PSN))
	switch s {
	case Stop:
		answer(&p, next, abi.SyndromeNAKStopped, uint32(v.PeerEpoch))
	case Ack:
		answer(&p, next.Prev(), abi.SyndromeACK, 0)
	case Nak:
		answer(&p, next.Prev(), abi.SyndromeNAKRemAccess, 0)
	case Inject:
		p.BTH.Op, p.BTH.AckReq = abi.OpSendOnly, true
		p.BTH.PSN = psn.PSN(guess(rng, uint64(v.EPSN), v.Unknown.PSN))
		p.SetPayload(make([]byte, 64))
	case Answer:
		p.BTH.Op, p.BTH.PSN = abi.OpAtomicAcknowledge, psn.PSN(guess(rng, uint64(v.Asked), v.Unknown.PSN))
		p.AtomicAck = rng.Uint64()
		if v.AskedOp == abi.OpRDMAReadRequest {
			p.BTH.Op = abi.OpRDMAReadResponseOnly
			p.SetPayload(make([]byte, min(v.AskedLen, onePacket)))
		}
	case Steal, Redirect, Kill, Pretend:
		migrate(rng, v, s, next, &p)
	default:
		panic("BUG: nothing to forge for " + s.String())
	}
	return p
}

func answer(p *wire.Packet, at psn.PSN, s abi.Syndrome, msn uint32) {
	p.BTH.Op, p.BTH.PSN = abi.OpAcknowledge, at
	p.AETH = wire.AETH{Syndrome: uint8(s), MSN: msn}
}

// migrate makes a migration packet. Its flag "live" stays 0, which spares the attacker the second half of the check of
// progress: the receiver then asks nothing of BTH.PSN.
func migrate(rng Rand, v *View, s Strategy, next psn.PSN, p *wire.Packet) {
	m := &p.METH
	*m = wire.METH{Version: abi.METHVersion, Epoch: v.PeerEpoch, PeerEpoch: v.Epoch, EPSN: next, Addr: v.Partner}
	switch s {
	case Steal:
		m.Kind, m.Addr, p.SrcIP = abi.METHKindResume, v.Own, v.Own
		m.Epoch = v.PeerEpoch.Add(1)
	case Redirect:
		m.Kind, m.Addr = abi.METHKindRedirect, v.Own
	case Kill:
		m.Kind, m.PeerEpoch = abi.METHKindStale, v.Epoch.Add(1)
	case Pretend:
		m.Kind = abi.METHKindResumeACK
	}
	p.BTH.Op = abi.OpMigration
	m.Tag = guess(rng, wire.Tag(v.Key, m, p.DstIP, p.BTH.DestQPN, p.BTH.PSN), v.Unknown.Tag)
}
