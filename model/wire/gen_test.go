package wire_test

import (
	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// opcodes lists every opcode of the specification.
func opcodes() []abi.Opcode {
	var ops []abi.Opcode
	for i := range abi.Opcodes {
		if abi.Opcodes[i].Known {
			ops = append(ops, abi.Opcode(i))
		}
	}
	return ops
}

func draw[V any](t *rapid.T, g *rapid.Generator[V], label string) V { return g.Draw(t, label) }

func bytesOf(t *rapid.T, n int, label string) []byte {
	return draw(t, rapid.SliceOfN(rapid.Byte(), n, n), label)
}

// drawOuter draws all that lies below the BTH.
func drawOuter(t *rapid.T, p *wire.Packet) {
	p.DstMAC, p.SrcMAC = wire.MAC(bytesOf(t, 6, "dst mac")), wire.MAC(bytesOf(t, 6, "src mac"))
	p.V6 = draw(t, rapid.Bool(), "v6")
	p.TClass = draw(t, rapid.Byte(), "tclass")
	p.TTL = draw(t, rapid.Byte(), "ttl")
	p.SrcPort, p.UDPSum = draw(t, rapid.Uint16(), "sport"), draw(t, rapid.Uint16(), "udp sum")
	if p.V6 {
		p.FlowLabel = draw(t, rapid.Uint32Range(0, 1<<20-1), "flow")
		p.SrcIP, p.DstIP = wire.Addr(bytesOf(t, 16, "src")), wire.Addr(bytesOf(t, 16, "dst"))
		return
	}
	p.IPID = draw(t, rapid.Uint16(), "ip id")
	p.DF, p.ResvFlag = draw(t, rapid.Bool(), "df"), draw(t, rapid.Bool(), "resv flag")
	p.SrcIP = wire.MapIPv4([4]byte(bytesOf(t, 4, "src")))
	p.DstIP = wire.MapIPv4([4]byte(bytesOf(t, 4, "dst")))
}

func draw24(t *rapid.T, label string) uint32 { return draw(t, rapid.Uint32Range(0, 1<<24-1), label) }

// drawHeaders draws the headers of the opcode; the others stay zero.
func drawHeaders(t *rapid.T, p *wire.Packet) {
	for _, h := range p.BTH.Op.Info().Headers {
		switch abi.Headers[h].Name {
		case "RETH":
			p.RETH = wire.RETH{VA: draw(t, rapid.Uint64(), "va"), RKey: draw(t, rapid.Uint32(), "rkey"), Length: draw(t, rapid.Uint32(), "length")}
		case "AtomicETH":
			p.AtomicETH = wire.AtomicETH{VA: draw(t, rapid.Uint64(), "va"), RKey: draw(t, rapid.Uint32(), "rkey"),
				Swap: draw(t, rapid.Uint64(), "swap"), Compare: draw(t, rapid.Uint64(), "compare")}
		case "AETH":
			p.AETH = wire.AETH{Syndrome: draw(t, rapid.Byte(), "syndrome"), MSN: draw24(t, "msn")}
		case "AtomicAckETH":
			p.AtomicAck = draw(t, rapid.Uint64(), "original")
		case "DETH":
			p.DETH = wire.DETH{QKey: draw(t, rapid.Uint32(), "qkey"), Resv: draw(t, rapid.Byte(), "resv"), SrcQPN: draw24(t, "src qpn")}
		case "ImmDt":
			p.Imm = draw(t, rapid.Uint32(), "imm")
		case "IETH":
			p.InvKey = draw(t, rapid.Uint32(), "inv")
		case "METH":
			p.METH = wire.METH{Version: draw(t, rapid.Uint8Range(0, 15), "version"),
				Kind: abi.METHKind(draw(t, rapid.Uint8Range(0, 15), "kind")), Flags: draw(t, rapid.Byte(), "flags"),
				Epoch: psn.Epoch(draw(t, rapid.Uint16(), "epoch")), PeerEpoch: psn.Epoch(draw(t, rapid.Uint16(), "peer epoch")),
				Sent: draw(t, rapid.Uint16(), "sent"), Resv8: draw(t, rapid.Byte(), "resv8"),
				EPSN: psn.PSN(draw24(t, "epsn")), Addr: wire.Addr(bytesOf(t, 16, "addr")), Tag: draw(t, rapid.Uint64(), "tag")}
		}
	}
}

// drawPacket draws any packet of the opcode that Parse takes, reserved bits and odd pads included.
func drawPacket(t *rapid.T, op abi.Opcode) *wire.Packet {
	p := new(wire.Packet)
	drawOuter(t, p)
	p.BTH = wire.BTH{Op: op, SE: draw(t, rapid.Bool(), "se"), MigReq: draw(t, rapid.Bool(), "migreq"),
		PKey: draw(t, rapid.Uint16(), "pkey"), Resv8a: draw(t, rapid.Byte(), "resv8a"), DestQPN: draw24(t, "qpn"),
		AckReq: draw(t, rapid.Bool(), "ackreq"), Resv7: draw(t, rapid.Uint8Range(0, 127), "resv7"), PSN: psn.PSN(draw24(t, "psn"))}
	drawHeaders(t, p)
	if n := draw(t, rapid.SampledFrom([]int{0, 1, 2, 3, 4, 63, 64, 65, 256, 1024, 4095, 4096}), "len"); n > 0 {
		// One byte and a step say as much about the codec as 4096 drawn ones, and cost rapid far less.
		seed, step := draw(t, rapid.Byte(), "seed"), draw(t, rapid.Byte(), "step")
		p.Payload = make([]byte, n)
		for i := range p.Payload {
			p.Payload[i] = seed + byte(i)*step
		}
	}
	p.BTH.Pad = draw(t, rapid.Uint8Range(0, 3), "pad")
	copy(p.PadBytes[:p.BTH.Pad], bytesOf(t, int(p.BTH.Pad), "pad bytes"))
	return p
}

// sample is a fixed packet of the opcode with every field of its own value.
func sample(op abi.Opcode, v6 bool) *wire.Packet {
	p := &wire.Packet{
		DstMAC: wire.MAC{2, 0, 0, 0, 0, 2}, SrcMAC: wire.MAC{2, 0, 0, 0, 0, 1}, V6: v6,
		SrcIP: wire.MapIPv4([4]byte{10, 0, 0, 1}), DstIP: wire.MapIPv4([4]byte{10, 0, 0, 2}),
		TTL: 64, DF: !v6, SrcPort: 0xc001,
		BTH:       wire.BTH{Op: op, PKey: 0xffff, DestQPN: 0x11, AckReq: true, PSN: 5},
		RETH:      wire.RETH{VA: 0x10_0000_0000, RKey: 0x1234, Length: 4096},
		AtomicETH: wire.AtomicETH{VA: 0x10_0000_0008, RKey: 0x1234, Swap: 7, Compare: 9},
		AETH:      wire.AETH{Syndrome: uint8(abi.SyndromeACK), MSN: 3},
		DETH:      wire.DETH{QKey: 0x80010000, SrcQPN: 0x123},
		AtomicAck: 0x0102030405060708, Imm: 0xcafe, InvKey: 0x4321,
		METH: wire.METH{Version: abi.METHVersion, Kind: abi.METHKindResume, Flags: 1, Epoch: 2, PeerEpoch: 1, EPSN: 0x123456,
			Addr: wire.MapIPv4([4]byte{10, 0, 0, 1}), Tag: 0x1122334455667788},
	}
	if v6 {
		p.SrcIP, p.DstIP, p.FlowLabel = wire.Addr{0: 0xfe, 1: 0x80, 15: 1}, wire.Addr{0: 0xfe, 1: 0x80, 15: 2}, 0xabcde
	}
	if op.Info().Payload != abi.PayloadNone {
		p.SetPayload([]byte("godwit!"))
	}
	return p
}
