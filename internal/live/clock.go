package live

import "time"

// Cycle is the time of a cycle of the reference NIC (spec/timing.yaml).
const Cycle = 4 * time.Nanosecond

// How a NIC follows the wall clock.
const (
	// maxStep is the longest time that passes at once, so that frames that came meanwhile are seen in between.
	maxStep = time.Millisecond
	// maxLag is how far a NIC may be behind. What is beyond is lost: the process was not scheduled, or the device is slower
	// than its clock says, and the partner should not be taken for dead because of that.
	maxLag = 10 * time.Millisecond
	// minStep is how many cycles pass at least where the driver waits for the device.
	minStep = 256
)

// clock turns wall time into cycles of one device.
type clock struct {
	start time.Time
	cycle time.Duration
	lost  uint64 // cycles that did not pass
}

// now is the cycle that it is by the wall clock.
func (c *clock) now() uint64 { return uint64(time.Since(c.start)/c.cycle) - c.lost }

// behind limits how far a device at cycle dev is behind, and returns the cycle it should go to now, not below dev.
func (c *clock) behind(dev uint64) uint64 {
	wall := c.now()
	if wall <= dev || wall > 1<<63 {
		return dev
	}
	if lag := uint64(maxLag / c.cycle); wall-dev > lag {
		c.lost += wall - dev - lag
		wall = dev + lag
	}
	return min(wall, dev+max(uint64(maxStep/c.cycle), minStep))
}

// until is the wall time left to a cycle.
func (c *clock) until(cycle uint64) time.Duration {
	return time.Duration(cycle+c.lost)*c.cycle - time.Since(c.start)
}
