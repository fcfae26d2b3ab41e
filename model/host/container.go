package host

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/driver"
)

// Program is what runs in a container. It must depend on nothing but its own state and the calls of Env, and keep
// no verbs handle between turns.
type Program interface {
	// Poll gives the program a turn; it must not wait. An error ends the container.
	Poll(env *Env) error
	// Done tells whether the program has finished its work; it may still be given turns.
	Done() bool
}

// Env is a program's view of the world during one turn.
type Env struct {
	c *Container
	// Now is the cycle.
	Now uint64
	// Events are the asynchronous events of the container's context since its last turn.
	Events []driver.AsyncEvent
}

// Context is the container's context on the device where it is now.
func (e *Env) Context() *driver.Context { return e.c.ctx }

// PollCQ polls a completion queue of the container, by its number.
func (e *Env) PollCQ(number uint32, wc []driver.WC) (int, error) {
	cq := e.c.ctx.CQ(number)
	if cq == nil {
		return 0, fmt.Errorf("CQ %d: %w", number, driver.ErrInval)
	}
	n, err := cq.Poll(wc)
	if n != 0 {
		e.c.completed(e.Now)
	}
	if e.c.Watch != nil {
		for i := range wc[:n] {
			e.c.Watch(wc[i])
		}
	}
	return n, err
}

// QP finds a queue pair of the container by its number.
func (e *Env) QP(qpn uint32) (*driver.QP, error) {
	q := e.c.ctx.QP(qpn)
	if q == nil {
		return nil, fmt.Errorf("QP %d: %w", qpn, driver.ErrInval)
	}
	return q, nil
}

// Entry is an asynchronous event and the cycle of the turn it was told in.
type Entry struct {
	Cycle uint64
	Event driver.AsyncEvent
}

// Container is programs with memory and verbs objects, which can move between hosts.
type Container struct {
	Name string
	// Log has the asynchronous events so far.
	Log []Entry
	// Watch, if not nil, is told of every completion that a program polls.
	Watch func(wc driver.WC)

	host     *Host
	ctx      *driver.Context
	programs []Program
	frozen   bool
	fault    error
	last     uint64    // cycle of the last turn with completions
	gap      *Blackout // waits for the first completion after a migration
}

// ContainerAttr says what container to make; zero values choose.
type ContainerAttr struct {
	// Memory is the size in bytes of the memory window, rounded up to a page; 0 means 256 KiB.
	Memory uint64
	// CQs is how many completion queue numbers it has; 0 means 2. Containers take theirs one after the other, so all
	// of a world should have the same.
	CQs int
}

// NewContainer makes an empty container on a host, with a partition of its own.
func (w *World) NewContainer(name string, h *Host, attr ContainerAttr) (*Container, error) {
	if attr.Memory == 0 {
		attr.Memory = 256 << 10
	}
	if attr.CQs == 0 {
		attr.CQs = 2
	}
	size := (attr.Memory + driver.WindowAlign - 1) / driver.WindowAlign * driver.WindowAlign
	win, err := h.reserve(size)
	if err != nil {
		return nil, fmt.Errorf("container %s: %w", name, err)
	}
	i := len(w.containers)
	ctx, err := h.Driver.Open(driver.OpenAttr{
		Partition: driver.NewPartition(i, attr.CQs), Window: win, VA: uint64(i+1) << 32,
	})
	if err != nil {
		h.unreserve(win)
		return nil, fmt.Errorf("container %s on %s: %w", name, h.Name, err)
	}
	c := &Container{Name: name, host: h, ctx: ctx}
	w.containers = append(w.containers, c)
	return c, nil
}

// Containers are the containers in the order they were made.
func (w *World) Containers() []*Container { return slices.Clone(w.containers) }

// Host is where the container is.
func (c *Container) Host() *Host { return c.host }

// Context is the container's context there.
func (c *Container) Context() *driver.Context { return c.ctx }

// Frozen tells whether its programs get no turns: it is being moved, or has failed.
func (c *Container) Frozen() bool { return c.frozen }

// Err is why the container ended, nil while it runs.
func (c *Container) Err() error { return c.fault }

// Add lets a program run in the container from the next step on.
func (c *Container) Add(p Program) { c.programs = append(c.programs, p) }

// Done tells whether all its programs are.
func (c *Container) Done() bool {
	for _, p := range c.programs {
		if !p.Done() {
			return false
		}
	}
	return true
}

// turn gives each program a turn.
func (c *Container) turn(now uint64) error {
	env := Env{c: c, Now: now, Events: c.ctx.Events()}
	for _, e := range env.Events {
		c.Log = append(c.Log, Entry{now, e})
	}
	for _, p := range c.programs {
		if err := p.Poll(&env); err != nil {
			c.fault, c.frozen = err, true
			return err
		}
	}
	return nil
}

// completed takes note of completions.
func (c *Container) completed(now uint64) {
	c.last = now
	if c.gap != nil {
		c.gap.After, c.gap = now, nil
	}
}

// errMoving is the base of errors about a container that cannot be moved now.
var errMoving = errors.New("container cannot be moved")
