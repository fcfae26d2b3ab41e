package testvectors

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// draft collects the vectors of a suite while its generator runs: they have no ID yet.
type draft struct {
	groups  []Group
	vectors []Vector
	keys    map[string]bool
}

// group begins a group; what is added next belongs to it.
func (d *draft) group(name, rule, source, doc string) {
	d.groups = append(d.groups, Group{Doc: doc, Name: name, Rule: rule, Source: source})
}

func (d *draft) add(v Vector, name string) {
	v.Key = d.groups[len(d.groups)-1].Name + "/" + name
	if d.keys[v.Key] {
		panic("BUG: two vectors are called " + v.Key)
	}
	d.keys[v.Key] = true
	if v.Flags == nil {
		v.Flags = []string{}
	}
	slices.Sort(v.Flags)
	d.vectors = append(d.vectors, v)
}

// frame adds a frame to receive and what the rules of reception say to it.
func (d *draft) frame(name string, frame []byte, flags ...string) {
	f := &FrameCase{Bytes: toHex(frame)}
	v := Vector{Class: "ok", Flags: flags, Frame: f, Verdict: abi.VerdictOK.String()}
	if crc, err := wire.ICRC(frame); err == nil {
		f.ICRC = num(uint64(crc), 32)
	}
	var p wire.Packet
	verdict, rule := judge(frame, &p)
	switch {
	case rule == 0:
		f.Fields = fieldsOf(frame, &p)
	default:
		v.Class, v.Verdict, f.Rule = "drop", verdict.String(), rule
	}
	if p.V6 {
		v.Flags = append(v.Flags, FlagIPv6)
	}
	if rule == 0 && p.BTH.Op.Info().Kind == abi.KindMig {
		v.Flags = append(v.Flags, FlagMigration)
	}
	d.add(v, name)
}

// judge applies the rules of reception 1 to 7 (package wire) in their order, for the receiver of all frames.
func judge(frame []byte, p *wire.Packet) (v abi.Verdict, rule int) {
	end, err := wire.ParseOuter(frame, p)
	if err == nil {
		if p.DstMAC != NICMAC || p.DstIP != NICIP && p.DstIP != NICIP6 {
			return abi.VerdictDropNotMine, 3
		}
		err = wire.ParseInner(frame[:end], p)
		var e *wire.Error
		if (err == nil || errors.As(err, &e) && e.Rule == 7) && !p.BTH.Op.RC() {
			return abi.VerdictDropOpcode, 6 // these are frames for a NIC without features
		}
	}
	if err == nil {
		return abi.VerdictOK, 0
	}
	var e *wire.Error
	if !errors.As(err, &e) {
		panic("BUG: wire returned an error of another type: " + err.Error())
	}
	return e.Verdict, e.Rule
}

func fieldsOf(frame []byte, p *wire.Packet) *Fields {
	at := wire.EthLen + wire.IPv4Len + wire.UDPLen + abi.BTHSize
	if p.V6 {
		at += wire.IPv6Len - wire.IPv4Len
	}
	return &Fields{
		AckReq: p.BTH.AckReq, DestQPN: num(uint64(p.BTH.DestQPN), 24), DstIP: toHex(p.DstIP[:]),
		Ext: toHex(frame[at : at+p.BTH.Op.Info().ExtLen]), MigReq: p.BTH.MigReq, Opcode: p.BTH.Op.String(),
		Pad: int(p.BTH.Pad), Payload: len(p.Payload), PKey: num(uint64(p.BTH.PKey), 16),
		PSN: num(uint64(p.BTH.PSN), 24), SE: p.BTH.SE, SrcIP: toHex(p.SrcIP[:]),
	}
}

// event is a step before it is run: the context, and what the world answers.
type event struct {
	ctx   abi.QPC
	cause abi.Cause
	arg   uint32
	pkt   *wire.Packet
	wqe   abi.WQE
	bad   bool // the region check fails
	// has is what the NIC has beyond SEND and RDMA WRITE, old what an atomic finds.
	has abi.Feature
	old uint64
}

// step runs one step on the model and adds it.
func (d *draft) step(name string, e event) {
	s := &StepCase{Cause: e.cause.String(), Arg: num(uint64(e.arg), 32), Arg1: num(0, 24)}
	s.Features = featureNames(e.has)
	s.Before = imageOf(&e.ctx, e.has)
	if e.pkt != nil {
		s.Frame = toHex(e.pkt.Append(nil))
	}
	wqe := e.wqe.Image()
	out := runStep(s, wqe[:], !e.bad, e.old)
	v := Vector{Step: s, Verdict: out.verdict.String()}
	s.Fetch, s.Check, s.Old = out.fetch, out.check, out.old
	if s.Fetch != "" {
		s.WQE = toHex(wqe[:])
	}
	s.Effects = effectsOf(&out.fx)
	s.finish(&out.after, out.write())
	v.Class = classOf(out.verdict, &out.fx, &out.after, failed(e.cause, &e.ctx, &out.after))
	if out.verdict == abi.VerdictIgnored && (e.cause == abi.CauseSend || e.cause == abi.CauseRetire ||
		e.cause == abi.CauseFlushSQ || e.cause == abi.CauseRespond || e.cause == abi.CauseFlushRQ || e.cause == abi.CauseTimer) {
		v.Flags = []string{FlagNotOffered}
	}
	d.add(v, name)
}

// command runs one mailbox command on the model and adds it. A context that is zero is a free slot.
func (d *draft) command(name string, ctx abi.QPC, cmd abi.CMD, arg0, arg1 uint32, image []byte) {
	d.commandWith(0, name, ctx, cmd, arg0, arg1, image)
}

// commandWith is command on a NIC with features.
func (d *draft) commandWith(has abi.Feature, name string, ctx abi.QPC, cmd abi.CMD, arg0, arg1 uint32, image []byte) {
	s := &StepCase{
		Cause: abi.CauseCMD.String(), Command: cmd.String(), Arg: num(uint64(arg0), 32), Arg1: num(uint64(arg1), 24),
		Before: imageOf(&ctx, has), Features: featureNames(has), Image: toHex(image),
	}
	after, status, fx := runCommand(s)
	s.Effects = effectsOf(&fx)
	s.finish(&after, 0)
	v := Vector{Step: s, Class: "ok", Verdict: status.String()}
	if status != abi.CmdStatusOK {
		v.Class = "drop"
	}
	d.add(v, name)
}

// finish fills in what follows from the context after the step.
func (s *StepCase) finish(after *abi.QPC, write int) {
	s.After = imageOf(after, s.has())
	s.Effects.Write = write
	s.Changes, s.Wants = changes(s.Before, s.After), wantsOf(qp.Wants(after))
}

var wantNames = []string{"SEND", "RETIRE", "FLUSH_SQ", "FLUSH_RQ", "RESPOND"}

// failed tells whether a step took the queue pair to ERR or SQE. Activation only brings it back there.
func failed(cause abi.Cause, before, after *abi.QPC) bool {
	return cause != abi.CauseActivate && before.State != after.State && (after.State == abi.StateErr || after.State == abi.StateSQE)
}

// classOf is the failure class of a step. A NAK that waits until READs before it are answered is one already.
func classOf(v abi.Verdict, fx *qp.Effects, after *abi.QPC, failed bool) string {
	switch {
	case v == abi.VerdictNaked && !fx.HasPacket:
		return fmt.Sprintf("nak:0x%02x", after.ACKSyndrome)
	case fx.HasPacket && fx.Packet.Op == abi.OpAcknowledge && fx.Packet.AETH.Syndrome >= uint8(abi.SyndromeRNRNAK):
		return fmt.Sprintf("nak:0x%02x", fx.Packet.AETH.Syndrome)
	case fx.HasCQE && fx.CQE.Status != abi.WCStatusSuccess:
		return "cqe:" + fx.CQE.Status.String()
	case failed:
		return "qp_error"
	case v > abi.VerdictNaked:
		return "drop"
	}
	return "ok"
}
