package wire

import (
	"encoding/binary"
	"math/bits"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

// untagged is the length of the METH before its tag.
const untagged = abi.METHSize - 8

// Tag authenticates a migration packet (protocol.md section 3): SipHash-2-4 under the key both sides agreed on,
// over 50 bytes: the METH without the tag, the address and the QPN it goes to, and BTH.PSN, the last two as 3 bytes each,
// most significant first. No two ends have both the address and the QPN alike, so that what one end sent is never good at
// the same end. Without a key (all zero) the tag is 0. On the wire the tag stands most significant byte first.
func Tag(key [16]byte, m *METH, dst Addr, destQPN uint32, p psn.PSN) uint64 {
	if key == [16]byte{} {
		return 0
	}
	var msg [untagged + len(dst) + 6]byte
	var meth [abi.METHSize]byte
	m.put(meth[:])
	copy(msg[:], meth[:untagged])
	copy(msg[untagged:], dst[:])
	put24(msg[untagged+len(dst):], destQPN)
	put24(msg[untagged+len(dst)+3:], uint32(p))
	return sipHash24(binary.LittleEndian.Uint64(key[:]), binary.LittleEndian.Uint64(key[8:]), msg[:])
}

// sipHash24 is SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012).
func sipHash24(k0, k1 uint64, msg []byte) uint64 {
	v0 := k0 ^ 0x736f6d6570736575
	v1 := k1 ^ 0x646f72616e646f6d
	v2 := k0 ^ 0x6c7967656e657261
	v3 := k1 ^ 0x7465646279746573
	round := func() {
		v0 += v1
		v1 = bits.RotateLeft64(v1, 13) ^ v0
		v0 = bits.RotateLeft64(v0, 32)
		v2 += v3
		v3 = bits.RotateLeft64(v3, 16) ^ v2
		v0 += v3
		v3 = bits.RotateLeft64(v3, 21) ^ v0
		v2 += v1
		v1 = bits.RotateLeft64(v1, 17) ^ v2
		v2 = bits.RotateLeft64(v2, 32)
	}
	word := func(m uint64) {
		v3 ^= m
		round()
		round()
		v0 ^= m
	}
	last := uint64(len(msg)) << 56
	for ; len(msg) >= 8; msg = msg[8:] {
		word(binary.LittleEndian.Uint64(msg))
	}
	for i, b := range msg {
		last |= uint64(b) << (8 * i)
	}
	word(last)
	v2 ^= 0xff
	for range 4 {
		round()
	}
	return v0 ^ v1 ^ v2 ^ v3
}
