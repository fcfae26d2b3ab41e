package interop

import (
	"context"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// mixed is a pipeline of SEND, WRITE, FETCH_ADD and READ, one of each in a round, all posted before any is waited for.
// Each message has bytes of its own, from base on at both ends, so that two of them can run at once with different bases.
type mixed struct {
	from, to side
	rounds   int
	base     uint64
	// plain: SEND and WRITE only.
	plain bool
}

// The pieces of half a buffer, relative to mixed.base: slots of 4 KiB for each round.
const (
	mixedSlot    = 4096
	mixedRounds  = 24                      // at most
	mixedSent    = 0                       // from: what SEND and WRITE take; to: what READ takes
	mixedArrived = mixedRounds * mixedSlot // to: what SENDs brought; from: what READs brought
	mixedWritten = 2 * mixedArrived        // to: what WRITEs brought
	mixedFetched = 3 * mixedArrived        // from: what atomics brought
	mixedCounter = mixedFetched + 4096     // to: what atomics add to
	mixedAddend  = 0x100000001
	mixedSend    = 4000 // bytes
	mixedWrite   = 3000
	mixedRead    = 3000
)

// count is the number of work requests.
func (m *mixed) count() int { return len(m.ids()) }

// prepare fills buffers and posts receives.
func (m *mixed) prepare(ctx context.Context) error {
	for i := range m.rounds {
		at := m.base + uint64(i)*mixedSlot
		if err := m.from.fill(ctx, at+mixedSent, mixedSend, uint32(1000+i)); err != nil {
			return err
		}
		if err := m.to.fill(ctx, at+mixedSent, mixedRead, uint32(2000+i)); err != nil {
			return err
		}
		if err := m.to.recv(ctx, uint64(9000+i), at+mixedArrived, mixedSlot); err != nil {
			return err
		}
	}
	return m.to.setWord(ctx, m.base+mixedCounter, 0)
}

// post posts everything.
func (m *mixed) post(ctx context.Context) error {
	peer := m.to.address()
	var rs []request
	for i := range m.rounds {
		at := m.base + uint64(i)*mixedSlot
		id := uint64(4 * i)
		rs = append(rs,
			request{id: id, op: abi.WROpcodeSend, off: at + mixedSent, n: mixedSend},
			request{id: id + 1, op: abi.WROpcodeRDMAWrite, off: at + mixedSent, n: mixedWrite, va: peer.VA + at + mixedWritten, key: peer.RKey})
		if m.plain {
			continue
		}
		rs = append(rs,
			request{id: id + 2, op: abi.WROpcodeFetchAdd, off: m.base + mixedFetched + uint64(8*i), n: 8, va: peer.VA + m.base + mixedCounter, key: peer.RKey, add: mixedAddend},
			request{id: id + 3, op: abi.WROpcodeRDMARead, off: at + mixedArrived, n: mixedRead, va: peer.VA + at + mixedSent, key: peer.RKey},
		)
	}
	return m.from.send(ctx, rs...)
}

// ids are the work requests that must complete, in their order.
func (m *mixed) ids() []uint64 {
	var ids []uint64
	for i := range uint64(4 * m.rounds) {
		if !m.plain || i%4 < 2 {
			ids = append(ids, i)
		}
	}
	return ids
}

// settle waits for all completions at the end that asks.
func (m *mixed) settle(ctx context.Context) error {
	_, err := want(ctx, m.from, m.ids()...)
	return err
}

// verify checks the receives, every byte, every fetched value and the counter.
func (m *mixed) verify(ctx context.Context) error {
	var ids []uint64
	for i := range m.rounds {
		ids = append(ids, uint64(9000+i))
	}
	if _, err := wantRecv(ctx, m.to, ids...); err != nil {
		return err
	}
	for i := range m.rounds {
		at := m.base + uint64(i)*mixedSlot
		for _, c := range []struct {
			s    side
			what string
			off  uint64
			n    uint64
			seed uint32
		}{
			{m.to, "SEND", at + mixedArrived, mixedSend, uint32(1000 + i)},
			{m.to, "WRITE", at + mixedWritten, mixedWrite, uint32(1000 + i)},
			{m.from, "READ", at + mixedArrived, mixedRead, uint32(2000 + i)},
		} {
			if m.plain && c.what == "READ" {
				continue
			}
			if err := same(ctx, c.s, fmt.Sprintf("%s of round %d", c.what, i), c.off, c.n, c.seed); err != nil {
				return err
			}
		}
		if m.plain {
			continue
		}
		if err := holds(ctx, m.from, fmt.Sprintf("FETCH_ADD of round %d", i), m.base+mixedFetched+uint64(8*i), uint64(i)*mixedAddend); err != nil {
			return err
		}
	}
	if m.plain {
		return nil
	}
	return holds(ctx, m.to, "the counter", m.base+mixedCounter, uint64(m.rounds)*mixedAddend)
}

// run does all of it.
func (m *mixed) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{m.prepare, m.post, m.settle, m.verify} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}
