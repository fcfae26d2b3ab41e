package driver

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// DefaultTimeout is how many cycles a control-plane call waits for the device: 4 ms.
const DefaultTimeout = 1_000_000

// maxSlots is how many slots a device can have: what commands can name, less the one that stands for none.
const maxSlots = 65535

// ScratchSize is the size in bytes of the command buffer at Config.Scratch.
const ScratchSize = WindowAlign

// Config is what a driver needs to know of its host.
type Config struct {
	// NIC is the device.
	NIC nic.Device
	// RAM is the memory that the device does DMA to.
	RAM Memory
	// Scratch is the physical address of ScratchSize bytes that belong to the driver; a multiple of 64.
	Scratch uint64
	// Advance lets a little simulated time pass, for this device and all the world. Its error ends the call that
	// waits. It may call HandleEvents and data-plane calls, nothing else of this package.
	Advance func() error
	// Timeout is the number of cycles after which a control-plane call gives up; 0 means DefaultTimeout.
	Timeout uint64
	// MAC is the device's own Ethernet address, NextHop that of the router its partners are behind.
	MAC, NextHop wire.MAC
	// IP is the device's own address. Its partners' are of the same family.
	IP wire.Addr
}

// Capability is what a device has: register CAP.
type Capability struct {
	// Migration: the migration unit is present.
	Migration bool
	// Features is what the transport has beyond SEND and RDMA WRITE: register FEATURES.
	Features abi.Feature
	// NumQP, NumMR, NumCQ are the sizes of the tables.
	NumQP, NumMR, NumCQ int
}

// Device is a NIC that was probed.
type Device struct {
	cfg        Config
	caps       Capability
	contexts   []*Context // in order of opening
	slots      []*QP      // by slot: the queue pair whose it is, as far as the driver knows
	commands   bool       // a command is being waited for
	abandoned  *command   // not known to have ended, or how
	owed       []command  // take back what a failure left on the device; executed before anything else is
	unanswered [2]uint32  // register and value of a STALL or RESUME write that timed out
	overflow   bool       // the event queue's overflow was seen and passed on
	spent      spending   // by commands
}

// Probe checks that cfg.NIC is a godwit NIC of this specification revision, programs its addresses and enables
// it. Errors: ErrNoDevice, ErrInval, ErrIO.
func Probe(cfg Config) (*Device, error) {
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.Scratch%blockAlign != 0 || cfg.RAM.Size() < ScratchSize || cfg.Scratch > cfg.RAM.Size()-ScratchSize {
		return nil, fmt.Errorf("probe: scratch page at %#x: %w", cfg.Scratch, ErrInval)
	}
	d := &Device{cfg: cfg}
	if err := d.identify(); err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	if !wire.IsIPv4(cfg.IP) && d.caps.Features == 0 {
		return nil, fmt.Errorf("probe: address %s: the device has IPv4 only: %w", wire.FormatAddr(cfg.IP), ErrNotSupported)
	}
	if err := d.program(); err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	return d, nil
}

func (d *Device) identify() error {
	id, err := d.read(abi.RegID)
	if err != nil {
		return err
	}
	if id != Kind {
		return fmt.Errorf("register ID reads %#08x, a godwit NIC has %#08x: %w", id, Kind, ErrNoDevice)
	}
	rev, err := d.read(abi.RegRevision)
	if err != nil {
		return err
	}
	if rev != abi.Revision32 {
		return fmt.Errorf("the device is of specification revision %08x, this driver of %08x: %w",
			rev, abi.Revision32, ErrNoDevice)
	}
	v, err := d.read(abi.RegCap)
	if err != nil {
		return err
	}
	var features uint32
	if v&abi.RegCapFeaturesMask != 0 {
		if features, err = d.read(abi.RegFeatures); err != nil {
			return err
		}
	}
	d.caps = Capability{
		Features:  abi.Feature(features),
		Migration: v&abi.RegCapMigrationMask != 0,
		NumQP:     int(v & abi.RegCapNumQPMask >> abi.RegCapNumQPShift),
		NumMR:     int(v & abi.RegCapNumMRMask >> abi.RegCapNumMRShift),
		NumCQ:     int(v & abi.RegCapNumCQMask >> abi.RegCapNumCQShift),
	}
	if d.caps.Features&abi.FeatureMany != 0 {
		if v, err = d.read(abi.RegNumQP); err != nil {
			return err
		}
		if v < uint32(d.caps.NumQP) || v > maxSlots {
			return fmt.Errorf("register NUM_QP reads %d, CAP %d: %w", v, d.caps.NumQP, ErrDevice)
		}
		d.caps.NumQP = int(v)
	}
	d.slots = make([]*QP, d.caps.NumQP)
	return nil
}

func (d *Device) program() error {
	lo, hi := macRegs(d.cfg.MAC)
	nlo, nhi := macRegs(d.cfg.NextHop)
	writes := [][2]uint32{
		{abi.RegMACLO, lo}, {abi.RegMACHI, hi}, {abi.RegNexthopLO, nlo}, {abi.RegNexthopHI, nhi},
	}
	for i := range abi.RegIPCount {
		b := d.cfg.IP[4*i : 4*i+4]
		writes = append(writes, [2]uint32{
			abi.RegIP + i*abi.RegIPStride,
			uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24,
		})
	}
	writes = append(writes, [2]uint32{abi.RegCtrl, abi.RegCtrlEnableMask})
	for _, w := range writes {
		if err := d.write(w[0], w[1]); err != nil {
			return err
		}
	}
	return nil
}

// contextImage is the image of a context as the device takes it: with the extended banks if it has features.
func (d *Device) contextImage(x *abi.QPC) []byte {
	if d.caps.Features == 0 {
		b := x.Image()
		return b[:]
	}
	b := x.ImageFull()
	return b[:]
}

// has tells whether the device has all of these features.
func (d *Device) has(f abi.Feature) bool { return d.caps.Features&f == f }

func macRegs(m wire.MAC) (lo, hi uint32) {
	return uint32(m[0]) | uint32(m[1])<<8 | uint32(m[2])<<16 | uint32(m[3])<<24, uint32(m[4]) | uint32(m[5])<<8
}

// reaches tells whether the device, which has one address, can send to a partner at ip.
func (d *Device) reaches(ip wire.Addr) bool { return wire.IsIPv4(ip) == wire.IsIPv4(d.cfg.IP) }

// Caps tells what the device has.
func (d *Device) Caps() Capability { return d.caps }

// IP is the device's own address.
func (d *Device) IP() wire.Addr { return d.cfg.IP }

// MAC is the device's own Ethernet address.
func (d *Device) MAC() wire.MAC { return d.cfg.MAC }

// Now is the device's time in cycles.
func (d *Device) Now() uint64 { return d.cfg.NIC.Now() }

// Contexts are the contexts on this device that are not released, tombstones included, in order of opening.
func (d *Device) Contexts() []*Context { return slices.Clone(d.contexts) }

// Counter reads a counter by its index, as abi names them. 32-bit, wrapping.
func (d *Device) Counter(index int) (uint32, error) {
	if index < 0 || uint32(index) >= abi.RegCounterCount {
		return 0, fmt.Errorf("counter %d: %w", index, ErrInval)
	}
	return d.read(abi.RegCounter + uint32(index)*abi.RegCounterStride)
}

// Ready tells whether the device can take a command: no command that timed out is still running.
func (d *Device) Ready() (bool, error) {
	v, err := d.read(abi.RegCMDStatus)
	return err == nil && v&abi.RegCMDStatusBusyMask == 0, err
}

func (d *Device) read(reg uint32) (uint32, error) {
	v, err := d.cfg.NIC.ReadReg(reg)
	if err != nil {
		return 0, fmt.Errorf("read of register %#04x: %w: %w", reg, err, ErrIO)
	}
	return v, nil
}

func (d *Device) write(reg, v uint32) error {
	if err := d.cfg.NIC.WriteReg(reg, v); err != nil {
		return fmt.Errorf("write of register %#04x: %w: %w", reg, err, ErrIO)
	}
	return nil
}

func (d *Device) load(addr uint64, p []byte) error {
	if err := d.cfg.RAM.Read(addr, p); err != nil {
		return fmt.Errorf("%w: %w", err, ErrIO)
	}
	return nil
}

func (d *Device) store(addr uint64, p []byte) error {
	if err := d.cfg.RAM.Write(addr, p); err != nil {
		return fmt.Errorf("%w: %w", err, ErrIO)
	}
	return nil
}

// await lets time pass until no bit of busy is set in register reg, and returns its value.
func (d *Device) await(reg, busy uint32) (uint32, error) {
	begin := d.Now()
	for {
		v, err := d.read(reg)
		if err != nil {
			return 0, err
		}
		if v&busy == 0 {
			return v, nil
		}
		now := d.Now()
		if now-begin >= d.cfg.Timeout {
			return 0, fmt.Errorf("register %#04x reads %#08x, busy for %d cycles: %w", reg, v, now-begin, ErrTimeout)
		}
		if err := d.cfg.Advance(); err != nil {
			return 0, fmt.Errorf("%w: %w", err, ErrIO)
		}
		if d.Now() <= now {
			return 0, fmt.Errorf("time stands still at cycle %d: %w", now, ErrIO)
		}
	}
}
