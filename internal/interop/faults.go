package interop

import (
	"context"
	"fmt"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// faults are links that lose, double, reorder and damage frames: everything must complete, exactly once, all the same.
func faults() (all []Scenario) {
	for _, do := range []live.Action{live.Drop, live.Duplicate, live.Swap, live.Corrupt} {
		all = append(all, Scenario{
			Name: "each-" + do.String(), About: "one packet of each kind: " + do.String() + "; both directions", Short: do == live.Drop,
			run: both(linkAttr{timeout: 14, ours: 16}, func(ctx context.Context, k *link, from, to side) error { return eachKind(ctx, k, from, to, do) }),
		})
	}
	for _, c := range []struct {
		name, about string
		chance      live.Chance
	}{
		{"chance-loss", "3 % of the frames are lost, each way", live.Chance{Loss: 30}},
		{"chance-all", "loss, duplication, reordering, damage: 2 % of the frames each, each way", live.Chance{Loss: 20, Dup: 20, Reorder: 20, Corrupt: 20}},
	} {
		for _, v6 := range []bool{false, true} {
			name := c.name
			if v6 {
				name += "-v6"
			}
			all = append(all, Scenario{
				Name: name, About: c.about + "; 96 pipelined operations in both directions", Short: !v6 && c.chance.Dup != 0,
				run: both(linkAttr{v6: v6, timeout: 15, ours: 16}, func(ctx context.Context, k *link, from, to side) error {
					return byChance(ctx, k, from, to, c.chance)
				}),
			})
		}
	}
	return all
}

// nic is the NIC of our end.
func (k *link) nic() *live.NIC { return k.g.Container().NIC() }

// ways are the directions of requests and responses, as our NIC sees them, when from asks.
func ways(from side) (requests, responses live.Direction) {
	if from.name() == "godwit" {
		return live.Out, live.In
	}
	return live.In, live.Out
}

// eachKind runs one operation for each kind of packet, and does something to the first such packet.
func eachKind(ctx context.Context, k *link, from, to side, do live.Action) error {
	requests, responses := ways(from)
	for i, c := range []struct {
		op  abi.WROpcode
		n   uint32
		hit abi.Opcode
		dir live.Direction
	}{
		{abi.WROpcodeSend, 3000, abi.OpSendFirst, requests},
		{abi.WROpcodeSend, 3000, abi.OpSendMiddle, requests},
		{abi.WROpcodeSend, 3000, abi.OpSendLast, requests},
		{abi.WROpcodeSend, 100, abi.OpSendOnly, requests},
		{abi.WROpcodeSend, 100, abi.OpAcknowledge, responses},
		{abi.WROpcodeRDMAWrite, 3000, abi.OpRDMAWriteFirst, requests},
		{abi.WROpcodeRDMAWrite, 3000, abi.OpRDMAWriteMiddle, requests},
		{abi.WROpcodeRDMAWrite, 3000, abi.OpRDMAWriteLast, requests},
		{abi.WROpcodeRDMARead, 3000, abi.OpRDMAReadRequest, requests},
		{abi.WROpcodeRDMARead, 3000, abi.OpRDMAReadResponseFirst, responses},
		{abi.WROpcodeRDMARead, 3000, abi.OpRDMAReadResponseMiddle, responses},
		{abi.WROpcodeRDMARead, 3000, abi.OpRDMAReadResponseLast, responses},
		{abi.WROpcodeRDMARead, 100, abi.OpRDMAReadResponseOnly, responses},
		{abi.WROpcodeFetchAdd, 8, abi.OpFetchAdd, requests},
		{abi.WROpcodeFetchAdd, 8, abi.OpAtomicAcknowledge, responses},
	} {
		name := fmt.Sprintf("%v: %v", do, c.hit)
		k.nic().AddFault(live.Fault{
			Name: name, Dir: c.dir, Do: do, Bit: 77 + uint64(i)*13,
			Match: func(p *wire.Packet) bool { return p.BTH.Op == c.hit },
		})
		if err := oneOperation(ctx, from, to, uint64(i), c.op, c.n); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// oneOperation does an operation and checks what came of it.
func oneOperation(ctx context.Context, from, to side, id uint64, op abi.WROpcode, n uint32) error {
	peer := to.address()
	seed := uint32(id + 50)
	source, target, source2 := from, to, uint64(sources)
	if op == abi.WROpcodeRDMARead {
		source, target, source2 = to, from, targets
	}
	if err := source.fill(ctx, source2, uint64(n), seed); err != nil {
		return err
	}
	r := request{id: id, op: op, off: sources, n: n, va: peer.VA + targets, key: peer.RKey, add: 3}
	at := uint64(targets)
	switch op {
	case abi.WROpcodeSend:
		if err := to.recv(ctx, id, targets, 8192); err != nil {
			return err
		}
	case abi.WROpcodeRDMARead:
		r.off, at = answers, answers
	case abi.WROpcodeFetchAdd:
		r.off, r.va = answers, peer.VA+counter
		if err := to.setWord(ctx, counter, 39); err != nil {
			return err
		}
	}
	if err := from.send(ctx, r); err != nil {
		return err
	}
	if _, err := want(ctx, from, id); err != nil {
		return err
	}
	if op == abi.WROpcodeFetchAdd {
		if err := holds(ctx, from, "what was there before", answers, 39); err != nil {
			return err
		}
		return holds(ctx, to, "the counter", counter, 42)
	}
	if op == abi.WROpcodeSend {
		if _, err := wantRecv(ctx, to, id); err != nil {
			return err
		}
	}
	return same(ctx, target, op.String(), at, uint64(n), seed)
}

// byChance runs a pipeline over a link with faults of chance.
func byChance(ctx context.Context, k *link, from, to side, c live.Chance) error {
	for d, seed := range map[live.Direction]uint64{live.In: 1, live.Out: 2} {
		c.Seed = seed
		if err := k.nic().SetChance(d, c); err != nil {
			return err
		}
	}
	return (&mixed{from: from, to: to, rounds: mixedRounds}).run(ctx)
}
