package host

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/psn"
)

// ConnectOpts are the properties of a connection. Zero values choose what is said.
type ConnectOpts struct {
	// PSNA and PSNB are the first PSNs that each side sends.
	PSNA, PSNB psn.PSN
	// PKey is the partition key; 0 means 0xffff.
	PKey uint16
	// PathMTU is its code 1..5; 0 means 3, 1024 bytes.
	PathMTU uint8
	// Timeout is the code of the ACK timeout; 0 means 5, 131 us. NoTimeout is code 0: never.
	Timeout   uint8
	NoTimeout bool
	// RetryCnt and RNRRetry are 7, without end for RNR, unless FewRetries is set.
	RetryCnt, RNRRetry uint8
	FewRetries         bool
	// MinRNRTimer is the timer code; 0 means 1, 10 us.
	MinRNRTimer uint8
	// Access is what each side lets the other do; 0 means REMOTE_WRITE.
	Access abi.Access
	// RdAtomic is how many READs and atomics each side may have outstanding, of devices that have them; 0 means 4.
	RdAtomic uint8
	// RTR leaves the second side in RTR: it only ever receives.
	RTR bool
	// Legacy connects without the migration protocol. Section 6.
	Legacy bool
	// Mig are the migration attributes; Capable is set by the negotiation. Lease 0 means 32 ticks, 131 us, Announce 0
	// 8 ticks, 33 us; limits 0 mean 255.
	Mig driver.MigAttr
}

func (o *ConnectOpts) fill() {
	or8 := func(p *uint8, v uint8) {
		if *p == 0 {
			*p = v
		}
	}
	or16 := func(p *uint16, v uint16) {
		if *p == 0 {
			*p = v
		}
	}
	or16(&o.PKey, 0xffff)
	or8(&o.PathMTU, 3)
	or8(&o.Timeout, 5)
	if o.NoTimeout {
		o.Timeout = 0
	}
	if !o.FewRetries {
		o.RetryCnt, o.RNRRetry = 7, 7
	}
	or8(&o.MinRNRTimer, 1)
	or8(&o.RdAtomic, 4)
	if o.Access == 0 {
		o.Access = abi.AccessRemoteWrite
	}
	or16(&o.Mig.Lease, 32)
	or16(&o.Mig.Announce, 8)
	or8(&o.Mig.ProbeLimit, 255)
	or8(&o.Mig.ResumeLimit, 255)
}

// Connect takes two queue pairs in RESET, of type RC or UC, to RTS, each the other's partner: what a connection manager does, with
// QPN, PSN, address, capability and migration key exchanged out of band. The migration protocol is agreed when both
// devices have it. A receive posted by neither before this must be posted after it.
func Connect(a, b *driver.QP, o ConnectOpts) error {
	o.fill()
	both := driver.Retry{Timeout: o.Timeout, RetryCnt: o.RetryCnt}
	o.Mig.Capable = !o.Legacy && a.Context().Device().Caps().Migration && b.Context().Device().Caps().Migration
	for _, side := range []struct {
		q, peer *driver.QP
		recv    psn.PSN
	}{{a, b, o.PSNB}, {b, a, o.PSNA}} {
		if o.Mig.Partner = &both; side.q == a && o.RTR {
			o.Mig.Partner = &driver.Retry{} // it never asks for anything
		}
		if err := ready(side.q, side.peer, side.recv, &o); err != nil {
			return fmt.Errorf("connect: %w", err)
		}
	}
	// Both responders are live before either requester is.
	for _, side := range []struct {
		q    *driver.QP
		send psn.PSN
	}{{a, o.PSNA}, {b, o.PSNB}} {
		if side.q == b && o.RTR {
			break
		}
		attr := driver.QPAttr{
			State: abi.StateRTS, Timeout: o.Timeout, RetryCnt: o.RetryCnt, RNRRetry: o.RNRRetry, SQPSN: side.send,
			MaxRdAtomic: o.RdAtomic,
		}
		mask := abi.AttrState | abi.AttrSQPSN
		if a.Type() == abi.QPTypeRC {
			mask |= abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry
			if reads(a) && reads(b) {
				mask |= abi.AttrMaxRdAtomic
			}
		}
		if err := side.q.Modify(&attr, mask); err != nil {
			return fmt.Errorf("connect: %w", err)
		}
	}
	return nil
}

// ready takes one queue pair to RTR.
func ready(q, peer *driver.QP, recv psn.PSN, o *ConnectOpts) error {
	attr := driver.QPAttr{
		State: abi.StateInit, PKey: o.PKey, Access: o.Access,
		DestIP: peer.Context().Device().IP(), PathMTU: o.PathMTU, DestQPN: peer.QPN(), RQPSN: recv,
		MinRNRTimer: o.MinRNRTimer, MaxDestRdAtomic: o.RdAtomic, Mig: o.Mig,
	}
	if err := q.Modify(&attr, abi.AttrState|abi.AttrPKey|abi.AttrAccessFlags); err != nil {
		return err
	}
	attr.State = abi.StateRTR
	mask := abi.AttrState | abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN
	if q.Context().Device().Caps().Migration {
		mask |= abi.AttrMig
	}
	if q.Type() == abi.QPTypeRC {
		mask |= abi.AttrMinRNRTimer
		if reads(q) && reads(peer) {
			mask |= abi.AttrMaxDestRdAtomic
		}
	}
	return q.Modify(&attr, mask)
}

// readyUD takes queue pairs for datagrams to RTS, all with one Q_Key.
func readyUD(qps []*driver.QP, qkey uint32) error {
	for _, q := range qps {
		attr := driver.QPAttr{PKey: 0xffff, QKey: qkey}
		for _, s := range []struct {
			to   abi.State
			mask uint32
		}{{abi.StateInit, abi.AttrPKey | abi.AttrQKey}, {abi.StateRTR, 0}, {abi.StateRTS, abi.AttrSQPSN}} {
			attr.State = s.to
			if err := q.Modify(&attr, abi.AttrState|s.mask); err != nil {
				return err
			}
		}
	}
	return nil
}

// reads tells whether the device of a queue pair has READ or atomics.
func reads(q *driver.QP) bool {
	return q.Context().Device().Caps().Features&(abi.FeatureRead|abi.FeatureAtomic) != 0
}
