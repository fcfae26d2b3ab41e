package interop

import (
	"context"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// invalidations are SENDs with invalidate: of a region of ours, and of a memory window in the guest, which is all that rxe
// lets a partner invalidate.
func invalidations() []Scenario {
	return []Scenario{
		{Name: "invalidate-godwit", About: "Linux invalidates the key of a region of godwit, and cannot use it any more", Short: true, run: on(linkAttr{}, invalidateOurs)},
		{Name: "invalidate-linux", About: "godwit invalidates a memory window of Linux, and cannot use it any more", run: on(linkAttr{}, invalidateTheirs)},
	}
}

// invalidate uses a key, invalidates it, and sees that it is gone.
func invalidate(ctx context.Context, from, to side, va uint64, key uint32) error {
	write := request{id: 1, op: abi.WROpcodeRDMAWrite, off: sources, n: 1500, va: va, key: key}
	if err := from.send(ctx, write); err != nil {
		return err
	}
	if _, err := want(ctx, from, 1); err != nil {
		return fmt.Errorf("before: %w", err)
	}
	if err := to.recv(ctx, 7, targets, 4096); err != nil {
		return err
	}
	if err := from.send(ctx, request{id: 2, op: abi.WROpcodeSendInv, off: sources, n: 1500, inv: key}); err != nil {
		return err
	}
	if _, err := want(ctx, from, 2); err != nil {
		return fmt.Errorf("SEND with invalidate: %w", err)
	}
	wcs, err := wantRecv(ctx, to, 7)
	if err != nil {
		return err
	}
	if wcs[0].flags&abi.WCFlagInv == 0 || wcs[0].imm != key || wcs[0].n != 1500 {
		return fmt.Errorf("%s received %+v, want 1500 bytes and the invalidated key %#x", to.name(), wcs[0], key)
	}
	write.id = 3
	return fails(ctx, from, write, abi.WCStatusRemAccessErr)
}

func invalidateOurs(ctx context.Context, k *link) error {
	va, key, err := k.g.region(ctx, 8192, everything|abi.AccessLocalWrite)
	if err != nil {
		return err
	}
	return invalidate(ctx, k.l, k.g, va, key)
}

func invalidateTheirs(ctx context.Context, k *link) error {
	const withBind = 31 // all access, and IBV_ACCESS_MW_BIND
	l := k.l
	f, err := l.v.Do(ctx, "mr pd=%d len=8192 access=%d", l.pd, withBind)
	if err != nil {
		return err
	}
	w, err := l.v.Do(ctx, "mw pd=%d", l.pd)
	if err != nil {
		return err
	}
	b, err := l.v.Do(ctx, "send qp=%d op=bind wrid=50 mw=%d mr=%d off=0 len=8192 access=14", l.qp, w.Num("mw"), f.Num("mr"))
	if err != nil {
		return err
	}
	if _, err := want(ctx, l, 50); err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	return invalidate(ctx, k.g, l, f.Num("va"), uint32(b.Num("rkey")))
}
