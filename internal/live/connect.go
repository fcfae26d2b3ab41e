package live

import (
	"context"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/psn"
)

// ConnectAttr are the properties of a connection. Zero values choose what is said.
type ConnectAttr struct {
	// Peer is the partner.
	Peer Address
	// MTU is the path MTU in bytes, 256 to 4096; 0 means the largest that the link's MTU has room for, 1024 at most.
	MTU int
	// Timeout is the code of the ACK timeout; 0 means 14, 67 ms. Retry and RNRRetry are counts; with FewRetries they are
	// what they say, without it 7.
	Timeout         uint8
	Retry, RNRRetry uint8
	FewRetries      bool
	// MinRNR is the code of the RNR timer; 0 means 12, 0.64 ms.
	MinRNR uint8
	// RdAtomic is how many READs and atomics each side may have outstanding; 0 means 8.
	RdAtomic uint8
	// Partner is how long the partner tries, if that is known: whether it survives a migration depends on it.
	Partner *driver.Retry
	// Migration: the partner speaks the migration protocol, with the properties in Mig.
	Migration bool
	Mig       driver.MigAttr
	// QKey is that of a UD endpoint.
	QKey uint32
	// RTR leaves the endpoint in RTR.
	RTR bool
}

// headerRoom is what a packet has besides its payload at most: UDP, BTH, RETH, immediate data and ICRC.
const headerRoom = 8 + 12 + 16 + 4 + 4

// PathMTU is the code of the largest path MTU for which the link has room, with IPv6 or IPv4 as the NIC's address is; 0
// if there is none.
func (n *NIC) PathMTU() uint8 {
	room := n.cfg.MTU - headerRoom - 20
	if n.IP().Is6() {
		room -= 20
	}
	for code := uint8(5); code > 0; code-- {
		if driver.MTUBytes(code) <= room {
			return code
		}
	}
	return 0
}

// pathMTU is the code of a path MTU in bytes, 0 meaning the usual one.
func (n *NIC) pathMTU(bytes int) (uint8, error) {
	most := n.PathMTU()
	if bytes == 0 {
		return min(most, 3), nil
	}
	for code := uint8(1); code <= 5; code++ {
		if driver.MTUBytes(code) != bytes {
			continue
		}
		if code > most {
			return 0, fmt.Errorf("path MTU %d: the link of %s carries IP packets of %d bytes, so at most %d: %w",
				bytes, n.cfg.Name, n.cfg.MTU, driver.MTUBytes(most), driver.ErrInval)
		}
		return code, nil
	}
	return 0, fmt.Errorf("path MTU %d: want 256, 512, 1024, 2048 or 4096: %w", bytes, driver.ErrInval)
}

// Connect takes the endpoint to RTS (or RTR), as modify_qp does three times; on the way it finds out where the partner
// is, which may fail with an *UnresolvedError. One for datagrams (UD) needs no partner.
func (e *Endpoint) Connect(ctx context.Context, a ConnectAttr) error {
	n := e.c.NIC()
	if !a.Peer.IP.IsValid() {
		var alone bool
		err := e.with(func(qp *driver.QP) error {
			if alone = qp.Type() == abi.QPTypeUD; !alone {
				return nil
			}
			return a.modify(qp, a.attr(e, 0))
		})
		if alone || err != nil {
			return err
		}
		return fmt.Errorf("connect QP %d: the partner has no address: %w", e.n.QPN, driver.ErrInval)
	}
	a.Peer.IP = a.Peer.IP.Unmap()
	if a.Peer.IP.Is4() != n.IP().Is4() {
		return fmt.Errorf("connect QP %d: partner %v and NIC %v are not of one IP version: %w", e.n.QPN, a.Peer.IP, n.IP(), driver.ErrInval)
	}
	mtu, err := n.pathMTU(a.MTU)
	if err != nil {
		return fmt.Errorf("connect QP %d: %w", e.n.QPN, err)
	}
	if err := n.Resolve(ctx, a.Peer.IP); err != nil {
		return fmt.Errorf("connect QP %d: %w", e.n.QPN, err)
	}
	attr := a.attr(e, mtu)
	return e.c.Do(func(ctx *driver.Context) error {
		qp := ctx.QP(e.n.QPN)
		if qp == nil {
			return fmt.Errorf("connect QP %d: %w", e.n.QPN, driver.ErrDestroyed)
		}
		return a.modify(qp, attr)
	})
}

func or8(v, other uint8) uint8 {
	if v == 0 {
		return other
	}
	return v
}

// attr fills in all attributes; what is not given gets its usual value.
func (a *ConnectAttr) attr(e *Endpoint, mtu uint8) driver.QPAttr {
	attr := driver.QPAttr{
		PKey: 0xffff, Access: e.n.Access, DestIP: addr(a.Peer.IP), PathMTU: mtu, DestQPN: a.Peer.QPN,
		RQPSN: psn.PSN(a.Peer.PSN), QKey: a.QKey, SQPSN: e.startPSN(), MinRNRTimer: or8(a.MinRNR, 12), MaxDestRdAtomic: or8(a.RdAtomic, 8),
		MaxRdAtomic: or8(a.RdAtomic, 8), Timeout: or8(a.Timeout, 14), RetryCnt: 7, RNRRetry: 7, Mig: a.Mig,
	}
	if a.FewRetries {
		attr.RetryCnt, attr.RNRRetry = a.Retry, a.RNRRetry
	}
	attr.Mig.Capable, attr.Mig.Partner = a.Migration, a.Partner
	if attr.Mig.Lease == 0 {
		attr.Mig.Lease = 2500 // 10 ms
	}
	if attr.Mig.Announce == 0 {
		attr.Mig.Announce = 2500
	}
	attr.Mig.ProbeLimit = or8(attr.Mig.ProbeLimit, 255)
	attr.Mig.ResumeLimit = or8(attr.Mig.ResumeLimit, 255)
	return attr
}

// transition is a state to go to, and what has to be said for it.
type transition struct {
	to   abi.State
	mask uint32
}

// steps are the transitions of a queue pair to RTS.
func steps(qp *driver.QP) []transition {
	const (
		av = abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN
		rc = abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN
	)
	switch qp.Type() {
	case abi.QPTypeUD:
		return []transition{{abi.StateInit, abi.AttrPKey | abi.AttrQKey}, {abi.StateRTR, 0}, {abi.StateRTS, abi.AttrSQPSN}}
	case abi.QPTypeUC:
		return []transition{{abi.StateInit, abi.AttrPKey | abi.AttrAccessFlags}, {abi.StateRTR, av}, {abi.StateRTS, abi.AttrSQPSN}}
	}
	all := []transition{{abi.StateInit, abi.AttrPKey | abi.AttrAccessFlags}, {abi.StateRTR, av | abi.AttrMinRNRTimer}, {abi.StateRTS, rc}}
	caps := qp.Context().Device().Caps()
	if caps.Migration {
		all[1].mask |= abi.AttrMig
	}
	if caps.Features&(abi.FeatureRead|abi.FeatureAtomic) != 0 {
		all[1].mask |= abi.AttrMaxDestRdAtomic
		all[2].mask |= abi.AttrMaxRdAtomic
	}
	return all
}

// modify makes the transitions.
func (a *ConnectAttr) modify(qp *driver.QP, attr driver.QPAttr) error {
	steps := steps(qp)
	if a.RTR {
		steps = steps[:2]
	}
	if qp.State() == abi.StateInit {
		steps = steps[1:] // receives were posted before
	}
	for _, s := range steps {
		attr.State = s.to
		if err := qp.Modify(&attr, s.mask|abi.AttrState); err != nil {
			return err
		}
	}
	return nil
}
