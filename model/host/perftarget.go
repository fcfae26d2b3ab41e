package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Target is the program at the other end of an Initiator: it checks what was sent to it, or, told of the end, what was
// written.
type Target struct {
	o       PerfOpts
	qpn, cq uint32
	buf     uint64 // SEND: Depth messages; others: 8 bytes of the end, a multiple of 8, then the slots or the word
	lkey    uint32
	slots   uint32

	got  uint32
	over bool
}

// Done implements Program: all was received, and was right.
func (t *Target) Done() bool { return t.over }

// Received is how many messages came; if it does not see them, all or none.
func (t *Target) Received() uint32 { return t.got }

// Poll implements Program.
func (t *Target) Poll(env *Env) error {
	if err := t.poll(env); err != nil {
		return fmt.Errorf("target of %v: message %d: %w", t.o.Op, t.got, err)
	}
	return nil
}

func (t *Target) poll(env *Env) error {
	qp, err := env.QP(t.qpn)
	if err != nil {
		return err
	}
	var wc [16]driver.WC
	for n := len(wc); n == len(wc); {
		n, err = env.PollCQ(t.cq, wc[:])
		for _, w := range wc[:n] {
			if err := t.take(env, qp, &w); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Target) take(env *Env, qp *driver.QP, w *driver.WC) error {
	switch {
	case w.Status != abi.WCStatusSuccess:
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	case t.over:
		return fmt.Errorf("it comes behind the last: %w", ErrData)
	case t.slots != 0:
		return t.end(env, w)
	case w.WRID != uint64(t.got%t.o.Depth) || w.ByteLen != t.o.Size:
		return fmt.Errorf("receive %d of %d bytes: %w", w.WRID, w.ByteLen, ErrData)
	}
	if err := t.check(env, t.buf+w.WRID*uint64(t.o.Size), t.got); err != nil {
		return err
	}
	t.got++
	t.over = t.got == t.o.Count
	return t.post(qp, w.WRID)
}

// prepare puts there what READs will find.
func (t *Target) prepare(ctx *driver.Context) error {
	if t.o.Op != abi.WROpcodeRDMARead {
		return nil
	}
	b := make([]byte, t.o.Size)
	for s := range t.slots {
		pattern(b, t.o.Seed^s)
		if err := ctx.Write(t.buf+8+uint64(s)*uint64(t.o.Size), b); err != nil {
			return err
		}
	}
	return nil
}

// end checks what all the operations left.
func (t *Target) end(env *Env, w *driver.WC) error {
	var end [8]byte
	if err := env.Context().Read(t.buf, end[:]); err != nil {
		return err
	}
	if n := binary.LittleEndian.Uint64(end[:]); w.ByteLen != 8 || n != uint64(t.o.Count) {
		return fmt.Errorf("%d bytes say that there were %d messages: %w", w.ByteLen, n, ErrData)
	}
	if t.o.Op == abi.WROpcodeFetchAdd {
		if err := env.Context().Read(t.buf+8, end[:]); err != nil {
			return err
		}
		if n := binary.LittleEndian.Uint64(end[:]); n != perfWord(t.o.Count) {
			return fmt.Errorf("the word is %#x, want %#x: %w", n, perfWord(t.o.Count), ErrData)
		}
		t.got, t.over = t.o.Count, true
		return nil
	}
	for s := range t.slots {
		last := s // what was there to READ
		if t.o.Op == abi.WROpcodeRDMAWrite {
			last = (t.o.Count-1-s)/t.slots*t.slots + s
		}
		if err := t.check(env, t.buf+8+uint64(s)*uint64(t.o.Size), last); err != nil {
			return err
		}
	}
	t.got, t.over = t.o.Count, true
	return nil
}

// check compares memory with message seq.
func (t *Target) check(env *Env, at uint64, seq uint32) error {
	got, want := make([]byte, t.o.Size), make([]byte, t.o.Size)
	if err := env.Context().Read(at, got); err != nil {
		return err
	}
	pattern(want, t.o.Seed^seq)
	if string(got) != string(want) {
		return fmt.Errorf("not what message %d was: %w", seq, ErrData)
	}
	return nil
}

// post posts receive number n.
func (t *Target) post(qp *driver.QP, n uint64) error {
	size := t.o.Size
	if t.slots != 0 {
		size = 8
	}
	_, err := qp.PostRecv(driver.RecvWR{WRID: n, SGE: driver.SGE{Addr: t.buf + n*uint64(size), Length: size, LKey: t.lkey}})
	return err
}
