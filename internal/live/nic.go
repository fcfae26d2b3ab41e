package live

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/godwit-rdma/godwit/internal/neigh"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// MAC is an Ethernet address in the order of the wire.
type MAC = wire.MAC

// Config says what NIC to run. Zero values choose what is said.
type Config struct {
	// Name is for captures and messages; "" means godwit.
	Name string
	// Attachment is where it is plugged in. It is closed with the NIC.
	Attachment Attachment
	// MAC is its Ethernet address; zero means 02:67:6f:64:77:01.
	MAC MAC
	// IP is its address; Subnet what is on the link, zero for everything; Gateway the way to the rest, if there is one.
	IP      netip.Addr
	Subnet  netip.Prefix
	Gateway netip.Addr
	// MTU is the longest IP packet of the link in bytes; 0 means that of the attachment if it has one, else 1500.
	MTU int
	// Containers is how many there may be, 1..15, 0 meaning 4, and Memory the bytes of each, rounded up to a page; 0
	// means 4 MiB.
	Containers int
	Memory     uint64
	// Params are those of the golden NIC; zero means 128 queue pairs, 255 regions, 255 completion queues, migration, all
	// features.
	Params nic.Params
	// Device makes another device, with its DMA in ram; nil means the golden NIC.
	Device func(ram *mem.RAM) (nic.Device, error)
	// Cycle is the wall time of a cycle; 0 means that of the reference NIC. A device that is slower than this loses time.
	Cycle time.Duration
	// Standby: the address is still another NIC's. Until Adopt, nothing is received, answered or sent.
	Standby bool
	// Recorder, if not nil, gets every frame.
	Recorder *Recorder
}

func (c *Config) fill() error {
	if c.Name == "" {
		c.Name = "godwit"
	}
	if c.MAC == (MAC{}) {
		c.MAC = MAC{0x02, 'g', 'o', 'd', 'w', 1}
	}
	if a, ok := c.Attachment.(interface{ MTU() int }); ok && c.MTU == 0 {
		c.MTU = a.MTU()
	}
	if c.MTU == 0 {
		c.MTU = 1500
	}
	if c.Containers == 0 {
		c.Containers = 4
	}
	if c.Memory == 0 {
		c.Memory = 4 << 20
	}
	c.Memory = (c.Memory + driver.WindowAlign - 1) / driver.WindowAlign * driver.WindowAlign
	if c.Params == (nic.Params{}) {
		c.Params = nic.Params{NumQP: 128, NumMR: 255, NumCQ: 255, Migration: true, Features: abi.FeaturesAll}
	}
	if c.Cycle == 0 {
		c.Cycle = Cycle
	}
	switch {
	case c.Attachment == nil:
		return errors.New("a NIC needs an attachment")
	case c.Containers < 1 || c.Containers > 15:
		return fmt.Errorf("%d containers, want 1 to 15", c.Containers)
	case c.MTU < 576 || c.MTU > MaxFrame-wire.EthLen:
		return fmt.Errorf("an MTU of %d bytes, want 576 to %d", c.MTU, MaxFrame-wire.EthLen)
	}
	return nil
}

// Stats are what a NIC's port has seen, beside the counters of the device.
type Stats struct {
	// In and Out are the frames received and sent, of all protocols.
	In, Out uint64
	// Unresolved are frames whose next hop nobody answered for, Overrun frames that the attachment did not take in time.
	Unresolved, Overrun uint64
	// Conflict is another station that says that it has the NIC's address; zero if there is none.
	Conflict MAC
	// Lost is the time that did not pass because the process was not scheduled, or the device is too slow.
	Lost time.Duration
}

// NIC is a NIC in real time. Make one with Open.
type NIC struct {
	cfg  Config
	stop chan struct{}
	once sync.Once
	wg   sync.WaitGroup
	rx   chan []byte
	tx   chan []byte
	kick chan struct{}

	mu         sync.Mutex // of all that follows
	dev        nic.Device
	drv        *driver.Device
	ram        *mem.RAM
	clock      clock
	station    *neigh.Station
	in, out    line
	waiting    []pending
	guards     []*guard
	containers []*Container
	note       string // why the next frame of a capture is as it is
	happened   bool   // something has, that waiters may wait for
	changed    chan struct{}
	stats      Stats
	err        error
}

// portQueue is how many frames wait between the attachment and the NIC, each way.
const portQueue = 4096

// Open starts a NIC. Bad input is told as such; other errors are those of the device.
func Open(c Config) (*NIC, error) {
	if err := c.fill(); err != nil {
		return nil, fmt.Errorf("live NIC: %w", err)
	}
	station, err := neigh.New(neigh.Config{MAC: c.MAC, IP: c.IP, Subnet: c.Subnet, Gateway: c.Gateway})
	if err != nil {
		return nil, fmt.Errorf("live NIC %s: %w", c.Name, err)
	}
	station.SetSilent(c.Standby)
	n := &NIC{
		cfg: c, station: station, stop: make(chan struct{}), changed: make(chan struct{}),
		rx: make(chan []byte, portQueue), tx: make(chan []byte, portQueue), kick: make(chan struct{}, 1),
		ram: mem.NewRAM(driver.ScratchSize + uint64(c.Containers)*c.Memory),
	}
	n.in = line{emit: n.input, tell: n.fated}
	n.out = line{emit: n.transmit, tell: n.fated}
	if c.Device == nil {
		n.dev = nic.New(nic.Config{Params: c.Params}, n.ram)
	} else if n.dev, err = c.Device(n.ram); err != nil {
		return nil, fmt.Errorf("live NIC %s: %w", c.Name, err)
	}
	n.clock = clock{start: time.Now(), cycle: c.Cycle}
	n.drv, err = driver.Probe(driver.Config{
		NIC: n.dev, RAM: n.ram, Advance: n.advance, MAC: c.MAC, NextHop: anyHop, IP: addr(c.IP),
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("live NIC %s: %w", c.Name, err), n.dev.Close())
	}
	n.wg.Go(n.read)
	n.wg.Go(n.write)
	n.wg.Go(n.loop)
	return n, nil
}

// anyHop is what the device sends to; the port puts the address of the partner there.
var anyHop = MAC{0x02, 'g', 'o', 'd', 'w', 0}

// addr is an address as the device has it.
func addr(ip netip.Addr) wire.Addr { return ip.As16() }

// AddrOf is an address of the device as others have it.
func AddrOf(a wire.Addr) netip.Addr { return netip.AddrFrom16(a).Unmap() }

// Name is the NIC's name.
func (n *NIC) Name() string { return n.cfg.Name }

// IP is the NIC's address.
func (n *NIC) IP() netip.Addr { return n.cfg.IP.Unmap() }

// MAC is the NIC's Ethernet address.
func (n *NIC) MAC() MAC { return n.cfg.MAC }

// MTU is the longest IP packet of the link in bytes.
func (n *NIC) MTU() int { return n.cfg.MTU }

// Attachment names where the NIC is plugged in.
func (n *NIC) Attachment() string { return n.cfg.Attachment.String() }

// Caps are the capabilities of the device.
func (n *NIC) Caps() driver.Capability { return n.drv.Caps() }

// Close ends the NIC and its attachment. Containers on it are gone.
func (n *NIC) Close() error {
	var err error
	n.once.Do(func() {
		close(n.stop)
		err = n.cfg.Attachment.Close()
		n.wg.Wait()
		n.mu.Lock()
		defer n.mu.Unlock()
		n.fail(net.ErrClosed)
		err = errors.Join(err, n.dev.Close())
	})
	return err
}

// Err is why the NIC ended; nil while it runs.
func (n *NIC) Err() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

// Wait returns when the NIC has ended, and why; or when ctx has.
func (n *NIC) Wait(ctx context.Context) error {
	return n.until(ctx, func() (bool, error) { return false, nil })
}

// fail ends the NIC for a reason, the first of which stays.
func (n *NIC) fail(err error) {
	if n.err == nil && err != nil {
		n.err = fmt.Errorf("NIC %s on %v: %w", n.cfg.Name, n.cfg.Attachment, err)
	}
	n.notify()
}

// notify wakes those who wait for something to happen.
func (n *NIC) notify() {
	n.happened = false
	close(n.changed)
	n.changed = make(chan struct{})
}

// do runs f while nothing else happens, at the present time.
func (n *NIC) do(f func() error) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.err != nil {
		return n.err
	}
	n.round(0)
	if n.err != nil {
		return n.err
	}
	err := f()
	n.round(0)
	select {
	case n.kick <- struct{}{}: // what f did may be due before the loop would wake
	default:
	}
	return err
}

// Counters are the counters of the device, by name, in the order of the specification.
func (n *NIC) Counters() ([]Counter, error) {
	var all []Counter
	err := n.do(func() error {
		for i, name := range abi.CounterNames {
			if name == "" {
				continue
			}
			v, err := n.drv.Counter(i)
			if err != nil {
				return err
			}
			all = append(all, Counter{name, v})
		}
		return nil
	})
	return all, err
}

// Counter is a counter of the device.
type Counter struct {
	Name  string
	Value uint32
}

// Stats are what the port has seen so far.
func (n *NIC) Stats() Stats {
	n.mu.Lock()
	defer n.mu.Unlock()
	s := n.stats
	s.Lost = time.Duration(n.clock.lost) * n.clock.cycle
	s.Conflict, _ = n.station.Conflict()
	return s
}

// AddFault adds a scripted fault.
func (n *NIC) AddFault(f Fault) {
	n.mu.Lock()
	defer n.mu.Unlock()
	l := n.line(f.Dir)
	l.faults = append(l.faults, &scripted{Fault: f})
}

// SetChance says what happens to frames of a direction by chance; the zero value ends it.
func (n *NIC) SetChance(d Direction, c Chance) error {
	if err := c.check(); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	l := n.line(d)
	l.chance = c
	l.rng = fabric.SplitMix(c.Seed)
	return nil
}

// ClearFaults ends all faults, and returns the names of those scripted that have not acted as often as they were to;
// those without end must have acted once.
func (n *NIC) ClearFaults() (unused []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, l := range []*line{&n.in, &n.out} {
		for _, f := range l.faults {
			if f.acted < max(f.Times, 1) {
				unused = append(unused, f.Name)
			}
		}
		l.faults, l.chance = nil, Chance{}
	}
	return unused
}

func (n *NIC) line(d Direction) *line {
	if d == Out {
		return &n.out
	}
	return &n.in
}
