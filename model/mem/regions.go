package mem

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// Regions is the table of memory regions of a NIC. IBTA 10.6. A region is contiguous in DMA space, has one
// key for local and remote use, and belongs to one protection domain.
type Regions struct {
	rows []region
}

type region struct {
	used bool
	mr   abi.MR
}

// NewRegions makes an empty table with room for n regions.
func NewRegions(n int) *Regions { return &Regions{rows: make([]region, n)} }

// Create enters a region in the lowest free row and returns the row. The status is EXISTS if the key is
// taken, NO_SPACE if the table is full, in this order of precedence.
func (t *Regions) Create(mr abi.MR) (row int, status abi.CmdStatus) {
	free := -1
	for i := range t.rows {
		switch {
		case !t.rows[i].used:
			if free < 0 {
				free = i
			}
		case t.rows[i].mr.Key == mr.Key:
			return 0, abi.CmdStatusExists
		}
	}
	if free < 0 {
		return 0, abi.CmdStatusNoSpace
	}
	t.rows[free] = region{used: true, mr: mr}
	return free, abi.CmdStatusOK
}

// Destroy removes the region with the key; the status is BAD_INDEX if there is none.
func (t *Regions) Destroy(key uint32) abi.CmdStatus {
	for i := range t.rows {
		if t.rows[i].used && t.rows[i].mr.Key == key {
			t.rows[i] = region{}
			return abi.CmdStatusOK
		}
	}
	return abi.CmdStatusBadIndex
}

// MayInvalidate tells whether a partner may invalidate the key: it names a region of protection domain pd that grants
// the partner something, or granted it before it was invalidated.
func (t *Regions) MayInvalidate(pd uint16, key uint32) bool {
	const remote = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic
	mr := t.find(key)
	return mr != nil && mr.PD == pd && mr.Access&remote != 0
}

// Invalidate makes the region with the key, if a partner may, invalid: no check of it passes any more. IBTA 9.4.1.1.3,
// 10.6.7.2.
func (t *Regions) Invalidate(pd uint16, key uint32) {
	if t.MayInvalidate(pd, key) {
		t.find(key).Invalid = true
	}
}

// Get is the region with the key; ok is false if there is none.
func (t *Regions) Get(key uint32) (mr abi.MR, ok bool) {
	if r := t.find(key); r != nil {
		return *r, true
	}
	return mr, false
}

// At is the region in a row; ok is false if the row is free or does not exist.
func (t *Regions) At(row int) (mr abi.MR, ok bool) {
	if row < 0 || row >= len(t.rows) || !t.rows[row].used {
		return mr, false
	}
	return t.rows[row].mr, true
}

func (t *Regions) find(key uint32) *abi.MR {
	for i := range t.rows {
		if t.rows[i].used && t.rows[i].mr.Key == key {
			return &t.rows[i].mr
		}
	}
	return nil
}

// Lookup does the check that r asks for, on behalf of a queue pair of protection domain pd, and translates
// r.VA to a DMA address. IBTA 10.6.3. All of the range must lie in the region. Nothing wraps: a range that
// would pass the end of the 64-bit space is in no region, and neither is the part of a region behind it.
func (t *Regions) Lookup(pd uint16, r qp.Region) (pa uint64, ok bool) {
	for i := range t.rows {
		if !t.rows[i].used || t.rows[i].mr.Key != r.Key {
			continue
		}
		mr := &t.rows[i].mr
		if mr.Invalid || mr.PD != pd || mr.Access&r.Access != r.Access || r.VA < mr.VA {
			return 0, false
		}
		off := r.VA - mr.VA
		if off > mr.Length || uint64(r.Len) > mr.Length-off || r.Len != 0 && r.VA+uint64(r.Len-1) < r.VA {
			return 0, false
		}
		return mr.PA + off, true
	}
	return 0, false
}
