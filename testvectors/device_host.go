package testvectors

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// ram is what a host has at its addresses; where nothing was put, a byte tells where it is.
type ram map[uint64]byte

// put places bytes.
func (m ram) put(addr uint64, p []byte) {
	for i, b := range p {
		m[addr+uint64(i)] = b
	}
}

// read fills p.
func (m ram) read(addr uint64, p []byte) {
	for i := range p {
		at := addr + uint64(i)
		b, ok := m[at]
		if !ok {
			b = byte(at*7 + at>>8 + 1)
		}
		p[i] = b
	}
}

// fill places what a NIC is said to read.
func (m ram) fill(reads []Access) {
	for i := range reads {
		m.put(reads[i].Addr.Uint(), reads[i].whole())
	}
}

// accessOf writes an access down.
func accessOf(addr uint64, p []byte) Access {
	return Access{Addr: num(addr, 64), Bytes: toHex(bytes.TrimRight(p, "\x00")), Len: len(p)}
}

// whole is the bytes of an access.
func (a *Access) whole() []byte {
	b := make([]byte, a.Len)
	copy(b, a.Bytes.Bytes())
	return b
}

// host is the world of a core during one device vector.
type host struct {
	memory     ram
	image      []byte // of the command that sets the NIC up, instead of memory
	reads      []Access
	writes     []Access
	events     []Raised
	sent       [][]byte
	retransmit bool
	ticks      []uint32
	stops      int
}

// DMARead implements nic.Env.
func (h *host) DMARead(addr uint64, p []byte) {
	if h.image != nil {
		clear(p)
		copy(p, h.image)
		return
	}
	h.memory.read(addr, p)
	h.reads = append(h.reads, accessOf(addr, p))
}

// DMAWrite implements nic.Env.
func (h *host) DMAWrite(addr uint64, p []byte) { h.writes = append(h.writes, accessOf(addr, p)) }

// Transmit implements nic.Env.
func (h *host) Transmit(frame []byte, retransmit bool) (spare []byte) {
	h.sent, h.retransmit = append(h.sent, frame), retransmit
	return nil
}

// SetTimer implements nic.Env.
func (h *host) SetTimer(_ uint16, ticks uint32) { h.ticks = append(h.ticks, ticks) }

// StopTimer implements nic.Env.
func (h *host) StopTimer(uint16) { h.stops++ }

// Event implements nic.Env.
func (h *host) Event(kind abi.Event, number uint32) {
	h.events = append(h.events, Raised{Kind: kind.String(), Number: num(uint64(number), 24)})
}

// install makes a NIC with tables in it.
func (h *host) install(has abi.Feature, ip [16]byte, t *Tables) (*nic.Core, error) {
	k := newCore(has, ip)
	command := func(op abi.CMD, arg uint32, image []byte) error {
		h.image = image
		v := k.Apply(&nic.Cause{Kind: abi.CauseCMD, Arg: arg, Arg2: uint32(op) << 24}, h).Verdict
		if s := abi.CmdStatus(v); s != abi.CmdStatusOK {
			return fmt.Errorf("the NIC answers %v to %v of %d", s, op, arg)
		}
		return nil
	}
	for _, x := range []struct {
		op      abi.CMD
		entries []Entry
	}{{abi.CMDCreateCQ, t.CQs}, {abi.CMDCreateSRQ, t.SRQs}} {
		for i := range x.entries {
			if err := command(x.op, uint32(x.entries[i].Number), x.entries[i].whole()); err != nil {
				return nil, err
			}
		}
	}
	if err := rows(t.Regions, command); err != nil {
		return nil, err
	}
	for i := range t.QPs {
		if e := &t.QPs[i]; !k.SetContext(uint16(e.Number), e.Image.context()) {
			return nil, fmt.Errorf("the NIC does not take the context of slot %d", e.Number)
		}
	}
	*h = host{memory: h.memory}
	return k, nil
}

// rows enters regions in their rows: a NIC takes the lowest free one, so others hold those before it for a while.
func rows(regions []Entry, command func(op abi.CMD, arg uint32, image []byte) error) error {
	const holder = 0xfffffff0
	var held []uint32
	row := uint32(0)
	for i := range regions {
		for ; row < uint32(regions[i].Number); row++ {
			img := (&abi.MR{Key: holder + row}).Image()
			if err := command(abi.CMDCreateMR, 0, img[:]); err != nil {
				return err
			}
			held = append(held, holder+row)
		}
		if err := command(abi.CMDCreateMR, 0, regions[i].whole()); err != nil {
			return err
		}
		row++
	}
	for _, key := range held {
		if err := command(abi.CMDDestroyMR, key, nil); err != nil {
			return err
		}
	}
	return nil
}

// whole is the image of an entry at the full length of any layout.
func (e *Entry) whole() []byte { return e.Image.whole()[:] }
