package cosim

import (
	"errors"
	"fmt"
	"net"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// GoldenDUT is the golden NIC as a device under test: the other end of the bridge, without RTL or simulator. It
// answers stimulus as the harness does, so that drivers, checkers and tests of the bridge run without Verilator,
// and so that a newcomer's simulator has a peer to compare itself with.
type GoldenDUT struct {
	// Params of the NIC.
	Params nic.Params
	// TickCycles is its tick; 0 means abi.TickCycles.
	TickCycles uint64
	// Tamper, if not nil, may change an observation before it is sent, or suppress it by returning false: a
	// device with a fault, to try a checker on.
	Tamper func(it *bridge.Item) bool

	ram  *mem.RAM
	dev  *nic.NIC
	emit func(bridge.Item) error
	err  error
}

// Serve answers stimulus on nc until the host leaves. It returns nil when it left in good order.
func (g *GoldenDUT) Serve(nc net.Conn) error {
	g.reset(mem.PageSize)
	return bridge.Serve(nc, g, bridge.Options{Hello: g.hello()})
}

func (g *GoldenDUT) hello() bridge.Hello {
	tick := g.TickCycles
	if tick == 0 {
		tick = abi.TickCycles
	}
	return bridge.Hello{
		Role: bridge.RoleDUT, Revision: abi.Revision, Caps: []string{bridge.CapTests},
		Manifest: bridge.Manifest{
			Name: "golden", Simulator: "model/nic", DataW: 128, NumQP: g.Params.NumQP, NumMR: g.Params.NumMR,
			NumCQ: g.Params.NumCQ, TickDiv: int(tick), MaxFrame: abi.MaxFrame, Migration: g.Params.Migration,
		},
	}
}

// maxGoldenRAM is the largest host memory: the golden NIC's lies in this process.
const maxGoldenRAM = 1 << 32

func (g *GoldenDUT) reset(memory uint64) {
	g.ram = mem.NewRAM(memory)
	g.dev = nic.New(nic.Config{Params: g.Params, TickCycles: g.TickCycles, Observer: (*goldenObserver)(g)}, g.ram)
}

// Handle executes one stimulus item.
func (g *GoldenDUT) Handle(it bridge.Item, emit func(bridge.Item) error) error {
	g.emit, g.err = emit, nil
	switch it.Kind {
	case bridge.KindReset:
		if it.Addr > maxGoldenRAM {
			g.fault(bridge.FaultBadStimulus, fmt.Sprintf("memory of %#x bytes is too large", it.Addr))
			break
		}
		g.reset(it.Addr)
	case bridge.KindTestBegin:
		g.reset(g.ram.Size())
	case bridge.KindTestEnd:
		g.say(bridge.Item{Kind: bridge.KindTestDone, Cycle: g.dev.Now(), Value: it.Value})
	case bridge.KindMemWrite:
		if err := g.ram.Write(it.Addr, it.Data); err != nil {
			g.fault(bridge.FaultBadStimulus, err.Error())
		}
	case bridge.KindRegRead, bridge.KindRegWrite:
		g.access(&it)
	case bridge.KindRX:
		g.dev.Deliver(max(it.Cycle, g.dev.Now()), it.Data)
	case bridge.KindRun:
		if err := g.dev.Run(it.Cycle); err != nil {
			return err
		}
		g.say(bridge.Item{Kind: bridge.KindRan, Cycle: g.dev.Now()})
	case bridge.KindTrace:
		g.fault(bridge.FaultUnsupported, "the golden NIC has no waveform")
	case bridge.KindBackpressure, bridge.KindLimits:
		// Nothing delays the golden NIC, and it never hangs.
	default:
		return fmt.Errorf("stimulus %v is not known to the golden NIC", it.Kind)
	}
	return g.err
}

// access reads or writes a register. One whose address the bus cannot carry is refused without being performed.
func (g *GoldenDUT) access(it *bridge.Item) {
	out := bridge.Item{Kind: bridge.KindRegDone, Addr: it.Addr, Code: bridge.RespNone}
	if it.Kind == bridge.KindRegRead {
		out.Kind = bridge.KindRegData
	}
	switch {
	case it.Addr > 0xffff:
		g.fault(bridge.FaultBadStimulus, fmt.Sprintf("register address %#x has over 16 bits", it.Addr))
	case it.Kind == bridge.KindRegRead:
		v, err := g.dev.ReadReg(uint32(it.Addr))
		out.Value, out.Code = v, response(err)
	default:
		out.Code = response(g.dev.WriteReg(uint32(it.Addr), it.Value))
	}
	out.Cycle = g.dev.Now()
	g.say(out)
}

func (g *GoldenDUT) fault(code uint8, text string) {
	g.say(bridge.Item{Kind: bridge.KindFault, Code: code, Data: []byte(text)})
}

// response is the AXI response for the result of a register access.
func response(err error) uint8 {
	var slverr *nic.RegError
	if errors.As(err, &slverr) {
		return bridge.RespSlvErr
	}
	return bridge.RespOkay
}

// say sends an observation, unless one before it could not be sent.
func (g *GoldenDUT) say(it bridge.Item) {
	if g.err != nil || g.Tamper != nil && !g.Tamper(&it) {
		return
	}
	g.err = g.emit(it)
}

// goldenObserver turns what the NIC does into observations.
type goldenObserver GoldenDUT

func (o *goldenObserver) say(it bridge.Item, data []byte) {
	it.Data = append([]byte(nil), data...)
	(*GoldenDUT)(o).say(it)
}

// DMARead implements nic.Observer.
func (o *goldenObserver) DMARead(cycle, addr uint64, p []byte) {
	o.say(bridge.Item{Kind: bridge.KindDMARead, Cycle: cycle, Addr: addr}, p)
}

// DMAWrite implements nic.Observer.
func (o *goldenObserver) DMAWrite(cycle, addr uint64, p []byte) {
	o.say(bridge.Item{Kind: bridge.KindDMAWrite, Cycle: cycle, Addr: addr}, p)
}

// Transmit implements nic.Observer.
func (o *goldenObserver) Transmit(cycle uint64, frame []byte) {
	o.say(bridge.Item{Kind: bridge.KindTX, Cycle: cycle}, frame)
}

// Retire implements nic.Observer.
func (o *goldenObserver) Retire(cycle uint64, rec *abi.Retire) {
	image := rec.Image()
	o.say(bridge.Item{Kind: bridge.KindRetire, Cycle: cycle}, image[:])
}

// IRQ implements nic.Observer.
func (o *goldenObserver) IRQ(cycle uint64, level bool) {
	it := bridge.Item{Kind: bridge.KindIRQ, Cycle: cycle}
	if level {
		it.Code = 1
	}
	o.say(it, nil)
}
