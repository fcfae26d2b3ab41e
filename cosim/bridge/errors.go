package bridge

import (
	"fmt"
	"strings"
)

// Class tells faults of the bridge apart. None of them is a verdict on the device: a device that hangs or asserts says so
// with an observation, which is deterministic; these are faults of processes, sockets and builds.
type Class uint8

// The classes.
const (
	PeerDead    Class = iota + 1 // the connection ended: process exited, was killed, or closed
	Protocol                     // the peer sent what the protocol does not allow
	Timeout                      // the peer neither answered nor read for the configured time
	Revision                     // the peer was built from another revision of the spec
	Version                      // the peer speaks another major version of the protocol
	BadAddress                   // the address cannot be listened on
	SpawnFailed                  // the simulator could not be started, or did not connect
	Closed                       // the connection was closed on this side
)

// String returns a short lower-case name.
func (c Class) String() string {
	names := [...]string{"unknown fault", "peer dead", "protocol error", "timeout", "spec revision mismatch", "protocol version mismatch",
		"cannot listen", "cannot start", "closed"}
	if int(c) < len(names) {
		return names[c]
	}
	return names[0]
}

// Error is a fault of the bridge. Its text is deterministic: no process number, pointer or measured time is in it.
type Error struct {
	Class    Class
	Frame    uint32 // number of the frame being read, or to be read next
	Item     int    // index of the item in the frame; -1 when no item is concerned
	Offset   int    // byte in the frame, header included, for class Protocol
	Detail   string // what happened
	InFlight string // oldest stimulus without an answer; empty when there was none
	Stderr   string // last of what the simulator wrote to standard error
	Err      error  // cause, may be nil
}

// Error puts everything on one line, and the simulator's own words after it.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "bridge: %v: ", e.Class)
	switch e.Class {
	case Protocol:
		fmt.Fprintf(&b, "frame %d", e.Frame)
		if e.Item >= 0 {
			fmt.Fprintf(&b, ", item %d", e.Item)
		}
		fmt.Fprintf(&b, ", byte %d: ", e.Offset)
	case PeerDead, Timeout:
		fmt.Fprintf(&b, "waiting for frame %d: ", e.Frame)
	}
	b.WriteString(e.Detail)
	if e.InFlight != "" {
		fmt.Fprintf(&b, "; in flight: %s", e.InFlight)
	}
	if e.Stderr != "" {
		b.WriteString("\nthe simulator said:\n  ")
		b.WriteString(strings.ReplaceAll(strings.TrimRight(e.Stderr, "\n"), "\n", "\n  "))
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
