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

// workload is a story, and its name.
type workload struct{ name, text string }

//go:embed busy.story
var busyText string

//go:embed second.story
var secondText string

// busy is what spec/timing.yaml was read off, second what it was not.
var busy, second = workload{"busy.story", busyText}, workload{"second.story", secondText}

// measured is the NIC of the story that is measured; the others are golden.
const measured = "a"

// answer is how many cycles after a register write that the RTL may refuse has become a cause the bus has answered.
const answer = 2

// RTL measures the reference NIC, which a simulator of builder runs in lockstep. The error is that of the story.
func RTL(ctx context.Context, builder sim.Builder) ([]Row, error) { return rtl(ctx, busy, builder) }

func rtl(ctx context.Context, w workload, builder sim.Builder) ([]Row, error) {
	return run(ctx, w, answer, func(p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
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

func run(
	ctx context.Context, w workload, answer uint64, make func(nic.Params, *mem.RAM, nic.Observer) (nic.Device, error),
) ([]Row, error) {
	s, err := story.Parse(w.name, w.text)
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
			m = &meter{next: obs, answer: answer}
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
	return tabulate(m.samples), nil
}
