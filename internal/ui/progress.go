package ui

import (
	"io"
	"os"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// Unit is what a bar counts.
type Unit int

// The units.
const (
	Count Unit = iota // plain numbers
	Bytes             // printed as KiB, MiB, ...
)

// Progress shows bars below each other. The zero value, and one made for an output that is not a terminal, shows
// nothing and costs nothing.
type Progress struct {
	bars *mpb.Progress
}

// NewProgress returns a Progress on out, which is standard error in all verbs.
func NewProgress(out *os.File) *Progress {
	if !term.IsTerminal(int(out.Fd())) {
		return &Progress{}
	}
	return newProgress(out)
}

func newProgress(out io.Writer) *Progress {
	return &Progress{bars: mpb.New(mpb.WithOutput(out), mpb.WithAutoRefresh())}
}

// Visible tells whether bars are shown, for callers to whom the numbers themselves are dear.
func (p *Progress) Visible() bool { return p.bars != nil }

// Bar adds a bar. Its total may be unknown yet (0).
func (p *Progress) Bar(label string, total int64, unit Unit) *Bar {
	if p.bars == nil {
		return &Bar{}
	}
	counters := decor.CountersNoUnit("%d of %d")
	if unit == Bytes {
		counters = decor.Counters(decor.SizeB1024(0), "% .1f of % .1f")
	}
	return &Bar{bar: p.bars.AddBar(total, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(label+" "), counters),
		mpb.AppendDecorators(decor.Percentage()))}
}

// Close takes away what is still shown. Call it before anything is printed for good.
func (p *Progress) Close() {
	if p.bars != nil {
		p.bars.Shutdown()
	}
}

// Bar is one line of progress. All methods do nothing when nothing is shown.
type Bar struct {
	bar *mpb.Bar
}

// Set says how much of how much is done. A total that grows is fine.
func (b *Bar) Set(done, total int64) {
	if b.bar == nil {
		return
	}
	b.bar.SetTotal(total, false)
	b.bar.SetCurrent(done)
}

// Done takes the bar away.
func (b *Bar) Done() {
	if b.bar != nil {
		b.bar.Abort(true)
	}
}
