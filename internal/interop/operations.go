package interop

import (
	"context"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// operations are all operations, in both directions, over both IP versions and three path MTUs.
func operations() (all []Scenario) {
	for _, v6 := range []bool{false, true} {
		for _, mtu := range []int{256, 1024, 4096} {
			name := fmt.Sprintf("ops-v4-%d", mtu)
			if v6 {
				name = fmt.Sprintf("ops-v6-%d", mtu)
			}
			all = append(all, Scenario{
				Name:  name,
				About: fmt.Sprintf("every operation, lengths 0 to 5 packets, both directions, path MTU %d", mtu),
				Short: !v6 && mtu == 1024 || v6 && mtu == 4096,
				run:   both(linkAttr{v6: v6, mtu: mtu}, everyOperation),
			})
		}
	}
	return all
}

// Where scenarios keep what in a buffer.
const (
	sources = 0        // what is sent
	answers = 64 << 10 // what READs and atomics bring
	targets = 128 << 10
	counter = 500 << 10 // what atomics are done to
)

// lengths are message lengths that differ in how they fill packets.
func lengths(mtu int) []uint32 {
	m := uint32(mtu)
	return []uint32{0, 1, m - 1, m, m + 1, 4*m + 3, 5 * m}
}

func everyOperation(ctx context.Context, k *link, from, to side) error {
	for _, step := range []func(context.Context, *link, side, side) error{sends, writes, reads, atomics} {
		if err := step(ctx, k, from, to); err != nil {
			return err
		}
	}
	return nil
}

// sends: SEND, SEND with immediate, and WRITE with immediate.
func sends(ctx context.Context, k *link, from, to side) error {
	return receiving(ctx, k, from, to, abi.WROpcodeSend, abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm)
}

// receiving are operations that take a receive each.
func receiving(ctx context.Context, k *link, from, to side, ops ...abi.WROpcode) error {
	peer := to.address()
	id := uint64(0)
	for _, op := range ops {
		for _, n := range lengths(k.attr.mtu) {
			id++
			if err := from.fill(ctx, sources, uint64(n), uint32(id)); err != nil {
				return err
			}
			if err := to.recv(ctx, id, targets, 5*4096); err != nil {
				return err
			}
			imm := uint32(0x80000000 + id)
			if err := from.send(ctx, request{id: id, op: op, off: sources, n: n, va: peer.VA + targets, key: peer.RKey, imm: imm}); err != nil {
				return err
			}
			if _, err := want(ctx, from, id); err != nil {
				return fmt.Errorf("%v of %d bytes: %w", op, n, err)
			}
			wcs, err := wantRecv(ctx, to, id)
			if err != nil {
				return fmt.Errorf("%v of %d bytes: %w", op, n, err)
			}
			c, hasImm := wcs[0], op != abi.WROpcodeSend
			if !c.recv || c.n != n || hasImm != (c.flags&abi.WCFlagImm != 0) || hasImm && c.imm != imm {
				return fmt.Errorf("%v of %d bytes: %s received %+v", op, n, to.name(), c)
			}
			if err := same(ctx, to, op.String(), targets, uint64(n), uint32(id)); err != nil {
				return err
			}
		}
	}
	return nil
}

func writes(ctx context.Context, k *link, from, to side) error {
	peer := to.address()
	for i, n := range lengths(k.attr.mtu) {
		id := uint64(100 + i)
		if err := from.fill(ctx, sources, uint64(n), uint32(id)); err != nil {
			return err
		}
		if err := from.send(ctx, request{id: id, op: abi.WROpcodeRDMAWrite, off: sources, n: n, va: peer.VA + targets + 7, key: peer.RKey}); err != nil {
			return err
		}
		if _, err := want(ctx, from, id); err != nil {
			return fmt.Errorf("RDMA WRITE of %d bytes: %w", n, err)
		}
		if err := same(ctx, to, "RDMA WRITE", targets+7, uint64(n), uint32(id)); err != nil {
			return err
		}
	}
	return nil
}

func reads(ctx context.Context, k *link, from, to side) error {
	peer := to.address()
	for i, n := range lengths(k.attr.mtu) {
		id := uint64(200 + i)
		if err := to.fill(ctx, targets+3, uint64(n), uint32(id)); err != nil {
			return err
		}
		if err := from.send(ctx, request{id: id, op: abi.WROpcodeRDMARead, off: answers, n: n, va: peer.VA + targets + 3, key: peer.RKey}); err != nil {
			return err
		}
		if _, err := want(ctx, from, id); err != nil {
			return fmt.Errorf("RDMA READ of %d bytes: %w", n, err)
		}
		if err := same(ctx, from, "RDMA READ", answers, uint64(n), uint32(id)); err != nil {
			return err
		}
	}
	return nil
}

// atomics: each brings what was there before and leaves what it should.
func atomics(ctx context.Context, _ *link, from, to side) error {
	const start, addend, swapped = 0xfffffffffffffff0, 0x123456789abcdef0, 0x0102030405060708
	peer := to.address()
	if err := to.setWord(ctx, counter, start); err != nil {
		return err
	}
	now := uint64(start)
	for i, r := range []request{
		{op: abi.WROpcodeFetchAdd, add: addend},
		{op: abi.WROpcodeCmpSwap, compare: 1, swap: swapped}, // not equal: nothing happens
		{op: abi.WROpcodeCmpSwap, compare: (start + addend) & (1<<64 - 1), swap: swapped},
		{op: abi.WROpcodeFetchAdd, add: 0},
	} {
		r.id, r.off, r.n, r.va, r.key = uint64(300+i), answers, 8, peer.VA+counter, peer.RKey
		if err := from.send(ctx, r); err != nil {
			return err
		}
		if _, err := want(ctx, from, r.id); err != nil {
			return fmt.Errorf("%v: %w", r.op, err)
		}
		if err := holds(ctx, from, r.op.String()+": what was there before", answers, now); err != nil {
			return err
		}
		switch {
		case r.op == abi.WROpcodeFetchAdd:
			now += r.add
		case now == r.compare:
			now = r.swap
		}
		if err := holds(ctx, to, r.op.String()+": what is there now", counter, now); err != nil {
			return err
		}
	}
	return nil
}
