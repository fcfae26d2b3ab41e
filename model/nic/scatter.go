package nic

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// list is the list of buffers of the step under way, and what the check of it translated to.
type list struct {
	entries [qp.MaxSGE]abi.SGE
	pieces  [qp.MaxSGE]piece
	n       int    // pieces
	off     uint32 // of the first one in the message
}

// piece is a part of one buffer.
type piece struct {
	pa  uint64
	len uint32
}

// readList reads the n entries behind the element at addr. It is a DMA of its own: how long the list is, the element
// says.
func (k *Core) readList(addr uint64, n int, env Env) {
	b := k.image[:n*abi.SGESize]
	env.DMARead(addr+abi.WQESize, b)
	for i := range n {
		k.list.entries[i].Decode(b[i*abi.SGESize:])
	}
	k.ev.SGL = k.list.entries[:n]
}

// check translates the part of the list that s names, piece by piece.
func (l *list) check(k *Core, pd uint16, entries []abi.SGE, s qp.Span) bool {
	l.n, l.off = 0, s.Off
	skip, left := s.Off, s.Len
	for i := range entries {
		e := &entries[i]
		if skip >= e.Length {
			skip -= e.Length
			continue
		}
		n := min(e.Length-skip, left)
		pa, ok := k.regions.Lookup(pd, qp.Region{Key: e.LKey, VA: e.VA + uint64(skip), Len: n, Access: s.Access})
		if !ok || e.VA+uint64(skip) < e.VA {
			return false
		}
		l.pieces[l.n] = piece{pa, n}
		l.n++
		skip, left = 0, left-n
		if left == 0 {
			return true
		}
	}
	return false
}

// each calls do for the parts of memory that bytes off.. of the message are in, n bytes in all; at is where a part
// begins in these.
func (l *list) each(off, n uint32, do func(pa uint64, at, n uint32)) {
	skip, at := off-l.off, uint32(0)
	for i := 0; i < l.n && at < n; i++ {
		p := &l.pieces[i]
		if skip >= p.len {
			skip -= p.len
			continue
		}
		m := min(p.len-skip, n-at)
		do(p.pa+uint64(skip), at, m)
		skip, at = 0, at+m
	}
}

// store writes what a step has for the buffer of its work request: at pa, or into the list.
func (k *Core) store(pa uint64, p []byte, env Env) {
	if len(k.ev.SGL) == 0 {
		env.DMAWrite(pa, p)
		return
	}
	k.list.each(k.fx.Off, uint32(len(p)), func(pa uint64, at, n uint32) { env.DMAWrite(pa, p[at:at+n]) })
}

// fetch reads the payload to send, into where the packet has it: at pa, behind the element, or from the list.
func (k *Core) fetch(pa uint64, o *qp.Out, env Env) {
	p := k.out.Payload
	switch {
	case o.Inline:
		env.DMARead(k.element+abi.WQESize+uint64(o.Off), p)
	case len(k.ev.SGL) == 0:
		env.DMARead(pa+uint64(o.Off), p)
	default:
		k.list.each(o.Off, o.Len, func(pa uint64, at, n uint32) { env.DMARead(pa, p[at:at+n]) })
	}
}
