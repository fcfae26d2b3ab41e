package lockstep

import (
	"fmt"
	"strings"
)

// Kind is the class of a divergence. It carries no values, so that failures of one cause are told by it.
type Kind string

// Kinds of divergence.
const (
	KindVerdict  Kind = "verdict"   // another outcome of the step
	KindContext  Kind = "context"   // another context after the step
	KindRecord   Kind = "record"    // another field of the retire record
	KindFrame    Kind = "frame"     // a frame with other bytes
	KindExtra    Kind = "extra"     // a frame or DMA access that the step does not have
	KindMissing  Kind = "missing"   // a frame or DMA access that the step has
	KindDMARead  Kind = "dma-read"  // a read of another place
	KindDMAWrite Kind = "dma-write" // a write of other bytes, or to another place
	KindRegister Kind = "register"  // a register with another value or answer
	KindOrder    Kind = "order"     // a host cause out of its order, or a cause from nowhere
	KindTimer    Kind = "timer"     // a timer that ran out too early or much too late
	KindHang     Kind = "hang"      // nothing retires, though something is to be done
	KindDevice   Kind = "device"    // the device itself gave up: assertion or fault
)

// Diff is one thing that differs.
type Diff struct {
	Field    string `json:"field"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
}

// Divergence is the first step at which a device left the golden model.
type Divergence struct {
	Kind  Kind   `json:"kind"`
	Step  uint32 `json:"step"`  // retire sequence number of the step
	Cycle uint64 `json:"cycle"` // when the device retired it
	Cause string `json:"cause"` // the step in one line
	Diffs []Diff `json:"diffs"`
	// Packet is the frame concerned, annotated; empty when there is none.
	Packet string `json:"packet,omitempty"`
	// History is the records before it, oldest first.
	History []string `json:"history"`
}

// Signature names the class of the failure without any value: kind, cause and the fields that differ.
func (d *Divergence) Signature() string {
	cause, _, _ := strings.Cut(d.Cause, " ")
	s := string(d.Kind) + " " + cause
	for _, x := range d.Diffs {
		s += " " + x.Field
	}
	return s
}

// Error tells the divergence in full.
func (d *Divergence) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "step %d (cycle %d), %s: %s differs", d.Step, d.Cycle, d.Cause, d.Kind)
	for _, x := range d.Diffs {
		fmt.Fprintf(&b, "\n  %-16s expected %s, got %s", x.Field, x.Expected, x.Got)
	}
	if len(d.History) > 0 {
		b.WriteString("\nbefore it:")
		for _, h := range d.History {
			b.WriteString("\n  " + h)
		}
	}
	if d.Packet != "" {
		b.WriteString("\n" + d.Packet)
	}
	return b.String()
}
