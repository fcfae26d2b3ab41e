package wire_test

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/wire"
)

// bitsOf is the field of n bits from bit at, bit 0 the most significant of b[0], as a string of binary digits.
func bitsOf(b []byte, at, n int) string {
	s := make([]byte, n)
	for i := range s {
		s[i] = '0' + b[(at+i)/8]>>(7-(at+i)%8)&1
	}
	return string(s)
}

func bin(v any, n int) string { return fmt.Sprintf("%0*b", n, v) }

func binBool(v bool) string {
	if v {
		return "1"
	}
	return "0"
}

// fieldValue is the value a packet has for a header field of spec/packets.yaml, in binary digits.
func fieldValue(p *wire.Packet, name string) (string, bool) {
	switch name {
	case "BTH.opcode":
		return bin(uint8(p.BTH.Op), 8), true
	case "BTH.se":
		return binBool(p.BTH.SE), true
	case "BTH.migreq":
		return binBool(p.BTH.MigReq), true
	case "BTH.pad":
		return bin(p.BTH.Pad, 2), true
	case "BTH.tver":
		return bin(p.BTH.TVer, 4), true
	case "BTH.pkey":
		return bin(p.BTH.PKey, 16), true
	case "BTH.resv8a":
		return bin(p.BTH.Resv8a, 8), true
	case "BTH.dest_qpn":
		return bin(p.BTH.DestQPN, 24), true
	case "BTH.ackreq":
		return binBool(p.BTH.AckReq), true
	case "BTH.resv7":
		return bin(p.BTH.Resv7, 7), true
	case "BTH.psn":
		return bin(uint32(p.BTH.PSN), 24), true
	case "RETH.va":
		return bin(p.RETH.VA, 64), true
	case "RETH.rkey":
		return bin(p.RETH.RKey, 32), true
	case "RETH.length":
		return bin(p.RETH.Length, 32), true
	case "AETH.syndrome":
		return bin(p.AETH.Syndrome, 8), true
	case "AETH.msn":
		return bin(p.AETH.MSN, 24), true
	case "AtomicETH.va":
		return bin(p.AtomicETH.VA, 64), true
	case "AtomicETH.rkey":
		return bin(p.AtomicETH.RKey, 32), true
	case "AtomicETH.swap":
		return bin(p.AtomicETH.Swap, 64), true
	case "AtomicETH.compare":
		return bin(p.AtomicETH.Compare, 64), true
	case "AtomicAckETH.original":
		return bin(p.AtomicAck, 64), true
	case "DETH.qkey":
		return bin(p.DETH.QKey, 32), true
	case "DETH.resv":
		return bin(p.DETH.Resv, 8), true
	case "DETH.src_qpn":
		return bin(p.DETH.SrcQPN, 24), true
	case "ImmDt.data":
		return bin(p.Imm, 32), true
	case "IETH.rkey":
		return bin(p.InvKey, 32), true
	}
	return methValue(&p.METH, name)
}

func methValue(m *wire.METH, name string) (string, bool) {
	switch name {
	case "METH.version":
		return bin(m.Version, 4), true
	case "METH.kind":
		return bin(uint8(m.Kind), 4), true
	case "METH.flags":
		return bin(m.Flags, 8), true
	case "METH.epoch":
		return bin(uint16(m.Epoch), 16), true
	case "METH.peer_epoch":
		return bin(uint16(m.PeerEpoch), 16), true
	case "METH.sent":
		return bin(m.Sent, 16), true
	case "METH.resv8":
		return bin(m.Resv8, 8), true
	case "METH.epsn":
		return bin(uint32(m.EPSN), 24), true
	case "METH.address":
		return bitsOf(m.Addr[:], 0, 128), true
	case "METH.tag":
		return bin(m.Tag, 64), true
	}
	return "", false
}
