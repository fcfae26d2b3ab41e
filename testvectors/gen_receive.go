package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genReceive(d *draft) {
	drops(d)
	counted(d)
	establishes(d)
	sixReceives(d)
	sixAnswers(d)
	sixSends(d)
	sixMoves(d)
}

// drops are one frame for each reason to drop it that a NIC has, before a queue pair sees it and after.
func drops(d *draft) {
	d.group("drop", "rules 1 to 8", "package wire, rules of reception; IBTA 9.6.1, 9.7.4, 9.7.5.2; spec/registers.yaml counters", "Frames and packets that are dropped, each with its counter; nothing else changes.")
	rts := func() *bed { return newBed(withLists, remembers(0)).receives(plainReceive(600)) }
	raw := func(name string, b *bed, p *wire.Packet, spoil func(frame []byte)) {
		frame := p.Append(nil)
		if spoil != nil {
			spoil(frame)
		}
		d.device(name, b, nic.Cause{Kind: abi.CauseRX, Frame: frame})
	}
	send := func(change func(*wire.Packet)) *wire.Packet {
		p := from(abi.OpSendOnly, epsn, 16)
		p.BTH.AckReq = true
		if change != nil {
			change(p)
		}
		return p
	}
	raw("none", rts(), send(nil), nil)
	raw("no IP", rts(), send(nil), func(f []byte) { f[12] = 0x09 })
	raw("IP checksum", rts(), send(nil), func(f []byte) { f[24] ^= 1 })
	raw("another MAC", rts(), send(func(p *wire.Packet) { p.DstMAC[5]++ }), nil)
	raw("another address", rts(), send(func(p *wire.Packet) { p.DstIP = OtherIP }), nil)
	raw("ICRC", rts(), send(nil), func(f []byte) { f[len(f)-1] ^= 1 })
	raw("payload", rts(), send(nil), func(f []byte) { f[len(f)-5] ^= 1 })
	raw("header version", rts(), send(func(p *wire.Packet) { p.BTH.TVer = 1 }), nil)
	raw("opcode", rts(), send(func(p *wire.Packet) { p.BTH.Op = 0x1f }), nil)
	raw("no queue pair", rts(), send(func(p *wire.Packet) { p.BTH.DestQPN = 0xb }), nil)
	raw("queue pair 0", rts(), send(func(p *wire.Packet) { p.BTH.DestQPN = 0 }), nil)
	raw("no queue pair of the IPv6 partner", rts(), packet(abi.OpSendOnly, true, 16), nil)
	raw("no queue pair at all", newBed(withLists), send(nil), nil)
	raw("opcode of another NIC", newBed(0, contextIn(abi.StateRTS)), datagram(abi.OpUDSendOnly, 16, ownQKey), nil)
	raw("IPv6 without features", newBed(0, contextIn(abi.StateRTS)), packet(abi.OpSendOnly, true, 16), nil)
	raw("P_Key", rts(), send(func(p *wire.Packet) { p.BTH.PKey = 0x1234 }), nil)
	raw("source", rts(), send(func(p *wire.Packet) { p.SrcIP = OtherIP }), nil)
	raw("transport", rts(), datagram(abi.OpUDSendOnly, 16, ownQKey), nil)
	for _, s := range states {
		raw("state "+s.String(), newBed(withLists, contextIn(s)).receives(plainReceive(600)), send(nil), nil)
		raw("response,state "+s.String(), newBed(withLists, contextIn(s)), response(abi.SyndromeACK, una.Add(1), 1), nil)
	}
	raw("gap", newBed(withLists, with(remembers(0), func(c *abi.QPC) { c.NAKSent = true })), send(func(p *wire.Packet) { p.BTH.PSN = epsn.Add(2) }), nil)
	raw("ghost", rts(), response(abi.SyndromeACK, una.Add(100), 1), nil)
	raw("syndrome", rts(), response(0x7f, una, 1), nil)
	raw("Q_Key", newBed(withLists, lone(abi.QPTypeUD, abi.StateRTS)).receives(plainReceive(600)), datagram(abi.OpUDSendOnly, 16, 1), nil)
	raw("no receive of UC", newBed(withLists, with(lone(abi.QPTypeUC, abi.StateRTS), func(c *abi.QPC) { c.RQCI = c.RQPI })), from(abi.OpUCSendOnly, epsn, 16), nil)
	raw("in the middle of no message", newBed(withLists, lone(abi.QPTypeUC, abi.StateRTS)), from(abi.OpUCSendMiddle, epsn, 256), nil)
	for _, kind := range []abi.METHKind{abi.METHKindResume, abi.METHKindResumeACK, abi.METHKindRedirect, abi.METHKindStale, 9} {
		raw(fmt.Sprintf("migration,kind %d", kind), rts(), meth(kind, epsn, func(p *wire.Packet) { p.METH.EPSN = una }), nil)
	}
	raw("migration,tag", rts(), meth(abi.METHKindResume, epsn, nil), func(f []byte) { f[len(f)-1] ^= 1 })
	two := newBed(withLists, remembers(0), with(remembers(0), func(c *abi.QPC) { c.QPN = 0x77 }))
	two.element(slotOf(two.qps[1].RQBase, 4, 0, two.qps[1].RQCI), plainReceive(600))
	raw("none,second queue pair", two, send(func(p *wire.Packet) { p.BTH.DestQPN = 0x77 }), nil)
}

// counted are steps whose counters say something beside their verdict.
func counted(d *draft) {
	d.group("counter", "spec/registers.yaml counters", "spec/registers.yaml counters; RoCEv2 annex A17.9", "What is counted beside verdicts: frames, completions, retransmissions, time-outs, congestion.")
	rts := contextIn(abi.StateRTS)
	send := wqe(abi.WROpcodeSend, 16)
	send.VA, send.LKey = localVA, localKey
	d.turns("a packet", newBed(withLists, asked()).posts(send), abi.CauseSend)
	again := with(asked(0, 0), func(c *abi.QPC) { c.Rewind = true })
	d.turns("a packet again", newBed(withLists, again).asked(send), abi.CauseSend)
	for _, t := range []abi.Timer{abi.TimerACK, abi.TimerRNR, abi.TimerLease, abi.TimerResume} {
		for _, armed := range []bool{true, false} {
			c := with(rts, func(c *abi.QPC) {
				c.Timer = abi.TimerNone
				if armed {
					c.Timer = t
				}
			})
			d.device(fmt.Sprintf("timer %v,armed=%v", t, armed), newBed(withLists, c), nic.Cause{Kind: abi.CauseTimer, Arg: uint32(t)})
		}
	}
	d.device("time-out,budget spent", newBed(withLists, with(rts, func(c *abi.QPC) { c.RetryLeft = 0 })), nic.Cause{Kind: abi.CauseTimer, Arg: uint32(abi.TimerACK)})
	d.turns("a completion", newBed(withLists, with(rts, func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(1) })).asked(send), abi.CauseRetire)
	unsignalled := send
	unsignalled.Flags = 0
	d.turns("no completion", newBed(withLists, with(rts, func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(1) })).asked(unsignalled), abi.CauseRetire)
	for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		op := map[abi.QPType]abi.Opcode{abi.QPTypeRC: abi.OpSendOnly, abi.QPTypeUC: abi.OpUCSendOnly, abi.QPTypeUD: abi.OpUDSendOnly}[t]
		marked := datagram(op, 16, ownQKey)
		marked.TClass = 3
		d.arrives("congestion experienced,"+t.String(), newBed(withLists, lone(t, abi.StateRTS)).receives(plainReceive(600)), marked)
		due := with(lone(t, abi.StateRTS), func(c *abi.QPC) {
			c.CNPDue, c.TClass = true, 0xbb
			if t == abi.QPTypeUD {
				c.CNPQPN, c.CNPIP = 0xfedcba, OtherIP
			}
		})
		d.turns("CNP sent,"+t.String(), newBed(withLists, due), abi.CauseRespond)
		for _, s := range []abi.State{abi.StateRTR, abi.StateRTS} {
			cnp := datagram(abi.OpCNP, 0, 0)
			cnp.SetPayload(make([]byte, 16))
			d.arrives(fmt.Sprintf("CNP received,%v,state %v", t, s), newBed(withLists, lone(t, s)), cnp)
		}
	}
	for _, pi := range []uint16{0xfffd, 0xfffe, 0xffff, 0x000e, 0x000f} {
		d.device(fmt.Sprintf("DB_SQ,pi=%#x", pi), newBed(withLists, asked()), nic.Cause{Kind: abi.CauseDBSQ, Arg: uint32(pi)})
		d.device(fmt.Sprintf("DB_RQ,pi=%#x", pi), newBed(withLists, asked()), nic.Cause{Kind: abi.CauseDBRQ, Arg: uint32(pi)})
	}
	for _, k := range []abi.Cause{abi.CauseStall, abi.CauseActivate, abi.CauseSend} {
		d.turns(k.String()+",no such slot", newBed(withLists), k)
	}
}

// establishes is the event that the partner is there before the driver says that it is.
func establishes(d *draft) {
	d.group("communication established", "IBTA 11.6.3.1", "IBTA 10.3.1.3, 11.6.3.1; spec/registers.yaml FEATURES comm_est", "COMM_EST: in RTR, at the first packet that is the partner's, once, unless there is worse to tell.")
	const has = withLists | abi.FeatureCommEst
	rtr := with(contextIn(abi.StateRTR), func(c *abi.QPC) { c.MaxDestRdAtomic, c.Access = 4, remote })
	arrive := func(name string, has abi.Feature, c abi.QPC, p *wire.Packet) {
		d.arrives(name, newBed(has, c).receives(plainReceive(600)), p)
	}
	for _, op := range []abi.Opcode{abi.OpSendOnly, abi.OpSendFirst, abi.OpRDMAWriteOnly, abi.OpRDMAReadRequest, abi.OpFetchAdd} {
		arrive(op.String(), has, rtr, shareFrame(op))
	}
	arrive("without the feature", has&^abi.FeatureCommEst, rtr, shareFrame(abi.OpSendOnly))
	arrive("said before", has, with(rtr, func(c *abi.QPC) { c.CommEst = true }), shareFrame(abi.OpSendOnly))
	for _, s := range []abi.State{abi.StateInit, abi.StateRTS, abi.StatePaused, abi.StateErr} {
		arrive("state "+s.String(), has, contextIn(s), shareFrame(abi.OpSendOnly))
	}
	for _, by := range []int32{-1, 1} {
		arrive(fmt.Sprintf("epsn%+d", by), has, rtr, changedTo(shareFrame(abi.OpSendOnly), func(p *wire.Packet) { p.BTH.PSN = epsn.Add(by) }))
	}
	arrive("no receive", has, with(rtr, func(c *abi.QPC) { c.RQCI = c.RQPI }), shareFrame(abi.OpSendOnly))
	arrive("no request to execute", has, rtr, shareFrame(abi.OpSendMiddle))
	arrive("not granted", has, with(rtr, func(c *abi.QPC) { c.Access = 0 }), shareFrame(abi.OpRDMAWriteOnly))
	arrive("P_Key", has, rtr, changedTo(shareFrame(abi.OpSendOnly), func(p *wire.Packet) { p.BTH.PKey = 1 }))
	arrive("source", has, rtr, changedTo(shareFrame(abi.OpSendOnly), func(p *wire.Packet) { p.SrcIP = OtherIP }))
	arrive("acknowledgement", has, rtr, response(abi.SyndromeACK, una, 0))
	arrive("RESUME", has, rtr, meth(abi.METHKindResume, epsn, func(p *wire.Packet) { p.METH.EPSN = una }))
	for _, t := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD} {
		op := map[abi.QPType]abi.Opcode{abi.QPTypeUC: abi.OpUCSendOnly, abi.QPTypeUD: abi.OpUDSendOnly}[t]
		arrive(t.String(), has, lone(t, abi.StateRTR), shareFrame(op))
		arrive(t.String()+",said before", has, with(lone(t, abi.StateRTR), func(c *abi.QPC) { c.CommEst = true }), shareFrame(op))
		arrive(t.String()+",no receive", has, with(lone(t, abi.StateRTR), func(c *abi.QPC) { c.RQCI = c.RQPI }), shareFrame(op))
	}
	lost := newBed(has|abi.FeatureCQGuard, rtr).receives(plainReceive(600))
	lost.cqs[2].PI = 16
	d.arrives("completion is lost", lost, shareFrame(abi.OpSendOnly))
	both := newBed(has, rtr).receives(plainReceive(600))
	both.cqs[2].Armed = true
	d.arrives("completion is announced", both, shareFrame(abi.OpSendOnly))
}

// six makes a bed's NIC, and the partner of its queue pairs, one of IPv6.
func six(b *bed) *bed {
	b.ip = NICIP6
	for _, c := range b.qps {
		if c.RemoteIP != ([16]byte{}) {
			c.RemoteIP = PeerIP6
		}
		if c.FwdValid {
			c.FwdAddr = otherIP6
		}
	}
	return b
}

var otherIP6 = [16]byte{0: 0xfd, 1: 0x67, 15: 12}

// overSix is a packet over IPv6.
func overSix(p *wire.Packet) *wire.Packet {
	p.V6, p.DF, p.SrcIP, p.DstIP, p.FlowLabel = true, false, PeerIP6, NICIP6, 0xabcde
	return p
}

func sixReceives(d *draft) {
	d.group("ipv6 request", "RoCEv2 annex A17.3.1", "RoCEv2 annex A17.3.1, A17.4.2; IBTA 9.7.4", "Requests over IPv6, their answers, and what a datagram's buffer has of the header.")
	for op := range abi.Opcodes {
		o := abi.Opcode(op)
		info := o.Info()
		if info.Kind != abi.KindRequest || info.Pos != abi.PositionOnly {
			continue
		}
		c := remembers(0)
		if o == abi.OpUDSendOnly || o == abi.OpUDSendOnlyImm {
			c = lone(abi.QPTypeUD, abi.StateRTS)
		} else if !o.RC() {
			c = lone(abi.QPTypeUC, abi.StateRTS)
		}
		d.arrives(o.String(), six(newBed(withLists, c)).receives(plainReceive(600)), overSix(shareFrame(o)))
	}
	send := func(change func(*wire.Packet)) *wire.Packet {
		return overSix(changedTo(shareFrame(abi.OpSendOnly), change))
	}
	rts := func() *bed { return six(newBed(withLists, remembers(0))).receives(plainReceive(600)) }
	d.arrives("gap", rts(), send(func(p *wire.Packet) { p.BTH.PSN = epsn.Add(1) }))
	d.arrives("came before", rts(), send(func(p *wire.Packet) { p.BTH.PSN = epsn.Add(-1) }))
	d.arrives("source", rts(), changedTo(send(func(*wire.Packet) {}), func(p *wire.Packet) { p.SrcIP[15]++ }))
	d.arrives("another address", rts(), changedTo(send(func(*wire.Packet) {}), func(p *wire.Packet) { p.DstIP[0]++ }))
	d.arrives("marked", rts(), send(func(p *wire.Packet) { p.TClass = 3 }))
	d.arrives("IPv4 to it", rts(), shareFrame(abi.OpSendOnly))
	list, sum := buffers([]uint32{39, 2, 259})
	d.arrives("datagram into a list", six(newBed(withLists, scattering(abi.OpUDSendOnly))).receives(listed(abi.WROpcodeSend, list, sum), list...),
		overSix(datagram(abi.OpUDSendOnly, 16, ownQKey)))
}

func sixAnswers(d *draft) {
	d.group("ipv6 response", "RoCEv2 annex A17.3.1", "RoCEv2 annex A17.3.1; IBTA 9.7.5.2", "Responses over IPv6.")
	read := wqe(abi.WROpcodeRDMARead, 16)
	read.VA, read.LKey = localVA, localKey
	for _, s := range []abi.Syndrome{abi.SyndromeACK, abi.SyndromeRNRNAK | 3, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKInvReq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKRemOp} {
		d.arrives(fmt.Sprintf("syndrome=%#02x", uint8(s)), six(newBed(withLists, contextIn(abi.StateRTS))), overSix(response(s, una.Add(1), 1)))
	}
	d.arrives("read response", six(newBed(withLists, asked(1))).asked(read), overSix(from(abi.OpRDMAReadResponseOnly, una, 16)))
	d.arrives("atomic response", six(newBed(withLists, asked(1))).asked(changedWQE(read, func(w *abi.WQE) { w.Opcode, w.Length = abi.WROpcodeFetchAdd, 8 })),
		overSix(from(abi.OpAtomicAcknowledge, una, 0)))
	cnp := datagram(abi.OpCNP, 0, 0)
	cnp.SetPayload(make([]byte, 16))
	d.arrives("CNP", six(newBed(withLists, asked(1))), overSix(cnp))
}

func changedWQE(w abi.WQE, change func(*abi.WQE)) abi.WQE {
	change(&w)
	return w
}

func sixSends(d *draft) {
	d.group("ipv6 packet", "RoCEv2 annex A17.3.1", "RoCEv2 annex A17.3.1; IBTA 9.7.5, 9.8.3", "Packets that are sent over IPv6.")
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeSendImm, abi.WROpcodeRDMAWrite, abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd} {
		w := workOf(op, 16)
		w.VA, w.LKey = localVA, localKey
		d.turns(op.String(), six(newBed(withLists, asked())).posts(w), abi.CauseSend)
	}
	for _, to := range [][16]byte{PeerIP6, OtherIP} {
		w := datagramTo(abi.WROpcodeSend, 16, 1)
		w.SetDatagram(&abi.Datagram{QKey: 1, QPN: 0xabcdef, IP: to, TClass: 0x28, HopLimit: 7})
		w.VA, w.LKey = localVA, localKey
		d.turns(fmt.Sprintf("datagram to %x", to), six(newBed(withLists, lone(abi.QPTypeUD, abi.StateRTS))).posts(w), abi.CauseSend)
	}
	c := with(remembers(1, 1), func(c *abi.QPC) {
		var s abi.RsSlot
		at := c.RsSlots[ringStart*abi.RsSlotSize:]
		s.Decode(at)
		s.RKey, s.Value, s.Length = grantKey, grantVA, 16
		s.Marshal(at)
	})
	d.turns("read response", six(newBed(withLists, c)), abi.CauseRespond)
	d.turns("atomic response", six(newBed(withLists, remembers(1, 0))), abi.CauseRespond)
	d.turns("traffic class", six(newBed(withLists, with(remembers(1, 0), func(c *abi.QPC) { c.TClass = 0xb8 }))), abi.CauseRespond)
}

// methSix is a migration packet over IPv6, with the right tag.
func methSix(kind abi.METHKind, p psn.PSN, change func(*wire.Packet)) *wire.Packet {
	return meth(kind, p, func(k *wire.Packet) {
		overSix(k)
		k.METH.Addr = PeerIP6
		if change != nil {
			change(k)
		}
	})
}

func sixMoves(d *draft) {
	d.group("ipv6 migration", "R2, R6 to R9, R11", "protocol.md section 4 R2, R6 to R9, R11; section 3", "The migration protocol over IPv6: addresses in packets, in the tag, in the context.")
	rts, stopped := contextIn(abi.StateRTS), contextIn(abi.StateStopped)
	arrive := func(name string, c abi.QPC, p *wire.Packet) { d.arrives(name, six(newBed(withLists, c)), p) }
	request := overSix(from(abi.OpSendOnly, epsn, 16))
	arrive("request to a stopped one", stopped, request)
	tombstone := with(stopped, func(c *abi.QPC) { c.FwdValid = true })
	arrive("RESUME to a tombstone", tombstone, methSix(abi.METHKindResume, epsn, nil))
	arrive("RESUME to a stopped one", stopped, methSix(abi.METHKindResume, epsn, nil))
	arrive("NAK_STOPPED", rts, overSix(response(abi.SyndromeNAKStopped, una, uint32(peer))))
	moved := func(k *wire.Packet) { k.METH.EPSN, k.SrcIP, k.METH.Addr = una, otherIP6, otherIP6 }
	arrive("RESUME from elsewhere", rts, methSix(abi.METHKindResume, epsn, moved))
	arrive("RESUME from elsewhere,pinned", with(rts, func(c *abi.QPC) { c.MigPinned = true }), methSix(abi.METHKindResume, epsn, moved))
	arrive("RESUME that names another", rts, methSix(abi.METHKindResume, epsn, func(k *wire.Packet) { k.METH.EPSN, k.METH.Addr = una, otherIP6 }))
	arrive("RESUME that names an IPv4 address", rts, methSix(abi.METHKindResume, epsn, func(k *wire.Packet) { k.METH.EPSN, k.METH.Addr = una, PeerIP }))
	waiting := pending(rts)
	arrive("RESUME_ACK", waiting, methSix(abi.METHKindResumeACK, epsn, func(k *wire.Packet) { k.METH.EPSN = una }))
	arrive("REDIRECT", waiting, methSix(abi.METHKindRedirect, epsn, func(k *wire.Packet) { k.METH.Addr = otherIP6 }))
	arrive("STALE", waiting, methSix(abi.METHKindStale, epsn, func(k *wire.Packet) { k.METH.PeerEpoch = epoch.Add(1) }))
	d.turns("activated", six(newBed(withLists, stopped)), abi.CauseActivate)
	d.device("announced again", six(newBed(withLists, waiting)), nic.Cause{Kind: abi.CauseTimer, Arg: uint32(abi.TimerResume)})
	forward := otherIP6
	d.commanded("SET_FWD", six(newBed(withLists, stopped)), abi.CMDSetFwd, 0, 0, forward[:])
	d.commanded("LOAD_QP", six(newBed(withLists)), abi.CMDLoadQP, 0, 0, wholeImage(with(stopped, func(c *abi.QPC) { c.RemoteIP = PeerIP6 })))
}
