package bridge

import (
	"errors"
	"net"
	"time"
)

// Handler is a device behind Serve. Handle executes one stimulus item and emits its observations in the order in which
// the device did them; RESET, RUN and all others come as they are. PING and BYE are answered by Serve.
type Handler interface {
	Handle(it Item, emit func(Item) error) error
}

// Serve is the device's side of the protocol for devices written in Go. It returns nil after BYE or when the host closes
// between frames, and an *Error otherwise. opts.Hello needs Revision, Caps and Manifest.
func Serve(nc net.Conn, h Handler, opts Options) error {
	opts.Hello.Role = RoleDUT
	if opts.HandshakeTimeout == 0 {
		opts.HandshakeTimeout = 10 * time.Second
	}
	if opts.Timeout == 0 {
		opts.Timeout = -1 // a host may think as long as it likes
	}
	c, err := NewConn(nc, opts)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		if !c.Buffered() {
			if err := c.Flush(); err != nil {
				return err
			}
			if err := c.awaitWork(); err != nil {
				return hostGone(err)
			}
		}
		it, err := c.Recv()
		if err != nil {
			return hostGone(err)
		}
		switch it.Kind {
		case KindBye:
			return c.Flush()
		case KindPing:
			err = c.Send(Item{Kind: KindPong, Addr: it.Addr})
		default:
			if !it.Kind.Stimulus() {
				return c.reject(it.Kind.String() + " travels the other way")
			}
			err = h.Handle(it, c.Send)
		}
		if err != nil {
			return err
		}
	}
}

// awaitWork waits for stimulus without a time limit.
func (c *Conn) awaitWork() error {
	c.retire()
	for !c.in.pending() {
		if err := c.in.fault(); err != nil {
			return c.fail(err)
		}
		if err := c.grant(false); err != nil {
			return err
		}
		<-c.in.notify
	}
	return nil
}

// hostGone turns an end between frames into success: it is how a host that needs nothing more leaves.
func hostGone(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Class == PeerDead && e.Offset == 0 {
		return nil
	}
	return err
}
