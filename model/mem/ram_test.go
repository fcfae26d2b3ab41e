package mem_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/godwit-rdma/godwit/model/mem"
)

func TestRAM(t *testing.T) {
	m := mem.NewRAM(3*mem.PageSize + 10)
	var mirrored []uint64
	m.SetMirror(func(addr uint64, p []byte) { mirrored = append(mirrored, addr, uint64(len(p))) })
	if err := m.Write(mem.PageSize-1, []byte{1, 2}); err != nil {
		t.Fatal(err)
	}
	m.DMAWrite(3*mem.PageSize+8, []byte{3, 4, 5}) // the last byte is lost
	var got [2]byte
	m.DMARead(mem.PageSize-1, got[:])
	if got != [2]byte{1, 2} {
		t.Fatalf("read %v", got)
	}
	tail := []byte{9, 9, 9}
	m.DMARead(3*mem.PageSize+8, tail)
	if !bytes.Equal(tail, []byte{3, 4, 0}) {
		t.Fatalf("read %v at the end of memory", tail)
	}
	m.DMARead(^uint64(0), tail)
	m.DMAWrite(^uint64(0)-1, tail)
	if !bytes.Equal(tail, []byte{0, 0, 0}) || m.Faults() != 4 {
		t.Fatalf("read %v outside, %d faults", tail, m.Faults())
	}
	if want := []uint64{mem.PageSize - 1, 2}; !slices.Equal(mirrored, want) {
		t.Fatalf("mirrored %v, want %v: the CPU's writes and no others", mirrored, want)
	}
	if got, want := m.TakeDirty(nil), []uint64{0, 1, 3}; !slices.Equal(got, want) {
		t.Fatalf("dirty %v, want %v", got, want)
	}
	if got := m.TakeDirty(nil); len(got) != 0 {
		t.Fatalf("dirty %v after it was taken", got)
	}
	for _, at := range []uint64{m.Size() - 1, m.Size() + 1, ^uint64(0)} {
		var e *mem.RangeError
		if err := m.Write(at, []byte{1, 2}); !errors.As(err, &e) || e.Addr != at {
			t.Errorf("write at %#x: %v", at, err)
		}
		if err := m.Read(at, got[:]); !errors.As(err, &e) || e.Len != 2 {
			t.Errorf("read at %#x: %v", at, err)
		}
	}
	if len(m.TakeDirty(nil)) != 0 || len(mirrored) != 2 {
		t.Fatal("a refused write had an effect")
	}
}
