package testvectors

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// outcome is what the golden model makes of a step.
type outcome struct {
	verdict abi.Verdict
	after   abi.QPC
	fx      qp.Effects
	fetch   Num
	check   *RegionCheck
	old     Num
}

func (o *outcome) write() int { return int(o.fx.Write) }

// runStep runs the inputs of s on qp.Fetch, qp.Check and qp.Step. mrOK is the answer to the region check, old what an atomic finds
// where that leads.
func runStep(s *StepCase, wqe []byte, mrOK bool, old uint64) (o outcome) {
	cause, ok := abi.ParseCause(s.Cause)
	if !ok {
		panic("BUG: cause past the schema: " + s.Cause)
	}
	o.after = s.Before.context()
	ev := qp.Event{Cause: cause, Arg: uint32(s.Arg.Uint()), OwnIP: NICIP, Features: s.has()}
	var p wire.Packet
	if s.Frame != "" {
		if err := wire.Parse(s.Frame.Bytes(), &p); err != nil {
			panic("BUG: a step vector has a frame that is not received: " + err.Error())
		}
		ev.Pkt = &p
	}
	if addr, ok := qp.Fetch(&o.after, &ev); ok {
		o.fetch = num(addr, 64)
		ev.WQE.Decode(wqe)
	}
	if r, ok := qp.Check(&o.after, &ev); ok {
		ev.MROK = mrOK
		o.check = &RegionCheck{
			Access: r.Access.String(), Key: num(uint64(r.Key), 32), Len: num(uint64(r.Len), 32), OK: mrOK, VA: num(r.VA, 64),
		}
		if mrOK && r.Access == abi.AccessRemoteAtomic {
			ev.Old, o.old = old, num(old, 64)
		}
	}
	o.verdict = qp.Step(&o.after, &ev, &o.fx)
	return o
}

// runCommand runs MODIFY_QP, LOAD_QP or SET_FWD on the functions of package qp.
func runCommand(s *StepCase) (after abi.QPC, status abi.CmdStatus, fx qp.Effects) {
	after = s.Before.context()
	raw, img := s.Image.whole(), s.Image.context()
	switch cmd, _ := abi.ParseCMD(s.Command); cmd {
	case abi.CMDModifyQP:
		if abi.State(s.Arg.Uint()>>24).Needs()&^s.has() != 0 {
			return after, abi.CmdStatusBadState, fx
		}
		status = qp.Modify(&after, &img, uint32(s.Arg1.Uint()), abi.State(s.Arg.Uint()>>24), &fx)
	case abi.CMDLoadQP:
		if img.SavedState.Needs()&^s.has() != 0 {
			return after, abi.CmdStatusBadState, fx
		}
		c, st := qp.Load(&img, 0)
		switch {
		case st != abi.CmdStatusOK:
			return after, st, fx
		case after != (abi.QPC{}) && !qp.Replaces(&c, &after):
			return after, abi.CmdStatusExists, fx
		}
		return c, st, fx
	case abi.CMDSetFwd:
		status = qp.SetForward(&after, [16]byte(raw[:16]))
	default:
		panic("BUG: command past the schema: " + s.Command)
	}
	return after, status, fx
}

// effectsOf writes effects down. Write is filled in by the caller, who knows how many bytes there were.
func effectsOf(fx *qp.Effects) (e Effects) {
	e.Event = fx.Event.String()
	e.TimerStop = fx.StopTimer
	if fx.HasCQE {
		img := fx.CQE.Image()
		e.CQE = &CQE{CQN: int(fx.CQN), Element: toHex(img[:])}
	}
	if fx.HasInvalidate {
		e.Invalidate = num(uint64(fx.Invalidate), 32)
	}
	if fx.HasWord {
		e.Word = num(fx.Word, 64)
	}
	e.WithHeader = fx.WithHeader
	if fx.SetTimer {
		e.Ticks = num(uint64(fx.Ticks), 32)
	}
	if fx.HasPacket {
		o := &fx.Packet
		e.Packet = &Packet{
			AckReq: o.AckReq, DstIP: toHex(o.DstIP[:]), Ext: toHex(extOf(o)), Len: num(uint64(o.Len), 16),
			Off: num(uint64(o.Off), 32), Opcode: o.Op.String(), PSN: num(uint64(o.PSN), 24),
			Retransmit: fx.Retransmit, SE: o.SE,
		}
		if o.Addressed {
			e.Packet.DestQPN, e.Packet.HopLimit = num(uint64(o.DestQPN), 24), num(uint64(o.HopLimit), 8)
			e.Packet.Resv8a, e.Packet.TClass = num(uint64(o.Resv8a), 8), num(uint64(o.TClass), 8)
		}
	}
	return e
}

// extOf encodes the headers between BTH and payload.
func extOf(o *qp.Out) []byte {
	p := wire.Packet{
		BTH: wire.BTH{Op: o.Op}, RETH: o.RETH, AETH: o.AETH, METH: o.METH, AtomicETH: o.AtomicETH, AtomicAck: o.AtomicAck, Imm: o.Imm, InvKey: o.InvKey,
		DETH: o.DETH,
	}
	const at = wire.EthLen + wire.IPv4Len + wire.UDPLen + abi.BTHSize
	return p.Append(nil)[at : at+o.Op.Info().ExtLen]
}
