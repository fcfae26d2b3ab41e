package driver

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/wire"
)

// phase is where a context is in its life. It moves down this list, and back to running by Rollback or Resume.
type phase uint8

const (
	running  phase = iota
	stopped        // Stall: the queue pairs are silent, the container is frozen
	restored       // Restore: loaded, and not yet activated
	departed       // SetForward: tombstones only
	closed         // Release or Close
)

var phaseNames = [...]string{"running", "stopped", "restored", "departed", "closed"}

// OpenAttr are the properties of a context.
type OpenAttr struct {
	Partition Partition
	Window    Window
	// VA is the virtual address of the first byte of the window, the same wherever the container is. A multiple
	// of WindowAlign; the window must not wrap.
	VA uint64
}

// Context is what one container owns of a device. Twin: ibv_context.
type Context struct {
	dev      *Device
	attr     OpenAttr
	phase    phase
	arena    arena
	bufs     []Extent // application memory, in order of offset
	pds      []*PD    // these seven in order of number
	mrs      []*MR
	channels []*CompChannel
	cqs      []*CQ
	srqs     []*SRQ
	ahs      []*AH
	qps      []*QP
	nums     [4]numbers // by space
	srqNums  numbers    // of shared receive queues, in the range of the completion queues
	events   []AsyncEvent
	stale    bool // events were lost
	// replaced: restored in the place of tombstones of the same container.
	replaced bool
	forward  wire.Addr // departed: where its endpoint is
}

// space names a number space of a partition.
type space uint8

const (
	spaceQPN space = iota
	spaceKey
	spaceCQ
	spacePD
)

// Open makes a context. Twin: ibv_open_device. Errors: ErrInval for a partition or window that does not fit the
// device, ErrExists for one that another context has.
func (d *Device) Open(attr OpenAttr) (*Context, error) {
	if err := d.admit(attr, nil); err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	c := newContext(d, attr)
	d.contexts = append(d.contexts, c)
	return c, nil
}

func newContext(d *Device, attr OpenAttr) *Context {
	p := attr.Partition
	return &Context{
		dev: d, attr: attr, arena: arena{size: attr.Window.Size},
		nums:    [4]numbers{spaceQPN: {Range: p.QPN}, spaceKey: {Range: p.Key}, spaceCQ: {Range: p.CQ}, spacePD: {Range: p.PD}},
		srqNums: numbers{Range: p.CQ},
	}
}

// admit checks that a context with these attributes may come into being. tombstone is the departed context
// whose place it may take.
func (d *Device) admit(attr OpenAttr, tombstone *Context) error {
	if err := attr.Partition.check(d.caps.NumCQ); err != nil {
		return err
	}
	w := attr.Window
	size := d.cfg.RAM.Size()
	switch {
	case w.Size == 0 || w.Size%WindowAlign != 0 || w.Base%WindowAlign != 0 || w.Size > size || w.Base > size-w.Size:
		return fmt.Errorf("window %#x+%#x in %#x bytes of memory: %w", w.Base, w.Size, size, ErrInval)
	case attr.VA%WindowAlign != 0 || attr.VA+w.Size < attr.VA:
		return fmt.Errorf("virtual address %#x of a window of %#x bytes: %w", attr.VA, w.Size, ErrInval)
	case w.overlaps(Window{d.cfg.Scratch, ScratchSize}):
		return fmt.Errorf("window %#x+%#x has the driver's scratch page in it: %w", w.Base, w.Size, ErrExists)
	}
	for _, o := range d.contexts {
		if o == tombstone {
			continue
		}
		if s := attr.Partition.clash(o.attr.Partition); s != "" {
			return fmt.Errorf("the %s numbers are those of another context: %w", s, ErrExists)
		}
		if o.phase != departed && w.overlaps(o.attr.Window) {
			return fmt.Errorf("window %#x+%#x overlaps that of another context: %w", w.Base, w.Size, ErrExists)
		}
	}
	return nil
}

// Device is the device that the context is on.
func (c *Context) Device() *Device { return c.dev }

// Partition is the context's share of the number spaces.
func (c *Context) Partition() Partition { return c.attr.Partition }

// Window is the context's physical memory.
func (c *Context) Window() Window { return c.attr.Window }

// State names the phase of the context's life: running, stopped, restored, departed, closed.
func (c *Context) State() string { return phaseNames[c.phase] }

// live is nil while objects may be used.
func (c *Context) live() error {
	switch c.phase {
	case running:
		return nil
	case closed:
		return ErrDestroyed
	}
	return ErrStopped
}

// pa is the physical address of offset off.
func (c *Context) pa(off uint64) uint64 { return c.attr.Window.Base + off }

// offset is where in the window n bytes from virtual address va are.
func (c *Context) offset(va, n uint64) (uint64, error) {
	off := va - c.attr.VA
	if va < c.attr.VA || n > c.attr.Window.Size || off > c.attr.Window.Size-n {
		return 0, fmt.Errorf("%d bytes at virtual address %#x are not in the window: %w", n, va, ErrInval)
	}
	return off, nil
}

// Alloc takes n bytes of application memory, n >= 1, zeroed, and returns its virtual address, a multiple of 64.
// Errors: ErrInval, ErrNoMem, ErrStopped.
func (c *Context) Alloc(n uint64) (uint64, error) {
	if err := c.live(); err != nil {
		return 0, fmt.Errorf("alloc: %w", err)
	}
	e, err := c.grab(n)
	if err != nil {
		return 0, fmt.Errorf("alloc: %w", err)
	}
	i, _ := slices.BinarySearchFunc(c.bufs, e.Off, func(b Extent, off uint64) int { return cmp.Compare(b.Off, off) })
	c.bufs = slices.Insert(c.bufs, i, e)
	return c.attr.VA + e.Off, nil
}

// Free gives back memory that Alloc returned. ErrInval when it did not.
func (c *Context) Free(va uint64) error {
	if err := c.live(); err != nil {
		return fmt.Errorf("free: %w", err)
	}
	i, ok := slices.BinarySearchFunc(c.bufs, va-c.attr.VA, func(b Extent, off uint64) int { return cmp.Compare(b.Off, off) })
	if !ok {
		return fmt.Errorf("free of %#x: %w", va, ErrInval)
	}
	c.arena.free(c.bufs[i])
	c.bufs = slices.Delete(c.bufs, i, i+1)
	return nil
}

// grab takes n bytes of the window and zeroes them.
func (c *Context) grab(n uint64) (Extent, error) {
	if n == 0 {
		return Extent{}, fmt.Errorf("0 bytes of memory: %w", ErrInval)
	}
	e, ok := c.arena.alloc(n)
	return c.zeroed(e, n, ok)
}

// grabTop is grab for what the driver keeps to itself: it comes from the end of the window, out of the way of what the
// device and the program use.
func (c *Context) grabTop(n uint64) (Extent, error) {
	e, ok := c.arena.allocTop(n)
	return c.zeroed(e, n, ok)
}

// zeroed zeroes memory that the arena handed out, if it did.
func (c *Context) zeroed(e Extent, n uint64, ok bool) (Extent, error) {
	if !ok {
		return Extent{}, fmt.Errorf("%d bytes in a window of %d: %w", n, c.attr.Window.Size, ErrNoMem)
	}
	if err := c.dev.store(c.pa(e.Off), make([]byte, n)); err != nil {
		c.arena.free(e)
		return Extent{}, err
	}
	return e, nil
}

// Read is a load by the container of len(p) bytes at a virtual address. Errors: ErrInval, ErrStopped.
func (c *Context) Read(va uint64, p []byte) error {
	off, err := c.access(va, uint64(len(p)))
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	return c.dev.load(c.pa(off), p)
}

// Write is a store by the container at a virtual address. Errors: ErrInval, ErrStopped.
func (c *Context) Write(va uint64, p []byte) error {
	off, err := c.access(va, uint64(len(p)))
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return c.dev.store(c.pa(off), p)
}

func (c *Context) access(va, n uint64) (uint64, error) {
	if err := c.live(); err != nil {
		return 0, err
	}
	return c.offset(va, n)
}

// object is anything found by its number.
type object interface{ number() uint32 }

func search[T object](list []T, n uint32) (int, bool) {
	return slices.BinarySearchFunc(list, n, func(o T, n uint32) int { return cmp.Compare(o.number(), n) })
}

func find[T object](list []T, n uint32) T {
	if i, ok := search(list, n); ok {
		return list[i]
	}
	var none T
	return none
}

func insert[T object](list []T, o T) []T {
	i, _ := search(list, o.number())
	return slices.Insert(list, i, o)
}

func remove[T object](list []T, o T) []T {
	i, ok := search(list, o.number())
	if !ok {
		panic("BUG: removal of an object that is not there")
	}
	return slices.Delete(list, i, i+1)
}

// PD finds a protection domain by its number, nil when there is none.
func (c *Context) PD(n uint16) *PD { return find(c.pds, uint32(n)) }

// MR finds a memory region by its key, nil when there is none.
func (c *Context) MR(key uint32) *MR { return find(c.mrs, key) }

// CQ finds a completion queue by its number, nil when there is none.
func (c *Context) CQ(n uint32) *CQ { return find(c.cqs, n) }

// QP finds a queue pair by its number, nil when there is none.
func (c *Context) QP(qpn uint32) *QP { return find(c.qps, qpn) }

// QPs are the queue pairs, in order of number.
func (c *Context) QPs() []*QP { return slices.Clone(c.qps) }
