package spec

import "math"

// requiredParameters are those that hand-written code names.
var requiredParameters = []Name{"SEND_WINDOW", "ACKREQ_EVERY", "ROCE_PORT", "METH_VERSION", "TTL", "MAX_FRAME", "EVENT_QUEUE"}

func (c *checker) checkTiming() {
	t := &c.Timing
	if t.Clock.PeriodNS == 0 {
		c.add(t.Clock.Of("period_ns"), "clock: period_ns is 0")
	}
	if t.Clock.TickCycles == 0 {
		c.add(t.Clock.Of("tick_cycles"), "clock: tick_cycles is 0")
	}
	names := newUniques[Name](c, "parameter")
	for i := range t.Parameters {
		p := &t.Parameters[i]
		names.add(p.Name, p.Of("name"), string(p.Name))
		if p.Value > math.MaxUint32 {
			c.add(p.Of("value"), "parameter %s: %d is wider than 32 bits", p.Name, p.Value)
		}
	}
	for _, n := range requiredParameters {
		if names.seen[n] == (Pos{}) {
			c.add(t.Of("parameters"), "parameter %s is missing", n)
		}
	}
	if len(t.RNRTicks) != 32 {
		c.add(t.Of("rnr_ticks"), "rnr_ticks: want 32 values, got %d", len(t.RNRTicks))
	}
	for i, v := range t.RNRTicks {
		if v == 0 || v > math.MaxUint32 {
			c.add(t.Of("rnr_ticks["+decimal(i)+"]"), "rnr_ticks: %d is not a 32-bit number from 1", v)
		}
	}
	c.checkSteps()
}

func (c *checker) checkSteps() {
	causes := c.enums["Cause"]
	if causes == nil {
		return
	}
	rows := newUniques[Name](c, "step")
	for i := range c.Timing.Steps {
		s := &c.Timing.Steps[i]
		rows.add(s.Cause, s.Of("cause"), string(s.Cause))
		if causes.Value(s.Cause) == nil {
			c.add(s.Of("cause"), "step: cause %s is not defined in enum Cause", s.Cause)
		}
	}
	for _, v := range causes.Values {
		if v.Name != "NONE" && rows.seen[v.Name] == (Pos{}) {
			c.add(c.Timing.Of("steps"), "step: cause %s has no row", v.Name)
		}
	}
}
