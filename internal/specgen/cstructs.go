package specgen

import (
	"fmt"
	"sort"

	"github.com/godwit-rdma/godwit/spec"
)

// cStructs writes the images as structures, and asserts that compilers lay them out as specified. No structure is packed: what is not
// an aligned 1, 2, 4 or 8 bytes is an array of bytes, so taking a member's address is safe on every machine.
func cStructs(t *text, s *spec.Spec) {
	t.f("\n/* The images as structures. Integers are little-endian, so on a big-endian machine they have to be turned; odd sizes are arrays\n" +
		" * of bytes, the least significant first. A field narrower than its member is in the low bits. */\n")
	t.f("#ifdef __cplusplus\n#define GODWIT_ASSERT(c) static_assert(c, #c)\n#else\n#define GODWIT_ASSERT(c) _Static_assert(c, #c)\n#endif\n")
	for _, l := range s.AllLayouts() {
		if l.Name == spec.Name(s.Context.Layout) {
			cStruct(t, &l, snake(l.Name))
			l = s.FullContextLayout()
			cStruct(t, &l, snake(l.Name)+"_full")
			continue
		}
		cStruct(t, &l, snake(l.Name))
	}
	t.f("\n#undef GODWIT_ASSERT\n")
}

// cMember declares a member of n bytes at an offset of an image.
func cMember(name string, at, n int) string {
	switch {
	case n == 1:
		return "uint8_t " + name
	case n <= 8 && n&(n-1) == 0 && at%n == 0:
		return fmt.Sprintf("uint%d_t %s", n*8, name)
	}
	return fmt.Sprintf("uint8_t %s[%d]", name, n)
}

func cStruct(t *text, l *spec.Layout, name string) {
	t.f("\n/* %s: %s */\nstruct godwit_%s {\n", l.Name, l.Doc, name)
	fields := append([]spec.Field(nil), l.Fields...)
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].At < fields[j].At })
	at := 0
	gap := func(to int) {
		if to > at {
			t.f("  uint8_t reserved_%02x[%d];\n", at, to-at)
		}
	}
	for _, f := range fields {
		gap(f.At)
		n := (f.Bits + 7) / 8
		t.f("  %s;\n", cMember(snake(f.Name), f.At, n))
		at = f.At + n
	}
	gap(l.Bytes)
	t.f("};\n")
	for _, f := range fields {
		t.f("GODWIT_ASSERT(offsetof(struct godwit_%s, %s) == GODWIT_%s_%s_AT);\n", name, snake(f.Name), upper(l.Name), upper(f.Name))
	}
	size := upper(spec.Name(name)) + "_SIZE"
	t.f("GODWIT_ASSERT(sizeof(struct godwit_%s) == GODWIT_%s);\n", name, size)
}
