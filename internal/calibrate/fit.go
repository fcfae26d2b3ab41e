package calibrate

import (
	"cmp"
	"math"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Row is one kind of step.
type Row struct {
	Cause string `json:"cause"`
	// About is the command of cause CMD.
	About string `json:"about,omitempty"`
	Steps int    `json:"steps"`
	// SpecBase and SpecPerBeat are those of spec/timing.yaml.
	SpecBase    int `json:"spec_base"`
	SpecPerBeat int `json:"spec_per_beat"`
	// Empty is the cycles of a step without payload, -1 if there was none. Base and PerBeat are the line through those
	// with payload; Base is -1 if there were not two sizes.
	Empty   float64 `json:"empty"`
	Base    float64 `json:"base"`
	PerBeat float64 `json:"per_beat"`
	// Cycles is what all of them took without waiting, SpecCycles what they take by the specification.
	Cycles     int `json:"cycles"`
	SpecCycles int `json:"spec_cycles"`
}

// Error is how far the specification is off, in percent of what was measured.
func (r *Row) Error() float64 { return percent(r.SpecCycles, r.Cycles) }

func percent(got, want int) float64 {
	if want == 0 {
		return 0
	}
	return 100 * float64(got-want) / float64(want)
}

// beats is how many cycles of the data path a payload takes at DataW = 128.
func beats(bytes int) int { return (bytes + 15) / 16 }

// fit makes the rows of samples, in the order of causes and commands. Samples may have time in them in which the step
// waited, for work or for the port: that only adds, so a size counts with its lower quartile.
func fit(samples []sample) []Row {
	samples = slices.Clone(samples)
	slices.SortFunc(samples, func(a, b sample) int {
		return cmp.Or(cmp.Compare(a.cause, b.cause), cmp.Compare(a.about, b.about), cmp.Compare(a.bytes, b.bytes), cmp.Compare(a.cycles, b.cycles))
	})
	var rows []Row
	for len(samples) != 0 {
		n := 1
		for n < len(samples) && samples[n].cause == samples[0].cause && samples[n].about == samples[0].about {
			n++
		}
		rows = append(rows, fitOne(samples[:n]))
		samples = samples[n:]
	}
	return rows
}

// fitOne makes the row of samples of one kind, in order of size.
func fitOne(samples []sample) Row {
	spec := samples[0].cause.Timing()
	r := Row{
		Cause: samples[0].cause.String(), About: samples[0].about, Steps: len(samples), SpecBase: int(spec.Base),
		SpecPerBeat: int(spec.PerBeat), Empty: -1, Base: -1,
	}
	// Least squares, each size weighted by how often it came.
	var w, x, y, xx, xy float64
	for len(samples) != 0 {
		n := 1
		for n < len(samples) && samples[n].bytes == samples[0].bytes {
			n++
		}
		b, typical := beats(samples[0].bytes), samples[n/4].cycles
		r.Cycles += n * typical
		r.SpecCycles += n * (int(spec.Base) + int(spec.PerBeat)*b)
		if b == 0 {
			r.Empty = float64(typical)
		} else {
			k := float64(n)
			w, x, y = w+k, x+k*float64(b), y+k*float64(typical)
			xx, xy = xx+k*float64(b)*float64(b), xy+k*float64(b)*float64(typical)
		}
		samples = samples[n:]
	}
	if d := w*xx - x*x; d > 0 {
		r.PerBeat = math.Round(100*(w*xy-x*y)/d) / 100
		r.Base = math.Round(10*(y-r.PerBeat*x)/w) / 10
	}
	return r
}

// Total is all rows together, but commands, which the driver waits for one by one.
func Total(rows []Row) (t Row) {
	for _, r := range rows {
		if r.Cause != abi.CauseCMD.String() {
			t.Steps, t.Cycles, t.SpecCycles = t.Steps+r.Steps, t.Cycles+r.Cycles, t.SpecCycles+r.SpecCycles
		}
	}
	t.Cause = "all but CMD"
	return t
}
