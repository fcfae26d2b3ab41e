package driver

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// QPAttr are the attributes of Modify; a mask of abi.Attr bits says which count. Twin: ibv_qp_attr.
type QPAttr struct {
	// State is the state to go to (abi.AttrState); without it the state stays.
	State abi.State
	// Access is what the partner may do, without LOCAL_WRITE (abi.AttrAccessFlags).
	Access abi.Access
	// PKey is the partition key (abi.AttrPKey): the partition in its low 15 bits, not 0, and abi.PKeyFull if the queue pair
	// is a full member. 0xffff is the default one. Two limited members cannot talk. IBTA 10.9.
	PKey uint16
	// DestIP is the partner's address (abi.AttrAv).
	DestIP wire.Addr
	// TClass goes with it: the traffic class, DSCP and ECN, of what is sent there.
	TClass uint8
	// QKey is the Q_Key of a UD queue pair (abi.AttrQKey).
	QKey uint32
	// PathMTU is 1..5 for 256..4096 bytes (abi.AttrPathMTU).
	PathMTU uint8
	// Timeout is the code of the ACK timeout, 4.096 us x 2^Timeout, 0..31; 0 = never (abi.AttrTimeout).
	Timeout uint8
	// RetryCnt is 0..7 (abi.AttrRetryCnt).
	RetryCnt uint8
	// RNRRetry is 0..7, 7 = without end (abi.AttrRNRRetry).
	RNRRetry uint8
	// RQPSN is the first PSN to expect (abi.AttrRQPSN), SQPSN the first to send (abi.AttrSQPSN).
	RQPSN, SQPSN psn.PSN
	// MinRNRTimer is the timer code of RNR NAKs, 0..31 (abi.AttrMinRNRTimer).
	MinRNRTimer uint8
	// DestQPN is the partner's queue pair number (abi.AttrDestQPN).
	DestQPN uint32
	// MaxRdAtomic is how many READs and atomics may be outstanding, 0..16 (abi.AttrMaxRdAtomic), MaxDestRdAtomic how
	// many the partner may have (abi.AttrMaxDestRdAtomic).
	MaxRdAtomic, MaxDestRdAtomic uint8
	// ACKEvery is how many requests one acknowledgement may answer; 0 and 1: each has its own (abi.AttrACKEvery).
	ACKEvery uint8
	// EnSQDAsyncNotify asks for the event SQ_DRAINED in SQD (abi.AttrEnSQDAsyncNotify).
	EnSQDAsyncNotify bool
	// Mig are the migration attributes (abi.AttrMig).
	Mig MigAttr
}

// MigAttr are the migration attributes of a connection. Protocol section 3; the group is the driver's business.
type MigAttr struct {
	// Capable: the partner agreed to the migration protocol.
	Capable bool
	// Pinned: the partner's address must not change. Rule R7.
	Pinned bool
	// Lease is the ticks of 4.096 us between probes of a paused partner, 1..65535. Rule R4.
	Lease uint16
	// Announce is the ticks of 4.096 us between RESUME packets, 1..65535. Rule R6.
	Announce uint16
	// ProbeLimit and ResumeLimit are the tries before MIGRATION_LOST. Rules R4, R6.
	ProbeLimit, ResumeLimit uint8
	// Key authenticates migration packets; zero = none.
	Key [16]byte
	// Partner is how long the partner's requester tries, where that is known. The device is not told: it says what a
	// partner that is not Capable puts up with.
	Partner *Retry
}

// Modify changes attributes and state. Twin: ibv_modify_qp. Which attributes a transition needs and allows is
// ib_modify_qp_is_ok's table. Errors: ErrState for a transition that there is not, ErrInval naming attributes
// that are missing, forbidden or out of range, ErrDestroyed, ErrStopped, and those of a command.
func (q *QP) Modify(attr *QPAttr, mask uint32) error {
	if err := q.modify(attr, mask); err != nil {
		return fmt.Errorf("modify QP %d: %w", q.qpn, err)
	}
	return nil
}

func (q *QP) modify(attr *QPAttr, mask uint32) error {
	if err := q.ctx.dev.catchUp(); err != nil {
		return err
	}
	if err := q.usable(); err != nil {
		return err
	}
	from, to := q.state, q.state
	if mask&abi.AttrState != 0 {
		to = attr.State
	}
	required, ok := abi.RequiredAttrs(q.typ, from, to)
	if !ok {
		return fmt.Errorf("there is no transition %v -> %v for the driver: %w", from, to, ErrState)
	}
	optional, _ := abi.OptionalAttrs(q.typ, from, to)
	if missing := required &^ mask; missing != 0 {
		return fmt.Errorf("%v -> %v: missing %s: %w", from, to, abi.AttrNames(missing), ErrInval)
	}
	if forbidden := mask &^ (required | optional | abi.AttrState); forbidden != 0 {
		return fmt.Errorf("%v -> %v: not allowed: %s: %w", from, to, abi.AttrNames(forbidden), ErrInval)
	}
	if to.Needs()&^q.ctx.dev.caps.Features != 0 {
		return fmt.Errorf("%v -> %v: the device does not do it: %w", from, to, ErrNotSupported)
	}
	if err := q.check(attr, mask); err != nil {
		return fmt.Errorf("%v -> %v: %w", from, to, err)
	}
	if to == abi.StateReset {
		if err := q.surrender(); err != nil {
			return err
		}
	}
	img, tells := q.attrImage(attr, mask, from, to)
	told := *attr
	apply := func() error { return q.modified(to, &told, mask) }
	_, err := q.ctx.dev.run(command{
		op: abi.CMDModifyQP, arg0: q.slot | uint32(to)<<24, arg1: tells, in: q.ctx.dev.contextImage(img),
		late: func(uint32) (*command, error) { return nil, apply() },
	})
	if err != nil {
		return err
	}
	return apply()
}

// check finds attributes that are out of range.
func (q *QP) check(attr *QPAttr, mask uint32) error {
	bad := func(attr uint32, v any) error {
		return fmt.Errorf("%s %v is out of range: %w", abi.AttrNames(attr), v, ErrInval)
	}
	has := func(attr uint32) bool { return mask&attr != 0 }
	m := &attr.Mig
	switch {
	case has(abi.AttrAccessFlags) && (!attr.Access.Valid() || attr.Access&abi.AccessLocalWrite != 0):
		return bad(abi.AttrAccessFlags, attr.Access)
	case has(abi.AttrPKey) && !wire.ValidPKey(attr.PKey):
		return bad(abi.AttrPKey, fmt.Sprintf("%#04x", attr.PKey))
	case has(abi.AttrAv) && attr.DestIP == wire.Addr{}:
		return bad(abi.AttrAv, attr.DestIP)
	case has(abi.AttrAv) && !q.ctx.dev.reaches(attr.DestIP):
		return fmt.Errorf("%s %s: this device is %s: %w",
			abi.AttrNames(abi.AttrAv), wire.FormatAddr(attr.DestIP), wire.FormatAddr(q.ctx.dev.cfg.IP), ErrInval)
	case has(abi.AttrAv) && attr.TClass != 0 && q.ctx.dev.caps.Features == 0:
		return fmt.Errorf("traffic class %#x: the device has none: %w", attr.TClass, ErrNotSupported)
	case has(abi.AttrPathMTU) && (attr.PathMTU < 1 || attr.PathMTU > 5):
		return bad(abi.AttrPathMTU, attr.PathMTU)
	case has(abi.AttrTimeout) && attr.Timeout > 31:
		return bad(abi.AttrTimeout, attr.Timeout)
	case has(abi.AttrRetryCnt) && attr.RetryCnt > 7:
		return bad(abi.AttrRetryCnt, attr.RetryCnt)
	case has(abi.AttrRNRRetry) && attr.RNRRetry > 7:
		return bad(abi.AttrRNRRetry, attr.RNRRetry)
	case has(abi.AttrRQPSN) && attr.RQPSN > psn.Mask:
		return bad(abi.AttrRQPSN, attr.RQPSN)
	case has(abi.AttrSQPSN) && attr.SQPSN > psn.Mask:
		return bad(abi.AttrSQPSN, attr.SQPSN)
	case has(abi.AttrMinRNRTimer) && attr.MinRNRTimer > 31:
		return bad(abi.AttrMinRNRTimer, attr.MinRNRTimer)
	case has(abi.AttrDestQPN) && attr.DestQPN >= 1<<24:
		return bad(abi.AttrDestQPN, attr.DestQPN)
	case has(abi.AttrMaxRdAtomic) && attr.MaxRdAtomic > 16:
		return bad(abi.AttrMaxRdAtomic, attr.MaxRdAtomic)
	case has(abi.AttrMaxDestRdAtomic) && attr.MaxDestRdAtomic > 16:
		return bad(abi.AttrMaxDestRdAtomic, attr.MaxDestRdAtomic)
	case (has(abi.AttrMaxRdAtomic) || has(abi.AttrMaxDestRdAtomic)) && q.ctx.dev.caps.Features == 0:
		return fmt.Errorf("%s: the device has no READ and no atomics: %w",
			abi.AttrNames(mask&(abi.AttrMaxRdAtomic|abi.AttrMaxDestRdAtomic)), ErrNotSupported)
	case has(abi.AttrACKEvery) && !q.ctx.dev.has(abi.FeatureCoalesce):
		return fmt.Errorf("%s: the device puts no acknowledgement off: %w", abi.AttrNames(abi.AttrACKEvery), ErrNotSupported)
	case has(abi.AttrMig) && (m.Lease == 0 || m.Announce == 0):
		return fmt.Errorf("mig: lease %d, announce %d: %w", m.Lease, m.Announce, ErrInval)
	case has(abi.AttrMig) && m.Partner != nil && !m.Partner.valid():
		return fmt.Errorf("mig: partner %+v: %w", *m.Partner, ErrInval)
	case has(abi.AttrMig) && m.Capable && !q.ctx.dev.caps.Migration:
		return fmt.Errorf("mig: the device has no migration unit: %w", ErrNotSupported)
	}
	return nil
}

// attrImage makes the image for MODIFY_QP. The group of the container goes with RESET -> INIT, of which the caller says
// nothing: from then on one register write stops the queue pair with the others.
func (q *QP) attrImage(attr *QPAttr, mask uint32, from, to abi.State) (*abi.QPC, uint32) {
	m := attr.Mig
	if from == abi.StateReset && to == abi.StateInit {
		mask |= abi.AttrMig
		m = MigAttr{Lease: 1, Announce: 1}
	}
	return &abi.QPC{
		Access: attr.Access, PKey: attr.PKey, RemoteIP: attr.DestIP, TClass: attr.TClass, QKey: attr.QKey, PMTU: attr.PathMTU, Timeout: attr.Timeout,
		RetryCnt: attr.RetryCnt, RNRRetry: attr.RNRRetry, EPSN: attr.RQPSN, NextPSN: attr.SQPSN,
		MinRNR: attr.MinRNRTimer, RemoteQPN: attr.DestQPN,
		SQDNotify: attr.EnSQDAsyncNotify, ACKEvery: attr.ACKEvery,
		MaxRdAtomic: attr.MaxRdAtomic, MaxDestRdAtomic: attr.MaxDestRdAtomic,
		MigCapable: m.Capable, MigPinned: m.Pinned, MigGroup: q.ctx.attr.Partition.Group, MigLease: m.Lease,
		MigAnnounce: m.Announce, MigProbeLimit: m.ProbeLimit, MigResumeLimit: m.ResumeLimit, MigKey: m.Key,
	}, mask
}

// modified takes note of a transition that the device made.
func (q *QP) modified(to abi.State, attr *QPAttr, mask uint32) error {
	q.state = to
	if mask&abi.AttrMig != 0 {
		q.capable, q.partner = attr.Mig.Capable, nil
		if p := attr.Mig.Partner; p != nil {
			known := *p
			q.partner = &known
		}
	}
	if mask&abi.AttrTimeout != 0 {
		q.retry.Timeout = attr.Timeout
	}
	if mask&abi.AttrRetryCnt != 0 {
		q.retry.RetryCnt = attr.RetryCnt
	}
	switch to {
	case abi.StateReset:
		q.sq.pi, q.sq.tail = 0, 0
		q.rq.pi, q.rq.tail = 0, 0
		q.announcing, q.capable, q.partner, q.retry = false, false, nil, Retry{}
		return q.purge()
	case abi.StateErr:
		q.announcing = false
	}
	return nil
}
