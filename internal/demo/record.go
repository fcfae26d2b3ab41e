package demo

import (
	"fmt"
	"io"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/ladder"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/host"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Tape is the Recorder of the command line: it captures every frame, and remembers those around the
// migrations for a ladder diagram.
type Tape struct {
	capture *capture.Writer
	frames  []frame
	phases  []phase
	err     error
}

type frame struct {
	cycle    uint64
	from, to int
	label    string
	key      bool // belongs to the migration protocol
	lost     bool
}

type phase struct {
	rec host.Record
	res *host.Result
}

// NewTape makes a Tape that captures to w, one interface a host.
func NewTape(w io.Writer, hosts ...string) (*Tape, error) {
	c, err := capture.NewWriter(w, hosts)
	return &Tape{capture: c}, err
}

// Frame implements Recorder.
func (t *Tape) Frame(ev fabric.TapEvent) {
	comment := ""
	if ev.Fate != fabric.Delivered {
		comment = "fate: " + ev.Fate.String()
	}
	if err := t.capture.Write(ev.From.Index, ev.Cycle*abi.ClockPeriodNS, ev.Frame, comment); err != nil && t.err == nil {
		t.err = err
	}
	var p wire.Packet
	if ev.To == nil || wire.Parse(ev.Frame, &p) != nil {
		return
	}
	label, key := labelOf(&p)
	t.frames = append(t.frames, frame{ev.Cycle, ev.From.Index, ev.To.Index, label, key,
		ev.Fate != fabric.Delivered && ev.Fate != fabric.Late})
}

// Phase implements Recorder.
func (t *Tape) Phase(r host.Record, res *host.Result) { t.phases = append(t.phases, phase{r, res}) }

// labelOf names a packet in a ladder, and tells whether it belongs to the migration protocol. Data packets
// are named by kind only, so that a run of them is one row.
func labelOf(p *wire.Packet) (label string, key bool) {
	switch {
	case p.BTH.Op == abi.OpMigration:
		return fmt.Sprintf("%s epoch=%s ePSN=%s", p.METH.Kind, p.METH.Epoch, p.METH.EPSN), true
	case p.BTH.Op == abi.OpAcknowledge && abi.Syndrome(p.AETH.Syndrome) == abi.SyndromeNAKStopped:
		return fmt.Sprintf("NAK_STOPPED epoch=%d ePSN=%s", p.AETH.MSN, p.BTH.PSN), true
	case p.BTH.Op == abi.OpAcknowledge:
		return "ACK", false
	}
	return "data", false
}

// around is how many cycles before and after a migration a ladder shows.
const around = 4000

// Close ends the capture and draws the ladder of each migration.
func (t *Tape) Close(w io.Writer, hosts ...string) error {
	if t.err != nil {
		return t.err
	}
	if err := t.capture.Flush(); err != nil {
		return err
	}
	for first := 0; first < len(t.phases); {
		last := first
		for last+1 < len(t.phases) && t.phases[last+1].res == t.phases[first].res {
			last++
		}
		if err := t.draw(w, hosts, t.phases[first:last+1]); err != nil {
			return err
		}
		first = last + 1
	}
	return nil
}

// draw writes the ladder of one migration.
func (t *Tape) draw(w io.Writer, hosts []string, phases []phase) error {
	res := phases[0].res
	if _, err := fmt.Fprintf(w, "%s moves %s -> %s: paused %d cycles, no completion for %d cycles, image %d bytes\n\n",
		res.Container, res.From, res.To, res.PauseCycles, res.Blackout.Cycles(), res.ImageBytes); err != nil {
		return err
	}
	l := ladder.New(hosts...)
	at := func(name string) int {
		for i, h := range hosts {
			if h == name {
				return i
			}
		}
		return 0
	}
	begin, end := stalled(phases), phases[len(phases)-1].rec.End
	next := 0
	for _, f := range t.frames {
		if f.cycle+around < begin || f.cycle > end+around {
			continue
		}
		for ; next < len(phases) && phases[next].rec.Begin <= f.cycle; next++ {
			note(l, &phases[next], at(res.From), at(res.To))
		}
		l.Message(f.cycle, f.from, f.to, f.label, f.lost)
	}
	for ; next < len(phases); next++ {
		note(l, &phases[next], at(res.From), at(res.To))
	}
	if err := l.Write(w); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// stalled is the cycle at which the queue pairs are stopped.
func stalled(phases []phase) uint64 {
	for _, p := range phases {
		if p.rec.Phase == host.PhaseStall {
			return p.rec.Begin
		}
	}
	return phases[0].rec.Begin
}

// note draws a phase at the host where it happens.
func note(l *ladder.Ladder, p *phase, from, to int) {
	at := from
	switch p.rec.Phase {
	case host.PhaseReserve, host.PhaseRestore, host.PhaseActivate, host.PhaseAwait:
		at = to
	}
	text := p.rec.Phase.String()
	if p.rec.Err != nil {
		text += " failed: " + p.rec.Err.Error()
	}
	l.Note(p.rec.Begin, at, text)
}
