package control

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/driver"
)

// moveVerbs are about migration: migrate is all of it, the others are its steps.
var moveVerbs = []verb{
	on("migrate", (*server).migrate),
	on("stop", (*server).stop),
	on("dump", (*server).dump),
	on("restore", (*server).restore),
	on("activate", (*server).activate),
	on("await", (*server).await),
	on("rollback", (*server).rollback),
	on("close", (*server).close),
	on("adopt", func(s *server, _ context.Context, _ *none) (any, error) { return nil, s.nic.Adopt() }),
	on("withdraw", func(s *server, _ context.Context, _ *none) (any, error) { return nil, s.nic.Withdraw() }),
}

// containerParams name a container.
type containerParams struct {
	Container int `json:"container"`
}

type stopParams struct {
	containerParams
	Policy string `json:"policy"`
}

func (s *server) stop(_ context.Context, p *stopParams) (any, error) {
	return s.with(p.Container, func(c *live.Container) error {
		policy, err := live.ParsePolicy(p.Policy)
		if err != nil {
			return fmt.Errorf("%w: %w", err, driver.ErrInval)
		}
		return c.Stop(policy)
	})
}

func (s *server) dump(_ context.Context, p *containerParams) (any, error) {
	c, err := s.container(p.Container)
	if err != nil {
		return nil, err
	}
	return c.Dump()
}

type restoreParams struct {
	Snapshot live.Snapshot `json:"snapshot"`
}

func (s *server) restore(_ context.Context, p *restoreParams) (any, error) {
	_, err := s.nic.Restore(&p.Snapshot)
	return nil, err
}

type activateParams struct {
	containerParams
	Wake bool `json:"wake"`
}

func (s *server) activate(_ context.Context, p *activateParams) (any, error) {
	return s.with(p.Container, func(c *live.Container) error { return c.Activate(p.Wake) })
}

type awaitParams struct {
	containerParams
	Wait *duration `json:"wait"`
}

func (s *server) await(ctx context.Context, p *awaitParams) (any, error) {
	return s.with(p.Container, func(c *live.Container) error {
		ctx, cancel := context.WithTimeout(ctx, p.Wait.or(patience))
		defer cancel()
		return c.Await(ctx)
	})
}

func (s *server) rollback(_ context.Context, p *containerParams) (any, error) {
	return s.with(p.Container, (*live.Container).Rollback)
}

func (s *server) close(_ context.Context, p *containerParams) (any, error) {
	return s.with(p.Container, (*live.Container).Close)
}

type migrateParams struct {
	containerParams
	// To is the control socket of the other NIC.
	To       string    `json:"to"`
	Policy   string    `json:"policy"`
	Blackout *duration `json:"blackout"`
	Wake     bool      `json:"wake"`
	Refuse   bool      `json:"refuse"`
}

// copying is how long it takes about to copy a container to another process.
const copying = 100 * time.Millisecond

// moved is the result of a migration.
type moved struct {
	// Stopped is how long the container was.
	Stopped string `json:"stopped"`
	// Bytes is the size of image and memory.
	Bytes int `json:"bytes"`
	// Warnings are the connections that were not expected to survive.
	Warnings []string `json:"warnings,omitempty"`
}

// migrate moves a container to the NIC of another process.
func (s *server) migrate(ctx context.Context, p *migrateParams) (any, error) {
	c, err := s.container(p.Container)
	if err != nil {
		return nil, err
	}
	policy, err := live.ParsePolicy(p.Policy)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, driver.ErrInval)
	}
	to, err := Dial(p.To)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	defer to.Close()
	var there info
	if err := to.Call(map[string]any{"do": "info"}, &there); err != nil {
		return nil, fmt.Errorf("migrate: %s: %w", p.To, err)
	}
	warnings, err := c.Foresee(p.Blackout.or(0) + copying)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	var said []string
	for _, w := range warnings {
		if p.Refuse {
			return nil, fmt.Errorf("migrate: %v: %w", w, live.ErrPatience)
		}
		said = append(said, w.String())
	}
	begin := time.Now()
	if err := c.Stop(policy); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	bytes, err := transfer(c, to, s.nic.IP() == there.IP)
	if err == nil {
		select {
		case <-time.After(p.Blackout.or(0) - time.Since(begin)):
		case <-ctx.Done():
			err = errors.Join(ctx.Err(), to.Call(map[string]any{"do": "close", "container": p.Container}, nil))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", errors.Join(err, c.Rollback()))
	}
	if err := s.handOver(c, to, &there, p.Wake); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	stopped := time.Since(begin)
	err = errors.Join(
		c.Forward(there.IP),
		to.Call(map[string]any{"do": "await", "container": p.Container}, nil),
		c.Close())
	if err != nil {
		return nil, fmt.Errorf("migrate: the container runs at %s, but: %w", p.To, err)
	}
	return moved{stopped.String(), bytes, said}, nil
}

// transfer makes the copy.
func transfer(c *live.Container, to *Client, same bool) (bytes int, err error) {
	snap, err := c.Dump()
	if err != nil {
		return 0, err
	}
	if !same {
		img, err := driver.ParseImage(snap.Image)
		if err != nil {
			return 0, err
		}
		if live.Legacy(img) {
			return 0, fmt.Errorf("a partner does not know the migration protocol, so the other NIC must be a standby with the same address: %w", driver.ErrInval)
		}
	}
	err = to.Call(map[string]any{"do": "restore", "snapshot": snap}, nil)
	return len(snap.Image) + len(snap.Memory), err
}

// handOver gives the other NIC the address, if it has the same, and activates the copy. From the activation on the
// container is there, whatever is said of it.
func (s *server) handOver(c *live.Container, to *Client, there *info, wake bool) error {
	if there.IP == s.nic.IP() {
		if err := errors.Join(s.nic.Withdraw(), to.Call(map[string]any{"do": "adopt"}, nil)); err != nil {
			return errors.Join(err, s.nic.Adopt(), c.Rollback())
		}
	}
	if err := to.Call(map[string]any{"do": "activate", "container": c.Index(), "wake": wake}, nil); err != nil {
		return fmt.Errorf("the container may be active on the other NIC: if it is not, close it there, adopt and roll back here: %w", err)
	}
	return nil
}
