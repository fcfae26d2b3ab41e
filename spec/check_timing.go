package spec

import "math"

// requiredParameters are those that hand-written code names.
var requiredParameters = []Name{"SEND_WINDOW", "ACKREQ_EVERY", "ROCE_PORT", "METH_VERSION", "TTL", "MAX_FRAME", "EVENT_QUEUE"}

// requiredWork is the work that hand-written code names, as a function of bytes if it has beats and else as a constant.
var requiredWork = []struct {
	name  Name
	beats bool
}{{"READ", true}, {"WRITE", true}, {"PACKET", false}, {"EMIT", true}, {"RECEIVE", true}, {"TAG", false}}

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
	c.checkWork()
}

func (c *checker) checkWork() {
	t := &c.Timing
	names := newUniques[Name](c, "work")
	perBeat := map[Name]int{}
	for i := range t.Work {
		w := &t.Work[i]
		names.add(w.Name, w.Of("name"), string(w.Name))
		perBeat[w.Name] = w.PerBeat
		if w.PerBeat > math.MaxUint16 || w.Base > math.MaxUint16 {
			c.add(w.Of("base"), "work %s: %d and %d cycles are wider than 16 bits", w.Name, w.Base, w.PerBeat)
		}
	}
	for _, r := range requiredWork {
		switch {
		case names.seen[r.name] == (Pos{}):
			c.add(t.Of("work"), "work %s is missing", r.name)
		case r.beats != (perBeat[r.name] != 0):
			c.add(names.seen[r.name], "work %s: per_beat is %d", r.name, perBeat[r.name])
		}
	}
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
