package qp_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// answers executes requests of one packet at the given PSNs and returns the PSNs and syndromes of what is sent at once.
func answers(c *abi.QPC, psns ...psn.PSN) (sent [][2]uint32) {
	for _, p := range psns {
		pkt := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpRDMAWriteOnly, AckReq: true, PSN: p}}
		ev := qp.Event{Cause: abi.CauseRX, Pkt: &pkt, Features: abi.FeaturesAll}
		var fx qp.Effects
		qp.Step(c, &ev, &fx)
		if fx.HasPacket {
			sent = append(sent, [2]uint32{uint32(fx.Packet.PSN), uint32(fx.Packet.AETH.Syndrome)})
		}
	}
	return sent
}

// TestCoalesce: of so many requests one is answered at once, and what is left when there is nothing else to do.
func TestCoalesce(t *testing.T) {
	const ack, nak = uint32(abi.SyndromeACK), uint32(abi.SyndromeNAKPSNSeq)
	for _, c := range []struct {
		name  string
		every uint8
		psns  []psn.PSN
		sent  [][2]uint32
		then  [2]uint32 // by a RESPOND step; 0 if there is none
	}{
		{"each", 0, []psn.PSN{0, 1}, [][2]uint32{{0, ack}, {1, ack}}, [2]uint32{}},
		{"each, too", 1, []psn.PSN{0, 1}, [][2]uint32{{0, ack}, {1, ack}}, [2]uint32{}},
		{"three", 3, []psn.PSN{0, 1, 2, 3, 4, 5, 6}, [][2]uint32{{2, ack}, {5, ack}}, [2]uint32{6, ack}},
		{"one left", 3, []psn.PSN{0}, nil, [2]uint32{0, ack}},
		{"duplicates count", 3, []psn.PSN{0, 0, 0}, [][2]uint32{{0, ack}}, [2]uint32{}},
		{"a gap", 3, []psn.PSN{0, 2}, nil, [2]uint32{1, nak}},
		{"a gap, then duplicates", 3, []psn.PSN{0, 2, 0, 0, 0}, nil, [2]uint32{1, nak}},
		{"a gap that is closed", 3, []psn.PSN{0, 2, 1}, nil, [2]uint32{1, ack}},
	} {
		x := abi.QPC{PKey: 0xffff, State: abi.StateRTS, PMTU: 1, ACKEvery: c.every}
		sent := answers(&x, c.psns...)
		var then [2]uint32
		if qp.Wants(&x)&qp.WantRespond != 0 {
			var fx qp.Effects
			qp.Step(&x, &qp.Event{Cause: abi.CauseRespond, Features: abi.FeaturesAll}, &fx)
			then = [2]uint32{uint32(fx.Packet.PSN), uint32(fx.Packet.AETH.Syndrome)}
		}
		if len(sent) != len(c.sent) || then != c.then || qp.Wants(&x)&qp.WantRespond != 0 || x.ACKCount != 0 {
			t.Errorf("%s: sent %x, then %x; want %x, then %x", c.name, sent, then, c.sent, c.then)
			continue
		}
		for i := range sent {
			if sent[i] != c.sent[i] {
				t.Errorf("%s: sent %x, want %x", c.name, sent, c.sent)
			}
		}
	}
}
