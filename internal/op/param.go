package op

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
)

// param is one value of an operation: its name, its text, its default.
type param struct {
	name string
	// def is the default; a required value has none.
	def      string
	required bool
	// want describes the values that are allowed, for messages.
	want string
	doc  string
	set  func(o *Op, text string) bool
	get  func(o *Op) string
}

// must makes a value required.
func must(p param) param {
	p.required = true
	return p
}

func number(name string, def, lo, hi int, ref func(*Op) *int, doc string) param {
	return param{
		name: name, def: strconv.Itoa(def), doc: doc, want: fmt.Sprintf("a number from %d to %d", lo, hi),
		set: func(o *Op, text string) bool {
			v, err := strconv.Atoi(text)
			if err != nil || v < lo || v > hi || strconv.Itoa(v) != text {
				return false
			}
			*ref(o) = v
			return true
		},
		get: func(o *Op) string { return strconv.Itoa(*ref(o)) },
	}
}

// numberOr is a number for which word stands for -1, the default.
func numberOr(name, word string, hi int, ref func(*Op) *int, doc string) param {
	p := number(name, 0, 0, hi, ref, doc)
	set, get := p.set, p.get
	p.def, p.want = word, word+" or "+p.want
	p.set = func(o *Op, text string) bool {
		if text == word {
			*ref(o) = -1
			return true
		}
		return set(o, text)
	}
	p.get = func(o *Op) string {
		if *ref(o) == -1 {
			return word
		}
		return get(o)
	}
	return p
}

func nicName(name string, ref func(*Op) *string, doc string) param {
	return param{
		name: name, required: true, doc: doc, want: "the name of a NIC: a letter, then letters and digits, at most 8",
		set: func(o *Op, text string) bool {
			ok := text != "" && len(text) <= 8
			for i, r := range text {
				ok = ok && (r >= 'a' && r <= 'z' || i > 0 && r >= '0' && r <= '9')
			}
			*ref(o) = text
			return ok
		},
		get: func(o *Op) string { return *ref(o) },
	}
}

func word(name, def string, words []string, ref func(*Op) *string, doc string) param {
	return param{
		name: name, def: def, doc: doc, want: "one of " + strings.Join(words, " "),
		set: func(o *Op, text string) bool {
			*ref(o) = text
			return slices.Contains(words, text)
		},
		get: func(o *Op) string { return *ref(o) },
	}
}

// flag is yes or no; def is what the field is by default.
func flag(name string, def bool, ref func(*Op) *bool, doc string) param {
	text := func(v bool) string {
		if v {
			return "yes"
		}
		return "no"
	}
	return param{
		name: name, def: text(def), doc: doc, want: "yes or no",
		set: func(o *Op, s string) bool {
			*ref(o) = s == "yes"
			return s == "yes" || s == "no"
		},
		get: func(o *Op) string { return text(*ref(o)) },
	}
}

// maxTime bounds times: 10 s.
const maxTime = 2_500_000_000

func cycles(name, def string, ref func(*Op) *Cycles, doc string) param {
	return param{
		name: name, def: def, doc: doc, want: "a time up to 10s, as 50us, 3ms or 77cycles",
		set: func(o *Op, text string) bool {
			unit := Cycles(1)
			digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
			switch text[len(digits):] {
			case "cycles":
			case "us":
				unit = PerMicrosecond
			case "ms":
				unit = 1000 * PerMicrosecond
			default:
				return false
			}
			v, err := strconv.ParseUint(digits, 10, 32)
			if err != nil || Cycles(v)*unit > maxTime {
				return false
			}
			*ref(o) = Cycles(v) * unit
			return true
		},
		get: func(o *Op) string { return ref(o).String() },
	}
}

func address(name string, ref func(*Op) *string, doc string) param {
	return param{
		name: name, def: "auto", doc: doc, want: "auto or an IPv4 or IPv6 address in its shortest form",
		set: func(o *Op, text string) bool {
			if *ref(o) = text; text == "auto" {
				*ref(o) = ""
				return true
			}
			a, err := netip.ParseAddr(text)
			return err == nil && a.Zone() == "" && !a.IsUnspecified() && !a.IsMulticast() && a.Unmap().String() == text
		},
		get: func(o *Op) string {
			if *ref(o) == "" {
				return "auto"
			}
			return *ref(o)
		},
	}
}

func hexKey(name string, ref func(*Op) *string, doc string) param {
	return param{
		name: name, def: "none", doc: doc, want: "none or 32 hexadecimal digits",
		set: func(o *Op, text string) bool {
			if text == "none" {
				*ref(o) = ""
				return true
			}
			b, err := hex.DecodeString(text)
			*ref(o) = text
			return err == nil && len(b) == 16 && strings.ToLower(text) == text
		},
		get: func(o *Op) string {
			if *ref(o) == "" {
				return "none"
			}
			return *ref(o)
		},
	}
}

// partition is a partition key.
func partition(name string, ref func(*Op) *int, doc string) param {
	p := param{
		name: name, def: "0xffff", doc: doc, want: "0x and four hexadecimal digits in lower case",
		get: func(o *Op) string { return fmt.Sprintf("%#04x", *ref(o)) },
	}
	p.set = func(o *Op, text string) bool {
		v, err := strconv.ParseUint(text, 0, 16)
		*ref(o) = int(v)
		return err == nil && p.get(o) == text
	}
	return p
}

// named returns the names of the codes that valid admits, in their order.
func named[T interface {
	~uint8
	String() string
}](valid func(T) bool) []string {
	var out []string
	for c := range 256 {
		if valid(T(c)) {
			out = append(out, T(c).String())
		}
	}
	return out
}

// Names of the specification.
var (
	states   = named(abi.State.Valid)
	statuses = named(abi.WCStatus.Valid)
	vendors  = named(abi.VendorErr.Valid)
	events   = named(func(e abi.Event) bool { return e != abi.EventNone && e.Valid() })
	packets  = slices.Concat([]string{"any"}, named(func(o abi.Opcode) bool { return o.Info().Known }),
		named(abi.METHKind.Valid), named(abi.Syndrome.Valid))
	counters = slices.Clone(abi.CounterNames[:])
)
