package live

import (
	"errors"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/model/driver"
)

// ErrPatience is that a migration was refused because a partner that knows nothing of migration would not survive it.
var ErrPatience = errors.New("a partner would lose its connection")

// usualPause is how long a container is stopped that is not told to be for longer: copying it takes milliseconds, and a
// busy machine some more.
const usualPause = 20 * time.Millisecond

// Warning is a connection that is not expected to survive a pause, because its partner knows nothing of migration and
// gives up before. protocol.md section 6.
type Warning struct {
	// QPN is the container's queue pair.
	QPN uint32 `json:"qpn"`
	// Pause is what is expected. LastTry is how long after a request the partner sends it for the last time, by the wall
	// clock: it may take up to four times as long, and Linux with retry_cnt 7 never gives up.
	Pause   time.Duration `json:"pause"`
	LastTry time.Duration `json:"last_try"`
	// Assumed: the partner did not say how long it tries, and is taken to try as long as this side does.
	Assumed bool `json:"assumed"`
}

// String says it in a sentence.
func (w Warning) String() string {
	text := fmt.Sprintf("QP %d: its partner knows nothing of migration and asks for the last time after %v; a pause of %v is expected", w.QPN, w.LastTry, w.Pause)
	if w.Assumed {
		text += " (if it tries as long as this side does)"
	}
	return text
}

// Foresee tells which connections are not expected to survive that the container is stopped for so long.
func (c *Container) Foresee(pause time.Duration) ([]Warning, error) {
	var all []Warning
	err := c.Do(func(ctx *driver.Context) error {
		for _, p := range ctx.Patience() {
			cycles, ends := p.Retry.LastTry()
			if last := time.Duration(cycles) * Cycle; ends && pause > last {
				all = append(all, Warning{p.QPN, pause, last, p.Assumed})
			}
		}
		return nil
	})
	return all, err
}

// foresee is the warnings of a migration, told before anything is done.
func (c *Container) foresee(o *MigrateOptions) error {
	warnings, err := c.Foresee(o.Blackout + usualPause)
	if err != nil {
		return err
	}
	for _, w := range warnings {
		if o.Refuse {
			return fmt.Errorf("%v: %w", w, ErrPatience)
		}
		if o.Warn != nil {
			o.Warn(w)
		}
	}
	return nil
}
