package story

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// trace collects what happens, one event a line, in the order of time. The lines have no times, so that a change of
// a step's cost alone does not change them.
type trace struct {
	w       *world
	on      bool
	seq     int
	pending []event
	lines   []string
	pkt     wire.Packet
}

type event struct {
	cycle uint64
	seq   int
	text  string
}

func newTrace(w *world, on bool) *trace { return &trace{w: w, on: on} }

// add notes that something happened at a host.
func (t *trace) add(cycle uint64, h *host, format string, args ...any) {
	if t.on {
		t.put(cycle, h.name+": "+fmt.Sprintf(format, args...))
	}
}

func (t *trace) put(cycle uint64, text string) {
	t.seq++
	t.pending = append(t.pending, event{cycle, t.seq, text})
}

// op notes that an operation begins.
func (t *trace) op(text string) {
	if t.on {
		t.put(t.w.now, "> "+text)
	}
}

// packet notes that a frame was sent, and what becomes of it.
func (t *trace) packet(e *fabric.TapEvent) {
	if !t.on {
		return
	}
	to, fate := "?", ""
	if e.To != nil {
		to = e.To.Name
	}
	if e.Fate != fabric.Delivered {
		fate = " (" + e.Fate.String() + ")"
	}
	t.put(e.Cycle, e.From.Name+" -> "+to+" "+t.describe(e.Frame)+fate)
}

// describe is a frame in one line.
func (t *trace) describe(frame []byte) string {
	if err := wire.Parse(frame, &t.pkt); err != nil {
		return err.Error()
	}
	return t.pkt.String()
}

// flush moves to lines what is certainly over: what comes later has a later cycle.
func (t *trace) flush() { t.flushBefore(t.w.now) }

func (t *trace) flushBefore(cycle uint64) {
	if len(t.pending) == 0 {
		return
	}
	slices.SortFunc(t.pending, func(a, b event) int {
		return cmp.Or(cmp.Compare(a.cycle, b.cycle), cmp.Compare(a.seq, b.seq))
	})
	n := 0
	for ; n < len(t.pending) && t.pending[n].cycle < cycle; n++ {
		t.lines = append(t.lines, t.pending[n].text)
	}
	t.pending = slices.Delete(t.pending, 0, n)
}

// listener is a device that remembers what frames it was given, to name them when it has executed them.
type listener struct {
	nic.Device
	h *host
}

// Deliver implements nic.Device.
func (l *listener) Deliver(cycle uint64, frame []byte) {
	l.h.watch.frames = append(l.h.watch.frames, l.h.w.trace.describe(frame))
	l.Device.Deliver(cycle, frame)
}

// observer is told what a NIC does. It checks that no byte of a message is written twice, counts what was covered,
// and traces what is not to be seen on the wire.
type observer struct {
	h      *host
	frames []string // by rx_seq
	states [256]abi.State
}

var _ nic.Observer = (*observer)(nil)

// DMARead implements nic.Observer.
func (*observer) DMARead(uint64, uint64, []byte) {}

// Transmit implements nic.Observer; the fabric's tap tells more.
func (*observer) Transmit(uint64, []byte) {}

// IRQ implements nic.Observer.
func (*observer) IRQ(uint64, bool) {}

// DMAWrite implements nic.Observer.
func (o *observer) DMAWrite(_, addr uint64, p []byte) {
	for _, in := range o.h.copies {
		if addr-in.window.Base >= in.window.Size {
			continue
		}
		va := addr - in.window.Base + in.ctxVA()
		for _, e := range in.box.ends {
			e.count(0, va-e.recvVA, len(p))
			e.count(1, va-e.writeVA, len(p))
		}
		return
	}
}

// count counts a write of n bytes at an offset of a region, if it is in it.
func (e *end) count(region int, off uint64, n int) {
	if off >= uint64(e.mem) {
		return
	}
	b := e.written[region][off:]
	for i := range min(n, len(b)) {
		if b[i] != 255 {
			b[i]++
		}
	}
}

// Places of fields in the image of a context.
var stateAt, qpnAt = fieldAt("state"), fieldAt("qpn")

func fieldAt(name string) int {
	for i := range abi.QPCFields {
		if abi.QPCFields[i].Name == name {
			return abi.QPCFields[i].At
		}
	}
	panic("BUG: the context has no field " + name)
}

// Retire implements nic.Observer.
func (o *observer) Retire(cycle uint64, r *abi.Retire) {
	w := o.h.w
	w.stats.Steps++
	state := abi.StateReset
	if int(r.Slot) < len(o.states) && !r.Cause.OfQueue() {
		state = o.states[r.Slot]
		o.states[r.Slot] = abi.State(r.Ctx[stateAt])
	}
	if w.opt.Retire != nil {
		w.opt.Retire(o.h.name, cycle, r)
	}
	if w.opt.Cover != nil {
		w.opt.Cover(state, r.Cause, r.Verdict)
	}
	if w.trace.on {
		o.traceRetire(cycle, r, state)
	}
}

func (o *observer) traceRetire(cycle uint64, r *abi.Retire, before abi.State) {
	t := o.h.w.trace
	qpn := uint32(r.Ctx[qpnAt]) | uint32(r.Ctx[qpnAt+1])<<8 | uint32(r.Ctx[qpnAt+2])<<16
	switch r.Cause {
	case abi.CauseRX, abi.CauseRXDrop:
		if r.Verdict != abi.VerdictOK {
			what := "?"
			if int(r.RXSeq) < len(o.frames) {
				what = o.frames[r.RXSeq]
			}
			t.add(cycle, o.h, "%v: %s", r.Verdict, what)
		}
	case abi.CauseTimer:
		t.add(cycle, o.h, "TIMER %v qp=%#x", abi.Timer(r.Arg), qpn)
	case abi.CauseStall, abi.CauseActivate:
		t.add(cycle, o.h, "%v qp=%#x: %v", r.Cause, qpn, r.Verdict)
	case abi.CauseDBSQ, abi.CauseDBRQ:
		if r.Verdict != abi.VerdictOK {
			t.add(cycle, o.h, "%v qp=%#x: %v", r.Cause, qpn, r.Verdict)
		}
	case abi.CauseCMD:
		return // what the driver does is to be seen in the operations
	}
	if after := abi.State(r.Ctx[stateAt]); int(r.Slot) < len(o.states) && qpn != 0 && after != before {
		t.add(cycle, o.h, "qp=%#x %v -> %v", qpn, before, after)
	}
}
