package specgen

import (
	"fmt"
	"strings"
	"testing"
)

// TestBlocks: arrays whose elements lie side by side stay arrays, those that interleave share a register file, and one with gaps has
// a file of its own.
func TestBlocks(t *testing.T) {
	m := &RegisterMap{Registers: []MapRegister{
		{Name: "ONE", Address: 0x0},
		{Name: "DENSE", Address: 0x10, Count: 4, Stride: 4},
		{Name: "A_X", Address: 0x100, Count: 8, Stride: 16},
		{Name: "A_Y", Address: 0x104, Count: 8, Stride: 16},
		{Name: "A_Z", Address: 0x10c, Count: 8, Stride: 16},
		{Name: "ALONE", Address: 0x200, Count: 2, Stride: 8},
		{Name: "FEWER", Address: 0x300, Count: 2, Stride: 16},
		{Name: "MORE", Address: 0x304, Count: 3, Stride: 16},
	}}
	var got []string
	for _, b := range m.blocks() {
		line := fmt.Sprintf("%s %#x", b.Name, b.Address)
		for _, r := range b.Inner {
			line += fmt.Sprintf(" %s+%#x", r.Name, r.Address)
		}
		got = append(got, line)
	}
	want := "ONE 0x0; DENSE 0x10; AT_0100 0x100 A_X+0x0 A_Y+0x4 A_Z+0xc; AT_0200 0x200 ALONE+0x0; AT_0300 0x300 FEWER+0x0; AT_0304 0x304 MORE+0x0"
	if g := strings.Join(got, "; "); g != want {
		t.Errorf("blocks are\n%s, want\n%s", g, want)
	}
}
