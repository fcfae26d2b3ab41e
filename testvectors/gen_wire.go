package testvectors

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genWire(d *draft) {
	const source = "IBTA 9.2, 9.3; protocol.md section 3 (METH)"
	d.group("valid", "format", source, "A frame of every opcode, its shortest and longer payloads, and what its fields are.")
	for _, f := range families {
		for op := range abi.Opcodes {
			o := abi.Opcode(op)
			if !o.RC() {
				continue
			}
			for _, n := range wireLengths(o) {
				d.frame(fmt.Sprintf("%s,%v,bytes=%d", f.name, o, n), packet(o, f.v6, n).Append(nil))
			}
		}
	}
	wireFields(d, source)
	wireKept(d)
	malformedIP(d)
	malformedTransport(d)
}

func wireLengths(o abi.Opcode) []int {
	switch o.Info().Payload {
	case abi.PayloadNone:
		return []int{0}
	case abi.PayloadSome:
		return []int{1, 2, 3, 4}
	case abi.PayloadMTU:
		return []int{256}
	}
	return []int{0, 1, 2, 3, 4, 255}
}

func wireFields(d *draft, source string) {
	d.group("fields", "format", source, "One field of the BTH at its ends.")
	base := func() *wire.Packet { return packet(abi.OpRDMAWriteOnly, false, 8) }
	set := func(name string, c func(*wire.Packet)) { d.frame(name, changed(base(), c)) }
	for _, v := range []uint32{0, 1, 0x7fffff, 0x800000, 0xffffff} {
		set(fmt.Sprintf("psn=%#06x", v), func(p *wire.Packet) { p.BTH.PSN = psn.PSN(v) })
		set(fmt.Sprintf("qpn=%#06x", v), func(p *wire.Packet) { p.BTH.DestQPN = v })
		set(fmt.Sprintf("length=%#x", v), func(p *wire.Packet) { p.RETH.Length = v })
	}
	for _, v := range []uint16{0, 1, 0x7fff, 0x8000} {
		set(fmt.Sprintf("pkey=%#04x", v), func(p *wire.Packet) { p.BTH.PKey = v })
		set(fmt.Sprintf("sport=%#04x", v), func(p *wire.Packet) { p.SrcPort = v })
	}
	set("se", func(p *wire.Packet) { p.BTH.SE = true })
	set("migreq", func(p *wire.Packet) { p.BTH.MigReq = true })
	set("ackreq", func(p *wire.Packet) { p.BTH.AckReq = true })
}

// wireKept adds what no rule forbids and implementations differ on.
func wireKept(d *draft) {
	d.group("tolerated", "rules 2 and 7", "package wire, rules of reception", "Frames that no rule refuses.")
	base := func() *wire.Packet { return packet(abi.OpSendOnly, false, 5) }
	set := func(name, flag string, c func(*wire.Packet)) { d.frame(name, changed(base(), c), flag) }
	set("resv7", FlagReserved, func(p *wire.Packet) { p.BTH.Resv7 = 0x7f })
	set("ip reserved flag", FlagReserved, func(p *wire.Packet) { p.ResvFlag = true })
	set("pad bytes not 0", FlagPad, func(p *wire.Packet) { p.PadBytes = [3]byte{1, 2, 3} })
	set("pad too short", FlagPad, func(p *wire.Packet) { p.BTH.Pad = 1 })
	set("pad without need", FlagPad, func(p *wire.Packet) { p.SetPayload(pattern(4)); p.BTH.Pad = 3 })
	set("ip sum as ones", FlagReserved, func(p *wire.Packet) { p.BTH.SE = false; p.IPSumOnes = true })
	set("udp sum", FlagUDPChecksum, func(p *wire.Packet) { p.UDPSum = 0x1234 })
	for _, o := range []abi.Opcode{abi.OpAcknowledge, abi.OpRDMAReadRequest, abi.OpMigration} {
		d.frame("payload,"+o.String(), packet(o, false, 4).Append(nil), FlagNoPayload)
	}
	for _, n := range []int{1, 2, 3, 16, 17} {
		d.frame(fmt.Sprintf("ethernet padding=%d", n), append(base().Append(nil), make([]byte, n)...))
	}
	d.frame("longest", packet(abi.OpSendMiddle, false, 4096).Append(nil))
}

// reseal corrects lengths' checksums after an edit: the IPv4 header checksum and, where it has a place, the ICRC.
func reseal(b []byte) []byte {
	ip := b[wire.EthLen : wire.EthLen+wire.IPv4Len]
	ip[10], ip[11] = 0, 0
	var sum uint32
	for i := 0; i < len(ip); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(ip[i:]))
	}
	for sum>>16 != 0 {
		sum = sum>>16 + sum&0xffff
	}
	binary.BigEndian.PutUint16(ip[10:], ^uint16(sum))
	// A frame that is malformed further out has no place for an ICRC, and needs none.
	_ = wire.PutICRC(b)
	return b
}

func malformedIP(d *draft) {
	source := "package wire, rules of reception 1 to 3"
	d.group("outer", "rules 1 to 3", source, "One fault in Ethernet, IP or UDP; everything else is right.")
	base := func() []byte { return packet(abi.OpSendOnly, false, 16).Append(nil) }
	edit := func(name string, e func(b []byte) []byte) { d.frame(name, reseal(e(base()))) }
	poke := func(name string, at int, v ...byte) {
		edit(name, func(b []byte) []byte { copy(b[at:], v); return b })
	}
	for _, n := range []int{0, 1, 13, 14, 34, 57} {
		d.frame(fmt.Sprintf("bytes=%d", n), base()[:n])
	}
	d.frame("too long by 1", make([]byte, abi.MaxFrame+1))
	poke("ethertype arp", 12, 0x08, 0x06)
	poke("ethertype vlan", 12, 0x81, 0x00)
	poke("ethertype 0", 12, 0, 0)
	poke("ip version 6", 14, 0x65)
	poke("ip options", 14, 0x46)
	poke("ip header short", 14, 0x44)
	for _, n := range []uint16{43, 61, 0xffff} { // the packet has 60 bytes; the UDP length goes along
		edit(fmt.Sprintf("ip total=%d", n), func(b []byte) []byte {
			binary.BigEndian.PutUint16(b[16:], n)
			binary.BigEndian.PutUint16(b[38:], n-20)
			return b
		})
	}
	poke("more fragments", 20, 0x20, 0x00)
	poke("fragment offset", 20, 0x00, 0x01)
	poke("fragment offset high", 20, 0x10, 0x00)
	poke("protocol tcp", 23, 6)
	d.frame("ip sum", func() []byte { b := base(); b[24] ^= 0x80; return b }())
	poke("udp port 4790", 36, 0x12, 0xb6)
	poke("udp length less", 38, 0, 39)
	poke("udp length more", 38, 0, 41)
	poke("another mac", 5, 0x0c)
	poke("broadcast mac", 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
	poke("another ip", 33, 12)
	d.frame("v6,bytes=77", packet(abi.OpSendOnly, true, 0).Append(nil)[:77])
	six := func(name string, at int, v ...byte) {
		b := packet(abi.OpSendOnly, true, 16).Append(nil)
		copy(b[at:], v)
		d.frame("v6,"+name, b)
	}
	six("version", 14, 0x40)
	six("next header", 20, 6)
	for _, n := range []uint16{23, 41} { // the packet has 40 bytes; the UDP length goes along
		b := packet(abi.OpSendOnly, true, 16).Append(nil)
		binary.BigEndian.PutUint16(b[18:], n)
		binary.BigEndian.PutUint16(b[58:], n)
		d.frame(fmt.Sprintf("v6,payload=%d", n), b)
	}
	six("another ip", 53, 12)
}

func malformedTransport(d *draft) {
	source := "package wire, rules of reception 5 to 7; IBTA 9.6.1.1"
	d.group("inner", "rules 5 to 7", source, "One fault in the transport headers, with a right ICRC.")
	for v := 1; v < 16; v++ {
		d.frame(fmt.Sprintf("tver=%d", v), changed(packet(abi.OpSendOnly, false, 16), func(p *wire.Packet) { p.BTH.TVer = uint8(v) }))
	}
	for op := range abi.Opcodes {
		if !abi.Opcode(op).RC() {
			b := packet(abi.OpSendOnly, false, 36).Append(nil)
			b[42] = byte(op)
			d.frame(fmt.Sprintf("opcode=%#02x", op), reseal(b))
		}
	}
	for op := range abi.Opcodes {
		o := abi.Opcode(op)
		if !o.RC() || o.Info().ExtLen == 0 {
			continue
		}
		// As many bytes behind the BTH as the headers need, less one word.
		p := packet(abi.OpSendOnly, false, o.Info().ExtLen-4)
		b := p.Append(nil)
		b[42] = byte(op)
		d.frame("headers short,"+o.String(), reseal(b))
	}
	for pad := 1; pad < 4; pad++ {
		p := packet(abi.OpSendOnly, false, 0)
		b := p.Append(nil)
		b[43] |= byte(pad) << 4
		d.frame(fmt.Sprintf("pad=%d of nothing", pad), reseal(b))
	}
}
