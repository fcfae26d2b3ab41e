package replay

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// own is a few small scenarios of Linux, of two machines' rdma_rxe, with a scenario's every kind of difference.
const own = "testdata/linux"

func loaded(t *testing.T, name string) *scenario {
	t.Helper()
	s, err := load(filepath.Join(own, name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestOwnCaptures replays the scenarios of testdata without a finding.
func TestOwnCaptures(t *testing.T) {
	r, err := Run([]string{own}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil || !r.OK {
		t.Errorf("%v\n%s", err, b.String())
	}
	if len(r.Results) != 14 {
		t.Errorf("%d endpoints", len(r.Results))
	}
}

// alter changes frame n (from 1) of a side and makes its ICRC right again.
func alter(s *scenario, side Side, n int, edit func(*wire.Packet)) {
	f := &s.trace[side].frames[n-1]
	edit(&f.pkt)
	f.data = f.pkt.Append(nil)
}

func drop(s *scenario, side Side, n int) {
	tr := &s.trace[side]
	tr.frames = append(tr.frames[:n-1:n-1], tr.frames[n:]...)
}

func command(s *scenario, cmd string) *entry {
	for i := range s.Log {
		if strings.HasPrefix(s.Log[i].Cmd, cmd) {
			return &s.Log[i]
		}
	}
	return nil
}

// TestEveryDifferenceIsFound changes one thing in a capture or its log, each a thing that no freedom covers, and wants it
// found where it is.
func TestEveryDifferenceIsFound(t *testing.T) {
	for _, c := range []struct {
		name, file string
		side       Side
		edit       func(s *scenario)
		frame      int // of the finding; 0: any
		want       string
	}{
		{"payload of a request", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 2, func(p *wire.Packet) { p.Payload[5] ^= 1 })
		}, 2, "payload differs at byte 5"},
		{"PSN of a request", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 2, func(p *wire.Packet) { p.BTH.PSN = p.BTH.PSN.Add(1) })
		}, 2, "PSN differs"},
		{"PSN of nothing posted", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 2, func(p *wire.Packet) { p.BTH.PSN = p.BTH.PSN.Add(-9) })
		}, 2, "its PSN belongs to no work request"},
		{"immediate data", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.Imm++ })
		}, 1, "immediate data differs"},
		{"solicited event", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.BTH.SE = true })
		}, 1, "solicited event bit differs"},
		{"acknowledge request of a last packet", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.BTH.AckReq = false })
		}, 1, "acknowledge request bit of a last packet differs"},
		{"address of a WRITE", "err_rkey/err_rkey.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.RETH.VA++ })
		}, 1, "RETH differs"},
		{"P_Key", "err_rkey/err_rkey.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.BTH.PKey = 0x7fff })
		}, 1, "P_Key differs"},
		{"reserved bit", "err_rkey/err_rkey.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.BTH.MigReq = true })
		}, 1, "reserved bits of the BTH differs"},
		{"MSN", "imm/imm.json", B, func(s *scenario) {
			alter(s, B, respondedBy(s, B, 2), func(p *wire.Packet) { p.AETH.MSN++ })
		}, 0, "MSN differs"},
		{"ACK PSN", "imm/imm.json", B, func(s *scenario) {
			alter(s, B, respondedBy(s, B, 6), func(p *wire.Packet) { p.BTH.PSN = p.BTH.PSN.Next() })
		}, 0, "PSN differs"},
		{"syndrome", "err_rkey/err_rkey.json", B, func(s *scenario) {
			alter(s, B, 2, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeNAKInvReq) })
		}, 2, "syndrome differs"},
		{"a NAK is missing", "err_rkey/err_rkey.json", B, func(s *scenario) { drop(s, B, 2) }, 0, "the capture does not have it"},
		{"a response too many", "err_rkey/err_rkey.json", B, func(s *scenario) {
			tr := &s.trace[B]
			tr.frames = append(tr.frames, tr.frames[1])
		}, 2, "the model sends no response here"},
		{"value of an atomic", "atomic/atomic.json", B, func(s *scenario) {
			alter(s, B, respondedBy(s, B, 3), func(p *wire.Packet) { p.AtomicAck++ })
		}, 0, "original value of the atomic differs"},
		{"READ payload", "read/read.json", B, func(s *scenario) {
			alter(s, B, respondedBy(s, B, 3), func(p *wire.Packet) { p.Payload[0] ^= 0x80 })
		}, 0, "payload differs at byte 0"},
		{"READ delivered wrong", "atomic/atomic.json", B, func(s *scenario) { command(s, "get64").val++ }, 0, "was read, and the model has"},
		{"status", "err_rkey/err_rkey.json", A, func(s *scenario) {
			command(s, "poll").wcs[0].status = abi.WCStatusRemOpErr
		}, 0, "status REM_OP_ERR, and the model has REM_ACCESS_ERR"},
		{"length of a completion", "imm/imm.json", B, func(s *scenario) { s.Log[10].wcs[0].length++ }, 0, "bytes, and the model has"},
		{"immediate of a completion", "imm/imm.json", B, func(s *scenario) { s.Log[10].wcs[0].imm++ }, 0, "immediate data 0x"},
		{"order of completions", "imm/imm.json", B, func(s *scenario) { s.Log[10].wcs[1].id++ }, 0, "completes out of order"},
		{"a completion too many", "err_rkey/err_rkey.json", A, func(s *scenario) {
			e := command(s, "poll")
			e.wcs = append(e.wcs, e.wcs[0])
		}, 0, "a completion (id 333, REM_ACCESS_ERR) that the model does not have"},
		{"state", "err_rkey/err_rkey.json", B, func(s *scenario) { s.Log[len(s.Log)-1].val = 3 }, 0, "state 3, and the model is in ERR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := loaded(t, c.file)
			if res, _ := play(s, c.side, nil); res.Finding != nil {
				t.Fatalf("a finding in the unchanged capture: %+v", res.Finding)
			}
			c.edit(s)
			res, _ := play(s, c.side, nil)
			f := res.Finding
			switch {
			case f == nil:
				t.Fatal("no finding")
			case c.frame != 0 && f.Frame != c.frame:
				t.Errorf("found at frame %d: %s", f.Frame, f.Reason)
			case !strings.Contains(f.Reason, c.want):
				t.Errorf("found: %s", f.Reason)
			}
		})
	}
}

// TestFreedoms makes differences that are none, and wants each counted by its name.
func TestFreedoms(t *testing.T) {
	for _, c := range []struct {
		name, file string
		side       Side
		edit       func(s *scenario)
		want       Freedom
	}{
		{"credits", "imm/imm.json", B, func(s *scenario) {
			alter(s, B, respondedBy(s, B, 2), func(p *wire.Packet) { p.AETH.Syndrome = 7 })
		}, Credits},
		{"an acknowledgement less", "imm/imm.json", B, func(s *scenario) { drop(s, B, respondedBy(s, B, 2)) }, AckCoalescing},
		{"acknowledge request", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 3, func(p *wire.Packet) { p.BTH.AckReq = true })
		}, AckRequest},
		{"polled less", "imm/imm.json", A, func(s *scenario) { s.Log[9].wcs = s.Log[9].wcs[:5] }, NotPolled},
		{"port", "imm/imm.json", A, func(s *scenario) {
			alter(s, A, 1, func(p *wire.Packet) { p.SrcPort++ })
		}, NetworkFields},
		{"a request twice", "err_rkey/err_rkey.json", A, func(s *scenario) {
			tr := &s.trace[A]
			tr.frames = append(tr.frames[:1:1], append([]frame{tr.frames[0]}, tr.frames[1:]...)...)
		}, RetransmitEarly},
		{"a request twice, later", "err_rkey/err_rkey.json", A, func(s *scenario) {
			tr := &s.trace[A]
			again := tr.frames[0]
			again.time += 2_000_000_000
			nak := tr.frames[1]
			nak.time += 2_000_000_001
			tr.frames = []frame{tr.frames[0], again, nak}
		}, RetransmitInstant},
		{"many retries", "err_rkey/err_rkey.json", A, func(s *scenario) {
			tr := &s.trace[A]
			first, nak := tr.frames[0], tr.frames[1]
			tr.frames = nil
			for range 10 {
				tr.frames = append(tr.frames, first)
				first.time += 2_000_000_000
			}
			nak.time = first.time
			tr.frames = append(tr.frames, nak)
		}, EndlessRetry},
		{"memory from before", "err_rkey/err_rkey.json", A, func(s *scenario) {}, MemoryBefore},
		{"length error", "err_length/err_length.json", B, func(s *scenario) {}, LengthError},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := loaded(t, c.file)
			before, _ := play(s, c.side, nil)
			c.edit(s)
			res, _ := play(s, c.side, nil)
			if res.Finding != nil {
				t.Fatalf("found: %+v", res.Finding)
			}
			if n := res.Freedoms[c.want]; n == 0 {
				t.Errorf("used: %v, before: %v", res.Freedoms, before.Freedoms)
			}
		})
	}
}

// respondedBy is the frame (from 1) of a side's n-th response.
func respondedBy(s *scenario, side Side, n int) int {
	for i := range s.trace[side].frames {
		p := &s.trace[side].frames[i].pkt
		if p.SrcIP == s.party(side).addr && p.BTH.Op.Info().Kind == abi.KindResponse {
			if n--; n == 0 {
				return i + 1
			}
		}
	}
	return 0
}
