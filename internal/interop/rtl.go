package interop

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// The Verilated RTL is some hundred times slower than the NIC that it describes. So a cycle of it, and of the golden NIC
// that its containers come from and go to, is longer, and with it a timer tick: 1024 cycles are 2 ms. A time-out of code 8 is
// half a second then.
const (
	rtlCycle   = 2 * time.Microsecond
	rtlTimeout = 8
)

// ourRTL is the address of the RTL and of the golden NIC beside it.
var ourRTL = netip.MustParseAddr("10.0.0.3")

// rtlScenarios are those with the Verilated RTL, in lockstep with the model, for the operations that it has: SEND and RDMA WRITE.
func rtlScenarios() []Scenario {
	a := linkAttr{ours: rtlTimeout, access: abi.AccessRemoteWrite}
	return []Scenario{
		{
			Name: "rtl-operations", About: "the Verilated RTL: SEND and RDMA WRITE, lengths 0 to 5 packets, both directions", RTL: true,
			run: bothOn(a, func(r *rig) (*live.NIC, error) { return r.slow(true, false) }, func(ctx context.Context, k *link, from, to side) error {
				if err := receiving(ctx, k, from, to, abi.WROpcodeSend); err != nil {
					return err
				}
				return writes(ctx, k, from, to)
			}),
		},
		{
			Name: "rtl-loss", About: "the Verilated RTL: 48 pipelined operations over a link that loses, doubles, reorders and damages 2 % each, both directions", RTL: true,
			run: bothOn(a, func(r *rig) (*live.NIC, error) { return r.slow(true, false) }, func(ctx context.Context, k *link, from, to side) error {
				c := live.Chance{Loss: 20, Dup: 20, Reorder: 20, Corrupt: 20, Seed: 3}
				if err := errors.Join(k.nic().SetChance(live.In, c), k.nic().SetChance(live.Out, c)); err != nil {
					return err
				}
				return (&mixed{from: from, to: to, rounds: mixedRounds, plain: true}).run(ctx)
			}),
		},
		{
			Name: "rtl-migrate", About: "golden to RTL to golden, 48 operations in flight in each direction", RTL: true,
			run: onNIC(a, func(r *rig) (*live.NIC, error) { return r.slow(false, false) }, func(ctx context.Context, k *link) error {
				rtl, err := k.rig.slow(true, true)
				if err != nil {
					return err
				}
				m := migration{blackout: 50 * time.Millisecond, moves: 2, asks: true, plain: true}
				return m.move(ctx, k, []*live.NIC{rtl, k.nic()})
			}),
		},
	}
}

// slow opens a NIC with the parameters of the RTL and its clock: the RTL itself, or the golden one. Those that were there
// before have the same address, and end.
func (r *rig) slow(rtl, standby bool) (*live.NIC, error) {
	number, c := 4, live.Config{IP: ourRTL, Params: nic.DefaultParams(), Containers: 2, Cycle: rtlCycle, Standby: standby}
	if rtl {
		number = 5
		c.Device = func(ram *mem.RAM) (nic.Device, error) {
			d, _, err := cosim.RTL{Builder: sim.Builder{}, RAM: ram}.Open(context.Background())
			var build *sim.BuildError
			if errors.As(err, &build) {
				return nil, skipped("no RTL: " + build.Error())
			}
			if err != nil {
				return nil, err
			}
			return d, nil
		}
	}
	if !standby {
		if err := r.dismiss(ourRTL); err != nil {
			return nil, err
		}
	}
	return r.open(number, c)
}

// dismiss closes the NICs that have an address.
func (r *rig) dismiss(ip netip.Addr) error {
	var errs []error
	keep := r.all[:0]
	for _, n := range r.all {
		if n.IP() != ip {
			keep = append(keep, n)
			continue
		}
		errs = append(errs, n.Close())
	}
	r.all = keep
	return errors.Join(errs...)
}
