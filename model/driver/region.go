package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// PD is a protection domain. Twin: ibv_pd.
type PD struct {
	ctx  *Context
	num  uint32
	gone bool
}

func (p *PD) number() uint32 { return p.num }

// Number is the number of the protection domain.
func (p *PD) Number() uint16 { return uint16(p.num) }

// AllocPD makes a protection domain. Twin: ibv_alloc_pd. Errors: ErrNoMem, ErrStopped.
func (c *Context) AllocPD() (*PD, error) {
	if err := c.live(); err != nil {
		return nil, fmt.Errorf("alloc PD: %w", err)
	}
	n, ok := c.nums[spacePD].take(func(n uint32) bool { return c.PD(uint16(n)) != nil })
	if !ok {
		return nil, fmt.Errorf("alloc PD: all %d are taken: %w", c.attr.Partition.PD.Count, ErrNoMem)
	}
	p := &PD{ctx: c, num: n}
	c.pds = insert(c.pds, p)
	return p, nil
}

// Dealloc destroys the protection domain. Twin: ibv_dealloc_pd. ErrBusy while it has regions, address handles, shared receive queues or queue pairs.
func (p *PD) Dealloc() error {
	if err := p.usable(); err != nil {
		return fmt.Errorf("dealloc PD %d: %w", p.num, err)
	}
	for _, m := range p.ctx.mrs {
		if m.pd == p {
			return fmt.Errorf("dealloc PD %d: it has region %#x: %w", p.num, m.key, ErrBusy)
		}
	}
	for _, a := range p.ctx.ahs {
		if a.pd == p {
			return fmt.Errorf("dealloc PD %d: it has AH %d: %w", p.num, a.num, ErrBusy)
		}
	}
	for _, s := range p.ctx.srqs {
		if s.pd == p {
			return fmt.Errorf("dealloc PD %d: it has SRQ %d: %w", p.num, s.num, ErrBusy)
		}
	}
	for _, q := range p.ctx.qps {
		if q.pd == p {
			return fmt.Errorf("dealloc PD %d: it has QP %d: %w", p.num, q.qpn, ErrBusy)
		}
	}
	p.gone = true
	p.ctx.pds = remove(p.ctx.pds, p)
	return nil
}

func (p *PD) usable() error {
	if p.gone {
		return ErrDestroyed
	}
	return p.ctx.live()
}

// MR is a memory region. Twin: ibv_mr.
type MR struct {
	ctx    *Context
	pd     *PD
	key    uint32
	va     uint64
	length uint64
	access abi.Access
	// invalid: restored from a region that the partner had invalidated.
	invalid bool
	gone    bool
}

func (m *MR) number() uint32 { return m.key }

// LKey is the key for the owner's work requests.
func (m *MR) LKey() uint32 { return m.key }

// RKey is the key to tell the partner. It is the same number as LKey.
func (m *MR) RKey() uint32 { return m.key }

// VA is the first virtual address.
func (m *MR) VA() uint64 { return m.va }

// Len is the length in bytes.
func (m *MR) Len() uint64 { return m.length }

// RegMR registers length bytes (1 or more) at virtual address va for access. Twin: ibv_reg_mr. As there, remote
// write access needs local write access. Errors: ErrInval, ErrNoMem, ErrStopped, and those of a command.
func (p *PD) RegMR(va, length uint64, access abi.Access) (*MR, error) {
	m, err := p.regMR(va, length, access)
	if err != nil {
		return nil, fmt.Errorf("reg MR %#x+%#x: %w", va, length, err)
	}
	return m, nil
}

func (p *PD) regMR(va, length uint64, access abi.Access) (*MR, error) {
	if err := p.usable(); err != nil {
		return nil, err
	}
	c := p.ctx
	if _, err := c.offset(va, length); err != nil {
		return nil, err
	}
	switch {
	case length == 0:
		return nil, fmt.Errorf("length 0: %w", ErrInval)
	case !access.Valid():
		return nil, fmt.Errorf("access %v: %w", access, ErrInval)
	case access&(abi.AccessRemoteWrite|abi.AccessRemoteAtomic) != 0 && access&abi.AccessLocalWrite == 0:
		return nil, fmt.Errorf("access %v without LOCAL_WRITE: %w", access, ErrInval)
	}
	key, ok := c.nums[spaceKey].take(func(k uint32) bool { return c.MR(k) != nil })
	if !ok {
		return nil, fmt.Errorf("all %d keys are taken: %w", c.attr.Partition.Key.Count, ErrNoMem)
	}
	m := &MR{ctx: c, pd: p, key: key, va: va, length: length, access: access}
	if err := m.create(); err != nil {
		return nil, err
	}
	c.mrs = insert(c.mrs, m)
	return m, nil
}

// create tells the device of the region.
func (m *MR) create() error {
	img := abi.MR{
		Key: m.key, PD: uint16(m.pd.num), Access: m.access, VA: m.va, Length: m.length, Invalid: m.invalid,
		PA: m.ctx.pa(m.va - m.ctx.attr.VA),
	}
	b := img.Image()
	_, err := m.ctx.dev.run(command{op: abi.CMDCreateMR, in: b[:], undo: &command{op: abi.CMDDestroyMR, arg0: m.key}})
	return err
}

// dump reads what the device knows of the region and the driver does not: that the partner invalidated its key.
func (m *MR) dump() (ImageMR, error) {
	e := ImageMR{m.key, uint16(m.pd.num), m.access, m.va, m.length, false}
	if m.ctx.dev.caps.Features&abi.FeatureInv == 0 {
		return e, nil
	}
	var b [abi.MRSize]byte
	var img abi.MR
	if _, err := m.ctx.dev.run(command{op: abi.CMDDumpMR, arg0: m.key, out: b[:]}); err != nil {
		return e, fmt.Errorf("region %#x: %w", m.key, err)
	}
	if err := img.Unmarshal(b[:]); err != nil {
		return e, fmt.Errorf("region %#x: %w: %w", m.key, err, ErrDevice)
	}
	if img.Key != m.key || img.PD != e.PD || img.Access != m.access || img.VA != m.va || img.Length != m.length {
		return e, fmt.Errorf("region %#x: the device says %+v: %w", m.key, img, ErrDevice)
	}
	e.Invalid = img.Invalid
	return e, nil
}

// destroy makes the device forget the region; done is called when it has, even if late.
func (m *MR) destroy(done func() error) error {
	return m.ctx.dev.end(command{op: abi.CMDDestroyMR, arg0: m.key}, &m.gone, done)
}

// Dereg destroys the region. Twin: ibv_dereg_mr. Work requests that still use it will fail.
func (m *MR) Dereg() error {
	if m.gone {
		return fmt.Errorf("dereg MR %#x: %w", m.key, ErrDestroyed)
	}
	if err := m.ctx.live(); err != nil {
		return fmt.Errorf("dereg MR %#x: %w", m.key, err)
	}
	if err := m.destroy(m.forget); err != nil {
		return fmt.Errorf("dereg MR %#x: %w", m.key, err)
	}
	return nil
}

func (m *MR) forget() error {
	m.gone = true
	m.ctx.mrs = remove(m.ctx.mrs, m)
	return nil
}
