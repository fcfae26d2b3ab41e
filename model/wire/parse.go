package wire

import (
	"encoding/binary"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
)

var be = binary.BigEndian

func get24(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// Parse decodes a frame by rules 1, 2 and 4 to 7 of the package comment. p.Payload refers to frame. The error, if
// any, is an *Error; p then holds what the rules before the failing one vouch for (see ParseOuter and ParseInner).
func Parse(frame []byte, p *Packet) error {
	end, err := ParseOuter(frame, p)
	if err != nil {
		return err
	}
	return ParseInner(frame[:end], p)
}

// ParseOuter judges rules 1 and 2, and fills in p's Ethernet, IP and UDP fields; all others become zero. end is the
// length of the frame without bytes behind the IP packet. On an error, which is an *Error, p is zero.
func ParseOuter(frame []byte, p *Packet) (end int, err error) {
	*p = Packet{}
	if end, err = outer(frame); err != nil {
		return 0, err
	}
	p.DstMAC, p.SrcMAC = MAC(frame[0:6]), MAC(frame[6:12])
	ip := frame[EthLen:]
	var udp []byte
	if p.V6 = isV6(frame); p.V6 {
		w := be.Uint32(ip)
		p.TClass, p.FlowLabel = uint8(w>>20), w&0xfffff
		p.TTL = ip[7]
		p.SrcIP, p.DstIP = Addr(ip[8:24]), Addr(ip[24:40])
		udp = ip[IPv6Len:]
	} else {
		p.TClass = ip[1]
		p.IPID = be.Uint16(ip[4:])
		p.ResvFlag, p.DF = ip[6]&0x80 != 0, ip[6]&0x40 != 0
		p.TTL = ip[8]
		p.IPSumOnes = be.Uint16(ip[10:]) == 0xffff
		putMapped(&p.SrcIP, ip[12:])
		putMapped(&p.DstIP, ip[16:])
		udp = ip[IPv4Len:]
	}
	p.SrcPort, p.UDPSum = be.Uint16(udp), be.Uint16(udp[6:])
	return end, nil
}

// Destination is the address that an IP packet is sent to, which is all that a router needs; ok is false if the frame is
// too short for an IP packet, or carries something else. What else may be wrong with it is for its receiver to find.
func Destination(frame []byte) (to Addr, ok bool) {
	if len(frame) <= EthLen+IPv4Len {
		return to, false
	}
	ip := frame[EthLen:]
	switch be.Uint16(frame[12:]) {
	case etherIPv4:
		putMapped(&to, ip[16:])
		return to, true
	case etherIPv6:
		if len(ip) >= IPv6Len {
			return Addr(ip[24:40]), true
		}
	}
	return to, false
}

// IsIPv4 tells whether an address is an IPv4-mapped one, which travels in an IPv4 header.
func IsIPv4(a Addr) bool { return a == MapIPv4([4]byte(a[12:])) }

// MapIPv4 is the IPv4-mapped IPv6 address ::ffff:a. RFC 4291 section 2.5.5.2.
func MapIPv4(a [4]byte) (m Addr) {
	putMapped(&m, a[:])
	return m
}

// putMapped is MapIPv4 into its place, and by words: an address put together of bytes has to be waited for when it is
// looked at as a whole.
func putMapped(m *Addr, ip []byte) {
	be.PutUint64(m[:], 0)
	be.PutUint64(m[8:], 0xffff<<32|uint64(be.Uint32(ip)))
}

func isV6(frame []byte) bool { return be.Uint16(frame[12:]) == etherIPv6 }

// outer judges rules 1 and 2 and returns the end of the IP packet. What passes has a whole BTH and ICRC.
func outer(frame []byte) (end int, err error) {
	const min4 = EthLen + IPv4Len + UDPLen + abi.BTHSize + ICRCLen
	if len(frame) > abi.MaxFrame {
		return 0, &Error{abi.VerdictDropTooLong, 1, abi.MaxFrame, "frame of %d bytes, at most %d", uint64(len(frame)), abi.MaxFrame}
	}
	if len(frame) < min4 {
		return 0, malformed(2, len(frame), "frame of %d bytes, at least %d", uint64(len(frame)), min4)
	}
	udp := EthLen + IPv4Len
	switch ether := be.Uint16(frame[12:]); ether {
	case etherIPv4:
		end, err = outer4(frame)
	case etherIPv6:
		end, err = outer6(frame)
		udp = EthLen + IPv6Len
	default:
		err = malformed(2, 12, "EtherType %#04x, not %#04x or 0x86dd", uint64(ether), etherIPv4)
	}
	if err != nil {
		return 0, err
	}
	if port := be.Uint16(frame[udp+2:]); port != abi.RoCEPort {
		return 0, malformed(2, udp+2, "UDP destination port %d, not %d", uint64(port), abi.RoCEPort)
	}
	if n := int(be.Uint16(frame[udp+4:])); n != end-udp {
		return 0, malformed(2, udp+4, "UDP length %d, but the IP packet has %d bytes for it", uint64(n), uint64(end-udp))
	}
	return end, nil
}

func outer4(frame []byte) (end int, err error) {
	ip := frame[EthLen:]
	if ip[0] != 0x45 {
		return 0, malformed(2, EthLen, "IP version and header length %#02x, not %#02x", uint64(ip[0]), 0x45)
	}
	total := int(be.Uint16(ip[2:]))
	if total < IPv4Len+UDPLen+abi.BTHSize+ICRCLen {
		return 0, malformed(2, EthLen+2, "IPv4 total length %d, at least %d", uint64(total), IPv4Len+UDPLen+abi.BTHSize+ICRCLen)
	}
	if total > len(ip) {
		return 0, malformed(2, EthLen+2, "IPv4 total length %d, but only %d bytes follow", uint64(total), uint64(len(ip)))
	}
	if frag := be.Uint16(ip[6:]) & 0x3fff; frag != 0 {
		return 0, malformed(2, EthLen+6, "IPv4 fragment (%#04x), not %d", uint64(frag), 0)
	}
	if ip[9] != protoUDP {
		return 0, malformed(2, EthLen+9, "IP protocol %d, not %d", uint64(ip[9]), protoUDP)
	}
	if sum := ipSum(ip); sum != 0xffff {
		return 0, malformed(2, EthLen+10, "IPv4 header sums to %#04x, not %#04x", uint64(sum), 0xffff)
	}
	return EthLen + total, nil
}

func outer6(frame []byte) (end int, err error) {
	const minPayload = UDPLen + abi.BTHSize + ICRCLen
	if len(frame) < EthLen+IPv6Len+minPayload {
		return 0, malformed(2, len(frame), "IPv6 frame of %d bytes, at least %d", uint64(len(frame)), EthLen+IPv6Len+minPayload)
	}
	ip := frame[EthLen:]
	if v := ip[0] >> 4; v != 6 {
		return 0, malformed(2, EthLen, "IP version %d, not %d", uint64(v), 6)
	}
	n := int(be.Uint16(ip[4:]))
	if n < minPayload {
		return 0, malformed(2, EthLen+4, "IPv6 payload length %d, at least %d", uint64(n), minPayload)
	}
	if n > len(ip)-IPv6Len {
		return 0, malformed(2, EthLen+4, "IPv6 payload length %d, but only %d bytes follow", uint64(n), uint64(len(ip)-IPv6Len))
	}
	if ip[6] != protoUDP {
		return 0, malformed(2, EthLen+6, "IPv6 next header %d, not %d", uint64(ip[6]), protoUDP)
	}
	return EthLen + IPv6Len + n, nil
}

// ipSum is the ones' complement sum of an IPv4 header without options; 0xffff when its checksum is right. RFC 1071.
func ipSum(ip []byte) uint16 {
	s := uint64(be.Uint32(ip)) + uint64(be.Uint32(ip[4:])) + uint64(be.Uint32(ip[8:])) +
		uint64(be.Uint32(ip[12:])) + uint64(be.Uint32(ip[16:]))
	s = s>>32 + s&0xffffffff
	s = s>>16 + s&0xffff
	s = s>>16 + s&0xffff
	s = s>>16 + s&0xffff
	return uint16(s)
}

// ParseInner judges rules 4 to 7 on a frame that ParseOuter took, cut to the length it returned, and fills in
// the transport part of p. p.Payload refers to frame. On an error, which is an *Error, the BTH is filled in
// all the same, and nothing behind it.
func ParseInner(frame []byte, p *Packet) error {
	bth := EthLen + IPv4Len + UDPLen
	if p.V6 {
		bth = EthLen + IPv6Len + UDPLen
	}
	p.BTH.get(frame[bth:])
	crc := len(frame) - ICRCLen
	if got, want := binary.LittleEndian.Uint32(frame[crc:]), icrc(frame[EthLen:crc], p.V6); got != want {
		return &Error{abi.VerdictDropICRC, 4, crc, "ICRC %#08x, computed %#08x", uint64(got), uint64(want)}
	}
	if p.BTH.TVer != 0 {
		return malformed(5, bth+1, "BTH transport version %d, not %d", uint64(p.BTH.TVer), 0)
	}
	s := &shapes[p.BTH.Op]
	if !s.known {
		return &Error{abi.VerdictDropOpcode, 6, bth, "opcode %#02x is not one of the %d known", uint64(p.BTH.Op), opcodeCount}
	}
	ext := bth + abi.BTHSize
	pay := ext + int(s.size)
	pad := crc - int(p.BTH.Pad)
	if pay > pad {
		return malformed(7, ext, "%d bytes between BTH and ICRC, headers and pad of the opcode need %d",
			uint64(crc-ext), uint64(s.size)+uint64(p.BTH.Pad))
	}
	p.getHeaders(frame[ext:pay], s.has)
	if pay < pad {
		p.Payload = frame[pay:pad:pad]
	}
	copy(p.PadBytes[:], frame[pad:crc])
	return nil
}

func (h *BTH) get(b []byte) {
	h.Op = abi.Opcode(b[0])
	h.SE, h.MigReq, h.Pad, h.TVer = b[1]&0x80 != 0, b[1]&0x40 != 0, b[1]>>4&3, b[1]&15
	h.PKey = be.Uint16(b[2:])
	h.Resv8a = b[4]
	h.DestQPN = get24(b[5:])
	h.AckReq, h.Resv7 = b[8]&0x80 != 0, b[8]&0x7f
	h.PSN = psn.PSN(get24(b[9:]))
}

// getHeaders decodes the extension headers in b, which is exactly as long as they are.
func (p *Packet) getHeaders(b []byte, has uint8) {
	if has&hasRETH != 0 {
		p.RETH = RETH{be.Uint64(b), be.Uint32(b[8:]), be.Uint32(b[12:])}
		b = b[abi.RETHSize:]
	}
	if has&hasAtomicETH != 0 {
		p.AtomicETH = AtomicETH{be.Uint64(b), be.Uint32(b[8:]), be.Uint64(b[12:]), be.Uint64(b[20:])}
		b = b[abi.AtomicETHSize:]
	}
	if has&hasAETH != 0 {
		p.AETH = AETH{b[0], get24(b[1:])}
		b = b[abi.AETHSize:]
	}
	if has&hasAtomicAck != 0 {
		p.AtomicAck = be.Uint64(b)
		b = b[abi.AtomicAckETHSize:]
	}
	if has&hasDETH != 0 {
		p.DETH = DETH{be.Uint32(b), b[4], get24(b[5:])}
		b = b[abi.DETHSize:]
	}
	if has&hasImm != 0 {
		p.Imm = be.Uint32(b)
		b = b[abi.ImmDtSize:]
	}
	if has&hasIETH != 0 {
		p.InvKey = be.Uint32(b)
		b = b[abi.IETHSize:]
	}
	if has&hasMETH != 0 {
		p.METH.get(b)
	}
}

func (m *METH) get(b []byte) {
	m.Version, m.Kind, m.Flags = b[0]>>4, abi.METHKind(b[0]&15), b[1]
	m.Epoch = psn.Epoch(be.Uint16(b[2:]))
	m.PeerEpoch, m.Sent = psn.Epoch(be.Uint16(b[4:])), be.Uint16(b[6:])
	m.Resv8, m.EPSN = b[8], psn.PSN(get24(b[9:]))
	m.Addr = Addr(b[12:28])
	m.Tag = be.Uint64(b[28:])
}
