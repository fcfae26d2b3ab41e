package wire

import (
	"encoding/binary"
	"hash/crc32"
)

// The ICRC (IBTA 7.8.1, annex A17.3.3) is the CRC-32 of Ethernet over 8 bytes of ones in place of the InfiniBand
// LRH, then the packet from the IP header up to the ICRC, with every field that a router may change taken as ones:
// IPv4 TOS, TTL, header checksum; IPv6 traffic class, flow label, hop limit; UDP checksum; BTH resv8a. It is stored
// least significant byte first.
//
// The masked fields all lie in the first 40 (IPv4) or 56 (IPv6) bytes, both multiples of 8. These are taken as 64-bit
// words with the masks or-ed in, so that neither the frame is touched nor a copy made; a copy handed to hash/crc32
// would be a heap allocation, for its assembly hides behind a function variable. The rest is hash/crc32's.

// icrcSeed is the CRC register after the 8 bytes of ones.
const icrcSeed = 0xdebb20e3

// Masks of the little-endian words from the IP header on.
var (
	icrcMask4 = [5]uint64{
		0x0000_0000_0000_ff00, // TOS
		0x0000_0000_ffff_00ff, // TTL; header checksum
		0,
		0x0000_0000_ffff_0000, // UDP checksum; BTH begins
		0x0000_0000_0000_00ff, // BTH resv8a
	}
	icrcMask6 = [7]uint64{
		0xff00_0000_ffff_ff0f, // traffic class, flow label; hop limit
		0,
		0,
		0,
		0,
		0xffff_0000_0000_0000, // UDP checksum
		0x0000_00ff_0000_0000, // BTH resv8a
	}
)

// slicing[k][b] is the CRC register after byte b and k bytes of zeros.
var slicing = func() (t [8][256]uint32) {
	for i := range t[0] {
		c := crc32.IEEETable[i]
		for k := range t {
			t[k][i] = c
			c = crc32.IEEETable[c&0xff] ^ c>>8
		}
	}
	return t
}()

// crcWord feeds 8 bytes, the first in the least significant byte of w, to the CRC register.
func crcWord(c uint32, w uint64) uint32 {
	w ^= uint64(c)
	return slicing[7][uint8(w)] ^ slicing[6][uint8(w>>8)] ^ slicing[5][uint8(w>>16)] ^ slicing[4][uint8(w>>24)] ^
		slicing[3][uint8(w>>32)] ^ slicing[2][uint8(w>>40)] ^ slicing[1][uint8(w>>48)] ^ slicing[0][uint8(w>>56)]
}

// icrc is the ICRC over ip: IP header, UDP header, BTH and all up to, not including, the ICRC itself.
func icrc(ip []byte, v6 bool) uint32 {
	masks := icrcMask4[:]
	if v6 {
		masks = icrcMask6[:]
	}
	c := uint32(icrcSeed)
	for _, m := range masks {
		c = crcWord(c, binary.LittleEndian.Uint64(ip)|m)
		ip = ip[8:]
	}
	return crc32.Update(^c, crc32.IEEETable, ip)
}

// ICRC computes the ICRC that frame should carry. The frame must pass rules 1 and 2; otherwise the error is the
// *Error of [ParseOuter]. On the wire the value stands least significant byte first.
func ICRC(frame []byte) (uint32, error) {
	end, err := outer(frame)
	if err != nil {
		return 0, err
	}
	return icrc(frame[EthLen:end-ICRCLen], isV6(frame)), nil
}

// PutICRC writes the right ICRC into frame, which must pass rules 1 and 2. It is for those who edit frames.
func PutICRC(frame []byte) error {
	end, err := outer(frame)
	if err != nil {
		return err
	}
	binary.LittleEndian.PutUint32(frame[end-ICRCLen:], icrc(frame[EthLen:end-ICRCLen], isV6(frame)))
	return nil
}
