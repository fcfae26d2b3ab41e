package fuzz

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/srq"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Addresses of the world of a patient.
var (
	ownIP   = wire.MapIPv4([4]byte{10, 0, 0, 1})
	peerIP  = wire.MapIPv4([4]byte{10, 0, 0, 2})
	otherIP = wire.MapIPv4([4]byte{10, 0, 0, 3})
	// peerIPv6 differs from peerIP in what is in front of the last four bytes only.
	peerIPv6 = wire.Addr{0: 0xfd, 12: 10, 15: 2}
	lifeKey  = [16]byte{1, 2, 3}
)

// partitions are partition keys of a queue pair and its partner: both full members, or one of them.
var partitions = [...][2]uint16{{0xffff, 0xffff}, {0x7fff, 0xffff}, {0xffff, 0x7fff}, {0x8001, 0x0001}}

// foreign are partition keys that must not reach a queue pair with this one.
func foreign(own uint16, which int) uint16 {
	if own < 0x8000 && which%2 == 0 {
		return own // two limited members
	}
	return [...]uint16{0x1234, own ^ 1, own ^ 0xc000, 0x8000, own ^ 2}[which%5]
}

// patient is a queue pair under test, with what its device would remember.
type patient struct {
	l       *life
	c       abi.QPC
	before  abi.QPC
	armed   bool // the device's timer
	foreign bool // the packet is of another partition
	srq     srq.Queue
	waiting abi.SRQC // what was in it before the step
	fx      qp.Effects
	ev      qp.Event
	pkt     wire.Packet
	verdict abi.Verdict
	steps   int
	cover   *Coverage
	payload [4100]byte
}

func newPatient(l *life, c *Coverage) *patient {
	p := &patient{l: l, cover: c}
	a := &l.Attrs
	img := abi.QPC{
		QPN: 0x11, RemoteQPN: 0x22, PMTU: uint8(a.MTU + 1), PKey: partitions[a.PKey][0], SCQN: 1, RCQN: 2,
		Access: abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic, MaxRdAtomic: uint8(a.Credits), MaxDestRdAtomic: uint8(a.Credits),
		SQSigAll: a.SigAll, SQLog: uint8(a.SQLog), RQLog: uint8(a.RQLog), Timeout: uint8(a.Timeout), RetryCnt: uint8(a.Retry),
		SQStride: 1, RQStride: 1, ACKEvery: uint8(a.Limits), RNRRetry: uint8(a.RNR), MinRNR: 1, UDPSport: 0xc000, SQBase: 0x1000, RQBase: 0x9000, RemoteIP: peerIP,
		NextPSN: psn.New(uint32(-a.PSN)), EPSN: psn.New(uint32(-a.EPSN)),
		MigCapable: a.Capable, MigPinned: a.Pinned, MigGroup: 1, MigLease: 3, MigAnnounce: 2,
		MigProbeLimit: uint8(a.Limits), MigResumeLimit: uint8(a.Limits),
	}
	if a.Credits != 0 {
		img.QPType = types[a.Type]
	}
	if img.QPType == abi.QPTypeUD {
		img.QKey = lifeQKey
	}
	if a.Access {
		img.Access = abi.AccessRemoteRead
	}
	if a.IPv6 {
		img.RemoteIP = peerIPv6
	}
	if a.Shared && a.Credits != 0 {
		img.UseSRQ = true
		p.srq.Create(abi.SRQC{Base: 0x9000, Log: uint8(a.RQLog)})
	}
	if a.Key {
		img.MigKey = lifeKey
	}
	p.c = qp.Create(&img)
	for _, to := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS}[:3-l.Begin] {
		if s := qp.Modify(&p.c, &img, abi.AttrsDriver&^abi.AttrState, to, &p.fx); s != abi.CmdStatusOK {
			panic("BUG: the driver cannot begin: " + s.String())
		}
	}
	return p
}

// live lets one move happen and says what is wrong after it, "" if nothing is.
func (p *patient) live(m *move) string {
	p.before = p.c
	p.fx, p.foreign = qp.Effects{}, false
	p.ev = qp.Event{OwnIP: ownIP}
	if p.l.Attrs.Credits != 0 {
		p.ev.Features = abi.FeaturesAll
	}
	switch m.Kind {
	case reload:
		return p.reload()
	case forward:
		return p.forward()
	case modify:
		return p.modify(m)
	}
	if !p.event(m) {
		return ""
	}
	if p.waiting = p.srq.SRQC; p.c.UseSRQ {
		p.ev.SRQ = &p.waiting
	}
	p.ev.KeyStays = m.Fault
	p.fetch(m)
	if p.ev.Cause == abi.CauseTimer && abi.Timer(p.ev.Arg) == p.c.Timer {
		p.armed = false
	}
	wants := qp.Wants(&p.c)
	p.verdict = qp.Step(&p.c, &p.ev, &p.fx)
	p.steps++
	if p.cover != nil {
		p.cover.add(p.before.State, p.ev.Cause, p.verdict)
	}
	if wrong := p.timers(); wrong != "" {
		return wrong
	}
	if wrong := p.shares(); wrong != "" {
		return wrong
	}
	return p.check(wants)
}

// event makes the event of a move; false if there is none to make.
func (p *patient) event(m *move) bool {
	ev := &p.ev
	switch m.Kind {
	case opportunity:
		switch w := qp.Wants(&p.c); {
		case w&qp.WantRetire != 0:
			ev.Cause = abi.CauseRetire
		case w&qp.WantFlushSQ != 0:
			ev.Cause = abi.CauseFlushSQ
		case w&qp.WantFlushRQ != 0:
			ev.Cause = abi.CauseFlushRQ
		case w&qp.WantRespond != 0 && (w&qp.WantSend == 0 || m.AckReq):
			ev.Cause = abi.CauseRespond
		case w&qp.WantSend != 0:
			ev.Cause = abi.CauseSend
		default:
			return false
		}
	case request, response, migration:
		ev.Cause, ev.Pkt = abi.CauseRX, &p.pkt
		p.packet(m)
	case timer:
		ev.Cause, ev.Arg = abi.CauseTimer, uint32(p.c.Timer)
		if !p.armed {
			return false
		}
	case doorbell:
		pi, cause := p.c.SQPI, abi.CauseDBSQ
		if m.Which%2 == 1 {
			pi, cause = p.c.RQPI, abi.CauseDBRQ
		}
		ev.Cause, ev.Arg = cause, uint32(pi+uint16(m.Len+1))
		if m.Wrong != 0 {
			ev.Arg = uint32(pi + uint16(m.Delta))
		}
		if p.c.UseSRQ && cause == abi.CauseDBRQ && m.Fault {
			p.srq.Post(p.srq.PI + uint16(m.Len+1))
			return false
		}
	case stall:
		ev.Cause = abi.CauseStall
	case activate:
		ev.Cause = abi.CauseActivate
	case wild:
		wilds := []abi.Cause{
			abi.CauseSend, abi.CauseRetire, abi.CauseFlushSQ, abi.CauseFlushRQ, abi.CauseTimer, abi.CauseNone, abi.CauseCMD, abi.CauseRXDrop, abi.CauseRespond,
		}
		ev.Cause, ev.Arg = wilds[m.Which%len(wilds)], uint32(m.Base)
		if ev.Cause == abi.CauseTimer && abi.Timer(ev.Arg) == p.c.Timer {
			return false // a device does not let a timer run out before its time
		}
	}
	return true
}

// base is what a PSN counts from.
func (p *patient) base(m *move, choices ...psn.PSN) psn.PSN {
	return choices[m.Base%len(choices)].Add(int32(m.Delta))
}

// packet makes the packet of a move.
func (p *patient) packet(m *move) {
	c := &p.c
	k := &p.pkt
	*k = wire.Packet{SrcIP: c.RemoteIP, DstIP: ownIP, BTH: wire.BTH{DestQPN: c.QPN, PKey: partitions[p.l.Attrs.PKey][1], AckReq: m.AckReq}}
	switch m.Kind {
	case request:
		p.request(m)
		p.strange(m)
	case response:
		syndromes := []uint8{0x1f, 0x65, 0x1f, 0x60, 0x65, 0x21, 0x1f, 0x60, 0x65, 0x1f, 0x65, 0x21, 0x64, 0x7f, 0x40, 0x00}
		k.BTH.Op = abi.OpAcknowledge
		k.AETH.Syndrome = syndromes[m.Which]
		if m.Len == 1 || m.Len == 2 {
			p.response(m)
			break
		}
		if m.Fault {
			k.AETH.Syndrome = 0x61 + uint8(m.Which%3) // ends the connection
		}
		k.BTH.PSN = p.base(m, c.UnaPSN, c.MaxPSN.Prev(), c.NextPSN, c.HeadPSN, c.UnaPSN.Next(), c.MaxPSN)
		if k.AETH.Syndrome == uint8(abi.SyndromeNAKStopped) {
			k.AETH.MSN = uint32(c.PeerEpoch.Add(int16(m.Epoch)))
		}
	case migration:
		k.BTH.Op = abi.OpMigration
		k.BTH.PSN = p.base(m, c.EPSN, c.EPSN.Prev(), c.EPSN.Add(-5))
		k.METH = wire.METH{
			Version: abi.METHVersion, Kind: abi.METHKind(m.Which%5 + 1), Flags: uint8(m.Which / 5 & 1),
			Epoch: c.PeerEpoch.Add(int16(m.Epoch)), PeerEpoch: c.MigEpoch.Add(int16(m.Epoch / 2)), Sent: []uint16{8, 0, 0xffff, 1}[m.Which/4],
			EPSN: p.base(m, c.UnaPSN, c.MaxPSN, c.NextPSN, c.UnaPSN, c.MaxPSN), Addr: k.SrcIP,
		}
		if m.Len == 1 {
			k.METH.Addr, k.SrcIP = otherIP, otherIP
		}
	}
	if m.Mark {
		k.TClass = 3
	}
	switch m.Wrong {
	case 1:
		k.SrcIP = otherIP
		if p.l.Attrs.IPv6 && m.Which%2 == 1 {
			k.SrcIP = peerIP
		}
	case 2:
		p.foreign = true
		k.BTH.PKey = foreign(c.PKey, m.Which)
	case 3:
		k.METH.Version = 1
	}
	if k.BTH.Op == abi.OpMigration && c.MigKey != [16]byte{} {
		k.METH.Tag = wire.Tag(c.MigKey, &k.METH, ownIP, c.QPN, k.BTH.PSN)
	}
	if m.Wrong == 4 {
		k.METH.Tag ^= 1
	}
}

// request makes a request packet: mostly one that fits the message in progress.
func (p *patient) request(m *move) {
	c, k := &p.c, &p.pkt
	k.BTH.PSN = p.base(m, c.EPSN, c.EPSN, c.EPSN, c.EPSN, c.EPSN.Prev(), c.EPSN.Next())
	first, middle, last, only := abi.OpSendFirst, abi.OpSendMiddle, abi.OpSendLast, abi.OpSendOnly
	if c.ROp == abi.RecvOpWrite || c.ROp == abi.RecvOpNone && m.Which%2 == 1 {
		first, middle, last, only = abi.OpRDMAWriteFirst, abi.OpRDMAWriteMiddle, abi.OpRDMAWriteLast, abi.OpRDMAWriteOnly
	}
	k.BTH.Op = []abi.Opcode{only, first}[m.Which/2%2]
	if c.ROp != abi.RecvOpNone {
		k.BTH.Op = []abi.Opcode{last, middle}[m.Which/2%2]
	}
	switch {
	case m.Which >= 13 && c.ROp == abi.RecvOpNone && p.l.Attrs.Credits != 0:
		k.BTH.Op = []abi.Opcode{abi.OpRDMAReadRequest, abi.OpFetchAdd, abi.OpCmpSwap}[m.Which-13]
		k.RETH = wire.RETH{VA: 0x5000, RKey: 7, Length: uint32(m.Base) * 300}
		k.AtomicETH = wire.AtomicETH{VA: 0x5000, RKey: 7, Swap: 1}
		return
	case m.Which == 15:
		k.BTH.Op = knownOpcodes[(m.Len*7+m.Base)%len(knownOpcodes)]
	}
	n := 128 << c.PMTU
	if k.BTH.Op == only || k.BTH.Op == last {
		n = min(n, 100)
		if c.ROp == abi.RecvOpWrite && k.BTH.Op == last {
			n = min(int(c.RResid), 128<<c.PMTU)
		}
	}
	k.RETH = wire.RETH{VA: 0x5000, RKey: 7, Length: uint32(n)}
	if k.BTH.Op == first {
		k.RETH.Length = uint32(n)*3 + 5
	}
	switch m.Len {
	case 1:
		n = 0
	case 2:
		n++
	case 3:
		n = 1
	case 4:
		k.RETH.Length++
	}
	k.Payload = p.payload[:min(n, 4096)]
}

// response makes a response packet: mostly the one that the oldest READ or atomic needs next.
func (p *patient) response(m *move) {
	c, k := &p.c, &p.pkt
	k.AETH.Syndrome = uint8(abi.SyndromeACK)
	k.BTH.PSN = p.base(m, c.UnaPSN, c.UnaPSN, c.UnaPSN.Next(), c.HeadPSN)
	k.BTH.Op = []abi.Opcode{
		abi.OpRDMAReadResponseOnly, abi.OpRDMAReadResponseFirst, abi.OpRDMAReadResponseMiddle, abi.OpRDMAReadResponseLast, abi.OpAtomicAcknowledge,
	}[m.Which%5]
	n := 128 << c.PMTU
	p.ev.Cause, p.ev.Pkt = abi.CauseRX, k
	if addr, ok := qp.Fetch(c, &p.ev); ok && (k.BTH.Op == abi.OpRDMAReadResponseOnly || k.BTH.Op == abi.OpRDMAReadResponseLast) {
		n = (p.l.Rings[int(addr/(abi.WQESize<<1))%len(p.l.Rings)].Len-1)%n + 1
	}
	if k.BTH.Op != abi.OpAtomicAcknowledge {
		k.Payload = p.payload[:max(n, 0)]
	}
}

// ops are the operations in a ring: one of them does not exist.
var ops = [...]abi.WROpcode{
	abi.WROpcodeSend, abi.WROpcodeRDMAWrite, 0x77, abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd, abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm,
	abi.WROpcodeSendInv,
}

// fetch does what a device does before a step.
func (p *patient) fetch(m *move) {
	if addr, ok := qp.Fetch(&p.c, &p.ev); ok {
		w := &p.l.Rings[int(addr/(abi.WQESize<<1))%len(p.l.Rings)]
		e := abi.WQE{Opcode: abi.WROpcodeSend, Length: uint32(w.Len), VA: 0x4000, LKey: 5, RemoteVA: 0x7000, RKey: 6}
		e.Opcode = ops[w.Op]
		if e.Opcode == abi.WROpcodeFetchAdd {
			e.Length = 8
		}
		if e.Length != 0 {
			e.NumSGE = 1
		}
		e.NumSGE += uint8(w.SGE)
		if w.Signal {
			e.Flags = abi.WRFlagSignaled
		}
		p.addressed(&e)
		p.ev.WQE = e
	}
	if n := qp.List(&p.c, &p.ev); n != 0 {
		p.ev.SGL = []abi.SGE{{Length: p.ev.WQE.Length / 3}, {Length: p.ev.WQE.Length - p.ev.WQE.Length/3}}[:n]
		p.ev.SGL[0].Length += uint32(m.Wrong / 3) // now and then the sum is another
		if _, ok := qp.CheckList(&p.c, &p.ev); ok {
			p.ev.MROK = !m.Fault
		}
		return
	}
	if _, ok := qp.Check(&p.c, &p.ev); ok {
		p.ev.MROK = !m.Fault
	}
}
