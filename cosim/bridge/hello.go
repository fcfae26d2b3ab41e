package bridge

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Version of the protocol. Another major version is refused; a minor one only adds.
const (
	Major = 1
	Minor = 0
)

// Roles of HELLO.
const (
	RoleHost = "host" // sends stimulus
	RoleDUT  = "dut"  // sends observations
)

// Capabilities a device may list.
const (
	CapTrace        = "trace"        // TRACE writes a waveform
	CapBackpressure = "backpressure" // BACKPRESSURE has an effect
	CapTests        = "tests"        // TEST_BEGIN and TEST_END
	CapCycles       = "cycles"       // cycles are those of a clock, not estimates
)

// Manifest is what a device says about itself; it is stored with every failure.
type Manifest struct {
	Name      string // of the device, such as rdma_core
	Simulator string // and its version
	Mutant    string // deliberate fault built in, empty for none
	DataW     int    // bits of a data beat
	NumQP     int    // context slots
	NumMR     int    // memory regions
	NumCQ     int    // completion queues
	TickDiv   int    // cycles of a timer tick
	MaxFrame  int    // longest Ethernet frame received, in bytes
	Migration bool   // the migration unit is present
	Seed      uint32 // of what has no reset value; 0 means all zero
}

// Hello opens each direction.
type Hello struct {
	Major, Minor  uint16
	Role          string
	Revision      string   // of the spec, 64 hexadecimal digits
	Caps          []string // sorted
	Manifest      Manifest // of a device; zero for a host
	CreditItems   uint32   // items the other side may have sent that this one has not granted again
	CreditBytes   uint64   // the same for their encoded bytes
	ItemsPerFrame int      // a host's wish for the observations' frames; 0 leaves it to the device
}

// fields pairs every key with access to its value. The order is that of the encoding.
func (h *Hello) fields() []helloField {
	m := &h.Manifest
	return []helloField{
		{"role", str(&h.Role)},
		{"spec.revision", str(&h.Revision)},
		{"caps", list(&h.Caps)},
		{"credit.items", num(&h.CreditItems)},
		{"credit.bytes", num(&h.CreditBytes)},
		{"frame.items", num(&h.ItemsPerFrame)},
		{"dut.name", str(&m.Name)},
		{"dut.simulator", str(&m.Simulator)},
		{"dut.mutant", str(&m.Mutant)},
		{"dut.data_w", num(&m.DataW)},
		{"dut.num_qp", num(&m.NumQP)},
		{"dut.num_mr", num(&m.NumMR)},
		{"dut.num_cq", num(&m.NumCQ)},
		{"dut.tick_div", num(&m.TickDiv)},
		{"dut.max_frame", num(&m.MaxFrame)},
		{"dut.migration", boolean(&m.Migration)},
		{"dut.seed", num(&m.Seed)},
	}
}

type helloField struct {
	key string
	helloValue
}

type helloValue struct {
	get func() string // empty: left out
	set func(string) error
}

func str(p *string) helloValue {
	return helloValue{func() string { return *p }, func(s string) error { *p = s; return nil }}
}

func list(p *[]string) helloValue {
	return helloValue{func() string { return strings.Join(*p, ",") }, func(s string) error { *p = strings.Split(s, ","); return nil }}
}

func num[T int | uint32 | uint64](p *T) helloValue {
	return helloValue{
		func() string {
			if *p == 0 {
				return ""
			}
			return strconv.FormatUint(uint64(*p), 10)
		},
		func(s string) error {
			v, err := strconv.ParseUint(s, 10, 63)
			if err != nil || uint64(T(v)) != v {
				return fmt.Errorf("%q is not a number in range", s)
			}
			*p = T(v)
			return nil
		}}
}

func boolean(p *bool) helloValue {
	return helloValue{
		func() string {
			if !*p {
				return ""
			}
			return "1"
		},
		func(s string) error {
			if s != "0" && s != "1" {
				return fmt.Errorf("%q is neither 0 nor 1", s)
			}
			*p = s == "1"
			return nil
		}}
}

// Item returns the HELLO item. Its data is major u16, minor u16, then pairs of key (length u8) and value (length u16).
func (h *Hello) Item() Item {
	d := binary.LittleEndian.AppendUint16(nil, h.Major)
	d = binary.LittleEndian.AppendUint16(d, h.Minor)
	for _, f := range h.fields() {
		if v := f.get(); v != "" {
			d = append(append(d, byte(len(f.key))), f.key...)
			d = append(binary.LittleEndian.AppendUint16(d, uint16(len(v))), v...)
		}
	}
	return Item{Kind: KindHello, Data: d}
}

// ParseHello decodes the data of a HELLO item. Of another major version only Major and Minor are read. Unknown keys are
// ignored, unless they begin with '!'.
func ParseHello(d []byte) (Hello, error) {
	if len(d) < 4 {
		return Hello{}, fmt.Errorf("HELLO of %d bytes has no version", len(d))
	}
	h := Hello{Major: binary.LittleEndian.Uint16(d), Minor: binary.LittleEndian.Uint16(d[2:])}
	if h.Major != Major {
		return h, nil
	}
	fields, seen := h.fields(), map[string]bool{}
	for d = d[4:]; len(d) > 0; {
		key, value, rest, ok := helloPair(d)
		if !ok {
			return h, fmt.Errorf("HELLO ends inside a key or value")
		}
		d = rest
		if seen[key] {
			return h, fmt.Errorf("HELLO has key %q twice", key)
		}
		seen[key] = true
		i := slices.IndexFunc(fields, func(f helloField) bool { return f.key == key })
		if i < 0 {
			if strings.HasPrefix(key, "!") {
				return h, fmt.Errorf("HELLO has unknown critical key %q", key)
			}
			continue
		}
		if err := fields[i].set(value); err != nil {
			return h, fmt.Errorf("HELLO key %q: %w", key, err)
		}
	}
	if h.CreditItems == 0 || h.CreditBytes == 0 {
		return h, fmt.Errorf("HELLO grants no credit")
	}
	return h, nil
}

func helloPair(d []byte) (key, value string, rest []byte, ok bool) {
	k := int(d[0])
	if len(d) < 1+k+2 {
		return "", "", nil, false
	}
	v := int(binary.LittleEndian.Uint16(d[1+k:]))
	if len(d) < 1+k+2+v {
		return "", "", nil, false
	}
	return string(d[1 : 1+k]), string(d[1+k+2 : 1+k+2+v]), d[1+k+2+v:], true
}

// checkPeer decides whether two sides may talk.
func checkPeer(own, peer *Hello) error {
	fail := func(c Class, format string, args ...any) error {
		return &Error{Class: c, Item: -1, Detail: fmt.Sprintf(format, args...)}
	}
	if peer.Major != own.Major {
		return fail(Version, "peer speaks version %d.%d, this side %d.%d", peer.Major, peer.Minor, own.Major, own.Minor)
	}
	if peer.Role == own.Role || (peer.Role != RoleHost && peer.Role != RoleDUT) {
		return fail(Protocol, "peer has role %q, this side %q", peer.Role, own.Role)
	}
	if peer.Revision != own.Revision {
		return fail(Revision, "peer was built from spec revision %.16s, this side from %.16s; rebuild the one that is older", peer.Revision, own.Revision)
	}
	return nil
}
