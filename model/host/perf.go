package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// PerfOpts are the properties of a measurement as perftest makes them.
type PerfOpts struct {
	// Op is what is measured: SEND or RDMA_WRITE.
	Op abi.WROpcode
	// Size is the bytes of a message, Count how many there are, Depth how many are in flight: 1 measures latency, more
	// bandwidth.
	Size, Count, Depth uint32
	// Seed decides on the data.
	Seed    uint32
	Connect ConnectOpts
}

// perfSlots bounds the memory that WRITEs go to: message i goes to slot i modulo their number.
const perfSlots = 64

// perfEnd is the work request identifier of the message that ends a run of WRITEs, as the target sees none of them.
const perfEnd = 1 << 63

// PerfStats is what an Initiator measured, in cycles.
type PerfStats struct {
	Messages uint32
	Bytes    uint64
	// Begin is the first post, End the turn with the last completion.
	Begin, End uint64
	// Least, Most and Sum are of the times from post to completion.
	Least, Most, Sum uint64
}

// Initiator is the program that posts requests and measures them.
type Initiator struct {
	o       PerfOpts
	qpn, cq uint32
	buf     uint64 // Depth messages
	lkey    uint32
	remote  uint64
	rkey    uint32
	slots   uint32

	posted, done uint32
	ended        bool
	times        []uint64 // of the posts in flight, by seq modulo Depth
	stage        []byte
	stats        PerfStats
}

// NewPerf connects two containers and lets the first measure against the second. It steps the world. Each needs one
// free completion queue number.
func NewPerf(from, to *Container, o PerfOpts) (*Initiator, *Target, error) {
	i, t, err := newPerf(from, to, o)
	if err != nil {
		return nil, nil, fmt.Errorf("%v from %s to %s: %w", o.Op, from.Name, to.Name, err)
	}
	from.Add(i)
	to.Add(t)
	return i, t, nil
}

func newPerf(from, to *Container, o PerfOpts) (*Initiator, *Target, error) {
	if o.Size == 0 || o.Size > 1<<20 || o.Count == 0 || o.Depth == 0 || o.Depth > 1024 {
		return nil, nil, fmt.Errorf("%d messages of %d bytes, %d in flight: %w", o.Count, o.Size, o.Depth, driver.ErrInval)
	}
	recvs, slots := o.Depth, uint32(0)
	area := uint64(o.Depth) * uint64(o.Size) // of the target
	switch o.Op {
	case abi.WROpcodeSend:
	case abi.WROpcodeRDMAWrite:
		recvs, slots = 1, min(o.Count, perfSlots)
		area = 8 + uint64(slots)*uint64(o.Size)
	default:
		return nil, nil, fmt.Errorf("opcode %v: %w", o.Op, driver.ErrInval)
	}
	iq, imr, err := endpoint(from, o.Depth+1, 1, uint64(o.Depth)*uint64(o.Size)+8, abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	tq, tmr, err := endpoint(to, 1, recvs, area, abi.AccessLocalWrite|abi.AccessRemoteWrite)
	if err != nil {
		return nil, nil, err
	}
	if err := Connect(iq, tq, o.Connect); err != nil {
		return nil, nil, err
	}
	i := &Initiator{
		o: o, qpn: iq.QPN(), cq: iq.SendCQ().Number(), buf: imr.VA(), lkey: imr.LKey(), remote: tmr.VA() + 8, rkey: tmr.RKey(),
		slots: slots, ended: o.Op == abi.WROpcodeSend, times: make([]uint64, o.Depth), stage: make([]byte, o.Size),
	}
	t := &Target{o: o, qpn: tq.QPN(), cq: tq.RecvCQ().Number(), buf: tmr.VA(), lkey: tmr.LKey(), slots: slots}
	for n := range recvs {
		if err := t.post(tq, uint64(n)); err != nil {
			return nil, nil, err
		}
	}
	return i, t, nil
}

// Done implements Program: everything is acknowledged.
func (i *Initiator) Done() bool { return i.ended && i.done == i.posted && i.posted >= i.o.Count }

// Stats is what was measured so far.
func (i *Initiator) Stats() PerfStats { return i.stats }

// Poll implements Program.
func (i *Initiator) Poll(env *Env) error {
	if err := i.poll(env); err != nil {
		return fmt.Errorf("%v: message %d: %w", i.o.Op, i.done, err)
	}
	return nil
}

func (i *Initiator) poll(env *Env) error {
	var wc [16]driver.WC
	for n := len(wc); n == len(wc); {
		var err error
		n, err = env.PollCQ(i.cq, wc[:])
		for _, w := range wc[:n] {
			if err := i.take(env, &w); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	qp, err := env.QP(i.qpn)
	if err != nil {
		return err
	}
	for i.posted < i.o.Count && i.posted-i.done < i.o.Depth {
		if err := i.post(env, qp); err != nil {
			return err
		}
	}
	if !i.ended && i.done == i.o.Count {
		return i.end(env, qp)
	}
	return nil
}

// take checks one completion: they come in order, each as what was asked.
func (i *Initiator) take(env *Env, w *driver.WC) error {
	if w.Status != abi.WCStatusSuccess {
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	}
	want := uint64(i.done)
	if i.done >= i.o.Count {
		want = perfEnd
	}
	if w.WRID != want {
		return fmt.Errorf("completion of %#x, want %#x: %w", w.WRID, want, ErrData)
	}
	i.done++
	if want == perfEnd {
		return nil
	}
	took := env.Now - i.times[want%uint64(i.o.Depth)]
	s := &i.stats
	if s.Messages == 0 || took < s.Least {
		s.Least = took
	}
	s.Messages++
	s.Bytes += uint64(i.o.Size)
	s.Most, s.Sum, s.End = max(s.Most, took), s.Sum+took, env.Now
	return nil
}

func (i *Initiator) post(env *Env, qp *driver.QP) error {
	at := i.buf + uint64(i.posted%i.o.Depth)*uint64(i.o.Size)
	pattern(i.stage, i.o.Seed^i.posted)
	if err := env.Context().Write(at, i.stage); err != nil {
		return err
	}
	wr := driver.SendWR{
		WRID: uint64(i.posted), Opcode: i.o.Op, Flags: abi.WRFlagSignaled, SGE: driver.SGE{Addr: at, Length: i.o.Size, LKey: i.lkey},
	}
	if i.o.Op == abi.WROpcodeRDMAWrite {
		wr.RemoteVA, wr.RKey = i.remote+uint64(i.posted%i.slots)*uint64(i.o.Size), i.rkey
	}
	if _, err := qp.PostSend(wr); err != nil {
		return err
	}
	if i.posted == 0 {
		i.stats.Begin = env.Now
	}
	i.times[i.posted%i.o.Depth] = env.Now
	i.posted++
	return nil
}

// end tells the target that all was written.
func (i *Initiator) end(env *Env, qp *driver.QP) error {
	at := i.buf + uint64(i.o.Depth)*uint64(i.o.Size)
	if err := env.Context().Write(at, binary.LittleEndian.AppendUint64(nil, uint64(i.o.Count))); err != nil {
		return err
	}
	_, err := qp.PostSend(driver.SendWR{
		WRID: perfEnd, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: driver.SGE{Addr: at, Length: 8, LKey: i.lkey},
	})
	i.posted++
	i.ended = true
	return err
}
