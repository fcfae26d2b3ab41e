package lockstep

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// access is a DMA access that the simulator saw.
type access struct {
	addr uint64
	data []byte
}

// timer is what the device may do with the timer of a slot.
type timer struct {
	armed bool
	since uint64 // cycle of the step that armed it
	ticks uint64
}

// earliest and latest are the first cycle at which the timer may run out, and one at which it must have: a
// tick is as long as two sweeps may be apart, and a step under way goes first.
func (t *timer) earliest(tick uint64) uint64 { return t.since + (t.ticks-1)*tick }
func (t *timer) latest(tick uint64) uint64   { return t.since + (t.ticks+1)*tick }

// env is the world of the core during a step: the observations of the device.
type env struct {
	c      *Checker
	got    abi.Retire // the record being replayed
	cycle  uint64
	frame  []byte   // received, in this step
	reads  []access // observed, not yet accounted for
	writes []access
	sent   [][]byte // frames observed
	expect [][]byte // frames the core sent
	drain  int      // how many of these STALL_STATUS waits for
	timers []timer
}

// DMARead serves the core what the device was served.
func (e *env) DMARead(addr uint64, p []byte) {
	e.c.stats.DMAReads++
	if len(e.reads) == 0 {
		e.c.diverge(KindMissing, Diff{"dma read", fmt.Sprintf("%d bytes at %#x", len(p), addr), "none"})
		return
	}
	r := e.reads[0]
	e.reads = e.reads[1:]
	if r.addr != addr || len(r.data) != len(p) {
		e.c.diverge(KindDMARead, Diff{
			"dma read", fmt.Sprintf("%d bytes at %#x", len(p), addr), fmt.Sprintf("%d bytes at %#x", len(r.data), r.addr),
		})
		return
	}
	copy(p, r.data)
}

// DMAWrite compares what the core writes with what the device wrote.
func (e *env) DMAWrite(addr uint64, p []byte) {
	e.c.stats.DMAWrites++
	if len(e.writes) == 0 {
		e.c.diverge(KindMissing, Diff{"dma write", fmt.Sprintf("%d bytes at %#x", len(p), addr), "none"})
		return
	}
	w := e.writes[0]
	e.writes = e.writes[1:]
	switch {
	case w.addr != addr || len(w.data) != len(p):
		e.c.diverge(KindDMAWrite, Diff{
			"dma write", fmt.Sprintf("%d bytes at %#x", len(p), addr), fmt.Sprintf("%d bytes at %#x", len(w.data), w.addr),
		})
	case !bytes.Equal(w.data, p):
		i := firstDifference(w.data, p)
		e.c.diverge(KindDMAWrite, Diff{
			fmt.Sprintf("byte %d of %d at %#x", i, len(p), addr), fmt.Sprintf("%#02x", p[i]), fmt.Sprintf("%#02x", w.data[i]),
		})
	}
}

// Transmit takes a frame of the core's; the device's may come before or after.
func (e *env) Transmit(frame []byte, _ bool) (spare []byte) {
	e.expect = append(e.expect, frame)
	return nil
}

// matchFrames compares frames that are there from both sides.
func (e *env) matchFrames() {
	for len(e.expect) > 0 && len(e.sent) > 0 && e.c.fault == nil {
		want, got := e.expect[0], e.sent[0]
		e.expect, e.sent, e.drain = e.expect[1:], e.sent[1:], max(e.drain-1, 0)
		e.c.stats.Frames++
		if bytes.Equal(want, got) {
			continue
		}
		i := firstDifference(want, got)
		e.frame = got
		e.c.diverge(KindFrame, Diff{"frame", frameText(want), frameText(got)},
			Diff{fmt.Sprintf("byte %d", i), byteText(want, i), byteText(got, i)})
	}
}

// leftover fails a step that did more than it has to.
func (e *env) leftover() {
	e.frame = nil
	switch {
	case len(e.reads) > 0:
		e.c.diverge(KindExtra, Diff{"dma read", "none", fmt.Sprintf("%d bytes at %#x", len(e.reads[0].data), e.reads[0].addr)})
	case len(e.writes) > 0:
		e.c.diverge(KindExtra, Diff{"dma write", "none", fmt.Sprintf("%d bytes at %#x", len(e.writes[0].data), e.writes[0].addr)})
	}
}

// SetTimer notes that a slot's timer runs from this step on.
func (e *env) SetTimer(slot uint16, ticks uint32) {
	e.timers[slot] = timer{armed: true, since: e.cycle, ticks: max(uint64(ticks), 1)}
}

// StopTimer notes that it does not.
func (e *env) StopTimer(slot uint16) { e.timers[slot].armed = false }

// Event does nothing: the core keeps the event queue.
func (e *env) Event(abi.Event, uint32) {}

// expired judges a step of cause TIMER: there must be a timer, and its time must have come.
func (e *env) expired(r *abi.Retire) {
	if int(r.Slot) >= len(e.timers) || !e.timers[r.Slot].armed {
		e.c.diverge(KindTimer, Diff{"timer", "none is armed", abi.Timer(r.Arg).String()})
		return
	}
	t := &e.timers[r.Slot]
	if first := t.earliest(e.c.opts.TickCycles); e.cycle < first {
		e.c.diverge(KindTimer, Diff{"expiry", fmt.Sprintf("not before cycle %d", first), fmt.Sprintf("cycle %d", e.cycle)})
	}
	t.armed = false
}

// annotate describes the frame of the step, if it has one.
func (e *env) annotate() string {
	if len(e.frame) == 0 {
		return ""
	}
	return wire.Annotate(e.frame)
}

func firstDifference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

func byteText(p []byte, i int) string {
	if i >= len(p) {
		return "the end"
	}
	return fmt.Sprintf("%#02x", p[i])
}

func frameText(frame []byte) string {
	var p wire.Packet
	if err := wire.Parse(frame, &p); err != nil {
		return fmt.Sprintf("%d bytes, %v", len(frame), err)
	}
	return p.String()
}
