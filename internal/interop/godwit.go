package interop

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// ours is the end on a golden NIC. It goes wherever its container goes.
type ours struct {
	*live.Endpoint
	inbox
}

func (o *ours) name() string { return "godwit" }

func (o *ours) address() live.Address { return o.Address() }

func (o *ours) send(_ context.Context, rs ...request) error {
	wrs := make([]driver.SendWR, len(rs))
	for i, r := range rs {
		w := driver.SendWR{
			WRID: r.id, Opcode: r.op, Flags: abi.WRFlagSignaled, SGE: o.SGE(r.off, r.n), RemoteVA: r.va, RKey: r.key,
			Imm: r.imm, InvKey: r.inv, Compare: r.compare, Swap: r.swap,
		}
		if r.op == abi.WROpcodeFetchAdd {
			w.Swap = r.add
		}
		if r.quiet {
			w.Flags = 0
		}
		if r.lkey != 0 {
			w.SGE.LKey = r.lkey
		}
		wrs[i] = w
	}
	return o.PostSend(wrs...)
}

func (o *ours) recv(_ context.Context, id, off uint64, n uint32) error {
	return o.PostRecv(driver.RecvWR{WRID: id, SGE: o.SGE(off, n)})
}

func (o *ours) poll(ctx context.Context, n int, limit time.Duration) ([]completion, error) {
	short, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	wcs, err := o.Poll(short, n)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = nil
	}
	out := make([]completion, len(wcs))
	for i, w := range wcs {
		recv := w.Opcode >= abi.WCOpcodeRecv
		out[i] = completion{w.WRID, w.Status, recv, w.ByteLen, w.Flags, w.Imm}
	}
	return out, err
}

func (o *ours) fill(_ context.Context, off, n uint64, seed uint32) error {
	b := make([]byte, n)
	for i := range b {
		b[i] = pattern(seed, uint64(i))
	}
	return o.Write(off, b)
}

func (o *ours) check(_ context.Context, off, n uint64, seed uint32) (int64, error) {
	b := make([]byte, n)
	if err := o.Read(off, b); err != nil {
		return 0, err
	}
	for i := range b {
		if b[i] != pattern(seed, uint64(i)) {
			return int64(i), nil
		}
	}
	return -1, nil
}

func (o *ours) word(_ context.Context, off uint64) (uint64, error) {
	var b [8]byte
	err := o.Read(off, b[:])
	return binary.LittleEndian.Uint64(b[:]), err
}

func (o *ours) setWord(_ context.Context, off, v uint64) error {
	return o.Write(off, binary.LittleEndian.AppendUint64(nil, v))
}

// awaitByte waits until the partner has counted a byte up to v, or a little beyond.
func (o *ours) awaitByte(ctx context.Context, off uint64, v byte) error {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return o.Container().Wait(short, func(x *driver.Context) (bool, error) {
		var b [1]byte
		err := x.Read(o.VA()+off, b[:])
		return int8(b[0]-v) >= 0, err
	})
}

func (o *ours) broken(context.Context) (bool, error) {
	q, err := o.Query()
	return q.State == abi.StateErr, err
}

func (o *ours) region(_ context.Context, n uint64, access abi.Access) (va uint64, key uint32, err error) {
	err = o.Container().Do(func(ctx *driver.Context) error {
		// The endpoint's protection domain is the only one of its container.
		pds := ctx.Partition().PD
		for i := range pds.Count {
			pd := ctx.PD(uint16(pds.Base + i))
			if pd == nil {
				continue
			}
			if va, err = ctx.Alloc(n); err != nil {
				return err
			}
			mr, err := pd.RegMR(va, n, access)
			if err == nil {
				key = mr.RKey()
			}
			return err
		}
		return fmt.Errorf("QP %d has no protection domain: %w", o.QPN(), driver.ErrDestroyed)
	})
	return va, key, err
}

func (o *ours) close(context.Context) error { return o.Container().Close() }
