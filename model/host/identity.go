package host

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// ErrIdentity is that a restored copy is not what was dumped (R12).
var ErrIdentity = errors.New("the copy is not the original")

// identical dumps a restored copy and compares it with its image. A copy is born with the next epoch (R5); in all else
// dump, restore, dump is the identity.
func identical(image []byte, c *driver.Context) error {
	first, err := driver.ParseImage(image)
	if err != nil {
		return err
	}
	second, err := c.Dump()
	if err != nil {
		return err
	}
	if len(first.QPs) != len(second.QPs) {
		return fmt.Errorf("%d queue pairs, want %d: %w", len(second.QPs), len(first.QPs), ErrIdentity)
	}
	for i := range second.QPs {
		x, y := &first.QPs[i].QPC, &second.QPs[i].QPC
		if x.State == abi.StateStopped {
			y.MigEpoch = y.MigEpoch.Add(-1)
		}
		xi, yi := x.Image(), y.Image()
		for _, d := range abi.DiffQPC(&xi, &yi) {
			return fmt.Errorf("QP %d: %s was %s, is %s: %w", x.QPN, d.Name, d.A, d.B, ErrIdentity)
		}
	}
	if !bytes.Equal(second.Marshal(), image) {
		return fmt.Errorf("the images differ outside of the queue pairs' contexts: %w", ErrIdentity)
	}
	return nil
}

// sameMemory compares the container's memory at both ends, which nothing writes to while it is stopped.
func (m *Migration) sameMemory() error {
	if m.from.Crashed() {
		return nil
	}
	a, b := make([]byte, driver.WindowAlign), make([]byte, driver.WindowAlign)
	for off := uint64(0); off < m.srcWin.Size; off += driver.WindowAlign {
		if err := m.from.RAM.Read(m.srcWin.Base+off, a); err != nil {
			return err
		}
		if err := m.to.RAM.Read(m.dstWin.Base+off, b); err != nil {
			return err
		}
		if !bytes.Equal(a, b) {
			return fmt.Errorf("memory at offset %#x: %w", off, ErrIdentity)
		}
	}
	return nil
}
