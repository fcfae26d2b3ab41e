package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

const section4 = "protocol.md section 4 "

// live are the states that take migration packets.
var live = []abi.State{abi.StateRTR, abi.StateRTS, abi.StatePaused}

// epochOffsets are where an epoch may lie from the one known: newer is 1..2^15-1 ahead.
var epochOffsets = []int16{-32768, -32767, -1, 0, 1, 2, 32767}

// progress are where a PSN may lie from una: una..una+sent may be claimed.
var progress = []int32{-1, 0, 1, 2, sent - 1, sent, sent + 1}

func genMigration(d *draft) {
	nakStopped(d)
	stoppedRequests(d)
	pendingRequests(d)
	pausedAnswers(d)
	resume(d)
	resumeAddress(d)
	resumeACK(d)
	redirect(d)
	stale(d)
	tombstones(d)
	authentic(d)
	migrationTimers(d)
}

func (d *draft) rx(name string, c abi.QPC, p *wire.Packet) {
	d.step(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 64)})
}

// pending is c with its RESUME unacknowledged.
func pending(c abi.QPC) abi.QPC {
	c.ResumePending, c.Timer, c.ResumesLeft = true, abi.TimerResume, 4
	return c
}

func nakStopped(d *draft) {
	d.group("nak_stopped", "R3", section4+"R3", "NAK_STOPPED by epoch and PSN in RTS and PAUSED; towards one who did not agree; while RESUME is pending.")
	for _, s := range []abi.State{abi.StateRTS, abi.StatePaused} {
		for _, e := range epochOffsets {
			d.rx(fmt.Sprintf("%v,epoch%+d", s, e), contextIn(s), response(abi.SyndromeNAKStopped, una, uint32(peer.Add(e))))
		}
		for _, o := range progress {
			d.rx(fmt.Sprintf("%v,una%+d", s, o), contextIn(s), response(abi.SyndromeNAKStopped, una.Add(o), uint32(peer)))
		}
		d.rx(s.String()+",not capable", with(contextIn(s), func(c *abi.QPC) { c.MigCapable = false }), response(abi.SyndromeNAKStopped, una, uint32(peer)))
		d.rx(s.String()+",flags set", contextIn(s), response(abi.SyndromeNAKStopped, una, 0xff0000|uint32(peer)))
		d.rx(s.String()+",pending", pending(contextIn(s)), response(abi.SyndromeNAKStopped, una, uint32(peer)))
		d.rx(s.String()+",nothing outstanding", with(contextIn(s), func(c *abi.QPC) { c.MaxPSN, c.NextPSN = una, una }), response(abi.SyndromeNAKStopped, una, uint32(peer)))
	}
	for t := abi.TimerNone; t <= abi.TimerRNR; t++ {
		d.rx(fmt.Sprintf("RTS,timer=%v", t), with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.Timer = t }), response(abi.SyndromeNAKStopped, una, uint32(peer)))
	}
	for _, p := range []bool{false, true} {
		c := with(contextIn(abi.StatePaused), func(c *abi.QPC) { c.Probe = p; c.ProbesLeft = 1 })
		d.rx(fmt.Sprintf("PAUSED,probe=%v", p), c, response(abi.SyndromeNAKStopped, una, uint32(peer)))
	}
}

func stoppedRequests(d *draft) {
	d.group("stopped", "R2, R11", section4+"R2, R11; section 6", "Requests and responses to a stopped queue pair: by PSN, by what it was, by whether the partner agreed.")
	c := contextIn(abi.StateStopped)
	for _, o := range []int32{-0x800000, -2, -1, 0, 1, 2, 0x7fffff} {
		d.rx(fmt.Sprintf("request,epsn%+d", o), c, from(abi.OpSendOnly, epsn.Add(o), 16))
	}
	for _, op := range []abi.Opcode{abi.OpSendFirst, abi.OpSendMiddle, abi.OpSendLast, abi.OpRDMAWriteOnly, abi.OpRDMAReadRequest, abi.OpCmpSwap} {
		d.rx("request,"+op.String(), c, from(op, epsn, payloadOf(op)))
	}
	for _, saved := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr} {
		for _, capable := range []bool{false, true} {
			d.rx(fmt.Sprintf("request,saved=%v,capable=%v", saved, capable), with(c, func(c *abi.QPC) { c.SavedState, c.MigCapable = saved, capable }), from(abi.OpSendOnly, epsn, 16))
		}
	}
	d.rx("request,forward set", with(c, func(c *abi.QPC) { c.FwdValid = true; c.FwdAddr = OtherIP }), from(abi.OpSendOnly, epsn, 16))
	d.rx("request,restored", with(c, func(c *abi.QPC) { c.Restored = true }), from(abi.OpSendOnly, epsn, 16))
	for _, s := range []abi.Syndrome{abi.SyndromeACK, abi.SyndromeRNRNAK, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKStopped} {
		d.rx(fmt.Sprintf("response,%#02x", uint8(s)), c, response(s, una, 0))
	}
}

func pendingRequests(d *draft) {
	d.group("unproven", "R6a", section4+"R6a", "Requests while RESUME is pending, by state, PSN and opcode: the partner is told again, and nothing is served.")
	for _, s := range live {
		c := pending(contextIn(s))
		for _, o := range []int32{-0x7fffff, -1, 0, 1, 0x7fffff} {
			d.rx(fmt.Sprintf("%v,epsn%+d", s, o), c, from(abi.OpSendOnly, epsn.Add(o), 16))
		}
		for _, op := range []abi.Opcode{abi.OpSendMiddle, abi.OpRDMAWriteOnly, abi.OpRDMAReadRequest, abi.OpCmpSwap} {
			d.rx(s.String()+","+op.String(), c, from(op, epsn, payloadOf(op)))
		}
		other := from(abi.OpSendOnly, epsn, 16)
		other.SrcIP = OtherIP
		d.rx(s.String()+",source", c, other)
		d.rx(s.String()+",no receive", with(c, func(c *abi.QPC) { c.RQCI = c.RQPI }), from(abi.OpSendOnly, epsn, 16))
		d.rx(s.String()+",nak sent", with(c, func(c *abi.QPC) { c.NAKSent = true }), from(abi.OpSendOnly, epsn, 16))
	}
}

func pausedAnswers(d *draft) {
	d.group("answers", "R4a, P8", section4+"R4a; section 7 P8", "Answers to a paused queue pair, by PSN: what is outstanding ends the pause, at the cost of no retry.")
	for _, s := range []abi.Syndrome{abi.SyndromeACK, abi.SyndromeRNRNAK | 9, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKRemOp, 0x47} {
		for _, o := range progress {
			d.rx(fmt.Sprintf("%#02x,una%+d", uint8(s), o), contextIn(abi.StatePaused), response(s, una.Add(o), 0))
		}
		d.rx(fmt.Sprintf("%#02x,probe", uint8(s)), with(contextIn(abi.StatePaused), func(c *abi.QPC) { c.Probe = true }), response(s, una, 0))
		d.rx(fmt.Sprintf("%#02x,no retries", uint8(s)), with(contextIn(abi.StatePaused), func(c *abi.QPC) { c.RetryLeft, c.RNRLeft = 0, 0 }), response(s, una, 0))
	}
}

func resume(d *draft) {
	d.group("resume", "R7", section4+"R7", "RESUME by state, epoch, both sides' progress, and what was under way.")
	for _, s := range states {
		d.rx(s.String(), contextIn(s), meth(abi.METHKindResume, epsn, nil))
	}
	for _, s := range live {
		for _, e := range epochOffsets {
			d.rx(fmt.Sprintf("%v,epoch%+d", s, e), contextIn(s), meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.Epoch = peer.Add(e) }))
		}
		for _, o := range progress {
			d.rx(fmt.Sprintf("%v,epsn=una%+d", s, o), contextIn(s), meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.EPSN = una.Add(o) }))
		}
		for _, o := range []int32{-0x7fffff, -1, 0, 1, 2, 0x7fffff} {
			for _, flags := range []uint8{0, 1, 0xfe} {
				d.rx(fmt.Sprintf("%v,psn=epsn%+d,flags=%#02x", s, o, flags), contextIn(s), meth(abi.METHKindResume, epsn.Add(o), func(p *wire.Packet) { p.METH.Flags = flags }))
			}
		}
		for _, o := range []int32{-0x10001, -0x10000, -0xffff, -0xfffe, -2, -1, 0} {
			for _, n := range []uint16{0, 1, 2, 0xfffe, 0xffff} {
				d.rx(fmt.Sprintf("%v,psn=epsn%+d,sent=%d", s, o, n), contextIn(s), meth(abi.METHKindResume, epsn.Add(o), func(p *wire.Packet) { p.METH.Sent = n }))
			}
		}
		d.rx(s.String()+",pending", pending(contextIn(s)), meth(abi.METHKindResume, epsn, nil))
		d.rx(s.String()+",nak sent", with(contextIn(s), func(c *abi.QPC) { c.NAKSent = true }), meth(abi.METHKindResume, epsn, nil))
		d.rx(s.String()+",peer_epoch wrong", contextIn(s), meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.PeerEpoch = epoch.Add(-1) }))
	}
	for t := abi.TimerNone; t <= abi.TimerRNR; t++ {
		d.rx(fmt.Sprintf("RTS,timer=%v", t), with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.Timer = t }), meth(abi.METHKindResume, epsn, nil))
	}
	d.rx("PAUSED,probe", with(contextIn(abi.StatePaused), func(c *abi.QPC) { c.Probe = true }), meth(abi.METHKindResume, epsn, nil))
	d.rx("RTS,cursor behind", with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.NextPSN = una.Add(1) }), meth(abi.METHKindResume, epsn, nil))
}

func resumeAddress(d *draft) {
	d.group("address", "R7, P6", section4+"R7; section 7 P6", "RESUME, new and repeated, by IP source, address named and pin.")
	addrs := []struct {
		name string
		a    [16]byte
	}{{"stored", PeerIP}, {"new", OtherIP}}
	for _, s := range live {
		for _, e := range []int16{0, 1} {
			for _, src := range addrs {
				for _, named := range addrs {
					for _, pinned := range []bool{false, true} {
						c := with(contextIn(s), func(c *abi.QPC) { c.MigPinned = pinned })
						p := meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.SrcIP, p.METH.Addr, p.METH.Epoch = src.a, named.a, peer.Add(e) })
						d.rx(fmt.Sprintf("%v,epoch%+d,source=%s,named=%s,pinned=%v", s, e, src.name, named.name, pinned), c, p)
					}
				}
			}
		}
	}
	d.rx("older epoch from new address", contextIn(abi.StateRTS), meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.SrcIP, p.METH.Addr, p.METH.Epoch = OtherIP, OtherIP, peer.Add(-1) }))
}

func resumeACK(d *draft) {
	d.group("resume_ack", "R8", section4+"R8", "RESUME_ACK by state, pending or not, epoch echoed, progress and source.")
	ack := func(change func(*wire.Packet)) *wire.Packet { return meth(abi.METHKindResumeACK, epsn, change) }
	for _, s := range states {
		d.rx(s.String()+",not asked", contextIn(s), ack(nil))
	}
	for _, s := range live {
		c := pending(contextIn(s))
		for _, e := range []int16{-32768, -2, -1, 0, 1, 2} {
			d.rx(fmt.Sprintf("%v,echo%+d", s, e), c, ack(func(p *wire.Packet) { p.METH.PeerEpoch = epoch.Add(e) }))
		}
		for _, o := range progress {
			d.rx(fmt.Sprintf("%v,epsn=una%+d", s, o), c, ack(func(p *wire.Packet) { p.METH.EPSN = una.Add(o) }))
		}
		d.rx(s.String()+",source", c, ack(func(p *wire.Packet) { p.SrcIP = OtherIP }))
		d.rx(s.String()+",address named is another", c, ack(func(p *wire.Packet) { p.METH.Addr = OtherIP }))
		d.rx(s.String()+",partner's epoch is another", c, ack(func(p *wire.Packet) { p.METH.Epoch = peer.Add(-7) }))
	}
}

func redirect(d *draft) {
	d.group("redirect", "R9", section4+"R9", "REDIRECT by state, pending or not, epoch, source and pin.")
	to := func(change func(*wire.Packet)) *wire.Packet {
		return meth(abi.METHKindRedirect, epsn, func(p *wire.Packet) {
			p.METH.Addr, p.METH.Epoch = OtherIP, peer
			if change != nil {
				change(p)
			}
		})
	}
	for _, s := range states {
		d.rx(s.String()+",not asked", contextIn(s), to(nil))
	}
	for _, s := range live {
		c := pending(contextIn(s))
		for _, e := range epochOffsets {
			d.rx(fmt.Sprintf("%v,epoch%+d", s, e), c, to(func(p *wire.Packet) { p.METH.Epoch = peer.Add(e) }))
		}
		d.rx(s.String()+",source", c, to(func(p *wire.Packet) { p.SrcIP = OtherIP }))
		d.rx(s.String()+",pinned", with(c, func(c *abi.QPC) { c.MigPinned = true }), to(nil))
		d.rx(s.String()+",to the same address", c, to(func(p *wire.Packet) { p.METH.Addr = PeerIP }))
		d.rx(s.String()+",last try", with(c, func(c *abi.QPC) { c.ResumesLeft = 0 }), to(nil))
	}
}

func stale(d *draft) {
	d.group("stale", "R9, P5", section4+"R9; section 7 P5", "STALE by state, pending or not, epoch and progress it names, and source.")
	of := func(p psn.PSN, change func(*wire.Packet)) *wire.Packet {
		return meth(abi.METHKindStale, p, func(p *wire.Packet) {
			p.METH.PeerEpoch, p.METH.EPSN = epoch.Add(1), una
			if change != nil {
				change(p)
			}
		})
	}
	for _, s := range states {
		d.rx(s.String()+",not asked", contextIn(s), of(epsn, nil))
	}
	for _, s := range live {
		c := pending(contextIn(s))
		for _, e := range epochOffsets {
			d.rx(fmt.Sprintf("%v,names epoch%+d", s, e), c, of(epsn, func(p *wire.Packet) { p.METH.PeerEpoch = epoch.Add(e) }))
		}
		for _, o := range progress {
			d.rx(fmt.Sprintf("%v,epsn=una%+d", s, o), c, of(epsn, func(p *wire.Packet) { p.METH.PeerEpoch, p.METH.EPSN = epoch, una.Add(o) }))
		}
		for _, o := range []int32{-1, 0, 1} {
			for _, flags := range []uint8{0, 1} {
				d.rx(fmt.Sprintf("%v,psn=epsn%+d,flags=%d", s, o, flags), c, of(epsn.Add(o), func(p *wire.Packet) { p.METH.PeerEpoch, p.METH.Flags = epoch, flags }))
			}
		}
		d.rx(s.String()+",source", c, of(epsn, func(p *wire.Packet) { p.SrcIP = OtherIP }))
	}
}

func tombstones(d *draft) {
	d.group("tombstone", "R2", section4+"R2", "Migration packets to a stopped queue pair: NAK_STOPPED, REDIRECT where it is known where it went, never RESUME_ACK.")
	for kind := abi.METHKindResume; kind <= abi.METHKindStale; kind++ {
		for _, fwd := range []bool{false, true} {
			c := with(contextIn(abi.StateStopped), func(c *abi.QPC) { c.FwdValid = fwd; c.FwdAddr = OtherIP })
			d.rx(fmt.Sprintf("%v,forward=%v", kind, fwd), c, meth(kind, epsn, nil))
		}
	}
	for _, saved := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr} {
		for _, fwd := range []bool{false, true} {
			c := with(contextIn(abi.StateStopped), func(c *abi.QPC) { c.SavedState, c.FwdValid, c.FwdAddr = saved, fwd, [16]byte{15: 9} })
			d.rx(fmt.Sprintf("RESUME,saved=%v,forward=%v", saved, fwd), c, meth(abi.METHKindResume, epsn, nil))
		}
	}
	c := contextIn(abi.StateStopped)
	d.rx("RESUME,from a new address", c, meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.SrcIP, p.METH.Addr = OtherIP, OtherIP }))
	d.rx("RESUME,address is not the source", c, meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.Addr = OtherIP }))
	for _, e := range []int16{-1, 0, 1} {
		d.rx(fmt.Sprintf("RESUME,epoch%+d", e), c, meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.Epoch = peer.Add(e) }))
	}
}

func authentic(d *draft) {
	d.group("authentic", "R7", section4+"R7; section 3", "Capability, version, tag and kind of migration packets, in the order they are checked.")
	for _, s := range append(live, abi.StateStopped) {
		c := contextIn(s)
		resume := func() *wire.Packet { return meth(abi.METHKindResume, epsn, nil) }
		d.rx(s.String()+",not capable", with(c, func(c *abi.QPC) { c.MigCapable = false }), resume())
		for _, v := range []uint8{0, 1, 3, 15} {
			d.rx(fmt.Sprintf("%v,version=%d", s, v), c, meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.Version = v }))
		}
		for _, k := range []abi.METHKind{0, 5, 15} {
			d.rx(fmt.Sprintf("%v,kind=%d", s, uint8(k)), c, meth(k, epsn, nil))
		}
		for _, bit := range []int{0, 31, 63} {
			p := resume()
			p.METH.Tag ^= 1 << bit
			d.rx(fmt.Sprintf("%v,tag bit=%d", s, bit), c, p)
		}
		p := resume()
		p.METH.Tag = 0
		d.rx(s.String()+",tag 0", c, p)
		noKey := with(c, func(c *abi.QPC) { c.MigKey = [16]byte{} })
		d.rx(s.String()+",no key,tag 0", noKey, p)
		d.rx(s.String()+",no key,tag set", noKey, resume())
		p = resume()
		p.BTH.PSN = epsn.Add(-1)
		d.rx(s.String()+",tag of another psn", c, p)
		p = resume()
		p.METH.EPSN = una.Add(1)
		d.rx(s.String()+",tag of another epsn", c, p)
		p = resume()
		p.METH.Resv8 = 1
		d.rx(s.String()+",tag of other reserved bits", c, p)
		p = resume()
		p.METH.Sent++
		d.rx(s.String()+",tag of another sent", c, p)
	}
}

func migrationTimers(d *draft) {
	d.group("lease", "R4, P4", section4+"R4; section 7 P4", "The lease ends; the probe it asks for.")
	paused := contextIn(abi.StatePaused)
	lease := func(name string, c abi.QPC) {
		d.step(name, event{ctx: c, cause: abi.CauseTimer, arg: uint32(abi.TimerLease)})
	}
	for _, n := range []uint8{0, 1, 2, 255} {
		lease(fmt.Sprintf("probes left=%d", n), with(paused, func(c *abi.QPC) { c.ProbesLeft = n }))
	}
	lease("nothing unacknowledged", with(paused, func(c *abi.QPC) { c.MaxPSN, c.NextPSN = una, una }))
	lease("probe still due", with(paused, func(c *abi.QPC) { c.Probe = true }))
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWrite} {
		for _, n := range []uint32{0, 16, 256, 600} {
			c := with(paused, func(c *abi.QPC) { c.Probe = true })
			d.step(fmt.Sprintf("probe,%v,bytes=%d", op, n), event{ctx: c, cause: abi.CauseSend, wqe: wqe(op, n)})
		}
	}
	d.group("announce", "R6, P4", section4+"R6; section 7 P4", "The announcement timer, in every state that announces.")
	for _, s := range []abi.State{abi.StateRTR, abi.StateRTS} {
		for _, n := range []uint8{0, 1, 2, 255} {
			c := with(pending(contextIn(s)), func(c *abi.QPC) { c.ResumesLeft = n })
			d.step(fmt.Sprintf("%v,tries left=%d", s, n), event{ctx: c, cause: abi.CauseTimer, arg: uint32(abi.TimerResume)})
		}
		c := with(pending(contextIn(s)), func(c *abi.QPC) { c.MigKey = [16]byte{} })
		d.step(s.String()+",no key", event{ctx: c, cause: abi.CauseTimer, arg: uint32(abi.TimerResume)})
	}
	d.step("RTS,requester silent", event{ctx: pending(contextIn(abi.StateRTS)), cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 16)})
}
