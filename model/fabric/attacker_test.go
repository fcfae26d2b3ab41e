package fabric_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"
)

// attack lets an attacker loose on B, which streams with A, and returns it and B's context in the end.
func attack(t *testing.T, s fabric.Strategy, k fabric.Knowledge, key, filtered bool) (*fabric.Attacker, abi.QPC) {
	t.Helper()
	net := fabric.New(0, rng(1))
	a, b := pair(t, net, nil, func(q *abi.QPC) {
		if !key {
			q.MigKey = [16]byte{}
		}
	})
	a.postRecv(0, 60000)
	b.postRecv(0, 60000)
	a.postSend(0, 60000)
	b.postSend(0, 60000)
	q := b.context()
	own, draw := wire.MapIPv4([4]byte{10, 0, 1, 1}), fabric.SplitMix(7)
	m, err := net.AddAttacker("M", wire.MAC{2, 0, 0, 0, 1, 1}, fabric.AttackerConfig{
		Knowledge: k, Strategy: s, Rate: 3, Count: 50, Filtered: filtered, Rand: &draw,
		View: fabric.View{
			Own: own, Victim: b.ip, Partner: a.ip, QPN: q.QPN, PKey: q.PKey, Next: q.MaxPSN, EPSN: q.EPSN, Key: q.MigKey,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		step(t, net)
	}
	return m, b.context()
}

// TestAttacker: what each strategy comes to on a connection with a key and without, and for one who has it.
func TestAttacker(t *testing.T) {
	own := wire.MapIPv4([4]byte{10, 0, 1, 1})
	for _, c := range []struct {
		s             fabric.Strategy
		k             fabric.Knowledge
		key, filtered bool
		stolen, dead  bool
	}{
		{fabric.Steal, fabric.Blind, true, false, false, false},
		{fabric.Steal, fabric.Addresses, true, false, false, false},
		{fabric.Steal, fabric.Observer, true, false, false, false},
		{fabric.Steal, fabric.Observer, false, false, true, false},
		{fabric.Steal, fabric.Insider, true, false, true, false},
		{fabric.Steal, fabric.Insider, true, true, true, false}, // it needs no address but its own
		{fabric.Redirect, fabric.Insider, true, false, false, false},
		{fabric.Kill, fabric.Insider, true, false, false, false},
		{fabric.Replay, fabric.Observer, true, false, false, false},
		{fabric.Nak, fabric.Addresses, true, false, false, false},
		{fabric.Nak, fabric.Observer, true, false, false, true},
		{fabric.Nak, fabric.Observer, true, true, false, false},
		{fabric.Inject, fabric.Observer, true, true, false, false},
	} {
		m, q := attack(t, c.s, c.k, c.key, c.filtered)
		if stolen, dead := q.RemoteIP == own, q.State == abi.StateErr; stolen != c.stolen || dead != c.dead {
			t.Errorf("%v by %v, key %v, filtered %v: stolen %v dead %v", c.s, c.k, c.key, c.filtered, stolen, dead)
		}
		sent, caught := m.Packets()
		if sent != 50 || (caught != 0) != c.stolen {
			t.Errorf("%v by %v: sent %d, caught %d", c.s, c.k, sent, caught)
		}
	}
}

// TestForge: what an attacker knows it writes, what it does not know it draws.
func TestForge(t *testing.T) {
	v := fabric.View{QPN: 0x123456, Next: 0xabcdef, PKey: 0xffff, Key: [16]byte{1}}
	draw := fabric.SplitMix(1)
	p := fabric.Forge(&draw, &v, fabric.Steal)
	if p.BTH.DestQPN != v.QPN || p.METH.EPSN != v.Next || p.METH.Tag != wire.Tag(v.Key, &p.METH, v.Victim, v.QPN, 0) {
		t.Errorf("forged with all knowledge: %v", &p)
	}
	v.Unknown = fabric.Unknown{QPN: 4, PSN: 8, Tag: 64}
	seen := map[uint32]bool{}
	for range 500 {
		p := fabric.Forge(&draw, &v, fabric.Steal)
		seen[p.BTH.DestQPN] = true
		if p.BTH.DestQPN>>4 != v.QPN>>4 || p.METH.EPSN>>8 != v.Next>>8 {
			t.Fatalf("what is known is wrong: %v", &p)
		}
		if p.METH.Tag == wire.Tag(v.Key, &p.METH, v.Victim, p.BTH.DestQPN, 0) {
			t.Fatalf("the tag was guessed")
		}
	}
	if len(seen) != 16 {
		t.Errorf("%d QPNs of 16 were tried", len(seen))
	}
}
