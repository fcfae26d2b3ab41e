package nic

// Sleeper is a Device that can tell how long it will do nothing. It is for those who pace a device by a clock: they
// may sleep so long. A device does the same without.
type Sleeper interface {
	// Next is the earliest cycle, not before Now, at which the device does something by itself, or at which a frame
	// that it sent has left the port; ok is false if there is none. It holds until a frame arrives or the host writes
	// a register. What happens at that cycle happens in a Run that ends behind it.
	Next() (cycle uint64, ok bool)
}

var _ Sleeper = (*NIC)(nil)

// Next implements Sleeper.
func (n *NIC) Next() (cycle uint64, ok bool) {
	at := n.timers.next()
	if n.busy() {
		at = n.free
	}
	if !n.coming.empty() {
		at = min(at, n.arrival())
	}
	if at != never {
		at = max(at, n.free) // no step begins before the last one is over
	}
	if !n.sent.empty() {
		at = min(at, n.sent.front().Cycle)
	}
	return max(at, n.now), at != never
}

// busy tells whether a cause other than a frame is there already.
func (n *NIC) busy() bool {
	return !n.host.empty() || !n.targets.empty() || n.ready != 0
}
