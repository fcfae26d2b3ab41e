package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// What differs between queue pairs of types RC, UC and UD is here; the attributes of their transitions are a table
// (abi.RequiredAttrs).

// supports is the error of making a queue pair of a type that the device does not have.
func (d *Device) supports(t abi.QPType) error {
	need := map[abi.QPType]abi.Feature{abi.QPTypeRC: 0, abi.QPTypeUC: abi.FeatureUC, abi.QPTypeUD: abi.FeatureUD} // looked up only
	f, known := need[t]
	switch {
	case !known:
		return fmt.Errorf("type %v: %w", t, ErrInval)
	case !d.has(f):
		return fmt.Errorf("type %v: the device has none: %w", t, ErrNotSupported)
	}
	return nil
}

// fitsType checks that a queue pair's type has the operation of a work request, and that a datagram says where it goes.
// IBTA 10.8.3.1, table 38.
func (q *QP) fitsType(w *SendWR) error {
	ok := q.typ == abi.QPTypeRC
	switch w.Opcode {
	case abi.WROpcodeSend, abi.WROpcodeSendImm:
		ok = true
	case abi.WROpcodeRDMAWrite, abi.WROpcodeRDMAWriteImm:
		ok = q.typ != abi.QPTypeUD
	}
	switch {
	case !ok:
		return fmt.Errorf("%v on a queue pair of type %v: %w", w.Opcode, q.typ, ErrInval)
	case (w.AH != nil) != (q.typ == abi.QPTypeUD):
		return fmt.Errorf("address handle on a queue pair of type %v: %w", q.typ, ErrInval)
	case w.AH == nil:
		return nil
	case w.AH.gone:
		return fmt.Errorf("AH %d: %w", w.AH.num, ErrDestroyed)
	case w.AH.pd != q.pd:
		return fmt.Errorf("AH %d of another protection domain: %w", w.AH.num, ErrInval)
	case w.RemoteQPN >= 1<<24:
		return fmt.Errorf("QPN %#x: %w", w.RemoteQPN, ErrInval)
	}
	return nil
}

// addressed puts the destination of a datagram into its element.
func (w *SendWR) addressed(x *abi.WQE) {
	if w.AH == nil {
		return
	}
	a := &w.AH.attr
	x.SetDatagram(&abi.Datagram{QKey: w.RemoteQKey, QPN: w.RemoteQPN, IP: a.DestIP, TClass: a.TClass, HopLimit: a.HopLimit})
}

// sendFailed takes note of what a failed send means to a queue pair without acknowledgements: it is in SQE. No event says
// so. IBTA 10.3.1.6.
func (q *QP) sendFailed() {
	if q.typ != abi.QPTypeRC && q.state == abi.StateRTS {
		q.state = abi.StateSQE
	}
}
