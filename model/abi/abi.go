// Package abi is what the specification says, as Go: codes, images, registers, tables. The *_gen.go files are
// generated from spec/ by godwit spec gen; the files beside them are the few lines that need no data.
//
// Images are little-endian. Marshal, Decode and Unmarshal of an image do not allocate (Unmarshal does for its error).
package abi

import (
	"fmt"
	"strings"
)

// ImageError says why bytes are not an image of a layout.
type ImageError struct {
	// Layout is the layout's name in the specification.
	Layout string
	// Field is the field at fault; empty for a wrong length and for reserved bits.
	Field string
	// At is the byte offset of the fault.
	At int
	// Reason says what is wrong.
	Reason string
}

// Error returns "qpc.state: code 12 is not a State".
func (e *ImageError) Error() string {
	if e.Field == "" {
		return e.Layout + ": " + e.Reason
	}
	return e.Layout + "." + e.Field + ": " + e.Reason
}

func lengthReason(got, want int) string { return fmt.Sprintf("image has %d bytes, want %d", got, want) }

func reservedReason(at int, bits byte) string {
	return fmt.Sprintf("reserved bits 0x%02x of byte 0x%02x are set", bits, at)
}

func codeReason(enum string, code uint8) string {
	return fmt.Sprintf("code %d is not a %s", code, enum)
}

// codeName is one value of an enum.
type codeName struct {
	code uint8
	name string
}

func codeOf(table []codeName, name string) (uint8, bool) {
	for _, c := range table {
		if c.name == name {
			return c.code, true
		}
	}
	return 0, false
}

func unknownCode(enum string, code uint8) string { return fmt.Sprintf("%s(%d)", enum, code) }

func flagString(table []codeName, v uint8) string {
	if v == 0 {
		return "0"
	}
	var parts []string
	for _, c := range table {
		if v&c.code != 0 {
			parts = append(parts, c.name)
			v &^= c.code
		}
	}
	if v != 0 {
		parts = append(parts, fmt.Sprintf("0x%02x", v))
	}
	return strings.Join(parts, "|")
}

// StepTiming is the cost of a step in cycles: Base, and Payload more if it moves payload. Its DMA, and what it sends, come
// on top.
type StepTiming struct{ Base, Payload uint32 }

// Timing returns the cost of a step with this cause; zero for causes the specification gives none.
func (c Cause) Timing() StepTiming { return stepTiming[c] }

// beat is the width of the port and of the DMA in bytes.
const beat = 16

// Beats is the number of beats that many bytes are.
func Beats(bytes int) uint64 { return (uint64(bytes) + beat - 1) / beat }

// OfQueue tells whether the slot of a record with this cause is the number of a completion or shared receive queue.
func (c Cause) OfQueue() bool { return c == CauseDBCQCI || c == CauseDBCQArm || c == CauseDBSRQ }

// Counter returns the index of the counter of this verdict; false for verdicts that have none.
func (v Verdict) Counter() (int, bool) {
	n := verdictCounters[v]
	return int(n) - 1, n != 0
}
