package live

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/godwit-rdma/godwit/model/driver"
)

// Container is what a program owns of a NIC: memory and verbs objects. It stays valid when it moves to another NIC.
type Container struct {
	index int

	mu  sync.Mutex // of what follows; taken before that of a NIC
	nic *NIC
	ctx *driver.Context
	// ends are its endpoints, in the order they were made.
	ends []*Endpoint
	// shared are its shared receive queues, in that order.
	shared []*SharedQueue
	// left is the copy on the NIC that a migration came from, until it is released.
	left *Container
	// moved is closed, and made anew, when the container runs again or is gone.
	moved chan struct{}
}

// NewContainer makes container number index of a migration domain, 0 to Config.Containers less 1. Its numbers (QPN,
// keys, CQs, PDs) and its place in memory follow from the index, so that it finds them free wherever it goes.
func (n *NIC) NewContainer(index int) (*Container, error) {
	c := &Container{index: index, nic: n, moved: make(chan struct{})}
	err := n.do(func() (err error) {
		part, win, err := n.place(index)
		if err != nil {
			return err
		}
		c.ctx, err = n.drv.Open(driver.OpenAttr{Partition: part, Window: win, VA: uint64(index+1) << 32})
		if err == nil {
			n.containers = append(n.containers, c)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("container %d on %s: %w", index, n.cfg.Name, err)
	}
	return c, nil
}

// place is what belongs to container number index.
func (n *NIC) place(index int) (driver.Partition, driver.Window, error) {
	if index < 0 || index >= n.cfg.Containers {
		return driver.Partition{}, driver.Window{}, fmt.Errorf("the NIC has room for containers 0 to %d: %w", n.cfg.Containers-1, driver.ErrInval)
	}
	part := driver.NewPartition(index, max(n.drv.Caps().NumCQ/n.cfg.Containers, 1))
	return part, driver.Window{Base: driver.ScratchSize + uint64(index)*n.cfg.Memory, Size: n.cfg.Memory}, nil
}

// Index is the container's number.
func (c *Container) Index() int { return c.index }

// NIC is where the container is.
func (c *Container) NIC() *NIC {
	n, _ := c.where()
	return n
}

func (c *Container) where() (*NIC, *driver.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nic, c.ctx
}

// Do runs f on the container's context while nothing else happens on its NIC. f must neither wait nor keep verbs
// objects for later: they are others after a move; find them by their numbers.
func (c *Container) Do(f func(ctx *driver.Context) error) error {
	n, ctx := c.where()
	return n.do(func() error { return f(ctx) })
}

// Wait lets time pass until done says so, wherever the container is; while it is stopped nothing is asked. Each time
// something has happened on its NIC, done is called as by Do.
func (c *Container) Wait(ctx context.Context, done func(ctx *driver.Context) (bool, error)) error {
	for {
		c.mu.Lock()
		n, x, moved := c.nic, c.ctx, c.moved
		c.mu.Unlock()
		var ok, frozen bool
		var changed chan struct{}
		err := n.do(func() (err error) {
			changed = n.changed
			if frozen = x.State() != "running" && x.State() != "closed"; frozen {
				return nil
			}
			ok, err = done(x)
			return err
		})
		if err != nil || ok {
			return err
		}
		if frozen {
			changed = nil
		}
		select {
		case <-changed:
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close ends the container with all it has.
func (c *Container) Close() error {
	n, ctx := c.where()
	err := n.do(ctx.Close)
	if err == nil {
		c.gone(n)
	}
	return err
}

// gone takes the container off its NIC.
func (c *Container) gone(n *NIC) {
	n.mu.Lock()
	n.containers = slices.DeleteFunc(n.containers, func(o *Container) bool { return o == c })
	n.guards = slices.DeleteFunc(n.guards, func(g *guard) bool { return g.of == c })
	n.mu.Unlock()
	c.wake()
}

// wake tells those who wait that the container is another.
func (c *Container) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.moved)
	c.moved = make(chan struct{})
}

// Containers are those on this NIC, in the order they came.
func (n *NIC) Containers() []*Container {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.containers)
}

// Container finds a container by its number, nil when it is not on this NIC.
func (n *NIC) Container(index int) *Container {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.containers {
		if c.index == index {
			return c
		}
	}
	return nil
}
