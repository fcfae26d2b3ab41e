package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// draining are the features of queue pairs that can be drained.
const draining = everything | abi.FeatureSQD

// drained is a queue pair in SQD with work requests of so many PSNs outstanding, as asked has them.
func drained(spans ...uint32) abi.QPC {
	return with(asked(spans...), func(c *abi.QPC) { c.State, c.SQDNotify, c.DrainDue = abi.StateSQD, true, true })
}

func drains(d *draft) {
	d.group("drain", "IBTA 10.3.1.5", "IBTA 10.3.1.5, 11.2.5.2; protocol.md section 4 R1, R3", "State SQD: what was begun goes on, nothing is begun, and SQ_DRAINED when all of it is complete.")
	step := func(name string, e event) {
		e.has = draining
		d.step(name, e)
	}
	send := wqe(abi.WROpcodeSend, 600)
	step("send,nothing begun", event{ctx: drained(), cause: abi.CauseSend, wqe: send})
	step("send,all sent", event{ctx: drained(0, 0), cause: abi.CauseSend, wqe: send})
	step("send,in a message", event{ctx: with(drained(0), func(c *abi.QPC) { c.SQOff = 256 }), cause: abi.CauseSend, wqe: send})
	step("send,go back", event{ctx: with(drained(0, 0), func(c *abi.QPC) { c.Rewind = true }), cause: abi.CauseSend, wqe: send})
	step("send,cursor behind", event{ctx: with(drained(0, 0), func(c *abi.QPC) { c.NextPSN, c.SQSend = una.Add(1), c.SQACK+1 }), cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 16)})
	step("send,read again", event{ctx: with(drained(3), func(c *abi.QPC) { c.Rewind, c.UnaPSN = true, una.Add(1) }), cause: abi.CauseSend, wqe: wqe(abi.WROpcodeRDMARead, 600)})
	for _, due := range []bool{false, true} {
		for _, done := range []int32{1, 2} {
			c := with(drained(0, 0), func(c *abi.QPC) { c.DrainDue, c.CplDue, c.UnaPSN = due, true, una.Add(done) })
			step(fmt.Sprintf("retire,acknowledged=%d of 2,due=%v", done, due), event{ctx: c, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, 16)})
		}
		last := with(drained(0), func(c *abi.QPC) { c.DrainDue, c.CplDue, c.UnaPSN = due, true, una.Add(1) })
		step(fmt.Sprintf("retire,last,due=%v", due), event{ctx: last, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, 16)})
	}
	step("acknowledged", event{ctx: drained(0), cause: abi.CauseRX, pkt: response(abi.SyndromeACK, una, 0)})
	step("read answered", event{ctx: drained(1), cause: abi.CauseRX, pkt: from(abi.OpRDMAReadResponseOnly, una, 16), wqe: wqe(abi.WROpcodeRDMARead, 16)})
	step("refused", event{ctx: drained(0), cause: abi.CauseRX, pkt: response(abi.SyndromeNAKRemAccess, una, 0)})
	step("time-out", event{ctx: drained(0), cause: abi.CauseTimer, arg: uint32(abi.TimerACK)})
	step("request", event{ctx: drained(0), cause: abi.CauseRX, pkt: from(abi.OpSendOnly, epsn, 16), wqe: send})
	step("doorbell", event{ctx: drained(0), cause: abi.CauseDBSQ, arg: 3})
	step("NAK_STOPPED", event{ctx: drained(0), cause: abi.CauseRX, pkt: response(abi.SyndromeNAKStopped, una, uint32(peer))})
	step("stopped", event{ctx: drained(0), cause: abi.CauseStall})
	paused := with(drained(0), func(c *abi.QPC) {
		c.State, c.SavedState, c.Timer, c.Rewind = abi.StatePaused, abi.StateSQD, abi.TimerLease, true
	})
	step("RESUME while paused", event{ctx: paused, cause: abi.CauseRX, pkt: meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.EPSN = una })})
	step("stopped while paused", event{ctx: paused, cause: abi.CauseStall})
	stopped := with(drained(0), func(c *abi.QPC) { c.State, c.SavedState, c.Timer = abi.StateStopped, abi.StateSQD, abi.TimerNone })
	step("activated", event{ctx: stopped, cause: abi.CauseActivate})
	d.commandWith(draining, "load", abi.QPC{}, abi.CMDLoadQP, 0, 0, wholeImage(stopped))
	d.commandWith(everything, "load,without the feature", abi.QPC{}, abi.CMDLoadQP, 0, 0, wholeImage(stopped))
	drainCommands(d)
}

// drainCommands are the ways into SQD and out of it.
func drainCommands(d *draft) {
	modify := func(name string, has abi.Feature, c abi.QPC, to abi.State, attrs uint32, change func(*abi.QPC)) {
		img := with(contextIn(abi.StateReset), func(c *abi.QPC) { c.MaxRdAtomic, c.MaxDestRdAtomic, c.SQDNotify, c.Timeout = 2, 2, true, 20 })
		if change != nil {
			change(&img)
		}
		d.commandWith(has, name, c, abi.CMDModifyQP, uint32(to)<<24, attrs, wholeImage(img))
	}
	busy := with(drained(0, 3), func(c *abi.QPC) { c.State, c.SQDNotify, c.DrainDue = abi.StateRTS, false, false })
	modify("RTS to SQD", draining, busy, abi.StateSQD, 0, nil)
	modify("RTS to SQD,notify", draining, busy, abi.StateSQD, abi.AttrEnSQDAsyncNotify, nil)
	modify("RTS to SQD,notify,nothing begun", draining, with(asked(), func(c *abi.QPC) { c.SQDNotify = true }), abi.StateSQD, 0, nil)
	modify("RTS to SQD,without the feature", everything, busy, abi.StateSQD, 0, nil)
	for _, c := range []struct {
		name string
		ctx  abi.QPC
	}{{"begun", drained(0)}, {"drained", drained()}} {
		modify("SQD to SQD,"+c.name, draining, c.ctx, abi.StateSQD, abi.AttrTimeout|abi.AttrMaxRdAtomic, nil)
		modify("SQD to SQD,"+c.name+",nothing", draining, c.ctx, abi.StateSQD, 0, nil)
		modify("SQD to RTS,"+c.name, draining, c.ctx, abi.StateRTS, 0, nil)
		modify("SQD to ERR,"+c.name, draining, c.ctx, abi.StateErr, 0, nil)
	}
	remembered := with(drained(), func(c *abi.QPC) { c.MaxDestRdAtomic, c.RsCount, c.RsNext = 4, 3, 1 })
	modify("SQD to SQD,fewer READs than remembered", draining, remembered, abi.StateSQD, abi.AttrMaxDestRdAtomic, nil)
	modify("SQD to SQD,as many READs as remembered", draining, remembered, abi.StateSQD, abi.AttrMaxDestRdAtomic, func(c *abi.QPC) { c.MaxDestRdAtomic = 3 })
}

func acknowledgedLater(d *draft) {
	d.group("acknowledgement put off", "IBTA 9.7.5.1.2", "IBTA 9.7.5.1.2", "One acknowledgement for several requests: after so many, or when there is nothing else to do.")
	const has = everything | abi.FeatureCoalesce
	for _, every := range []uint8{0, 1, 2, 4, 255} {
		for _, count := range []uint8{0, 1, 3} {
			if count >= max(every, 1) {
				continue
			}
			c := with(remembers(0), func(c *abi.QPC) {
				c.ACKEvery, c.ACKCount, c.ACKDue = every, count, count != 0
				if c.ACKDue {
					c.ACKSyndrome = uint8(abi.SyndromeACK)
				}
			})
			for _, ack := range []bool{false, true} {
				p := from(abi.OpSendOnly, epsn, 16)
				p.BTH.AckReq = ack
				d.step(fmt.Sprintf("every=%d,waiting=%d,ack=%v", every, count, ack), event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600), has: has})
			}
			d.step(fmt.Sprintf("every=%d,waiting=%d,gap", every, count), event{ctx: c, cause: abi.CauseRX, pkt: from(abi.OpSendOnly, epsn.Add(1), 16), has: has})
			d.step(fmt.Sprintf("every=%d,waiting=%d,nothing else to do", every, count), event{ctx: c, cause: abi.CauseRespond, has: has})
		}
	}
	behind := with(remembers(1, 3), func(c *abi.QPC) { c.ACKEvery, c.ACKCount = 2, 1 })
	p := from(abi.OpSendOnly, epsn, 16)
	p.BTH.AckReq = true
	d.step("behind a read", event{ctx: behind, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 600), has: has})
}
