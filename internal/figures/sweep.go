package figures

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"

	"gonum.org/v1/plot/plotter"
)

// Sweep is a series of points of which one thing changes. Points that differ in their seed only are one on the figure:
// the median of each thing.
type Sweep struct {
	// Name is that of the files, Title stands above the figure, Axis below it.
	Name, Title, Axis string
	Points            []Point
	// X is where a point is on the axis.
	X func(Point) float64
}

const mib = 1 << 20

// pageMB is the megabytes a second that a page in a million cycles is.
const pageMB = 4096.0 / 4000

// Sweeps are all there are.
func Sweeps() []Sweep {
	var qps, loss, memory, dirty []Point
	for _, n := range []int{1, 2, 5, 10, 20, 50, 100, 150, 200} {
		qps = append(qps, Point{QPs: n, Memory: mib, PreCopy: 1, Seed: 1})
	}
	for _, n := range []uint16{0, 1, 2, 5, 10, 20, 50} {
		for seed := range uint64(5) {
			loss = append(loss, Point{QPs: 8, Loss: n, Memory: mib, PreCopy: 1, Seed: seed + 1})
		}
	}
	for _, n := range []uint64{1, 2, 4, 8, 16, 32} {
		memory = append(memory, Point{QPs: 8, Memory: n * mib, Seed: 1})
	}
	// The link copies 12,207 pages in a million cycles.
	for _, n := range []uint64{0, 1000, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000} {
		dirty = append(dirty, Point{QPs: 8, Memory: 16 * mib, Dirty: n, PreCopy: 4, Seed: 1})
	}
	return []Sweep{
		{"qps", "Moving a container of 1 MiB, copied once before", "queue pairs", qps, func(p Point) float64 { return float64(p.QPs) }},
		{"loss", "The same with 8 queue pairs, over links that lose frames", "lost frames in 1000", loss, func(p Point) float64 { return float64(p.Loss) }},
		{"memory", "Stop and copy, 8 queue pairs", "memory, MiB", memory, func(p Point) float64 { return float64(p.Memory) / mib }},
		{"dirty", "16 MiB, copied up to four times before, 8 queue pairs", "memory written to, MB/s", dirty, func(p Point) float64 { return float64(p.Dirty) * pageMB }},
	}
}

// Run measures the points of a sweep; done is told of each.
func (s Sweep) Run(done func()) ([]Result, error) {
	var all []Result
	for _, p := range s.Points {
		r, err := Measure(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		all = append(all, r)
		done()
	}
	return all, nil
}

// Times and rates as people say them. A cycle is 4 ns.
func (r *Result) pauseUs() float64    { return float64(r.Pause) / 250 }
func (r *Result) blackoutUs() float64 { return float64(r.Blackout) / 250 }
func (r *Result) goodput() float64    { return gbits(r.Goodput) }
func (r *Result) still() float64      { return gbits(r.Still) }

func gbits(bytes uint64) float64 { return float64(bytes) * 8 / (Horizon * 4) }

// CSV is the results as a table with a header line.
func CSV(results []Result) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{
		"qps", "loss_permille", "memory_bytes", "dirty_pages_per_Mcycle", "precopy_rounds", "seed", "pause_us", "blackout_us",
		"goodput_gbit_s", "goodput_without_gbit_s", "image_bytes", "copied_bytes",
	}}
	for i := range results {
		r := &results[i]
		row := []string{}
		for _, v := range []any{r.QPs, r.Loss, r.Memory, r.Dirty, r.PreCopy, r.Seed} {
			row = append(row, fmt.Sprint(v))
		}
		for _, v := range []float64{r.pauseUs(), r.blackoutUs(), r.goodput(), r.still()} {
			row = append(row, fmt.Sprintf("%.3f", v))
		}
		rows = append(rows, append(row, fmt.Sprint(r.Image), fmt.Sprint(r.Copied)))
	}
	if err := w.WriteAll(rows); err != nil {
		panic("BUG: a buffer does not take a table: " + err.Error())
	}
	return b.Bytes()
}

// medians has, for each place on the axis, the median of a thing.
func (s Sweep) medians(results []Result, thing func(*Result) float64) (points plotter.XYs) {
	for i := 0; i < len(results); {
		x := s.X(results[i].Point)
		var all []float64
		for ; i < len(results) && s.X(results[i].Point) == x; i++ {
			all = append(all, thing(&results[i]))
		}
		slices.SortFunc(all, cmp.Compare[float64])
		points = append(points, plotter.XY{X: x, Y: all[len(all)/2]})
	}
	return points
}
