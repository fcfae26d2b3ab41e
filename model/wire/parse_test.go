package wire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Offsets in an IPv4 and an IPv6 frame.
const (
	ip   = wire.EthLen
	udp4 = ip + wire.IPv4Len
	udp6 = ip + wire.IPv6Len
	bth4 = udp4 + wire.UDPLen
	bth6 = udp6 + wire.UDPLen
)

// set writes b at offset at.
func set(at int, b ...byte) func([]byte) []byte {
	return func(f []byte) []byte {
		copy(f[at:], b)
		return f
	}
}

func cut(n int) func([]byte) []byte { return func(f []byte) []byte { return f[:n] } }

// sealed does edit and then makes the checksums right again, so that only the rule under test fails.
func sealed(edit func([]byte) []byte) func([]byte) []byte {
	return func(f []byte) []byte {
		f = edit(f)
		if f[12] == 8 {
			var sum uint32
			f[24], f[25] = 0, 0
			for i := 14; i < 34; i += 2 {
				sum += uint32(f[i])<<8 | uint32(f[i+1])
			}
			for sum > 0xffff {
				sum = sum&0xffff + sum>>16
			}
			f[24], f[25] = ^byte(sum>>8), ^byte(sum)
		}
		// A frame that rules 1 and 2 refuse has no ICRC to be put right.
		_ = wire.PutICRC(f)
		return f
	}
}

// TestRefused has each way to be refused once: rule, verdict and the byte the error points at.
func TestRefused(t *testing.T) {
	long := sample(abi.OpSendOnly, false)
	long.Payload, long.BTH.Pad = make([]byte, abi.MaxFrame-58), 0
	longest := long.Append(nil)
	for _, c := range []struct {
		name    string
		v6      bool
		op      abi.Opcode
		edit    func([]byte) []byte
		verdict abi.Verdict
		rule    int
		offset  int
	}{
		{"one byte beyond MAX_FRAME", false, abi.OpSendOnly, func([]byte) []byte { return append(longest, 0) }, abi.VerdictDropTooLong, 1, abi.MaxFrame},
		{"empty", false, abi.OpSendOnly, cut(0), abi.VerdictDropMalformed, 2, 0},
		{"57 bytes", false, abi.OpSendOnly, cut(57), abi.VerdictDropMalformed, 2, 57},
		{"VLAN tag", false, abi.OpSendOnly, set(12, 0x81, 0), abi.VerdictDropMalformed, 2, 12},
		{"ARP", false, abi.OpSendOnly, set(12, 0x08, 0x06), abi.VerdictDropMalformed, 2, 12},
		{"IPv4 version 5", false, abi.OpSendOnly, sealed(set(ip, 0x55)), abi.VerdictDropMalformed, 2, ip},
		{"IPv4 options", false, abi.OpSendOnly, sealed(set(ip, 0x46)), abi.VerdictDropMalformed, 2, ip},
		{"IPv4 total length 43", false, abi.OpSendOnly, sealed(set(ip+2, 0, 43)), abi.VerdictDropMalformed, 2, ip + 2},
		{"IPv4 total length beyond the frame", false, abi.OpSendOnly, sealed(set(ip+2, 0, 53)), abi.VerdictDropMalformed, 2, ip + 2},
		{"IPv4 more fragments", false, abi.OpSendOnly, sealed(set(ip+6, 0x20, 0)), abi.VerdictDropMalformed, 2, ip + 6},
		{"IPv4 fragment offset", false, abi.OpSendOnly, sealed(set(ip+6, 0, 1)), abi.VerdictDropMalformed, 2, ip + 6},
		{"IPv4 TCP", false, abi.OpSendOnly, sealed(set(ip+9, 6)), abi.VerdictDropMalformed, 2, ip + 9},
		{"IPv4 header checksum", false, abi.OpSendOnly, set(ip+10, 1, 2), abi.VerdictDropMalformed, 2, ip + 10},
		{"IPv4 UDP destination port", false, abi.OpSendOnly, sealed(set(udp4+2, 0x12, 0xb8)), abi.VerdictDropMalformed, 2, udp4 + 2},
		{"IPv4 UDP length short", false, abi.OpSendOnly, sealed(set(udp4+4, 0, 31)), abi.VerdictDropMalformed, 2, udp4 + 4},
		{"IPv4 UDP length long", false, abi.OpSendOnly, sealed(set(udp4+4, 0, 33)), abi.VerdictDropMalformed, 2, udp4 + 4},
		{"IPv6 77 bytes", true, abi.OpSendOnly, cut(77), abi.VerdictDropMalformed, 2, 77},
		{"IPv6 version 4", true, abi.OpSendOnly, set(ip, 0x40), abi.VerdictDropMalformed, 2, ip},
		{"IPv6 payload length 23", true, abi.OpSendOnly, set(ip+4, 0, 23), abi.VerdictDropMalformed, 2, ip + 4},
		{"IPv6 payload length beyond the frame", true, abi.OpSendOnly, set(ip+4, 0, 33), abi.VerdictDropMalformed, 2, ip + 4},
		{"IPv6 extension header", true, abi.OpSendOnly, set(ip+6, 44), abi.VerdictDropMalformed, 2, ip + 6},
		{"IPv6 UDP destination port", true, abi.OpSendOnly, sealed(set(udp6+2, 0x12, 0xb6)), abi.VerdictDropMalformed, 2, udp6 + 2},
		{"IPv6 UDP length", true, abi.OpSendOnly, sealed(set(udp6+4, 0, 31)), abi.VerdictDropMalformed, 2, udp6 + 4},
		{"ICRC", false, abi.OpSendOnly, set(bth4+24-4, 0xde, 0xad), abi.VerdictDropICRC, 4, bth4 + 20},
		{"IPv6 ICRC", true, abi.OpSendOnly, set(bth6+24-4, 0xde, 0xad), abi.VerdictDropICRC, 4, bth6 + 20},
		{"payload bit", false, abi.OpSendOnly, set(bth4+12, 'G'), abi.VerdictDropICRC, 4, bth4 + 20},
		{"BTH version", false, abi.OpSendOnly, sealed(set(bth4+1, 0x11)), abi.VerdictDropMalformed, 5, bth4 + 1},
		{"BTH version of an unknown opcode", false, abi.OpSendOnly, sealed(set(bth4, 0xff, 0x11)), abi.VerdictDropMalformed, 5, bth4 + 1},
		{"opcode 0x15", false, abi.OpSendOnly, sealed(set(bth4, 0x15)), abi.VerdictDropOpcode, 6, bth4},
		{"opcode of RD", true, abi.OpSendOnly, sealed(set(bth6, 0x44)), abi.VerdictDropOpcode, 6, bth6},
		{"opcode of a manufacturer", false, abi.OpSendOnly, sealed(set(bth4, 0xc1)), abi.VerdictDropOpcode, 6, bth4},
		{"no room for METH", false, abi.OpSendOnly, sealed(set(bth4, 0x19)), abi.VerdictDropMalformed, 7, bth4 + 12},
		{"no room for the pad", false, abi.OpAcknowledge, sealed(set(bth4+1, 0x10)), abi.VerdictDropMalformed, 7, bth4 + 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame := c.edit(sample(c.op, c.v6).Append(nil))
			var p wire.Packet
			err := wire.Parse(frame, &p)
			var e *wire.Error
			if !errors.As(err, &e) {
				t.Fatalf("error is %v, want a *wire.Error", err)
			}
			if e.Verdict != c.verdict || e.Rule != c.rule || e.Offset != c.offset {
				t.Errorf("got %v, want %v (rule %d) at byte %d", e, c.verdict, c.rule, c.offset)
			}
			if strings.Contains(e.Error(), "%!") {
				t.Errorf("bad message: %v", e)
			}
			if a := wire.Annotate(frame); !strings.HasPrefix(a, e.Error()+"\n") {
				t.Errorf("Annotate does not begin with the reason:\n%s", a)
			}
			if p.Payload != nil || (c.rule <= 2) != (p.SrcMAC == wire.MAC{}) || (c.rule <= 2) != (p.BTH.PKey == 0) {
				t.Errorf("after rule %d failed, the packet is %+v", c.rule, p)
			}
		})
	}
}

// TestTaken has what looks odd and is taken, and read back the same.
func TestTaken(t *testing.T) {
	long := sample(abi.OpSendOnly, false)
	long.Payload, long.BTH.Pad = make([]byte, abi.MaxFrame-58), 0
	for _, c := range []struct {
		name string
		v6   bool
		op   abi.Opcode
		edit func([]byte) []byte
	}{
		{"MAX_FRAME bytes", false, abi.OpSendOnly, func([]byte) []byte { return long.Append(nil) }},
		{"READ request with payload", false, abi.OpSendOnly, func([]byte) []byte {
			p := sample(abi.OpRDMAReadRequest, false)
			p.SetPayload([]byte{1, 2, 3, 4, 5})
			return p.Append(nil)
		}},
		{"pad bytes not zero", false, abi.OpSendOnly, sealed(set(bth4+19, 0x55))},
		{"pad only", false, abi.OpSendOnly, sealed(set(bth4+1, 0x30))},
		{"reserved IP flag", false, abi.OpSendOnly, sealed(set(ip+6, 0x80))},
		{"ECN mark, FECN, reserved bits", true, abi.OpSendOnly, sealed(set(bth6+4, 0xff, 0, 0, 17, 0x7f))},
		{"UDP checksum", true, abi.OpSendOnly, sealed(set(udp6+6, 0x12, 0x34))},
		{"METH of the future", false, abi.OpMigration, sealed(set(bth4+12, 0xff))},
	} {
		t.Run(c.name, func(t *testing.T) {
			frame := c.edit(sample(c.op, c.v6).Append(nil))
			var p wire.Packet
			if err := wire.Parse(frame, &p); err != nil {
				t.Fatalf("%v\n%s", err, wire.Annotate(frame))
			}
			if d := wire.Diff(frame, p.Append(nil)); d != "" {
				t.Errorf("encoded again, it differs\n%s", d)
			}
		})
	}
}

// TestTooWide: a value that does not fit its field is a fault of the caller, found at one place.
func TestTooWide(t *testing.T) {
	for name, edit := range map[string]func(*wire.Packet){
		"pad":        func(p *wire.Packet) { p.BTH.Pad = 4 },
		"tver":       func(p *wire.Packet) { p.BTH.TVer = 16 },
		"qpn":        func(p *wire.Packet) { p.BTH.DestQPN = 1 << 24 },
		"resv7":      func(p *wire.Packet) { p.BTH.Resv7 = 128 },
		"psn":        func(p *wire.Packet) { p.BTH.PSN = 1 << 24 },
		"msn":        func(p *wire.Packet) { p.AETH.MSN = 1 << 24 },
		"flow":       func(p *wire.Packet) { p.FlowLabel = 1 << 20 },
		"version":    func(p *wire.Packet) { p.METH.Version = 16 },
		"kind":       func(p *wire.Packet) { p.METH.Kind = 16 },
		"epsn":       func(p *wire.Packet) { p.METH.EPSN = 1 << 24 },
		"IP payload": func(p *wire.Packet) { p.SetPayload(make([]byte, 1<<16)) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if s, _ := recover().(string); !strings.HasPrefix(s, "BUG: wire: ") {
					t.Errorf("panic %q", s)
				}
			}()
			p := sample(abi.OpMigration, true)
			edit(p)
			p.Append(nil)
		})
	}
}
