package host

import (
	"slices"

	"github.com/godwit-rdma/godwit/model/driver"
)

// tracker is the set of pages of one window that changed since they were last copied.
type tracker struct {
	win   driver.Window
	dirty []bool // by page of the window
}

// track begins to track a window of the host; all of it counts as changed.
func (h *Host) track(win driver.Window) *tracker {
	t := &tracker{win: win, dirty: make([]bool, win.Size/driver.WindowAlign)}
	for i := range t.dirty {
		t.dirty[i] = true
	}
	h.trackers = append(h.trackers, t)
	return t
}

func (h *Host) untrack(t *tracker) {
	if i := slices.Index(h.trackers, t); i >= 0 {
		h.trackers = slices.Delete(h.trackers, i, i+1)
	}
}

// takeDirty asks the memory what changed, and tells every tracker: the memory forgets it with the asking.
func (h *Host) takeDirty() {
	for _, page := range h.RAM.TakeDirty(nil) {
		for _, t := range h.trackers {
			if n := page - t.win.Base/driver.WindowAlign; n < uint64(len(t.dirty)) {
				t.dirty[n] = true
			}
		}
	}
}

// count is how many bytes changed since they were last copied.
func (h *Host) count(t *tracker) uint64 {
	h.takeDirty()
	var n uint64
	for _, d := range t.dirty {
		if d {
			n += driver.WindowAlign
		}
	}
	return n
}

// copyDirty copies the pages of t that changed to a window of another host, and returns the bytes copied.
func (h *Host) copyDirty(t *tracker, to *Host, win driver.Window) (uint64, error) {
	h.takeDirty()
	var n uint64
	page := make([]byte, driver.WindowAlign)
	for i, d := range t.dirty {
		if !d {
			continue
		}
		off := uint64(i) * driver.WindowAlign
		if err := h.RAM.Read(t.win.Base+off, page); err != nil {
			return n, err
		}
		if err := to.RAM.Write(win.Base+off, page); err != nil {
			return n, err
		}
		t.dirty[i] = false
		n += driver.WindowAlign
	}
	return n, nil
}
