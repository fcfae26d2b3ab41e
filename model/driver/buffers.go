package driver

import (
	"fmt"
	"math/bits"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// MaxSGE is the most buffers of a work request. Twin: ibv_device_attr.max_sge.
const MaxSGE = qp.MaxSGE

// MaxInline is the most bytes of a send in the queue itself.
const MaxInline = 448

// QPCap is what the queues of a queue pair hold. Twin: ibv_qp_cap.
type QPCap struct {
	MaxSendWR, MaxRecvWR   uint32
	MaxSendSGE, MaxRecvSGE uint32
	MaxInlineData          uint32
}

// Cap tells what the queues hold: at least what was asked for.
func (q *QP) Cap() QPCap {
	c := QPCap{
		MaxSendWR: uint32(q.sq.size()), MaxRecvWR: uint32(q.rq.size()), MaxSendSGE: 1, MaxRecvSGE: 1,
	}
	if q.ctx.dev.caps.Features&abi.FeatureSGL != 0 {
		c.MaxSendSGE, c.MaxRecvSGE = maxSGE(q.sq.stride), maxSGE(q.rq.stride)
	}
	if q.ctx.dev.caps.Features&abi.FeatureInline != 0 {
		c.MaxInlineData = qp.Room(q.sq.stride)
	}
	return c
}

// maxSGE is the buffers that a slot of this stride has room for.
func maxSGE(stride uint8) uint32 { return min(max(1, qp.Room(stride)/abi.SGESize), MaxSGE) }

// strides are those of rings whose slots hold what is asked for.
func (d *Device) strides(attr *QPInitAttr) (sq, rq uint8, err error) {
	var need abi.Feature
	if max(attr.MaxSendSGE, attr.MaxRecvSGE) > 1 {
		need |= abi.FeatureSGL
	}
	if attr.MaxInlineData != 0 {
		need |= abi.FeatureInline
	}
	switch {
	case max(attr.MaxSendSGE, attr.MaxRecvSGE) > MaxSGE, attr.MaxInlineData > MaxInline:
		return 0, 0, fmt.Errorf("%d and %d buffers, %d bytes inline; a work request has at most %d and %d: %w",
			attr.MaxSendSGE, attr.MaxRecvSGE, attr.MaxInlineData, MaxSGE, MaxInline, ErrInval)
	case need&^d.caps.Features != 0:
		return 0, 0, fmt.Errorf("%d and %d buffers, %d bytes inline: the device does not do it: %w",
			attr.MaxSendSGE, attr.MaxRecvSGE, attr.MaxInlineData, ErrNotSupported)
	}
	return stride(attr.MaxSendSGE, attr.MaxInlineData), stride(attr.MaxRecvSGE, 0), nil
}

// stride is that of the shortest slot with room for so many buffers and so many bytes.
func stride(sges, inline uint32) uint8 {
	behind := inline
	if sges > 1 {
		behind = max(behind, sges*abi.SGESize)
	}
	return uint8(bits.Len32((behind + abi.WQESize - 1) / abi.WQESize))
}

// total is the length of a work request's buffers.
func total(first SGE, more []SGE) (uint32, error) {
	n := uint64(first.Length)
	for i := range more {
		n += uint64(more[i].Length)
	}
	if n > MaxMessage {
		return 0, fmt.Errorf("length %d: %w", n, ErrInval)
	}
	return uint32(n), nil
}

// putBuffers names the buffers of a work request in its element, or in a list behind it, at the given address.
func (d *Device) putBuffers(w *abi.WQE, at uint64, stride uint8, first SGE, more []SGE) error {
	if len(more) == 0 {
		w.VA, w.LKey = first.Addr, first.LKey
		if w.Length != 0 {
			w.NumSGE = 1
		}
		return nil
	}
	n := 1 + len(more)
	if have := int(maxSGE(stride)); n > have || !d.has(abi.FeatureSGL) {
		return fmt.Errorf("%d buffers, the queue has room for %d: %w", n, have, ErrInval)
	}
	var b [MaxSGE * abi.SGESize]byte
	for i := range n {
		s := first
		if i > 0 {
			s = more[i-1]
		}
		e := abi.SGE{Length: s.Length, LKey: s.LKey, VA: s.Addr}
		e.Marshal(b[i*abi.SGESize:])
	}
	w.NumSGE = uint8(n)
	return d.store(at, b[:n*abi.SGESize])
}

// putInline copies the payload behind the element.
func (q *QP) putInline(w *abi.WQE, at uint64, first SGE, more []SGE) error {
	if have := qp.Room(q.sq.stride); w.Length > have {
		return fmt.Errorf("%d bytes inline, the queue has room for %d: %w", w.Length, have, ErrInval)
	}
	switch w.Opcode {
	case abi.WROpcodeRDMARead, abi.WROpcodeCmpSwap, abi.WROpcodeFetchAdd:
		return fmt.Errorf("%v inline: %w", w.Opcode, ErrInval)
	}
	var b [MaxInline]byte
	n := uint32(0)
	for i := range 1 + len(more) {
		s := first
		if i > 0 {
			s = more[i-1]
		}
		if err := q.ctx.Read(s.Addr, b[n:n+s.Length]); err != nil {
			return err
		}
		n += s.Length
	}
	return q.ctx.dev.store(at, b[:n])
}
