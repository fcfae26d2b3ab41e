package nic_test

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// drawContext draws a context image: that of the tests, with some bytes anyhow.
func drawContext(t *rapid.T) []byte {
	q := attrs()
	q.QPN += rapid.Uint32Range(0, 2).Draw(t, "qpn")
	if rapid.Bool().Draw(t, "stopped") {
		q.State = abi.StateStopped
		q.SavedState = abi.State(rapid.Uint8Range(0, 15).Draw(t, "saved"))
		q.Timer = abi.Timer(rapid.Uint8Range(0, 7).Draw(t, "timer"))
		q.UnaPSN, q.MaxPSN, q.HeadPSN = q.NextPSN, q.NextPSN, q.NextPSN
	}
	p := image(q)
	for range rapid.IntRange(0, 3).Draw(t, "edits") {
		p[rapid.IntRange(0, len(p)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
	}
	return p
}

func drawPSN(t *rapid.T) psn.PSN {
	at := rapid.SampledFrom([]uint32{0, 100, 500, 1 << 23, psn.Mask}).Draw(t, "near")
	return psn.New(at + rapid.Uint32Range(0, 8).Draw(t, "psn"))
}

// drawFrame draws a frame that reaches a queue pair, most of the time.
func drawFrame(t *rapid.T) []byte {
	var known []abi.Opcode
	for op := range abi.Opcodes {
		if abi.Opcodes[op].Known {
			known = append(known, abi.Opcode(op))
		}
	}
	return request(rapid.SampledFrom(known).Draw(t, "opcode"), 0, make([]byte, rapid.SampledFrom([]int{0, 1, 255, 256, 257}).Draw(t, "payload")),
		func(p *wire.Packet) {
			p.BTH.PSN, p.BTH.DestQPN = drawPSN(t), qpn+rapid.Uint32Range(0, 3).Draw(t, "qpn")
			p.AETH = wire.AETH{Syndrome: rapid.SampledFrom([]uint8{0, 0x1f, 0x20, 0x3f, 0x60, 0x61, 0x62, 0x63, 0x64, 0x65}).Draw(t, "syndrome"), MSN: rapid.Uint32Range(0, 3).Draw(t, "msn")}
			p.RETH = wire.RETH{VA: bufVA, RKey: key, Length: rapid.SampledFrom([]uint32{0, 1, 256, 512, 1 << 31, 1<<32 - 1}).Draw(t, "length")}
			p.METH = wire.METH{
				Version: 1, Kind: rapid.SampledFrom([]abi.METHKind{0, 1, 2, 3, 4, 15}).Draw(t, "kind"), Flags: rapid.Uint8Range(0, 1).Draw(t, "flags"),
				Epoch: psn.Epoch(rapid.Uint16Range(0, 3).Draw(t, "epoch")), PeerEpoch: psn.Epoch(rapid.Uint16Range(0, 3).Draw(t, "peer")),
				EPSN: drawPSN(t), Addr: peerIP,
			}
		})
}

// TestApplyIsTotal executes causes in any order, on contexts that were dumped or made up: nothing panics, what
// is dropped or ignored changes no context, and counters and numbers go up as they must.
func TestApplyIsTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, nic.Params{NumQP: 3, NumMR: 2, NumCQ: 2, Migration: rapid.Bool().Draw(t, "migration")})
		w.connect()
		seq := w.core.Counter(abi.CounterSteps)
		tx := uint32(0)
		slot := func() uint16 { return rapid.Uint16Range(0, 3).Draw(t, "slot") }
		apply := func(c nic.Cause) {
			before, _ := w.core.Context(c.Slot)
			rec := w.apply(c)
			if rec.Seq != seq || rec.TXSeq < tx || rec.TXSeq > tx+1 {
				t.Fatalf("record %d after %d, tx %d after %d", rec.Seq, seq, rec.TXSeq, tx)
			}
			seq, tx = seq+1, rec.TXSeq
			if after, _ := w.core.Context(c.Slot); c.Kind != abi.CauseCMD && rec.Verdict >= abi.VerdictDropMalformed && (after != before || len(w.log) != 0) {
				t.Fatalf("%v: %v changed the context, or did %q", rec.Cause, rec.Verdict, w.log)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"step": func(t *rapid.T) {
				apply(nic.Cause{
					Kind: abi.Cause(rapid.Uint8Range(uint8(abi.CauseSend), uint8(abi.CauseActivate)).Draw(t, "cause")), Slot: slot(),
					Arg: rapid.Uint32Range(0, 5).Draw(t, "arg"),
				})
			},
			"command": func(t *rapid.T) {
				if err := w.ram.Write(imageAt, drawContext(t)); err != nil {
					t.Fatal(err)
				}
				op, to := rapid.Uint32Range(0, 13).Draw(t, "op"), rapid.Uint32Range(0, 15).Draw(t, "state")
				apply(nic.Cause{
					Kind: abi.CauseCMD, Slot: nic.NoSlot, Arg: uint32(slot()) | to<<24, Addr: imageAt,
					Arg2: op<<24 | rapid.Uint32Range(0, 0x1fff).Draw(t, "attrs"),
				})
			},
			"frame": func(t *rapid.T) { apply(nic.Cause{Kind: abi.CauseRX, Frame: drawFrame(t), Slot: nic.NoSlot}) },
			"noise": func(t *rapid.T) {
				f := drawFrame(t)
				for range rapid.IntRange(1, 3).Draw(t, "edits") {
					f[rapid.IntRange(0, len(f)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "bits")
				}
				_ = wire.PutICRC(f)
				apply(nic.Cause{Kind: abi.CauseRX, Frame: f, Slot: nic.NoSlot})
			},
			"ring": func(t *rapid.T) {
				p := make([]byte, abi.WQESize)
				p[0], p[2] = rapid.SampledFrom([]byte{0, 2, 3}).Draw(t, "opcode"), rapid.Byte().Draw(t, "sges")&1
				binary.LittleEndian.PutUint32(p[0x14:], rapid.SampledFrom([]uint32{0, 1, 256, 1000, 1<<31 + 1}).Draw(t, "length"))
				binary.LittleEndian.PutUint64(p[0x18:], bufVA)
				binary.LittleEndian.PutUint32(p[0x20:], key)
				at := rapid.SampledFrom([]uint64{sqAt, rqAt}).Draw(t, "ring") + rapid.Uint64Range(0, 15).Draw(t, "index")*abi.WQESize
				if err := w.ram.Write(at, p); err != nil {
					t.Fatal(err)
				}
			},
		})
	})
}
