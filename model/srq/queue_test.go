package srq_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/srq"
)

// dumb is the obvious shared receive queue: a list of the slots to take, in their order.
type dumb struct {
	list  []uint16
	limit int
}

// low is the limit event, as IBTA 10.2.9.4 has it.
func (d *dumb) low() abi.Event {
	if len(d.list) >= d.limit {
		return abi.EventNone
	}
	d.limit = 0
	return abi.EventSRQLimitReached
}

func TestQueueAgainstList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := rapid.Uint8Range(0, 4).Draw(t, "log")
		start := rapid.Uint16().Draw(t, "start")
		var q srq.Queue
		if v := q.Post(start + 1); v != abi.VerdictIgnored {
			t.Fatalf("a queue that is not there takes a doorbell: %v", v)
		}
		if s := q.Create(abi.SRQC{Log: log, PI: start, CI: start}); s != abi.CmdStatusOK {
			t.Fatal(s)
		}
		d := dumb{}
		t.Repeat(map[string]func(*rapid.T){
			"post": func(t *rapid.T) {
				n := rapid.IntRange(-3, 1<<log+2).Draw(t, "n")
				want := abi.VerdictIgnored
				if n >= 0 && len(d.list)+n <= 1<<log {
					want = abi.VerdictOK
					for range n {
						d.list = append(d.list, uint16(len(d.list)))
					}
				}
				if v := q.Post(q.PI + uint16(n)); v != want {
					t.Fatalf("post of %d to %d of %d: %v, want %v", n, len(d.list), 1<<log, v, want)
				}
			},
			"take": func(t *rapid.T) {
				if len(d.list) == 0 {
					t.Skip("nothing is there")
				}
				d.list = d.list[1:]
				next := rapid.Uint16().Draw(t, "next")
				if e, want := q.Take(next), d.low(); e != want {
					t.Fatalf("%d are left, event %v, want %v", len(d.list), e, want)
				}
				if q.Head != next%(1<<log) {
					t.Fatalf("head %d after a link to %d", q.Head, next)
				}
			},
			"limit": func(t *rapid.T) {
				n := rapid.Uint16Range(0, 20).Draw(t, "limit")
				d.limit = int(n)
				if e, want := q.SetLimit(n), d.low(); e != want {
					t.Fatalf("limit %d with %d: event %v, want %v", n, len(d.list), e, want)
				}
			},
			"": func(t *rapid.T) {
				if int(q.Receives()) != len(d.list) || int(q.Limit) != d.limit {
					t.Fatalf("%d receives and limit %d, want %d and %d", q.Receives(), q.Limit, len(d.list), d.limit)
				}
			},
		})
	})
}

func TestCreateAndDestroy(t *testing.T) {
	var q srq.Queue
	for _, c := range []abi.SRQC{{Log: 2, PI: 5}, {Log: 2, Head: 4}, {Log: 0, PI: 1, CI: 3}} {
		if s := q.Create(c); s != abi.CmdStatusBadAttr || q.Used() {
			t.Errorf("%+v: %v", c, s)
		}
	}
	if s := q.Destroy(); s != abi.CmdStatusBadIndex {
		t.Errorf("destroy of nothing: %v", s)
	}
	restored := abi.SRQC{Log: 2, PI: 2, CI: 65534, Head: 3, Limit: 4}
	if s := q.Create(restored); s != abi.CmdStatusOK || q.SRQC != restored {
		t.Errorf("%v %+v", s, q.SRQC)
	}
	if s := q.Create(abi.SRQC{}); s != abi.CmdStatusExists {
		t.Errorf("created twice: %v", s)
	}
	if s := q.Destroy(); s != abi.CmdStatusOK || q.Used() {
		t.Errorf("destroy: %v", s)
	}
}
