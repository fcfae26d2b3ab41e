package wire

import (
	"encoding/binary"
	"testing"

	"github.com/dchest/siphash"
	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// TestSipHashPaper is the vector of the SipHash paper, appendix A: key 00..0f, message 00..0e. And the first and last
// entries of vectors_sip64 in the authors' reference code: messages of 0 and 63 bytes.
func TestSipHashPaper(t *testing.T) {
	const k0, k1 = 0x0706050403020100, 0x0f0e0d0c0b0a0908
	msg := make([]byte, 63)
	for i := range msg {
		msg[i] = byte(i)
	}
	for n, want := range map[int]uint64{0: 0x726fdb47dd0e0e31, 15: 0xa129ca6149be45e5, 63: 0x958a324ceb064572} {
		if got := sipHash24(k0, k1, msg[:n]); got != want {
			t.Errorf("SipHash of %d bytes = %#x, want %#x", n, got, want)
		}
	}
}

// TestSipHashOther compares with an implementation that nobody here wrote.
func TestSipHashOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k0, k1 := rapid.Uint64().Draw(t, "k0"), rapid.Uint64().Draw(t, "k1")
		msg := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "message")
		if got, want := sipHash24(k0, k1, msg), siphash.Hash(k0, k1, msg); got != want {
			t.Fatalf("got %#x, want %#x", got, want)
		}
	})
}

// TestTag builds the 50 bytes from a frame instead of from the fields.
func TestTag(t *testing.T) {
	key := [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	p := Packet{DstIP: MapIPv4([4]byte{10, 0, 0, 9}), BTH: BTH{Op: abi.OpMigration, DestQPN: 0x123456, PSN: psn.PSN(0xabcdef)}}
	p.METH = METH{Version: 2, Kind: abi.METHKindStale, Flags: 1, Epoch: 0x1234, PeerEpoch: 0x4321, Sent: 1, Resv8: 2,
		EPSN: 0x654321, Addr: MapIPv4([4]byte{10, 0, 0, 1}), Tag: 0xdead}
	bth := p.Append(nil)[EthLen+IPv4Len+UDPLen:]
	msg := append([]byte(nil), bth[abi.BTHSize:abi.BTHSize+abi.METHSize-8]...)
	msg = append(msg, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 9)
	msg = append(msg, bth[5:8]...)
	msg = append(msg, bth[9:12]...)
	if len(msg) != 50 {
		t.Fatalf("%d bytes, want 50", len(msg))
	}
	want := siphash.Hash(binary.LittleEndian.Uint64(key[:]), binary.LittleEndian.Uint64(key[8:]), msg)
	if got := Tag(key, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN); got != want {
		t.Errorf("tag %#x, want %#x", got, want)
	}
	if p.METH.Tag != 0xdead {
		t.Error("Tag changed the packet")
	}
	if got := Tag([16]byte{}, &p.METH, p.DstIP, p.BTH.DestQPN, p.BTH.PSN); got != 0 {
		t.Errorf("tag %#x without a key, want 0", got)
	}
	p.METH.Tag = 0x0102030405060708
	tag := p.Append(nil)[EthLen+IPv4Len+UDPLen+abi.BTHSize+abi.METHSize-8:]
	if tag[0] != 1 || tag[7] != 8 {
		t.Errorf("tag on the wire % x, want the most significant byte first", tag[:8])
	}
}
