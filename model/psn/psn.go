// Package psn has the wrap-around numbers of the protocol as types: 24-bit packet sequence numbers (IBTA 9.7.2) and
// 16-bit migration epochs (protocol.md section 1). They are compared as serial numbers (RFC 1982): b is after a when
// it lies in the half of the number space ahead of a. Raw integers are never compared.
package psn

import "fmt"

// Mask has the bits of a PSN.
const Mask = 1<<24 - 1

// PSN is a packet sequence number, 0..2^24-1.
type PSN uint32

// New returns the PSN with the low 24 bits of v.
func New(v uint32) PSN { return PSN(v & Mask) }

// Add returns the PSN n packets after p; n may be negative.
func (p PSN) Add(n int32) PSN { return New(uint32(p) + uint32(n)) }

// Next returns p + 1.
func (p PSN) Next() PSN { return p.Add(1) }

// Prev returns p - 1.
func (p PSN) Prev() PSN { return p.Add(-1) }

// Diff returns the signed distance p - q, in -2^23..2^23-1: how far p is after q. The two PSNs that are half the
// space apart are each before the other, as IBTA's duplicate region has it.
func (p PSN) Diff(q PSN) int32 {
	// The shift brings bit 23 to the sign.
	return int32(uint32(p-q)<<8) >> 8
}

// Distance returns how far q is ahead of p, in 0..2^24-1.
func (p PSN) Distance(q PSN) uint32 { return uint32(q-p) & Mask }

// Less reports whether p is before q.
func (p PSN) Less(q PSN) bool { return p.Diff(q) < 0 }

// LessEq reports whether p is q or before it.
func (p PSN) LessEq(q PSN) bool { return p.Diff(q) <= 0 }

// InWindow reports whether p lies in the half-open window [lo, hi), going up from lo. A window with lo == hi is empty;
// windows may be of any length.
func (p PSN) InWindow(lo, hi PSN) bool { return uint32(p-lo)&Mask < uint32(hi-lo)&Mask }

// String returns six hexadecimal digits, as "0x00fffe".
func (p PSN) String() string { return fmt.Sprintf("0x%06x", uint32(p)) }

// Epoch counts how often an endpoint was activated, modulo 2^16.
type Epoch uint16

// Add returns the epoch n activations after e; n may be negative.
func (e Epoch) Add(n int16) Epoch { return e + Epoch(n) }

// Diff returns the signed distance e - f, in -2^15..2^15-1.
func (e Epoch) Diff(f Epoch) int16 { return int16(e - f) }

// Less reports whether e is older than f: f is 1..2^15-1 ahead. Epochs that are exactly 2^15 apart are neither older
// nor newer than each other.
func (e Epoch) Less(f Epoch) bool { return f.Diff(e) > 0 }

// InWindow reports whether e lies in the half-open window [lo, hi), going up from lo; empty when lo == hi.
func (e Epoch) InWindow(lo, hi Epoch) bool { return e-lo < hi-lo }

// String returns the number in decimal.
func (e Epoch) String() string { return fmt.Sprintf("%d", uint16(e)) }
