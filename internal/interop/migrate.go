package interop

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

// migration is a move of our end to another NIC, while Linux, which knows nothing of such things, has 96 operations in
// flight. protocol.md section 6.
type migration struct {
	v6       bool
	policy   live.Policy
	blackout time.Duration
	wake     bool
	moves    int
	// plain: SEND and WRITE only, 48 of them.
	plain bool
	// asks: our end has 96 operations of its own in flight meanwhile.
	asks bool
	// loseAnswer: the answer to the last FETCH_ADD before the move is lost. forget: the replay slots do not move.
	loseAnswer, forget bool
}

// migrations are moves against a peer that knows nothing of them.
func migrations() []Scenario {
	const blackout = 300 * time.Millisecond
	s := func(name, about string, short bool, m migration) Scenario {
		return Scenario{Name: "migrate-" + name, About: about, Short: short, run: m.run}
	}
	return []Scenario{
		s("silent", "silence for 300 ms, 96 operations of Linux in flight", true, migration{blackout: blackout, moves: 1}),
		s("rnr", "the same, new requests answered with RNR NAK meanwhile", false, migration{policy: live.RNR, blackout: blackout, moves: 1}),
		s("silent-v6", "silence over IPv6", false, migration{v6: true, blackout: blackout, moves: 1}),
		s("rnr-v6", "RNR NAK over IPv6", false, migration{v6: true, policy: live.RNR, blackout: blackout, moves: 1}),
		s("wake", "silence for 30 ms, then a NAK that tells Linux to go on", false, migration{blackout: 30 * time.Millisecond, wake: true, moves: 1}),
		s("both-ask", "96 operations in flight in each direction", true, migration{blackout: 50 * time.Millisecond, moves: 1, asks: true}),
		s("there-and-back", "four moves, there and back, both directions in flight", false, migration{blackout: 20 * time.Millisecond, moves: 4, asks: true}),
		s("replay", "the answer to a FETCH_ADD is lost before the move: it is not done twice", false, migration{blackout: blackout, moves: 1, loseAnswer: true}),
		s("no-replay", "control: the same without the replay slots must not work", false, migration{blackout: blackout, moves: 1, loseAnswer: true, forget: true}),
	}
}

func (m *migration) run(ctx context.Context, r *rig) error {
	a := linkAttr{v6: m.v6, timeout: 14, ours: 17}
	a.fill()
	other, err := r.standby(a.version())
	if err != nil {
		return err
	}
	return on(a, func(ctx context.Context, k *link) error {
		first := k.nic()
		defer func() { r.nics[a.version()] = k.nic() }()
		return m.move(ctx, k, []*live.NIC{other, first})
	})(ctx, r)
}

// standby is the NIC to move to next.
func (r *rig) standby(version int) (*live.NIC, error) {
	for _, n := range r.all {
		if n != r.nics[version] && n.IP() == r.nics[version].IP() {
			return n, nil
		}
	}
	return r.nic(2+version, version, true)
}

// move moves our end to NICs in turn.
func (m *migration) move(ctx context.Context, k *link, others []*live.NIC) error {
	theirs := &mixed{from: k.l, to: k.g, rounds: mixedRounds, plain: m.plain}
	mine := &mixed{from: k.g, to: k.l, rounds: mixedRounds, base: bufferSize / 2, plain: m.plain}
	works := []*mixed{theirs}
	if m.asks {
		works = append(works, mine)
	}
	for _, w := range works {
		if err := w.prepare(ctx); err != nil {
			return err
		}
	}
	before, err := k.l.counter(ctx, rnrCounter)
	if err != nil {
		return err
	}
	reached := m.trigger(k)
	for i := range works {
		if err := works[len(works)-1-i].post(ctx); err != nil {
			return err
		}
	}
	select {
	case <-reached:
	case <-time.After(patience):
		return errors.New("what the move waits for does not come")
	case <-ctx.Done():
		return ctx.Err()
	}
	for i := range m.moves {
		from := k.nic()
		o := live.MigrateOptions{Policy: m.policy, Blackout: m.blackout, Wake: m.wake}
		if i == 0 {
			o.Edit = func(s *live.Snapshot) error { return m.stopped(from, s) }
		}
		if err := k.g.Container().Migrate(ctx, others[i%len(others)], o); err != nil {
			return fmt.Errorf("move %d: %w", i+1, err)
		}
		if i < m.moves-1 {
			time.Sleep(20 * time.Millisecond)
		}
	}
	if err := m.judge(ctx, works); err != nil {
		return err
	}
	after, err := k.l.counter(ctx, rnrCounter)
	if err == nil && (after > before) != (m.policy == live.RNR) {
		err = fmt.Errorf("the guest counts %d RNR NAKs, with policy %v", after-before, m.policy)
	}
	return err
}

// rnrCounter is the counter of RNR NAKs that rxe received.
const rnrCounter = "rcvd_rnr_err"

// passes is how many requests of Linux get through before the move: four rounds but for the last READ, so four FETCH_ADDs.
const passes = 15

// trigger lets these through and no more, so that all the rest is in flight when the queue pair stops, however late that
// is. The channel is closed when what came through is answered. The answer to the last one, a FETCH_ADD, is lost if it is to.
func (m *migration) trigger(k *link) <-chan struct{} {
	const send, write, read = 4, 3, 3 // packets
	reached := make(chan struct{})
	over := false
	last := ownPSN(k.l.address()).Add(3*(send+write+1+read) + send + write)
	if m.plain {
		last = ownPSN(k.l.address()).Add(7*(send+write) + send - 1)
	}
	k.nic().AddFault(live.Fault{Name: "what comes after", Dir: live.In, Times: -1, Do: live.Drop, Match: func(p *wire.Packet) bool {
		return over || p.BTH.Op.Info().Kind == abi.KindRequest && last.Less(p.BTH.PSN)
	}})
	do := live.Duplicate // harmless
	if m.loseAnswer {
		do = live.Drop
	}
	k.nic().AddFault(live.Fault{Name: "the last answer", Dir: live.Out, Times: -1, Do: do, Match: func(p *wire.Packet) bool {
		is := p.BTH.Op == abi.OpAtomicAcknowledge && p.AETH.MSN >= passes || m.plain && p.BTH.Op == abi.OpAcknowledge && p.AETH.MSN >= passes/2
		if is && !over {
			over = true
			close(reached)
		}
		return is
	}})
	return reached
}

// stopped looks at a snapshot on its way, when the queue pair has stopped: from now on Linux sees the policy.
func (m *migration) stopped(from *live.NIC, s *live.Snapshot) error {
	from.ClearFaults()
	img, err := driver.ParseImage(s.Image)
	if err != nil {
		return err
	}
	all := (&mixed{rounds: mixedRounds, plain: m.plain}).count()
	if done := int(img.QPs[0].QPC.MSN); done > passes {
		return fmt.Errorf("%d of the %d operations of Linux were done before the queue pair stopped: want at most %d, and the rest in flight", done, all, passes)
	}
	if !m.forget {
		return nil
	}
	for i := range img.QPs {
		img.QPs[i].QPC.RsSlots = [len(img.QPs[i].QPC.RsSlots)]byte{}
	}
	s.Image = img.Marshal()
	return nil
}

// judge sees whether all came out right; for the control, whether it did not.
func (m *migration) judge(ctx context.Context, works []*mixed) error {
	if m.forget {
		const long = 2 * time.Second
		wcs, err := collect(ctx, works[0].from, sendQueue, works[0].count(), long)
		if err != nil {
			return err
		}
		for _, c := range wcs {
			if c.status != abi.WCStatusSuccess {
				return nil
			}
		}
		if len(wcs) == works[0].count() {
			return errors.New("all completes without the replay slots: so nothing shows that they have to move")
		}
		return nil
	}
	for _, w := range works {
		if err := w.settle(ctx); err != nil {
			return err
		}
	}
	for _, w := range works {
		if err := w.verify(ctx); err != nil {
			return err
		}
	}
	return nil
}
