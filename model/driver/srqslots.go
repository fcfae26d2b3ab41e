package driver

import "fmt"

// What is noted of each slot of a shared receive queue: an identifier, a place in the ring of free slots, and whether it
// is posted.
const (
	freeSize   = 2
	postedSize = 1
)

// noteBytes is the memory that the notes take.
func noteBytes(log uint8) uint64 { return (WRIDSize + freeSize + postedSize) << log }

// wridAt, freeAt and postedAt are offsets in the window.
func (s *SRQ) wridAt(slot uint16) uint64 { return s.notes.Off + uint64(slot)*WRIDSize }

func (s *SRQ) freeAt(index uint16) uint64 {
	return s.notes.Off + WRIDSize<<s.log + uint64(index&(1<<s.log-1))*freeSize
}

func (s *SRQ) postedAt(slot uint16) uint64 {
	return s.notes.Off + (WRIDSize+freeSize)<<s.log + uint64(slot)*postedSize
}

// fill makes all slots of a new queue free.
func (s *SRQ) fill() error {
	var b []byte
	for slot := range 1 << s.log {
		b = le.AppendUint16(b, uint16(slot))
	}
	return s.ctx.dev.store(s.ctx.pa(s.freeAt(0)), b)
}

// freeSlot is the slot that the receive with an index gets, which is free. The memory is the container's own: if that was
// overwritten, there may be nonsense in it.
func (s *SRQ) freeSlot(index uint16) (uint16, error) {
	var b [freeSize]byte
	if err := s.ctx.dev.load(s.ctx.pa(s.freeAt(index)), b[:]); err != nil {
		return 0, err
	}
	slot := le.Uint16(b[:])
	if int(slot) >= 1<<s.log {
		return 0, fmt.Errorf("slot %d of %d is said to be free: %w", slot, 1<<s.log, ErrIO)
	}
	return slot, nil
}

// post takes note of a receive in a slot.
func (s *SRQ) post(slot uint16, id uint64) error {
	if err := s.ctx.storeID(s.wridAt(slot), id); err != nil {
		return err
	}
	return s.ctx.dev.store(s.ctx.pa(s.postedAt(slot)), []byte{1})
}

// complete takes note that the receive in a slot is done, and returns its identifier; false when none is there.
func (s *SRQ) complete(slot uint16) (id uint64, ok bool, err error) {
	var posted, free [freeSize]byte
	if int(slot) >= 1<<s.log || s.pi == s.done {
		return 0, false, nil
	}
	if err := s.ctx.dev.load(s.ctx.pa(s.postedAt(slot)), posted[:postedSize]); err != nil || posted[0] != 1 {
		return 0, false, err
	}
	if id, err = s.ctx.loadID(s.wridAt(slot)); err != nil {
		return 0, false, err
	}
	if err := s.ctx.dev.store(s.ctx.pa(s.postedAt(slot)), []byte{0}); err != nil {
		return 0, false, err
	}
	// The ring has as many places as slots, and this one was that of a receive posted as many ago.
	le.PutUint16(free[:], slot)
	if err := s.ctx.dev.store(s.ctx.pa(s.freeAt(s.done)), free[:]); err != nil {
		return 0, false, err
	}
	s.done++
	return id, true, nil
}
