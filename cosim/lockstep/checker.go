package lockstep

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Options tune a Checker.
type Options struct {
	// Params are those of the device.
	Params nic.Params
	// TickCycles is the device's tick; 0 means abi.TickCycles.
	TickCycles uint64
	// StarveCycles is how long nothing may retire while something is to be done; 0 means 20000.
	StarveCycles uint64
	// History is the number of records kept for a report; 0 means 12.
	History int
}

// Stats is what a Checker has compared.
type Stats struct {
	Steps     uint64 `json:"steps"`
	Frames    uint64 `json:"frames"`
	DMAReads  uint64 `json:"dma_reads"`
	DMAWrites uint64 `json:"dma_writes"`
	Registers uint64 `json:"registers"`
	// Causes counts steps by abi.Cause.
	Causes [16]uint64 `json:"-"`
}

// Checker is a cosim.Observer that replays a device's retire records on a golden core. It fails once: what
// follows the first divergence is not looked at.
type Checker struct {
	opts Options
	core *nic.Core
	env  env

	stats   Stats
	history []string
	fault   *Divergence

	rx     []rxFrame // sent to the device, not yet retired
	writes []write   // register writes sent, not yet answered
	host   []nic.Cause
	stall  int      // steps that the STALL or RESUME write at the head of host still owes
	early  []uint32 // events read before the step that raises them retired

	cycle  uint64 // of the last observation
	active uint64 // cycle at which something last retired, or was given to do
}

type rxFrame struct {
	cycle uint64
	data  []byte
}

type write struct {
	addr, value uint32
	applied     bool
}

// New makes a Checker for a device in reset.
func New(o Options) *Checker {
	if o.TickCycles == 0 {
		o.TickCycles = abi.TickCycles
	}
	if o.StarveCycles == 0 {
		o.StarveCycles = 20000
	}
	if o.History == 0 {
		o.History = 12
	}
	c := &Checker{opts: o}
	c.reset()
	return c
}

// Core is the golden core, to look at.
func (c *Checker) Core() *nic.Core { return c.core }

// Stats tells what was compared so far.
func (c *Checker) Stats() Stats { return c.stats }

// Divergence is the first divergence, nil if there is none.
func (c *Checker) Divergence() *Divergence { return c.fault }

func (c *Checker) reset() {
	c.core = nic.NewCore(c.opts.Params)
	c.env = env{c: c, timers: make([]timer, c.opts.Params.NumQP)}
	c.rx, c.writes, c.host, c.early, c.history = nil, nil, nil, nil, nil
	c.stall, c.cycle, c.active = 0, 0, 0
}

// Sent takes note of a stimulus item.
func (c *Checker) Sent(it *bridge.Item) {
	switch it.Kind {
	case bridge.KindReset, bridge.KindTestBegin:
		c.reset()
	case bridge.KindRX:
		if !c.core.Enabled() && !c.enabling() {
			return // the device takes it and forgets it
		}
		i, _ := slices.BinarySearchFunc(c.rx, it.Cycle, func(f rxFrame, at uint64) int {
			if f.cycle <= at {
				return -1
			}
			return 1
		})
		c.rx = slices.Insert(c.rx, i, rxFrame{it.Cycle, it.Data})
	case bridge.KindRegWrite:
		c.writes = append(c.writes, write{addr: uint32(it.Addr), value: it.Value})
	}
}

// enabling tells whether a write that enables the device is on its way.
func (c *Checker) enabling() bool {
	for _, w := range c.writes {
		if w.addr == abi.RegCtrl && w.value&abi.RegCtrlEnableMask != 0 {
			return true
		}
	}
	return false
}

// Observed compares one observation. The error is the *Divergence.
func (c *Checker) Observed(it *bridge.Item) error {
	if c.fault != nil {
		return c.fault
	}
	c.cycle = max(c.cycle, it.Cycle)
	switch it.Kind {
	case bridge.KindDMARead:
		c.env.reads = append(c.env.reads, access{it.Addr, it.Data})
	case bridge.KindDMAWrite:
		c.env.writes = append(c.env.writes, access{it.Addr, it.Data})
	case bridge.KindTX:
		c.env.sent = append(c.env.sent, it.Data)
		c.env.matchFrames()
	case bridge.KindRetire:
		c.retire(it)
	case bridge.KindRegDone:
		c.written(uint32(it.Addr), it.Code)
	case bridge.KindRegData:
		c.read(uint32(it.Addr), it.Value, it.Code)
	case bridge.KindRan, bridge.KindTestDone:
		c.starved(it.Cycle)
	case bridge.KindAssert, bridge.KindFault, bridge.KindHang:
		kind := KindDevice
		if it.Kind == bridge.KindHang {
			kind = KindHang
		}
		c.diverge(kind, Diff{"device", "no complaint", string(it.Data)})
	}
	if c.fault != nil {
		return c.fault
	}
	return nil
}

// retire replays one record.
func (c *Checker) retire(it *bridge.Item) {
	c.active = it.Cycle
	var got abi.Retire
	if err := got.Unmarshal(it.Data); err != nil {
		c.env.got = got
		c.diverge(KindRecord, Diff{"record", "an image of layout retire", err.Error()})
		return
	}
	c.env.got, c.env.cycle = got, it.Cycle
	cause, ok := c.cause(&got)
	if !ok {
		return
	}
	want := c.core.Apply(&cause, &c.env)
	if cause.Kind == abi.CauseStall || cause.Kind == abi.CauseActivate {
		c.env.drain = len(c.env.expect)
	}
	c.stats.Steps++
	c.stats.Causes[got.Cause&15]++
	if c.fault == nil {
		c.compare(want, &got)
	}
	if c.fault == nil {
		c.env.leftover()
	}
	if c.fault == nil {
		c.env.matchFrames()
	}
	c.settleEvents()
	if len(c.history) == c.opts.History {
		c.history = c.history[1:]
	}
	c.history = append(c.history, Describe(&got, it.Cycle))
}

// cause is what the core is to execute for a record. It is false if there is no reason for such a step.
func (c *Checker) cause(r *abi.Retire) (nic.Cause, bool) {
	switch r.Cause {
	case abi.CauseRX, abi.CauseRXDrop:
		if len(c.rx) == 0 {
			c.diverge(KindOrder, Diff{"cause", "no frame was received", r.Cause.String()})
			return nic.Cause{}, false
		}
		f := c.rx[0]
		c.rx = c.rx[1:]
		c.env.frame = f.data
		return nic.Cause{Kind: abi.CauseRX, Frame: f.data}, true
	case abi.CauseDBSQ, abi.CauseDBRQ, abi.CauseDBCQCI, abi.CauseDBCQArm, abi.CauseCMD,
		abi.CauseStall, abi.CauseActivate:
		return c.hostCause(r)
	case abi.CauseTimer:
		c.env.expired(r)
	}
	return nic.Cause{Kind: r.Cause, Slot: r.Slot, Arg: r.Arg}, c.fault == nil
}

// hostCause takes the next cause that the host asked for: they retire in the order of the register writes.
func (c *Checker) hostCause(r *abi.Retire) (nic.Cause, bool) {
	for {
		if len(c.host) == 0 && !c.applyEarly() {
			c.diverge(KindOrder, Diff{"cause", "the host asked for nothing", r.Cause.String()})
			return nic.Cause{}, false
		}
		next := c.host[0]
		if next.Kind != abi.CauseStall && next.Kind != abi.CauseActivate {
			c.host = c.host[1:]
			return next, true
		}
		// A STALL or RESUME write is a step for each of its targets, in ascending order.
		targets := c.core.Targets(next.Arg, nil)
		if c.stall < len(targets) {
			next.Slot = targets[c.stall]
			c.stall++
			if c.stall == len(targets) {
				c.endStall()
			}
			return next, true
		}
		c.endStall() // it had no target
	}
}

func (c *Checker) endStall() {
	c.host = c.host[1:]
	c.stall = 0
	c.core.EndStall()
}

// compare holds the core's record against the device's.
func (c *Checker) compare(want, got *abi.Retire) {
	if want.Verdict != got.Verdict {
		c.diverge(KindVerdict, Diff{"verdict", verdictText(want), verdictText(got)})
		return
	}
	if want.Ctx != got.Ctx {
		var diffs []Diff
		for _, d := range abi.DiffQPC(&want.Ctx, &got.Ctx) {
			diffs = append(diffs, Diff{d.Name, d.A, d.B})
		}
		if diffs == nil { // in bits that no field has
			i := firstDifference(want.Ctx[:], got.Ctx[:])
			diffs = []Diff{{fmt.Sprintf("reserved byte %#02x", i), byteText(want.Ctx[:], i), byteText(got.Ctx[:], i)}}
		}
		c.diverge(KindContext, diffs...)
		return
	}
	var diffs []Diff
	field := func(name string, w, g uint64) {
		if w != g {
			diffs = append(diffs, Diff{name, fmt.Sprintf("%#x", w), fmt.Sprintf("%#x", g)})
		}
	}
	field("seq", uint64(want.Seq), uint64(got.Seq))
	field("cause", uint64(want.Cause), uint64(got.Cause))
	field("slot", uint64(want.Slot), uint64(got.Slot))
	field("arg", uint64(want.Arg), uint64(got.Arg))
	field("arg2", uint64(want.Arg2), uint64(got.Arg2))
	field("addr", want.Addr, got.Addr)
	field("rx_seq", uint64(want.RXSeq), uint64(got.RXSeq))
	field("tx_seq", uint64(want.TXSeq), uint64(got.TXSeq))
	field("flags", uint64(want.Flags), uint64(got.Flags))
	field("timer_ticks", uint64(want.TimerTicks), uint64(got.TimerTicks))
	if diffs != nil {
		c.diverge(KindRecord, diffs...)
	}
}

// starved fails a device that has retired nothing for long though there is something to be done.
func (c *Checker) starved(now uint64) {
	what := c.owed(now)
	if what == "" {
		c.active = now
		return
	}
	if now-min(c.active, now) > c.opts.StarveCycles {
		c.diverge(KindHang, Diff{"progress", what, fmt.Sprintf("no step for more than %d cycles", c.opts.StarveCycles)})
	}
}

// owed names something that the device has to do at the given cycle; empty if there is nothing.
func (c *Checker) owed(now uint64) string {
	if len(c.host) > 0 {
		return c.host[0].Kind.String() + " asked for by the host"
	}
	if len(c.rx) > 0 && c.rx[0].cycle < now {
		return "a received frame"
	}
	if len(c.env.expect) > 0 {
		return "a frame to send"
	}
	for s := range c.opts.Params.NumQP {
		if c.core.Wants(uint16(s)) != 0 {
			return fmt.Sprintf("an opportunity of slot %d", s)
		}
		if t := &c.env.timers[s]; t.armed && now > t.latest(c.opts.TickCycles) {
			return fmt.Sprintf("the timer of slot %d", s)
		}
	}
	return ""
}

// diverge records the first divergence, with the step in c.env.got.
func (c *Checker) diverge(kind Kind, diffs ...Diff) {
	if c.fault != nil {
		return
	}
	c.fault = &Divergence{
		Kind: kind, Step: c.env.got.Seq, Cycle: c.env.cycle, Cause: describeCause(&c.env.got), Diffs: diffs,
		Packet: c.env.annotate(), History: slices.Clone(c.history),
	}
}
