package cosim

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Observer sees everything that passes between a Device and the simulator, in order. The lockstep checker is one.
type Observer interface {
	// Sent is told each stimulus item as it is sent.
	Sent(it *bridge.Item)
	// Observed is told each observation, after it was applied to memory. An error ends the call that is under way and is
	// returned by it and by all later ones.
	Observed(it *bridge.Item) error
}

// Config describes a Device.
type Config struct {
	// Start starts a simulator and connects to it. It is called once by NewDevice and once by each Respawn.
	Start func() (*bridge.Conn, error)
	// RAM is the host memory. The simulator holds a copy: writes by the CPU are forwarded, those of the device come back.
	RAM *mem.RAM
	// Seed is that of everything in the device that has no reset value; 0 is all zero.
	Seed uint32
	// Backpressure delays the device's ports; the zero value never does.
	Backpressure bridge.Backpressure
	// HangBudget and AXIBudget are the cycles a port, or a register access, may stand still; 0 leaves it to the simulator.
	HangBudget, AXIBudget uint64
	// Observer may be nil.
	Observer Observer
	// Wave is begun by the first Run that reaches its cycle; the simulator must be built for it.
	Wave Wave
}

// DUTError is a verdict on the device, deterministic unlike a *bridge.Error: it hung, an assertion in the RTL failed, or
// it broke the rules of a port.
type DUTError struct {
	Kind  bridge.Kind // KindHang, KindAssert or KindFault
	Cycle uint64      // when, for hang and assertion
	Text  string      // the simulator's words
}

// Error names kind, cycle and text.
func (e *DUTError) Error() string {
	return fmt.Sprintf("the device failed at cycle %d: %v: %s", e.Cycle, e.Kind, e.Text)
}

// Device is a device under test behind the bridge. It is a nic.Device, so drivers cannot tell it from the golden NIC.
//
// Time stands still between calls. All that the CPU did since the last call, memory writes, register writes and frames,
// happens at the cycle Now: the memory writes first, as they would be long visible when a doorbell arrives.
type Device struct {
	cfg    Config
	conn   *bridge.Conn
	now    uint64
	irq    bool
	sent   []nic.Frame
	mem    writeQueue
	rx     []bridge.Item
	regs   []bridge.Item // writes not yet sent
	late   []uint32      // addresses of writes sent, not answered
	err    error         // what ended this device; sticky until Respawn
	slow   error         // refusal of a queued write, reported by the next call
	waving bool          // a waveform is being written
}

var _ nic.Device = (*Device)(nil)

// NewDevice starts a simulator and resets the device in it. RAM may already have content.
func NewDevice(cfg Config) (*Device, error) {
	d := &Device{cfg: cfg}
	cfg.RAM.SetMirror(d.mem.add)
	if err := d.Respawn(); err != nil {
		cfg.RAM.SetMirror(nil)
		return nil, err
	}
	return d, nil
}

// Respawn ends the simulator, whatever state it is in, and starts another one. The device is in reset state, at cycle 0;
// memory has the content of RAM.
func (d *Device) Respawn() error {
	if d.conn != nil {
		d.conn.Close()
	}
	conn, err := d.cfg.Start()
	if err != nil {
		d.err = err
		return err
	}
	d.conn, d.err, d.late = conn, nil, nil
	return d.Reset()
}

// Reset resets the device to cycle 0 in the running simulator. Frames under way are gone; memory keeps its content.
func (d *Device) Reset() error {
	if d.err != nil {
		var verdict *DUTError
		if !errors.As(d.err, &verdict) {
			return d.err
		}
		d.err = nil
	}
	d.now, d.irq, d.sent, d.rx, d.regs, d.slow = 0, false, nil, nil, nil, nil
	d.mem.reset()
	if err := d.send(bridge.Item{Kind: bridge.KindReset, Addr: d.cfg.RAM.Size(), Value: d.cfg.Seed}); err != nil {
		return err
	}
	if d.cfg.HangBudget != 0 || d.cfg.AXIBudget != 0 {
		if err := d.send(limits(d.cfg)); err != nil {
			return err
		}
	}
	if d.cfg.Backpressure != (bridge.Backpressure{}) {
		if err := d.send(d.cfg.Backpressure.Item()); err != nil {
			return err
		}
	}
	return d.sendMemory()
}

// Budgets of the simulator when only one of the two is configured.
const (
	defaultHangBudget = 100000
	defaultAXIBudget  = 10000
)

func limits(cfg Config) bridge.Item {
	it := bridge.Item{Kind: bridge.KindLimits, Cycle: cfg.HangBudget, Addr: cfg.AXIBudget}
	if it.Cycle == 0 {
		it.Cycle = defaultHangBudget
	}
	if it.Addr == 0 {
		it.Addr = defaultAXIBudget
	}
	return it
}

// sendMemory forwards all of RAM that is not zero.
func (d *Device) sendMemory() error {
	page := make([]byte, mem.PageSize)
	for addr := uint64(0); addr < d.cfg.RAM.Size(); addr += uint64(len(page)) {
		p := page[:min(uint64(len(page)), d.cfg.RAM.Size()-addr)]
		if err := d.cfg.RAM.Read(addr, p); err != nil {
			return err
		}
		if !zero(p) {
			d.mem.add(addr, p)
		}
	}
	return d.flush()
}

func zero(p []byte) bool {
	for _, b := range p {
		if b != 0 {
			return false
		}
	}
	return true
}

// Conn returns the connection to the simulator, for its statistics and transcript.
func (d *Device) Conn() *bridge.Conn { return d.conn }

// ReadReg implements nic.Device. It takes the device a few cycles.
func (d *Device) ReadReg(addr uint32) (uint32, error) {
	if err := d.flush(); err != nil {
		return 0, err
	}
	if err := d.send(bridge.Item{Kind: bridge.KindRegRead, Addr: uint64(addr)}); err != nil {
		return 0, err
	}
	it, err := d.await(bridge.KindRegData)
	if err != nil {
		return 0, err
	}
	if err := d.takeSlow(); err != nil {
		return 0, err
	}
	if it.Code != bridge.RespOkay {
		return 0, regError(addr, false, it.Code)
	}
	return it.Value, nil
}

// WriteReg implements nic.Device. Writes that a device cannot refuse are queued, and sent with the next Run or ReadReg;
// should one be refused all the same, that call says so. The others are sent at once.
func (d *Device) WriteReg(addr, v uint32) error {
	if d.err != nil {
		return d.err
	}
	d.regs = append(d.regs, bridge.Item{Kind: bridge.KindRegWrite, Addr: uint64(addr), Value: v})
	if !refusable(addr) {
		return nil
	}
	if err := d.flush(); err != nil {
		return err
	}
	for len(d.late) > 0 {
		if _, err := d.await(bridge.KindRegDone); err != nil {
			return err
		}
	}
	return d.takeSlow()
}

// refusable reports whether the specification lets a device answer SLVERR to a write of this register.
func refusable(addr uint32) bool {
	r, _, ok := abi.FindRegister(addr)
	if !ok || !r.Writable {
		return true
	}
	switch r.At {
	case abi.RegCMDGo, abi.RegStall, abi.RegResume:
		return true
	}
	return false
}

func regError(addr uint32, write bool, code uint8) error {
	e := &nic.RegError{Addr: addr, Write: write, Why: "the bus answers SLVERR"}
	switch code {
	case bridge.RespDecErr:
		e.Why = "the bus answers DECERR"
	case bridge.RespNone:
		e.Why = "the device does not answer"
	}
	if r, i, ok := abi.FindRegister(addr); ok {
		e.Name = r.Name
		if r.Count > 1 {
			e.Name = fmt.Sprintf("%s[%d]", r.Name, i)
		}
	}
	return e
}

// Deliver implements nic.Device. A cycle that has passed means the next one.
func (d *Device) Deliver(cycle uint64, frame []byte) {
	d.rx = append(d.rx, bridge.Item{Kind: bridge.KindRX, Cycle: cycle, Data: append([]byte(nil), frame...)})
}

// Run implements nic.Device. The error is a *DUTError for a device that hangs or asserts, a *bridge.Error for a simulator
// that died, a *nic.RegError for a queued write that was refused, or the Observer's.
func (d *Device) Run(until uint64) error {
	if d.err != nil || until <= d.now {
		return d.err
	}
	if w := &d.cfg.Wave; w.Path != "" && until >= w.From {
		if err := d.Trace(w.Path); err != nil {
			return err
		}
		w.Path, d.waving = "", true
	}
	if err := d.flush(); err != nil {
		return err
	}
	if err := d.send(bridge.Item{Kind: bridge.KindRun, Cycle: until}); err != nil {
		return err
	}
	if _, err := d.await(bridge.KindRan); err != nil {
		return err
	}
	return d.takeSlow()
}

// Now implements nic.Device.
func (d *Device) Now() uint64 { return d.now }

// Sent implements nic.Device.
func (d *Device) Sent() []nic.Frame {
	s := d.sent
	d.sent = nil
	return s
}

// IRQ implements nic.Device.
func (d *Device) IRQ() bool { return d.irq }

// Trace starts a waveform at path, or ends it when path is empty. It needs a simulator built for it; an error of another
// one comes with the next call.
func (d *Device) Trace(path string) error {
	it := bridge.Item{Kind: bridge.KindTrace, Data: []byte(path)}
	if path != "" {
		it.Code = 1
	}
	return d.send(it)
}

// Close implements nic.Device: it ends the simulator.
func (d *Device) Close() error {
	d.cfg.RAM.SetMirror(nil)
	d.endWave()
	if d.err == nil {
		d.err = errors.New("the device is closed")
	}
	return d.conn.Close()
}

// endWave lets the simulator finish the waveform: one that is killed leaves half a file. The device may have
// failed, and its observer may object to it; the connection does not care.
func (d *Device) endWave() {
	if !d.waving || d.conn.Send(bridge.Item{Kind: bridge.KindTrace}) != nil || d.conn.Send(bridge.Item{Kind: bridge.KindPing}) != nil {
		return
	}
	for {
		if it, err := d.conn.Recv(); err != nil || it.Kind == bridge.KindPong {
			return
		}
	}
}

// send sends one item.
func (d *Device) send(it bridge.Item) error {
	if d.err != nil {
		return d.err
	}
	if d.cfg.Observer != nil {
		d.cfg.Observer.Sent(&it)
	}
	if err := d.conn.Send(it); err != nil {
		d.err = err
	}
	return d.err
}

// flush sends what the CPU did since the last call.
func (d *Device) flush() error {
	if d.err != nil {
		return d.err
	}
	for _, w := range d.mem.take() {
		if err := d.send(w); err != nil {
			return err
		}
	}
	for _, it := range d.rx {
		if err := d.send(it); err != nil {
			return err
		}
	}
	for _, it := range d.regs {
		if err := d.send(it); err != nil {
			return err
		}
		d.late = append(d.late, uint32(it.Addr))
	}
	d.rx, d.regs = d.rx[:0], d.regs[:0]
	return nil
}

// await receives until the first item of the kind, which it returns.
func (d *Device) await(want bridge.Kind) (bridge.Item, error) {
	for {
		it, err := d.conn.Recv()
		if err != nil {
			d.err = err
			return it, err
		}
		d.apply(&it)
		if d.cfg.Observer != nil {
			if err := d.cfg.Observer.Observed(&it); err != nil && d.err == nil {
				d.err = err
			}
		}
		var verdict *DUTError
		if d.err != nil && !errors.As(d.err, &verdict) {
			return it, d.err
		}
		// A failed device still answers everything, so that it can be reset.
		if it.Kind == want {
			return it, d.err
		}
	}
}

// apply makes an observation true on this side.
func (d *Device) apply(it *bridge.Item) {
	switch it.Kind {
	case bridge.KindDMAWrite:
		d.cfg.RAM.DMAWrite(it.Addr, it.Data)
	case bridge.KindTX:
		// A copy: the frame is the receiver's, who may write in it, and the Observer may look at the item later.
		d.sent = append(d.sent, nic.Frame{Cycle: it.Cycle, Data: slices.Clone(it.Data)})
	case bridge.KindIRQ:
		d.irq = it.Code != 0
	case bridge.KindRan, bridge.KindRegData:
		d.now = max(d.now, it.Cycle)
	case bridge.KindRegDone:
		d.now = max(d.now, it.Cycle)
		addr := d.late[0]
		d.late = d.late[1:]
		if it.Code != bridge.RespOkay && d.slow == nil {
			d.slow = regError(addr, true, it.Code)
		}
	case bridge.KindHang, bridge.KindAssert, bridge.KindFault:
		if d.err == nil {
			d.err = &DUTError{it.Kind, max(d.now, it.Cycle), string(it.Data)}
		}
	}
}

func (d *Device) takeSlow() error {
	err := d.slow
	d.slow = nil
	return err
}
