package story

import (
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"

	"github.com/godwit-rdma/godwit/internal/op"
)

// enemy is an attacker and where it is.
type enemy struct {
	name string
	ip   wire.Addr
	*fabric.Attacker
}

// attackerIP is the address of attacker number i of a story, from 0: of the kind of its victim's.
func attackerIP(i int, victim wire.Addr) wire.Addr {
	if wire.IsIPv4(victim) {
		return wire.MapIPv4([4]byte{10, 0, 1, byte(i + 1)})
	}
	return wire.Addr{0: 0xfd, 7: 1, 15: byte(i + 1)}
}

// attack attaches an attacker. It is told what is true now, and uses what its knowledge covers.
func (w *world) attack(o *op.Op) error {
	c, k := w.conn(o.Number), &o.Attack
	if c == nil {
		return o.Errorf(w.file, "attack: QP %d is not made yet", o.Number)
	}
	e := c.ends[k.End[0]-'a']
	ctx, err := e.box.current.query(o, e)
	if err != nil {
		return err
	}
	n := len(w.enemies)
	seed := fabric.SplitMix(w.plan.seed<<8 + uint64(n) + 1)
	x := &enemy{name: o.At, ip: attackerIP(n, w.host(o.To).drv.IP())}
	x.Attacker, err = w.net.AddAttacker(o.At, wire.MAC{0x02, 'e', 'v', 'i', 'l', byte(n)}, fabric.AttackerConfig{
		Knowledge: fabric.Knowledge(slices.Index(fabric.KnowledgeNames, k.Knowledge)),
		Strategy:  fabric.Strategy(slices.Index(fabric.StrategyNames, k.Strategy)),
		Rate:      k.Rate, Every: k.Every, Count: k.Count, Filtered: k.Filtered, Rand: &seed,
		View: fabric.View{
			Own: x.ip, Victim: w.host(o.To).drv.IP(), Partner: ctx.RemoteIP, QPN: ctx.QPN, PKey: ctx.PKey | abi.PKeyFull,
			Next: ctx.MaxPSN, EPSN: ctx.EPSN, Epoch: ctx.MigEpoch, PeerEpoch: ctx.PeerEpoch, Key: ctx.MigKey,
			Asked: ctx.UnaPSN, AskedOp: abi.OpRDMAReadRequest, AskedLen: 64,
		},
	})
	w.enemies = append(w.enemies, x)
	return err
}

// expectPartner compares the address that a queue pair sends to with that of a NIC or an attacker.
func (w *world) expectPartner(o *op.Op, in *instance, e *end) error {
	x, err := in.query(o, e)
	if err != nil {
		return err
	}
	if is := w.addressOf(x.RemoteIP); is != o.To {
		return fail(o, w.file, "partner", "expect partner: QP %d at %s sends to %s, want %s", o.Number, o.At, is, o.To)
	}
	return nil
}

// addressOf is the name of whoever has an address.
func (w *world) addressOf(ip wire.Addr) string {
	for _, h := range w.hosts {
		if h.drv.IP() == ip {
			return h.name
		}
	}
	for _, x := range w.enemies {
		if x.ip == ip {
			return x.name
		}
	}
	return "nobody"
}
