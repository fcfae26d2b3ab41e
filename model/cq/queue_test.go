package cq_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/cq"
)

// TestQueue compares the queue with the obvious one: a list of completions that are not consumed yet.
func TestQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var q cq.Queue
		base := uint64(0x1000)
		start := rapid.SampledFrom([]uint32{0, 1<<32 - 3}).Draw(t, "start")
		log := rapid.Uint8Range(0, 3).Draw(t, "log")
		if s := q.Create(abi.CQC{Base: 0x1000, Log: log, PI: start, CI: start, SolicitedPI: start}); s != abi.CmdStatusOK {
			t.Fatal(s)
		}
		var waiting []uint32                   // sequence numbers
		seq, armed, overrun := start, 0, false // armed: 1 for any, 2 for a solicited one
		var asked []bool                       // of those waiting: solicited
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				e := abi.CQE{QPN: 5}
				solicited := rapid.Bool().Draw(t, "solicited")
				addr, write, event := q.Push(&e, solicited)
				want, wantEvent := true, abi.EventNone
				switch {
				case overrun:
					want = false
				case len(waiting) == 1<<log:
					want, overrun, wantEvent = false, true, abi.EventCQErr
				case armed == 1, armed == 2 && solicited:
					armed, wantEvent = 0, abi.EventCQCompletion
				}
				if write != want || event != wantEvent {
					t.Fatalf("push: %v %v, want %v %v", write, event, want, wantEvent)
				}
				if write {
					if at := base + uint64(seq%(1<<log))*abi.CQESize; addr != at || e.Seq != seq+1 {
						t.Fatalf("push at %#x seq %d, want %#x seq %d", addr, e.Seq, at, seq+1)
					}
					seq++
					waiting, asked = append(waiting, seq), append(asked, solicited)
				}
			},
			"consume": func(t *rapid.T) {
				n := rapid.IntRange(0, 10).Draw(t, "n")
				want := abi.VerdictIgnored
				if n <= len(waiting) {
					want, waiting, asked = abi.VerdictOK, waiting[n:], asked[n:]
				}
				if v := q.Consume(q.CI + uint32(n)); v != want {
					t.Fatalf("consume %d: %v, want %v", n, v, want)
				}
			},
			"resize": func(t *rapid.T) {
				to := rapid.Uint8Range(0, 4).Draw(t, "to")
				want := abi.CmdStatusOK
				switch {
				case overrun:
					want = abi.CmdStatusBadState
				case len(waiting) > 1<<to:
					want = abi.CmdStatusBadAttr
				default:
					base, log = base+0x1000, to
				}
				if status := q.Resize(base, to); status != want {
					t.Fatalf("resize to %d: %v, want %v", to, status, want)
				}
			},
			"arm": func(t *rapid.T) {
				solicited := rapid.Bool().Draw(t, "solicited")
				v, event := q.Arm(solicited)
				want := abi.EventNone
				switch {
				case !solicited && len(waiting) != 0, solicited && slices.Contains(asked, true):
					want, armed = abi.EventCQCompletion, 0
				case !solicited:
					armed = 1
				case armed == 0:
					armed = 2
				}
				if v != abi.VerdictOK || event != want {
					t.Fatalf("arm: %v %v, want %v", v, event, want)
				}
			},
			"": func(t *rapid.T) {
				if q.PI-q.CI != uint32(len(waiting)) || q.Armed != (armed == 1) || q.Solicited != (armed == 2) || q.Overrun != overrun {
					t.Fatalf("%+v, waiting %d armed %d overrun %v", q.CQC, len(waiting), armed, overrun)
				}
			},
		})
	})
}

func TestNotCreated(t *testing.T) {
	var q cq.Queue
	e := abi.CQE{}
	if _, write, event := q.Push(&e, true); write || event != abi.EventNone {
		t.Error("a completion was taken")
	}
	if v := q.Consume(0); v != abi.VerdictIgnored {
		t.Error(v)
	}
	if v, _ := q.Arm(false); v != abi.VerdictIgnored {
		t.Error(v)
	}
	if s := q.Destroy(); s != abi.CmdStatusBadIndex {
		t.Error(s)
	}
	if s := q.Resize(0, 1); s != abi.CmdStatusBadIndex {
		t.Error(s)
	}
	q.Create(abi.CQC{})
	if s := q.Create(abi.CQC{}); s != abi.CmdStatusExists {
		t.Error(s)
	}
}
