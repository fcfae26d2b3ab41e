package host

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Player is one side of a ping-pong: messages of fixed size go to and fro, one at a time, and each side checks every
// byte. The queue pairs are idle most of the time, which is what makes it a test of pauses and of RESUME.
type Player struct {
	serves  bool // begins
	size    uint32
	rounds  uint32
	qpn, cq uint32
	buf     uint64 // one message to send, then one to receive
	lkey    uint32

	sent, acked, got uint32
	begun            uint64
	longest          uint64
	stage            []byte
}

// Work request identifiers of a Player.
const (
	pingSend = 1
	pingRecv = 2
)

// NewPingPong sets up a connection between two containers and the programs that play ping-pong over it, size bytes
// (0 means 64) to and fro rounds times. It steps the world. Each container needs one free completion queue number.
func NewPingPong(a, b *Container, rounds, size uint32, o ConnectOpts) (ping, pong *Player, err error) {
	if size == 0 {
		size = 64
	}
	var qps [2]*driver.QP
	var players [2]*Player
	for i, c := range []*Container{a, b} {
		qp, mr, err := endpoint(c, 1, 1, 2*uint64(size), abi.AccessLocalWrite)
		if err != nil {
			return nil, nil, fmt.Errorf("ping-pong: %s: %w", c.Name, err)
		}
		qps[i] = qp
		players[i] = &Player{
			serves: i == 0, size: size, rounds: rounds, qpn: qp.QPN(), cq: qp.RecvCQ().Number(), buf: mr.VA(), lkey: mr.LKey(),
			stage: make([]byte, size),
		}
	}
	if err := Connect(qps[0], qps[1], o); err != nil {
		return nil, nil, fmt.Errorf("ping-pong: %w", err)
	}
	for i, c := range []*Container{a, b} {
		if err := players[i].post(qps[i]); err != nil {
			return nil, nil, fmt.Errorf("ping-pong: %s: %w", c.Name, err)
		}
		c.Add(players[i])
	}
	return players[0], players[1], nil
}

// Done implements Program: all rounds are played and acknowledged.
func (p *Player) Done() bool { return p.got == p.rounds && p.acked == p.rounds }

// Rounds is how many messages came so far.
func (p *Player) Rounds() uint32 { return p.got }

// Longest is the longest round trip so far in cycles, as the side that begins saw it.
func (p *Player) Longest() uint64 { return p.longest }

// Poll implements Program.
func (p *Player) Poll(env *Env) error {
	if err := p.poll(env); err != nil {
		return fmt.Errorf("ping-pong: round %d: %w", p.got, err)
	}
	return nil
}

func (p *Player) poll(env *Env) error {
	qp, err := env.QP(p.qpn)
	if err != nil {
		return err
	}
	var wc [2]driver.WC
	n, err := env.PollCQ(p.cq, wc[:])
	for _, w := range wc[:n] {
		if err := p.take(env, qp, &w); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	// The one that begins is a message ahead; the other answers.
	due := p.got
	if p.serves {
		due = min(p.got+1, p.rounds)
	}
	if p.sent == due || p.sent != p.acked {
		return nil
	}
	p.fill(p.serves, p.sent)
	if err := env.Context().Write(p.buf, p.stage); err != nil {
		return err
	}
	sge := driver.SGE{Addr: p.buf, Length: p.size, LKey: p.lkey}
	wr := driver.SendWR{WRID: pingSend, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled | abi.WRFlagSolicited, SGE: sge}
	if _, err := qp.PostSend(wr); err != nil {
		return err
	}
	p.sent++
	p.begun = env.Now
	return nil
}

func (p *Player) take(env *Env, qp *driver.QP, w *driver.WC) error {
	if w.Status != abi.WCStatusSuccess {
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	}
	if w.WRID == pingSend {
		p.acked++
		return nil
	}
	got := make([]byte, p.size)
	if err := env.Context().Read(p.buf+uint64(p.size), got); err != nil {
		return err
	}
	p.fill(!p.serves, p.got)
	if w.ByteLen != p.size || string(got) != string(p.stage) {
		return fmt.Errorf("%d bytes that are not the message: %w", w.ByteLen, ErrData)
	}
	p.got++
	if p.serves {
		p.longest = max(p.longest, env.Now-p.begun)
	}
	if p.got < p.rounds {
		return p.post(qp)
	}
	return nil
}

func (p *Player) post(qp *driver.QP) error {
	sge := driver.SGE{Addr: p.buf + uint64(p.size), Length: p.size, LKey: p.lkey}
	_, err := qp.PostRecv(driver.RecvWR{WRID: pingRecv, SGE: sge})
	return err
}

// fill makes the message of a side in a round: bytes that are different in every place, round and side.
func (p *Player) fill(serves bool, round uint32) {
	if serves {
		round ^= 0x5bd1e995
	}
	pattern(p.stage, round)
}
