package interop

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// fails posts a request that must fail, and one behind it that must be flushed.
func fails(ctx context.Context, from side, r request, statuses ...abi.WCStatus) error {
	behind := r
	behind.id = r.id + 1
	if err := from.send(ctx, r, behind); err != nil {
		return err
	}
	if err := wantStatus(ctx, from, r.id, statuses...); err != nil {
		return err
	}
	if err := wantStatus(ctx, from, behind.id, abi.WCStatusWrFlushErr); err != nil {
		return err
	}
	broken, err := from.broken(ctx)
	if err == nil && !broken {
		err = fmt.Errorf("%s: the queue pair is not in ERR after an error", from.name())
	}
	return err
}

const everything = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic

// refusal is something that the responder must refuse.
type refusal struct {
	name, about string
	attr        linkAttr
	// make makes the request, and prepares the responder.
	make     func(ctx context.Context, to side) (request, error)
	statuses []abi.WCStatus
}

// remote is a request on the responder's buffer.
func remote(op abi.WROpcode, n uint32, change func(r *request)) func(context.Context, side) (request, error) {
	return func(_ context.Context, to side) (request, error) {
		a := to.address()
		r := request{id: 1, op: op, off: sources, n: n, va: a.VA, key: a.RKey, add: 1}
		change(&r)
		return r, nil
	}
}

// onRegion is a request on a region that grants only some access.
func onRegion(op abi.WROpcode, n uint32, access abi.Access) func(context.Context, side) (request, error) {
	return func(ctx context.Context, to side) (request, error) {
		va, key, err := to.region(ctx, 8192, access)
		return request{id: 1, op: op, off: sources, n: n, va: va, key: key, add: 1}, err
	}
}

// intoReceive is a SEND into a receive of the given place.
func intoReceive(n uint32, off uint64, room uint32) func(context.Context, side) (request, error) {
	return func(ctx context.Context, to side) (request, error) {
		return request{id: 1, op: abi.WROpcodeSend, off: sources, n: n}, to.recv(ctx, 5, off, room)
	}
}

var refused = []refusal{
	{"key", "RDMA WRITE with a key that does not exist", linkAttr{}, remote(abi.WROpcodeRDMAWrite, 100, func(r *request) { r.key ^= 0x5a5a00 }), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"read-key", "RDMA READ with a key that does not exist", linkAttr{}, remote(abi.WROpcodeRDMARead, 100, func(r *request) { r.key ^= 0x5a5a00 }), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"bounds", "RDMA WRITE across the end of the region", linkAttr{}, remote(abi.WROpcodeRDMAWrite, 3000, func(r *request) { r.va += bufferSize - 2999 }), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"wrap", "RDMA READ across the end of the address space", linkAttr{}, remote(abi.WROpcodeRDMARead, 3000, func(r *request) { r.va = 1<<64 - 1000 }), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"write-access", "RDMA WRITE to a region that grants READ only", linkAttr{}, onRegion(abi.WROpcodeRDMAWrite, 100, abi.AccessRemoteRead), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"read-access", "RDMA READ of a region that grants WRITE only", linkAttr{}, onRegion(abi.WROpcodeRDMARead, 100, abi.AccessLocalWrite|abi.AccessRemoteWrite), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"atomic-access", "FETCH_ADD on a region that grants READ only", linkAttr{}, onRegion(abi.WROpcodeFetchAdd, 8, abi.AccessRemoteRead), []abi.WCStatus{abi.WCStatusRemAccessErr}},
	{"qp-write", "RDMA WRITE to a queue pair that grants READ only", linkAttr{access: abi.AccessRemoteRead}, remote(abi.WROpcodeRDMAWrite, 100, func(*request) {}), []abi.WCStatus{abi.WCStatusRemInvReqErr, abi.WCStatusRemAccessErr}},
	{"qp-read", "RDMA READ from a queue pair that grants WRITE only", linkAttr{access: abi.AccessRemoteWrite}, remote(abi.WROpcodeRDMARead, 100, func(*request) {}), []abi.WCStatus{abi.WCStatusRemInvReqErr, abi.WCStatusRemAccessErr}},
	{"qp-atomic", "CMP_SWAP on a queue pair that grants READ and WRITE only", linkAttr{access: abi.AccessRemoteWrite | abi.AccessRemoteRead}, remote(abi.WROpcodeCmpSwap, 8, func(*request) {}), []abi.WCStatus{abi.WCStatusRemInvReqErr, abi.WCStatusRemAccessErr}},
	// IBTA 9.7.4.1.6 has it an invalid request; rxe says remote operational error when it finds out while it copies.
	{"too-long", "SEND of 3000 bytes into a receive of 2000", linkAttr{}, intoReceive(3000, targets, 2000), []abi.WCStatus{abi.WCStatusRemInvReqErr, abi.WCStatusRemOpErr}},
	{"bad-receive", "SEND into a receive that lies outside of its region: NAK remote operational error", linkAttr{}, intoReceive(3000, bufferSize-100, 4096), []abi.WCStatus{abi.WCStatusRemOpErr}},
}

// refusals are requests that the responder refuses, each with the right NAK, which the requester turns into the right
// completion; and NAKs that no responder here sends.
func refusals() (all []Scenario) {
	for _, c := range refused {
		all = append(all, Scenario{
			Name: "refuse-" + c.name, About: c.about + "; both directions", Short: slices.Contains([]string{"key", "bad-receive"}, c.name),
			run: both(c.attr, func(ctx context.Context, _ *link, from, to side) error {
				r, err := c.make(ctx, to)
				if err != nil {
					return err
				}
				return fails(ctx, from, r, c.statuses...)
			}),
		})
	}
	return append(all,
		Scenario{Name: "nak-sequence", About: "a lost packet amid 96 operations is told by a NAK of a PSN sequence error; both directions", run: both(linkAttr{}, sequenceNAK)},
		// The other way round, rxe refuses it when it is posted.
		Scenario{
			Name: "refuse-misaligned", About: "FETCH_ADD of godwit at an odd address", run: on(linkAttr{}, func(ctx context.Context, k *link) error {
				a := k.l.address()
				return fails(ctx, k.g, request{id: 1, op: abi.WROpcodeFetchAdd, off: sources, n: 8, va: a.VA + 4, key: a.RKey, add: 1}, abi.WCStatusRemInvReqErr)
			}),
		},
		Scenario{
			Name: "nak-invalid-rd", About: "a forged NAK of an invalid RD request to Linux: REM_OP_ERR", run: on(linkAttr{}, func(ctx context.Context, k *link) error {
				return forgedNAK(ctx, k, k.l)
			}),
		},
		Scenario{
			Name: "nak-invalid-rd-godwit", About: "the same to godwit, which ignores it and asks again", run: on(linkAttr{timeout: 14, ours: 16}, func(ctx context.Context, k *link) error {
				return forgedNAK(ctx, k, k.g)
			}),
		})
}

// sequenceNAK loses a packet in the middle of a pipeline, and sees the NAK go by.
func sequenceNAK(ctx context.Context, k *link, from, to side) error {
	requests, responses := ways(from)
	k.nic().AddFault(live.Fault{
		Name: "lost middle", Dir: requests, Skip: 5, Do: live.Drop,
		Match: func(p *wire.Packet) bool { return p.BTH.Op == abi.OpSendMiddle },
	})
	// Duplicating does no harm, and tells whether there was one.
	k.nic().AddFault(live.Fault{
		Name: "NAK of a sequence error", Dir: responses, Do: live.Duplicate,
		Match: func(p *wire.Packet) bool {
			return p.BTH.Op == abi.OpAcknowledge && abi.Syndrome(p.AETH.Syndrome) == abi.SyndromeNAKPSNSeq
		},
	})
	return (&mixed{from: from, to: to, rounds: mixedRounds}).run(ctx)
}

// syndromeInvalidRD is NAK code 4, which only reliable datagrams have. IBTA 9.7.5.2.8, table 46.
const syndromeInvalidRD = 0x64

// forgedNAK answers a WRITE of one end with a NAK that the other end never sent.
func forgedNAK(ctx context.Context, k *link, from side) error {
	to := side(k.l)
	if from == k.l {
		to = k.g
	}
	_, responses := ways(from)
	times := 1
	if from == k.l {
		times = -1
	}
	k.nic().AddFault(live.Fault{
		Name: "no answer", Dir: responses, Times: times, Do: live.Drop,
		Match: func(p *wire.Packet) bool { return p.BTH.Op == abi.OpAcknowledge },
	})
	peer, own := to.address(), from.address()
	if err := from.send(ctx, request{id: 1, op: abi.WROpcodeRDMAWrite, n: 64, va: peer.VA, key: peer.RKey}); err != nil {
		return err
	}
	time.Sleep(20 * time.Millisecond) // so that it has been sent
	src, dst := guestMAC, k.nic().MAC()
	if from == k.l {
		src, dst = dst, src
	}
	p := wire.Packet{
		DstMAC: dst, SrcMAC: src, SrcIP: peer.IP.As16(), DstIP: own.IP.As16(), TTL: 64, DF: true, SrcPort: 0xc000,
		BTH:  wire.BTH{Op: abi.OpAcknowledge, PKey: 0xffff, DestQPN: own.QPN, PSN: ownPSN(own)},
		AETH: wire.AETH{Syndrome: syndromeInvalidRD},
	}
	port := k.rig.hub.Port("forger")
	defer port.Close()
	if err := port.WriteFrame(p.Append(nil)); err != nil {
		return err
	}
	if from == k.l {
		return wantStatus(ctx, from, 1, abi.WCStatusRemOpErr)
	}
	_, err := want(ctx, from, 1)
	return err
}
