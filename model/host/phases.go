package host

import (
	"errors"
	"fmt"
)

// phase does the work of a phase and returns the bytes it moved.
func (m *Migration) phase(p Phase) (uint64, error) {
	switch p {
	case PhaseReserve:
		return 0, m.reserve()
	case PhasePreCopy:
		return m.preCopy()
	case PhaseFreeze:
		m.c.frozen, m.frozen = true, true
		return 0, nil
	case PhaseStall:
		m.stalledAt = m.w.Now()
		return 0, m.src.Stall()
	case PhaseDump:
		return m.dump()
	case PhaseCopy:
		return m.copy()
	case PhaseRestore:
		return 0, m.restore()
	case PhaseActivate:
		return 0, m.activate()
	case PhaseForward:
		return 0, m.forward()
	case PhaseAwait:
		return 0, m.await()
	case PhaseRelease:
		return 0, m.release()
	}
	panic("BUG: migration phase " + p.String())
}

func (m *Migration) reserve() error {
	if err := m.to.closeLeft(); err != nil {
		return err
	}
	win, err := m.to.reserve(m.srcWin.Size)
	if err != nil {
		return err
	}
	m.dstWin = win
	m.track = m.from.track(m.srcWin)
	return nil
}

// preCopy copies while the container runs: all of its memory, then what it changed meanwhile.
func (m *Migration) preCopy() (uint64, error) {
	var total uint64
	for range m.o.PreCopy {
		n, err := m.copy()
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// copy copies what changed, and lets the time pass that this takes.
func (m *Migration) copy() (uint64, error) {
	n, err := m.from.copyDirty(m.track, m.to, m.dstWin)
	m.res.CopiedBytes += n
	if err != nil {
		return n, err
	}
	return n, m.w.pass(n / m.o.CopyRate)
}

func (m *Migration) dump() (uint64, error) {
	img, err := m.src.Dump()
	if err != nil {
		return 0, err
	}
	m.image = img.Marshal()
	m.res.ImageBytes, m.res.QPs = uint64(len(m.image)), len(img.QPs)
	return m.res.ImageBytes, nil
}

func (m *Migration) restore() error {
	dst, err := m.to.Driver.Restore(m.image, m.dstWin)
	m.dst = dst
	if err != nil || !m.o.Verify {
		return err
	}
	if err := identical(m.image, dst); err != nil {
		return err
	}
	return m.sameMemory()
}

// activate brings the copy to life. From the RESUME write on there is no way back, whatever the driver says of it,
// unless the copy is seen to be untouched (R10).
func (m *Migration) activate() error {
	if err := m.dst.Resume(); err != nil {
		if untouched, uerr := m.dst.Untouched(); untouched || uerr != nil {
			return err
		}
		if again := m.dst.Resume(); again != nil {
			return again
		}
	}
	m.res.Moved = true
	m.res.PauseCycles = m.w.Now() - m.stalledAt
	m.from.untrack(m.track)
	m.c.host, m.c.ctx = m.to, m.dst
	m.unfreeze()
	return nil
}

// unfreeze lets the programs run again and begins to wait for their first completion.
func (m *Migration) unfreeze() {
	m.res.Blackout = &Blackout{Before: m.c.last}
	m.c.gap = m.res.Blackout
	m.c.frozen, m.frozen = false, false
}

// forward turns what is left at the source into tombstones, whose memory is free for others.
func (m *Migration) forward() error {
	if err := m.src.SetForward(m.to.Driver.IP()); err != nil {
		return err
	}
	m.from.unreserve(m.srcWin)
	return nil
}

// superseded tells whether the container has moved on already, so that there is nothing left to clear up: a copy that
// comes back takes the place of its tombstones.
func (m *Migration) superseded() bool { return m.c.ctx != m.dst }

// await waits until every RESUME is acknowledged, or its queue pair is lost.
func (m *Migration) await() error {
	if m.superseded() {
		return nil
	}
	err := m.w.Run(m.o.AwaitLimit, func() bool { return m.dst.Announcing() == 0 || m.dst.Stale() })
	if err != nil || !m.dst.Stale() {
		return err
	}
	// Events were lost: ask the device from time to time.
	for end := m.w.Now() + m.o.AwaitLimit; ; {
		if err := m.dst.Resync(); err != nil {
			return err
		}
		if m.dst.Announcing() == 0 {
			return nil
		}
		if m.w.Now() >= end {
			return fmt.Errorf("%d RESUMEs are not acknowledged: %w", m.dst.Announcing(), ErrDeadline)
		}
	}
}

func (m *Migration) release() error {
	if m.src.State() == "closed" && m.superseded() {
		return nil
	}
	return m.src.Release()
}

// rollback undoes what was done, newest first, so that the container runs where it was. cause is returned, joined
// with what went wrong here.
func (m *Migration) rollback(cause error) error {
	errs := []error{cause}
	begin := m.w.Now()
	if m.dst != nil {
		if err := m.dst.GiveUp(m.from.Driver.IP()); err != nil {
			// It was never activated, so the source may go on; the destination is cleared later.
			m.to.left = append(m.to.left, m.dst)
			errs = append(errs, fmt.Errorf("rollback: %s: %w", m.to.Name, err))
		} else {
			m.to.unreserve(m.dstWin)
		}
	} else if m.dstWin.Size != 0 {
		m.to.unreserve(m.dstWin)
	}
	if m.track != nil {
		m.from.untrack(m.track)
	}
	if m.src.State() == "stopped" {
		if err := m.src.Rollback(); err != nil {
			m.c.fault = fmt.Errorf("rollback: %w", err)
			m.logRollback(begin, m.c.fault)
			return errors.Join(append(errs, m.c.fault)...)
		}
	}
	if m.frozen {
		m.unfreeze()
	}
	m.res.RolledBack = true
	m.logRollback(begin, nil)
	return errors.Join(errs...)
}

func (m *Migration) logRollback(begin uint64, err error) {
	m.res.Log = append(m.res.Log, Record{Phase: PhaseRollback, Begin: begin, End: m.w.Now(), Err: err})
}

// closeLeft closes copies that an earlier rollback could not.
func (h *Host) closeLeft() error {
	for len(h.left) != 0 {
		win := h.left[0].Window()
		if err := h.left[0].Close(); err != nil {
			return fmt.Errorf("copy left by an earlier migration: %w", err)
		}
		h.unreserve(win)
		h.left = h.left[1:]
	}
	return nil
}
