package nic

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// Memory is host memory as a NIC reaches it; *mem.RAM is one.
type Memory interface {
	DMARead(addr uint64, p []byte)
	DMAWrite(addr uint64, p []byte)
}

// Observer is told what a NIC does, in order: the DMA of a step in the order of Env, then the frame it sends,
// then its record, then a change of the interrupt line. All slices and the record are valid during the call
// only.
type Observer interface {
	// DMARead and DMAWrite: the cycle is the one in which the step began.
	DMARead(cycle, addr uint64, p []byte)
	DMAWrite(cycle, addr uint64, p []byte)
	// Transmit: the frame's last byte leaves the port at cycle, which may be after the record's cycle.
	Transmit(cycle uint64, frame []byte)
	// Retire: the step ends at cycle.
	Retire(cycle uint64, rec *abi.Retire)
	// IRQ: the interrupt line changes to level.
	IRQ(cycle uint64, level bool)
}

// Config says what NIC to build.
type Config struct {
	Params
	// TickCycles is the number of cycles of a timer tick; 0 means abi.TickCycles.
	TickCycles uint64
	// Observer may be nil.
	Observer Observer
	// Rules is the dialect; 0 is godwit.
	Rules qp.Rules
}

// NIC is the golden RDMA NIC: a Core with time. It executes steps one after the other. A step begins when the
// engine is free and a cause is there, by this precedence: what the host wrote, in its order; timers that ran
// out; received frames, in theirs; RETIRE; FLUSH_SQ; FLUSH_RQ; RESPOND and SEND in turn; each of the slots in turn. It costs the
// cycles of spec/timing.yaml; one that sends waits at its end for the port to be free, and one that sends payload
// until that has left. What it does to memory and registers is to be seen from its beginning, except that CMD_STATUS
// and STALL_STATUS are busy to the end.
type NIC struct {
	core *Core
	mem  Memory
	obs  Observer
	tick uint64

	now  uint64
	free uint64 // when the step engine is free
	port uint64 // when the last frame has left the port
	took uint64 // when the port had taken the last frame that was a cause

	host   fifo[Cause] // written by the host, waiting
	coming fifo[Frame] // on their way through the port, by the cycle of their first beat
	rx     int         // of how many of these that has come
	pool   [][]byte    // buffers for frames
	sent   fifo[Frame] // by cycle
	taken  []Frame     // what Sent returned, to be reused
	irq    bool

	timers timers
	wants  [5]slotSet // by opportunity, in order of precedence
	wanted []qp.Want  // the same by slot
	ready  qp.Want    // of any slot
	// answered: the last opportunity taken of RESPOND and SEND was RESPOND.
	answered bool
	next     [6]uint16 // round robin: the slot to look at first, per opportunity and for timers

	targets  fifo[uint16] // queue pairs yet to be stopped or activated by one register write
	targeter Cause        // that write
	txEnd    []uint64     // by slot: when its last frame has left the port
	stallEnd uint64       // when the last STALL or RESUME is over
	cmdEnd   uint64       // when the last command is over

	cause Cause // under way
	step  step
	hand  *hand // nil unless the NIC is led by hand
}

// step is what a NIC, as the Env of its Core, notes during a step.
type step struct {
	start  uint64
	frame  []byte // sent if not empty
	arm    uint32 // ticks to arm the timer for, if not 0
	loaded bool   // the frame has payload
	dma    uint64 // cycles of DMA
}

var (
	_ Device   = (*NIC)(nil)
	_ Recycler = (*NIC)(nil)
)

// opportunities are the classes of wants, by precedence.
var opportunities = [5]struct {
	want  qp.Want
	cause abi.Cause
}{
	{qp.WantRetire, abi.CauseRetire},
	{qp.WantFlushSQ, abi.CauseFlushSQ},
	{qp.WantFlushRQ, abi.CauseFlushRQ},
	{qp.WantRespond, abi.CauseRespond},
	{qp.WantSend, abi.CauseSend},
}

// nextTimer is the index of the timers in NIC.next.
const nextTimer = 5

// New makes a NIC in reset at cycle 0, with its DMA in m.
func New(c Config, m Memory) *NIC {
	if c.TickCycles == 0 {
		c.TickCycles = abi.TickCycles
	}
	n := &NIC{
		core: NewCore(c.Params), mem: m, obs: c.Observer, tick: c.TickCycles,
		timers: newTimers(c.NumQP), txEnd: make([]uint64, c.NumQP), wanted: make([]qp.Want, c.NumQP),
	}
	for i := range n.wants {
		n.wants[i] = newSlotSet(c.NumQP)
	}
	n.core.unseen = c.Observer == nil
	n.core.ev.Rules = c.Rules
	return n
}

// SetDialect sets the dialect, before anything else is done.
func (n *NIC) SetDialect(r qp.Rules) { n.core.ev.Rules = r }

// Core is the device without time inside, to look at.
func (n *NIC) Core() *Core { return n.core }

// Now implements Device.
func (n *NIC) Now() uint64 { return n.now }

// IRQ implements Device.
func (n *NIC) IRQ() bool { return n.core.events.n != 0 }

// Close implements Device; there is nothing to free.
func (n *NIC) Close() error { return nil }

// ReadReg implements Device.
func (n *NIC) ReadReg(addr uint32) (uint32, error) {
	v, err := n.core.ReadReg(addr)
	if err != nil {
		return 0, err
	}
	n.setIRQ(n.now) // EVENT may have been emptied
	switch {
	case addr == abi.RegCMDStatus && n.now < n.cmdEnd:
		return abi.RegCMDStatusBusyMask, nil
	case addr == abi.RegStallStatus && n.now < n.stallEnd:
		return v | abi.RegStallStatusBusyMask, nil
	}
	return v, nil
}

// WriteReg implements Device.
func (n *NIC) WriteReg(addr, v uint32) error {
	switch {
	case addr == abi.RegCMDGo && n.now < n.cmdEnd:
		return &RegError{addr, "CMD_GO", true, whyBusy}
	case addr == abi.RegStall && n.now < n.stallEnd:
		return &RegError{addr, "STALL", true, whyBusy}
	case addr == abi.RegResume && n.now < n.stallEnd:
		return &RegError{addr, "RESUME", true, whyBusy}
	}
	c, step, err := n.core.WriteReg(addr, v)
	if err != nil {
		return err
	}
	if step {
		n.host.push(c)
	}
	if addr == abi.RegCtrl {
		for s := range n.txEnd {
			n.refresh(uint16(s))
		}
	}
	return nil
}

// Run implements Device. Between steps it goes straight to the next thing that happens.
func (n *NIC) Run(until uint64) error {
	for at := max(n.free, n.now); at < until; {
		n.arrive(at + 1)
		if n.choose(at) {
			n.execute(at)
			at = n.free
			continue
		}
		at = n.timers.next()
		if !n.coming.empty() {
			at = min(at, n.arrival())
		}
	}
	n.arrive(until)
	n.now = max(n.now, until)
	return nil
}

// choose puts the next cause that is there at the given cycle into n.cause.
func (n *NIC) choose(at uint64) bool {
	if n.hand != nil {
		return n.chooseByHand(at)
	}
	c := &n.cause
	if n.chooseHost(at) {
		return true
	}
	if n.timers.next() <= at {
		s := n.timers.take(at, n.next[nextTimer])
		n.next[nextTimer] = s + 1
		*c = Cause{Kind: abi.CauseTimer, Slot: s, Arg: uint32(n.core.qps[s].ctx.Timer)}
		return true
	}
	if n.received(at) {
		*c = Cause{Kind: abi.CauseRX, Frame: n.take()}
		return true
	}
	for i := range opportunities {
		if n.ready&opportunities[i].want == 0 {
			continue
		}
		if opportunities[i].want == qp.WantRespond {
			// Requests and answers in turn, so that a long answer does not keep requests from being sent.
			if n.answered = !n.answered || n.ready&qp.WantSend == 0; !n.answered {
				continue
			}
		}
		s, _ := n.wants[i].from(n.next[i])
		n.next[i] = s + 1
		*c = Cause{Kind: opportunities[i].cause, Slot: s}
		return true
	}
	return false
}

// chooseHost takes the next cause that the host asked for. A STALL or RESUME write is one step for each queue
// pair that is its target when its turn comes, and nothing comes between these.
func (n *NIC) chooseHost(at uint64) bool {
	for n.targets.empty() {
		if n.host.empty() {
			return false
		}
		n.cause = n.host.pop()
		if n.cause.Kind != abi.CauseStall && n.cause.Kind != abi.CauseActivate {
			return true
		}
		n.targeter, n.stallEnd = n.cause, at
		n.targets.items = n.core.Targets(n.cause.Arg, n.targets.items)
		if n.targets.empty() {
			n.core.EndStall()
		}
	}
	n.cause = n.targeter
	n.cause.Slot = n.targets.pop()
	return true
}

// execute runs the step of n.cause from cycle start on, and reckons what it costs.
func (n *NIC) execute(start uint64) {
	n.step = step{start: start}
	rec := n.core.Apply(&n.cause, n)
	cost := rec.Cause.Timing()
	end := start + uint64(cost.Base) + n.step.dma
	if n.core.moved != 0 {
		end += uint64(cost.Payload)
	}
	if rec.Cause == abi.CauseRX && n.core.pkt.BTH.Op == abi.OpMigration {
		end += n.tag(rec.Slot)
	}
	if len(n.step.frame) != 0 {
		if n.core.fx.Packet.Op == abi.OpMigration {
			end += n.tag(rec.Slot)
		}
		end = n.send(end+abi.PacketCycles, rec.Slot)
	}
	n.free = end
	switch {
	case n.step.arm == 0:
	case n.hand != nil:
		n.hand.ticks[rec.Slot] = n.step.arm
	default:
		// A timer of n ticks runs out at the n-th tick after it was set.
		n.timers.set(rec.Slot, (end/n.tick+uint64(n.step.arm))*n.tick)
	}
	if n.obs != nil {
		n.obs.Retire(end, rec)
	}
	n.settle(rec, end)
	n.setIRQ(end)
}

// settle brings up to date what the scheduler and the status registers remember of contexts.
func (n *NIC) settle(rec *abi.Retire, end uint64) {
	switch c := &n.cause; c.Kind {
	case abi.CauseDBCQCI, abi.CauseDBCQArm, abi.CauseDBSRQ:
		return // the slot is that of a queue
	case abi.CauseRX:
		n.pool = append(n.pool, c.Frame)
	case abi.CauseCMD:
		n.cmdEnd = end
	case abi.CauseStall, abi.CauseActivate:
		n.stallEnd = max(n.stallEnd, end, n.txEnd[c.Slot])
		if n.targets.empty() {
			n.core.EndStall()
		}
	}
	if int(rec.Slot) < len(n.txEnd) {
		n.refresh(rec.Slot)
	}
}

// refresh notes what the queue pair in a slot is ready for.
func (n *NIC) refresh(s uint16) {
	w := n.core.Wants(s)
	if w == n.wanted[s] {
		return
	}
	n.wanted[s], n.ready = w, 0
	for i := range opportunities {
		n.wants[i].put(s, w&opportunities[i].want != 0)
		if !n.wants[i].empty() {
			n.ready |= opportunities[i].want
		}
	}
}

func (n *NIC) setIRQ(cycle uint64) {
	level := n.IRQ()
	if level != n.irq && n.obs != nil {
		n.obs.IRQ(cycle, level)
	}
	n.irq = level
}

// DMARead implements Env. What is read once payload moves is payload to send, and the port's time is longer than its.
func (n *NIC) DMARead(addr uint64, p []byte) {
	n.mem.DMARead(addr, p)
	if n.core.moved == 0 {
		n.step.dma += abi.ReadCycles(len(p))
	} else {
		n.step.loaded = true
	}
	if n.obs != nil {
		n.obs.DMARead(n.step.start, addr, p)
	}
}

// DMAWrite implements Env.
func (n *NIC) DMAWrite(addr uint64, p []byte) {
	n.mem.DMAWrite(addr, p)
	n.step.dma += abi.WriteCycles(len(p))
	if n.obs != nil {
		n.obs.DMAWrite(n.step.start, addr, p)
	}
}

// Transmit implements Env.
func (n *NIC) Transmit(frame []byte, _ bool) (spare []byte) {
	n.step.frame = frame
	return n.buffer()
}

// SetTimer implements Env.
func (n *NIC) SetTimer(_ uint16, ticks uint32) { n.step.arm = max(ticks, 1) }

// StopTimer implements Env.
func (n *NIC) StopTimer(slot uint16) {
	n.timers.set(slot, never)
	if n.hand != nil {
		n.hand.ticks[slot] = 0
	}
}

// Event implements Env; the queue is the Core's.
func (n *NIC) Event(abi.Event, uint32) {}
