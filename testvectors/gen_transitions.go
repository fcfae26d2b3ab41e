package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genTransitions(d *draft) {
	modifyEdges(d)
	modifyAttrs(d)
	stallAndActivate(d)
	loadImages(d)
	causesInStates(d)
	partitions(d)
	errorEdges(d)
}

func modifyImage() []byte {
	c := contextIn(abi.StateReset)
	c.PMTU, c.NextPSN, c.EPSN, c.RemoteIP, c.MinRNR = 3, 0xabcdef, 0x123456, OtherIP, 31
	c.MigGroup, c.MigLease, c.PKey, c.RetryCnt, c.RNRRetry, c.Timeout = 9, 77, 0x8001, 5, 4, 20
	img := c.Image()
	return img[:]
}

func modifyEdges(d *draft) {
	d.group("modify", "IBTA 10.3.1", "IBTA 10.3.1, 11.2.5.2; spec/states.yaml", "MODIFY_QP from every state to every state, with the attributes the edge needs.")
	for _, f := range states {
		for to := range abi.State(abi.NumStates) {
			attrs, _ := abi.RequiredAttrs(abi.QPTypeRC, f, to)
			d.command(fmt.Sprintf("%v to %v", f, to), contextIn(f), abi.CMDModifyQP, uint32(to)<<24, attrs, modifyImage())
		}
	}
	d.command("RTS to state 9", contextIn(abi.StateRTS), abi.CMDModifyQP, 9<<24, 0, modifyImage())
	d.command("RTS to state 0x13", contextIn(abi.StateRTS), abi.CMDModifyQP, 0x13<<24, 0, modifyImage())
	for t := abi.TimerNone; t <= abi.TimerResume; t++ {
		for _, to := range []abi.State{abi.StateReset, abi.StateErr} {
			c := with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.Timer = t; c.ResumePending = t == abi.TimerResume })
			d.command(fmt.Sprintf("RTS to %v,timer=%v", to, t), c, abi.CMDModifyQP, uint32(to)<<24, 0, modifyImage())
		}
	}
}

func modifyAttrs(d *draft) {
	d.group("attributes", "IBTA 11.2.5.2", "IBTA 11.2.5.2; spec/context.yaml attrs", "MODIFY_QP with one attribute, and with one that is out of range.")
	edges := [][2]abi.State{{abi.StateInit, abi.StateRTR}, {abi.StateRTR, abi.StateRTS}, {abi.StateRTS, abi.StateRTS}}
	for _, e := range edges {
		for bit := range 24 {
			d.command(fmt.Sprintf("%v to %v,bit=%d", e[0], e[1], bit), contextIn(e[0]), abi.CMDModifyQP, uint32(e[1])<<24, 1<<bit, modifyImage())
		}
	}
	bad := func(name string, attrs uint32, change func(*abi.QPC)) {
		c := with(contextIn(abi.StateReset), change)
		img := c.Image()
		d.command(name, contextIn(abi.StateInit), abi.CMDModifyQP, uint32(abi.StateRTR)<<24, attrs, img[:])
	}
	for _, v := range []uint8{0, 1, 5, 6, 7} {
		bad(fmt.Sprintf("pmtu=%d", v), abi.AttrPathMTU, func(c *abi.QPC) { c.PMTU = v })
	}
	for _, v := range []uint16{0, 1, 0xffff} {
		bad(fmt.Sprintf("lease=%d", v), abi.AttrMig, func(c *abi.QPC) { c.MigLease = v })
		bad(fmt.Sprintf("announce=%d", v), abi.AttrMig, func(c *abi.QPC) { c.MigAnnounce = v })
	}
	bad("pmtu=0 not named", 0, func(c *abi.QPC) { c.PMTU = 0 })
}

func stallAndActivate(d *draft) {
	d.group("stall", "R1", "protocol.md section 4 R1", "STALL in every state, with every timer.")
	for _, s := range states {
		for t := abi.TimerNone; t <= abi.TimerResume; t++ {
			c := with(contextIn(s), func(c *abi.QPC) { c.Timer = t; c.ResumePending = t == abi.TimerResume; c.Probe = t == abi.TimerLease })
			d.step(fmt.Sprintf("%v,timer=%v", s, t), event{ctx: c, cause: abi.CauseStall})
		}
	}
	d.group("activate", "R5, R6, R10", "protocol.md section 4 R5, R6, R10", "ACTIVATE in every state; of a stopped queue pair, restored or rolled back, by what it was before.")
	for _, s := range states {
		d.step(s.String(), event{ctx: contextIn(s), cause: abi.CauseActivate})
	}
	for _, saved := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr} {
		for _, restored := range []bool{false, true} {
			for _, capable := range []bool{false, true} {
				c := with(contextIn(abi.StateStopped), func(c *abi.QPC) {
					c.SavedState, c.Restored, c.MigCapable = saved, restored, capable
					c.FwdValid, c.FwdAddr, c.NAKSent = !restored, OtherIP, true
				})
				d.step(fmt.Sprintf("saved=%v,restored=%v,capable=%v", saved, restored, capable), event{ctx: c, cause: abi.CauseActivate})
			}
		}
	}
	d.step("epoch wraps", event{cause: abi.CauseActivate, ctx: with(contextIn(abi.StateStopped), func(c *abi.QPC) { c.MigEpoch = 0xffff })})
	d.step("no key", event{cause: abi.CauseActivate, ctx: with(contextIn(abi.StateStopped), func(c *abi.QPC) { c.MigKey = [16]byte{} })})
}

func loadImages(d *draft) {
	d.group("load", "R5, R12", "protocol.md section 4 R5, R12", "LOAD_QP of images in every state, saved from every state, out of range, onto what is there already.")
	load := func(name string, there abi.QPC, c abi.QPC) {
		img := c.Image()
		d.command(name, there, abi.CMDLoadQP, 0, 0, img[:])
	}
	for _, s := range states {
		load("image "+s.String(), abi.QPC{}, contextIn(s))
	}
	stopped := contextIn(abi.StateStopped)
	for s := range abi.State(abi.NumStates) {
		load("saved "+s.String(), abi.QPC{}, with(stopped, func(c *abi.QPC) { c.SavedState = s }))
	}
	load("pmtu=0", abi.QPC{}, with(stopped, func(c *abi.QPC) { c.PMTU = 0 }))
	load("lease=0", abi.QPC{}, with(stopped, func(c *abi.QPC) { c.MigLease = 0 }))
	load("timer armed", abi.QPC{}, with(stopped, func(c *abi.QPC) { c.Timer = abi.TimerACK; c.ResumePending = true; c.Probe = true }))
	load("forward set", abi.QPC{}, with(stopped, func(c *abi.QPC) { c.FwdValid = true; c.FwdAddr = OtherIP }))
	for _, s := range states {
		load("onto "+s.String(), contextIn(s), with(stopped, func(c *abi.QPC) { c.MigEpoch = epoch.Add(4) }))
	}
	for _, e := range []int16{-2, -1, 0, 1, 32766, 32767} {
		load(fmt.Sprintf("onto tombstone,epoch%+d", e), stopped, with(stopped, func(c *abi.QPC) { c.MigEpoch = epoch.Add(e) }))
	}
	load("onto tombstone of another", stopped, with(stopped, func(c *abi.QPC) { c.MigEpoch = epoch.Add(4); c.RemoteQPN = 1 }))
	d.group("forward", "R10a", "protocol.md section 4 R10a", "SET_FWD in every state.")
	for _, s := range states {
		d.command(s.String(), contextIn(s), abi.CMDSetFwd, 0, 0, OtherIP[:])
	}
}

// kinds are packets that reach contextIn, one for each way to be taken.
var kinds = []struct {
	name string
	make func() *wire.Packet
}{
	{"request", func() *wire.Packet { p := from(abi.OpSendOnly, epsn, 16); p.BTH.AckReq = true; return p }},
	{"ack", func() *wire.Packet { return response(abi.SyndromeACK, una.Add(1), 0) }},
	{"nak_stopped", func() *wire.Packet { return response(abi.SyndromeNAKStopped, una.Add(1), uint32(peer)) }},
	{"read response", func() *wire.Packet { return from(abi.OpRDMAReadResponseOnly, una, 16) }},
	{"resume", func() *wire.Packet { return meth(abi.METHKindResume, epsn, nil) }},
}

func causesInStates(d *draft) {
	d.group("packets", "IBTA 10.3.1, R2, R11", "spec/packets.yaml legality; protocol.md section 2", "Each kind of packet in every state, with one thing wrong or nothing.")
	for _, s := range states {
		for _, k := range kinds {
			ev := func(p *wire.Packet) event {
				return event{ctx: contextIn(s), cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 64)}
			}
			d.step(fmt.Sprintf("%v,%s", s, k.name), ev(k.make()))
			p := k.make()
			p.BTH.PKey = 0xfffe
			d.step(fmt.Sprintf("%v,%s,pkey", s, k.name), ev(p))
			p = k.make()
			p.SrcIP = OtherIP
			d.step(fmt.Sprintf("%v,%s,source", s, k.name), ev(p))
		}
	}
	d.group("opportunities", "IBTA 10.3.1", "package qp, Wants", "Send, completion, flush and timer causes in every state.")
	for _, s := range states {
		for _, cause := range []abi.Cause{abi.CauseSend, abi.CauseRetire, abi.CauseFlushSQ, abi.CauseFlushRQ} {
			d.step(fmt.Sprintf("%v,%v", s, cause), event{ctx: contextIn(s), cause: cause, wqe: wqe(abi.WROpcodeSend, 64)})
		}
		for t := abi.TimerACK; t <= abi.TimerResume; t++ {
			d.step(fmt.Sprintf("%v,timer=%v", s, t), event{ctx: contextIn(s), cause: abi.CauseTimer, arg: uint32(t)})
		}
	}
	doorbells(d)
}

// keyPairs are partition keys of a queue pair and of a packet for it: members of one partition, full and limited, and
// those that are not.
var keyPairs = [][2]uint16{
	{0x8123, 0x0123}, {0x0123, 0x8123}, {0x0123, 0x0123}, {0x8123, 0xc123}, {0x8000, 0x8000},
	{0x8123, 0x8123}, {0x8123, 0x8122}, {0x8123, 0x0122}, {0x7fff, 0xffff}, {0x8000, 0x0000}, {0x0000, 0x0000}, {0xffff, 0x0000},
}

func partitions(d *draft) {
	d.group("partition", "IBTA 10.9.3", "IBTA 10.9.1.1, 10.9.3", "Partition keys of queue pair and packet: one partition and one full member among both, or the packet is dropped.")
	for i, k := range kinds {
		pairs := keyPairs[:5]
		if i == 0 {
			pairs = keyPairs
		}
		for _, key := range pairs {
			p := k.make()
			p.BTH.PKey = key[1]
			c := with(contextIn(abi.StateRTS), func(c *abi.QPC) { c.PKey = key[0] })
			d.step(fmt.Sprintf("%s,%#04x gets %#04x", k.name, key[0], key[1]),
				event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 64)})
		}
	}
}

func doorbells(d *draft) {
	d.group("doorbells", "IBTA 10.8.3, R1", "IBTA 10.8.3; protocol.md section 4 R1", "Producer indices in every state: forward, back, full, beyond full.")
	for _, s := range states {
		c := contextIn(s)
		for _, q := range []struct {
			cause  abi.Cause
			ci, pi uint16
		}{{abi.CauseDBSQ, c.SQACK, c.SQPI}, {abi.CauseDBRQ, c.RQCI, c.RQPI}} {
			d.step(fmt.Sprintf("%v,%v,forward", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.pi + 1)})
			if s == abi.StateRTS || s == abi.StateErr {
				d.step(fmt.Sprintf("%v,%v,same", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.pi)})
				d.step(fmt.Sprintf("%v,%v,full", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.ci + 16)})
				d.step(fmt.Sprintf("%v,%v,beyond full", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.ci + 17)})
				d.step(fmt.Sprintf("%v,%v,back", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.pi - 1)})
				d.step(fmt.Sprintf("%v,%v,behind", s, q.cause), event{ctx: c, cause: q.cause, arg: uint32(q.ci - 1)})
			}
		}
	}
}

func errorEdges(d *draft) {
	d.group("errors", "IBTA 10.3.1, R4, R6, R9", "IBTA 9.7.5, 9.7.6, 10.3.1; protocol.md section 4", "Each way from a live state to ERR.")
	rts, paused := contextIn(abi.StateRTS), contextIn(abi.StatePaused)
	pending := with(rts, func(c *abi.QPC) { c.ResumePending = true; c.Timer = abi.TimerResume })
	timer := func(name string, c abi.QPC, t abi.Timer) {
		d.step(name, event{ctx: c, cause: abi.CauseTimer, arg: uint32(t)})
	}
	rx := func(name string, c abi.QPC, p *wire.Packet) {
		d.step(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: wqe(abi.WROpcodeSend, 64)})
	}
	timer("retries used up", with(rts, func(c *abi.QPC) { c.RetryLeft = 0 }), abi.TimerACK)
	timer("probes used up", with(paused, func(c *abi.QPC) { c.ProbesLeft = 0 }), abi.TimerLease)
	timer("announcements used up", pending, abi.TimerResume)
	rx("sequence NAK, retries used up", with(rts, func(c *abi.QPC) { c.RetryLeft = 0 }), response(abi.SyndromeNAKPSNSeq, una, 0))
	rx("RNR NAK, retries used up", with(rts, func(c *abi.QPC) { c.RNRLeft = 0 }), response(abi.SyndromeRNRNAK|5, una, 0))
	for _, s := range []abi.Syndrome{abi.SyndromeNAKInvReq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKRemOp} {
		for _, c := range []abi.QPC{rts, paused} {
			rx(fmt.Sprintf("%v,%v", c.State, s), c, response(s, una.Add(2), 0))
		}
	}
	rx("stale", pending, meth(abi.METHKindStale, epsn, func(p *wire.Packet) { p.METH.PeerEpoch = epoch.Add(1) }))
	for _, s := range []abi.State{abi.StateRTR, abi.StateRTS, abi.StatePaused} {
		rx(fmt.Sprintf("%v,middle without first", s), contextIn(s), from(abi.OpSendMiddle, epsn, 256))
		rx(fmt.Sprintf("%v,read request", s), contextIn(s), from(abi.OpRDMAReadRequest, epsn, 0))
		d.step(fmt.Sprintf("%v,receive outside region", s), event{ctx: contextIn(s), cause: abi.CauseRX, pkt: from(abi.OpSendOnly, epsn, 16), wqe: wqe(abi.WROpcodeSend, 64), bad: true})
	}
	idle := with(rts, func(c *abi.QPC) { c.SQSend = c.SQACK; c.NextPSN, c.MaxPSN = una, una })
	d.step("send outside region", event{ctx: idle, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 64), bad: true})
}
