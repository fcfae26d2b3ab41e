package host

import (
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/driver"
)

// ErrPatience is that a migration was refused because a partner that did not agree to it would not survive it.
var ErrPatience = errors.New("a partner would lose its connection")

// Warning is a connection that is not expected to survive the migration of its container, because its partner did not
// agree to the migration protocol. Protocol section 6.
type Warning struct {
	driver.Patience
	// Expected is the pause that is expected, in cycles.
	Expected uint64
	// Late: the pause goes on after the partner has tried for the last time, if it has asked for something before.
	Late bool
	// Readdressed: the container gets another address, and such a partner takes packets from the old one only.
	Readdressed bool
}

// String says it in a sentence.
func (w Warning) String() string {
	text := fmt.Sprintf("QP %d: its partner did not agree to migration", w.QPN)
	if w.Readdressed {
		text += ", and takes no packets from another address"
	}
	if last, ends := w.Retry.LastTry(); w.Late && ends {
		text += fmt.Sprintf(", and asks for the last time after %d cycles; %d are expected", last, w.Expected)
		if w.Assumed {
			text += " (if it tries as long as this side does)"
		}
	}
	return text
}

// foresee reckons how long the container will be silent, and which connections that ends.
func (m *Migration) foresee() error {
	m.res.ExpectedCycles = m.src.ExpectPause(m.to.Driver) + m.from.count(m.track)/m.o.CopyRate
	m.res.Warnings = nil
	for _, p := range m.src.Patience() {
		w := Warning{Patience: p, Expected: m.res.ExpectedCycles, Readdressed: m.from.Driver.IP() != m.to.Driver.IP()}
		if last, ends := p.Retry.LastTry(); ends && w.Expected > last {
			w.Late = true
		}
		if w.Late || w.Readdressed {
			m.res.Warnings = append(m.res.Warnings, w)
		}
	}
	if m.o.Refuse && len(m.res.Warnings) != 0 {
		return fmt.Errorf("%v: %w", m.res.Warnings[0], ErrPatience)
	}
	return nil
}
