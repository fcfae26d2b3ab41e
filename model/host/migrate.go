package host

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/driver"
)

// Phase is a step of a migration.
type Phase uint8

// The phases, in order. All before PhaseForward can be rolled back; from then on the container lives on its
// destination, and a phase that fails can only be tried again.
const (
	PhaseReserve  Phase = iota // memory on the destination
	PhasePreCopy               // copy memory while the container runs
	PhaseFreeze                // the programs get no more turns
	PhaseStall                 // the queue pairs stop (R1)
	PhaseDump                  // the image
	PhaseCopy                  // what memory changed since
	PhaseRestore               // the image on the destination; born stopped (R5)
	PhaseActivate              // RESUME, and the programs run again (R6)
	PhaseForward               // the tombstones know where their endpoint is (R10a)
	PhaseAwait                 // every RESUME is acknowledged (R8)
	PhaseRelease               // the tombstones go (R10a)
	// NumPhases counts the phases.
	NumPhases
	// PhaseRollback stands in logs for the way back.
	PhaseRollback
)

var phaseNames = [NumPhases]string{
	"reserve", "precopy", "freeze", "stall", "dump", "copy", "restore", "activate", "forward", "await", "release",
}

// String returns the phase's name in lower case.
func (p Phase) String() string {
	switch {
	case p < NumPhases:
		return phaseNames[p]
	case p == PhaseRollback:
		return "rollback"
	}
	return fmt.Sprintf("Phase(%d)", uint8(p))
}

// Options of a migration; zero values choose.
type Options struct {
	// CopyRate is the bytes a cycle that memory is copied at; 0 means 50, 100 Gbit/s.
	CopyRate uint64
	// PreCopy is the most rounds of copying while the container runs; 0 is stop-and-copy. They end early when no more
	// than PreCopyLeft bytes are left, or as much as the round before copied.
	PreCopy     int
	PreCopyLeft uint64
	// Progress, if not nil, is told when a phase begins (done 0), after each round of PhasePreCopy, and when a phase has
	// ended (done = of).
	Progress func(p Phase, done, of int)
	// AwaitLimit is the cycles that PhaseAwait waits for RESUME to be acknowledged; 0 means 20 million, 80 ms.
	AwaitLimit uint64
	// Verify compares the restored copy with the image it was made from, and its memory with the source's (R12); a
	// difference fails PhaseRestore.
	Verify bool
	// Refuse refuses, with ErrPatience and before anything is stopped, a migration that has Result.Warnings.
	Refuse bool
	// Fault is asked before (done false) and after (done true) each phase, if not nil; its error is as if the phase
	// had failed there. For tests.
	Fault func(p Phase, done bool) error
}

// Record is one execution of a phase.
type Record struct {
	Phase Phase
	// Begin and End are cycles.
	Begin, End uint64
	// Bytes is the memory copied, or the size of the image.
	Bytes uint64
	Err   error
}

// Round is one round of PhasePreCopy.
type Round struct {
	// Begin and End are cycles.
	Begin, End uint64
	// Bytes is what was copied, Left what was changed meanwhile.
	Bytes, Left uint64
}

// Blackout is the time without completions around a migration: from the turn with the last one before it to the
// turn with the first one after. After is 0 while there was none.
type Blackout struct{ Before, After uint64 }

// Cycles is its length, 0 when it is not known.
func (b *Blackout) Cycles() uint64 {
	if b == nil || b.After == 0 {
		return 0
	}
	return b.After - b.Before
}

// Result of a migration.
type Result struct {
	// Container, From and To are names.
	Container, From, To string
	// Log has the phases as they were executed, failures and rollback among them.
	Log []Record
	// Rounds are those of PhasePreCopy.
	Rounds []Round
	// Moved: the container lives, or died, on its destination. RolledBack: it lives where it was. Lost: it died with a host.
	Moved, RolledBack, Lost bool
	// ExpectedCycles is what PauseCycles was expected to be at PhaseFreeze, Warnings the connections that will not survive it.
	ExpectedCycles uint64
	Warnings       []Warning
	// PauseCycles is from the begin of PhaseStall to the end of PhaseActivate.
	PauseCycles uint64
	// Blackout is filled in when the first completion comes, which may be after the migration.
	Blackout *Blackout
	// ImageBytes is the size of the image, QPs the number of queue pairs in it, CopiedBytes the memory copied.
	ImageBytes  uint64
	QPs         int
	CopiedBytes uint64
}

// Cycles is the time spent in phase p, all its tries together.
func (r *Result) Cycles(p Phase) uint64 {
	var n uint64
	for _, rec := range r.Log {
		if rec.Phase == p {
			n += rec.End - rec.Begin
		}
	}
	return n
}

// Migration moves one container, phase by phase.
type Migration struct {
	w        *World
	c        *Container
	from, to *Host
	o        Options
	next     Phase
	over     bool
	res      Result

	srcWin, dstWin driver.Window
	src, dst       *driver.Context
	track          *tracker
	image          []byte
	stalledAt      uint64
	frozen         bool
	aborted        bool
	back           error // why it is to be rolled back, if that failed
}

// NewMigration prepares to move container c from one host to another. Nothing happens before Next.
func NewMigration(w *World, c *Container, from, to *Host, o Options) (*Migration, error) {
	switch {
	case c.host != from:
		return nil, fmt.Errorf("%w: %s is on %s, not on %s", errMoving, c.Name, c.host.Name, from.Name)
	case from == to:
		return nil, fmt.Errorf("%w: %s is on %s already", errMoving, c.Name, to.Name)
	case c.fault != nil:
		return nil, fmt.Errorf("%w: %s has failed: %w", errMoving, c.Name, c.fault)
	case c.frozen:
		return nil, fmt.Errorf("%w: %s is frozen", errMoving, c.Name)
	}
	if o.CopyRate == 0 {
		o.CopyRate = 50
	}
	if o.AwaitLimit == 0 {
		o.AwaitLimit = 20_000_000
	}
	return &Migration{
		w: w, c: c, from: from, to: to, o: o, src: c.ctx, srcWin: c.ctx.Window(),
		res: Result{Container: c.Name, From: from.Name, To: to.Name},
	}, nil
}

// Migrate moves a container, and steps the world meanwhile. After an error the container runs where it was
// (Result.RolledBack), or already runs on its destination (Result.Moved) and only the clearing up is missing, or,
// if the rollback failed as well, is frozen, or is lost with its host (Result.Lost).
func Migrate(w *World, c *Container, from, to *Host, o Options) (*Result, error) {
	m, err := NewMigration(w, c, from, to, o)
	if err != nil {
		return nil, err
	}
	for {
		done, err := m.Next()
		if done || err != nil {
			return &m.res, err
		}
	}
}

// MigrateAll runs several migrations at the same time: one phase of each in turn. The error joins those of the
// migrations that failed.
func MigrateAll(ms ...*Migration) error {
	var errs []error
	failed := make([]bool, len(ms))
	for busy := true; busy; {
		busy = false
		for i, m := range ms {
			if m.over || failed[i] {
				continue
			}
			if _, err := m.Next(); err != nil {
				errs = append(errs, err)
				failed[i] = true
			}
			busy = true
		}
	}
	return errors.Join(errs...)
}

// ErrAborted is that a migration was called off.
var ErrAborted = errors.New("called off")

// Abort calls the migration off: the phase that comes fails with ErrAborted, or the round of PhasePreCopy that does, and all
// is rolled back. It may be called from Options.Progress. Its error says that it is too late: the container lives on its
// destination, or the migration is over.
func (m *Migration) Abort() error {
	if m.over || m.res.Moved {
		return fmt.Errorf("%w: abort of %s at %v: it is too late", errMoving, m.c.Name, m.next)
	}
	m.aborted = true
	return nil
}

// goesOn is nil unless the migration was called off.
func (m *Migration) goesOn() error {
	if m.aborted {
		return ErrAborted
	}
	return nil
}

// Result is what is known so far.
func (m *Migration) Result() *Result { return &m.res }

// Phase is the phase that Next would execute.
func (m *Migration) Phase() Phase { return m.next }

// Next executes the next phase, and tells whether the migration is over. When a phase fails before the activation the
// migration is rolled back; if that fails, Next tries it again. After the activation Next goes on where it failed, unless
// the destination has crashed.
func (m *Migration) Next() (done bool, err error) {
	switch {
	case m.over:
		return true, nil
	case m.back != nil:
		err = m.rollback(m.back)
		return m.over, err
	}
	p := m.next
	err = m.execute(p)
	if err != nil {
		err = fmt.Errorf("migrate %s from %s to %s: %v: %w", m.c.Name, m.from.Name, m.to.Name, p, err)
	}
	switch {
	case err != nil && !m.res.Moved:
		err = m.rollback(err)
	case err != nil && m.standing(p) != nil:
		err = m.lost(err)
	case m.next == NumPhases:
		m.over = true
	}
	return m.over, err
}

// execute runs phase p, and goes on to the next when its work is done.
func (m *Migration) execute(p Phase) error {
	r := Record{Phase: p, Begin: m.w.Now()}
	m.tell(p, 0, 1)
	if r.Err = m.goesOn(); r.Err == nil {
		r.Err = m.fault(p, false)
	}
	if r.Err == nil {
		r.Err = m.standing(p)
	}
	if r.Err == nil {
		r.Bytes, r.Err = m.phase(p)
		if r.Err == nil {
			m.next++
			m.tell(p, 1, 1)
			r.Err = m.fault(p, true)
		}
	}
	r.End = m.w.Now()
	m.res.Log = append(m.res.Log, r)
	return r.Err
}

func (m *Migration) tell(p Phase, done, of int) {
	if m.o.Progress != nil {
		m.o.Progress(p, done, of)
	}
}

func (m *Migration) fault(p Phase, done bool) error {
	if m.o.Fault == nil {
		return nil
	}
	return m.o.Fault(p, done)
}
