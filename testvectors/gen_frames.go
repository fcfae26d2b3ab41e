package testvectors

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// pattern is n payload bytes that differ from their neighbours.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + 3 + i>>8)
	}
	return b
}

// packet is a packet from the partner that the receiver of all frames takes, with n bytes of payload.
func packet(op abi.Opcode, v6 bool, n int) *wire.Packet {
	p := &wire.Packet{
		DstMAC: NICMAC, SrcMAC: PeerMAC, SrcIP: PeerIP, DstIP: NICIP, V6: v6, TTL: 64, DF: !v6, SrcPort: 0xc001,
		BTH:       wire.BTH{Op: op, PKey: 0xffff, DestQPN: localQPN, PSN: 0x123456},
		RETH:      wire.RETH{VA: 0x10_0000_0040, RKey: 0x1234abcd, Length: uint32(n)},
		AtomicETH: wire.AtomicETH{VA: 0x10_0000_0008, RKey: 0x1234abcd, Swap: 0x1122334455667788, Compare: 0x99aabbccddeeff00},
		AETH:      wire.AETH{Syndrome: uint8(abi.SyndromeACK), MSN: 0x000305},
		AtomicAck: 0x0102030405060708, Imm: 0xcafef00d, InvKey: 0x87654321,
		METH: wire.METH{Version: abi.METHVersion, Kind: abi.METHKindResume, Flags: 1, Epoch: 2, PeerEpoch: 1, EPSN: 0x234567, Addr: PeerIP},
	}
	if v6 {
		p.SrcIP, p.DstIP, p.FlowLabel, p.METH.Addr = PeerIP6, NICIP6, 0xabcde, PeerIP6
	}
	p.SetPayload(pattern(n))
	return p
}

// changed is a packet's frame after a change to the packet.
func changed(p *wire.Packet, change func(*wire.Packet)) []byte {
	change(p)
	return p.Append(nil)
}

var families = []struct {
	name string
	v6   bool
}{{"v4", false}, {"v6", true}}

func genICRC(d *draft) {
	const source = "IBTA 7.8.1; RoCEv2 annex A17.3.3"
	lengths := []int{}
	for n := range 69 {
		lengths = append(lengths, n)
	}
	lengths = append(lengths, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 4095, 4096)
	d.group("length", "rule 4", source, "The ICRC of SEND_ONLY frames with payloads of many lengths.")
	for _, f := range families {
		for _, n := range lengths {
			d.frame(fmt.Sprintf("%s,bytes=%d", f.name, n), packet(abi.OpSendOnly, f.v6, n).Append(nil))
		}
	}
	d.group("opcode", "rule 4", source, "The ICRC of a frame of every opcode.")
	for _, f := range families {
		for op := range abi.Opcodes {
			if o := abi.Opcode(op); o.RC() {
				d.frame(f.name+","+o.String(), packet(o, f.v6, payloadOf(o)).Append(nil))
			}
		}
	}
	icrcMasked(d, source)
	icrcCovered(d, source)
	icrcWrong(d, source)
}

// payloadOf is a payload length that suits the opcode.
func payloadOf(op abi.Opcode) int {
	switch op.Info().Payload {
	case abi.PayloadNone:
		return 0
	case abi.PayloadMTU:
		return 256
	}
	return 13
}

func icrcMasked(d *draft, source string) {
	d.group("masked", "rule 4", source, "Fields that a router may change do not enter the ICRC: each has the ICRC of its base.")
	for _, f := range families {
		base := func() *wire.Packet { return packet(abi.OpSendOnly, f.v6, 16) }
		d.frame(f.name+",base", base().Append(nil))
		for _, v := range []uint8{0x01, 0x02, 0x80, 0xff} {
			d.frame(fmt.Sprintf("%s,tclass=%#02x", f.name, v), changed(base(), func(p *wire.Packet) { p.TClass = v }))
			d.frame(fmt.Sprintf("%s,resv8a=%#02x", f.name, v), changed(base(), func(p *wire.Packet) { p.BTH.Resv8a = v }), FlagReserved)
		}
		for _, v := range []uint8{0, 1, 63, 255} {
			d.frame(fmt.Sprintf("%s,ttl=%d", f.name, v), changed(base(), func(p *wire.Packet) { p.TTL = v }))
		}
		for _, v := range []uint16{0x0001, 0x8000, 0xffff} {
			d.frame(fmt.Sprintf("%s,udpsum=%#04x", f.name, v), changed(base(), func(p *wire.Packet) { p.UDPSum = v }), FlagUDPChecksum)
		}
		if f.v6 {
			for _, v := range []uint32{0, 1, 0xfffff} {
				d.frame(fmt.Sprintf("%s,flow=%#x", f.name, v), changed(base(), func(p *wire.Packet) { p.FlowLabel = v }))
			}
		}
	}
}

func icrcCovered(d *draft, source string) {
	d.group("covered", "rule 4", source, "Every other field enters the ICRC: one field differs from the base of group masked.")
	type change struct {
		name  string
		apply func(*wire.Packet)
	}
	for _, f := range families {
		changes := []change{
			{"sport", func(p *wire.Packet) { p.SrcPort ^= 1 }},
			{"srcip", func(p *wire.Packet) { p.SrcIP[15] ^= 1 }},
			{"opcode", func(p *wire.Packet) { p.BTH.Op = abi.OpSendLast }},
			{"se", func(p *wire.Packet) { p.BTH.SE = true }},
			{"migreq", func(p *wire.Packet) { p.BTH.MigReq = true }},
			{"pkey", func(p *wire.Packet) { p.BTH.PKey ^= 0x8000 }},
			{"qpn", func(p *wire.Packet) { p.BTH.DestQPN ^= 0x800000 }},
			{"ackreq", func(p *wire.Packet) { p.BTH.AckReq = true }},
			{"psn", func(p *wire.Packet) { p.BTH.PSN ^= 1 }},
			{"payload first byte", func(p *wire.Packet) { p.Payload[0] ^= 0x80 }},
			{"payload last byte", func(p *wire.Packet) { p.Payload[15] ^= 0x01 }},
		}
		if !f.v6 {
			changes = append(changes, change{"ipid", func(p *wire.Packet) { p.IPID = 0x8001 }},
				change{"df", func(p *wire.Packet) { p.DF = false }})
		}
		for _, c := range changes {
			d.frame(f.name+","+c.name, changed(packet(abi.OpSendOnly, f.v6, 16), c.apply))
		}
	}
}

func icrcWrong(d *draft, source string) {
	d.group("wrong", "rule 4", source, "A frame whose ICRC is wrong is dropped.")
	for _, f := range families {
		base := packet(abi.OpSendOnly, f.v6, 16).Append(nil)
		at := len(base) - wire.ICRCLen
		edit := func(name string, e func(b []byte)) {
			b := bytes.Clone(base)
			e(b)
			d.frame(f.name+","+name, b)
		}
		for bit := range 32 {
			edit(fmt.Sprintf("bit=%d", bit), func(b []byte) { b[at+bit/8] ^= 1 << (bit % 8) })
		}
		edit("zero", func(b []byte) { clear(b[at:]) })
		edit("byte order", func(b []byte) { b[at], b[at+1], b[at+2], b[at+3] = b[at+3], b[at+2], b[at+1], b[at] })
		edit("complement", func(b []byte) {
			for i := at; i < len(b); i++ {
				b[i] = ^b[i]
			}
		})
		edit("payload changed", func(b []byte) { b[at-1] ^= 1 })
		edit("psn changed", func(b []byte) { b[at-17] ^= 1 })
	}
}
