package wire

import (
	"fmt"
	"strconv"

	"github.com/godwit-rdma/godwit/model/abi"
)

// String is the transport part of the packet in one line, as golden traces and reports show it:
//
//	SEND_FIRST psn=5 qp=0x11 ackreq len=1024
//	ACKNOWLEDGE psn=7 qp=0x12 NAK_STOPPED flags=0x00 epoch=3
//
// Fields that have their usual value (P_Key 0xffff, reserved bits 0, no pad bytes but zeros) are left out.
func (p *Packet) String() string {
	b := fmt.Appendf(nil, "%v psn=%d qp=%#x", p.BTH.Op, uint32(p.BTH.PSN), p.BTH.DestQPN)
	b = p.appendFlags(b)
	if p.TClass != 0 {
		b = fmt.Appendf(b, " tclass=%#02x", p.TClass)
	}
	b = p.appendHeaders(b)
	if n := len(p.Payload); n > 0 || shapes[p.BTH.Op].payload {
		b = fmt.Appendf(b, " len=%d", n)
	}
	if int(p.BTH.Pad) != -len(p.Payload)&3 {
		b = fmt.Appendf(b, " pad=%d", p.BTH.Pad)
	}
	if p.PadBytes != [3]byte{} {
		b = fmt.Appendf(b, " padbytes=%x", p.PadBytes)
	}
	return string(b)
}

func (p *Packet) appendFlags(b []byte) []byte {
	for _, f := range [...]struct {
		set  bool
		name string
	}{{p.BTH.SE, " se"}, {p.BTH.AckReq, " ackreq"}, {p.BTH.MigReq, " migreq"}} {
		if f.set {
			b = append(b, f.name...)
		}
	}
	if p.BTH.PKey != 0xffff {
		b = fmt.Appendf(b, " pkey=%#04x", p.BTH.PKey)
	}
	for _, f := range [...]struct {
		v    uint8
		name string
	}{{p.BTH.TVer, " tver"}, {p.BTH.Resv8a, " resv8a"}, {p.BTH.Resv7, " resv7"}} {
		if f.v != 0 {
			b = fmt.Appendf(b, "%s=%#02x", f.name, f.v)
		}
	}
	return b
}

func (p *Packet) appendHeaders(b []byte) []byte {
	has := shapes[p.BTH.Op].has
	if has&hasRETH != 0 {
		b = fmt.Appendf(b, " va=%#x rkey=%#x dmalen=%d", p.RETH.VA, p.RETH.RKey, p.RETH.Length)
	}
	if has&hasAtomicETH != 0 {
		b = fmt.Appendf(b, " va=%#x rkey=%#x swap=%#x compare=%#x",
			p.AtomicETH.VA, p.AtomicETH.RKey, p.AtomicETH.Swap, p.AtomicETH.Compare)
	}
	if has&hasAETH != 0 {
		b = p.AETH.append(append(b, ' '))
	}
	if has&hasAtomicAck != 0 {
		b = fmt.Appendf(b, " original=%#x", p.AtomicAck)
	}
	if has&hasDETH != 0 {
		b = fmt.Appendf(b, " qkey=%#x from=%#x", p.DETH.QKey, p.DETH.SrcQPN)
		if p.DETH.Resv != 0 {
			b = fmt.Appendf(b, " resv=%#02x", p.DETH.Resv)
		}
	}
	if has&hasImm != 0 {
		b = fmt.Appendf(b, " imm=%#x", p.Imm)
	}
	if has&hasIETH != 0 {
		b = fmt.Appendf(b, " inv=%#x", p.InvKey)
	}
	if has&hasMETH != 0 {
		b = p.METH.append(append(b, ' '))
	}
	return b
}

// append writes the syndrome by name and the MSN, or what NAK_STOPPED has in its place. IBTA 9.7.5.1.1.
func (h *AETH) append(b []byte) []byte {
	code := h.Syndrome & 0x1f
	switch s := abi.Syndrome(h.Syndrome); {
	case s == abi.SyndromeNAKStopped:
		return fmt.Appendf(b, "%v flags=%#02x epoch=%d", s, h.MSN>>16, h.MSN&0xffff)
	case h.Syndrome>>5 == 1:
		b = fmt.Appendf(b, "%v timer=%d", abi.SyndromeRNRNAK, code)
	case h.Syndrome>>5 == 0 && s != abi.SyndromeACK:
		b = fmt.Appendf(b, "%v credits=%d", abi.SyndromeACK, code)
	default:
		b = fmt.Appendf(b, "%v", s)
	}
	return fmt.Appendf(b, " msn=%d", h.MSN)
}

func (m *METH) append(b []byte) []byte {
	b = fmt.Appendf(b, "%v", m.Kind)
	if m.Version != abi.METHVersion {
		b = fmt.Appendf(b, " version=%d", m.Version)
	}
	b = fmt.Appendf(b, " flags=%#02x epoch=%d peer_epoch=%d sent=%d epsn=%d addr=%s tag=%#x",
		m.Flags, uint16(m.Epoch), uint16(m.PeerEpoch), m.Sent, uint32(m.EPSN), FormatAddr(m.Addr), m.Tag)
	if m.Resv8 != 0 {
		b = fmt.Appendf(b, " resv8=%#x", m.Resv8)
	}
	return b
}

// FormatAddr is the usual text of an address: dotted for IPv4-mapped ones, else as RFC 5952 has it.
func FormatAddr(a Addr) string {
	if IsIPv4(a) {
		return fmt.Sprintf("%d.%d.%d.%d", a[12], a[13], a[14], a[15])
	}
	var word [8]uint64
	for i := range word {
		word[i] = uint64(be.Uint16(a[2*i:]))
	}
	// The first of the longest runs of at least two zero words becomes "::".
	from, run := len(word), 1
	for i := range word {
		n := 0
		for i+n < len(word) && word[i+n] == 0 {
			n++
		}
		if n > run {
			from, run = i, n
		}
	}
	var b []byte
	for i := 0; i < len(word); i++ {
		if i == from {
			b = append(b, ':', ':')
			i += run - 1
			continue
		}
		if n := len(b); n > 0 && b[n-1] != ':' {
			b = append(b, ':')
		}
		b = strconv.AppendUint(b, word[i], 16)
	}
	return string(b)
}
