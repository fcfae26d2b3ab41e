package nic_test

import (
	"encoding/binary"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// TestIPv6 has a NIC with features talk to a partner whose address is not an IPv4-mapped one.
func TestIPv6(t *testing.T) {
	p := nic.DefaultParams()
	p.Features = abi.FeaturesAll
	w := newWorld(t, p)
	own, peer := wire.Addr{0: 0xfe, 1: 0x80, 15: 1}, wire.Addr{0: 0xfe, 1: 0x80, 15: 2}
	for i := range uint32(4) {
		w.write(abi.RegIP+4*i, binary.LittleEndian.Uint32(own[4*i:]))
	}
	c := attrs()
	c.State, c.RemoteIP = abi.StateRTS, peer
	if !w.core.SetContext(0, c) {
		t.Fatal("no slot")
	}
	v6 := func(p *wire.Packet) { p.V6, p.SrcIP, p.DstIP = true, peer, own }
	if rec := w.rx(request(abi.OpRDMAWriteOnly, 500, nil, v6)); rec.Verdict != abi.VerdictOK || len(w.sent) != 1 {
		t.Fatalf("verdict %v, %d packets", rec.Verdict, len(w.sent))
	}
	if a := w.sent[0]; !a.V6 || a.SrcIP != own || a.DstIP != peer || a.BTH.PSN != 500 {
		t.Errorf("answer %v from %s to %s", &a, wire.FormatAddr(a.SrcIP), wire.FormatAddr(a.DstIP))
	}
	if rec := w.rx(request(abi.OpRDMAWriteOnly, 501, nil, nil)); rec.Verdict != abi.VerdictDropNotMine {
		t.Errorf("verdict %v for IPv4", rec.Verdict)
	}
}
