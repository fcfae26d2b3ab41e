package driver

import (
	"cmp"
	"slices"
)

// Memory is the physical memory of the host as the CPU sees it; *mem.RAM is one.
type Memory interface {
	Size() uint64
	Read(addr uint64, p []byte) error
	Write(addr uint64, p []byte) error
}

// Window is the piece of physical memory that a container owns: Size bytes from Base, both multiples of
// WindowAlign.
type Window struct{ Base, Size uint64 }

// WindowAlign is the alignment in bytes of a window: a page.
const WindowAlign = 4096

func (w Window) overlaps(o Window) bool {
	return w.Base < o.Base+o.Size && o.Base < w.Base+w.Size
}

// Extent is a piece of a window: Len bytes from offset Off.
type Extent struct{ Off, Len uint64 }

// blockAlign is the alignment of everything allocated in a window: a work queue element.
const blockAlign = 64

// arena hands out the bytes of a window, first fit. What it hands out depends only on what is in use.
type arena struct {
	size uint64
	used []Extent // in order of offset, disjoint
}

func roundUp(n, to uint64) uint64 { return (n + to - 1) / to * to }

// alloc takes n bytes, n >= 1.
func (a *arena) alloc(n uint64) (Extent, bool) {
	if n > a.size {
		return Extent{}, false
	}
	var off uint64
	for i, u := range a.used {
		if u.Off >= off && u.Off-off >= n {
			a.used = slices.Insert(a.used, i, Extent{off, n})
			return Extent{off, n}, true
		}
		off = roundUp(u.Off+u.Len, blockAlign)
	}
	if off > a.size || a.size-off < n {
		return Extent{}, false
	}
	a.used = append(a.used, Extent{off, n})
	return Extent{off, n}, true
}

// allocTop takes n bytes, n >= 1, as far up as there is room.
func (a *arena) allocTop(n uint64) (Extent, bool) {
	end := a.size
	for i := len(a.used); i >= 0; i-- {
		bottom := uint64(0)
		if i > 0 {
			bottom = a.used[i-1].Off + a.used[i-1].Len
		}
		if off := (end - min(n, end)) / blockAlign * blockAlign; n <= end && off >= bottom {
			a.used = slices.Insert(a.used, i, Extent{off, n})
			return Extent{off, n}, true
		}
		if i > 0 {
			end = a.used[i-1].Off
		}
	}
	return Extent{}, false
}

// claim takes exactly e, if all of it is free and inside.
func (a *arena) claim(e Extent) bool {
	if e.Len == 0 || e.Len > a.size || e.Off > a.size-e.Len || e.Off%blockAlign != 0 {
		return false
	}
	i, taken := slices.BinarySearchFunc(a.used, e, func(u, e Extent) int { return cmp.Compare(u.Off, e.Off) })
	if taken || i > 0 && a.used[i-1].Off+a.used[i-1].Len > e.Off || i < len(a.used) && e.Off+e.Len > a.used[i].Off {
		return false
	}
	a.used = slices.Insert(a.used, i, e)
	return true
}

// free gives e back, which alloc or claim handed out.
func (a *arena) free(e Extent) {
	i := slices.Index(a.used, e)
	if i < 0 {
		panic("BUG: free of memory that is not allocated")
	}
	a.used = slices.Delete(a.used, i, i+1)
}
