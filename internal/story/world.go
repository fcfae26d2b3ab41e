package story

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"

	"github.com/godwit-rdma/godwit/internal/op"
)

// Factory makes the NIC called name, in reset at cycle 0, with its DMA in ram. The NIC tells obs what it does; one
// that cannot leaves the trace and the checks of exactly-once writing without its part.
type Factory func(name string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error)

// Golden is the Factory of golden NICs. They have all features.
func Golden(_ string, p nic.Params, ram *mem.RAM, obs nic.Observer) (nic.Device, error) {
	p.Features = abi.FeaturesAll
	return nic.New(nic.Config{Params: p, Observer: obs}, ram), nil
}

// world is what operations act on.
type world struct {
	file    string
	opt     Options
	plan    *plan
	rng     fabric.SplitMix
	net     *fabric.Fabric
	hosts   []*host
	enemies []*enemy
	conns   []*conn
	boxes   []*box
	now     uint64
	busy    uint64 // the last cycle in which something was sent or completed
	wcs     []driver.WC
	trace   *trace
	packets map[[2]string][]string // names of the packets sent, by link; looked up only
	manual  bool
	rest    []op.Op // what is still to be run
	stats   Stats
}

// host is a machine.
type host struct {
	w       *world
	name    string
	index   int
	ram     *mem.RAM
	dev     nic.Device
	bare    nic.Device // dev without what listens to it
	drv     *driver.Device
	port    *fabric.Port
	crashed bool
	copies  []*instance
	watch   observer
}

// conn is a connection.
type conn struct {
	number int
	attr   *plannedConn
	ends   [2]*end
}

// box is a container: the ends that stop and move together.
type box struct {
	number int
	part   driver.Partition
	size   uint64 // of its memory window
	ends   []*end
	// current is the instance that was activated last.
	current *instance
}

// end is one queue pair of a connection, wherever it is.
type end struct {
	conn  *conn
	side  int
	box   *box
	index int // in box.ends
	qpn   uint32
	key   uint32
	// The virtual addresses of its regions, mem bytes each.
	sendVA, recvVA, writeVA uint64
	sourceVA                uint64 // 0 if the story has no READs and atomics on this connection
	mem                     int
	typ                     abi.QPType
	srq                     bool // its receives are those of its container's shared receive queue
	// written counts the NICs' writes of each byte of the regions to receive in and to be written to.
	written [2][]uint8
}

func (e *end) peer() *end { return e.conn.ends[1-e.side] }

// instance is a box at a host: running, stopped, a tombstone, a copy not yet activated.
type instance struct {
	box    *box
	host   *host
	ctx    *driver.Context
	window driver.Window
	apps   []*app   // by end
	late   *arrival // its memory, if that comes only when it is resumed
	events []driver.AsyncEvent
}

// app is what the program at one end knows. It moves with the memory.
type app struct {
	msgs               []message
	recvs              []slot
	wcs                []completion
	sendUsed, recvUsed int
	writeUsed          int // of the partner's region
	readUsed           int // of the partner's source region
	adds, swaps        uint64
	ah                 uint32 // the address handle of where datagrams go
}

// message is a work request that was posted to a send queue.
type message struct {
	op         string
	unsignaled bool
	off, n     int
	sges       int
	remote     int
	fault      string
	want       []byte // what a READ or an atomic must bring
}

func (m *message) kind() workKind { return workKinds[m.op] }

// slot is a receive that was posted.
type slot struct{ off, n, sges int }

// completion is a work completion and the index of its work request; owner is the end that posted a receive, which is
// another than that at which it completes if they share a receive queue.
type completion struct {
	recv  bool
	owner int
	index int
	wc    driver.WC
}

func (a *app) clone() *app {
	c := *a
	c.msgs, c.recvs = append([]message(nil), a.msgs...), append([]slot(nil), a.recvs...)
	c.wcs = append([]completion(nil), a.wcs...)
	return &c
}

const (
	scratch = driver.ScratchSize
	// boxVA is the virtual address of window 0; others follow at distances of 1 << boxLog.
	boxVA, boxLog = 0x10_0000_0000, 32
	recvBit       = 1 << 63
	windowSlack   = 4096
)

func newWorld(file string, p *plan, opt Options) *world {
	w := &world{file: file, opt: opt, plan: p, wcs: make([]driver.WC, 16), packets: map[[2]string][]string{}}
	w.rng = fabric.SplitMix(p.seed)
	w.net = fabric.New(0, &w.rng)
	w.trace = newTrace(w, opt.Trace)
	w.net.Tap(w.tap)
	return w
}

// addHost makes a host whose memory holds every container of the story, at addresses that no other host has them at. own is
// its IP address if the story gives it one.
func (w *world) addHost(name, own string, p nic.Params) error {
	h := &host{w: w, name: name, index: len(w.hosts)}
	h.ram = mem.NewRAM(scratch + uint64(h.index)*driver.WindowAlign + w.plan.memory)
	h.watch.h = h
	make := w.opt.Factory
	if make == nil {
		make = Golden
	}
	dev, err := make(name, p, h.ram, &h.watch)
	if err != nil {
		return fmt.Errorf("nic %s: %w", name, err)
	}
	if w.plan.rules != 0 {
		// The RTL speaks godwit only.
		d, ok := dev.(interface{ SetDialect(qp.Rules) })
		if !ok {
			return fmt.Errorf("nic %s: it cannot speak dialect %v", name, w.plan.rules)
		}
		d.SetDialect(w.plan.rules)
	}
	if w.manual {
		if err := takeInHand(name, dev); err != nil {
			return err
		}
	}
	h.bare, h.dev = dev, dev
	if w.trace.on {
		h.dev = &listener{Device: dev, h: h}
	}
	if err := h.dev.Run(w.net.Now()); err != nil {
		return fmt.Errorf("nic %s: %w", name, err)
	}
	n := byte(h.index + 1)
	mac, ip := wire.MAC{0x02, 'g', 'o', 'd', 0, n}, wire.MapIPv4([4]byte{10, 0, 0, n})
	if own != "" {
		ip = netip.MustParseAddr(own).As16()
	}
	if h.port, err = w.net.Attach(name, h.dev, mac, ip); err != nil {
		return fmt.Errorf("nic %s: %w", name, err)
	}
	h.drv, err = driver.Probe(driver.Config{
		NIC: h.dev, RAM: h.ram, Scratch: 0, Advance: w.step, MAC: mac, NextHop: fabric.MAC, IP: ip,
	})
	if err != nil {
		return fmt.Errorf("nic %s: %w", name, err)
	}
	w.hosts = append(w.hosts, h)
	return nil
}

func (w *world) close() {
	for _, h := range w.hosts {
		// The result of the run does not depend on how a simulator ends.
		_ = h.dev.Close()
	}
}

func (w *world) host(name string) *host {
	for _, h := range w.hosts {
		if h.name == name {
			return h
		}
	}
	return nil
}

// window is where a box is at a host.
func (h *host) window(b *box) driver.Window {
	base := scratch + uint64(h.index)*driver.WindowAlign
	for _, o := range h.w.boxes[:b.number] {
		base += o.size
	}
	return driver.Window{Base: base, Size: b.size}
}

// find returns the instance of a box at a host, nil if there is none.
func (h *host) find(b *box) *instance {
	for _, in := range h.copies {
		if in.box == b {
			return in
		}
	}
	return nil
}

func (h *host) forget(in *instance) {
	for i, o := range h.copies {
		if o == in {
			h.copies = append(h.copies[:i:i], h.copies[i+1:]...)
			return
		}
	}
}

// errDriver marks an error of the driver in the course of time, not of an operation.
var errDriver = errors.New("driver")

// step lets one window of the fabric pass, then gives every program a turn.
func (w *world) step() error {
	if err := w.net.Step(); err != nil {
		return err
	}
	w.now = w.net.Now()
	w.stats.Windows++
	if w.opt.Limit != 0 && w.now > w.opt.Limit {
		return ErrLimit
	}
	if c := w.opt.Context; c != nil && w.stats.Windows%1024 == 0 && c.Err() != nil {
		return c.Err()
	}
	for _, h := range w.hosts {
		if h.crashed {
			continue
		}
		if err := h.drv.HandleEvents(); err != nil {
			return fmt.Errorf("%w of %s: %w", errDriver, h.name, err)
		}
		for _, in := range h.copies {
			if err := in.turn(); err != nil {
				return fmt.Errorf("%w of %s: %w", errDriver, h.name, err)
			}
		}
	}
	w.trace.flush()
	return nil
}

// turn takes events and completions.
func (in *instance) turn() error {
	if in.ctx.State() != "running" || in.late != nil {
		return nil
	}
	w := in.host.w
	for _, e := range in.ctx.Events() {
		in.events = append(in.events, e)
		w.trace.add(w.now, in.host, "EVENT %v%s", e.Kind, in.box.naming(e))
	}
	cq := in.ctx.CQ(in.box.part.CQ.Base)
	if cq == nil {
		return nil
	}
	for {
		n, err := cq.Poll(w.wcs)
		if err != nil {
			return err
		}
		for _, wc := range w.wcs[:n] {
			in.complete(wc)
		}
		if n < len(w.wcs) {
			return nil
		}
	}
}

// naming says which connection an event is about.
func (b *box) naming(e driver.AsyncEvent) string {
	for _, x := range b.ends {
		if x.qpn == e.Number && e.Kind != abi.EventCQErr && e.Kind != abi.EventCQCompletion {
			return fmt.Sprintf(" qp=%d", x.conn.number)
		}
	}
	return ""
}

func (in *instance) complete(wc driver.WC) {
	w := in.host.w
	w.busy = w.now
	w.stats.Completions++
	i := int(wc.WRID &^ recvBit >> 32)
	c := completion{wc.WRID&recvBit != 0, i, int(uint32(wc.WRID)), wc}
	if c.recv {
		i = in.box.endOf(wc.QPN)
	}
	in.apps[i].wcs = append(in.apps[i].wcs, c)
	if w.trace.on {
		kind := "RECV"
		if !c.recv {
			kind = strings.ToUpper(in.apps[i].msgs[c.index].op)
		}
		text := fmt.Sprintf("WC qp=%d %s #%d", in.box.ends[i].conn.number, kind, c.index)
		if wc.Status == abi.WCStatusSuccess {
			text += fmt.Sprintf(" len=%d", wc.ByteLen)
		}
		text += " " + wc.Status.String()
		if wc.Vendor != abi.VendorErrNone {
			text += " " + wc.Vendor.String()
		}
		w.trace.add(w.now, in.host, "%s", text)
	}
}

// tap is told of every packet.
func (w *world) tap(e fabric.TapEvent) {
	w.busy = max(w.busy, e.Cycle)
	if !e.Fate.Again() {
		w.stats.Packets++
	}
	w.trace.packet(&e)
	if w.plan.counts {
		w.note(&e)
	}
	if w.opt.Tap != nil {
		w.opt.Tap(e)
	}
}
