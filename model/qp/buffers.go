package qp

import "github.com/godwit-rdma/godwit/model/abi"

// The local buffers of a work request are one that its element names, a list behind the element, or, of a send, inline
// data there. A list is read again for each packet, as the element is, and so nothing of it is in the context but, at
// the responder, that there is one. IBTA 10.7.3.2, 10.8.3.1.

// MaxSGE is the most entries of a list.
const MaxSGE = 16

// Room is the number of bytes behind the element in a slot of a ring of this stride, 0..3.
func Room(stride uint8) uint32 { return abi.WQESize<<(stride&3) - abi.WQESize }

// List tells how many entries of layout sge are to be read behind the element that Fetch asked for, which is in
// Event.WQE, into Event.SGL. It is 0 if there is no list, or not one that can be.
func List(c *abi.QPC, ev *Event) int {
	n := int(ev.WQE.NumSGE)
	if n < 2 || n > MaxSGE || ev.Features&abi.FeatureSGL == 0 {
		return 0
	}
	stride := c.SQStride
	switch ev.Cause {
	case abi.CauseSend:
		if inlined(ev) {
			return 0
		}
	case abi.CauseRX:
		if info := ev.Pkt.BTH.Op.Info(); info.Kind != abi.KindResponse {
			if stride = c.RQStride; info.Op != abi.OperationSend {
				return 0
			}
		}
	default:
		return 0
	}
	if uint32(n*abi.SGESize) > Room(stride) {
		return 0
	}
	return n
}

// Span is a check of the part of a list that begins at byte Off of the message and has Len bytes: the list reaches
// that far, and each piece of the part passes the check that Region describes.
type Span struct {
	Off, Len uint32
	Access   abi.Access
}

// CheckList tells which check of the list the step needs, once WQE and SGL are filled in; ok is false when it needs
// none. Of a work request with a list it stands in for Check.
func CheckList(c *abi.QPC, ev *Event) (s Span, ok bool) {
	r, ok := Check(c, ev)
	off := uint32(r.VA - ev.WQE.VA)
	if ev.Cause == abi.CauseRX {
		switch info := ev.Pkt.BTH.Op.Info(); {
		case info.Kind == abi.KindResponse:
		case info.Pos == abi.PositionFirst, info.Pos == abi.PositionOnly:
			off = 0
		default:
			off = c.RLen
		}
	}
	return Span{off, r.Len, r.Access}, ok
}

// inlined tells whether the payload of a send is in its element.
func inlined(ev *Event) bool {
	return ev.WQE.Flags&abi.WRFlagInline != 0 && ev.Features&abi.FeatureInline != 0
}

// scattered tells whether a receive has a list of buffers.
func scattered(ev *Event) bool { return ev.WQE.NumSGE > 1 && ev.Features&abi.FeatureSGL != 0 }

// listed tells whether the list of the work request was read and is as long as its message or buffer.
func listed(ev *Event) bool {
	if len(ev.SGL) == 0 {
		return false
	}
	var sum uint64
	for i := range ev.SGL {
		sum += uint64(ev.SGL[i].Length)
	}
	return sum == uint64(ev.WQE.Length)
}

// plain tells whether a send has one buffer, as most have.
func plain(w *abi.WQE) bool { return w.NumSGE == 1 && w.Flags&abi.WRFlagInline == 0 }

// malformed tells whether the buffers of a send that is not plain cannot be what somebody means.
func malformed(c *abi.QPC, ev *Event) bool {
	w := &ev.WQE
	switch {
	case inlined(ev):
		return w.NumSGE != 0 || asks(w.Opcode) || w.Length > Room(c.SQStride)
	case w.NumSGE > 1:
		return !listed(ev)
	}
	return w.NumSGE == 0 && w.Length != 0
}
