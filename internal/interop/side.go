package interop

import (
	"context"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// bufferSize is the size of the one registered buffer that each end of a connection has.
const bufferSize = 1 << 20

// patience is how long a scenario waits for what must happen: much, because the machine may be busy.
const patience = 25 * time.Second

// request is a send work request as both ends understand it. Off and N are the local piece of the buffer, VA and Key the
// remote one.
type request struct {
	id      uint64
	op      abi.WROpcode
	off     uint64
	n       uint32
	va      uint64
	key     uint32
	imm     uint32
	inv     uint32
	add     uint64 // FETCH_ADD: the addend
	compare uint64 // CMP_SWAP
	swap    uint64
	quiet   bool   // not signaled
	lkey    uint32 // another local key than that of the buffer, if not 0
}

// completion is a work completion as both ends tell it.
type completion struct {
	id     uint64
	status abi.WCStatus
	recv   bool
	n      uint32
	flags  abi.WCFlag
	imm    uint32
	src    uint32 // UD: the queue pair that sent
}

// side is one end of a connection: a queue pair, a completion queue and a buffer.
type side interface {
	// name is "godwit" or "Linux".
	name() string
	// address is where the other end has to send to.
	address() live.Address
	send(ctx context.Context, rs ...request) error
	recv(ctx context.Context, id, off uint64, n uint32) error
	// poll waits for n completions of either queue, at most for limit, and returns those that there were.
	poll(ctx context.Context, n int, limit time.Duration) ([]completion, error)
	// box keeps completions that were polled and nobody asked for yet.
	box() *inbox
	// fill writes the pattern of a seed; check tells the first byte that is not of the pattern, -1 if there is none.
	fill(ctx context.Context, off, n uint64, seed uint32) error
	check(ctx context.Context, off, n uint64, seed uint32) (int64, error)
	// word reads the 64-bit integer at an offset, setWord writes it.
	word(ctx context.Context, off uint64) (uint64, error)
	setWord(ctx context.Context, off, v uint64) error
	// broken tells whether the queue pair is in ERR.
	broken(ctx context.Context) (bool, error)
	// region registers another buffer for the given access and returns where it is.
	region(ctx context.Context, n uint64, access abi.Access) (va uint64, key uint32, err error)
	close(ctx context.Context) error
}

// pattern is byte i of the pattern of a seed; files/verbs.c of package guest has the same.
func pattern(seed uint32, i uint64) byte { return byte((uint32(i)*2654435761 + seed*40503) >> 24) }

// inbox are completions of the send queue, [0], and of the receive queue, [1], each in order.
type inbox [2][]completion

func (b *inbox) box() *inbox { return b }

// queue is the index of an inbox.
type queue int

const (
	sendQueue queue = iota
	recvQueue
)

// collect takes n completions of a queue, or those that there are when limit has passed.
func collect(ctx context.Context, s side, q queue, n int, limit time.Duration) ([]completion, error) {
	b := s.box()
	for end := time.Now().Add(limit); len(b[q]) < n; {
		left := time.Until(end)
		if left <= 0 {
			break
		}
		wcs, err := s.poll(ctx, n-len(b[q]), left)
		if err != nil {
			return nil, err
		}
		for _, c := range wcs {
			of := sendQueue
			if c.recv {
				of = recvQueue
			}
			b[of] = append(b[of], c)
		}
	}
	got := b[q][:min(n, len(b[q]))]
	b[q] = b[q][len(got):]
	return got, nil
}

// want takes completions of the send queue, one for each id, which must be successful and in the order of the ids;
// wantRecv does so of the receive queue.
func want(ctx context.Context, s side, ids ...uint64) ([]completion, error) {
	return wantOf(ctx, s, sendQueue, ids)
}

func wantRecv(ctx context.Context, s side, ids ...uint64) ([]completion, error) {
	return wantOf(ctx, s, recvQueue, ids)
}

func wantOf(ctx context.Context, s side, q queue, ids []uint64) ([]completion, error) {
	wcs, err := collect(ctx, s, q, len(ids), patience)
	if err != nil {
		return nil, err
	}
	for i, c := range wcs {
		if c.status != abi.WCStatusSuccess {
			return nil, fmt.Errorf("%s: work request %d completes with %v", s.name(), c.id, c.status)
		}
		if c.id != ids[i] {
			return nil, fmt.Errorf("%s: completion %d is of work request %d, want %d", s.name(), i, c.id, ids[i])
		}
	}
	if len(wcs) != len(ids) {
		return nil, fmt.Errorf("%s: %d of %d completions within %v", s.name(), len(wcs), len(ids), patience)
	}
	return wcs, nil
}

// wantStatus takes one completion of the send queue, with one of the given statuses.
func wantStatus(ctx context.Context, s side, id uint64, statuses ...abi.WCStatus) error {
	wcs, err := collect(ctx, s, sendQueue, 1, patience)
	if err != nil {
		return err
	}
	if len(wcs) == 0 {
		return fmt.Errorf("%s: work request %d does not complete within %v, want %v", s.name(), id, patience, statuses)
	}
	for _, st := range statuses {
		if wcs[0].id == id && wcs[0].status == st {
			return nil
		}
	}
	return fmt.Errorf("%s: work request %d completes with %v, want %d with %v", s.name(), wcs[0].id, wcs[0].status, id, statuses)
}

// same checks that a piece of a buffer has the pattern of a seed.
func same(ctx context.Context, s side, what string, off, n uint64, seed uint32) error {
	at, err := s.check(ctx, off, n, seed)
	if err == nil && at >= 0 {
		err = fmt.Errorf("%s: %s: byte %d of %d is wrong", s.name(), what, at, n)
	}
	return err
}

// holds checks a 64-bit integer in a buffer.
func holds(ctx context.Context, s side, what string, off, v uint64) error {
	got, err := s.word(ctx, off)
	if err == nil && got != v {
		err = fmt.Errorf("%s: %s is %#x, want %#x", s.name(), what, got, v)
	}
	return err
}
