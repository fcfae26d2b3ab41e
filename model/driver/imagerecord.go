package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

func (m *Image) appendRecords(b []byte) []byte {
	b = record(b, recContext, m.appendContext)
	for _, n := range m.PDs {
		b = record(b, recPD, func(b []byte) []byte { return le.AppendUint16(b, n) })
	}
	for _, e := range m.Buffers {
		b = record(b, recBuffer, func(b []byte) []byte { return le.AppendUint64(le.AppendUint64(b, e.Off), e.Len) })
	}
	for i := range m.MRs {
		b = record(b, recMR, m.MRs[i].append)
	}
	for i := range m.Channels {
		b = record(b, recChannel, m.Channels[i].append)
	}
	for i := range m.CQs {
		b = record(b, recCQ, m.CQs[i].append)
	}
	for i := range m.QPs {
		b = record(b, recQP, m.QPs[i].append)
	}
	for _, e := range m.Events {
		b = record(b, recEvent, func(b []byte) []byte { return le.AppendUint32(append(b, uint8(e.Kind)), e.Number) })
	}
	for i := range m.SRQs {
		b = record(b, recSRQ, m.SRQs[i].append)
	}
	for i := range m.AHs {
		b = record(b, recAH, m.AHs[i].append)
	}
	return b
}

// bounded finds more records than an image may have: the number spaces of a partition bound the others.
func (m *Image) bounded() error {
	for _, r := range []struct {
		typ recordType
		n   int
	}{{recBuffer, len(m.Buffers)}, {recMR, len(m.MRs)}, {recQP, len(m.QPs)}, {recEvent, len(m.Events)}} {
		if limit := recordForms[r.typ].max; r.n > limit {
			return fmt.Errorf("%d records %v; an image holds %d: %w", r.n, r.typ, limit, ErrNoMem)
		}
	}
	for _, h := range m.Channels {
		if len(h.Pending) > maxPending {
			return fmt.Errorf("%d events on channel %d; an image holds %d: %w", len(h.Pending), h.Number, maxPending, ErrNoMem)
		}
	}
	return nil
}

func (m *Image) parseRecord(typ recordType, r *reader) error {
	switch typ {
	case recContext:
		return m.parseContext(r)
	case recPD:
		m.PDs = append(m.PDs, r.u16())
	case recBuffer:
		m.Buffers = append(m.Buffers, Extent{r.u64(), r.u64()})
	case recMR:
		x := ImageMR{Key: r.u32(), PD: r.u16(), Access: abi.Access(r.u8()), VA: r.u64(), Length: r.u64()}
		r.flags(&x.Invalid)
		m.MRs = append(m.MRs, x)
	case recChannel:
		m.Channels = append(m.Channels, r.channel())
	case recCQ:
		m.CQs = append(m.CQs, r.cq())
	case recQP:
		q, err := r.qp()
		m.QPs = append(m.QPs, q)
		return err
	case recEvent:
		m.Events = append(m.Events, AsyncEvent{abi.Event(r.u8()), r.u32()})
	case recSRQ:
		m.SRQs = append(m.SRQs, r.srq())
	case recAH:
		m.AHs = append(m.AHs, r.ah())
	}
	return nil
}

func (m *Image) appendContext(b []byte) []byte {
	b = le.AppendUint32(b, m.Device)
	b = append(b, m.Revision[:]...)
	b = le.AppendUint32(b, m.Features)
	p := m.Partition
	b = le.AppendUint16(b, p.Group)
	for i, r := range [4]Range{spaceQPN: p.QPN, spaceKey: p.Key, spaceCQ: p.CQ, spacePD: p.PD} {
		b = le.AppendUint32(b, r.Base)
		b = le.AppendUint32(b, r.Count)
		b = le.AppendUint32(b, m.Next[i])
	}
	b = le.AppendUint32(b, m.NextSRQ)
	b = le.AppendUint64(b, m.WindowSize)
	return le.AppendUint64(b, m.VA)
}

// parseContext refuses an image of another device or revision, whatever else is in the record.
func (m *Image) parseContext(r *reader) error {
	m.Device = r.u32()
	copy(m.Revision[:], r.take(len(m.Revision)))
	switch {
	case r.bad:
		return nil // the caller says so
	case m.Device != Kind:
		return fmt.Errorf("of a device of kind %#08x, not %#08x: %w", m.Device, Kind, ErrForeign)
	case m.Revision != revision:
		return fmt.Errorf("of specification revision %x, not %s: %w", m.Revision[:4], abi.Revision[:8], ErrForeign)
	}
	m.Features = r.u32()
	p := &m.Partition
	p.Group = r.u16()
	for i, space := range [4]*Range{spaceQPN: &p.QPN, spaceKey: &p.Key, spaceCQ: &p.CQ, spacePD: &p.PD} {
		space.Base, space.Count, m.Next[i] = r.u32(), r.u32(), r.u32()
	}
	m.NextSRQ = r.u32()
	m.WindowSize, m.VA = r.u64(), r.u64()
	return nil
}

func (r *ImageMR) append(b []byte) []byte {
	b = le.AppendUint32(b, r.Key)
	b = le.AppendUint16(b, r.PD)
	b = append(b, uint8(r.Access))
	b = le.AppendUint64(b, r.VA)
	b = le.AppendUint64(b, r.Length)
	return appendFlags(b, r.Invalid)
}

// maxPending bounds the events of a channel: each is there because a program armed a queue once more.
const maxPending = 1 << 12

func (h *ImageChannel) append(b []byte) []byte {
	b = le.AppendUint16(b, h.Number)
	b = le.AppendUint16(b, uint16(len(h.Pending)))
	for _, n := range h.Pending {
		b = le.AppendUint16(b, n)
	}
	return b
}

func (r *reader) channel() (h ImageChannel) {
	h.Number = r.u16()
	n := int(r.u16())
	if n > maxPending || 2*n > len(r.b) {
		r.bad = true
		return h
	}
	for range n {
		h.Pending = append(h.Pending, r.u16())
	}
	return h
}

func (q *ImageCQ) append(b []byte) []byte {
	b = le.AppendUint32(b, q.Number)
	b = appendFlags(append(b, q.Log), q.Armed, q.Overrun, q.HasChannel, q.Solicited)
	b = le.AppendUint16(b, q.Channel)
	b = le.AppendUint64(b, q.Ring)
	b = le.AppendUint32(b, q.PI)
	b = le.AppendUint32(b, q.CI)
	b = le.AppendUint32(b, q.SolicitedPI)
	b = le.AppendUint32(b, q.CompGot)
	return le.AppendUint32(b, q.AsyncGot)
}

func (r *reader) cq() (q ImageCQ) {
	q.Number, q.Log = r.u32(), r.u8()
	r.flags(&q.Armed, &q.Overrun, &q.HasChannel, &q.Solicited)
	q.Channel = r.u16()
	q.Ring, q.PI, q.CI, q.SolicitedPI = r.u64(), r.u32(), r.u32(), r.u32()
	q.CompGot, q.AsyncGot = r.u32(), r.u32()
	return q
}

func (q *ImageQP) append(b []byte) []byte {
	img := q.QPC.ImageFull()
	b = le.AppendUint32(appendPadded(b, img[:]), q.AsyncGot)
	if p := q.Partner; p != nil {
		b = append(b, p.Timeout, p.RetryCnt)
	} else {
		b = append(b, unknownPartner, 0)
	}
	return q.RQ.append(q.SQ.append(le.AppendUint64(b, q.IDs)))
}

// unknownPartner stands for the timeout of a partner of which it is not known.
const unknownPartner = 0xff

func (r *reader) partner() *Retry {
	p := Retry{r.u8(), r.u8()}
	if p == (Retry{Timeout: unknownPartner}) {
		return nil
	}
	r.bad = r.bad || !p.valid()
	return &p
}

func (r *reader) qp() (q ImageQP, err error) {
	var img [abi.QPCFullSize]byte
	r.padded(img[:])
	if err := q.QPC.UnmarshalFull(img[:]); err != nil {
		return q, fmt.Errorf("%w: %w", err, ErrImage)
	}
	q.AsyncGot, q.Partner, q.IDs = r.u32(), r.partner(), r.u64()
	q.SQ, q.RQ = r.ring(q.QPC.SQLog), r.ring(q.QPC.RQLog)
	return q, nil
}

func (r ImageRing) append(b []byte) []byte {
	return le.AppendUint16(le.AppendUint16(b, r.Tail), r.PI)
}

// ring reads the driver's side of a work queue of 1<<log elements.
func (r *reader) ring(log uint8) ImageRing {
	q := ImageRing{Tail: r.u16(), PI: r.u16()}
	r.bad = r.bad || int(q.PI-q.Tail) > 1<<log
	return q
}
