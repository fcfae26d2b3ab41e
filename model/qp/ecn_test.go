package qp_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// TestECN: a marked packet that is taken draws one CNP to its sender, however many there are before it is sent; one that is
// dropped, a CNP, and a marked packet for a device without the feature draw none.
func TestECN(t *testing.T) {
	for _, typ := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		rapid.Check(t, func(t *rapid.T) {
			a := newLone(t, typ, abi.QPC{QPN: 1, RemoteQPN: 2, QKey: 5, TClass: 0x41})
			for range 8 {
				a.receives = append(a.receives, make([]byte, 64))
			}
			a.c.RQPI = 8
			due := false
			for i := range rapid.IntRange(1, 8).Draw(t, "packets") {
				p := &wire.Packet{
					SrcIP: thereIP, TClass: rapid.Uint8Range(0, 7).Draw(t, "tclass"), DETH: wire.DETH{QKey: 5, SrcQPN: 9},
					BTH: wire.BTH{PKey: rapid.SampledFrom([]uint16{0xffff, 0xffff, 1}).Draw(t, "pkey"), PSN: a.c.EPSN},
				}
				p.BTH.Op = map[abi.QPType]abi.Opcode{abi.QPTypeRC: abi.OpSendOnly, abi.QPTypeUC: abi.OpUCSendOnly, abi.QPTypeUD: abi.OpUDSendOnly}[typ]
				if rapid.IntRange(0, 4).Draw(t, "cnp") == 0 {
					p.BTH.Op = abi.OpCNP
				}
				v := a.step(abi.CauseRX, p)
				if want := p.BTH.PKey == 0xffff; want != (v == abi.VerdictOK) {
					t.Fatalf("packet %d: %v", i, v)
				}
				due = due || v == abi.VerdictOK && p.TClass&3 == 3 && p.BTH.Op != abi.OpCNP
			}
			if got := qp.Wants(&a.c)&qp.WantRespond != 0; got != due {
				t.Fatalf("a CNP is due: %v, want %v", got, due)
			}
			if !due {
				return
			}
			a.step(abi.CauseRespond, nil)
			o := &a.fx.Packet
			to := uint32(2)
			if typ == abi.QPTypeUD {
				to = 9
			}
			if o.Op != abi.OpCNP || o.DestQPN != to || o.DstIP != thereIP || o.TClass != 0x40 || o.Resv8a != 0x40 || o.AckReq {
				t.Fatalf("sent %+v", *o)
			}
			if qp.Wants(&a.c)&qp.WantRespond != 0 {
				t.Fatal("another is due")
			}
		})
	}
}
