package host

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// ErrDeadline is that something did not happen in the cycles it was given.
var ErrDeadline = errors.New("deadline exceeded")

// World is hosts on a fabric, and their containers. It is driven by one caller.
type World struct {
	fabric     *fabric.Fabric
	hosts      []*Host
	containers []*Container
	stepping   bool
	faults     []error // that Step has not told of
}

// NewWorld makes a world without hosts.
func NewWorld(f *fabric.Fabric) *World { return &World{fabric: f} }

// Fabric is the network.
func (w *World) Fabric() *fabric.Fabric { return w.fabric }

// Now is the world's time in cycles.
func (w *World) Now() uint64 { return w.fabric.Now() }

// Hosts are the hosts in the order they were added.
func (w *World) Hosts() []*Host { return slices.Clone(w.hosts) }

// Host finds a host by its name, nil when there is none.
func (w *World) Host(name string) *Host {
	for _, h := range w.hosts {
		if h.Name == name {
			return h
		}
	}
	return nil
}

// Host is a machine: a NIC, memory, and the driver between them.
type Host struct {
	Name   string
	NIC    nic.Device
	RAM    *mem.RAM
	Driver *driver.Device
	Port   *fabric.Port

	windows  []driver.Window // in use, in order of address
	trackers []*tracker
	left     []*driver.Context // copies given up that could not be closed
	plug     *plug
	timeout  uint64 // of the driver
	sick     bool   // the driver met nonsense, and Step was told
}

// HostConfig says what host to add.
type HostConfig struct {
	// Name is unique in the world.
	Name string
	// NIC is at the world's cycle, with its DMA in RAM.
	NIC nic.Device
	RAM *mem.RAM
	// MAC and IP are the host's addresses; zero chooses 02:67:6f:64:00:n and 10.0.0.n for the n-th host.
	MAC wire.MAC
	IP  wire.Addr
	// Timeout is the driver's, in cycles; 0 means driver.DefaultTimeout.
	Timeout uint64
}

// AddHost plugs a host into the fabric and probes its NIC.
func (w *World) AddHost(c HostConfig) (*Host, error) {
	n := byte(len(w.hosts) + 1)
	if c.MAC == (wire.MAC{}) {
		c.MAC = wire.MAC{0x02, 'g', 'o', 'd', 0, n}
	}
	if c.IP == (wire.Addr{}) {
		c.IP = wire.MapIPv4([4]byte{10, 0, 0, n})
	}
	if c.Name == "" || w.Host(c.Name) != nil {
		return nil, fmt.Errorf("host %q: the name is empty or taken", c.Name)
	}
	dev := &plug{Device: c.NIC}
	if c.Timeout == 0 {
		c.Timeout = driver.DefaultTimeout
	}
	port, err := w.fabric.Attach(c.Name, dev, c.MAC, c.IP)
	if err != nil {
		return nil, fmt.Errorf("host %s: %w", c.Name, err)
	}
	d, err := driver.Probe(driver.Config{
		NIC: dev, RAM: c.RAM, Scratch: 0, Advance: w.advance, Timeout: c.Timeout, MAC: c.MAC, NextHop: fabric.MAC, IP: c.IP,
	})
	if err != nil {
		return nil, fmt.Errorf("host %s: %w", c.Name, err)
	}
	h := &Host{
		Name: c.Name, NIC: c.NIC, RAM: c.RAM, Driver: d, Port: port, plug: dev, timeout: c.Timeout,
		windows: []driver.Window{{Base: 0, Size: driver.ScratchSize}},
	}
	w.hosts = append(w.hosts, h)
	return h, nil
}

// reserve takes size bytes of memory for a window, first fit.
func (h *Host) reserve(size uint64) (driver.Window, error) {
	var base uint64
	for i, u := range h.windows {
		if u.Base-base >= size {
			win := driver.Window{Base: base, Size: size}
			h.windows = slices.Insert(h.windows, i, win)
			return win, nil
		}
		base = u.Base + u.Size
	}
	if h.RAM.Size() < base || h.RAM.Size()-base < size {
		return driver.Window{}, fmt.Errorf("host %s: %#x bytes of memory: %w", h.Name, size, driver.ErrNoMem)
	}
	win := driver.Window{Base: base, Size: size}
	h.windows = append(h.windows, win)
	return win, nil
}

func (h *Host) unreserve(win driver.Window) {
	i := slices.Index(h.windows, win)
	if i < 0 {
		panic("BUG: a window is given back that is not in use")
	}
	h.windows = slices.Delete(h.windows, i, i+1)
}

// Step lets one window of the fabric pass, then handles interrupts, then gives every running container a turn. The
// error names the NIC that is dead, or else, since the last Step, the drivers that met nonsense, each once until it is
// over, and the programs that failed and were stopped.
func (w *World) Step() error {
	if err := w.advance(); err != nil {
		return err
	}
	return w.failed()
}

// StepTo lets the network and the drivers run up to a cycle that is no further away than a window; no program gets a
// turn. What drivers met is for Step to tell. So a test can intervene at any cycle, not only at the end of a window.
func (w *World) StepTo(cycle uint64) error {
	if now := w.Now(); cycle < now || cycle-now > w.fabric.Window() {
		return fmt.Errorf("from cycle %d to %d is no step: %w", now, cycle, driver.ErrInval)
	}
	return w.network(cycle)
}

func (w *World) network(end uint64) error {
	if err := w.fabric.StepTo(end); err != nil {
		return err
	}
	for _, h := range w.hosts {
		if h.Crashed() {
			continue
		}
		if err := h.Driver.HandleEvents(); err != nil && !h.sick {
			w.faults = append(w.faults, fmt.Errorf("host %s: %w", h.Name, err))
			h.sick = true
		} else if err == nil {
			h.sick = false
		}
	}
	return nil
}

// Run steps until done says so. It gives up after limit cycles with ErrDeadline.
func (w *World) Run(limit uint64, done func() bool) error {
	end := w.Now() + limit
	for !done() {
		if w.Now() >= end {
			return fmt.Errorf("at cycle %d: %w", w.Now(), ErrDeadline)
		}
		if err := w.Step(); err != nil {
			return err
		}
	}
	return nil
}

// pass lets at least the given number of cycles pass, whatever becomes of programs.
func (w *World) pass(cycles uint64) error {
	for end := w.Now() + cycles; w.Now() < end; {
		if err := w.advance(); err != nil {
			return err
		}
	}
	return nil
}

// wait is Run, whatever becomes of programs.
func (w *World) wait(limit uint64, done func() bool) error {
	for end := w.Now() + limit; !done(); {
		if w.Now() >= end {
			return fmt.Errorf("at cycle %d: %w", w.Now(), ErrDeadline)
		}
		if err := w.advance(); err != nil {
			return err
		}
	}
	return nil
}
