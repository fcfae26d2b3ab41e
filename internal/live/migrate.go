package live

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Snapshot is a stopped container: everything that has to get to another NIC.
type Snapshot struct {
	// Index is the container's number.
	Index int `json:"index"`
	// Image is the encoded image of the driver (driver.ParseImage), Memory the container's.
	Image  []byte `json:"image"`
	Memory []byte `json:"memory"`
	// Endpoints are its endpoints, Shared its shared receive queues.
	Endpoints []Numbers       `json:"endpoints"`
	Shared    []SharedNumbers `json:"shared,omitempty"`
}

// Stop stops every queue pair of the container where it stands. Partners that know the migration protocol are told;
// others see what the policy says.
func (c *Container) Stop(p Policy) error {
	n, ctx := c.where()
	return n.do(func() error {
		if err := ctx.Stall(); err != nil || p == Silent {
			return err
		}
		img, err := ctx.Dump()
		if err != nil {
			return errors.Join(err, ctx.Rollback())
		}
		g := &guard{of: c}
		for i := range img.QPs {
			g.qps = append(g.qps, img.QPs[i].QPC)
		}
		n.guards = append(n.guards, g)
		return nil
	})
}

// Dump copies a stopped container.
func (c *Container) Dump() (*Snapshot, error) {
	n, ctx := c.where()
	s := &Snapshot{Index: c.index, Memory: make([]byte, ctx.Window().Size)}
	for _, e := range c.Endpoints() {
		s.Endpoints = append(s.Endpoints, e.n)
	}
	for _, q := range c.SharedQueues() {
		s.Shared = append(s.Shared, q.n)
	}
	err := n.do(func() error {
		img, err := ctx.Dump()
		if err != nil {
			return err
		}
		s.Image = img.Marshal()
		return n.ram.Read(ctx.Window().Base, s.Memory)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Rollback lets a stopped container go on where it is. The caller knows that no copy of it was activated.
func (c *Container) Rollback() error {
	n, ctx := c.where()
	err := n.do(func() error {
		n.unguard(c)
		return ctx.Rollback()
	})
	c.wake()
	return err
}

// unguard ends the answers for a container.
func (n *NIC) unguard(c *Container) {
	keep := n.guards[:0]
	for _, g := range n.guards {
		if g.of != c {
			keep = append(keep, g)
		}
	}
	n.guards = keep
}

// Restore makes a container of a snapshot, stopped until Activate.
func (n *NIC) Restore(s *Snapshot) (*Container, error) {
	c := &Container{index: s.Index, nic: n, moved: make(chan struct{})}
	for _, p := range s.Endpoints {
		c.ends = append(c.ends, &Endpoint{c: c, n: p})
	}
	for _, p := range s.Shared {
		c.shared = append(c.shared, &SharedQueue{c: c, n: p})
	}
	err := n.do(func() error {
		_, win, err := n.place(s.Index)
		if err != nil {
			return err
		}
		if uint64(len(s.Memory)) != win.Size {
			return fmt.Errorf("%d bytes of memory, here a container has %d: %w", len(s.Memory), win.Size, driver.ErrInval)
		}
		if c.ctx, err = n.drv.Restore(s.Image, win); err != nil {
			return err
		}
		n.containers = append(n.containers, c)
		return n.ram.Write(win.Base, s.Memory)
	})
	if err != nil {
		return nil, fmt.Errorf("container %d on %s: %w", s.Index, n.cfg.Name, err)
	}
	return c, nil
}

// Activate brings a restored container to life. With wake, partners that do not know the migration protocol are told at
// once that they may go on, by a NAK of a PSN sequence error at the next request that is expected: every partner
// understands it, it costs one retry, and has no effect on one whose timer has run out already. The NIC has to have the
// address by then (Adopt).
func (c *Container) Activate(wake bool) error {
	n, ctx := c.where()
	err := n.do(func() error {
		img, err := ctx.Dump()
		if err != nil {
			return err
		}
		if err := ctx.Resume(); err != nil {
			return err
		}
		for i := range img.QPs {
			x := &img.QPs[i].QPC
			serving := x.SavedState == abi.StateRTR || x.SavedState == abi.StateRTS || x.SavedState == abi.StateSQD
			if wake && serving && x.QPType == abi.QPTypeRC && !x.MigCapable && x.RsDue == 0 && !x.ACKDue {
				n.answer(x, abi.SyndromeNAKPSNSeq, x.EPSN)
			}
		}
		return nil
	})
	c.wake()
	return err
}

// Legacy tells whether a queue pair of the image has a partner that does not know the migration protocol.
func Legacy(img *driver.Image) bool {
	for i := range img.QPs {
		if x := &img.QPs[i].QPC; !x.MigCapable && x.SavedState != abi.StateReset && x.SavedState != abi.StateInit {
			return true
		}
	}
	return false
}

// MigrateOptions say how to migrate. The zero value is fine.
type MigrateOptions struct {
	// Policy is what partners see meanwhile that do not know the migration protocol.
	Policy Policy
	// Blackout is how long the container is to be stopped at least.
	Blackout time.Duration
	// Wake tells such partners at once that they may go on; see Activate.
	Wake bool
	// Edit, if not nil, may change the snapshot on its way: for experiments with what is lost then.
	Edit func(*Snapshot) error
	// Warn, if not nil, is told of the connections that are not expected to survive; with Refuse one of them is enough
	// for the migration not to begin, and the error is ErrPatience.
	Warn   func(Warning)
	Refuse bool
}

// Migrate moves the container to another NIC, which then has its address: a standby with the same IP address, as
// partners that do not know the migration protocol need it. Where all know it the other NIC may have another address.
// Before the activation a failure rolls back; after it the container is on the other NIC.
func (c *Container) Migrate(ctx context.Context, to *NIC, o MigrateOptions) error {
	from := c.NIC()
	if from == to {
		return fmt.Errorf("migrate: the container is on %s already", to.Name())
	}
	if err := c.foresee(&o); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := c.Stop(o.Policy); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	begin := time.Now()
	dst, err := c.transfer(to, o)
	if err == nil {
		select {
		case <-time.After(o.Blackout - time.Since(begin)):
		case <-ctx.Done():
			err = errors.Join(ctx.Err(), dst.Close())
		}
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", errors.Join(err, c.Rollback()))
	}
	if err := handOver(from, to); err != nil {
		return fmt.Errorf("migrate: %w", errors.Join(err, c.takeBack(dst, from)))
	}
	if err := dst.Activate(o.Wake); err != nil {
		if untouched, uerr := dst.untouched(); untouched || to.Err() != nil {
			return fmt.Errorf("migrate: %w", errors.Join(err, c.takeBack(dst, from)))
		} else if uerr != nil {
			err = errors.Join(err, uerr)
		}
		return fmt.Errorf("migrate: the container may be active on %s: %w", to.Name(), err)
	}
	c.become(dst)
	return c.finish(ctx, from)
}

// handOver makes the address, if both NICs have the same, the other's.
func handOver(from, to *NIC) error {
	if from.IP() != to.IP() {
		return nil
	}
	return errors.Join(from.Withdraw(), to.Adopt())
}

// untouched tells whether a restored container was never activated.
func (c *Container) untouched() (ok bool, err error) {
	n, ctx := c.where()
	err = n.do(func() error { ok, err = ctx.Untouched(); return err })
	return ok, err
}

// takeBack undoes a migration whose copy was never active, or is dead with its NIC.
func (c *Container) takeBack(dst *Container, from *NIC) error {
	to := dst.NIC()
	if to.Err() == nil {
		if err := errors.Join(to.Withdraw(), dst.Close()); err != nil {
			return err
		}
	}
	return errors.Join(from.Adopt(), c.Rollback())
}

// transfer makes the copy.
func (c *Container) transfer(to *NIC, o MigrateOptions) (*Container, error) {
	s, err := c.Dump()
	if err != nil {
		return nil, err
	}
	img, err := driver.ParseImage(s.Image)
	if err != nil {
		return nil, err
	}
	if from := c.NIC(); from.IP() != to.IP() && Legacy(img) {
		return nil, fmt.Errorf("a partner does not know the migration protocol, so the address %v must stay, and %s has %v: %w",
			from.IP(), to.Name(), to.IP(), driver.ErrInval)
	}
	if o.Edit != nil {
		if err := o.Edit(s); err != nil {
			return nil, err
		}
	}
	return to.Restore(s)
}

// become makes c the copy, and keeps the original as what is left.
func (c *Container) become(dst *Container) {
	dst.mu.Lock()
	n, x := dst.nic, dst.ctx
	dst.mu.Unlock()
	c.mu.Lock()
	old := &Container{index: c.index, nic: c.nic, ctx: c.ctx, moved: make(chan struct{})}
	c.nic, c.ctx, c.left = n, x, old
	c.mu.Unlock()
	for _, s := range []struct {
		n        *NIC
		was, now *Container
	}{{n, dst, c}, {old.nic, c, old}} {
		s.n.mu.Lock()
		for i := range s.n.containers {
			if s.n.containers[i] == s.was {
				s.n.containers[i] = s.now
			}
		}
		for _, g := range s.n.guards {
			if g.of == s.was {
				g.of = s.now
			}
		}
		s.n.mu.Unlock()
	}
	c.wake()
}

// finish waits until partners that know the protocol have heard of the move, and ends what was left behind. Rule R10a.
func (c *Container) finish(ctx context.Context, from *NIC) error {
	c.mu.Lock()
	n, old := c.nic, c.left
	c.mu.Unlock()
	if err := old.Forward(n.IP()); err != nil {
		return fmt.Errorf("migrate: the container runs on %s, but what is left on %s: %w", n.Name(), from.Name(), err)
	}
	if err := c.Await(ctx); err != nil {
		return fmt.Errorf("migrate: the container runs on %s, but not all partners know: %w", n.Name(), err)
	}
	if err := old.Close(); err != nil {
		return fmt.Errorf("migrate: the container runs on %s, but what is left on %s: %w", n.Name(), from.Name(), err)
	}
	c.mu.Lock()
	c.left = nil
	c.mu.Unlock()
	return nil
}

// Forward makes a stopped container one that only tells partners which know the protocol where it went: a copy of it is
// active at that address. Rule R10a; close it when Await of the copy is over.
func (c *Container) Forward(to netip.Addr) error {
	n, ctx := c.where()
	return n.do(func() error {
		n.unguard(c)
		return ctx.SetForward(addr(to))
	})
}

// Await waits until all partners that know the protocol have heard that the container is here. Rule R8.
func (c *Container) Await(ctx context.Context) error {
	return c.Wait(ctx, func(x *driver.Context) (bool, error) {
		if x.Stale() {
			return false, x.Resync()
		}
		return x.Announcing() == 0, nil
	})
}
