package calibrate

import (
	"context"
	_ "embed"

	"github.com/godwit-rdma/godwit/cosim"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

//go:embed busy.story
var busy string

// measured is the NIC of the story that is measured; the others are golden.
const measured = "a"

// RTL measures the reference NIC, which a simulator of builder runs in lockstep. The error is that of the story.
func RTL(ctx context.Context, builder sim.Builder) ([]Row, error) {
	return run(ctx, func(p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
		dev, _, err := cosim.RTL{
			Params: sim.Params{NumQP: p.NumQP, NumMR: p.NumMR, NumCQ: p.NumCQ}, Builder: builder, RAM: ram, Watch: obs,
		}.Open(ctx)
		if err != nil {
			return nil, err
		}
		return dev, nil
	})
}

func golden(p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
	return nic.New(nic.Config{Params: p, Observer: obs}, ram), nil
}

func run(ctx context.Context, make func(nic.Params, *mem.RAM, nic.Observer) (nic.Device, error)) ([]Row, error) {
	s, err := story.Parse("busy.story", busy)
	if err != nil {
		return nil, err
	}
	var m *meter
	_, err = story.Run(s.File, s.Ops, story.Options{
		Context: ctx,
		Factory: func(name string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
			if name != measured {
				return golden(p, ram, obs)
			}
			m = &meter{next: obs}
			dev, err := make(p, ram, m)
			if err != nil {
				return nil, err
			}
			return &door{dev, m}, nil
		},
	})
	if err != nil {
		return nil, err
	}
	return fit(m.samples), nil
}
