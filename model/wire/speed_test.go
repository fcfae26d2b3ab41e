package wire_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

func TestNoAllocation(t *testing.T) {
	for _, op := range opcodes() {
		for _, v6 := range []bool{false, true} {
			p := sample(op, v6)
			buf := make([]byte, 0, p.Len())
			var got wire.Packet
			n := testing.AllocsPerRun(100, func() {
				frame := p.Append(buf)
				if err := wire.Parse(frame, &got); err != nil {
					t.Fatal(err)
				}
				if _, err := wire.ICRC(frame); err != nil {
					t.Fatal(err)
				}
				got.METH.Tag = wire.Tag([16]byte{1}, &got.METH, got.DstIP, got.BTH.DestQPN, got.BTH.PSN)
			})
			if n != 0 {
				t.Errorf("%v: %v allocations, want 0", op, n)
			}
		}
	}
}

// benchmark runs do on packets of the usual sizes, and one sub-benchmark on IPv6.
func benchmark(b *testing.B, do func(b *testing.B, p *wire.Packet)) {
	for _, c := range []struct {
		name string
		v6   bool
		n    int
	}{{"0", false, 0}, {"1024", false, 1024}, {"4096", false, 4096}, {"v6-1024", true, 1024}} {
		b.Run(c.name, func(b *testing.B) {
			p := sample(abi.OpSendOnly, c.v6)
			p.SetPayload(make([]byte, c.n))
			b.ReportAllocs()
			do(b, p)
		})
	}
}

func BenchmarkParse(b *testing.B) {
	benchmark(b, func(b *testing.B, p *wire.Packet) {
		frame := p.Append(nil)
		var got wire.Packet
		for b.Loop() {
			if err := wire.Parse(frame, &got); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	benchmark(b, func(b *testing.B, p *wire.Packet) {
		buf := make([]byte, 0, p.Len())
		for b.Loop() {
			p.Append(buf)
		}
	})
}

func BenchmarkTag(b *testing.B) {
	p := sample(abi.OpMigration, false)
	b.ReportAllocs()
	for b.Loop() {
		wire.Tag([16]byte{1}, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN)
	}
}
