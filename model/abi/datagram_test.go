package abi

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDatagram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Datagram{
			QKey: rapid.Uint32().Draw(t, "qkey"), QPN: rapid.Uint32Range(0, 1<<24-1).Draw(t, "qpn"),
			TClass: rapid.Byte().Draw(t, "tclass"), HopLimit: rapid.Byte().Draw(t, "hops"),
		}
		copy(d.IP[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "ip"))
		var w, back WQE
		w.SetDatagram(&d)
		img := w.Image()
		if back.Decode(img[:]); back.Datagram() != d {
			t.Fatalf("%+v comes back as %+v", d, back.Datagram())
		}
		if [16]byte(img[0x28:0x38]) != d.IP {
			t.Fatalf("the address %x lies in memory as %x", d.IP, img[0x28:0x38])
		}
	})
}
