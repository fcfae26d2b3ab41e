package interop

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// receiverNotReady are receivers that are late, or too late, and partners that are silent or not there.
func receiverNotReady() []Scenario {
	return []Scenario{
		{Name: "unresolved", About: "a partner that is not there: both ends say so, and what to look at", run: unresolved},
		{Name: "rnr-late", About: "receives are posted 40 ms after the SENDs; both directions", Short: true, run: both(linkAttr{}, lateReceive)},
		{
			Name: "rnr-exhausted", About: "no receive is ever posted, rnr_retry 2: RNR_RETRY_EXC_ERR; both directions",
			run: both(linkAttr{rnr: 2}, func(ctx context.Context, _ *link, from, _ side) error {
				return fails(ctx, from, request{id: 1, op: abi.WROpcodeSend, n: 64}, abi.WCStatusRNRRetryExcErr)
			}),
		},
		{
			Name: "retry-exhausted", About: "nothing gets through, retry_cnt 2: RETRY_EXC_ERR; both directions",
			run: both(linkAttr{timeout: 12, retry: 2}, func(ctx context.Context, k *link, from, to side) error {
				k.nic().AddFault(live.Fault{Name: "silence", Dir: live.In, Times: -1, Do: live.Drop})
				peer := to.address()
				return fails(ctx, from, request{id: 1, op: abi.WROpcodeRDMAWrite, n: 64, va: peer.VA, key: peer.RKey}, abi.WCStatusRetryExcErr)
			}),
		},
	}
}

func lateReceive(ctx context.Context, _ *link, from, to side) error {
	const n, size = 4, 2500
	var rs []request
	var ids []uint64
	for i := range uint64(n) {
		if err := from.fill(ctx, sources+i*4096, size, uint32(i)); err != nil {
			return err
		}
		rs = append(rs, request{id: i, op: abi.WROpcodeSend, off: sources + i*4096, n: size})
		ids = append(ids, i)
	}
	if err := from.send(ctx, rs...); err != nil {
		return err
	}
	time.Sleep(40 * time.Millisecond)
	for i := range uint64(n) {
		if err := to.recv(ctx, i, targets+i*4096, 4096); err != nil {
			return err
		}
	}
	if _, err := want(ctx, from, ids...); err != nil {
		return err
	}
	if _, err := wantRecv(ctx, to, ids...); err != nil {
		return err
	}
	for i := range uint64(n) {
		if err := same(ctx, to, "SEND", targets+i*4096, size, uint32(i)); err != nil {
			return err
		}
	}
	return nil
}

// unresolved connects both ends to addresses that nobody has.
func unresolved(ctx context.Context, r *rig) (err error) {
	o, c, err := r.server(abi.QPTypeRC, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	nobody := live.Address{IP: netip.MustParseAddr("10.0.0.77"), QPN: 5}
	var missing *live.UnresolvedError
	if err := o.Connect(ctx, live.ConnectAttr{Peer: nobody}); !errors.As(err, &missing) {
		return fmt.Errorf("godwit connects to nobody: error %v", err)
	}
	a := linkAttr{}
	a.fill()
	l, err := newLinux(ctx, r.machine.Verbs, r.guestIP(0), r.sgid[0], "rc", a.access)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close(ctx)) }()
	if err := l.connect(ctx, &a, nobody); err == nil || !strings.Contains(err.Error(), "does not find the Ethernet address of 10.0.0.77") {
		return fmt.Errorf("the guest connects to nobody: error %v", err)
	}
	return nil
}
