package abi

import (
	"bytes"
	"encoding/hex"
	"fmt"
)

// String returns the bank's name in the specification.
func (b Bank) String() string {
	if int(b) < len(namesBank) {
		return namesBank[b]
	}
	return unknownCode("Bank", uint8(b))
}

// QPCField describes a field of the queue pair context for code that walks all of them: diffs, tables, fuzzers.
type QPCField struct {
	Name string
	// At is the byte offset in the image, Bits the width from bit 0 of that byte.
	At, Bits int
	Bank     Bank
	// Attr is the attribute bit of MODIFY_QP that writes the field, 0 when none does.
	Attr uint32
	// Enum names the enum of the field's codes; empty when it has none.
	Enum  string
	names []codeName
}

// Bytes returns the bytes of the field in an image.
func (f *QPCField) Bytes(image *[QPCSize]byte) []byte { return image[f.At : f.At+(f.Bits+7)/8] }

// Uint returns the value of a field of at most 64 bits in an image; it panics for the wider ones, which have Bytes.
func (f *QPCField) Uint(image *[QPCSize]byte) uint64 { return f.value(f.Bytes(image)) }

func (f *QPCField) value(bytes []byte) uint64 {
	if f.Bits > 64 {
		panic("BUG: Uint of the wide field " + f.Name)
	}
	var v uint64
	for i, b := range bytes {
		v |= uint64(b) << (8 * i)
	}
	return v & (1<<f.Bits - 1)
}

// Text returns the value of the field for people: names of codes and flags, addresses and keys in hexadecimal bytes,
// other numbers in decimal up to 16 bits and in hexadecimal beyond.
func (f *QPCField) Text(image *[QPCSize]byte) string { return f.text(f.Bytes(image)) }

func (f *QPCField) text(bytes []byte) string {
	if f.Bits > 64 {
		return hex.EncodeToString(bytes)
	}
	v := f.value(bytes)
	switch {
	case f.Enum == "Access":
		return Access(v).String()
	case f.names != nil:
		for _, c := range f.names {
			if uint64(c.code) == v {
				return c.name
			}
		}
		return unknownCode(f.Enum, uint8(v))
	case f.Bits <= 16:
		return fmt.Sprintf("%d", v)
	default:
		return fmt.Sprintf("0x%0*x", (f.Bits+3)/4, v)
	}
}

// FieldDiff is a field in which two contexts differ.
type FieldDiff struct {
	Name string
	A, B string
}

// DiffQPC returns the fields in which the images of two contexts differ, in order.
func DiffQPC(a, b *[QPCSize]byte) []FieldDiff { return diff(QPCFields, a[:], b[:]) }

// DiffQPCFull is DiffQPC of images with the extended banks.
func DiffQPCFull(a, b *[QPCFullSize]byte) []FieldDiff {
	return append(diff(QPCFields, a[:], b[:]), diff(QPCExtended, a[:], b[:])...)
}

func diff(fields []QPCField, a, b []byte) []FieldDiff {
	var out []FieldDiff
	for i := range fields {
		f := &fields[i]
		x, y := a[f.At:f.At+(f.Bits+7)/8], b[f.At:f.At+(f.Bits+7)/8]
		if !bytes.Equal(x, y) {
			out = append(out, FieldDiff{f.Name, f.text(x), f.text(y)})
		}
	}
	return out
}
