package live

import (
	"errors"
	"net"
	"slices"
	"sync"
)

// hubQueue is how many frames wait at a port; more are lost.
const hubQueue = 1024

// Hub joins attachments to one Ethernet, so that several NICs share the link to one machine: what comes in at one port
// goes out at all others. It learns nothing, and so is never wrong about who moved where.
type Hub struct {
	mu     sync.Mutex
	ports  []*HubPort
	uplink []Attachment
	wg     sync.WaitGroup
}

// NewHub makes a hub with attachments plugged in, which it owns from now on.
func NewHub(plugs ...Attachment) *Hub {
	h := &Hub{}
	for _, a := range plugs {
		inner, outer := h.Port(a.String()), a
		h.uplink = append(h.uplink, outer)
		h.wg.Go(func() { forward(outer, inner) })
		h.wg.Go(func() { forward(inner, outer) })
	}
	return h
}

// forward carries frames in one direction until either end is closed.
func forward(from, to Attachment) {
	buf := make([]byte, MaxFrame)
	for {
		n, err := from.ReadFrame(buf)
		if err == nil {
			err = to.WriteFrame(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// Port makes another port. name is for messages.
func (h *Hub) Port(name string) *HubPort {
	p := &HubPort{hub: h, name: name, in: make(chan []byte, hubQueue), done: make(chan struct{})}
	h.mu.Lock()
	h.ports = append(h.ports, p)
	h.mu.Unlock()
	return p
}

// Close unplugs everything.
func (h *Hub) Close() error {
	h.mu.Lock()
	ports := slices.Clone(h.ports)
	h.mu.Unlock()
	var errs []error
	for _, p := range ports {
		errs = append(errs, p.Close())
	}
	for _, a := range h.uplink {
		errs = append(errs, a.Close())
	}
	h.wg.Wait()
	return errors.Join(errs...)
}

// HubPort is a port of a hub, and an Attachment.
type HubPort struct {
	hub  *Hub
	name string
	in   chan []byte
	done chan struct{}
	once sync.Once
}

// ReadFrame implements Attachment.
func (p *HubPort) ReadFrame(buf []byte) (int, error) {
	select {
	case f := <-p.in:
		return copy(buf, f), nil
	case <-p.done:
		return 0, net.ErrClosed
	}
}

// WriteFrame implements Attachment.
func (p *HubPort) WriteFrame(frame []byte) error {
	select {
	case <-p.done:
		return net.ErrClosed
	default:
	}
	f := slices.Clone(frame)
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	for _, o := range p.hub.ports {
		if o == p {
			continue
		}
		select {
		case o.in <- f:
		default: // its queue is full
		}
	}
	return nil
}

// Close implements Attachment.
func (p *HubPort) Close() error {
	p.once.Do(func() {
		close(p.done)
		p.hub.mu.Lock()
		p.hub.ports = slices.DeleteFunc(p.hub.ports, func(o *HubPort) bool { return o == p })
		p.hub.mu.Unlock()
	})
	return nil
}

// String implements Attachment.
func (p *HubPort) String() string { return p.name }
