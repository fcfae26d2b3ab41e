package nic

import "github.com/godwit-rdma/godwit/model/abi"

// Sent implements Device.
func (n *NIC) Sent() []Frame {
	n.taken = n.taken[:0]
	for !n.sent.empty() && n.sent.front().Cycle <= n.now {
		n.taken = append(n.taken, n.sent.pop())
	}
	return n.taken
}

// Recycle implements Recycler.
func (n *NIC) Recycle(data []byte) { n.pool = append(n.pool, data) }

// buffer is memory for a frame, of length 0: some that is free, or none.
func (n *NIC) buffer() (buf []byte) {
	if last := len(n.pool) - 1; last >= 0 {
		buf, n.pool = n.pool[last], n.pool[:last]
	}
	return buf[:0]
}

// Deliver implements Device. It panics on a frame that arrives in the past.
func (n *NIC) Deliver(cycle uint64, frame []byte) { n.receive(cycle, append(n.buffer(), frame...)) }

// Take implements Recycler.
func (n *NIC) Take(cycle uint64, frame []byte) (spare []byte) {
	n.receive(cycle, frame)
	return n.buffer()
}

func (n *NIC) receive(cycle uint64, frame []byte) {
	if cycle < n.now {
		panic("BUG: a frame is delivered to a NIC in its past")
	}
	n.coming.insert(Frame{cycle, frame}, func(f Frame) bool { return f.Cycle <= cycle })
}

// arrival is when the first frame that comes is a cause: the port takes one at a time.
func (n *NIC) arrival() uint64 {
	f := n.coming.front()
	return max(f.Cycle, n.took) + abi.ReceiveCycles(len(f.Data))
}

// arrive lets the frames begin that come before the given cycle. A NIC that is disabled then loses them.
func (n *NIC) arrive(before uint64) {
	for n.rx < n.coming.len() && n.coming.at(n.rx).Cycle < before {
		if n.core.Enabled() {
			n.rx++
		} else {
			n.Recycle(n.coming.remove(n.rx).Data)
		}
	}
}

// received tells whether the first frame is a cause at the given cycle; take takes it.
func (n *NIC) received(at uint64) bool { return n.rx != 0 && n.arrival() <= at }

func (n *NIC) take() []byte {
	n.took = n.arrival()
	n.rx--
	return n.coming.pop().Data
}

// tag is how long the tag of a migration packet takes; one without a key has none.
func (n *NIC) tag(slot uint16) uint64 {
	if n.core.qps[slot].ctx.MigKey == [16]byte{} {
		return 0
	}
	return abi.TagCycles
}

// send hands the step's frame to the port at cycle at, or when the port is free, and tells when the step is over.
func (n *NIC) send(at uint64, slot uint16) (end uint64) {
	at = max(at, n.port)
	n.port = at + abi.EmitCycles(len(n.step.frame))
	n.txEnd[slot] = n.port
	n.sent.push(Frame{n.port, n.step.frame})
	if n.obs != nil {
		n.obs.Transmit(n.port, n.step.frame)
	}
	if n.step.loaded {
		return n.port
	}
	return at
}
