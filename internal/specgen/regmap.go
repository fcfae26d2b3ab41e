package specgen

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// The register map, as the exports for other people's tools need it: sorted by address, every register with fields, and
// arrays that interleave gathered in a register file, because none of SystemRDL, IP-XACT and UVM lets arrays of registers
// lie between each other.

// mapName is the name of the whole map.
const mapName = "godwit"

// mapDoc says what the map is.
const mapDoc = "Registers of the godwit RDMA NIC, on AXI4-Lite. An address that is not here, or an access against the access type, answers SLVERR."

// mapBytes is the size of the register space: 16-bit addresses.
const mapBytes = 1 << 16

// MapField is a field of a register.
type MapField struct {
	Name string `json:"name"`
	LSB  int    `json:"lsb"`
	Bits int    `json:"bits"`
	// Reset is absent if it is not the same in every device, or the field cannot be read.
	Reset *uint64 `json:"reset,omitempty"`
	Doc   string  `json:"doc"`
}

// MapRegister is a 32-bit register, or an array of them.
type MapRegister struct {
	Name    string `json:"name"`
	Address int    `json:"address"`
	// Access is ro, rw or wo; Reads, of ro, constant, build, live or take.
	Access string     `json:"access"`
	Reads  string     `json:"reads,omitempty"`
	Count  int        `json:"count,omitempty"`
	Stride int        `json:"stride,omitempty"`
	Doc    string     `json:"doc"`
	Fields []MapField `json:"fields"`
}

// volatile tells whether the register changes without being written.
func (r *MapRegister) volatile() bool { return r.Reads == "live" || r.Reads == "take" }

// RegisterMap is what `godwit spec export --json` prints.
type RegisterMap struct {
	Name      string        `json:"name"`
	Revision  string        `json:"revision"`
	Doc       string        `json:"doc"`
	Bytes     int           `json:"bytes"`
	Registers []MapRegister `json:"registers"`
	Counters  []MapCounter  `json:"counters"`
}

// MapCounter is what an element of register COUNTER counts.
type MapCounter struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
	Doc   string `json:"doc"`
}

// Map returns the register map of a specification. A register without fields has one that is called value.
func Map(s *spec.Spec) *RegisterMap {
	m := &RegisterMap{Name: mapName, Revision: s.Revision(), Doc: mapDoc, Bytes: mapBytes}
	for i := range s.Registers.Registers {
		r := &s.Registers.Registers[i]
		out := MapRegister{Name: string(r.Name), Address: r.At, Access: string(r.Access), Reads: string(r.Reads), Count: r.Count, Stride: r.Stride, Doc: r.Doc}
		fields := r.Fields
		if len(fields) == 0 {
			fields = []spec.RegField{{Name: "value", Bits: spec.BitRange{Hi: 31}, Doc: r.Doc}}
		}
		reset, known := s.RegReset(r)
		for _, f := range fields {
			field := MapField{Name: string(f.Name), LSB: f.Bits.Lo, Bits: f.Bits.Width(), Doc: f.Doc}
			if known {
				v := reset >> f.Bits.Lo & bitMask(f.Bits.Width())
				field.Reset = &v
			}
			out.Fields = append(out.Fields, field)
		}
		slices.SortFunc(out.Fields, func(a, b MapField) int { return cmp.Compare(a.LSB, b.LSB) })
		m.Registers = append(m.Registers, out)
	}
	slices.SortFunc(m.Registers, func(a, b MapRegister) int { return cmp.Compare(a.Address, b.Address) })
	for _, c := range s.Registers.Counters {
		m.Counters = append(m.Counters, MapCounter{Name: string(c.Name), Index: c.Index, Doc: c.Doc})
	}
	return m
}

// JSON returns the map as text.
func (m *RegisterMap) JSON() []byte {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return append(b, '\n')
}

// mapBlock is a register, an array of registers that lie side by side, or, with Inner, an array of register files.
type mapBlock struct {
	MapRegister
	// Inner are the registers of a file; their addresses count from its beginning.
	Inner []MapRegister
}

// blocks gathers the arrays that interleave.
func (m *RegisterMap) blocks() []mapBlock {
	var out []mapBlock
	for _, r := range m.Registers {
		if r.Count == 0 || r.Stride == 4 {
			out = append(out, mapBlock{MapRegister: r})
			continue
		}
		last := len(out) - 1
		if last >= 0 && out[last].Inner != nil && out[last].Count == r.Count && out[last].Stride == r.Stride && r.Address < out[last].Address+r.Stride {
			out[last].Inner = append(out[last].Inner, r)
			continue
		}
		out = append(out, mapBlock{MapRegister: r, Inner: []MapRegister{r}})
	}
	for i := range out {
		out[i].name()
	}
	return out
}

// name names a register file by its place, whatever lies in it; its registers keep their names.
func (b *mapBlock) name() {
	if b.Inner == nil {
		return
	}
	var docs []string
	for i := range b.Inner {
		r := &b.Inner[i]
		r.Address -= b.Address
		r.Count, r.Stride = 0, 0
		docs = append(docs, r.Doc)
	}
	b.MapRegister = MapRegister{Name: fmt.Sprintf("AT_%04x", b.Address), Address: b.Address, Count: b.Count, Stride: b.Stride, Doc: strings.Join(docs, " ")}
}
