package nic

import (
	"encoding/binary"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/cq"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/srq"
	"github.com/godwit-rdma/godwit/model/wire"
)

// NoSlot stands in a record for "no queue pair is concerned".
const NoSlot = 0xffff

// Params are the build parameters of a NIC.
type Params struct {
	// NumQP is 1..65535, NumMR and NumCQ are 1..255. Register CAP says 255 of more slots than that, and doorbells
	// reach the first 256; NUM_QP, DB_SEND and DB_RECV of feature many have no such bounds.
	NumQP, NumMR, NumCQ int
	// Migration tells whether the migration unit is there.
	Migration bool
	// Features is what the transport has beyond SEND and RDMA WRITE.
	Features abi.Feature
}

// DefaultParams are those of the reference RTL.
func DefaultParams() Params { return Params{NumQP: 8, NumMR: 16, NumCQ: 8, Migration: true} }

// Env is the world of a Core during a step. All byte slices but a frame are valid during the call only. Within a step the
// calls come in this order: DMARead of the command image or of the work queue element, DMARead of its list of buffers,
// DMARead of what an atomic finds, DMAWrite of the payload or of the word of an atomic, Event of the shared receive
// queue, DMAWrite of the completion, Event of its CQ, DMARead of the payload to send, Transmit, SetTimer or StopTimer,
// Event of the queue pair. Each DMA is one call of its exact length, and never one of length 0; payload in a list is one
// call for each of its pieces.
type Env interface {
	// DMARead fills p from host memory.
	DMARead(addr uint64, p []byte)
	// DMAWrite puts p into host memory.
	DMAWrite(addr uint64, p []byte)
	// Transmit sends a frame, which is the environment's from then on; it may give a buffer for one to come in exchange,
	// or nil. retransmit tells that it is a request whose PSN was sent before.
	Transmit(frame []byte, retransmit bool) (spare []byte)
	// SetTimer arms the one timer of a slot, StopTimer disarms it. ticks count as 1 if 0.
	SetTimer(slot uint16, ticks uint32)
	StopTimer(slot uint16)
	// Event tells that an event was raised. The Core has its event queue itself.
	Event(kind abi.Event, number uint32)
}

// Cause is what one step executes.
type Cause struct {
	// Kind says which of the other fields mean something. RX and RX_DROP are the same: a frame was received,
	// and what it is worth is for the Core to say.
	Kind abi.Cause
	// Slot is the context slot (CQ number in DB_CQ_CI and DB_CQ_ARM); not used in RX and CMD.
	Slot uint16
	// Arg is the register value of a doorbell or a STALL or RESUME write, the abi.Timer that ran out, or
	// argument 0 of a command.
	Arg uint32
	// Arg2 is the opcode (bits 31:24) and argument 1 (bits 23:0) of a command, and Addr its address.
	Arg2 uint32
	Addr uint64
	// Frame is what was received.
	Frame []byte
}

type slot struct {
	used bool
	ctx  abi.QPC
}

// Core is an RDMA NIC without time. It is deterministic and, in steady state, allocates nothing.
type Core struct {
	params  Params
	qps     []slot
	byQPN   map[uint32]uint16 // looked up only, never ranged
	recent  uint16            // the slot found in it last: packets come in runs
	lowest  uint16            // no slot below is free
	groups  []uint16          // by slot, if it is used: MigGroup, which is looked for among all of them
	regions *mem.Regions
	cqs     []cq.Queue
	srqs    []srq.Queue

	counters [abi.RegCounterCount]uint32
	events   eventQueue
	regs     registers
	rxSeq    uint32 // frames received
	txSeq    uint32 // frames handed to transmission
	steps    uint32 // records retired

	// Of the step under way. They are here and not on the stack of Apply because they escape through Env.
	rec     abi.Retire
	unseen  bool // nobody looks at the context in rec, which then is 0
	ev      qp.Event
	fx      qp.Effects
	pkt     wire.Packet // received
	out     wire.Packet // to send
	list    list
	element uint64 // where the work queue element was read
	image   [abi.QPCFullSize]byte
	frame   []byte // to be sent, or the room for the next one
	moved   uint32 // payload, between memory and the port
	// received is the frame of the step, while it is under way; grh the last datagram as it went to memory.
	received, grh []byte
}

// NewCore makes a Core in reset. It panics if a parameter is out of range.
func NewCore(p Params) *Core {
	if min(p.NumQP, p.NumMR, p.NumCQ) < 1 || max(p.NumMR, p.NumCQ) > 255 || p.NumQP > NoSlot {
		panic("BUG: NIC parameter out of range")
	}
	return &Core{
		params: p, qps: make([]slot, p.NumQP), byQPN: make(map[uint32]uint16, p.NumQP),
		groups:  make([]uint16, p.NumQP),
		regions: mem.NewRegions(p.NumMR), cqs: make([]cq.Queue, p.NumCQ), srqs: make([]srq.Queue, p.NumCQ),
		frame: make([]byte, 0, abi.MaxFrame),
	}
}

// Params returns the build parameters.
func (k *Core) Params() Params { return k.params }

// Context returns the context in a slot; ok is false if the slot is free or does not exist.
func (k *Core) Context(slot uint16) (c abi.QPC, ok bool) {
	if !k.allocated(slot) {
		return abi.QPC{}, false
	}
	return k.qps[slot].ctx, true
}

// CQ returns the context of a completion queue; ok is false if it was not created or does not exist.
func (k *Core) CQ(n int) (c abi.CQC, ok bool) {
	if n < 0 || n >= len(k.cqs) || !k.cqs[n].Used() {
		return abi.CQC{}, false
	}
	return k.cqs[n].CQC, true
}

// Region returns the memory region in a row of the table; ok is false if the row is free or does not exist.
func (k *Core) Region(row int) (abi.MR, bool) { return k.regions.At(row) }

// Wants says which opportunities the queue pair in a slot is ready for; none if there is no queue pair. A
// disabled NIC sends nothing.
func (k *Core) Wants(slot uint16) qp.Want {
	if !k.allocated(slot) {
		return 0
	}
	w := qp.Wants(&k.qps[slot].ctx)
	if !k.Enabled() {
		w &^= qp.WantSend
	}
	return w
}

// Enabled is CTRL.enable. Frames that arrive while it is 0 must not become causes.
func (k *Core) Enabled() bool { return k.regs.ctrl&abi.RegCtrlEnableMask != 0 }

// put makes c the context in slot n.
func (k *Core) put(n uint16, c *abi.QPC) {
	k.qps[n] = slot{used: true, ctx: *c}
	k.byQPN[c.QPN] = n
	k.groups[n] = c.MigGroup
}

func (k *Core) allocated(slot uint16) bool { return int(slot) < len(k.qps) && k.qps[slot].used }

// Apply executes one cause and returns its retire record, which is valid until the next call. It is total: a
// cause whose target is not there, or cannot take it, retires as IGNORED.
func (k *Core) Apply(c *Cause, env Env) *abi.Retire {
	k.begin(c)
	switch c.Kind {
	case abi.CauseRX, abi.CauseRXDrop:
		k.receive(c.Frame, env)
	case abi.CauseCMD:
		k.command(c, env)
	case abi.CauseDBCQCI, abi.CauseDBCQArm:
		k.doorbellCQ(c, env)
	case abi.CauseDBSRQ:
		k.doorbellSRQ(c)
	case abi.CauseNone:
		k.rec.Verdict = abi.VerdictIgnored
	default:
		k.rec.Slot = c.Slot
		k.ev.Arg = c.Arg
		k.step(env)
	}
	return k.retire()
}

// step executes k.rec.Cause on the queue pair in k.rec.Slot.
func (k *Core) step(env Env) {
	n := k.rec.Slot
	if !k.allocated(n) {
		k.rec.Verdict = abi.VerdictIgnored
		return
	}
	c, ev := &k.qps[n].ctx, &k.ev
	if ev.SRQ = nil; c.UseSRQ {
		ev.SRQ = k.sharedQueue(c)
	}
	ev.Cause, ev.OwnIP, ev.Features, ev.MROK, ev.SGL = k.rec.Cause, k.regs.ip, k.params.Features, false, nil
	if key, ok := qp.Invalidates(ev); ok {
		ev.KeyStays = !k.regions.MayInvalidate(c.PD, key)
	}
	if addr, ok := qp.Fetch(c, ev); ok {
		env.DMARead(addr, k.image[:abi.WQESize])
		ev.WQE.Decode(k.image[:])
		k.element = addr
		if n := qp.List(c, ev); n != 0 {
			k.readList(addr, n, env)
		}
	}
	var pa uint64
	if len(ev.SGL) != 0 {
		if s, ok := qp.CheckList(c, ev); ok {
			ev.MROK = k.list.check(k, c.PD, ev.SGL, s)
		}
	} else if r, ok := qp.Check(c, ev); ok {
		pa, ev.MROK = k.regions.Lookup(c.PD, r)
		if ev.MROK && r.Access == abi.AccessRemoteAtomic && c.Access&r.Access != 0 { // without leave nothing is even read
			env.DMARead(pa, k.image[:8])
			ev.Old = binary.LittleEndian.Uint64(k.image[:])
		}
	}
	k.rec.Verdict = qp.Step(c, ev, &k.fx)
	if k.rec.Verdict == abi.VerdictOK && (ev.Cause == abi.CauseStall || ev.Cause == abi.CauseActivate) {
		k.regs.stallCount++
	}
	k.effects(pa, env)
}

// effects carries out k.fx in the order that qp.Effects demands. pa is what the region check translated to.
func (k *Core) effects(pa uint64, env Env) {
	fx, c := &k.fx, &k.qps[k.rec.Slot].ctx
	if fx.Write != 0 {
		k.moved += fx.Write
		p := k.pkt.Payload
		if fx.WithHeader {
			p = k.datagram()
		}
		k.store(pa, p[:fx.Write], env)
	}
	if fx.HasWord {
		binary.LittleEndian.PutUint64(k.image[:], fx.Word)
		k.store(pa, k.image[:8], env)
	}
	if fx.TakeReceive {
		k.takeShared(c, env)
	}
	if fx.HasInvalidate {
		k.regions.Invalidate(c.PD, fx.Invalidate)
	}
	if fx.HasCQE && !k.complete(env) && k.guarded() {
		qp.Unreported(c, fx)
	}
	if fx.HasPacket && k.Enabled() {
		k.transmit(c, pa, env)
	}
	switch {
	case fx.SetTimer:
		k.rec.Flags |= flagTimerSet
		k.rec.TimerTicks = fx.Ticks
		env.SetTimer(k.rec.Slot, fx.Ticks)
	case fx.StopTimer:
		k.stopTimer(env)
	}
	if fx.Event != abi.EventNone {
		k.raise(fx.Event, c.QPN, env)
	}
}

func (k *Core) stopTimer(env Env) {
	k.rec.Flags |= flagTimerStopped
	env.StopTimer(k.rec.Slot)
}

// complete writes the step's completion into its queue, or says that it is lost.
func (k *Core) complete(env Env) (written bool) {
	fx := &k.fx
	if int(fx.CQN) >= len(k.cqs) {
		return false
	}
	solicited := k.params.Features&abi.FeatureSolicited != 0 && (fx.Solicited || fx.CQE.Status != abi.WCStatusSuccess)
	addr, write, event := k.cqs[fx.CQN].Push(&fx.CQE, solicited)
	if write {
		fx.CQE.Marshal(k.image[:])
		env.DMAWrite(addr, k.image[:abi.CQESize])
		k.counters[abi.CounterCompletions]++
	}
	if event != abi.EventNone {
		k.raise(event, uint32(fx.CQN), env)
	}
	return write
}

// ArmSolicited is the value of DB_CQ_ARM that arms for solicited or failed completions only.
const ArmSolicited = 2

// doorbellCQ executes DB_CQ_CI and DB_CQ_ARM.
func (k *Core) doorbellCQ(c *Cause, env Env) {
	k.rec.Slot = c.Slot
	k.rec.Verdict = abi.VerdictIgnored
	if int(c.Slot) >= len(k.cqs) {
		return
	}
	q := &k.cqs[c.Slot]
	if c.Kind == abi.CauseDBCQCI {
		k.rec.Verdict = q.Consume(c.Arg)
		return
	}
	v, event := q.Arm(c.Arg == ArmSolicited && k.params.Features&abi.FeatureSolicited != 0)
	k.rec.Verdict = v
	if event != abi.EventNone {
		k.raise(event, uint32(c.Slot), env)
	}
}
