package live

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// pending is a frame whose next hop is not known yet.
type pending struct {
	ip    netip.Addr
	frame []byte
}

// maxPending is how many frames wait for their next hops; the oldest goes first, the transport sends it again.
const maxPending = 256

// read takes frames from the attachment.
func (n *NIC) read() {
	buf := make([]byte, MaxFrame)
	for {
		k, err := n.cfg.Attachment.ReadFrame(buf)
		if err != nil {
			n.broken(err)
			return
		}
		if k < wire.EthLen {
			continue
		}
		select {
		case n.rx <- slices.Clone(buf[:k]):
		case <-n.stop:
			return
		}
	}
}

// write hands frames to the attachment. The NIC does not wait for it.
func (n *NIC) write() {
	for {
		select {
		case f := <-n.tx:
			if err := n.cfg.Attachment.WriteFrame(f); err != nil {
				n.broken(err)
				return
			}
		case <-n.stop:
			return
		}
	}
}

// broken ends the NIC because its attachment did.
func (n *NIC) broken(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.fail(err)
}

// loop lets time pass.
func (n *NIC) loop() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		var first []byte
		woken := false
		select {
		case first = <-n.rx:
		case <-timer.C:
			woken = true
		case <-n.kick:
		case <-n.stop:
			return
		}
		n.mu.Lock()
		if first != nil {
			n.idle()
			n.arrive(first)
		}
		n.happened = n.happened || woken
		n.round(0)
		wait := n.wait()
		over := n.err != nil
		n.mu.Unlock()
		if over {
			return
		}
		timer.Reset(wait)
	}
}

// round is one turn: frames that wait, then time up to the present, and at least some cycles.
func (n *NIC) round(atLeast uint64) {
	if n.err != nil {
		return
	}
	n.idle()
	for more := true; more; {
		select {
		case f := <-n.rx:
			n.arrive(f)
		default:
			more = false
		}
	}
	now := time.Now()
	n.in.release(now)
	n.out.release(now)
	dev := n.dev.Now()
	n.run(max(n.clock.behind(dev), dev+atLeast))
	since := time.Since(n.clock.start)
	n.station.Tick(since)
	n.resolved(since)
	n.speak()
	if n.happened {
		n.notify()
	}
}

// advance is what the driver calls while it waits for the device.
func (n *NIC) advance() error {
	n.round(minStep)
	return n.err
}

// idle lets the time pass in which the device does nothing, so that what comes now comes now, and not when the device
// was last looked at. It stops before a timer that ran out while nobody looked: frames that came meanwhile come first.
func (n *NIC) idle() {
	s, ok := n.dev.(nic.Sleeper)
	if !ok || n.err != nil {
		return
	}
	until := n.clock.now()
	if at, ok := s.Next(); ok {
		until = min(until, at)
	}
	if until > n.dev.Now() && until < 1<<63 {
		n.run(until)
	}
}

// run lets the device go on to a cycle, and carries what it sent.
func (n *NIC) run(until uint64) {
	if n.err != nil {
		return
	}
	if s, ok := n.dev.(nic.Sleeper); ok {
		at, some := s.Next()
		n.happened = n.happened || some && at < until
	}
	if err := n.dev.Run(until); err != nil {
		n.fail(err)
		return
	}
	for _, f := range n.dev.Sent() {
		n.output(f.Data)
	}
	if n.drv == nil {
		return // being probed
	}
	if err := n.drv.HandleEvents(); err != nil {
		n.fail(err)
	}
}

// restless is how often a device is looked at that cannot tell when it will do something.
const restless = 200 * time.Microsecond

// wait is how long the loop may sleep.
func (n *NIC) wait() time.Duration {
	wait := time.Hour
	if s, ok := n.dev.(nic.Sleeper); !ok {
		wait = restless
	} else if at, ok := s.Next(); ok {
		wait = min(wait, n.clock.until(at+1))
	}
	if at, ok := n.station.Next(); ok {
		wait = min(wait, at-time.Since(n.clock.start))
	}
	for _, l := range []*line{&n.in, &n.out} {
		if at, ok := l.next(); ok {
			wait = min(wait, time.Until(at))
		}
	}
	return max(wait, 0)
}

// arrive takes a frame from the wire. One to another station is none of its business: on a hub every NIC sees all.
func (n *NIC) arrive(frame []byte) {
	if group := frame[0]&1 != 0; !group && MAC(frame[0:6]) != n.cfg.MAC {
		return
	}
	n.stats.In++
	n.happened = true
	n.in.pass(time.Now(), frame)
}

// input takes a frame that got through.
func (n *NIC) input(frame []byte) {
	n.record(frame)
	if !isRoCE(frame) {
		n.station.Input(time.Since(n.clock.start), frame)
		n.speak()
		return
	}
	if n.station.Silent() || MAC(frame[0:6]) != n.cfg.MAC {
		return
	}
	if !n.guarded(frame) {
		n.dev.Deliver(n.dev.Now(), frame)
	}
}

// output sends a frame of the device, once its next hop is known.
func (n *NIC) output(frame []byte) {
	if n.station.Silent() {
		return
	}
	var ip netip.Addr
	if frame[wire.EthLen]>>4 == 6 {
		ip = netip.AddrFrom16([16]byte(frame[wire.EthLen+24:]))
	} else {
		ip = netip.AddrFrom4([4]byte(frame[wire.EthLen+16:]))
	}
	if mac, ok := n.station.Lookup(time.Since(n.clock.start), ip); ok {
		copy(frame, mac[:])
		n.out.pass(time.Now(), frame)
		return
	}
	n.speak()
	if len(n.waiting) == maxPending {
		n.waiting = slices.Delete(n.waiting, 0, 1)
		n.stats.Unresolved++
	}
	n.waiting = append(n.waiting, pending{ip, frame})
}

// resolved sends the frames whose next hop has become known, and loses those whose next hop does not answer.
func (n *NIC) resolved(now time.Duration) {
	for i := 0; i < len(n.waiting); {
		w := n.waiting[i]
		if n.station.Unreachable(w.ip) {
			n.stats.Unresolved++
		} else if mac, ok := n.station.Lookup(now, w.ip); ok {
			copy(w.frame, mac[:])
			n.out.pass(time.Now(), w.frame)
		} else {
			i++
			continue
		}
		n.waiting = slices.Delete(n.waiting, i, i+1)
	}
}

// speak sends what the station has to say.
func (n *NIC) speak() {
	for _, f := range n.station.Take() {
		n.transmit(f)
	}
}

// transmit puts a frame on the wire.
func (n *NIC) transmit(frame []byte) {
	n.record(frame)
	select {
	case n.tx <- frame:
		n.stats.Out++
	default:
		n.stats.Overrun++
	}
}

// fated is told of frames that have a fault.
func (n *NIC) fated(frame []byte, do Action, what string) {
	switch do {
	case Drop:
		n.cfg.Recorder.add(n.cfg.Name, frame, what)
	case Delay, Swap:
		// It will be recorded when it comes.
	default:
		n.note = what
	}
}

func (n *NIC) record(frame []byte) {
	if n.cfg.Recorder != nil {
		n.cfg.Recorder.add(n.cfg.Name, frame, n.note)
	}
	n.note = ""
}

// UnresolvedError is that a partner's Ethernet address could not be found out.
type UnresolvedError struct {
	// IP is the partner, Hop who was asked for: the partner, or the gateway.
	IP, Hop netip.Addr
	// Where is the attachment.
	Where string
	// Own is the address of the NIC that asked.
	Own netip.Addr
}

// Error says what to do.
func (e *UnresolvedError) Error() string {
	how := "ARP"
	if e.Hop.Is6() {
		how = "neighbour discovery"
	}
	who := e.IP.String()
	if e.Hop != e.IP {
		who = fmt.Sprintf("gateway %v, on the way to %v,", e.Hop, e.IP)
	}
	return fmt.Sprintf("%s does not answer %s on %s: see there that its link is up, that it has this address and a route to %v, and that `ping %v` works from there",
		who, how, e.Where, e.Own, e.Own)
}

// Resolve waits until the Ethernet address of a partner, or of the gateway to it, is known. The error is an
// *UnresolvedError when it does not answer within a second; IBTA has the same limit as Linux for an address handle.
func (n *NIC) Resolve(ctx context.Context, ip netip.Addr) error {
	ip = ip.Unmap()
	asked := false
	return n.until(ctx, func() (bool, error) {
		if n.station.Silent() {
			return false, fmt.Errorf("NIC %s is a standby: its address %v is elsewhere", n.cfg.Name, n.IP())
		}
		if asked && n.station.Unreachable(ip) {
			return false, &UnresolvedError{ip, n.station.NextHop(ip), n.cfg.Attachment.String(), n.IP()}
		}
		_, ok := n.station.Lookup(time.Since(n.clock.start), ip)
		asked = true
		n.speak()
		return ok, nil
	})
}

// until waits for a condition, which is looked at whenever something has happened.
func (n *NIC) until(ctx context.Context, done func() (bool, error)) error {
	for {
		var ok bool
		var changed chan struct{}
		err := n.do(func() (err error) {
			ok, err = done()
			changed = n.changed
			return err
		})
		if err != nil || ok {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Adopt makes the NIC answer for its address, and tells everybody: a migrated container has arrived.
func (n *NIC) Adopt() error {
	return n.do(func() error {
		n.station.SetSilent(false)
		n.station.Announce()
		n.speak()
		return nil
	})
}

// Withdraw makes the NIC a standby: its address is elsewhere now.
func (n *NIC) Withdraw() error {
	return n.do(func() error {
		n.station.SetSilent(true)
		return nil
	})
}

// ProbeAddress finds out within the given time whether another station has the NIC's address. It may be used before
// anybody else knows of the NIC.
func (n *NIC) ProbeAddress(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := n.do(func() error { n.station.Probe(); n.speak(); return nil }); err != nil {
		return err
	}
	err := n.until(ctx, func() (bool, error) {
		if by, ok := n.station.Conflict(); ok {
			return false, fmt.Errorf("address %v is in use on %v by %v: choose another one, or end that station", n.IP(), n.cfg.Attachment, net.HardwareAddr(by[:]))
		}
		return false, nil
	})
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
