package bridge

import (
	"bufio"
	"errors"
	"io"
	"sync"
	"syscall"
	"time"
)

// batch is one received frame.
type batch struct {
	items                    []Item
	number                   uint32
	size                     int // bytes on the wire
	chargeItems, chargeBytes int64
}

// inbox is the receiving half: a goroutine that does nothing but read, and the queue it fills. It also holds both
// credit accounts, because frames change both.
type inbox struct {
	r      *bufio.Reader
	notify chan struct{} // capacity 1: something changed

	mu      sync.Mutex
	queue   []*batch
	spare   [][]Item // item slices to use again
	hello   []byte
	err     error
	dropped bool
	number  uint32 // next frame
	active  time.Time

	sendItems, sendBytes   int64 // credit this side has
	recvItems, recvBytes   int64 // credit the peer has, as this side knows it
	doneItems, doneBytes   int64 // consumed, not yet granted again
	heldItems, heldBytes   int64 // received, neither consumed nor granted
	earlyItems, earlyBytes int64 // granted before they were consumed
	halfItems, halfBytes   int64
}

func newInbox(r io.Reader, own *Hello) *inbox {
	return &inbox{
		r: bufio.NewReaderSize(r, 64<<10), notify: make(chan struct{}, 1), active: time.Now(),
		recvItems: int64(own.CreditItems), recvBytes: int64(own.CreditBytes),
		halfItems: (int64(own.CreditItems) + 1) / 2, halfBytes: (int64(own.CreditBytes) + 1) / 2,
	}
}

// run reads until the connection ends. It never writes and never waits for anyone but the peer.
func (in *inbox) run() {
	for {
		var spare []Item
		in.mu.Lock()
		if n := len(in.spare); n > 0 {
			spare, in.spare = in.spare[n-1], in.spare[:n-1]
		}
		number := in.number
		in.mu.Unlock()
		items, err := readFrame(in.r, number, spare)
		if err == nil {
			err = in.deliver(items, number)
		}
		if err != nil {
			in.end(err)
			return
		}
	}
}

func (in *inbox) end(err error) {
	var e *Error
	if !errors.As(err, &e) && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)) {
		err = &Error{Class: PeerDead, Frame: in.frame(), Item: -1, Detail: "peer closed the connection", Err: err}
	}
	in.mu.Lock()
	in.err = err
	in.mu.Unlock()
	in.wake()
}

func (in *inbox) wake() {
	select {
	case in.notify <- struct{}{}:
	default:
	}
}

// deliver splits a frame into transport and content, and queues the content.
func (in *inbox) deliver(items []Item, number uint32) error {
	b := &batch{number: number, size: frameHeader}
	keep := items[:0]
	in.mu.Lock()
	defer in.wake()
	defer in.mu.Unlock()
	bad := func(i int, what string) error {
		return &Error{Class: Protocol, Frame: number, Item: i, Offset: frameHeader, Detail: what}
	}
	for i := range items {
		it := &items[i]
		b.size += len(it.raw)
		if number == 0 && i == 0 {
			if it.Kind != KindHello {
				return bad(i, "the first item is "+it.Kind.String()+", not HELLO")
			}
			in.hello = it.Data
			continue
		}
		switch it.Kind {
		case KindHello:
			return bad(i, "HELLO in mid-stream")
		case KindCredit:
			in.sendItems += int64(it.Value)
			in.sendBytes += int64(it.Addr)
		case KindHeartbeat:
		default:
			b.chargeItems++
			b.chargeBytes += int64(len(it.raw))
			keep = append(keep, *it)
		}
	}
	in.number++
	in.active = time.Now()
	if len(keep) == 0 || in.dropped {
		return nil
	}
	if in.recvItems <= 0 || in.recvBytes <= 0 {
		return bad(0, "frame sent without credit")
	}
	in.recvItems -= b.chargeItems
	in.recvBytes -= b.chargeBytes
	in.heldItems += b.chargeItems
	in.heldBytes += b.chargeBytes
	b.items = keep
	in.queue = append(in.queue, b)
	return nil
}

// take removes the oldest frame, nil when there is none.
func (in *inbox) take() *batch {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.queue) == 0 {
		return nil
	}
	b := in.queue[0]
	in.queue = in.queue[1:]
	return b
}

// drop forgets what is queued and keeps later frames from being queued.
func (in *inbox) drop() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.queue, in.dropped = nil, true
}

func (in *inbox) pending() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return len(in.queue) > 0
}

// consumed accounts for a frame that was used up.
func (in *inbox) consumed(b *batch) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.spare) < 4 {
		in.spare = append(in.spare, b.items[:0])
	}
	early := min(in.earlyItems, b.chargeItems)
	in.earlyItems -= early
	in.doneItems += b.chargeItems - early
	in.heldItems -= b.chargeItems - early
	early = min(in.earlyBytes, b.chargeBytes)
	in.earlyBytes -= early
	in.doneBytes += b.chargeBytes - early
	in.heldBytes -= b.chargeBytes - early
}

// takeGrant returns credit that is to be granted now: what was consumed, and with onReceipt also what is only queued.
// Less than half a window is not worth a frame and gives zero.
func (in *inbox) takeGrant(onReceipt bool) (items, bytes int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	items, bytes = in.doneItems, in.doneBytes
	if onReceipt {
		items, bytes = items+in.heldItems, bytes+in.heldBytes
	}
	if items < in.halfItems && bytes < in.halfBytes {
		return 0, 0
	}
	if onReceipt {
		in.earlyItems, in.earlyBytes = in.earlyItems+in.heldItems, in.earlyBytes+in.heldBytes
		in.heldItems, in.heldBytes = 0, 0
	}
	in.doneItems, in.doneBytes = 0, 0
	in.recvItems += items
	in.recvBytes += bytes
	return items, bytes
}

func (in *inbox) addCredit(items, bytes int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.sendItems += items
	in.sendBytes += bytes
}

// takeCredit pays for a frame if any credit is left of both sorts; the last frame may exceed it, so that a frame larger
// than the window is not stuck.
func (in *inbox) takeCredit(items, bytes int64) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if items > 0 && (in.sendItems <= 0 || in.sendBytes <= 0) {
		return false
	}
	in.sendItems -= items
	in.sendBytes -= bytes
	return true
}

func (in *inbox) takeHello() ([]byte, bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.hello, in.hello != nil
}

// fault returns why reading ended, nil while it has not.
func (in *inbox) fault() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.err
}

// settle waits at most d for the reader to end and returns why it did.
func (in *inbox) settle(d time.Duration) error {
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if err := in.fault(); err != nil {
			return err
		}
	}
	return nil
}

func (in *inbox) frame() uint32 {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.number
}

func (in *inbox) lastActivity() time.Time {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.active
}
