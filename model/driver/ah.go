package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// maxAHs bounds the address handles of a context.
const maxAHs = 1 << 16

// AHAttr is where datagrams go. Twin: ibv_ah_attr.
type AHAttr struct {
	// DestIP is the address of the NIC.
	DestIP wire.Addr
	// TClass is the traffic class: DSCP and ECN. HopLimit is 0 for that of the device.
	TClass, HopLimit uint8
}

// AH is an address handle. Twin: ibv_ah. The device does not know it: each work request that is posted carries what is in
// it, and so an address handle may be destroyed as soon as nothing more is posted with it.
type AH struct {
	pd   *PD
	num  uint32
	attr AHAttr
	gone bool
}

func (a *AH) number() uint32 { return a.num }

// Number is the number of the address handle in its context. It is the same after a move.
func (a *AH) Number() uint32 { return a.num }

// Attr says where it goes. Twin: ibv_query_ah, which rdma-core has not.
func (a *AH) Attr() AHAttr { return a.attr }

// AH finds an address handle by its number, nil when there is none.
func (c *Context) AH(n uint32) *AH { return find(c.ahs, n) }

// CreateAH makes an address handle. Twin: ibv_create_ah. Errors: ErrInval, ErrNoMem, ErrStopped, ErrNotSupported.
func (p *PD) CreateAH(attr AHAttr) (*AH, error) {
	if err := p.usable(); err != nil {
		return nil, fmt.Errorf("create AH: %w", err)
	}
	c := p.ctx
	switch {
	case !c.dev.has(abi.FeatureUD):
		return nil, fmt.Errorf("create AH: the device has no datagrams: %w", ErrNotSupported)
	case attr.DestIP == wire.Addr{}, !c.dev.reaches(attr.DestIP):
		return nil, fmt.Errorf("create AH: address %s, this device is %s: %w",
			wire.FormatAddr(attr.DestIP), wire.FormatAddr(c.dev.cfg.IP), ErrInval)
	}
	n := uint32(0)
	for n < uint32(len(c.ahs)) && c.ahs[n].num == n {
		n++
	}
	if n == maxAHs {
		return nil, fmt.Errorf("create AH: there are %d: %w", n, ErrNoMem)
	}
	a := &AH{pd: p, num: n, attr: attr}
	c.ahs = insert(c.ahs, a)
	return a, nil
}

// Destroy destroys the address handle. Twin: ibv_destroy_ah.
func (a *AH) Destroy() error {
	if a.gone {
		return fmt.Errorf("destroy AH %d: %w", a.num, ErrDestroyed)
	}
	c := a.pd.ctx
	if err := c.live(); err != nil {
		return fmt.Errorf("destroy AH %d: %w", a.num, err)
	}
	a.gone = true
	c.ahs = remove(c.ahs, a)
	return nil
}

// GRHBytes is the room for the IP header in front of a datagram in its buffer. IBTA 11.4.1.2.
const GRHBytes = 40

// AHFromWC is what an address handle to the sender of a datagram needs: grh are the first GRHBytes of its buffer. The
// queue pair to send to is WC.SrcQPN. Twin: ibv_init_ah_from_wc. ErrInval for a completion without an IP header.
func AHFromWC(wc *WC, grh []byte) (AHAttr, error) {
	if wc.Flags&abi.WCFlagGRH == 0 || len(grh) < GRHBytes {
		return AHAttr{}, fmt.Errorf("AH from a completion with %v and %d bytes: %w", wc.Flags, len(grh), ErrInval)
	}
	v4 := grh[GRHBytes-wire.IPv4Len:]
	switch {
	case grh[0]>>4 == 6:
		return AHAttr{DestIP: wire.Addr(grh[8:24]), TClass: grh[0]<<4 | grh[1]>>4}, nil
	case v4[0] == 0x45:
		return AHAttr{DestIP: wire.MapIPv4([4]byte(v4[12:16])), TClass: v4[1]}, nil
	}
	return AHAttr{}, fmt.Errorf("AH from an IP header that begins %#02x: %w", grh[0], ErrInval)
}

// ImageAH is an address handle.
type ImageAH struct {
	Number           uint32
	PD               uint16
	IP               wire.Addr
	TClass, HopLimit uint8
}

func (a *AH) dump() ImageAH {
	return ImageAH{a.num, a.pd.Number(), a.attr.DestIP, a.attr.TClass, a.attr.HopLimit}
}

func (m *ImageAH) append(b []byte) []byte {
	b = le.AppendUint16(le.AppendUint32(b, m.Number), m.PD)
	return append(append(b, m.IP[:]...), m.TClass, m.HopLimit)
}

func (r *reader) ah() (m ImageAH) {
	m.Number, m.PD = r.u32(), r.u16()
	copy(m.IP[:], r.take(len(m.IP)))
	m.TClass, m.HopLimit = r.u8(), r.u8()
	return m
}

// ahs checks the address handles.
func (c *checker) ahs() error {
	m := c.m
	err := ordered("AH", Range{0, maxAHs}, len(m.AHs), func(i int) uint32 { return m.AHs[i].Number })
	if err != nil {
		return err
	}
	for i := range m.AHs {
		if a := &m.AHs[i]; !c.hasPD(a.PD) || a.IP == (wire.Addr{}) {
			return fmt.Errorf("AH %d: PD %d, address %s: %w", a.Number, a.PD, wire.FormatAddr(a.IP), ErrImage)
		}
	}
	return nil
}
