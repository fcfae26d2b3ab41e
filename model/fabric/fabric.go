package fabric

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// DefaultWindow is the window, and so the shortest link latency, in cycles: about 1 us.
const DefaultWindow = 256

// MAC is the router's address: what the NICs take for their next hop.
var MAC = [6]byte{0x02, 0x67, 0x6f, 0x64, 0x77, 0x00}

// Port is where a NIC is plugged in.
type Port struct {
	// Name is for people; Index counts ports from 0.
	Name  string
	Index int
	// Dev is the NIC.
	Dev nic.Device
	// MAC is what frames to this port are addressed to.
	MAC [6]byte

	free nic.Recycler // Dev, if memory of frames changes hands with it
}

// Flight is a frame that was sent.
type Flight struct {
	From, To *Port
	// Sent is the cycle its last byte left From.
	Sent uint64
	// Frame is as it was sent.
	Frame []byte
	// Packet is Frame parsed; nil if it is not RoCEv2.
	Packet *wire.Packet
}

// Fate is what became of a frame.
type Fate uint8

// Fates of a frame.
const (
	Delivered Fate = iota // Arrives.
	Lost                  // By chance.
	Dropped               // By a rule.
	Copy                  // Arrives; is the second of two.
	Late                  // Arrives, later than the link's latency.
	NoRoute               // Nobody has its destination address.
	Damaged               // Arrives with a bit flipped.
	Held                  // Is held by a rule; a tap is told again what becomes of it.
	Released              // Was held, and arrives.
	Discarded             // Was held, and is lost.
)

var fates = [...]string{"delivered", "lost", "dropped", "copy", "late", "no-route", "damaged", "held", "released", "discarded"}

// Again tells whether a tap was told of the frame before: that it was sent, and that it was held.
func (f Fate) Again() bool { return f == Copy || f == Released || f == Discarded }

// String is the fate in one word.
func (f Fate) String() string {
	if int(f) < len(fates) {
		return fates[f]
	}
	return fmt.Sprintf("Fate(%d)", uint8(f))
}

// TapEvent is what a tap is told about each frame, and again about its copy.
type TapEvent struct {
	// Cycle is when its last byte left the port of From, Arrives when it arrives, if it does.
	Cycle, Arrives uint64
	// To is nil if there is no route.
	From, To *Port
	// Frame is as it was sent, or, if Damaged, as it arrives; valid during the call only.
	Frame []byte
	Fate  Fate
}

// Fabric is a network of NICs. It is driven by one caller.
type Fabric struct {
	window uint64
	now    uint64
	rng    Rand
	ports  []*Port
	routes map[wire.Addr]*Port // looked up only, never ranged
	recent struct {            // the route looked up last: traffic comes in runs
		ip wire.Addr
		to *Port
	}
	links map[[2]int]Faults // looked up only, never ranged
	all   Faults            // of links not in links
	rules []*rule
	taps  []func(TapEvent)

	wire   []arrival // on the way, by cycle; those of one cycle in the order they were sent
	sent   []Flight  // of one window, reused
	held   []Flight  // by rules, in the order they were sent
	parsed wire.Packet
}

type arrival struct {
	cycle    uint64
	from, to *Port
	frame    []byte // of this arrival alone
}

// New makes a network without ports. window is the length of a Step and the shortest latency in cycles; 0
// means DefaultWindow. rng decides on random faults; it is asked only by links that have them.
func New(window uint64, rng Rand) *Fabric {
	if window == 0 {
		window = DefaultWindow
	}
	f := &Fabric{window: window, rng: rng, routes: map[wire.Addr]*Port{}, links: map[[2]int]Faults{}}
	f.all, _ = Faults{}.check(window)
	return f
}

// Attach plugs a NIC in, which must be at the same cycle as the fabric, and routes an address to it.
func (f *Fabric) Attach(name string, dev nic.Device, mac [6]byte, ip wire.Addr) (*Port, error) {
	if dev.Now() != f.now {
		return nil, fmt.Errorf("%s is at cycle %d, the fabric at %d", name, dev.Now(), f.now)
	}
	if p := f.routes[ip]; p != nil {
		return nil, fmt.Errorf("%s and %s have the same address", name, p.Name)
	}
	p := &Port{Name: name, Index: len(f.ports), Dev: dev, MAC: mac}
	p.free, _ = dev.(nic.Recycler)
	f.ports = append(f.ports, p)
	f.Route(ip, p)
	return p, nil
}

// Ports returns the ports in order.
func (f *Fabric) Ports() []*Port { return slices.Clone(f.ports) }

// Route routes an address to a port from now on, wherever it was routed before.
func (f *Fabric) Route(ip wire.Addr, to *Port) {
	f.routes[ip] = to
	f.recent.ip, f.recent.to = ip, to
}

// port is where an address is routed to; nil if nowhere.
func (f *Fabric) port(ip wire.Addr) *Port {
	if ip != f.recent.ip {
		f.recent.ip, f.recent.to = ip, f.routes[ip]
	}
	return f.recent.to
}

// SetFaults gives all links faults, but those that SetLink was called for.
func (f *Fabric) SetFaults(x Faults) error {
	x, err := x.check(f.window)
	if err == nil {
		f.all = x
	}
	return err
}

// SetLink gives the link from one port to another faults of its own.
func (f *Fabric) SetLink(from, to *Port, x Faults) error {
	x, err := x.check(f.window)
	if err == nil {
		f.links[[2]int{from.Index, to.Index}] = x
	}
	return err
}

// AddRule adds a scripted fault. The first rule that acts on a frame is the only one.
func (f *Fabric) AddRule(r Rule) { f.rules = append(f.rules, &rule{Rule: r}) }

// Unused returns the names of the rules that have not acted as often as they were to; those without end must
// have acted once.
func (f *Fabric) Unused() []string {
	var names []string
	for _, r := range f.rules {
		if r.acted < max(r.Times, 1) {
			names = append(names, r.Name)
		}
	}
	return names
}

// Tap adds a function that is told about every frame, in the order they were sent.
func (f *Fabric) Tap(t func(TapEvent)) { f.taps = append(f.taps, t) }

// Now is the current cycle: the end of the last window.
func (f *Fabric) Now() uint64 { return f.now }

// Window is the length of a Step in cycles.
func (f *Fabric) Window() uint64 { return f.window }

// Quiet tells whether no frame is on its way between ports.
func (f *Fabric) Quiet() bool { return len(f.wire) == 0 }

// Step lets one window pass. The error names the device that is dead.
func (f *Fabric) Step() error { return f.StepTo(f.now + f.window) }

// StepTo is Step for a shorter window, which ends at the given cycle: what is sent in it arrives behind it all the same.
// It panics if that is in the past or further away than a window.
func (f *Fabric) StepTo(end uint64) error {
	if end < f.now || end-f.now > f.window {
		panic("BUG: a step into the past, or longer than a window")
	}
	f.deliver(end)
	f.sent = f.sent[:0]
	for _, p := range f.ports {
		if err := p.Dev.Run(end); err != nil {
			return fmt.Errorf("NIC %s: %w", p.Name, err)
		}
		for _, fr := range p.Dev.Sent() {
			f.sent = append(f.sent, Flight{From: p, Sent: fr.Cycle, Frame: fr.Data})
		}
	}
	f.now = end
	// Stable: of one cycle, in the order of ports.
	slices.SortStableFunc(f.sent, func(a, b Flight) int { return cmp.Compare(a.Sent, b.Sent) })
	for i := range f.sent {
		f.forward(&f.sent[i])
	}
	return nil
}

// deliver hands over what arrives before end.
func (f *Fabric) deliver(end uint64) {
	n := 0
	for ; n < len(f.wire) && f.wire[n].cycle < end; n++ {
		a := &f.wire[n]
		// The addresses of this hop.
		copy(a.frame[0:6], a.to.MAC[:])
		copy(a.frame[6:12], MAC[:])
		a.from.recycle(a.to.take(a.cycle, a.frame))
	}
	f.wire = slices.Delete(f.wire, 0, n)
}

// take lets a frame arrive at the port's NIC, and returns memory that nobody looks at any more.
func (p *Port) take(cycle uint64, frame []byte) []byte {
	if p.free != nil {
		return p.free.Take(cycle, frame)
	}
	p.Dev.Deliver(cycle, frame)
	return frame
}

// recycle gives the port's NIC memory for frames that it will send.
func (p *Port) recycle(frame []byte) {
	if p.free != nil && frame != nil {
		p.free.Recycle(frame)
	}
}

// forward decides on the fate of a frame.
func (f *Fabric) forward(fl *Flight) {
	fl.Packet = nil
	ip, ok := wire.Destination(fl.Frame)
	to := f.port(ip)
	if !ok || to == nil {
		f.end(fl, NoRoute)
		return
	}
	fl.To = to
	link := &f.all
	if len(f.links) != 0 {
		if own, ok := f.links[[2]int{fl.From.Index, to.Index}]; ok {
			link = &own
		}
	}
	at := fl.Sent + link.Latency
	for _, r := range f.rules {
		if fl.Packet == nil && wire.Parse(fl.Frame, &f.parsed) == nil {
			fl.Packet = &f.parsed
		}
		if !r.acts(fl) {
			continue
		}
		switch r.Do {
		case Drop:
			f.end(fl, Dropped)
		case Double:
			f.send(fl, Delivered, at)
			f.again(fl, at)
		case Delay:
			f.send(fl, Late, at+r.By)
		case Flip:
			f.damage(fl, r.By, at)
		case Hold:
			f.hold(fl)
		case Mark:
			mark(fl.Frame)
			f.send(fl, Delivered, at)
		}
		return
	}
	f.chance(fl, link, at)
}

// chance applies the random faults of a link.
func (f *Fabric) chance(fl *Flight, link *Faults, at uint64) {
	if f.roll(link.Loss) {
		f.end(fl, Lost)
		return
	}
	if f.roll(link.Corrupt) {
		f.damage(fl, f.rng.Uint64(), at)
		return
	}
	if f.roll(link.Mark) {
		mark(fl.Frame)
	}
	dup := f.roll(link.Dup)
	if f.roll(link.Reorder) {
		f.send(fl, Late, at+1+f.rng.Uint64()%link.ReorderBy)
	} else {
		f.send(fl, Delivered, at)
	}
	if dup {
		f.again(fl, at+f.rng.Uint64()%(link.ReorderBy+1))
	}
}

// roll is true with a chance of n in 1000.
func (f *Fabric) roll(n uint16) bool { return n != 0 && f.rng.Uint64()%1000 < uint64(n) }

// send puts a frame on its way, to arrive at the given cycle.
func (f *Fabric) send(fl *Flight, fate Fate, at uint64) {
	f.tell(fl, fate, at)
	i := len(f.wire)
	for i > 0 && f.wire[i-1].cycle > at {
		i--
	}
	f.wire = slices.Insert(f.wire, i, arrival{at, fl.From, fl.To, fl.Frame})
}

// again sends a frame that is on its way a second time.
func (f *Fabric) again(fl *Flight, at uint64) {
	second := *fl
	second.Frame = slices.Clone(fl.Frame)
	f.send(&second, Copy, at)
}

// damage flips one bit behind the IP header of a frame, chosen by bit modulo their number, and sends it. What is
// before is guarded by checks of other layers.
func (f *Fabric) damage(fl *Flight, bit, at uint64) {
	headers := uint64(14 + 20)
	if fl.Frame[12] == 0x86 { // EtherType 0x86dd
		headers = 14 + 40
	}
	bit %= (uint64(len(fl.Frame)) - headers) * 8
	fl.Frame[headers+bit/8] ^= 1 << (bit % 8)
	f.send(fl, Damaged, at)
}

// mark sets congestion experienced in the IP header of a frame, if its sender said that it may be marked. RFC 3168
// sections 5 and 18.1.2.
func mark(frame []byte) {
	if frame[12] == 0x86 { // EtherType 0x86dd
		if frame[15]>>4&3 != 0 {
			frame[15] |= 3 << 4
		}
		return
	}
	if frame[15]&3 == 0 {
		return
	}
	old := frame[15]
	frame[15] |= 3
	// RFC 1624: the checksum of a header in which one word changed.
	sum := uint32(^binary.BigEndian.Uint16(frame[24:])) + uint32(^uint16(old)) + uint32(frame[15])
	sum = sum>>16 + sum&0xffff
	binary.BigEndian.PutUint16(frame[24:], ^uint16(sum>>16+sum&0xffff))
}

// end tells of a frame that arrives nowhere.
func (f *Fabric) end(fl *Flight, fate Fate) {
	f.tell(fl, fate, 0)
	fl.From.recycle(fl.Frame)
}

func (f *Fabric) tell(fl *Flight, fate Fate, at uint64) {
	for _, t := range f.taps {
		t(TapEvent{Cycle: fl.Sent, Arrives: at, From: fl.From, To: fl.To, Frame: fl.Frame, Fate: fate})
	}
}
