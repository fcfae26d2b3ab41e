package calibrate

import (
	"cmp"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Row is steps of one kind: of one cause, that did the same things.
type Row struct {
	Cause string `json:"cause"`
	// About is the command of cause CMD.
	About string `json:"about,omitempty"`
	// Work is what they did: element, image, payload, completion, packet.
	Work  string `json:"work,omitempty"`
	Steps int    `json:"steps"`
	// Cycles is what all of them took without waiting, SpecCycles what they take by spec/timing.yaml.
	Cycles     int `json:"cycles"`
	SpecCycles int `json:"spec_cycles"`
}

// Error is how far the specification is off, in percent of what was measured.
func (r *Row) Error() float64 {
	if r.Cycles == 0 {
		return 0
	}
	return 100 * float64(r.SpecCycles-r.Cycles) / float64(r.Cycles)
}

// tabulate makes the rows of samples, in the order of causes, commands and work. Samples may have time in them in which the
// step waited, for work or for the port: that only adds, so steps that did the same with as many bytes count with their
// lower quartile.
func tabulate(samples []sample) (rows []Row) {
	samples = slices.Clone(samples)
	slices.SortFunc(samples, func(a, b sample) int {
		return cmp.Or(cmp.Compare(a.cause, b.cause), cmp.Compare(a.about, b.about), cmp.Compare(a.work, b.work),
			cmp.Compare(a.bytes, b.bytes), cmp.Compare(a.spec, b.spec), cmp.Compare(a.cycles, b.cycles))
	})
	for len(samples) != 0 {
		s := &samples[0]
		n := 1
		for n < len(samples) && samples[n].kind == s.kind && samples[n].spec == s.spec {
			n++
		}
		r := Row{s.cause.String(), s.about, s.work.String(), n, n * samples[n/4].cycles, n * s.spec}
		if last := len(rows) - 1; last >= 0 && rows[last].Cause == r.Cause && rows[last].About == r.About && rows[last].Work == r.Work {
			rows[last].add(&r)
		} else {
			rows = append(rows, r)
		}
		samples = samples[n:]
	}
	return rows
}

func (r *Row) add(o *Row) {
	r.Steps, r.Cycles, r.SpecCycles = r.Steps+o.Steps, r.Cycles+o.Cycles, r.SpecCycles+o.SpecCycles
}

// Causes adds up the rows of each cause.
func Causes(rows []Row) (sums []Row) {
	for i := range rows {
		if last := len(sums) - 1; last < 0 || sums[last].Cause != rows[i].Cause {
			sums = append(sums, Row{Cause: rows[i].Cause})
		}
		sums[len(sums)-1].add(&rows[i])
	}
	return sums
}

// Total is all rows together, but commands, which the driver waits for one by one.
func Total(rows []Row) Row {
	t := Row{Cause: "all but CMD"}
	for i := range rows {
		if rows[i].Cause != abi.CauseCMD.String() {
			t.add(&rows[i])
		}
	}
	return t
}
