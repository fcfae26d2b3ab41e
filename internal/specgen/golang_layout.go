package specgen

import (
	"fmt"
	"strconv"

	"github.com/godwit-rdma/godwit/spec"
)

func itoa(v uint64) string { return strconv.FormatUint(v, 10) }

// bitMask returns a mask of the w lowest bits.
func bitMask(w int) uint64 {
	if w >= 64 {
		return ^uint64(0)
	}
	return 1<<w - 1
}

// goType returns the Go type of a field.
func goType(f *spec.Field) string {
	switch {
	case f.Type == "bool":
		return "bool"
	case f.Type == "psn":
		return "psn.PSN"
	case f.Type == "epoch":
		return "psn.Epoch"
	case f.Enum != "":
		return goName(f.Enum)
	case f.Bits > 64:
		return fmt.Sprintf("[%d]byte", f.Bits/8)
	case f.Bits <= 8:
		return "uint8"
	case f.Bits <= 16:
		return "uint16"
	case f.Bits <= 32:
		return "uint32"
	default:
		return "uint64"
	}
}

func goLayouts(t *text, s *spec.Spec) {
	for _, l := range s.Layouts.Layouts {
		goLayout(t, &l)
	}
}

func goContext(t *text, s *spec.Spec) {
	l, base := s.FullContextLayout(), s.ContextLayout()
	t.f("// Bank names a context memory of the RTL.\ntype Bank uint8\n\n// Context banks.\nconst (\n")
	for i, b := range s.Context.Banks {
		goDoc(t, "\t", "Bank%s: %s", goName(b.Name), b.Doc)
		t.f("\tBank%s Bank = %d\n", goName(b.Name), i)
	}
	t.f(")\n\nvar namesBank = []string{")
	for _, b := range s.Context.Banks {
		t.f("%q, ", b.Name)
	}
	t.f("}\n\n")
	goStruct(t, &l)
	t.f("// QPCSize is the size of the image in bytes that every device has.\nconst QPCSize = %d\n\n", base.Bytes)
	t.f("// QPCFullSize is the size of the image with the extended banks, of devices with features.\nconst QPCFullSize = %d\n\n", l.Bytes)
	goCodec(t, &base, "")
	goCodec(t, &l, "Full")
	t.f("// ResetQPC returns the context of a queue pair that was just created, before its attributes are copied.\n")
	t.f("func ResetQPC() QPC {\n\treturn QPC{")
	for _, f := range l.Fields {
		if f.Reset != 0 {
			t.f("%s: %d, ", goName(f.Name), f.Reset)
		}
	}
	t.f("}\n}\n\n")
	goFieldTable(t, "QPCFields describes the fields of QPC that every device has, in order.", "QPCFields", base.Fields)
	extended := l.Fields[len(base.Fields):]
	goFieldTable(t, "QPCExtended describes the fields of the extended banks, in order.", "QPCExtended", extended)
}

func goFieldTable(t *text, doc, name string, fields []spec.Field) {
	t.f("// %s\nvar %s = []QPCField{\n", doc, name)
	for _, f := range fields {
		attr := "0"
		if f.Attr != "" {
			attr = "Attr" + goName(f.Attr)
		}
		names := "nil"
		if f.Enum != "" {
			names = "names" + goName(f.Enum)
		}
		t.f("\t{Name: %q, At: 0x%02x, Bits: %d, Bank: Bank%s, Attr: %s, Enum: %q, names: %s},\n",
			f.Name, f.At, f.Bits, goName(f.Bank), attr, f.Enum, names)
	}
	t.f("}\n")
}

// goLayout writes the struct of a layout and its codec.
func goLayout(t *text, l *spec.Layout) {
	name := goName(l.Name)
	goStruct(t, l)
	t.f("// %sSize is the size of the image of a %s in bytes.\nconst %sSize = %d\n\n", name, name, name, l.Bytes)
	goCodec(t, l, "")
}

// goCodec writes the codec of a layout; suffix is what its names have beside those of the layout.
func goCodec(t *text, l *spec.Layout, suffix string) {
	goMarshal(t, l, suffix)
	goDecode(t, l, suffix)
	goUnmarshal(t, l, suffix)
}

func goStruct(t *text, l *spec.Layout) {
	name := goName(l.Name)
	goDoc(t, "", "%s: %s Fields hold no more bits than the specification gives them.", name, l.Doc)
	t.f("type %s struct {\n", name)
	for _, f := range l.Fields {
		goDoc(t, "\t", "%s: %s", goName(f.Name), f.Doc)
		t.f("\t%s %s\n", goName(f.Name), goType(&f))
	}
	t.f("}\n\n")
}

func goMarshal(t *text, l *spec.Layout, suffix string) {
	name := goName(l.Name)
	goDoc(t, "", "Marshal%s writes the image into the first %s bytes of p, and panics when p is shorter. Reserved bits"+
		" are 0; bits beyond the width of a field are lost, as in the hardware.", suffix, name+suffix+"Size")
	t.f("func (x *%s) Marshal%s(p []byte) {\n\tp = p[:%sSize]\n\tclear(p)\n", name, suffix, name+suffix)
	for _, f := range l.Fields {
		v := "x." + goName(f.Name)
		switch {
		case f.Type == "bool":
			t.f("\tif %s {\n\t\tp[0x%02x] = 1\n\t}\n", v, f.At)
		case f.Bits > 64:
			t.f("\tcopy(p[0x%02x:], %s[:])\n", f.At, v)
		case f.Bits == 16 || f.Bits == 32 || f.Bits == 64:
			t.f("\tbinary.LittleEndian.PutUint%d(p[0x%02x:], uint%d(%s))\n", f.Bits, f.At, f.Bits, v)
		case f.Bits == 8:
			t.f("\tp[0x%02x] = uint8(%s)\n", f.At, v)
		case f.Bits < 8:
			t.f("\tp[0x%02x] = uint8(%s) & 0x%02x\n", f.At, v, bitMask(f.Bits))
		default:
			for i := 0; i*8 < f.Bits; i++ {
				w := min(8, f.Bits-i*8)
				t.f("\tp[0x%02x] = uint8(uint64(%s)>>%d) & 0x%02x\n", f.At+i, v, i*8, bitMask(w))
			}
		}
	}
	t.f("}\n\n// Image%s returns the image of x.\nfunc (x *%s) Image%s() (p [%sSize]byte) {\n\tx.Marshal%s(p[:])\n\treturn p\n}\n\n",
		suffix, name, suffix, name+suffix, suffix)
}

// goLoad returns the expression that reads a field out of p.
func goLoad(f *spec.Field) string {
	switch {
	case f.Type == "bool":
		return fmt.Sprintf("p[0x%02x]&1 != 0", f.At)
	case f.Bits == 16 || f.Bits == 32 || f.Bits == 64:
		return fmt.Sprintf("%s(binary.LittleEndian.Uint%d(p[0x%02x:]))", goType(f), f.Bits, f.At)
	case f.Bits <= 8:
		return fmt.Sprintf("%s(p[0x%02x] & 0x%02x)", goType(f), f.At, bitMask(f.Bits))
	}
	typ, expr := goType(f), ""
	carrier := "uint32"
	if f.Bits > 32 {
		carrier = "uint64"
	}
	for i := 0; i*8 < f.Bits; i++ {
		w := min(8, f.Bits-i*8)
		if i > 0 {
			expr += " | "
		}
		expr += fmt.Sprintf("%s(p[0x%02x]&0x%02x)<<%d", carrier, f.At+i, bitMask(w), i*8)
	}
	return typ + "(" + expr + ")"
}

func goDecode(t *text, l *spec.Layout, suffix string) {
	name := goName(l.Name)
	goDoc(t, "", "Decode%s reads the image in the first %sSize bytes of p, and panics when p is shorter. It takes any bytes:"+
		" reserved bits are ignored and enum codes are not checked.", suffix, name+suffix)
	t.f("func (x *%s) Decode%s(p []byte) {\n\t_ = p[%sSize-1]\n", name, suffix, name+suffix)
	for _, f := range l.Fields {
		if f.Bits > 64 {
			t.f("\tcopy(x.%s[:], p[0x%02x:])\n", goName(f.Name), f.At)
			continue
		}
		t.f("\tx.%s = %s\n", goName(f.Name), goLoad(&f))
	}
	t.f("}\n\n")
}

func goUnmarshal(t *text, l *spec.Layout, suffix string) {
	name := goName(l.Name)
	mask := make([]byte, l.Bytes)
	for i := range mask {
		mask[i] = 0xff
	}
	for _, f := range l.Fields {
		for i := 0; i*8 < f.Bits; i++ {
			mask[f.At+i] &^= byte(bitMask(min(8, f.Bits-i*8)))
		}
	}
	table := "reserved" + name + suffix
	t.f("// %s has the bits of the image that belong to no field.\nvar %s = [%sSize]byte{", table, table, name+suffix)
	for i, m := range mask {
		if i%16 == 0 {
			t.f("\n\t")
		}
		t.f("0x%02x, ", m)
	}
	t.f("\n}\n\n")
	goDoc(t, "", "Unmarshal%s reads an image of exactly %sSize bytes. A reserved bit that is set and a code that its enum does"+
		" not define are an error, a *ImageError that names the place; x is undefined then.", suffix, name+suffix)
	t.f("func (x *%s) Unmarshal%s(p []byte) error {\n", name, suffix)
	t.f("\tif len(p) != %sSize {\n\t\treturn &ImageError{Layout: %q, Reason: lengthReason(len(p), %sSize)}\n\t}\n", name+suffix, l.Name, name+suffix)
	t.f("\tfor i, m := range %s {\n\t\tif p[i]&m != 0 {\n\t\t\treturn &ImageError{Layout: %q, At: i, Reason: reservedReason(i, p[i]&m)}\n\t\t}\n\t}\n", table, l.Name)
	t.f("\tx.Decode%s(p)\n", suffix)
	for _, f := range l.Fields {
		if f.Enum == "" {
			continue
		}
		cond := "!x." + goName(f.Name) + ".Valid()"
		if f.OrEnum != "" {
			cond += " && !" + goName(f.OrEnum) + "(x." + goName(f.Name) + ").Valid()"
		}
		t.f("\tif %s {\n\t\treturn &ImageError{Layout: %q, Field: %q, At: 0x%02x, Reason: codeReason(%q, uint8(x.%s))}\n\t}\n",
			cond, l.Name, f.Name, f.At, f.Enum, goName(f.Name))
	}
	t.f("\treturn nil\n}\n\n")
}
