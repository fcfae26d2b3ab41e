package record

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/godwit-rdma/godwit/internal/live"
)

// snapLen is longer than any frame.
const snapLen = 1 << 16

// patience is how long a frame that is to be overtaken waits for that.
const patience = 10 * time.Millisecond

// ether joins two guests. Faults befall RoCEv2 frames only, and only those are recorded.
type ether struct {
	ports [2]live.Attachment
	wg    sync.WaitGroup

	mu     sync.Mutex
	files  [2]*pcap // while something is recorded
	faults Faults
	rng    [2]*rand.Rand // by direction
	passed int
	held   [2][]byte // by direction: the frame that waits to be overtaken
	counts Counts
	seen   [2]int // frames in the files
	err    error
}

// Counts are what befell frames.
type Counts struct{ Dropped, Duplicated, Reordered, Corrupted int }

func newEther(a, b live.Attachment) *ether {
	e := &ether{ports: [2]live.Attachment{a, b}}
	for from := range e.ports {
		e.wg.Go(func() { e.carry(from) })
	}
	return e
}

func (e *ether) close() error {
	err := errors.Join(e.ports[0].Close(), e.ports[1].Close())
	e.wg.Wait()
	return err
}

// carry carries what a side sends until the end.
func (e *ether) carry(from int) {
	buf := make([]byte, live.MaxFrame)
	for {
		n, err := e.ports[from].ReadFrame(buf)
		if err != nil {
			return
		}
		e.frame(from, buf[:n])
	}
}

// isRoCE tells RoCEv2 frames: UDP to port 4791, behind an IPv4 header of 20 bytes or an IPv6 header.
func isRoCE(f []byte) bool {
	if len(f) < 14+20+8 {
		return false
	}
	udp := 0
	switch kind := uint(f[12])<<8 | uint(f[13]); {
	case kind == 0x0800 && f[14] == 0x45 && f[23] == 17:
		udp = 34
	case kind == 0x86dd && f[20] == 17:
		udp = 54
	}
	return udp != 0 && len(f) >= udp+8 && uint(f[udp+2])<<8|uint(f[udp+3]) == 4791
}

// frame takes a frame that a side sent.
func (e *ether) frame(from int, f []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !isRoCE(f) || e.files[from] == nil {
		e.keep(e.ports[1-from].WriteFrame(f))
		return
	}
	e.keep(e.files[from].write(f))
	e.passed++
	x, rng := &e.faults, e.rng[from]
	switch {
	case x.Silence > 0 && e.passed > x.Silence, rng.Float64() < x.Loss:
		e.counts.Dropped++
		return
	case rng.Float64() < x.Corrupt:
		e.counts.Corrupted++
		f = append([]byte(nil), f...)
		// Behind the Ethernet header, which nothing but a checksum of the link would protect.
		i := 14 + rng.IntN(len(f)-14)
		f[i] ^= 1 << rng.IntN(8)
	case rng.Float64() < x.Reorder && e.held[from] == nil:
		e.counts.Reordered++
		mine := append([]byte(nil), f...)
		e.held[from] = mine
		time.AfterFunc(patience, func() {
			e.mu.Lock()
			defer e.mu.Unlock()
			if h := e.held[from]; h != nil && &h[0] == &mine[0] {
				e.release(from)
			}
		})
		return
	}
	e.deliver(from, f)
	if rng.Float64() < x.Dup {
		e.counts.Duplicated++
		e.deliver(from, f)
	}
	e.release(from)
}

// release delivers the frame that waited.
func (e *ether) release(from int) {
	if h := e.held[from]; h != nil {
		e.held[from] = nil
		e.deliver(from, h)
	}
}

// deliver hands a frame over, and writes down that it did.
func (e *ether) deliver(from int, f []byte) {
	if w := e.files[1-from]; w != nil {
		e.keep(w.write(f))
	}
	e.keep(e.ports[1-from].WriteFrame(f))
}

// keep keeps the first error.
func (e *ether) keep(err error) {
	if e.err == nil {
		e.err = err
	}
}

// begin begins to record into two files.
func (e *ether) begin(names [2]string, f Faults) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, n := range names {
		w, err := newPcap(n)
		if err != nil {
			return err
		}
		e.files[i] = w
		e.rng[i] = rand.New(rand.NewPCG(f.Seed, uint64(i)))
	}
	e.faults, e.passed, e.counts, e.seen = f, 0, Counts{}, [2]int{}
	return nil
}

// end ends the recording; the link is good from now on.
func (e *ether) end() (Counts, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range e.files {
		e.release(i)
	}
	for i, w := range e.files {
		e.seen[i] = w.n
		e.keep(w.close())
		e.files[i] = nil
	}
	return e.counts, e.err
}

// frames is how many frames the files of the last recording have.
func (e *ether) frames() [2]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.seen
}

// pcap is a capture file with nanoseconds.
type pcap struct {
	f *os.File
	w *pcapgo.Writer
	n int // frames
}

func newPcap(name string) (*pcap, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	w := pcapgo.NewWriterNanos(io.Writer(f))
	if err := w.WriteFileHeader(snapLen, layers.LinkTypeEthernet); err != nil {
		f.Close()
		return nil, err
	}
	return &pcap{f: f, w: w}, nil
}

func (p *pcap) write(frame []byte) error {
	p.n++
	return p.w.WritePacket(gopacket.CaptureInfo{Timestamp: time.Now(), CaptureLength: len(frame), Length: len(frame)}, frame)
}

func (p *pcap) close() error { return p.f.Close() }
