package qp_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

var (
	hereIP  = wire.MapIPv4([4]byte{10, 0, 0, 1})
	thereIP = wire.MapIPv4([4]byte{10, 0, 0, 2})
)

// lone is a queue pair in RTS with its work requests, of which nothing is lost but what a test loses.
type lone struct {
	t  *rapid.T
	c  abi.QPC
	ev qp.Event
	fx qp.Effects
	// sends are the work requests, receives the buffers; wcs what completed.
	sends    []abi.WQE
	receives [][]byte
	wcs      []abi.CQE
}

func newLone(t *rapid.T, typ abi.QPType, img abi.QPC) *lone {
	img.QPType, img.PKey, img.RemoteIP, img.Access, img.SQSigAll = typ, 0xffff, thereIP, abi.AccessRemoteWrite, true
	img.SQLog, img.RQLog, img.RQBase, img.MigLease, img.MigAnnounce = 6, 6, 1<<20, 1, 1
	img.PMTU = max(img.PMTU, 1)
	l := &lone{t: t, c: qp.Create(&img)}
	for _, to := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS} {
		if s := qp.Modify(&l.c, &img, abi.AttrsDriver&^(abi.AttrState|abi.AttrPathMTU), to, &l.fx); s != abi.CmdStatusOK {
			t.Fatalf("to %v: %v", to, s)
		}
	}
	if typ == abi.QPTypeUC {
		l.c.PMTU = img.PMTU
	}
	return l
}

// step executes a cause, with work requests out of the lists.
func (l *lone) step(cause abi.Cause, pkt *wire.Packet) abi.Verdict {
	l.ev = qp.Event{Cause: cause, Pkt: pkt, Features: abi.FeaturesAll, MROK: true}
	if addr, ok := qp.Fetch(&l.c, &l.ev); ok {
		if i := addr / abi.WQESize; addr < 1<<20 {
			l.ev.WQE = l.sends[i]
		} else {
			i -= 1 << 20 / abi.WQESize
			l.ev.WQE = abi.WQE{NumSGE: 1, VA: i << 32, LKey: 1, Length: uint32(len(l.receives[i]))}
		}
	}
	r, _ := qp.Check(&l.c, &l.ev)
	before := l.c
	img := l.c.ImageFull()
	var copied abi.QPC
	if err := copied.UnmarshalFull(img[:]); err != nil {
		l.t.Fatal(err)
	}
	again, evAgain := qp.Effects{}, l.ev
	v := qp.Step(&l.c, &l.ev, &l.fx)
	// R12: a copy that was dumped and restored goes on as the original does.
	if w := qp.Step(&copied, &evAgain, &again); w != v || copied != l.c || again != l.fx {
		l.t.Fatalf("%v on a copy of the context does something else", cause)
	}
	if v >= abi.VerdictDropMalformed && (l.c != before || l.fx != qp.Effects{}) {
		l.t.Fatalf("%v of %v has an effect", v, pkt)
	}
	if n := l.fx.Write; n != 0 && r.Access == abi.AccessLocalWrite {
		at, head := r.VA&(1<<32-1), uint32(0)
		if l.fx.WithHeader {
			head = n - uint32(len(pkt.Payload))
		}
		copy(l.receives[r.VA>>32][at+uint64(head):], pkt.Payload)
	}
	if l.fx.HasCQE {
		l.wcs = append(l.wcs, l.fx.CQE)
	}
	if l.fx.SetTimer {
		l.t.Fatal("a timer")
	}
	return v
}

// transmit sends all work requests and returns the packets.
func (l *lone) transmit(data func(i int) []byte) (out []*wire.Packet) {
	l.c.SQPI = uint16(len(l.sends))
	for {
		w := qp.Wants(&l.c)
		i := int(l.c.SQSend)
		switch {
		case w&qp.WantRetire != 0:
			l.step(abi.CauseRetire, nil)
		case w&qp.WantSend != 0:
			l.step(abi.CauseSend, nil)
			if !l.fx.HasPacket {
				continue
			}
			o := &l.fx.Packet
			p := &wire.Packet{
				SrcIP: thereIP, DstIP: o.DstIP, RETH: o.RETH, DETH: o.DETH, Imm: o.Imm,
				BTH: wire.BTH{Op: o.Op, PKey: 0xffff, PSN: o.PSN, AckReq: o.AckReq},
			}
			p.SetPayload(data(i)[o.Off:][:o.Len])
			out = append(out, p)
		default:
			return out
		}
	}
}

// message is what message i consists of.
func message(i int, w *abi.WQE) []byte {
	return bytes.Repeat([]byte{byte(i + 1)}, int(w.Length))
}

// lossy draws what a network makes of packets: some are lost, some come twice or late.
func lossy(t *rapid.T, in []*wire.Packet) (out []*wire.Packet) {
	for _, p := range in {
		switch rapid.IntRange(0, 9).Draw(t, "fate") {
		case 0:
		case 1:
			out = append(out, p, p)
		case 2:
			at := max(0, len(out)-rapid.IntRange(1, 3).Draw(t, "overtakes"))
			out = append(out[:at:at], append([]*wire.Packet{p}, out[at:]...)...)
		default:
			out = append(out, p)
		}
	}
	return out
}

// whole is the obvious receiver of UC: the packets that came, cut before each that begins a message; a message is there if
// those behind its first have the others of it among them, in their order. It returns the numbers of the messages.
func whole(came []*wire.Packet, first []psn.PSN, n []int) (got []int) {
	for i := 0; i < len(came); {
		j := i + 1
		for j < len(came) && !begins(came[j]) {
			j++
		}
		for m := range first {
			if !begins(came[i]) || came[i].BTH.PSN != first[m] {
				continue
			}
			next := first[m]
			for _, p := range came[i:j] {
				if p.BTH.PSN == next {
					next = next.Next()
				}
			}
			if first[m].Distance(next) >= uint32(n[m]) {
				got = append(got, m)
			}
		}
		i = j
	}
	return got
}

func begins(p *wire.Packet) bool {
	pos := p.BTH.Op.Info().Pos
	return pos == abi.PositionFirst || pos == abi.PositionOnly
}

// TestUC: of SENDs over a network that loses, doubles and reorders packets those arrive whose packets arrive in order, each
// whole, and all complete at the sender. Nothing is acknowledged, and no timer runs.
func TestUC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := psn.New(rapid.Uint32Range(1<<24-20, 1<<24+5).Draw(t, "psn"))
		a := newLone(t, abi.QPTypeUC, abi.QPC{QPN: 1, RemoteQPN: 2, NextPSN: start})
		b := newLone(t, abi.QPTypeUC, abi.QPC{QPN: 2, RemoteQPN: 1, EPSN: start})
		var first []psn.PSN
		var packets []int
		for next := start; len(a.sends) < rapid.IntRange(1, 8).Draw(t, "messages"); {
			n := rapid.SampledFrom([]int{0, 1, 255, 256, 257, 512, 1000}).Draw(t, "bytes")
			w := abi.WQE{Opcode: abi.WROpcodeSend, Length: uint32(n), LKey: 1}
			if n != 0 {
				w.NumSGE = 1
			}
			if rapid.Bool().Draw(t, "imm") {
				w.Opcode, w.Imm = abi.WROpcodeSendImm, uint32(len(a.sends))
			}
			a.sends = append(a.sends, w)
			first, packets = append(first, next), append(packets, max(1, (n+255)/256))
			next = next.Add(int32(packets[len(packets)-1]))
		}
		sent := a.transmit(func(i int) []byte { return message(i, &a.sends[i]) })
		if len(a.wcs) != len(a.sends) || a.c.UnaPSN != a.c.NextPSN {
			t.Fatalf("%d of %d sends completed", len(a.wcs), len(a.sends))
		}
		came := lossy(t, sent)
		for range 32 {
			b.receives = append(b.receives, make([]byte, 1000))
		}
		b.c.RQPI = uint16(len(b.receives))
		for _, p := range came {
			b.step(abi.CauseRX, p)
			if b.fx.HasPacket || b.c.State != abi.StateRTS {
				t.Fatalf("%v draws %v, %v", p, b.fx.Packet.Op, b.c.State)
			}
		}
		want := whole(came, first, packets)
		if len(b.wcs) != len(want) {
			t.Fatalf("%d messages, want %v", len(b.wcs), want)
		}
		for i, m := range want {
			w, e := &a.sends[m], &b.wcs[i]
			if e.ByteLen != w.Length || e.Status != abi.WCStatusSuccess || !bytes.Equal(b.receives[e.WQEIdx][:w.Length], message(m, w)) ||
				(e.Flags == abi.WCFlagImm) != (w.Opcode == abi.WROpcodeSendImm) || e.Imm != w.Imm {
				t.Fatalf("message %d: %+v", m, *e)
			}
		}
	})
}

// TestUD: every datagram that arrives and has the Q_Key of the receiver is in a receive of its own, behind room for the IP
// header, with its sender.
func TestUD(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const own, other = 0x8000_0001, 0x1234
		qkey := rapid.SampledFrom([]uint32{own, other}).Draw(t, "qkey of the sender")
		a := newLone(t, abi.QPTypeUD, abi.QPC{QPN: 7, NextPSN: 3, QKey: qkey})
		b := newLone(t, abi.QPTypeUD, abi.QPC{QPN: 2, QKey: own})
		for range rapid.IntRange(1, 8).Draw(t, "datagrams") {
			w := abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, LKey: 1, Length: rapid.SampledFrom([]uint32{1, 4, 256, 4096}).Draw(t, "bytes")}
			w.SetDatagram(&abi.Datagram{QPN: 2, IP: hereIP, QKey: rapid.SampledFrom([]uint32{own, own ^ 1, other}).Draw(t, "qkey")})
			a.sends = append(a.sends, w)
		}
		sent := a.transmit(func(i int) []byte { return message(i, &a.sends[i]) })
		if len(sent) != len(a.sends) || len(a.wcs) != len(sent) {
			t.Fatalf("%d packets, %d completions of %d", len(sent), len(a.wcs), len(a.sends))
		}
		var want []int
		for range rapid.IntRange(1, 8).Draw(t, "receives") {
			b.receives = append(b.receives, make([]byte, rapid.SampledFrom([]int{40, 300, 4136}).Draw(t, "room")))
		}
		b.c.RQPI = uint16(len(b.receives))
		for i, p := range sent {
			key := uint32(a.sends[i].RemoteVA)
			if key>>31 == 1 {
				key = qkey
			}
			expect := abi.VerdictOK
			switch next := len(b.wcs); {
			case key != own:
				expect = abi.VerdictDropQKey
			case next == len(b.receives), len(b.receives[next]) < 40+len(p.Payload):
				expect = abi.VerdictDropReceive
			default:
				want = append(want, i)
			}
			if v := b.step(abi.CauseRX, p); v != expect {
				t.Fatalf("datagram %d: %v, want %v", i, v, expect)
			}
		}
		for k, i := range want {
			e, w := &b.wcs[k], &a.sends[i]
			if e.SrcQPN != 7 || e.Flags != abi.WCFlagGRH || e.ByteLen != 40+w.Length || int(e.WQEIdx) != k ||
				!bytes.Equal(b.receives[k][40:e.ByteLen], message(i, w)) {
				t.Fatalf("datagram %d: %+v", i, *e)
			}
		}
	})
}

// TestSendQueueError: a work request of UC or UD that cannot be executed takes the queue pair to SQE: it completes with its
// error and what is behind it is flushed, while the responder goes on; the driver takes it back to RTS.
func TestSendQueueError(t *testing.T) {
	for _, typ := range []abi.QPType{abi.QPTypeUC, abi.QPTypeUD} {
		rapid.Check(t, func(t *rapid.T) {
			a := newLone(t, typ, abi.QPC{QPN: 1, RemoteQPN: 2, QKey: 5})
			good := abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, LKey: 1, Length: 8}
			bad := rapid.SampledFrom([]abi.WQE{
				{Opcode: abi.WROpcodeRDMARead, NumSGE: 1, LKey: 1, Length: 8}, {Opcode: abi.WROpcodeSendInv, NumSGE: 1, Length: 8},
				{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 1<<31 + 1}, {Opcode: abi.WROpcodeSend, NumSGE: 0, Length: 8},
			}).Draw(t, "bad")
			a.sends = []abi.WQE{good, bad, good, good}
			if sent := a.transmit(func(int) []byte { return make([]byte, 8) }); len(sent) != 1 || a.c.State != abi.StateSQE {
				t.Fatalf("%d packets, %v", len(sent), a.c.State)
			}
			for qp.Wants(&a.c)&qp.WantFlushSQ != 0 {
				a.step(abi.CauseFlushSQ, nil)
			}
			if len(a.wcs) != 4 || a.wcs[1].Status == abi.WCStatusSuccess || a.wcs[1].Status == abi.WCStatusWrFlushErr || a.wcs[3].Status != abi.WCStatusWrFlushErr {
				t.Fatalf("completions %+v", a.wcs)
			}
			a.receives, a.c.RQPI = [][]byte{make([]byte, 100)}, 1
			p := &wire.Packet{SrcIP: thereIP, BTH: wire.BTH{Op: abi.OpUCSendOnly, PKey: 0xffff}, DETH: wire.DETH{QKey: 5}}
			if typ == abi.QPTypeUD {
				p.BTH.Op = abi.OpUDSendOnly
			}
			if v := a.step(abi.CauseRX, p); v != abi.VerdictOK || len(a.wcs) != 5 {
				t.Fatalf("the responder in SQE: %v", v)
			}
			if s := qp.Modify(&a.c, &abi.QPC{}, 0, abi.StateRTS, &a.fx); s != abi.CmdStatusOK {
				t.Fatal(s)
			}
			a.sends = append(a.sends, good)
			if sent := a.transmit(func(int) []byte { return make([]byte, 8) }); len(sent) != 1 || len(a.wcs) != 6 || a.wcs[5].Status != abi.WCStatusSuccess {
				t.Fatalf("after SQE: %d packets, %+v", len(sent), a.wcs[5:])
			}
		})
	}
}

// TestSendQueueErrorInSQD: a message that was begun before SQD, and of which a later packet cannot be sent, takes the queue
// pair to SQE from there too; SQ_DRAINED is not due any more. Back in RTS what is posted then completes once.
func TestSendQueueErrorInSQD(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newLone(t, abi.QPTypeUC, abi.QPC{QPN: 1, RemoteQPN: 2})
		a.sends = []abi.WQE{{Opcode: abi.WROpcodeSend, NumSGE: 1, LKey: 1, Length: 256 * uint32(rapid.IntRange(2, 5).Draw(t, "packets"))}}
		a.c.SQPI = 1
		a.step(abi.CauseSend, nil)
		if s := qp.Modify(&a.c, &abi.QPC{SQDNotify: true}, abi.AttrEnSQDAsyncNotify, abi.StateSQD, &a.fx); s != abi.CmdStatusOK {
			t.Fatal(s)
		}
		ev := qp.Event{Cause: abi.CauseSend, Features: abi.FeaturesAll, WQE: a.sends[0]} // the region is gone
		if v := qp.Step(&a.c, &ev, &a.fx); v != abi.VerdictOK || a.c.State != abi.StateSQE || a.c.DrainDue || a.fx.HasPacket {
			t.Fatalf("%v, %v, drain due %v", v, a.c.State, a.c.DrainDue)
		}
		a.step(abi.CauseFlushSQ, nil)
		if len(a.wcs) != 1 || a.wcs[0].Status != abi.WCStatusLocProtErr {
			t.Fatalf("completions %+v", a.wcs)
		}
		// What comes after it completes once: the packets that were sent of it are not taken for another one's.
		if s := qp.Modify(&a.c, &abi.QPC{}, 0, abi.StateRTS, &a.fx); s != abi.CmdStatusOK {
			t.Fatal(s)
		}
		a.sends = append(a.sends, abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, LKey: 1, Length: 8})
		if sent := a.transmit(func(int) []byte { return make([]byte, 8) }); len(sent) != 1 || len(a.wcs) != 2 || a.wcs[1].WQEIdx != 1 {
			t.Fatalf("after SQE: %d packets, completions %+v", len(sent), a.wcs)
		}
	})
}

// TestStranger: a queue pair of type UC takes nothing that does not come from its partner's address. R11.
func TestStranger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newLone(t, abi.QPTypeUC, abi.QPC{QPN: 2, RemoteQPN: 1})
		b.receives, b.c.RQPI = [][]byte{make([]byte, 300)}, 1
		p := &wire.Packet{SrcIP: hereIP, BTH: wire.BTH{
			Op:   rapid.SampledFrom([]abi.Opcode{abi.OpUCSendOnly, abi.OpUCSendFirst, abi.OpUCRDMAWriteOnly}).Draw(t, "opcode"),
			PKey: 0xffff, PSN: psn.New(rapid.Uint32Range(0, 1<<24-1).Draw(t, "psn")),
		}}
		p.RETH.Length = 256
		p.SetPayload(make([]byte, 256))
		if v := b.step(abi.CauseRX, p); v != abi.VerdictDropSource {
			t.Fatalf("%v of a stranger: %v", p.BTH.Op, v)
		}
	})
}
