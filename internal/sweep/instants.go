package sweep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
)

// Kinds of events of a NIC.
const (
	kindStep      = "step"      // a step of a queue pair, of the mailbox or of a doorbell, timers among them: a retire record
	kindOut       = "frame out" // the last byte of a frame leaves
	kindIn        = "frame in"  // a frame has arrived, and is not looked at yet
	kindDoorbell  = "doorbell"  // a program rang it, and the NIC has not taken it yet
	kindInterrupt = "interrupt" // the interrupt line goes up
)

// event is something that happened at a NIC.
type event struct {
	cycle uint64
	kind  string
	about string
}

// instant is a cycle at which one event or more are just over.
type instant struct {
	cycle uint64
	about string
	steps int // up to and with this cycle
}

// recorder takes note of the events of a NIC, if asked to, and of when its steps end. It is between the NIC and the fabric.
type recorder struct {
	nic.Device
	name   string
	on     bool
	events []event
	ends   []uint64 // cycles at which steps ended
}

func (r *recorder) note(cycle uint64, kind, format string, args ...any) {
	if r.on {
		r.events = append(r.events, event{cycle, kind, r.name + ": " + fmt.Sprintf(format, args...)})
	}
}

// Deliver implements nic.Device.
func (r *recorder) Deliver(cycle uint64, frame []byte) {
	r.note(cycle+1, kindIn, "a frame of %d bytes comes", len(frame))
	r.Device.Deliver(cycle, frame)
}

// WriteReg implements nic.Device.
func (r *recorder) WriteReg(addr, v uint32) error {
	r.note(r.Device.Now(), kindDoorbell, "register %#x is written", addr)
	return r.Device.WriteReg(addr, v)
}

// observer is what a recorder hears of its NIC.
type observer struct{ *recorder }

// Retire implements nic.Observer.
func (o observer) Retire(cycle uint64, rec *abi.Retire) {
	o.ends = append(o.ends, cycle)
	o.note(cycle, kindStep, "%v of slot %d, %v", rec.Cause, rec.Slot, rec.Verdict)
}

// Transmit implements nic.Observer.
func (o observer) Transmit(cycle uint64, frame []byte) {
	o.note(cycle, kindOut, "a frame of %d bytes goes", len(frame))
}

// IRQ implements nic.Observer.
func (o observer) IRQ(cycle uint64, level bool) {
	if level {
		o.note(cycle, kindInterrupt, "interrupt")
	}
}

// DMARead implements nic.Observer. DMA is part of a step.
func (o observer) DMARead(uint64, uint64, []byte) {}

// DMAWrite implements nic.Observer.
func (o observer) DMAWrite(uint64, uint64, []byte) {}

// instants are those of some NICs up to a cycle, and how many events of each kind there were. What a NIC has begun by then
// and ends later does not count: another one has not come as far.
func instants(rs []*recorder, until uint64) (all []instant, kinds map[string]int) {
	kinds = map[string]int{}
	var events []event
	for _, r := range rs {
		events = append(events, r.events...)
	}
	events = slices.DeleteFunc(events, func(e event) bool { return e.cycle > until })
	slices.SortStableFunc(events, func(a, b event) int {
		switch {
		case a.cycle < b.cycle:
			return -1
		case a.cycle > b.cycle:
			return 1
		}
		return 0
	})
	steps := 0
	for i := 0; i < len(events); {
		at := events[i].cycle
		var about []string
		for ; i < len(events) && events[i].cycle == at; i++ {
			kinds[events[i].kind]++
			about = append(about, events[i].about)
			if events[i].kind == kindStep {
				steps++
			}
		}
		all = append(all, instant{at, strings.Join(about, "; "), steps})
	}
	return all, kinds
}
