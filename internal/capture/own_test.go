package capture_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

var rewrite = flag.Bool("rewrite", false, "write testdata anew instead of comparing with it")

// shot is a frame of a capture.
type shot struct {
	iface   int
	frame   []byte
	comment string
}

// between returns a packet from host 1 to host 2, with the addresses of the Linux captures.
func between(v6 bool, op abi.Opcode) *wire.Packet {
	p := &wire.Packet{
		DstMAC: wire.MAC{0x52, 0x54, 0, 0, 0, 2}, SrcMAC: wire.MAC{0x52, 0x54, 0, 0, 0, 1}, V6: v6, TTL: abi.TTL, DF: !v6, SrcPort: 0xc011,
		SrcIP: wire.MapIPv4([4]byte{10, 0, 0, 1}), DstIP: wire.MapIPv4([4]byte{10, 0, 0, 2}),
		BTH: wire.BTH{Op: op, PKey: 0xffff, DestQPN: 0x000012, PSN: psn.New(uint32(op))},
	}
	if v6 {
		p.SrcIP, p.DstIP = wire.Addr{0: 0xfe, 1: 0x80, 15: 1}, wire.Addr{0: 0xfe, 1: 0x80, 15: 2}
	}
	return p
}

// everyOpcode is one packet of each opcode, its fields all different, then what varies within an opcode: empty and odd
// payloads, each syndrome, each kind of migration packet, and a frame that is not RoCE.
func everyOpcode(v6 bool) []shot {
	var shots []shot
	add := func(p *wire.Packet, comment string) {
		shots = append(shots, shot{len(shots) % 2, p.Append(nil), comment})
	}
	for i := range abi.Opcodes {
		op := abi.Opcode(i)
		if !op.Info().Known {
			continue
		}
		p := between(v6, op)
		p.BTH.AckReq = op.Info().Kind == abi.KindRequest && (op.Info().Pos == abi.PositionLast || op.Info().Pos == abi.PositionOnly)
		p.RETH = wire.RETH{VA: 0x7f0000001000, RKey: 0x1234, Length: 3000}
		p.AtomicETH = wire.AtomicETH{VA: 0x7f0000002008, RKey: 0x1235, Swap: 0x1111222233334444, Compare: 0x5555666677778888}
		p.AETH = wire.AETH{Syndrome: uint8(abi.SyndromeACK), MSN: 0x010203}
		p.AtomicAck, p.Imm, p.InvKey = 0x0123456789abcdef, 0xcafe0001, 0x1236
		p.METH = migration(abi.METHKindResume)
		p.DETH = wire.DETH{QKey: 0x11223344, SrcQPN: 0x000013}
		switch {
		case op == abi.OpCNP: // RoCEv2 annex A17.9.3
			p.BTH.Resv8a, p.BTH.PSN = 0x40, 0
			p.SetPayload(make([]byte, 16))
		case op.Info().Payload != abi.PayloadNone:
			p.SetPayload(bytes.Repeat([]byte{byte(op), 0x5a, 0xa5, 0x3c}, 16))
		}
		add(p, "every opcode: "+op.String())
	}
	for n := 5; n < 8; n++ {
		p := between(v6, abi.OpSendOnly)
		p.BTH.SE = true
		p.SetPayload([]byte("payload")[:n])
		add(p, fmt.Sprintf("pad of %d", p.BTH.Pad))
	}
	for _, s := range []abi.Syndrome{abi.SyndromeRNRNAK + 12, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKInvReq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKRemOp} {
		p := between(v6, abi.OpAcknowledge)
		p.AETH = wire.AETH{Syndrome: uint8(s), MSN: 7}
		add(p, "")
	}
	stopped := between(v6, abi.OpAcknowledge)
	stopped.AETH = wire.AETH{Syndrome: uint8(abi.SyndromeNAKStopped), MSN: 0x000003}
	add(stopped, "stopped in epoch 3")
	for _, kind := range []abi.METHKind{abi.METHKindResumeACK, abi.METHKindRedirect, abi.METHKindStale} {
		p := between(v6, abi.OpMigration)
		p.METH = migration(kind)
		p.METH.Tag = wire.Tag([16]byte{1, 2, 3}, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN)
		add(p, "tagged")
	}
	arp := make([]byte, 60)
	copy(arp, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x52, 0x54, 0, 0, 0, 1, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0, 0, 0, 1, 10, 0, 0, 1,
		0, 0, 0, 0, 0, 0, 10, 0, 0, 2})
	return append(shots, shot{0, arp, "who has 10.0.0.2"})
}

func migration(kind abi.METHKind) wire.METH {
	return wire.METH{Version: abi.METHVersion, Kind: kind, Flags: 1, Epoch: 4, PeerEpoch: 2, EPSN: 0x00fffe,
		Addr: wire.MapIPv4([4]byte{10, 0, 0, 3})}
}

// encode writes the shots a microsecond and a nanosecond apart.
func encode(t testing.TB, shots []shot) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := capture.NewWriter(&out, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range shots {
		if err := w.Write(s.iface, uint64(i)*1001, s.frame, s.comment); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// badFrame is the frame of bad_icrc.pcapng that is wrong, and cutFrame the one in which truncated.pcapng ends.
const (
	badFrame = 7
	cutFrame = 4
)

// testdata is what internal/capture/testdata holds, the corrupt files for the tests of the command line.
func testdata(t testing.TB) map[string][]byte {
	v4, v6 := everyOpcode(false), everyOpcode(true)
	bad := everyOpcode(false)[:10]
	bad[badFrame-1].frame[60] ^= 4
	short := encode(t, v4[:cutFrame])
	return map[string][]byte{
		"own/v4.pcapng":            encode(t, v4),
		"own/v6.pcapng":            encode(t, v6),
		"corrupt/bad_icrc.pcapng":  encode(t, bad),
		"corrupt/truncated.pcapng": short[:len(short)-9],
		"corrupt/no_roce.pcapng":   encode(t, v4[len(v4)-1:]),
	}
}

// TestTestdata holds the committed files against what writes them, in both directions.
func TestTestdata(t *testing.T) {
	want := testdata(t)
	for name, data := range want {
		path := filepath.Join("testdata", filepath.FromSlash(name))
		if *rewrite {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: go test ./internal/capture -run TestTestdata -rewrite", err)
		} else if !bytes.Equal(got, data) {
			t.Errorf("%s is not what the writer writes: if that is on purpose, go test ./internal/capture -run TestTestdata -rewrite", path)
		}
	}
	found, err := capture.Files([]string{"testdata"})
	if err != nil || len(found) != len(want) {
		t.Errorf("testdata has %q (%v), want %d files", found, err, len(want))
	}
}
