package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Stall stops every queue pair of the context where it stands (rule R1), with one register write. When it returns without error, no field of
// their contexts changes until Rollback, and nothing of the context can be used. After an error the context is
// stopped as far as the driver is concerned; Rollback brings it back. Errors: ErrState unless running, ErrNotSupported, ErrTimeout,
// ErrIO, ErrDevice.
func (c *Context) Stall() error {
	if err := c.stall(); err != nil {
		return fmt.Errorf("stall: %w", err)
	}
	return nil
}

func (c *Context) stall() error {
	if err := c.need(running); err != nil {
		return err
	}
	if !c.dev.caps.Migration {
		return fmt.Errorf("the device has no migration unit: %w", ErrNotSupported)
	}
	if err := c.dev.catchUp(); err != nil {
		return err
	}
	c.phase = stopped
	if err := c.all(abi.RegStall, true); err != nil {
		return err
	}
	return c.dev.HandleEvents()
}

func (c *Context) need(p phase) error {
	if c.phase != p {
		return fmt.Errorf("the context is %v, not %v: %w", c.State(), phaseNames[p], ErrState)
	}
	return nil
}

// all writes STALL or RESUME for the group, in which every queue pair is but those in RESET, which cannot be stopped and
// need not, and waits until the device reports them done. strict holds the device's count against the driver's. The same write again, after one
// that was not answered in time, first looks for that answer: what was done once must not be asked for twice.
func (c *Context) all(reg uint32, strict bool) error {
	n := uint32(0)
	for _, q := range c.qps {
		if q.state != abi.StateReset {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	s, err := c.dev.await(abi.RegStallStatus, abi.RegStallStatusBusyMask)
	if err != nil {
		return err
	}
	v := uint32(c.attr.Partition.Group) | abi.RegStallGroupMask
	ask := [2]uint32{reg, v}
	if c.dev.unanswered != ask {
		if err := c.dev.write(reg, v); err != nil {
			return err
		}
		c.dev.unanswered = ask
		if s, err = c.dev.await(abi.RegStallStatus, abi.RegStallStatusBusyMask); err != nil {
			return err
		}
	}
	c.dev.unanswered = [2]uint32{}
	if s > n || strict && s != n {
		return fmt.Errorf("STALL_STATUS reads %#08x, want %d queue pairs: %w", s, n, ErrDevice)
	}
	return nil
}

// Rollback reactivates a stopped context in place (rule R10), for a migration that is called off. The caller knows
// that no copy of it was activated. When it fails the context stays stopped, and it can be tried again.
func (c *Context) Rollback() error {
	if err := c.rollback(); err != nil {
		return fmt.Errorf("rollback: %w", err)
	}
	return nil
}

func (c *Context) rollback() error {
	if err := c.need(stopped); err != nil {
		return err
	}
	// Not strict: a Stall that failed may have left some running.
	if err := c.all(abi.RegResume, false); err != nil {
		return err
	}
	if err := c.dev.HandleEvents(); err != nil {
		return err
	}
	if err := c.refresh(); err != nil {
		return err
	}
	for _, q := range c.qps {
		if q.state == abi.StateStopped {
			return fmt.Errorf("QP %d is still STOPPED: %w", q.qpn, ErrDevice)
		}
	}
	c.phase = running
	return nil
}

// SetForward tells the tombstones of a stopped context where their endpoint went, once it is active there (rule
// R10a); or turns a copy that was restored here and is given up into one, in place of the tombstone that the copy had
// replaced, which the partner may still need. Tombstones own nothing: regions, queues and the memory window are given up. After an error it
// can be called again. Errors: ErrState, and those of a command.
func (c *Context) SetForward(addr wire.Addr) error {
	if err := c.setForward(addr); err != nil {
		return fmt.Errorf("set forward: %w", err)
	}
	return nil
}

func (c *Context) setForward(addr wire.Addr) error {
	if c.phase != restored {
		if err := c.need(stopped); err != nil {
			return err
		}
	}
	for _, q := range c.qps {
		if q.state == abi.StateReset {
			continue
		}
		if _, err := c.dev.run(command{op: abi.CMDSetFwd, arg0: q.slot, in: addr[:]}); err != nil {
			return fmt.Errorf("QP %d: %w", q.qpn, err)
		}
	}
	if err := c.strip(); err != nil {
		return err
	}
	c.events, c.channels, c.ahs = nil, nil, nil
	c.phase, c.forward = departed, addr
	return nil
}

// strip destroys regions, shared receive queues and completion queues.
func (c *Context) strip() error {
	for len(c.srqs) != 0 {
		if err := c.srqs[0].destroy(c.srqs[0].forget); err != nil {
			return err
		}
	}
	for len(c.mrs) != 0 {
		if err := c.mrs[0].destroy(c.mrs[0].forget); err != nil {
			return err
		}
	}
	for len(c.cqs) != 0 {
		if err := c.cqs[0].destroy(c.cqs[0].forget); err != nil {
			return err
		}
	}
	return nil
}

// Release destroys the tombstones of a departed context, which is allowed once the successor's RESUME was
// acknowledged (rule R10a), and ends the context. After an error it can be called again.
func (c *Context) Release() error {
	if err := c.need(departed); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return c.end("release")
}

// Close destroys everything the context has, whatever it is doing, and ends it: for a container that is over, or a
// restored copy that is given up. After an error it can be called again. Twin: ibv_close_device.
func (c *Context) Close() error {
	if c.phase == closed {
		return fmt.Errorf("close: %w", ErrDestroyed)
	}
	return c.end("close")
}

// GiveUp ends a restored copy that is not to be activated, because its container goes on at addr. One that took the place
// of tombstones becomes them again: a partner may still need them to find the container (rule R10a). Any other is closed.
// Errors as those of SetForward and Close.
func (c *Context) GiveUp(addr wire.Addr) error {
	if c.phase == restored && c.replaced {
		return c.SetForward(addr)
	}
	return c.Close()
}

func (c *Context) end(what string) error {
	for len(c.qps) != 0 {
		q := c.qps[0]
		if err := q.destroy(q.discard); err != nil {
			return fmt.Errorf("%s: QP %d: %w", what, q.qpn, err)
		}
	}
	if err := c.strip(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	c.leave()
	return nil
}

// discard removes the queue pair from a context that is ending: its queues and events go with it.
func (q *QP) discard() error {
	q.gone = true
	q.ctx.qps = remove(q.ctx.qps, q)
	return nil
}

// leave takes the context off its device.
func (c *Context) leave() {
	c.phase = closed
	keep := c.dev.contexts[:0]
	for _, o := range c.dev.contexts {
		if o != c {
			keep = append(keep, o)
		}
	}
	clear(c.dev.contexts[len(keep):])
	c.dev.contexts = keep
}
