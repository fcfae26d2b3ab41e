package host

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/driver"
)

// phase does the work of a phase and returns the bytes it moved.
func (m *Migration) phase(p Phase) (uint64, error) {
	switch p {
	case PhaseReserve:
		return 0, m.reserve()
	case PhasePreCopy:
		return m.preCopy()
	case PhaseFreeze:
		if err := m.foresee(); err != nil {
			return 0, err
		}
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

// preCopy copies while the container runs: all of its memory, then what it and its NIC changed meanwhile, until little
// is left, the rounds are over, or they stop getting smaller: a container that writes faster than the copy goes would
// otherwise be copied for ever.
func (m *Migration) preCopy() (uint64, error) {
	var total uint64
	for i := range m.o.PreCopy {
		r := Round{Begin: m.w.Now()}
		n, err := m.copy()
		total += n
		if err != nil {
			return total, err
		}
		r.End, r.Bytes, r.Left = m.w.Now(), n, m.from.count(m.track)
		m.res.Rounds = append(m.res.Rounds, r)
		m.tell(PhasePreCopy, i+1, m.o.PreCopy)
		if err := m.goesOn(); err != nil {
			return total, err
		}
		if r.Left <= m.o.PreCopyLeft || i != 0 && r.Left >= n {
			break
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

// activate brings the copy to life. From the RESUME write on there is no way back, whatever the driver says of it, unless
// the copy is seen to be untouched (R10). A device that says nothing of use for three time-outs is taken for dead: then the
// source takes its chance, and if the copy lives all the same, the partner decides between the two (R7).
func (m *Migration) activate() error {
	err := m.dst.Resume()
	for try := 0; err != nil; try++ {
		untouched, uerr := m.dst.Untouched()
		if untouched || try == 3 || m.to.Crashed() {
			return err
		}
		if uerr != nil {
			if perr := m.w.pass(m.to.timeout); perr != nil {
				return errors.Join(err, perr)
			}
		}
		err = m.dst.Resume()
	}
	m.res.Moved = true
	m.c.fault = nil // that its source crashed after all was copied
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
	if m.from.Crashed() {
		return nil
	}
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
	err := m.w.wait(m.o.AwaitLimit, func() bool { return m.dst.Announcing() == 0 || m.dst.Stale() || m.to.Crashed() })
	if err != nil && !errors.Is(err, ErrDeadline) {
		return err
	}
	if err := m.standing(PhaseAwait); err != nil || m.dst.Announcing() == 0 && !m.dst.Stale() {
		return err
	}
	// Events were lost, as the driver knows, or perhaps without its knowing: ask the device, from time to time.
	for end := m.w.Now() + m.o.AwaitLimit; ; {
		if err := m.dst.Resync(); err != nil {
			return err
		}
		if m.dst.Announcing() == 0 {
			return nil
		}
		if err != nil || m.w.Now() >= end {
			return fmt.Errorf("%d RESUMEs are not acknowledged: %w", m.dst.Announcing(), ErrDeadline)
		}
	}
}

func (m *Migration) release() error {
	if m.from.Crashed() || m.src.State() == "closed" && m.superseded() {
		return nil
	}
	return m.src.Release()
}

// rollback undoes what was done, newest first, so that the container runs where it was. cause is returned, joined
// with what went wrong here. If the source cannot be brought back now, the container stays frozen and Next tries again;
// if it has crashed, the container is lost.
func (m *Migration) rollback(cause error) error {
	errs := []error{cause}
	begin := m.w.Now()
	m.giveUp(&errs)
	if m.track != nil {
		m.from.untrack(m.track)
		m.track = nil
	}
	if m.from.Crashed() {
		m.res.Lost, m.over = true, true
		m.logRollback(begin, m.c.fault)
		return errors.Join(errs...)
	}
	if m.src.State() == "stopped" {
		if err := m.src.Rollback(); err != nil {
			m.back = cause
			m.c.fault = fmt.Errorf("rollback: %w", err)
			m.logRollback(begin, m.c.fault)
			return errors.Join(append(errs, m.c.fault)...)
		}
	}
	if m.frozen {
		m.c.fault = nil // of an earlier try
		m.unfreeze()
	}
	m.res.RolledBack, m.over = true, true
	m.logRollback(begin, nil)
	return errors.Join(errs...)
}

// giveUp ends the copy on the destination, if there is one. It was never activated, so the source may go on whatever
// becomes of it; what cannot be cleared now is cleared by the next migration that goes there.
func (m *Migration) giveUp(errs *[]error) {
	dst, win := m.dst, m.dstWin
	m.dst, m.dstWin = nil, driver.Window{}
	switch {
	case win.Size == 0 || m.to.Crashed():
	case dst == nil:
		m.to.unreserve(win)
	default:
		if err := dst.GiveUp(m.from.Driver.IP()); err != nil {
			m.to.left = append(m.to.left, dst)
			*errs = append(*errs, fmt.Errorf("rollback: %s: %w", m.to.Name, err))
			return
		}
		m.to.unreserve(win)
	}
}

func (m *Migration) logRollback(begin uint64, err error) {
	m.res.Log = append(m.res.Log, Record{Phase: PhaseRollback, Begin: begin, End: m.w.Now(), Err: err})
}
