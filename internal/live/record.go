package live

import (
	"io"
	"slices"
	"sync"
	"time"

	"github.com/godwit-rdma/godwit/internal/capture"
)

// Recorder writes the frames of NICs into one pcapng file, one interface a NIC. Times are the wall clock's.
type Recorder struct {
	mu    sync.Mutex
	w     *capture.Writer
	names []string
	err   error
}

// NewRecorder begins a capture of NICs, by the names in their Config.
func NewRecorder(w io.Writer, names ...string) (*Recorder, error) {
	c, err := capture.NewWriter(w, names)
	if err != nil {
		return nil, err
	}
	return &Recorder{w: c, names: names}, nil
}

// add writes a frame down. The first error stays, and ends the capture.
func (r *Recorder) add(name string, frame []byte, comment string) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.names, name); i >= 0 && r.err == nil {
		r.err = r.w.Write(i, uint64(time.Now().UnixNano()), frame, comment)
	}
}

// Close completes the file, which stays open, and tells of the first error there was.
func (r *Recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	return r.w.Flush()
}
