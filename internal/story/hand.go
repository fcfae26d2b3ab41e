package story

import (
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"

	"github.com/godwit-rdma/godwit/internal/op"
)

// byHand is a NIC that can be led by hand: the golden one.
type byHand interface {
	TakeInHand()
	LetGo()
	Let(kind abi.Cause, qpn uint32) bool
}

func takeInHand(name string, dev nic.Device) error {
	d, ok := dev.(byHand)
	if !ok {
		return fmt.Errorf("nic %s: it cannot be led by hand", name)
	}
	d.TakeInHand()
	return nil
}

// takeOver leads network and NICs by hand.
func (w *world) takeOver() error {
	w.manual = true
	w.net.AddRule(fabric.Rule{
		Times: -1, Do: fabric.Hold,
		Match: func(x *fabric.Flight) bool {
			return w.manual && !w.isCrashed(x.From) && !w.isCrashed(x.To)
		},
	})
	for _, h := range w.hosts {
		if err := takeInHand(h.name, h.bare); err != nil {
			return err
		}
	}
	return nil
}

// letGo ends that: what is held arrives.
func (w *world) letGo(o *op.Op) error {
	if !w.manual {
		return o.Errorf(w.file, "auto: nothing is led by hand")
	}
	w.manual = false
	for len(w.net.Held()) != 0 {
		w.end(0, false)
	}
	for _, h := range w.hosts {
		h.bare.(byHand).LetGo() // takeOver saw to it that it can
	}
	return nil
}

// end lets a frame that is held arrive, or loses it. Nothing arrives at a host that is gone.
func (w *world) end(i int, lose bool) {
	if lose || w.isCrashed(w.net.Held()[i].To) {
		w.net.Discard(i)
	} else {
		w.net.Release(i)
	}
}

func (w *world) isCrashed(p *fabric.Port) bool {
	for _, h := range w.hosts {
		if h.port == p {
			return h.crashed
		}
	}
	return false
}

// held does what an operation says to a frame that is held.
func (w *world) held(o *op.Op) error {
	from, to, left := w.host(o.From), w.host(o.To), o.Frames.Nth
	for i, x := range w.net.Held() {
		var p wire.Packet
		if x.From != from.port || x.To != to.port || wire.Parse(x.Frame, &p) != nil || !chosen(&o.Frames, &p) {
			continue
		}
		if left--; left != 0 {
			continue
		}
		if o.Verb == op.Repeat {
			w.net.Repeat(i)
		} else {
			w.end(i, o.Verb == op.Lose)
		}
		return nil
	}
	return w.missing(o, "no such packet is held")
}

// missing is what an operation comes to whose packet, request or timer is not there: a mistake, but for a story that
// runs in another dialect than the one it was written for.
func (w *world) missing(o *op.Op, why string) error {
	if !w.plan.foreign {
		return o.Errorf(w.file, "%s: %s", o.Verb, why)
	}
	if w.trace.on {
		w.trace.put(w.now, "("+why+" in this dialect)")
	}
	return nil
}

// causes are what a NIC that is led by hand can be told; looked up only.
var causes = map[op.Verb]abi.Cause{op.Send: abi.CauseSend, op.Respond: abi.CauseRespond, op.Expire: abi.CauseTimer}

// let has a queue pair do what it is ready for.
func (w *world) let(o *op.Op, in *instance, e *end) error {
	if !w.manual {
		return o.Errorf(w.file, "%s: nothing is led by hand", o.Verb)
	}
	if o.Verb == op.Expire && w.plan.foreign {
		if err := w.catchUp(); err != nil {
			return err
		}
	}
	if !in.host.bare.(byHand).Let(causes[o.Verb], e.qpn) {
		return w.missing(o, fmt.Sprintf("QP %d at %s is not ready for that", o.Number, o.At))
	}
	return nil
}

// catchUp lets arrive, and lets be answered, what the rest of the story does not speak of. In another dialect than its
// own there may be answers that it does not know, and a timer that runs out before they come would be no part of it.
func (w *world) catchUp() error {
	const most = 64 // answers may draw answers
	for range most {
		unknown := -1
		for i, x := range w.net.Held() {
			var p wire.Packet
			if wire.Parse(x.Frame, &p) == nil && !w.spokenOf(x, &p) {
				unknown = i
				break
			}
		}
		switch {
		case unknown >= 0:
			w.end(unknown, false)
		case !w.answer():
			return nil
		}
		if err := w.calm(); err != nil {
			return err
		}
	}
	return nil
}

// answer lets a NIC send a response that the rest of the story does not speak of, if one has any to send.
func (w *world) answer() bool {
	for _, h := range w.hosts {
		spoken := slices.ContainsFunc(w.rest, func(o op.Op) bool { return o.Verb == op.Respond && o.At == h.name })
		for _, in := range h.copies {
			for _, e := range in.box.ends {
				if !spoken && h.bare.(byHand).Let(abi.CauseRespond, e.qpn) {
					return true
				}
			}
		}
	}
	return false
}

// spokenOf tells whether an operation to come may be about a packet that is held.
func (w *world) spokenOf(x fabric.Flight, p *wire.Packet) bool {
	for i := range w.rest {
		o := &w.rest[i]
		switch o.Verb {
		case op.Deliver, op.Repeat, op.Lose:
			if o.From == x.From.Name && o.To == x.To.Name && chosen(&o.Frames, p) {
				return true
			}
		}
	}
	return false
}

// calm lets pass what follows from one operation by hand: a packet arrives, is executed, completes work, is answered.
func (w *world) calm() error { return w.pass(8 * w.net.Window()) }
