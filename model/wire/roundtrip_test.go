package wire_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// TestRoundTrip: parse(build(x)) == x, for every opcode, with Ethernet trailing bytes behind it.
func TestRoundTrip(t *testing.T) {
	ops := opcodes()
	if len(ops) != 39 {
		t.Fatalf("%d opcodes in the table, want 24: adjust this test when packets.yaml grows", len(ops))
	}
	for _, op := range ops {
		t.Run(op.String(), rapid.MakeCheck(func(t *rapid.T) {
			want := drawPacket(t, op)
			frame := want.Append(nil)
			if len(frame) != want.Len() {
				t.Fatalf("frame of %d bytes, Len() says %d", len(frame), want.Len())
			}
			trailed := append(bytes.Clone(frame), bytesOf(t, draw(t, rapid.IntRange(0, 8), "trailing"), "trailer")...)
			var got wire.Packet
			if err := wire.Parse(trailed, &got); err != nil {
				t.Fatalf("%v\n%s", err, wire.Annotate(trailed))
			}
			if d := cmp.Diff(want, &got); d != "" {
				t.Fatalf("parsed packet differs (-want +got)\n%s", d)
			}
			if d := wire.Diff(frame, got.Append(nil)); d != "" {
				t.Fatalf("encoded again, it differs\n%s", d)
			}
		}))
	}
}

// TestAllOnesChecksum: a header whose checksum is 0 may say 0xffff (RFC 1624 section 3); both verify, both
// come back as they were.
func TestAllOnesChecksum(t *testing.T) {
	p := sample(abi.OpAcknowledge, false)
	frame := p.Append(nil)
	p.IPSumOnes = true
	if d := wire.Diff(frame, p.Append(nil)); d != "" {
		t.Errorf("IPSumOnes changes a checksum that is not 0\n%s", d)
	}
	// Put the checksum into the identification, and the checksum is 0.
	p.IPID = uint16(frame[24])<<8 | uint16(frame[25])
	for _, ones := range []bool{false, true} {
		p.IPSumOnes = ones
		frame = p.Append(nil)
		want := []byte{0, 0}
		if ones {
			want = []byte{0xff, 0xff}
		}
		if !bytes.Equal(frame[24:26], want) {
			t.Fatalf("checksum % x, want % x", frame[24:26], want)
		}
		var got wire.Packet
		if err := wire.Parse(frame, &got); err != nil {
			t.Fatal(err)
		}
		if got.IPSumOnes != ones {
			t.Errorf("IPSumOnes = %v, want %v", got.IPSumOnes, ones)
		}
	}
}

// TestSpecLayout decodes frames of every opcode a second way, bit by bit after the field tables of
// spec/packets.yaml, and compares with the codec.
func TestSpecLayout(t *testing.T) {
	used := map[string]bool{}
	for _, op := range opcodes() {
		t.Run(op.String(), rapid.MakeCheck(func(t *rapid.T) {
			p := drawPacket(t, op)
			b := p.Append(nil)[wire.EthLen+wire.IPv4Len+wire.UDPLen:]
			if p.V6 {
				b = b[wire.IPv6Len-wire.IPv4Len:]
			}
			for _, h := range append([]abi.HeaderID{abi.HeaderBTH}, op.Info().Headers...) {
				info := abi.Headers[h]
				for _, f := range info.Fields {
					name := info.Name + "." + f.Name
					want, ok := fieldValue(p, name)
					if !ok {
						t.Fatalf("spec/packets.yaml has field %s, this test does not", name)
					}
					if got := bitsOf(b[:info.Bytes], f.At, f.Bits); got != want {
						t.Fatalf("%s on the wire is %s, the packet has %s", name, got, want)
					}
					used[name] = true
				}
				b = b[info.Bytes:]
			}
		}))
	}
	if len(used) != 36 {
		t.Errorf("%d fields were compared, want 36: adjust this test when packets.yaml grows", len(used))
	}
}

// A payload filled in where Reserve put it makes the same frame as one that Append copies, wherever the frame begins.
func TestReserve(t *testing.T) {
	payload := []byte("seven b")
	for _, op := range opcodes() {
		for _, v6 := range []bool{false, true} {
			p := sample(op, v6)
			p.SetPayload(payload)
			want := p.Append([]byte("before"))
			got := p.Reserve([]byte("before"), len(payload))
			copy(p.Payload, payload)
			if got = p.Append(got); !bytes.Equal(got, want) {
				t.Errorf("%v, IPv6 %v:\n%x, want\n%x", op, v6, got, want)
			}
		}
	}
}
