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
	// to is where datagrams go; nil for connections.
	to *datagrams
}

// datagrams are an address handle, by its number, a queue pair and a Q_Key.
type datagrams struct {
	ah, qpn, qkey uint32
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
	if o.to == nil {
		return o.PostSend(wrs...)
	}
	return o.Container().Do(func(ctx *driver.Context) error {
		for i := range wrs {
			wrs[i].AH, wrs[i].RemoteQPN, wrs[i].RemoteQKey = ctx.AH(o.to.ah), o.to.qpn, o.to.qkey
		}
		_, err := ctx.QP(o.QPN()).PostSend(wrs...)
		return err
	})
}

// datagramsTo makes the address handle that sends use from now on.
func (o *ours) datagramsTo(peer live.Address, qkey uint32) error {
	return o.Container().Do(func(ctx *driver.Context) error {
		pd, err := onlyPD(ctx)
		if err != nil {
			return err
		}
		ah, err := pd.CreateAH(driver.AHAttr{DestIP: peer.IP.As16()})
		if err == nil {
			o.to = &datagrams{ah.Number(), peer.QPN, qkey}
		}
		return err
	})
}

// onlyPD is the protection domain of a container that has one endpoint.
func onlyPD(ctx *driver.Context) (*driver.PD, error) {
	pds := ctx.Partition().PD
	for i := range pds.Count {
		if pd := ctx.PD(uint16(pds.Base + i)); pd != nil {
			return pd, nil
		}
	}
	return nil, fmt.Errorf("a container without protection domain: %w", driver.ErrDestroyed)
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
		out[i] = completion{w.WRID, w.Status, recv, w.ByteLen, w.Flags, w.Imm, w.SrcQPN}
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
		pd, err := onlyPD(ctx)
		if err != nil {
			return err
		}
		if va, err = ctx.Alloc(n); err != nil {
			return err
		}
		mr, err := pd.RegMR(va, n, access)
		if err == nil {
			key = mr.RKey()
		}
		return err
	})
	return va, key, err
}

func (o *ours) close(context.Context) error { return o.Container().Close() }
