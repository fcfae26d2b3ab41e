package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Poller is one side of a ping-pong of RDMA WRITEs, as perftest's write latency: each side looks for the other's message
// in memory, which no completion tells it of. A move must bring memory that the NIC wrote and nobody announced.
type Poller struct {
	serves  bool // begins
	o       WorkloadOpts
	qpn, cq uint32
	buf     uint64 // the message to send, then the one that the other writes
	lkey    uint32
	remote  uint64
	rkey    uint32

	sent, acked, got uint32
	begun, longest   uint64
	stage, seen      []byte
}

// pollerTag is the last word of a message: its round, from 1. A WRITE places its bytes in order, so with it all is there.
const pollerTag = 4

// NewWriteLatency connects two containers that write to each other by turns. It steps the world. Each container needs one
// free completion queue number.
func NewWriteLatency(a, b *Container, o WorkloadOpts) (*Poller, *Poller, error) {
	if o.Size < pollerTag || o.Size > 1<<20 {
		return nil, nil, fmt.Errorf("write latency: %d bytes: %w", o.Size, driver.ErrInval)
	}
	var qps [2]*driver.QP
	var mrs [2]*driver.MR
	for i, c := range []*Container{a, b} {
		var err error
		qps[i], mrs[i], err = endpoint(c, 1, 1, 2*uint64(o.Size), abi.AccessLocalWrite|abi.AccessRemoteWrite)
		if err != nil {
			return nil, nil, fmt.Errorf("write latency: %s: %w", c.Name, err)
		}
	}
	if err := Connect(qps[0], qps[1], o.Connect); err != nil {
		return nil, nil, fmt.Errorf("write latency: %w", err)
	}
	var ps [2]*Poller
	for i, c := range []*Container{a, b} {
		ps[i] = &Poller{
			serves: i == 0, o: o, qpn: qps[i].QPN(), cq: qps[i].SendCQ().Number(), buf: mrs[i].VA(), lkey: mrs[i].LKey(),
			remote: mrs[1-i].VA() + uint64(o.Size), rkey: mrs[1-i].RKey(), stage: make([]byte, o.Size), seen: make([]byte, o.Size),
		}
		c.Add(ps[i])
	}
	return ps[0], ps[1], nil
}

// Done implements Program: all rounds are played and acknowledged.
func (p *Poller) Done() bool { return p.got == p.o.Count && p.acked == p.o.Count }

// Rounds is how many messages came so far.
func (p *Poller) Rounds() uint32 { return p.got }

// Longest is the longest round trip so far in cycles, as the side that begins saw it.
func (p *Poller) Longest() uint64 { return p.longest }

// Poll implements Program.
func (p *Poller) Poll(env *Env) error {
	if err := p.poll(env); err != nil {
		return fmt.Errorf("write latency: round %d: %w", p.got, err)
	}
	return nil
}

func (p *Poller) poll(env *Env) error {
	var wc [2]driver.WC
	n, err := env.PollCQ(p.cq, wc[:])
	for _, w := range wc[:n] {
		if w.Status != abi.WCStatusSuccess || w.WRID != uint64(p.acked) {
			return fmt.Errorf("completion of %d: %v (%v)", w.WRID, w.Status, w.Vendor)
		}
		p.acked++
	}
	if err != nil {
		return err
	}
	if err := p.look(env); err != nil {
		return err
	}
	due := p.got
	if p.serves {
		due = min(p.got+1, p.o.Count)
	}
	if p.sent == due || p.sent != p.acked {
		return nil
	}
	return p.write(env)
}

// look takes the other's message, if all of it is there.
func (p *Poller) look(env *Env) error {
	if p.got == p.o.Count {
		return nil
	}
	if err := env.Context().Read(p.buf+uint64(p.o.Size), p.seen); err != nil {
		return err
	}
	switch tag := binary.LittleEndian.Uint32(p.seen[p.o.Size-pollerTag:]); tag {
	case p.got:
		return nil // the last one, or none
	case p.got + 1:
	default:
		return fmt.Errorf("the message says it is of round %d: %w", tag, ErrData)
	}
	p.fill(!p.serves, p.got)
	if string(p.seen) != string(p.stage) {
		return fmt.Errorf("not the message: %w", ErrData)
	}
	p.got++
	if p.serves {
		p.longest = max(p.longest, env.Now-p.begun)
	}
	return nil
}

func (p *Poller) write(env *Env) error {
	qp, err := env.QP(p.qpn)
	if err != nil {
		return err
	}
	p.fill(p.serves, p.sent)
	if err := env.Context().Write(p.buf, p.stage); err != nil {
		return err
	}
	_, err = qp.PostSend(driver.SendWR{
		WRID: uint64(p.sent), Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled,
		SGE: driver.SGE{Addr: p.buf, Length: p.o.Size, LKey: p.lkey}, RemoteVA: p.remote, RKey: p.rkey,
	})
	p.sent++
	p.begun = env.Now
	return err
}

// fill makes the message of a side in a round.
func (p *Poller) fill(serves bool, round uint32) {
	key := p.o.Seed ^ round
	if serves {
		key ^= 0x5bd1e995
	}
	pattern(p.stage, key)
	binary.LittleEndian.PutUint32(p.stage[p.o.Size-pollerTag:], round+1)
}
