package host

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Rank is a container's part in an all-to-all exchange by the ring algorithm, as MPI libraries do it: in step s of a
// round, rank i sends a block to rank i+s and gets one from rank i-s. So one pause is felt by all, one after the other.
type Rank struct {
	o        WorkloadOpts
	me, size int
	cq       uint32
	peers    []rankPeer // by rank; that of me is not used
	lkey     uint32

	round uint32
	step  int
	busy  bool // the block of this step is sent, and not acknowledged
	sent  bool
	stage []byte
	got   []byte
}

// rankPeer is a rank's connection to one other.
type rankPeer struct {
	qpn        uint32
	send, recv uint64 // buffers of a block
	blocks     uint32 // that came
}

// Bit of a work request identifier of a Rank; the rest is the rank of the peer.
const rankSend = 1 << 32

// NewAllToAll connects each container with each other and lets them exchange o.Count rounds of blocks. It steps the
// world. Each container needs one free completion queue number.
func NewAllToAll(cs []*Container, o WorkloadOpts) ([]*Rank, error) {
	ranks, err := newAllToAll(cs, o)
	if err != nil {
		return nil, fmt.Errorf("all-to-all: %w", err)
	}
	for i, c := range cs {
		c.Add(ranks[i])
	}
	return ranks, nil
}

func newAllToAll(cs []*Container, o WorkloadOpts) ([]*Rank, error) {
	n := len(cs)
	if n < 2 || o.Size == 0 || o.Size > 1<<20 {
		return nil, fmt.Errorf("%d containers, blocks of %d bytes: %w", n, o.Size, driver.ErrInval)
	}
	ranks := make([]*Rank, n)
	qps := make([][]*driver.QP, n)
	for i, c := range cs {
		var err error
		if ranks[i], qps[i], err = newRank(c, i, n, o); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	for i := range cs {
		for j := range i {
			if err := Connect(qps[i][j], qps[j][i], o.Connect); err != nil {
				return nil, err
			}
			for _, side := range [][2]int{{i, j}, {j, i}} {
				if err := ranks[side[0]].post(qps[side[0]][side[1]], side[1]); err != nil {
					return nil, err
				}
			}
		}
	}
	return ranks, nil
}

func newRank(c *Container, me, n int, o WorkloadOpts) (*Rank, []*driver.QP, error) {
	pd, err := c.ctx.AllocPD()
	if err != nil {
		return nil, nil, err
	}
	cq, err := c.ctx.CreateCQ(uint32(2 * n))
	if err != nil {
		return nil, nil, err
	}
	area := 2 * uint64(n) * uint64(o.Size)
	va, err := c.ctx.Alloc(area)
	if err != nil {
		return nil, nil, err
	}
	mr, err := pd.RegMR(va, area, abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	r := &Rank{
		o: o, me: me, size: n, cq: cq.Number(), peers: make([]rankPeer, n), lkey: mr.LKey(), step: 1,
		stage: make([]byte, o.Size), got: make([]byte, o.Size),
	}
	qps := make([]*driver.QP, n)
	for j := range n {
		if j == me {
			continue
		}
		if qps[j], err = pd.CreateQP(driver.QPInitAttr{SendCQ: cq, RecvCQ: cq, MaxSendWR: 1, MaxRecvWR: 1}); err != nil {
			return nil, nil, err
		}
		at := va + 2*uint64(j)*uint64(o.Size)
		r.peers[j] = rankPeer{qpn: qps[j].QPN(), send: at, recv: at + uint64(o.Size)}
	}
	return r, qps, nil
}

// Done implements Program: all rounds are over.
func (r *Rank) Done() bool { return r.round == r.o.Count }

// Rounds is how many rounds are over.
func (r *Rank) Rounds() uint32 { return r.round }

// Poll implements Program.
func (r *Rank) Poll(env *Env) error {
	if err := r.poll(env); err != nil {
		return fmt.Errorf("all-to-all: rank %d: round %d: step %d: %w", r.me, r.round, r.step, err)
	}
	return nil
}

func (r *Rank) poll(env *Env) error {
	var wc [8]driver.WC
	for n := len(wc); n == len(wc); {
		var err error
		n, err = env.PollCQ(r.cq, wc[:])
		for _, w := range wc[:n] {
			if err := r.take(env, &w); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	for !r.Done() {
		to, from := (r.me+r.step)%r.size, (r.me+r.size-r.step)%r.size
		if !r.sent {
			if err := r.send(env, to); err != nil {
				return err
			}
		}
		if r.busy || r.peers[from].blocks <= r.round {
			return nil
		}
		r.sent = false
		if r.step++; r.step == r.size {
			r.step = 1
			r.round++
		}
	}
	return nil
}

func (r *Rank) take(env *Env, w *driver.WC) error {
	if w.Status != abi.WCStatusSuccess {
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	}
	if w.WRID&rankSend != 0 {
		if to := (r.me + r.step) % r.size; !r.busy || w.WRID != rankSend|uint64(to) {
			return fmt.Errorf("completion of the send to %d, which is not due: %w", w.WRID&^rankSend, ErrData)
		}
		r.busy = false
		return nil
	}
	p := &r.peers[w.WRID]
	if err := env.Context().Read(p.recv, r.got); err != nil {
		return err
	}
	pattern(r.stage, r.key(int(w.WRID), r.me, p.blocks))
	if w.ByteLen != r.o.Size || w.QPN != p.qpn || string(r.got) != string(r.stage) {
		return fmt.Errorf("%d bytes from rank %d that are not its block: %w", w.ByteLen, w.WRID, ErrData)
	}
	p.blocks++
	qp, err := env.QP(p.qpn)
	if err != nil {
		return err
	}
	return r.post(qp, int(w.WRID))
}

func (r *Rank) send(env *Env, to int) error {
	p := &r.peers[to]
	qp, err := env.QP(p.qpn)
	if err != nil {
		return err
	}
	pattern(r.stage, r.key(r.me, to, r.round))
	if err := env.Context().Write(p.send, r.stage); err != nil {
		return err
	}
	_, err = qp.PostSend(driver.SendWR{
		WRID: rankSend | uint64(to), Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled,
		SGE: driver.SGE{Addr: p.send, Length: r.o.Size, LKey: r.lkey},
	})
	r.sent, r.busy = true, true
	return err
}

// post posts the receive of a peer.
func (r *Rank) post(qp *driver.QP, peer int) error {
	_, err := qp.PostRecv(driver.RecvWR{
		WRID: uint64(peer), SGE: driver.SGE{Addr: r.peers[peer].recv, Length: r.o.Size, LKey: r.lkey},
	})
	return err
}

// key is that of a block's pattern.
func (r *Rank) key(from, to int, round uint32) uint32 {
	return r.o.Seed ^ (uint32(from)<<24 | uint32(to)<<16 | round)
}
