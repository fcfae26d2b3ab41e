package figures

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// curve is one line of a figure.
type curve struct {
	name   string
	colour color.RGBA
	dashed bool
	of     func(*Result) float64
}

var (
	red    = color.RGBA{0xc0, 0x39, 0x2b, 0xff}
	orange = color.RGBA{0xe6, 0x7e, 0x22, 0xff}
	blue   = color.RGBA{0x24, 0x71, 0xa3, 0xff}
	grey   = color.RGBA{0x7f, 0x8c, 0x8d, 0xff}
)

// panels are the two halves of a figure: times, and rates.
var panels = [2]struct {
	unit   string
	curves []curve
}{
	{"us", []curve{{"blackout", red, false, (*Result).blackoutUs}, {"pause", orange, true, (*Result).pauseUs}}},
	{"Gbit/s", []curve{{"goodput over 20 ms", blue, false, (*Result).goodput}, {"the same without moving", grey, true, (*Result).still}}},
}

const width, height = 9 * vg.Inch, 3.4 * vg.Inch

// SVG draws the results of a sweep: times on the left, rates on the right.
func (s Sweep) SVG(results []Result) ([]byte, error) {
	row := make([]*plot.Plot, len(panels))
	for i, panel := range panels {
		p := plot.New()
		p.Title.Text = []string{s.Title, ""}[i]
		p.X.Label.Text, p.Y.Label.Text = s.Axis, panel.unit
		p.X.Min, p.Y.Min = 0, 0
		p.Add(plotter.NewGrid())
		for _, c := range panel.curves {
			line, points, err := plotter.NewLinePoints(s.medians(results, c.of))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.Name, err)
			}
			line.Color, line.Width, points.Color, points.Shape = c.colour, vg.Points(1.5), c.colour, draw.CircleGlyph{}
			if c.dashed {
				line.Dashes = []vg.Length{vg.Points(5), vg.Points(3)}
			}
			p.Add(line, points)
			p.Legend.Add(c.name, line)
		}
		p.Legend.Top, p.Legend.Left = i == 0, true
		p.Y.Max *= 1.05
		row[i] = p
	}
	canvas := vgsvg.New(width, height)
	tiles := draw.Tiles{Rows: 1, Cols: len(row), PadX: vg.Points(20), PadRight: vg.Points(10), PadTop: vg.Points(4)}
	for i, c := range plot.Align([][]*plot.Plot{row}, tiles, draw.New(canvas))[0] {
		row[i].Draw(c)
	}
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return b.Bytes(), nil
}
