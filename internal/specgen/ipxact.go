package specgen

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/spec"
)

// ipxactAccess is the access type of IEEE 1685 for ours.
var ipxactAccess = map[string]string{"ro": "read-only", "rw": "read-write", "wo": "write-only"}

// ipXACT returns export/godwit.ipxact.xml: a component of IEEE 1685-2014 with the register map as its memory map.
func ipXACT(s *spec.Spec) []byte {
	m, x := Map(s), &xmlText{}
	x.f("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- SPDX-License-Identifier: Apache-2.0 -->\n<!-- %s -->\n<!-- Revision %s -->\n", header, s.Revision())
	x.f("<ipxact:component xmlns:ipxact=\"http://www.accellera.org/XMLSchema/IPXACT/1685-2014\""+
		" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""+
		" xsi:schemaLocation=\"%[1]s http://www.accellera.org/XMLSchema/IPXACT/1685-2014/index.xsd\">\n", "http://www.accellera.org/XMLSchema/IPXACT/1685-2014")
	x.depth = 1
	x.leaf("vendor", "godwit-rdma")
	x.leaf("library", "nic")
	x.leaf("name", m.Name)
	x.leaf("version", fmt.Sprintf("%08x", s.Revision32()))
	x.in("memoryMaps", func() {
		x.in("memoryMap", func() {
			x.leaf("name", "s_axil")
			x.in("addressBlock", func() {
				x.leaf("name", m.Name)
				x.leaf("description", m.Doc)
				x.leaf("baseAddress", "'h0")
				x.leaf("range", fmt.Sprintf("'h%x", m.Bytes))
				x.leaf("width", "32")
				x.leaf("usage", "register")
				for _, b := range m.blocks() {
					ipxactBlock(x, &b)
				}
			})
			x.leaf("addressUnitBits", "8")
		})
	})
	x.leaf("description", m.Doc)
	x.f("</ipxact:component>\n")
	return x.Bytes()
}

func ipxactBlock(x *xmlText, b *mapBlock) {
	if b.Inner == nil {
		ipxactRegister(x, &b.MapRegister)
		return
	}
	x.in("registerFile", func() {
		x.leaf("name", b.Name)
		x.leaf("description", b.Doc)
		x.leaf("dim", itoa(uint64(b.Count)))
		x.leaf("addressOffset", fmt.Sprintf("'h%x", b.Address))
		x.leaf("range", fmt.Sprintf("'h%x", b.Stride))
		for i := range b.Inner {
			ipxactRegister(x, &b.Inner[i])
		}
	})
}

func ipxactRegister(x *xmlText, r *MapRegister) {
	x.in("register", func() {
		x.leaf("name", r.Name)
		x.leaf("description", r.Doc)
		if r.Count > 0 {
			x.leaf("dim", itoa(uint64(r.Count))) // the schema knows no stride: they lie side by side
		}
		x.leaf("addressOffset", fmt.Sprintf("'h%x", r.Address))
		x.leaf("size", "32")
		x.leaf("volatile", fmt.Sprint(r.volatile()))
		x.leaf("access", ipxactAccess[r.Access])
		for _, f := range r.Fields {
			x.in("field", func() {
				x.leaf("name", f.Name)
				x.leaf("description", f.Doc)
				x.leaf("bitOffset", itoa(uint64(f.LSB)))
				if f.Reset != nil {
					x.in("resets", func() { x.in("reset", func() { x.leaf("value", fmt.Sprintf("'h%x", *f.Reset)) }) })
				}
				x.leaf("bitWidth", itoa(uint64(f.Bits)))
				x.leaf("volatile", fmt.Sprint(r.volatile()))
				x.leaf("access", ipxactAccess[r.Access])
				if r.Reads == "take" {
					x.leaf("readAction", "modify")
				}
			})
		}
	})
}

// xmlText writes indented elements of the IP-XACT name space.
type xmlText struct {
	text
	depth int
}

var xmlEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (x *xmlText) leaf(name, value string) {
	x.f("%s<ipxact:%s>%s</ipxact:%s>\n", strings.Repeat("  ", x.depth), name, xmlEscape.Replace(value), name)
}

func (x *xmlText) in(name string, content func()) {
	x.f("%s<ipxact:%s>\n", strings.Repeat("  ", x.depth), name)
	x.depth++
	content()
	x.depth--
	x.f("%s</ipxact:%s>\n", strings.Repeat("  ", x.depth), name)
}
