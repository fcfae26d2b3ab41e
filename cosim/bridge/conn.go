package bridge

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// Options configure a connection. The zero value of each field has a sensible meaning.
type Options struct {
	// Hello is announced to the peer. Major, Minor and the credits are filled in when zero.
	Hello Hello
	// Timeout bounds the silence of the peer while this side waits for it, and each write. 0 means 10 s, negative never.
	Timeout time.Duration
	// HandshakeTimeout bounds the wait for HELLO. 0 means Timeout.
	HandshakeTimeout time.Duration
	// ItemsPerFrame bounds the items of a frame sent; 0 means frames are limited by size only.
	ItemsPerFrame int
	// ChunkSeed, when not 0, splits every socket read and write at pseudo-random places, for tests of framing.
	ChunkSeed uint64
	// Record, when not nil, receives every stimulus frame as it was sent, without HELLO and CREDIT: the input of the
	// simulator's --bare mode.
	Record io.Writer
	// Transcript, when not nil, receives the encoding of every item received, in order, but for those of the transport.
	Transcript *Transcript
}

// Windows of credit granted to the peer. Bytes bound the memory a silent consumer can cost; a frame may exceed them once.
const (
	creditItems = 1 << 16
	creditBytes = 8 << 20
	frameTarget = 64 << 10 // payload after which a frame is sent without being asked
)

// Stats counts what a connection did, for benchmarks.
type Stats struct {
	FramesSent, FramesReceived uint64
	ItemsSent, ItemsReceived   uint64
	BytesSent, BytesReceived   uint64
	Waited                     time.Duration // in Recv, for the peer
}

// Conn is one side of a bridge. All methods are for one goroutine only, except Close.
type Conn struct {
	opts  Options
	nc    net.Conn
	w     io.Writer
	peer  Hello
	proc  *process // nil when this side did not spawn the peer
	in    *inbox
	cur   *batch // frame being consumed
	next  int    // its next item
	out   outbox
	asked asks
	timer *time.Timer
	err   error // first fault; sticky
	stats Stats
	done  atomic.Bool // Close was called
}

// NewConn shakes hands over nc and returns the connection. It owns nc from then on, also when it fails.
func NewConn(nc net.Conn, opts Options) (*Conn, error) { return newConn(nc, nil, opts) }

func newConn(nc net.Conn, proc *process, opts Options) (*Conn, error) {
	if opts.Timeout == 0 {
		opts.Timeout = 10 * time.Second
	}
	if opts.HandshakeTimeout == 0 {
		opts.HandshakeTimeout = opts.Timeout
	}
	h := &opts.Hello
	h.Major, h.Minor = Major, Minor
	if h.CreditItems == 0 {
		h.CreditItems = creditItems
	}
	if h.CreditBytes == 0 {
		h.CreditBytes = creditBytes
	}
	c := &Conn{opts: opts, nc: nc, proc: proc, w: nc, timer: time.NewTimer(time.Hour)}
	var r io.Reader = nc
	if opts.ChunkSeed != 0 {
		r, c.w = &chunkReader{nc, opts.ChunkSeed}, &chunkWriter{nc, opts.ChunkSeed}
	}
	c.in = newInbox(r, h)
	c.out.init()
	go c.in.run()
	if err := c.handshake(); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func (c *Conn) handshake() error {
	c.out.add(c.opts.Hello.Item(), c.stimulus())
	if err := c.writeFrame(); err != nil {
		return err
	}
	saved := c.opts.Timeout
	c.opts.Timeout = c.opts.HandshakeTimeout
	defer func() { c.opts.Timeout = saved }()
	h, err := c.awaitHello()
	if err != nil {
		return err
	}
	c.peer = h
	if err := checkPeer(&c.opts.Hello, &c.peer); err != nil {
		return c.fail(err)
	}
	c.in.addCredit(int64(h.CreditItems), int64(h.CreditBytes))
	if h.ItemsPerFrame > 0 && c.opts.ItemsPerFrame == 0 {
		c.opts.ItemsPerFrame = h.ItemsPerFrame
	}
	return nil
}

func (c *Conn) awaitHello() (Hello, error) {
	start := time.Now()
	for {
		if hello, ok := c.in.takeHello(); ok {
			h, err := ParseHello(hello)
			if err != nil {
				err = c.fail(&Error{Class: Protocol, Item: 0, Offset: frameHeader, Detail: err.Error()})
			}
			return h, err
		}
		if err := c.in.fault(); err != nil {
			return Hello{}, c.fail(err)
		}
		if err := c.wait(start, "no HELLO"); err != nil {
			return Hello{}, err
		}
	}
}

// Peer returns what the other side announced.
func (c *Conn) Peer() Hello { return c.peer }

// Stats returns the counts so far.
func (c *Conn) Stats() Stats { return c.stats }

// Err returns the fault that ended the connection, or nil.
func (c *Conn) Err() error { return c.err }

func (c *Conn) stimulus() bool { return c.opts.Hello.Role == RoleHost }

// Send queues an item and sends full frames. The data of the item is copied. An error is an *Error and is final.
func (c *Conn) Send(it Item) error {
	if c.err != nil {
		return c.err
	}
	if !c.out.fits(&it) || (c.opts.ItemsPerFrame > 0 && c.out.items >= c.opts.ItemsPerFrame) {
		if err := c.Flush(); err != nil {
			return err
		}
	}
	c.out.add(it, c.stimulus())
	if c.stimulus() {
		c.asked.ask(&it, c.out.number)
	}
	if c.opts.ItemsPerFrame == 0 && len(c.out.buf) >= frameTarget {
		return c.Flush()
	}
	return nil
}

// Flush sends what is queued. It waits for credit; while it does, this side keeps taking in what the peer sends.
func (c *Conn) Flush() error {
	if c.err != nil {
		return c.err
	}
	if c.out.items == 0 {
		return nil
	}
	start := time.Now()
	for !c.in.takeCredit(c.out.chargeItems, c.out.chargeBytes) {
		if err := c.in.fault(); err != nil {
			return c.fail(err)
		}
		// The peer may be waiting for credit itself: grant on receipt, not on consumption, or both wait for ever.
		if err := c.grant(true); err != nil {
			return err
		}
		if err := c.wait(start, "no credit to send"); err != nil {
			return err
		}
	}
	return c.writeFrame()
}

// grant returns credit to the peer once half a window is due.
func (c *Conn) grant(onReceipt bool) error {
	items, bytes := c.in.takeGrant(onReceipt)
	if items == 0 && bytes == 0 {
		return nil
	}
	var o outbox
	o.init()
	o.number = c.out.number
	o.add(Item{Kind: KindCredit, Value: uint32(items), Addr: uint64(bytes)}, true)
	c.out.number++
	return c.write(o.finish())
}

func (c *Conn) writeFrame() error {
	if c.opts.Record != nil && c.out.chargeItems > 0 {
		if _, err := c.opts.Record.Write(c.out.finish()); err != nil {
			return c.fail(&Error{Class: Closed, Item: -1, Detail: "cannot record the stimulus: " + err.Error(), Err: err})
		}
	}
	b := c.out.finish()
	c.stats.ItemsSent += uint64(c.out.items)
	c.out.reset()
	return c.write(b)
}

func (c *Conn) write(b []byte) error {
	if c.opts.Timeout > 0 {
		c.nc.SetWriteDeadline(time.Now().Add(c.opts.Timeout))
	}
	c.stats.FramesSent++
	c.stats.BytesSent += uint64(len(b))
	if _, err := c.w.Write(b); err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return c.fail(&Error{Class: Timeout, Frame: c.in.frame(), Item: -1, Err: err,
				Detail: fmt.Sprintf("peer reads nothing for %v", c.opts.Timeout)})
		}
		// The reader knows better why the peer went away.
		if fault := c.in.settle(time.Second); fault != nil {
			return c.fail(fault)
		}
		return c.fail(&Error{Class: PeerDead, Frame: c.in.frame(), Item: -1, Detail: "peer closed the connection", Err: err})
	}
	return nil
}

// Recv returns the next item, waiting for it. What is queued for sending is sent first. Items of the transport (HELLO,
// CREDIT, HEARTBEAT) are not returned. An error is an *Error and is final; items received before it are returned first.
func (c *Conn) Recv() (Item, error) {
	for c.cur == nil || c.next == len(c.cur.items) {
		if c.err != nil && !c.in.pending() {
			return Item{}, c.err
		}
		if err := c.refill(); err != nil {
			return Item{}, err
		}
	}
	it := c.cur.items[c.next]
	c.next++
	c.stats.ItemsReceived++
	if c.stimulus() {
		if why := c.asked.answer(&it); why != "" {
			return Item{}, c.reject(why)
		}
	}
	if c.opts.Transcript != nil {
		c.opts.Transcript.add(it.raw)
	}
	return it, nil
}

// reject fails because of the content of the item just taken. What came after it is not worth anything.
func (c *Conn) reject(why string) error {
	e := &Error{Class: Protocol, Frame: c.cur.number, Item: c.next - 1, Offset: frameHeader, Detail: why}
	c.cur = nil
	c.in.drop()
	return c.fail(e)
}

// retire accounts for the frame that was used up; its credit is due.
func (c *Conn) retire() {
	if c.cur != nil {
		c.in.consumed(c.cur)
		c.cur = nil
	}
}

// refill replaces the consumed frame by the next one.
func (c *Conn) refill() error {
	c.retire()
	if err := c.Flush(); err != nil && !c.in.pending() {
		return err
	}
	if err := c.grant(false); err != nil && !c.in.pending() {
		return err
	}
	start := time.Now()
	for {
		if b := c.in.take(); b != nil {
			c.cur, c.next = b, 0
			c.stats.FramesReceived++
			c.stats.BytesReceived += uint64(b.size)
			return nil
		}
		if c.err != nil {
			return c.err
		}
		if err := c.in.fault(); err != nil {
			return c.fail(err)
		}
		err := c.wait(start, "peer does not answer")
		c.stats.Waited += time.Since(start)
		if err != nil {
			return err
		}
	}
}

// Buffered reports whether Recv would return without waiting for the peer.
func (c *Conn) Buffered() bool {
	return (c.cur != nil && c.next < len(c.cur.items)) || c.in.pending()
}

// wait blocks until the reader has something new, or the peer was silent for too long since start.
func (c *Conn) wait(start time.Time, what string) error {
	if c.opts.Timeout < 0 {
		<-c.in.notify
		return nil
	}
	since := c.in.lastActivity()
	if since.Before(start) {
		since = start
	}
	left := time.Until(since.Add(c.opts.Timeout))
	if left <= 0 {
		return c.fail(&Error{Class: Timeout, Frame: c.in.frame(), Item: -1, Detail: fmt.Sprintf("%s for %v", what, c.opts.Timeout)})
	}
	c.timer.Reset(left)
	select {
	case <-c.in.notify:
	case <-c.timer.C:
	}
	return nil
}

// fail makes err the fate of the connection: it adds what was in flight and what the simulator said, and cuts the
// connection so that the peer ends, too.
func (c *Conn) fail(err error) error {
	if c.err != nil {
		return c.err
	}
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Class: PeerDead, Frame: c.in.frame(), Item: -1, Detail: err.Error(), Err: err}
	}
	if c.done.Load() {
		e = &Error{Class: Closed, Item: -1, Detail: "connection was closed"}
	}
	e.InFlight = c.asked.oldest()
	c.err = e
	c.nc.Close()
	if c.proc != nil {
		how, said := c.proc.finish(e.Class == PeerDead)
		if e.Class == PeerDead && how != "" {
			e.Detail += " (simulator: " + how + ")"
		}
		e.Stderr = said
	}
	return c.err
}

// Close ends the connection and the spawned process, if there is one. It may be called from any goroutine, any number of
// times; calls under way return an *Error of class Closed.
func (c *Conn) Close() error {
	if c.done.Swap(true) {
		return nil
	}
	c.nc.Close()
	if c.proc != nil {
		c.proc.finish(false)
	}
	return nil
}
