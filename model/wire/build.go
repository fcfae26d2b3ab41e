package wire

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
)

func put24(b []byte, v uint32) { b[0], b[1], b[2] = byte(v>>16), byte(v>>8), byte(v) }

// flag is mask if set, else 0.
func flag(set bool, mask byte) byte {
	if set {
		return mask
	}
	return 0
}

// Append appends the frame of p, from destination MAC to ICRC, to dst and returns the longer slice; it allocates only
// when dst lacks room for p.Len() bytes. Lengths, IPv4 checksum and ICRC are computed; everything else, pad included
// (see SetPayload), is as p says, even what no receiver takes: an unknown opcode has no headers behind the BTH. The
// payload lies where Reserve put it, or outside the room behind dst. A field beyond its width on the wire is a fault of the caller: panic.
func (p *Packet) Append(dst []byte) []byte {
	p.mustFit()
	n, at := p.Len(), len(dst)
	dst = slices.Grow(dst, n)[:at+n]
	f := dst[at:]
	copy(f[0:6], p.DstMAC[:])
	copy(f[6:12], p.SrcMAC[:])
	udp := p.putIP(f)
	u := f[udp:]
	be.PutUint16(u, p.SrcPort)
	be.PutUint16(u[2:], abi.RoCEPort)
	be.PutUint16(u[4:], uint16(len(u)))
	be.PutUint16(u[6:], p.UDPSum)
	p.BTH.put(u[UDPLen:])
	t := u[UDPLen+abi.BTHSize:]
	t = t[p.putHeaders(t, shapes[p.BTH.Op].has):]
	if len(p.Payload) != 0 && &t[0] != &p.Payload[0] {
		copy(t, p.Payload)
	}
	t = t[len(p.Payload):]
	copy(t, p.PadBytes[:p.BTH.Pad])
	binary.LittleEndian.PutUint32(f[n-ICRCLen:], icrc(f[EthLen:n-ICRCLen], p.V6))
	return dst
}

// mustFit is the one place that finds values wider than their field.
func (p *Packet) mustFit() {
	wide := uint32(p.BTH.Pad)>>2 | uint32(p.BTH.TVer)>>4 | p.BTH.DestQPN>>24 | uint32(p.BTH.Resv7)>>7 |
		uint32(p.BTH.PSN)>>24 | p.AETH.MSN>>24 | p.DETH.SrcQPN>>24 | p.FlowLabel>>20 |
		uint32(p.METH.Version)>>4 | uint32(p.METH.Kind)>>4 | uint32(p.METH.EPSN)>>24
	if wide != 0 {
		panic("BUG: wire: a field of the packet does not fit its width: " + p.String())
	}
	if p.Len()-EthLen > math.MaxUint16 {
		panic("BUG: wire: the packet is longer than an IP packet can be: " + p.String())
	}
}

// putIP writes EtherType and IP header, and returns where UDP starts.
func (p *Packet) putIP(f []byte) int {
	ip := f[EthLen:]
	if p.V6 {
		be.PutUint16(f[12:], etherIPv6)
		be.PutUint32(ip, 6<<28|uint32(p.TClass)<<20|p.FlowLabel)
		be.PutUint16(ip[4:], uint16(len(ip)-IPv6Len))
		ip[6], ip[7] = protoUDP, p.TTL
		copy(ip[8:24], p.SrcIP[:])
		copy(ip[24:40], p.DstIP[:])
		return EthLen + IPv6Len
	}
	be.PutUint16(f[12:], etherIPv4)
	ip[0], ip[1] = 0x45, p.TClass
	be.PutUint16(ip[2:], uint16(len(ip)))
	be.PutUint16(ip[4:], p.IPID)
	ip[6], ip[7] = flag(p.ResvFlag, 0x80)|flag(p.DF, 0x40), 0
	ip[8], ip[9] = p.TTL, protoUDP
	be.PutUint16(ip[10:], 0)
	copy(ip[12:16], p.SrcIP[12:])
	copy(ip[16:20], p.DstIP[12:])
	sum := ^ipSum(ip)
	if sum == 0 && p.IPSumOnes {
		sum = 0xffff
	}
	be.PutUint16(ip[10:], sum)
	return EthLen + IPv4Len
}

func (h *BTH) put(b []byte) {
	b[0] = byte(h.Op)
	b[1] = flag(h.SE, 0x80) | flag(h.MigReq, 0x40) | h.Pad<<4 | h.TVer
	be.PutUint16(b[2:], h.PKey)
	b[4] = h.Resv8a
	put24(b[5:], h.DestQPN)
	b[8] = flag(h.AckReq, 0x80) | h.Resv7
	put24(b[9:], uint32(h.PSN))
}

// putHeaders encodes the extension headers named by has and returns their length.
func (p *Packet) putHeaders(b []byte, has uint8) int {
	room := len(b)
	if has&hasRETH != 0 {
		be.PutUint64(b, p.RETH.VA)
		be.PutUint32(b[8:], p.RETH.RKey)
		be.PutUint32(b[12:], p.RETH.Length)
		b = b[abi.RETHSize:]
	}
	if has&hasAtomicETH != 0 {
		be.PutUint64(b, p.AtomicETH.VA)
		be.PutUint32(b[8:], p.AtomicETH.RKey)
		be.PutUint64(b[12:], p.AtomicETH.Swap)
		be.PutUint64(b[20:], p.AtomicETH.Compare)
		b = b[abi.AtomicETHSize:]
	}
	if has&hasAETH != 0 {
		b[0] = p.AETH.Syndrome
		put24(b[1:], p.AETH.MSN)
		b = b[abi.AETHSize:]
	}
	if has&hasAtomicAck != 0 {
		be.PutUint64(b, p.AtomicAck)
		b = b[abi.AtomicAckETHSize:]
	}
	if has&hasDETH != 0 {
		be.PutUint32(b, p.DETH.QKey)
		b[4] = p.DETH.Resv
		put24(b[5:], p.DETH.SrcQPN)
		b = b[abi.DETHSize:]
	}
	if has&hasImm != 0 {
		be.PutUint32(b, p.Imm)
		b = b[abi.ImmDtSize:]
	}
	if has&hasIETH != 0 {
		be.PutUint32(b, p.InvKey)
		b = b[abi.IETHSize:]
	}
	if has&hasMETH != 0 {
		p.METH.put(b)
		b = b[abi.METHSize:]
	}
	return room - len(b)
}

func (m *METH) put(b []byte) {
	b[0], b[1] = m.Version<<4|uint8(m.Kind), m.Flags
	be.PutUint16(b[2:], uint16(m.Epoch))
	be.PutUint16(b[4:], uint16(m.PeerEpoch))
	be.PutUint16(b[6:], m.Sent)
	b[8] = m.Resv8
	put24(b[9:], uint32(m.EPSN))
	copy(b[12:28], m.Addr[:])
	be.PutUint64(b[28:], m.Tag)
}
