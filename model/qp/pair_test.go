package qp_test

import (
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/srq"
	"github.com/godwit-rdma/godwit/model/wire"
	"pgregory.net/rapid"
)

// The memory of a peer. Every peer is its own world: one region, key 1, virtual addresses from 0.
const (
	counterAt = 0         // FETCH_ADD adds here
	wordAt    = 8         // CMP_SWAP counts up here
	sourceAt  = 64        // what READs read: constant
	targetAt  = 16 << 10  // where WRITEs go, one behind the other
	recvAt    = 64 << 10  // receives, 4 KiB each
	localAt   = 256 << 10 // what is sent, and what READs and atomics bring
	memSize   = 512 << 10
	ringAt    = 1 << 32 // work queue elements
)

// peer is a queue pair with the smallest device that can run it.
type peer struct {
	name  string
	c     abi.QPC
	mem   []byte
	wrote []uint8 // how often each byte was written, but for the words of atomics
	list  []work
	sq    []element
	rq    []element
	ip    [16]byte
	armed bool
	cqes  []abi.CQE
	asked []bool        // of receives, in order: the partner asked for an event
	in    []wire.Packet // on their way to it
	out   *peer
	stops int
	begun uint16 // work requests of which a packet was sent
	limit uint16 // in SQD: how many these were
	drain bool   // SQ_DRAINED is to come
	srq   srq.Queue
}

func newPeers(t *rapid.T) (a, b *peer) {
	mk := func(n byte) *peer {
		p := &peer{name: string('a' + rune(n)), mem: make([]byte, memSize), wrote: make([]uint8, memSize), ip: wire.MapIPv4([4]byte{10, 0, 0, n})}
		for i := range p.mem[sourceAt:targetAt] {
			p.mem[sourceAt+i] = byte(i*7 + i>>8 + int(n))
		}
		return p
	}
	a, b = mk(0), mk(1)
	credits := uint8(rapid.IntRange(1, 16).Draw(t, "credits"))
	first := psn.New(1<<24 - uint32(rapid.IntRange(1, 40).Draw(t, "psn")))
	for i, p := range []*peer{a, b} {
		p.out = []*peer{b, a}[i]
		img := abi.QPC{
			QPN: 5, RemoteQPN: 5, PMTU: 1, PKey: 0xffff, SCQN: 1, RCQN: 1, SQLog: 6, RQLog: 6, SQBase: ringAt, RQBase: ringAt << 1,
			SQStride: stride, RQStride: stride,
			Access: abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic, SQSigAll: true, Timeout: 1, RetryCnt: 7, RNRRetry: 7,
			RemoteIP: p.out.ip, NextPSN: first, EPSN: first, MigCapable: true, MigLease: 1, MigAnnounce: 1, MigProbeLimit: 255, MigResumeLimit: 255,
			MaxRdAtomic: credits, MaxDestRdAtomic: credits, ACKEvery: uint8(rapid.SampledFrom([]int{0, 1, 2, 5, 255}).Draw(t, "ack every")),
		}
		if img.UseSRQ = rapid.Bool().Draw(t, "shared"); img.UseSRQ {
			p.srq.Create(abi.SRQC{Base: ringAt << 1, Log: 7})
		}
		p.c = qp.Create(&img)
		for _, to := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS} {
			if s := qp.Modify(&p.c, &img, abi.AttrsDriver, to, new(qp.Effects)); s != abi.CmdStatusOK {
				t.Fatalf("to %v: %v", to, s)
			}
		}
	}
	return a, b
}

// step executes a cause, and the same on a copy that was dumped and loaded: both must do the same. R12.
func (p *peer) step(t *rapid.T, cause abi.Cause, arg uint32, pkt *wire.Packet) {
	ev := qp.Event{Cause: cause, Arg: arg, Pkt: pkt, OwnIP: p.ip, Features: abi.FeaturesAll, SRQ: &p.srq.SRQC}
	var e *element
	if addr, ok := qp.Fetch(&p.c, &ev); ok {
		i := int(addr/(abi.WQESize<<stride)) & 63
		if addr >= ringAt<<1 {
			e = &p.rq[i]
		} else {
			e = &p.sq[i]
		}
		ev.WQE = e.wqe
		ev.SGL = e.sgl[:qp.List(&p.c, &ev)]
	}
	where := p.check(&ev, e)
	var copied abi.QPC
	img := p.c.ImageFull()
	copied.DecodeFull(img[:])
	var fx, again qp.Effects
	ev2 := ev
	qp.Step(&p.c, &ev, &fx)
	qp.Step(&copied, &ev2, &again)
	if copied != p.c || fx != again {
		t.Fatalf("%s: %v on a copy of the context does something else", p.name, cause)
	}
	if fx.TakeReceive {
		p.srq.Take(fx.NextReceive)
	}
	for i := range fx.Write {
		p.write(t, where(fx.Off, i), pkt.Payload[i])
	}
	for i := range uint32(8) {
		if fx.HasWord {
			p.write(t, where(fx.Off, i), byte(fx.Word>>(8*i)))
		}
	}
	if fx.HasCQE {
		p.cqes = append(p.cqes, fx.CQE)
		if fx.CQE.Opcode >= abi.WCOpcodeRecv {
			p.asked = append(p.asked, fx.Solicited)
		}
		p.effective(t, &fx.CQE)
	}
	if p.c.RdCount > p.c.MaxRdAtomic || p.c.RsCount > p.c.MaxDestRdAtomic || p.c.RsDue > p.c.RsCount {
		t.Fatalf("%s: %d of %d READs and atomics outstanding, %d of %d remembered, %d due", p.name, p.c.RdCount, p.c.MaxRdAtomic,
			p.c.RsCount, p.c.MaxDestRdAtomic, p.c.RsDue)
	}
	p.drains(t, cause, &fx)
	p.armed = fx.SetTimer || p.armed && !fx.StopTimer && cause != abi.CauseTimer
	if fx.HasPacket {
		o := &fx.Packet
		q := wire.Packet{
			SrcIP: p.ip, DstIP: o.DstIP, BTH: wire.BTH{Op: o.Op, SE: o.SE, PKey: 0xffff, DestQPN: 5, AckReq: o.AckReq, PSN: o.PSN},
			RETH: o.RETH, AETH: o.AETH, METH: o.METH, AtomicETH: o.AtomicETH, AtomicAck: o.AtomicAck, Imm: o.Imm, InvKey: o.InvKey,
		}
		for i := range o.Len {
			if o.Inline {
				q.Payload = append(q.Payload, e.inline[o.Off+i])
			} else {
				q.Payload = append(q.Payload, p.mem[where(o.Off, o.Off+i)])
			}
		}
		p.out.in = append(p.out.in, q)
	}
}

// work is what one side asks of the other, and what must come of it.
type work struct {
	element
	want []byte // in its buffers in the end
}

// program draws the work requests of a side. Each has local bytes of its own.
func program(t *rapid.T, p *peer) (list []work) {
	adds, swaps, written := uint64(0), uint64(0), 0
	n := rapid.IntRange(1, 24).Draw(t, "requests of "+p.name)
	for i := range n {
		w := abi.WQE{LKey: 1, RKey: 1, VA: uint64(localAt + i<<12), Length: uint32(rapid.IntRange(0, 1500).Draw(t, "length")), Imm: uint32(i)}
		if rapid.IntRange(0, 4).Draw(t, "fence") == 0 {
			w.Flags |= abi.WRFlagFence
		}
		if rapid.IntRange(0, 2).Draw(t, "solicited") == 0 {
			w.Flags |= abi.WRFlagSolicited
		}
		w.Opcode = rapid.SampledFrom([]abi.WROpcode{
			abi.WROpcodeSend, abi.WROpcodeRDMAWrite, abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd, abi.WROpcodeCmpSwap,
			abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm, abi.WROpcodeSendInv,
		}).Draw(t, "operation")
		local := p.mem[w.VA:][:1500]
		for j := range local {
			local[j] = byte(i*31 + j)
		}
		e := spread(t, w)
		want := p.holds(&e, w.Length)
		switch w.Opcode {
		case abi.WROpcodeRDMARead:
			w.RemoteVA = uint64(sourceAt + rapid.IntRange(0, 4000).Draw(t, "from"))
			copy(want, p.out.mem[w.RemoteVA:])
		case abi.WROpcodeFetchAdd:
			w.Length, w.RemoteVA, w.Swap = 8, counterAt, 1<<32|uint64(i)
			want = binary.LittleEndian.AppendUint64(nil, adds)
			adds += w.Swap
		case abi.WROpcodeCmpSwap:
			w.Length, w.RemoteVA, w.Compare, w.Swap = 8, wordAt, swaps, swaps+1
			want = binary.LittleEndian.AppendUint64(nil, swaps)
			if i%3 == 2 {
				w.Compare++ // finds something else, and changes nothing
			} else {
				swaps++
			}
		case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm:
			w.RemoteVA = uint64(targetAt + written)
			written += int(w.Length)
		}
		if w.Opcode == abi.WROpcodeFetchAdd || w.Opcode == abi.WROpcodeCmpSwap {
			e = spread(t, w)
		}
		e.wqe.Opcode, e.wqe.Flags, e.wqe.RemoteVA, e.wqe.Compare, e.wqe.Swap = w.Opcode, w.Flags, w.RemoteVA, w.Compare, w.Swap
		if w.Opcode == abi.WROpcodeSend && w.Length <= qp.Room(stride) && i%2 == 1 {
			e = element{wqe: e.wqe, inline: want}
			e.wqe.Flags, e.wqe.NumSGE = w.Flags|abi.WRFlagInline, 0
			want = p.holds(&e, w.Length)
		}
		list = append(list, work{e, want})
	}
	return list
}

// TestExactlyOnceInOrder lets two queue pairs send each other every kind of work request over a network that loses, doubles
// and reorders, and stops and loads them in between, and drains them: everything takes effect exactly once (write) and in
// order (judge), no completion is false (effective), credits are kept, and from every step on a copy that was dumped and
// restored does what the original does (step).
func TestExactlyOnceInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := newPeers(t)
		work := [2][]work{program(t, a), program(t, b)}
		peers := [2]*peer{a, b}
		for side, p := range peers {
			for i := range 64 {
				e := spread(t, abi.WQE{VA: uint64(recvAt + i*3000), Length: 3000, LKey: 1})
				e.wqe.Imm = uint32(i + 1) // the slot behind it, in a shared receive queue
				p.rq = append(p.rq, e)
			}
			p.list, p.sq = work[side], make([]element, 64)
			for i := range work[side] {
				p.sq[i] = work[side][i].element
			}
			if p.c.UseSRQ {
				p.srq.Post(64)
			} else {
				p.step(t, abi.CauseDBRQ, 64, nil)
			}
			p.step(t, abi.CauseDBSQ, uint32(len(work[side])), nil)
		}
		chance := rapid.SliceOfN(rapid.IntRange(0, 255), 0, 400).Draw(t, "chance")
		for n := 0; ; n++ {
			luck := 255
			if n < len(chance) {
				luck = chance[n]
			}
			if !turn(t, peers, luck, n) {
				break
			}
			if n > 100000 {
				t.Fatalf("it does not come to an end: %v %v", a.text(), b.text())
			}
		}
		for _, p := range peers {
			judge(t, p)
		}
	})
}

func (p *peer) text() string {
	return fmt.Sprintf("%s: %v una=%v next=%v max=%v epsn=%v rd=%d rs=%d/%d timer=%v", p.name, p.c.State, p.c.UnaPSN, p.c.NextPSN,
		p.c.MaxPSN, p.c.EPSN, p.c.RdCount, p.c.RsDue, p.c.RsCount, p.c.Timer)
}

// turn lets one thing happen; false if nothing is left to happen.
func turn(t *rapid.T, peers [2]*peer, luck, n int) bool {
	for i := range peers {
		p := peers[(n+i)%2]
		if p.c.State == abi.StateStopped && (luck == 255 || luck%3 == 0) {
			if p.stops%2 == 1 {
				c, s := qp.Load(&p.c, 0)
				if s != abi.CmdStatusOK {
					t.Fatalf("load: %v", s)
				}
				p.c = c
			}
			p.step(t, abi.CauseActivate, 0, nil)
			return true
		}
		if luck >= 4 && luck < 8 && p.c.State == abi.StateRTS || p.c.State == abi.StateSQD && (luck < 16 || luck == 255 && !p.drain) {
			p.modify(t)
			return true
		}
		if luck < 4 && (p.c.State == abi.StateRTS || p.c.State == abi.StateSQD) {
			p.stops++
			p.step(t, abi.CauseStall, 0, nil)
			return true
		}
		if len(p.in) != 0 && luck >= 128 {
			at := 0
			if luck < 150 {
				at = luck % len(p.in)
			}
			pkt := p.in[at]
			if luck < 145 || luck > 152 { // else it stays, and comes again
				p.in = append(p.in[:at:at], p.in[at+1:]...)
			}
			if luck < 153 || luck > 160 { // else it is lost
				p.step(t, abi.CauseRX, 0, &pkt)
			}
			return true
		}
		w := qp.Wants(&p.c)
		for _, x := range []struct {
			want  qp.Want
			cause abi.Cause
		}{{qp.WantRetire, abi.CauseRetire}, {qp.WantRespond, abi.CauseRespond}, {qp.WantSend, abi.CauseSend}} {
			if w&x.want != 0 && (x.want != qp.WantRespond || luck%2 == 1 || w == qp.WantRespond) {
				p.step(t, x.cause, 0, nil)
				return true
			}
		}
	}
	for i := range peers {
		p := peers[(n+i)%2]
		if p.armed && len(peers[0].in)+len(peers[1].in) == 0 {
			p.step(t, abi.CauseTimer, uint32(p.c.Timer), nil)
			return true
		}
	}
	return luck != 255 || len(peers[0].in)+len(peers[1].in) != 0
}
