package driver_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// edge is a transition of a type of queue pair.
type edge struct {
	typ      abi.QPType
	from, to abi.State
}

// attrs are required and optional attributes.
type attrs struct{ required, optional uint32 }

const (
	rc, uc, ud = abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD

	pkey, access, ownQKey = abi.AttrPKey, abi.AttrAccessFlags, abi.AttrQKey
)

// linux is the table of ib_modify_qp_is_ok (drivers/infiniband/core/verbs.c, qp_state_table), without the attributes that
// RoCE devices of one port and without alternate paths have no use for: IB_QP_CUR_STATE, IB_QP_PORT, IB_QP_ALT_PATH,
// IB_QP_PATH_MIG_STATE.
func linux() map[edge]attrs {
	const (
		reset, initial, rtr, rts, sqd, sqe, err = abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateSQD, abi.StateSQE, abi.StateErr

		path = abi.AttrAv | abi.AttrPathMTU | abi.AttrDestQPN | abi.AttrRQPSN
	)
	t := map[edge]attrs{}
	for _, typ := range []abi.QPType{rc, uc, ud} {
		own := uint32(access) // what INIT is about besides the P_Key
		if typ == ud {
			own = ownQKey
		}
		t[edge{typ, reset, reset}] = attrs{}
		t[edge{typ, reset, initial}] = attrs{required: pkey | own}
		t[edge{typ, initial, initial}] = attrs{optional: pkey | own}
		t[edge{typ, rts, sqd}] = attrs{optional: abi.AttrEnSQDAsyncNotify}
		for _, from := range []abi.State{initial, rtr, rts, sqd, sqe, err} {
			t[edge{typ, from, reset}], t[edge{typ, from, err}] = attrs{}, attrs{}
		}
	}
	t[edge{rc, initial, rtr}] = attrs{path | abi.AttrMinRNRTimer | abi.AttrMaxDestRdAtomic, access | pkey}
	t[edge{uc, initial, rtr}] = attrs{path, access | pkey}
	t[edge{ud, initial, rtr}] = attrs{0, pkey | ownQKey}
	t[edge{rc, rtr, rts}] = attrs{
		abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrSQPSN | abi.AttrMaxRdAtomic, access | abi.AttrMinRNRTimer,
	}
	t[edge{uc, rtr, rts}] = attrs{abi.AttrSQPSN, access}
	t[edge{ud, rtr, rts}] = attrs{abi.AttrSQPSN, ownQKey}
	for _, from := range []abi.State{rts, sqd} {
		t[edge{rc, from, rts}] = attrs{0, access | abi.AttrMinRNRTimer}
		t[edge{uc, from, rts}] = attrs{0, access}
		t[edge{ud, from, rts}] = attrs{0, ownQKey}
	}
	t[edge{uc, sqe, rts}] = attrs{0, access}
	t[edge{ud, sqe, rts}] = attrs{0, ownQKey}
	t[edge{rc, sqd, sqd}] = attrs{0, abi.AttrAv | abi.AttrTimeout | abi.AttrRetryCnt | abi.AttrRNRRetry | abi.AttrMaxRdAtomic |
		abi.AttrMaxDestRdAtomic | access | pkey | abi.AttrMinRNRTimer}
	t[edge{uc, sqd, sqd}] = attrs{0, abi.AttrAv | access | pkey}
	t[edge{ud, sqd, sqd}] = attrs{0, pkey | ownQKey}
	return t
}

// The generated table is that of Linux, but for what is said here.
func TestMasksAreThoseOfLinux(t *testing.T) {
	want := linux()
	// A queue pair of type RC is never in SQE: a failed send takes it to ERR (IBTA 10.3.1.6).
	delete(want, edge{rc, abi.StateSQE, abi.StateReset})
	delete(want, edge{rc, abi.StateSQE, abi.StateErr})
	// PAUSED is a state of the migration protocol, for RC only: UC and UD have no NAK.
	want[edge{rc, abi.StatePaused, abi.StateReset}], want[edge{rc, abi.StatePaused, abi.StateErr}] = attrs{}, attrs{}
	relax := func(e edge, optional, added uint32) {
		a := want[e]
		want[e] = attrs{a.required &^ optional, a.optional | optional | added}
	}
	// Devices without READ and atomics have no use for their limits; the migration attributes are godwit's.
	relax(edge{rc, abi.StateInit, abi.StateRTR}, abi.AttrMaxDestRdAtomic, abi.AttrMig|abi.AttrACKEvery)
	relax(edge{uc, abi.StateInit, abi.StateRTR}, 0, abi.AttrMig)
	relax(edge{rc, abi.StateRTR, abi.StateRTS}, abi.AttrMaxRdAtomic, abi.AttrMig)
	relax(edge{uc, abi.StateRTR, abi.StateRTS}, 0, abi.AttrMig)
	for _, typ := range []abi.QPType{rc, uc, ud} {
		for from := abi.StateReset; from.Valid(); from++ {
			for to := abi.StateReset; to.Valid(); to++ {
				e := edge{typ, from, to}
				required, ok := abi.RequiredAttrs(typ, from, to)
				optional, _ := abi.OptionalAttrs(typ, from, to)
				a, known := want[e]
				if ok != known || ok && (attrs{required, optional}) != a {
					t.Errorf("%v %v -> %v: %v, required %s, optional %s; want %v, %s, %s", typ, from, to,
						ok, abi.AttrNames(required), abi.AttrNames(optional), known, abi.AttrNames(a.required), abi.AttrNames(a.optional))
				}
			}
		}
	}
}

// reach makes a queue pair of a type in a state, on host 0 of a rig; false if the type is never there.
func reach(r *rig, typ abi.QPType, to abi.State) (*driver.QP, bool) {
	t := r.t
	a, b := newSide(t, r.open(0, 0)), newSide(t, r.open(1, 1))
	made := func(s *side) *driver.QP {
		return must(s.pd.CreateQP(driver.QPInitAttr{Type: typ, SendCQ: s.cq, RecvCQ: s.cq, MaxSendWR: 4, MaxRecvWR: 4}))(t)
	}
	q, p := made(a), made(b)
	up := func(q, peer *driver.QP, to abi.State) {
		for _, s := range []abi.State{abi.StateInit, abi.StateRTR, abi.StateRTS} {
			if q.State() == to {
				return
			}
			required, _ := abi.RequiredAttrs(typ, q.State(), s)
			if typ != ud && s == abi.StateRTR {
				required |= abi.AttrMig
			}
			check(t, q.Modify(full(s, peer), required|abi.AttrState))
		}
	}
	switch to {
	case abi.StateReset:
	case abi.StateInit, abi.StateRTR, abi.StateRTS:
		up(q, p, to)
	case abi.StateErr, abi.StateSQD:
		up(q, p, abi.StateRTS)
		check(t, q.Modify(full(to, p), abi.AttrState))
		r.step(4) // until it is drained
	case abi.StateSQE:
		if typ == rc {
			return nil, false
		}
		up(q, p, abi.StateRTS)
		wr := driver.SendWR{Opcode: abi.WROpcodeSend, SGE: driver.SGE{Addr: winVA, Length: 8, LKey: 0xbad}, RemoteQPN: p.QPN()}
		if typ == ud {
			wr.AH = must(a.pd.CreateAH(driver.AHAttr{DestIP: r.m[1].dev.IP()}))(t)
		}
		must(q.PostSend(wr))(t)
		r.step(4)
		if got := a.poll(t); len(got) != 1 || got[0].Status != abi.WCStatusLocProtErr {
			t.Fatalf("completions %+v", got)
		}
	case abi.StatePaused:
		if typ != rc {
			return nil, false
		}
		up(q, p, abi.StateRTS)
		up(p, q, abi.StateRTS)
		check(t, b.ctx.Stall())
		must(q.PostSend(driver.SendWR{Opcode: abi.WROpcodeSend, SGE: a.sge(8)}))(t)
		r.step(8)
	default:
		return nil, false
	}
	if q.State() != to {
		t.Fatalf("%v: in %v, want %v", typ, q.State(), to)
	}
	return q, true
}

// full has values for all attributes of all types.
func full(to abi.State, peer *driver.QP) *driver.QPAttr {
	a := attr(to, peer)
	a.QKey, a.MaxRdAtomic, a.MaxDestRdAtomic, a.ACKEvery = 5, 4, 4, 1
	return a
}

// Every transition of every type with exactly its attributes is taken; with one too few or one too many it is refused with
// that attribute's name, and the state stays.
func TestModifyMasks(t *testing.T) {
	edges := 0
	for _, typ := range []abi.QPType{rc, uc, ud} {
		for from := abi.StateReset; from.Valid(); from++ {
			for to := abi.StateReset; to.Valid(); to++ {
				t.Run(fmt.Sprintf("%v %v %v", typ, from, to), func(t *testing.T) {
					if q, ok := reach(newRig(t, 2, params), typ, from); ok && modifyEdge(t, q, typ, from, to) {
						edges++
					}
				})
			}
		}
	}
	if edges != len(linux())-2+2 {
		t.Errorf("%d transitions were made", edges)
	}
}

// modifyEdge tries one transition, and tells whether there is one.
func modifyEdge(t *testing.T, q *driver.QP, typ abi.QPType, from, to abi.State) bool {
	required, ok := abi.RequiredAttrs(typ, from, to)
	optional, _ := abi.OptionalAttrs(typ, from, to)
	if !ok {
		wants(t, "no edge", q.Modify(full(to, nil), abi.AttrState), driver.ErrState)
		return false
	}
	for bit := range 24 {
		a := uint32(1) << bit
		mask := required | abi.AttrState
		switch {
		case a == abi.AttrState || optional&a != 0 || abi.AttrNames(a) == "":
			continue
		case required&a != 0:
			mask &^= a
		default:
			mask |= a
		}
		err := q.Modify(full(to, nil), mask)
		if !errors.Is(err, driver.ErrInval) || !strings.Contains(err.Error(), abi.AttrNames(a)) {
			t.Errorf("mask %s: error %v, want one about %s", abi.AttrNames(mask), err, abi.AttrNames(a))
		}
		if q.State() != from {
			t.Fatalf("in %v after an error", q.State())
		}
	}
	check(t, q.Modify(full(to, nil), required|optional|abi.AttrState))
	if img := must(q.Query())(t); q.State() != to || img.State != to {
		t.Errorf("in %v, the device says %v", q.State(), img.State)
	}
	return true
}
