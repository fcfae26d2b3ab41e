package spec

import (
	"slices"
	"strings"
)

// checker looks for mistakes that the form of the files cannot rule out. Each check reports and goes on, so one run
// finds all of them.
type checker struct {
	*problems
	*Spec
	enums map[Name]*Enum
}

func check(p *problems, s *Spec) {
	c := &checker{problems: p, Spec: s, enums: map[Name]*Enum{}}
	c.checkEnums()
	c.checkStates()
	c.checkContext()
	c.checkLayouts()
	c.checkPackets()
	c.checkRegisters()
	c.checkCounters()
	c.checkTiming()
}

// uniques remembers what was seen first, to report the second.
type uniques[K comparable] struct {
	c    *checker
	what string
	seen map[K]Pos
}

func newUniques[K comparable](c *checker, what string) uniques[K] {
	return uniques[K]{c, what, map[K]Pos{}}
}

// add reports k at pos when it was there before.
func (u uniques[K]) add(k K, pos Pos, text string) {
	if first, dup := u.seen[k]; dup {
		u.c.add(pos, "%s %s is already used at %s:%d", u.what, text, first.File, first.Line)
		return
	}
	u.seen[k] = pos
}

// reserved are the words that the generated languages keep for themselves and a field is likely to want.
var reserved = strings.Fields(`alias and assert assign assume begin bind bins bit break buf byte case cell chandle checker
	class clocking cmos config const constraint context continue cover cross deassign default design disable dist do
	edge else end endcase enum event eventually expect export extends extern final first_match for force foreach forever
	fork func function generate genvar global go goto highz0 highz1 if iff ifnone implies import include initial inout
	input inside instance int integer interface intersect join large let liblist library local logic long longint map
	macromodule matches medium modport module nand negedge new nexttime nmos nor not notif0 notif1 null or output package
	packed parameter pmos posedge primitive priority program property protected pull0 pull1 pulldown pullup pure rand randc
	range rcmos real realtime ref reg reject_on release repeat restrict return rnmos rpmos rtran scalared select sequence
	shortint shortreal signed small soft solve specify specparam static string strong strong0 strong1 struct super switch
	sync_accept_on sync_reject_on table tagged task this throughout time timeprecision timeunit tran tri tri0 tri1 triand
	trior trireg type typedef union unique unique0 unsigned until untyped use uwire var vectored virtual void wait wand
	weak weak0 weak1 while wildcard wire with within wor xnor xor char short float double auto register sizeof volatile`)

// fieldName checks the name of a field, which becomes a member of a SystemVerilog struct.
func (c *checker) fieldName(n Name, pos Pos) {
	if string(n) != strings.ToLower(string(n)) {
		c.add(pos, "field %s: names of fields are in lower case", n)
	}
	if slices.Contains(reserved, string(n)) {
		c.add(pos, "field %s: the name is a reserved word of a generated language", n)
	}
}

// requiredEnums are those that hand-written code of package abi and the generators name.
var requiredEnums = []Name{"Access", "Cause", "CmdStatus", "Verdict"}

func (c *checker) checkEnums() {
	names := newUniques[Name](c, "enum")
	names.seen[StateEnum] = c.States.Of("states")
	for i := range c.Enums.Enums {
		e := &c.Enums.Enums[i]
		names.add(e.Name, e.Of("name"), string(e.Name))
		c.enums[e.Name] = e
		c.checkValues(e.Values, e.Where, "enum "+string(e.Name), e.Flags, 255)
	}
	for _, n := range requiredEnums {
		if c.enums[n] == nil {
			c.add(c.Enums.Of("enums"), "enum %s is missing", n)
		}
	}
	c.enums[StateEnum] = c.Enum(StateEnum)
}

func (c *checker) checkValues(values []Value, w Where, what string, flags bool, limit int) {
	if len(values) == 0 {
		c.add(w.Pos(), "%s has no values", what)
	}
	names := newUniques[Name](c, what+": name")
	codes := newUniques[int](c, what+": code")
	for i := range values {
		v := &values[i]
		names.add(v.Name, v.Of("name"), string(v.Name))
		codes.add(v.Code, v.Of("code"), decimal(v.Code))
		switch {
		case v.Code > limit:
			c.add(v.Of("code"), "%s: code %d of %s is larger than %d", what, v.Code, v.Name, limit)
		case flags && (v.Code == 0 || v.Code&(v.Code-1) != 0):
			c.add(v.Of("code"), "%s: code %d of flag %s is not a single bit", what, v.Code, v.Name)
		}
	}
}

func (c *checker) checkStates() {
	c.checkValues(c.States.States, c.States.Where, "states", false, 15)
	type edge struct {
		from, to Name
		via      Via
	}
	edges := newUniques[edge](c, "transition")
	for i := range c.States.Transitions {
		t := &c.States.Transitions[i]
		c.state(t.From, t.Of("from"), "transition")
		c.state(t.To, t.Of("to"), "transition")
		edges.add(edge{t.From, t.To, t.Via}, t.Pos(), string(t.From)+" -> "+string(t.To)+" via "+string(t.Via))
		if t.Via == "modify" && c.modifyRow(t.From, t.To) == nil {
			c.add(t.Pos(), "transition %s -> %s via modify has no row in modify of context.yaml", t.From, t.To)
		}
	}
}

// state reports a state that is not defined.
func (c *checker) state(n Name, pos Pos, what string) {
	if c.enums[StateEnum].Value(n) == nil {
		c.add(pos, "%s: state %s is not defined in states.yaml", what, n)
	}
}

func (c *checker) modifyRow(from, to Name) *Modify {
	for i := range c.Context.Modify {
		if m := &c.Context.Modify[i]; m.From == from && m.To == to {
			return m
		}
	}
	return nil
}

func (c *checker) hasTransition(from, to Name, via Via) bool {
	return slices.ContainsFunc(c.States.Transitions, func(t Transition) bool {
		return t.From == from && t.To == to && t.Via == via
	})
}
