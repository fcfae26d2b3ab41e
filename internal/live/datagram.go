package live

import (
	"context"
	"fmt"
	"net/netip"

	"github.com/godwit-rdma/godwit/model/driver"
)

// PostDatagrams posts SENDs of an endpoint of type UD to a queue pair elsewhere, whose Q_Key is qkey. Where that is is
// found out first, which may fail with an *UnresolvedError.
func (e *Endpoint) PostDatagrams(ctx context.Context, to netip.Addr, qpn, qkey uint32, wrs ...driver.SendWR) error {
	n := e.c.NIC()
	for i := range wrs {
		length := uint64(wrs[i].SGE.Length)
		for _, s := range wrs[i].More {
			length += uint64(s.Length)
		}
		if most := driver.MTUBytes(n.PathMTU()); length > uint64(most) {
			return fmt.Errorf("a datagram of %d bytes: the link of %s has room for %d: %w", length, n.Name(), most, driver.ErrInval)
		}
	}
	if err := n.Resolve(ctx, to); err != nil {
		return fmt.Errorf("datagrams of QP %d: %w", e.n.QPN, err)
	}
	return e.c.Do(func(x *driver.Context) error {
		qp, pd := x.QP(e.n.QPN), x.PD(e.n.PD)
		if qp == nil || pd == nil {
			return fmt.Errorf("QP %d: %w", e.n.QPN, driver.ErrDestroyed)
		}
		// The handle is needed no longer than until the request is posted.
		ah, err := pd.CreateAH(driver.AHAttr{DestIP: addr(to)})
		if err != nil {
			return err
		}
		for i := range wrs {
			wrs[i].AH, wrs[i].RemoteQPN, wrs[i].RemoteQKey = ah, qpn, qkey
		}
		if _, err := qp.PostSend(wrs...); err != nil {
			return err
		}
		return ah.Destroy()
	})
}

// Sender is who sent a datagram that a completion tells of: offset is where its buffer began.
func (e *Endpoint) Sender(wc driver.WC, offset uint64) (ip netip.Addr, qpn uint32, err error) {
	grh := make([]byte, driver.GRHBytes)
	if err := e.Read(offset, grh); err != nil {
		return ip, 0, err
	}
	ah, err := driver.AHFromWC(&wc, grh)
	if err != nil {
		return ip, 0, err
	}
	return AddrOf(ah.DestIP), wc.SrcQPN, nil
}
