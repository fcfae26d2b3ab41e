package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// PerfOpts are the properties of a measurement as perftest makes them.
type PerfOpts struct {
	// Op is what is measured: SEND, RDMA_WRITE, RDMA_READ, or FETCH_ADD, which stands for that and CMP_SWAP by turns.
	Op abi.WROpcode
	// Size is the bytes of a message, Count how many there are, Depth how many are in flight: 1 measures latency, more
	// bandwidth.
	Size, Count, Depth uint32
	// Seed decides on the data.
	Seed    uint32
	Connect ConnectOpts
}

// perfSlots bounds the memory that WRITEs go to and READs come from: message i is about slot i modulo their number.
const perfSlots = 64

// perfEnd is the work request identifier of the message that ends a run, where the target sees nothing of it.
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
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMARead:
		recvs, slots = 1, min(o.Count, perfSlots)
		area = 8 + uint64(slots)*uint64(o.Size)
	case abi.WROpcodeFetchAdd:
		recvs, slots, o.Size = 1, 1, 8
		area = 8 + 8
	default:
		return nil, nil, fmt.Errorf("opcode %v: %w", o.Op, driver.ErrInval)
	}
	iq, imr, err := endpoint(from, o.Depth+1, 1, uint64(o.Depth)*uint64(o.Size)+8, abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	tq, tmr, err := endpoint(to, 1, recvs, area, abi.AccessLocalWrite|perfAccess(o.Op))
	if err != nil {
		return nil, nil, err
	}
	if o.Connect.Access == 0 {
		o.Connect.Access = perfAccess(o.Op)
	}
	if err := Connect(iq, tq, o.Connect); err != nil {
		return nil, nil, err
	}
	i := &Initiator{
		o: o, qpn: iq.QPN(), cq: iq.SendCQ().Number(), buf: imr.VA(), lkey: imr.LKey(), remote: tmr.VA() + 8, rkey: tmr.RKey(),
		slots: slots, ended: o.Op == abi.WROpcodeSend, times: make([]uint64, o.Depth), stage: make([]byte, o.Size),
	}
	t := &Target{o: o, qpn: tq.QPN(), cq: tq.RecvCQ().Number(), buf: tmr.VA(), lkey: tmr.LKey(), slots: slots}
	if err := t.prepare(to.ctx); err != nil {
		return nil, nil, err
	}
	for n := range recvs {
		if err := t.post(tq, uint64(n)); err != nil {
			return nil, nil, err
		}
	}
	return i, t, nil
}

// perfAccess is the access right that an operation needs.
func perfAccess(op abi.WROpcode) abi.Access {
	switch op {
	case abi.WROpcodeRDMARead:
		return abi.AccessRemoteRead
	case abi.WROpcodeFetchAdd:
		return abi.AccessRemoteAtomic
	}
	return abi.AccessRemoteWrite
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
	if err := i.check(env, uint32(want)); err != nil {
		return err
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

// check looks at what a READ or an atomic brought.
func (i *Initiator) check(env *Env, seq uint32) error {
	got := make([]byte, i.o.Size)
	switch i.o.Op {
	case abi.WROpcodeRDMARead:
		pattern(i.stage, i.o.Seed^seq%i.slots)
	case abi.WROpcodeFetchAdd:
		binary.LittleEndian.PutUint64(i.stage, perfWord(seq))
	default:
		return nil
	}
	if err := env.Context().Read(i.buf+uint64(seq%i.o.Depth)*uint64(i.o.Size), got); err != nil {
		return err
	}
	if string(got) != string(i.stage) {
		return fmt.Errorf("it brought %x, want %x: %w", got[:8], i.stage[:8], ErrData)
	}
	return nil
}

// perfWord is what the word that atomics are about is before atomic seq: even ones add, odd ones swap.
func perfWord(seq uint32) uint64 {
	switch {
	case seq == 0:
		return 0
	case seq%2 == 1:
		return perfWord(seq-1) + perfAdd(seq-1)
	}
	return perfAdd(seq - 1)
}

// perfAdd is what atomic seq adds, or stores.
func perfAdd(seq uint32) uint64 { return (uint64(seq) + 1) * 0x9e3779b97f4a7c15 }

func (i *Initiator) post(env *Env, qp *driver.QP) error {
	at := i.buf + uint64(i.posted%i.o.Depth)*uint64(i.o.Size)
	pattern(i.stage, ^i.o.Seed^i.posted)
	if i.o.Op == abi.WROpcodeSend || i.o.Op == abi.WROpcodeRDMAWrite {
		pattern(i.stage, i.o.Seed^i.posted)
	}
	if err := env.Context().Write(at, i.stage); err != nil {
		return err
	}
	wr := driver.SendWR{
		WRID: uint64(i.posted), Opcode: i.o.Op, Flags: abi.WRFlagSignaled, SGE: driver.SGE{Addr: at, Length: i.o.Size, LKey: i.lkey},
	}
	switch {
	case i.o.Op == abi.WROpcodeFetchAdd && i.posted%2 == 1:
		wr.Opcode, wr.Compare = abi.WROpcodeCmpSwap, perfWord(i.posted)
		fallthrough
	case i.o.Op == abi.WROpcodeFetchAdd:
		wr.RemoteVA, wr.RKey, wr.Swap = i.remote, i.rkey, perfAdd(i.posted)
	case i.slots != 0:
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

// end tells the target that all is done.
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
