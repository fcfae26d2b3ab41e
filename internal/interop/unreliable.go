package interop

import (
	"context"
	"fmt"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

// unreliable are unreliable connections and datagrams: nothing is acknowledged, and what is lost stays so.
func unreliable() (all []Scenario) {
	for _, v6 := range []bool{false, true} {
		suffix := ""
		if v6 {
			suffix = "-v6"
		}
		all = append(all,
			Scenario{
				Name: "uc" + suffix, About: "UC: SEND, WRITE, immediates, lengths 0 to 5 packets, both directions", Short: !v6,
				run: both(linkAttr{kind: abi.QPTypeUC, v6: v6}, func(ctx context.Context, k *link, from, to side) error {
					if err := sends(ctx, k, from, to); err != nil {
						return err
					}
					return unreliableWrites(ctx, k, from, to)
				}),
			},
			Scenario{
				Name: "ud" + suffix, About: "UD: SEND and SEND with immediate of 0 to 1024 bytes, with the IP header in front, both directions", Short: !v6,
				run: both(linkAttr{kind: abi.QPTypeUD, v6: v6}, everyDatagram),
			})
	}
	return append(all,
		Scenario{
			Name: "uc-loss", About: "UC: a message that loses a packet is lost as a whole, and those behind it arrive, both directions",
			run: both(linkAttr{kind: abi.QPTypeUC}, lostMessage),
		},
		Scenario{
			Name: "ud-qkey", About: "UD: a datagram with another Q_Key is lost, and the next one arrives, both directions",
			run: both(linkAttr{kind: abi.QPTypeUD}, wrongQKey),
		})
}

// unreliableWrites: a WRITE that is complete says nothing of when it arrives, so a SEND follows that does.
func unreliableWrites(ctx context.Context, k *link, from, to side) error {
	peer := to.address()
	for i, n := range lengths(k.attr.mtu) {
		id := uint64(100 + 2*i)
		if err := from.fill(ctx, sources, uint64(n), uint32(id)); err != nil {
			return err
		}
		if err := to.recv(ctx, id, answers, 64); err != nil {
			return err
		}
		err := from.send(ctx,
			request{id: id, op: abi.WROpcodeRDMAWrite, off: sources, n: n, va: peer.VA + targets + 7, key: peer.RKey},
			request{id: id + 1, op: abi.WROpcodeSend, off: sources, n: 0})
		if err != nil {
			return err
		}
		if _, err := want(ctx, from, id, id+1); err != nil {
			return fmt.Errorf("RDMA WRITE of %d bytes: %w", n, err)
		}
		if _, err := wantRecv(ctx, to, id); err != nil {
			return err
		}
		if err := same(ctx, to, "RDMA WRITE", targets+7, uint64(n), uint32(id)); err != nil {
			return err
		}
	}
	return nil
}

// everyDatagram: the receive has 40 bytes in front of the payload; the completion tells who sent.
func everyDatagram(ctx context.Context, _ *link, from, to side) error {
	id := uint64(0)
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeSendImm} {
		for _, n := range []uint32{0, 1, 255, 1023, 1024} {
			id++
			if err := oneDatagram(ctx, from, to, id, op, n); err != nil {
				return fmt.Errorf("%v of %d bytes: %w", op, n, err)
			}
		}
	}
	return nil
}

func oneDatagram(ctx context.Context, from, to side, id uint64, op abi.WROpcode, n uint32) error {
	if err := from.fill(ctx, sources, uint64(n), uint32(id)); err != nil {
		return err
	}
	if err := to.recv(ctx, id, targets, driver.GRHBytes+1024); err != nil {
		return err
	}
	if err := from.send(ctx, request{id: id, op: op, off: sources, n: n, imm: uint32(id) << 20}); err != nil {
		return err
	}
	if _, err := want(ctx, from, id); err != nil {
		return err
	}
	wcs, err := wantRecv(ctx, to, id)
	if err != nil {
		return err
	}
	c, hasImm := wcs[0], op == abi.WROpcodeSendImm
	if c.n != n+driver.GRHBytes || c.flags&abi.WCFlagGRH == 0 || hasImm != (c.flags&abi.WCFlagImm != 0) || hasImm && c.imm != uint32(id)<<20 || c.src != from.address().QPN {
		return fmt.Errorf("%s received %+v", to.name(), c)
	}
	return same(ctx, to, op.String(), targets+driver.GRHBytes, uint64(n), uint32(id))
}

// lostMessage: the middle packet of the first message is lost; the next one takes the receive. rxe loses that one, too: it
// drops its first packet while it gives up the one before.
func lostMessage(ctx context.Context, k *link, from, to side) error {
	requests, _ := ways(from)
	k.nic().AddFault(live.Fault{Name: "lost middle", Dir: requests, Do: live.Drop, Match: func(p *wire.Packet) bool { return p.BTH.Op == abi.OpUCSendMiddle }})
	if err := to.recv(ctx, 5, targets, 8192); err != nil {
		return err
	}
	arrives := uint64(2)
	if to.name() == "Linux" {
		arrives = 3
	}
	for id := uint64(1); id <= arrives; id++ {
		if wcs, err := collect(ctx, to, recvQueue, 1, 20*time.Millisecond); err != nil || len(wcs) != 0 {
			return fmt.Errorf("%s received something before message %d: %v, %v", to.name(), id, wcs, err)
		}
		if err := from.fill(ctx, sources, 3000, uint32(id)); err != nil {
			return err
		}
		if err := from.send(ctx, request{id: id, op: abi.WROpcodeSend, off: sources, n: 3000}); err != nil {
			return err
		}
		if _, err := want(ctx, from, id); err != nil {
			return err
		}
	}
	if _, err := wantRecv(ctx, to, 5); err != nil {
		return err
	}
	return same(ctx, to, "SEND", targets, 3000, uint32(arrives))
}

func wrongQKey(ctx context.Context, k *link, from, to side) error {
	if err := to.recv(ctx, 5, targets, 2048); err != nil {
		return err
	}
	own := &k.g.to.qkey
	if from.name() == "Linux" {
		own = &k.l.to.qkey
	}
	*own ^= 1
	if err := from.send(ctx, request{id: 1, op: abi.WROpcodeSend, off: sources, n: 64}); err != nil {
		return err
	}
	if _, err := want(ctx, from, 1); err != nil {
		return err
	}
	if wcs, err := collect(ctx, to, recvQueue, 1, 100*time.Millisecond); err != nil || len(wcs) != 0 {
		return fmt.Errorf("%s took a datagram with another Q_Key: %v, %v", to.name(), wcs, err)
	}
	*own ^= 1
	if err := from.fill(ctx, sources, 64, 9); err != nil {
		return err
	}
	if err := from.send(ctx, request{id: 2, op: abi.WROpcodeSend, off: sources, n: 64}); err != nil {
		return err
	}
	if _, err := want(ctx, from, 2); err != nil {
		return err
	}
	if _, err := wantRecv(ctx, to, 5); err != nil {
		return err
	}
	return same(ctx, to, "SEND", targets+driver.GRHBytes, 64, 9)
}
