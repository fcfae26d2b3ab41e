package host

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/nic"
)

// ErrCrashed is that a host is no more.
var ErrCrashed = errors.New("the host has crashed")

// plug is between a NIC and the world, so that it can be pulled: then the NIC hears and says nothing any more, and its
// registers answer nobody.
type plug struct {
	nic.Device
	pulled bool
	now    uint64 // when pulled
}

// ReadReg implements nic.Device.
func (p *plug) ReadReg(addr uint32) (uint32, error) {
	if p.pulled {
		return 0, ErrCrashed
	}
	return p.Device.ReadReg(addr)
}

// WriteReg implements nic.Device.
func (p *plug) WriteReg(addr, v uint32) error {
	if p.pulled {
		return ErrCrashed
	}
	return p.Device.WriteReg(addr, v)
}

// Deliver implements nic.Device.
func (p *plug) Deliver(cycle uint64, frame []byte) {
	if !p.pulled {
		p.Device.Deliver(cycle, frame)
	}
}

// Run implements nic.Device.
func (p *plug) Run(until uint64) error {
	if p.pulled {
		p.now = max(p.now, until)
		return nil
	}
	return p.Device.Run(until)
}

// Now implements nic.Device.
func (p *plug) Now() uint64 {
	if p.pulled {
		return p.now
	}
	return p.Device.Now()
}

// Sent implements nic.Device.
func (p *plug) Sent() []nic.Frame {
	if p.pulled {
		return nil
	}
	return p.Device.Sent()
}

// IRQ implements nic.Device.
func (p *plug) IRQ() bool { return !p.pulled && p.Device.IRQ() }

// Take implements nic.Recycler.
func (p *plug) Take(cycle uint64, frame []byte) (spare []byte) {
	if r, ok := p.Device.(nic.Recycler); ok && !p.pulled {
		return r.Take(cycle, frame)
	}
	p.Deliver(cycle, frame)
	return frame
}

// Recycle implements nic.Recycler, for a NIC that does.
func (p *plug) Recycle(data []byte) {
	if r, ok := p.Device.(nic.Recycler); ok {
		r.Recycle(data)
	}
}

// Crash ends a host, its NIC and what runs on it, from one moment to the next and for good: what the NIC had received and
// not executed is lost, and what it had not sent is never sent. Containers that are there end with ErrCrashed, but for one
// whose copy elsewhere needs nothing from here any more: its migration goes on.
func (w *World) Crash(h *Host) {
	if h.Crashed() {
		return
	}
	h.plug.now, h.plug.pulled = w.Now(), true
	for _, c := range w.containers {
		if c.host == h {
			c.fault, c.frozen = fmt.Errorf("host %s: %w", h.Name, ErrCrashed), true
		}
	}
}

// Crashed tells whether the host is no more.
func (h *Host) Crashed() bool { return h.plug.pulled }

// standing is whether the hosts that phase p needs are there. From PhaseRestore on the destination has all it needs, and
// the source's part is over when it is gone.
func (m *Migration) standing(p Phase) error {
	if m.to.Crashed() && !(m.res.Moved && m.superseded()) {
		return fmt.Errorf("host %s: %w", m.to.Name, ErrCrashed)
	}
	if p < PhaseRestore && m.from.Crashed() {
		return fmt.Errorf("host %s: %w", m.from.Name, ErrCrashed)
	}
	return nil
}

// lost clears up after a container that died on its destination. Its tombstones must go, for while they answer the
// partner's probes its pause does not end (P4).
func (m *Migration) lost(cause error) error {
	m.res.Lost, m.over = true, true
	if m.from.Crashed() || m.src.State() == "closed" {
		return cause
	}
	if m.src.State() == "stopped" {
		defer m.from.unreserve(m.srcWin)
	}
	if err := m.src.Close(); err != nil {
		return errors.Join(cause, fmt.Errorf("%s: %w", m.from.Name, err))
	}
	return cause
}

// advance is Step, but that the failure of a program, or of a host's driver, is kept until Step: it is nothing to another
// driver or a migration that waits meanwhile.
func (w *World) advance() error {
	if w.stepping {
		return errors.New("a program called the control plane")
	}
	w.stepping = true
	defer func() { w.stepping = false }()
	if err := w.network(w.Now() + w.fabric.Window()); err != nil {
		return err
	}
	for _, h := range w.hosts {
		for _, c := range w.containers {
			if c.host != h || c.frozen {
				continue
			}
			if err := c.turn(w.Now()); err != nil {
				w.faults = append(w.faults, fmt.Errorf("container %s on %s: %w", c.Name, h.Name, err))
			}
		}
	}
	return nil
}

// failed is what programs failed with, and what drivers met, since it was asked last.
func (w *World) failed() error {
	if len(w.faults) == 0 {
		return nil
	}
	faults := slices.Clone(w.faults)
	w.faults = w.faults[:0]
	return errors.Join(faults...)
}

// closeLeft closes copies that an earlier rollback could not.
func (h *Host) closeLeft() error {
	for len(h.left) != 0 {
		win := h.left[0].Window()
		if err := h.left[0].Close(); err != nil && !errors.Is(err, driver.ErrDestroyed) {
			return fmt.Errorf("copy left by an earlier migration: %w", err)
		}
		h.unreserve(win)
		h.left = h.left[1:]
	}
	return nil
}
