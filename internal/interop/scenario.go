package interop

import (
	"context"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/internal/live"
)

// Scenario is one thing to try against Linux.
type Scenario struct {
	// Name is what --scenario takes; About tells in a line what is done and what must come of it.
	Name, About string
	// Short: part of the short form.
	Short bool
	// RTL: it needs the Verilated RTL, and is run only if asked for.
	RTL bool
	run func(ctx context.Context, r *rig) error
}

// Scenarios are all scenarios, in the order in which they run.
func Scenarios() []Scenario {
	return slices.Concat(operations(), faults(), receiverNotReady(), refusals(), invalidations(), unreliable(), programs(), migrations(), rtlScenarios())
}

// on is a scenario with one connection.
func on(a linkAttr, f func(ctx context.Context, k *link) error) func(context.Context, *rig) error {
	return onNIC(a, func(r *rig) (*live.NIC, error) { return r.nics[a.version()], nil }, f)
}

// onNIC is on with the connection on some NIC.
func onNIC(a linkAttr, find func(r *rig) (*live.NIC, error), f func(ctx context.Context, k *link) error) func(context.Context, *rig) error {
	return func(ctx context.Context, r *rig) (err error) {
		n, err := find(r)
		if err != nil {
			return err
		}
		k, err := r.linkOn(ctx, n, a)
		if err != nil {
			return err
		}
		defer func() {
			if broken, e := k.g.broken(ctx); err != nil && broken && e == nil {
				err = fmt.Errorf("%w (godwit's queue pair is in ERR)", err)
			}
			if e := k.close(ctx); err == nil {
				err = e
			}
			for _, n := range r.all {
				if unused := n.ClearFaults(); len(unused) != 0 && err == nil {
					err = fmt.Errorf("faults that never happened, so nothing was tried: %v", unused)
				}
			}
		}()
		return f(ctx, k)
	}
}

// both is a scenario in both directions, on one connection each.
func both(a linkAttr, f func(ctx context.Context, k *link, from, to side) error) func(context.Context, *rig) error {
	return bothOn(a, func(r *rig) (*live.NIC, error) { return r.nics[a.version()], nil }, f)
}

// bothOn is both on some NIC.
func bothOn(a linkAttr, find func(r *rig) (*live.NIC, error), f func(ctx context.Context, k *link, from, to side) error) func(context.Context, *rig) error {
	return func(ctx context.Context, r *rig) error {
		for _, toLinux := range []bool{true, false} {
			err := onNIC(a, find, func(ctx context.Context, k *link) error {
				from, to := k.ends(toLinux)
				return f(ctx, k, from, to)
			})(ctx, r)
			if err != nil {
				return fmt.Errorf("%s: %w", directions[toLinux], err)
			}
		}
		return nil
	}
}

var directions = map[bool]string{true: "godwit asks Linux", false: "Linux asks godwit"}
