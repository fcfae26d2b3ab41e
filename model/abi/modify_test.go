package abi

import (
	"slices"
	"testing"
)

// The table of spec/context.yaml says what this says: IBTA 11.2.5.2 attribute by attribute, where the table goes edge
// by edge. Every type, edge and single attribute is compared, and every mask that differs from the required ones in one.
func TestModifyByAttribute(t *testing.T) {
	all := []QPType{QPTypeRC, QPTypeUC, QPTypeUD}
	edge := func(from, to State) [2]State { return [2]State{from, to} }
	resetInit, initInit := edge(StateReset, StateInit), edge(StateInit, StateInit)
	initRTR, rtrRTS, rtsRTS := edge(StateInit, StateRTR), edge(StateRTR, StateRTS), edge(StateRTS, StateRTS)
	sqeRTS := edge(StateSQE, StateRTS)
	// Who has an attribute, where it is required, where it is allowed.
	rules := []struct {
		attr               uint32
		types              []QPType
		required, optional [][2]State
	}{
		{AttrPKey, all, [][2]State{resetInit}, [][2]State{initInit, initRTR}},
		{AttrQKey, []QPType{QPTypeUD}, [][2]State{resetInit}, [][2]State{initInit, initRTR, rtrRTS, rtsRTS, sqeRTS}},
		{AttrAccessFlags, []QPType{QPTypeRC, QPTypeUC}, [][2]State{resetInit}, [][2]State{initInit, initRTR, rtrRTS, rtsRTS, sqeRTS}},
		{AttrAv, []QPType{QPTypeRC, QPTypeUC}, [][2]State{initRTR}, nil},
		{AttrPathMTU, []QPType{QPTypeRC, QPTypeUC}, [][2]State{initRTR}, nil},
		{AttrDestQPN, []QPType{QPTypeRC, QPTypeUC}, [][2]State{initRTR}, nil},
		{AttrRQPSN, []QPType{QPTypeRC, QPTypeUC}, [][2]State{initRTR}, nil},
		{AttrMinRNRTimer, []QPType{QPTypeRC}, [][2]State{initRTR}, [][2]State{rtrRTS, rtsRTS}},
		{AttrMaxDestRdAtomic, []QPType{QPTypeRC}, nil, [][2]State{initRTR}},
		{AttrSQPSN, all, [][2]State{rtrRTS}, nil},
		{AttrTimeout, []QPType{QPTypeRC}, [][2]State{rtrRTS}, nil},
		{AttrRetryCnt, []QPType{QPTypeRC}, [][2]State{rtrRTS}, nil},
		{AttrRNRRetry, []QPType{QPTypeRC}, [][2]State{rtrRTS}, nil},
		{AttrMaxRdAtomic, []QPType{QPTypeRC}, nil, [][2]State{rtrRTS}},
		{AttrMig, []QPType{QPTypeRC, QPTypeUC}, nil, [][2]State{initRTR, rtrRTS}},
	}
	// ERR and RESET can be reached from every state that the driver may leave; up it goes one step at a time.
	legal := func(typ QPType, e [2]State) bool {
		from, to := e[0], e[1]
		switch from {
		case StateReset, StateInit, StateRTR, StateRTS, StateErr:
		case StatePaused:
			if typ != QPTypeRC { // NAK_STOPPED is an acknowledgement
				return false
			}
		case StateSQE:
			if typ == QPTypeRC {
				return false
			}
		default:
			return false
		}
		switch to {
		case StateReset:
			return true
		case StateErr:
			return from != StateReset
		}
		return e == resetInit || e == initInit || e == initRTR || e == rtrRTS || e == rtsRTS || e == sqeRTS
	}
	edges := 0
	for typ := range QPType(4) {
		for from := range State(NumStates + 1) {
			for to := range State(NumStates + 1) {
				e := edge(from, to)
				var required, optional uint32
				for _, r := range rules {
					for _, t := range r.types {
						if t == typ && slices.Contains(r.required, e) {
							required |= r.attr
						}
						if t == typ && slices.Contains(r.optional, e) {
							optional |= r.attr
						}
					}
				}
				ok := typ.Valid() && legal(typ, e)
				if ok {
					edges++
				} else {
					required, optional = 0, 0
				}
				gotR, okR := RequiredAttrs(typ, from, to)
				gotO, okO := OptionalAttrs(typ, from, to)
				if okR != ok || okO != ok || gotR != required || gotO != optional {
					t.Errorf("%v, %v -> %v: %v, required %s, optional %s; want %v, %s, %s", typ, from, to,
						okR, AttrNames(gotR), AttrNames(gotO), ok, AttrNames(required), AttrNames(optional))
				}
				checkMasks(t, typ, from, to, ok, required, optional)
			}
		}
	}
	if edges != 16+17+17 {
		t.Errorf("%d edges", edges)
	}
}

// checkMasks tries the required mask, all of them, and each that differs from the required one in one attribute.
func checkMasks(t *testing.T, typ QPType, from, to State, ok bool, required, optional uint32) {
	t.Helper()
	for bit := range 32 {
		a := uint32(1) << bit
		want := ok && required&a == 0 && (optional&a != 0 || a == AttrState)
		if got := ModifyOK(typ, from, to, required^a); got != want {
			t.Errorf("%v, %v -> %v with %s: %v", typ, from, to, AttrNames(required^a), got)
		}
	}
	if ModifyOK(typ, from, to, required) != ok || ModifyOK(typ, from, to, required|optional|AttrState) != ok {
		t.Errorf("%v, %v -> %v: exactly its attributes are refused, or taken", typ, from, to)
	}
}
