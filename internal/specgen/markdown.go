package specgen

import (
	"fmt"
	"sort"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// ReferencePages returns the pages of docs/reference by file name.
func ReferencePages(s *spec.Spec) map[string][]byte {
	out := map[string][]byte{}
	for _, p := range []struct {
		name, title, source string
		emit                func(*text, *spec.Spec)
	}{
		{"states.md", "Queue pair states", "states.yaml, packets.yaml, context.yaml", mdStates},
		{"context.md", "Queue pair context", "context.yaml", mdContext},
		{"layouts.md", "Structures in memory", "layouts.yaml", mdLayouts},
		{"registers.md", "Registers and counters", "registers.yaml", mdRegisters},
		{"packets.md", "Packets", "packets.yaml", mdPackets},
		{"enums.md", "Codes", "enums.yaml", mdEnums},
		{"timing.md", "Time and parameters", "timing.yaml", mdTiming},
	} {
		t := &text{}
		t.f("<!-- %s -->\n\n# %s\n\nFrom %s, revision `%s`.\n\n", header, p.title, p.source, s.Revision()[:16])
		p.emit(t, s)
		out[p.name] = t.Bytes()
	}
	return out
}

// table writes a Markdown table.
func table(t *text, columns string, rows [][]string) {
	head := strings.Split(columns, ",")
	t.f("| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, r := range rows {
		for i := range r {
			r[i] = strings.ReplaceAll(r[i], "|", "\\|")
		}
		t.f("| %s |\n", strings.Join(r, " | "))
	}
	t.f("\n")
}

func tick(n spec.Name) string {
	if n == "" {
		return ""
	}
	return "`" + string(n) + "`"
}

func ticks(names []spec.Name) string {
	var out []string
	for _, n := range names {
		out = append(out, tick(n))
	}
	return strings.Join(out, " ")
}

func mdStates(t *text, s *spec.Spec) {
	var rows [][]string
	for _, v := range s.States.States {
		rows = append(rows, []string{tick(v.Name), fmt.Sprint(v.Code), v.Doc})
	}
	table(t, "State,Code,Meaning", rows)
	t.f("```mermaid\nstateDiagram-v2\n    [*] --> RESET\n")
	vias := map[[2]spec.Name][]string{}
	var edges [][2]spec.Name
	for _, e := range s.States.Transitions {
		k := [2]spec.Name{e.From, e.To}
		if vias[k] == nil {
			edges = append(edges, k)
		}
		vias[k] = append(vias[k], string(e.Via))
	}
	for _, k := range edges {
		t.f("    %s --> %s: %s\n", k[0], k[1], strings.Join(vias[k], ", "))
	}
	t.f("```\n\n## Transitions\n\n")
	rows = nil
	for _, e := range s.States.Transitions {
		rows = append(rows, []string{tick(e.From), tick(e.To), string(e.By), string(e.Via), yes(e.Extended)})
	}
	table(t, "From,To,By,Via,Extended", rows)
	t.f("## What a state does with a packet\n\n")
	rows = nil
	for _, l := range s.Packets.Legality {
		rows = append(rows, []string{tick(l.State), string(l.Request), string(l.Response), string(l.Mig)})
	}
	table(t, "State,Request,Response,Migration packet", rows)
	t.f("## Attributes of MODIFY_QP\n\n")
	rows = nil
	for _, m := range s.Context.Modify {
		rows = append(rows, []string{tick(m.From), tick(m.To), ticks(m.Types), ticks(m.Required), ticks(m.Optional)})
	}
	table(t, "From,To,Types,Required,Optional", rows)
}

func mdFields(t *text, fields []spec.Field) {
	var rows [][]string
	for _, f := range fieldsByPlace(fields) {
		kind := string(f.Type)
		if f.Enum != "" {
			kind = "[" + string(f.Enum) + "](enums.md)"
		}
		if f.OrEnum != "" {
			kind += " or [" + string(f.OrEnum) + "](enums.md)"
		}
		rows = append(rows, []string{fmt.Sprintf("0x%02x", f.At), fmt.Sprint(f.Bits), tick(f.Name), kind, f.Doc})
	}
	table(t, "At,Bits,Field,Kind,Meaning", rows)
}

func mdContext(t *text, s *spec.Spec) {
	t.f("%s %d bytes, little-endian, and %d with the extended banks, which devices without features (register FEATURES) do not have; `At` is a byte offset, `Bits` the width from bit 0 of that byte; the rest is reserved and 0.\n\n",
		s.Context.Doc, s.Context.Bytes, s.Context.Extended)
	mdFields(t, s.Context.Fields)
	t.f("## Banks\n\n")
	var rows [][]string
	for _, b := range s.Context.Banks {
		rows = append(rows, []string{tick(b.Name), string(b.Writer), yes(b.Extended), b.Doc})
	}
	table(t, "Bank,Writer,Extended,Meaning", rows)
	t.f("## Attributes\n\n")
	rows = nil
	for _, a := range s.Context.Attrs {
		var fields []spec.Name
		for _, f := range s.Context.Fields {
			if f.Attr == a.Name {
				fields = append(fields, f.Name)
			}
		}
		rows = append(rows, []string{fmt.Sprint(a.Bit), tick(a.Name), ticks(fields), a.Doc})
	}
	table(t, "Bit,Attribute,Fields,Meaning", rows)
}

func mdLayouts(t *text, s *spec.Spec) {
	t.f("Little-endian; `At` is a byte offset, `Bits` the width from bit 0 of that byte; the rest is reserved and 0.\n\n")
	for _, l := range s.Layouts.Layouts {
		t.f("## %s\n\n%s %d bytes.\n\n", l.Name, l.Doc, l.Bytes)
		mdFields(t, l.Fields)
	}
}

func mdRegisters(t *text, s *spec.Spec) {
	regs := append([]spec.Register(nil), s.Registers.Registers...)
	sort.SliceStable(regs, func(i, j int) bool { return regs[i].At < regs[j].At })
	var rows [][]string
	for _, r := range regs {
		at := fmt.Sprintf("0x%04x", r.At)
		if r.Count > 0 {
			at += fmt.Sprintf(" + %d·i, i < %d", r.Stride, r.Count)
		}
		rows = append(rows, []string{at, tick(r.Name), string(r.Access), string(r.Reads), mdReset(s, &r), r.Doc})
		for _, f := range r.Fields {
			rows = append(rows, []string{"", "[" + f.Bits.String() + "] " + tick(f.Name), "", "", "", f.Doc})
		}
	}
	table(t, "Address,Register,Access,Reads,Reset,Meaning", rows)
	t.f("Reads: `constant`, the same in every device; `build`, the same in a device; `live`, what the device has to tell now; `take`, the same, and reading takes it away.\n\n")
	t.f("## Counters\n\n")
	rows = nil
	for _, c := range s.Registers.Counters {
		rows = append(rows, []string{fmt.Sprint(c.Index), tick(c.Name), c.Doc})
	}
	table(t, "Index,Counter,Counts", rows)
}

// mdReset is what a register reads behind a reset, nothing if that is not known of every device.
func mdReset(s *spec.Spec, r *spec.Register) string {
	if v, ok := s.RegReset(r); ok {
		return fmt.Sprintf("0x%x", v)
	}
	return ""
}

func mdPackets(t *text, s *spec.Spec) {
	t.f("Big-endian; bit 0 is the most significant bit of the first byte.\n\n")
	for _, h := range s.Packets.Headers {
		t.f("## %s\n\n%s %d bytes.\n\n", h.Name, h.Doc, h.Bytes)
		var rows [][]string
		for _, f := range h.Fields {
			rows = append(rows, []string{fmt.Sprintf("%d..%d", f.At, f.At+f.Bits-1), tick(f.Name), f.Doc})
		}
		table(t, "Bits,Field,Meaning", rows)
	}
	t.f("## Opcodes\n\nPayload: `none`; `any` 0..PMTU bytes; `some` 1..PMTU bytes; `mtu` exactly PMTU bytes. Executed by every device, or by those with a feature; by others it parses, and a request with it is refused with NAK_INV_REQ.\n\n")
	var rows [][]string
	for _, o := range s.Packets.Opcodes {
		executes := ""
		if o.Executes {
			executes = "yes"
		}
		executes += tick(o.Feature)
		rows = append(rows, []string{fmt.Sprintf("0x%02x", o.Code), tick(o.Name), string(o.Kind), ticks(o.Headers), string(o.Payload), executes})
	}
	table(t, "Code,Opcode,Kind,Headers,Payload,Executed", rows)
}

func mdEnums(t *text, s *spec.Spec) {
	for _, e := range s.AllEnums() {
		t.f("## %s\n\n%s\n\n", e.Name, e.Doc)
		var rows [][]string
		for _, v := range e.Values {
			rows = append(rows, []string{fmt.Sprintf("0x%02x", v.Code), tick(v.Name), v.Doc})
		}
		table(t, "Code,Name,Meaning", rows)
	}
}

func mdTiming(t *text, s *spec.Spec) {
	c := s.Timing.Clock
	t.f("A cycle is %d ns, a tick %d cycles. %s\n\n## Parameters\n\n", c.PeriodNS, c.TickCycles, c.Doc)
	var rows [][]string
	for _, p := range s.Timing.Parameters {
		rows = append(rows, []string{tick(p.Name), itoa(p.Value), p.Doc})
	}
	table(t, "Parameter,Value,Meaning", rows)
	t.f("## Cycles of a step\n\n")
	rows = nil
	for _, st := range s.Timing.Steps {
		rows = append(rows, []string{tick(st.Cause), fmt.Sprint(st.Base), fmt.Sprint(st.Payload)})
	}
	table(t, "Cause,Cycles,More with payload", rows)
	t.f("What is done beside, each time:\n\n")
	rows = nil
	for _, w := range s.Timing.Work {
		rows = append(rows, []string{tick(w.Name), fmt.Sprint(w.Base), fmt.Sprint(w.PerBeat), w.Doc})
	}
	table(t, "Work,Cycles,For each 16-byte beat,Meaning", rows)
	t.f("## RNR NAK timer\n\n")
	rows = nil
	for i, v := range s.Timing.RNRTicks {
		us := v * uint64(c.PeriodNS) * uint64(c.TickCycles)
		rows = append(rows, []string{fmt.Sprint(i), itoa(v), fmt.Sprintf("%.3f", float64(us)/1e6)})
	}
	table(t, "Code,Ticks,Milliseconds", rows)
}

// yes is the word for what holds, and nothing for what does not.
func yes(v bool) string {
	if v {
		return "yes"
	}
	return ""
}
