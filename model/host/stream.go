package host

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// ErrData is that a program received something other than what was sent.
var ErrData = errors.New("wrong data")

// StreamOpts are the properties of a stream; zero values choose.
type StreamOpts struct {
	// Chunk is the bytes of data in each message; 0 means 4096.
	Chunk uint32
	// InFlight is the messages the sender has in flight, and the receives the receiver has posted; 0 means 8.
	InFlight uint32
	// Connect are the properties of the connection.
	Connect ConnectOpts
}

// A message is a header of four little-endian 32-bit words, and for some kinds what follows it.
const (
	streamHeader = 16

	streamData  = 0 // the chunk follows
	streamWrite = 1 // the chunk was written to the slot that the header names
	streamEnd   = 2 // the total length and its SHA-256 follow
)

// header is {kind, sequence number, bytes of data, slot}.
type header struct{ kind, seq, n, slot uint32 }

func (h header) put(p []byte) {
	for i, v := range [4]uint32{h.kind, h.seq, h.n, h.slot} {
		binary.LittleEndian.PutUint32(p[4*i:], v)
	}
}

func (h *header) get(p []byte) {
	for i, v := range [4]*uint32{&h.kind, &h.seq, &h.n, &h.slot} {
		*v = binary.LittleEndian.Uint32(p[4*i:])
	}
}

// Sender is the program that sends a stream: even messages as a SEND of header and data, odd ones as an RDMA WRITE of
// the data followed by a SEND of the header.
type Sender struct {
	data    []byte
	sum     hash.Hash
	chunk   uint32
	flight  uint32
	slots   uint32
	qpn, cq uint32
	buf     uint64 // staging: InFlight of header and chunk
	lkey    uint32
	target  uint64 // the receiver's slots
	rkey    uint32

	off       int
	seq, done uint32 // messages posted, completed
	ended     bool
	stage     []byte
}

// Receiver is the program that receives a stream, checks the order of its messages, and hashes it.
type Receiver struct {
	chunk   uint32
	qpn, cq uint32
	buf     uint64 // receives: InFlight of header and chunk
	lkey    uint32
	slots   uint64
	num     uint32 // of slots

	seq   uint32
	total uint64
	sum   hash.Hash
	ended bool
	stage []byte
}

// NewStream sets up a connection between two containers and the programs that stream data over it. It steps the
// world. Each container needs one free completion queue number.
func NewStream(from, to *Container, data []byte, o StreamOpts) (*Sender, *Receiver, error) {
	s, r, err := newStream(from, to, data, o)
	if err != nil {
		return nil, nil, fmt.Errorf("stream from %s to %s: %w", from.Name, to.Name, err)
	}
	from.Add(s)
	to.Add(r)
	return s, r, nil
}

func newStream(from, to *Container, data []byte, o StreamOpts) (*Sender, *Receiver, error) {
	if o.Chunk == 0 {
		o.Chunk = 4096
	}
	if o.InFlight == 0 {
		o.InFlight = 8
	}
	if o.Chunk < 40 || o.Chunk > 1<<20 || o.InFlight > 1024 {
		return nil, nil, fmt.Errorf("chunk of %d bytes, %d in flight: %w", o.Chunk, o.InFlight, driver.ErrInval)
	}
	size := uint64(streamHeader + o.Chunk)
	// The receiver may be one round of receives behind the NIC, and a WRITE needs none: with one slot more than
	// there are receives, a WRITE cannot hit a slot that is not read yet.
	slots := o.InFlight + 1
	sq, smr, err := endpoint(from, 2*o.InFlight, 1, size*uint64(o.InFlight), abi.AccessLocalWrite)
	if err != nil {
		return nil, nil, err
	}
	rq, rmr, err := endpoint(to, 1, o.InFlight, size*uint64(o.InFlight)+uint64(slots)*uint64(o.Chunk),
		abi.AccessLocalWrite|abi.AccessRemoteWrite)
	if err != nil {
		return nil, nil, err
	}
	if err := Connect(sq, rq, o.Connect); err != nil {
		return nil, nil, err
	}
	s := &Sender{
		data: data, sum: sha256.New(), chunk: o.Chunk, flight: o.InFlight, slots: slots, qpn: sq.QPN(), cq: sq.SendCQ().Number(),
		buf: smr.VA(), lkey: smr.LKey(), target: rmr.VA() + size*uint64(o.InFlight), rkey: rmr.RKey(),
		stage: make([]byte, size),
	}
	r := &Receiver{
		chunk: o.Chunk, qpn: rq.QPN(), cq: rq.RecvCQ().Number(), buf: rmr.VA(), lkey: rmr.LKey(),
		slots: rmr.VA() + size*uint64(o.InFlight), num: slots, sum: sha256.New(), stage: make([]byte, size),
	}
	for i := range o.InFlight {
		if err := r.post(rq, uint64(i)); err != nil {
			return nil, nil, err
		}
	}
	return s, r, nil
}

// Done implements Program: everything was sent and acknowledged.
func (s *Sender) Done() bool { return s.ended && s.done == s.seq }

// Sent is how many bytes were handed to the NIC.
func (s *Sender) Sent() int { return s.off }

// Poll implements Program.
func (s *Sender) Poll(env *Env) error {
	var wc [16]driver.WC
	for {
		n, err := env.PollCQ(s.cq, wc[:])
		for _, w := range wc[:n] {
			if w.Status != abi.WCStatusSuccess {
				return fmt.Errorf("sender: message %d: %v (%v)", w.WRID, w.Status, w.Vendor)
			}
			if w.WRID != uint64(s.done) {
				return fmt.Errorf("sender: completion of message %d, want %d: %w", w.WRID, s.done, ErrData)
			}
			s.done++
		}
		if err != nil {
			return fmt.Errorf("sender: %w", err)
		}
		if n < len(wc) {
			break
		}
	}
	qp, err := env.QP(s.qpn)
	if err != nil {
		return fmt.Errorf("sender: %w", err)
	}
	for !s.ended && s.seq-s.done < s.flight {
		if err := s.send(env.Context(), qp); err != nil {
			return fmt.Errorf("sender: message %d: %w", s.seq, err)
		}
	}
	return nil
}

// send posts the next message.
func (s *Sender) send(ctx *driver.Context, qp *driver.QP) error {
	at := s.buf + uint64(s.seq%s.flight)*uint64(len(s.stage))
	left := s.data[s.off:]
	n := min(uint32(len(left)), s.chunk)
	h := header{seq: s.seq, n: n}
	body := s.stage[streamHeader:]
	wrs := make([]driver.SendWR, 0, 2)
	switch {
	case n == 0:
		h.kind = streamEnd
		binary.LittleEndian.PutUint64(body, uint64(s.off))
		copy(body[8:], s.sum.Sum(nil))
		n = 8 + sha256.Size
		s.ended = true
	case s.seq%2 == 1:
		h.kind, h.slot = streamWrite, s.seq%s.slots
		wrs = append(wrs, driver.SendWR{
			WRID: uint64(s.seq), Opcode: abi.WROpcodeRDMAWrite, SGE: driver.SGE{Addr: at + streamHeader, Length: n, LKey: s.lkey},
			RemoteVA: s.target + uint64(h.slot)*uint64(s.chunk), RKey: s.rkey,
		})
	}
	if h.kind != streamEnd {
		copy(body, left[:n])
		s.sum.Write(left[:n])
		s.off += int(n)
	}
	h.put(s.stage)
	if err := ctx.Write(at, s.stage[:streamHeader+n]); err != nil {
		return err
	}
	size := streamHeader + n
	if h.kind == streamWrite {
		size = streamHeader
	}
	wrs = append(wrs, driver.SendWR{
		WRID: uint64(s.seq), Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled,
		SGE: driver.SGE{Addr: at, Length: size, LKey: s.lkey},
	})
	if _, err := qp.PostSend(wrs...); err != nil {
		return err
	}
	s.seq++
	return nil
}

// Done implements Program: the stream has ended, and was what the sender sent.
func (r *Receiver) Done() bool { return r.ended }

// Received is how many bytes came so far.
func (r *Receiver) Received() uint64 { return r.total }

// Sum is the SHA-256 of the bytes that came so far.
func (r *Receiver) Sum() [sha256.Size]byte { return [sha256.Size]byte(r.sum.Sum(nil)) }

// Poll implements Program.
func (r *Receiver) Poll(env *Env) error {
	qp, err := env.QP(r.qpn)
	if err != nil {
		return fmt.Errorf("receiver: %w", err)
	}
	var wc [16]driver.WC
	for {
		n, err := env.PollCQ(r.cq, wc[:])
		for i := range wc[:n] {
			if err := r.take(env.Context(), &wc[i]); err != nil {
				return fmt.Errorf("receiver: message %d: %w", r.seq, err)
			}
			if err := r.post(qp, wc[i].WRID); err != nil {
				return fmt.Errorf("receiver: %w", err)
			}
		}
		if err != nil {
			return fmt.Errorf("receiver: %w", err)
		}
		if n < len(wc) {
			return nil
		}
	}
}

// post posts receive number i.
func (r *Receiver) post(qp *driver.QP, i uint64) error {
	size := streamHeader + r.chunk
	_, err := qp.PostRecv(driver.RecvWR{WRID: i, SGE: driver.SGE{Addr: r.buf + i*uint64(size), Length: size, LKey: r.lkey}})
	return err
}

// take reads one message.
func (r *Receiver) take(ctx *driver.Context, w *driver.WC) error {
	if w.Status != abi.WCStatusSuccess {
		return fmt.Errorf("%v (%v)", w.Status, w.Vendor)
	}
	if w.ByteLen < streamHeader || w.ByteLen > uint32(len(r.stage)) {
		return fmt.Errorf("%d bytes: %w", w.ByteLen, ErrData)
	}
	msg := r.stage[:w.ByteLen]
	if err := ctx.Read(r.buf+w.WRID*uint64(len(r.stage)), msg); err != nil {
		return err
	}
	var h header
	h.get(msg)
	body := msg[streamHeader:]
	switch {
	case h.seq != r.seq || r.ended:
		return fmt.Errorf("it says it is message %d: %w", h.seq, ErrData)
	case h.kind == streamData && uint32(len(body)) == h.n:
	case h.kind == streamWrite && len(body) == 0 && h.n <= r.chunk && h.slot < r.num:
		body = r.stage[streamHeader : streamHeader+h.n]
		if err := ctx.Read(r.slots+uint64(h.slot)*uint64(r.chunk), body); err != nil {
			return err
		}
	case h.kind == streamEnd && len(body) == 8+sha256.Size:
		r.ended = true
		if n := binary.LittleEndian.Uint64(body); n != r.total || !bytes.Equal(body[8:], r.sum.Sum(nil)) {
			return fmt.Errorf("%d bytes of %d, or their SHA-256 differs: %w", r.total, n, ErrData)
		}
		r.seq++
		return nil
	default:
		return fmt.Errorf("header %+v, %d bytes behind it: %w", h, len(body), ErrData)
	}
	r.sum.Write(body)
	r.total += uint64(len(body))
	r.seq++
	return nil
}
