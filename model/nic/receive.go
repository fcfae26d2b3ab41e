package nic

import (
	"errors"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// receive executes a received frame: RX if it reaches a queue pair, RX_DROP if not.
func (k *Core) receive(frame []byte, env Env) {
	k.rec.RXSeq = k.rxSeq
	k.rxSeq++
	slot, verdict := k.admit(frame)
	if verdict != abi.VerdictOK {
		k.rec.Cause, k.rec.Verdict = abi.CauseRXDrop, verdict
		return
	}
	k.rec.Cause, k.rec.Slot = abi.CauseRX, slot
	k.ev.Pkt, k.received = &k.pkt, frame
	k.step(env)
	k.countECN()
}

// admit judges a frame by the rules of reception (package wire), parses it into k.pkt and finds its slot.
func (k *Core) admit(frame []byte) (slot uint16, verdict abi.Verdict) {
	p := &k.pkt
	end, err := wire.ParseOuter(frame, p)
	switch {
	case err != nil:
		return 0, verdictOf(err)
	case p.V6 && k.params.Features == 0:
		return 0, abi.VerdictDropMalformed // a NIC without features speaks IPv4 only
	case p.DstMAC != k.regs.mac.addr(), p.DstIP != k.regs.ip:
		return 0, abi.VerdictDropNotMine
	}
	if err := wire.ParseInner(frame[:end], p); err != nil {
		v := verdictOf(err)
		if v == abi.VerdictDropMalformed && p.BTH.TVer == 0 && !k.knows(p.BTH.Op) {
			v = abi.VerdictDropOpcode // rule 6 comes before rule 7
		}
		return 0, v
	}
	if !k.knows(p.BTH.Op) {
		return 0, abi.VerdictDropOpcode
	}
	if q := &k.qps[k.recent]; q.used && q.ctx.QPN == p.BTH.DestQPN {
		return k.recent, abi.VerdictOK
	}
	n, ok := k.byQPN[p.BTH.DestQPN]
	if !ok {
		return 0, abi.VerdictDropNoQP
	}
	k.recent = n
	return n, abi.VerdictOK
}

// knows tells whether this build has the opcode, given that the specification does.
func (k *Core) knows(op abi.Opcode) bool {
	info := op.Info()
	switch {
	case info.Kind < abi.KindMig:
		return true
	case info.Kind == abi.KindMig:
		return k.params.Migration
	}
	return k.params.Features&info.Feature != 0
}

func verdictOf(err error) abi.Verdict {
	var e *wire.Error
	if !errors.As(err, &e) {
		panic("BUG: wire returned an error of another type: " + err.Error())
	}
	return e.Verdict
}
