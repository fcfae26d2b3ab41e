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
	drain, sqdSQD, sqdRTS := edge(StateRTS, StateSQD), edge(StateSQD, StateSQD), edge(StateSQD, StateRTS)
	connected, reliable := []QPType{QPTypeRC, QPTypeUC}, []QPType{QPTypeRC}
	// Who has an attribute, where it is required, where it is allowed.
	rules := []struct {
		attr               uint32
		types              []QPType
		required, optional [][2]State
	}{
		{AttrPKey, all, [][2]State{resetInit}, [][2]State{initInit, initRTR, sqdSQD}},
		{AttrQKey, []QPType{QPTypeUD}, [][2]State{resetInit}, [][2]State{initInit, initRTR, rtrRTS, rtsRTS, sqdSQD, sqdRTS, sqeRTS}},
		{AttrAccessFlags, connected, [][2]State{resetInit}, [][2]State{initInit, initRTR, rtrRTS, rtsRTS, sqdSQD, sqdRTS, sqeRTS}},
		{AttrAv, connected, [][2]State{initRTR}, [][2]State{sqdSQD}},
		{AttrPathMTU, connected, [][2]State{initRTR}, nil},
		{AttrDestQPN, connected, [][2]State{initRTR}, nil},
		{AttrRQPSN, connected, [][2]State{initRTR}, nil},
		{AttrMinRNRTimer, reliable, [][2]State{initRTR}, [][2]State{rtrRTS, rtsRTS, sqdSQD, sqdRTS}},
		{AttrMaxDestRdAtomic, reliable, nil, [][2]State{initRTR, sqdSQD}},
		{AttrSQPSN, all, [][2]State{rtrRTS}, nil},
		{AttrTimeout, reliable, [][2]State{rtrRTS}, [][2]State{sqdSQD}},
		{AttrRetryCnt, reliable, [][2]State{rtrRTS}, [][2]State{sqdSQD}},
		{AttrRNRRetry, reliable, [][2]State{rtrRTS}, [][2]State{sqdSQD}},
		{AttrMaxRdAtomic, reliable, nil, [][2]State{rtrRTS, sqdSQD}},
		{AttrMig, connected, nil, [][2]State{initRTR, rtrRTS}},
		{AttrACKEvery, reliable, nil, [][2]State{initRTR}},
		{AttrEnSQDAsyncNotify, all, nil, [][2]State{drain}},
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
				ok := typ.Valid() && (legalEdge(typ, e) || slices.Contains(upward(typ), e))
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
	if edges != 21+22+22 {
		t.Errorf("%d edges", edges)
	}
}

// upward are the edges that go on, one step at a time.
func upward(typ QPType) [][2]State {
	up := [][2]State{
		{StateReset, StateInit}, {StateInit, StateInit}, {StateInit, StateRTR}, {StateRTR, StateRTS}, {StateRTS, StateRTS},
		{StateRTS, StateSQD}, {StateSQD, StateSQD}, {StateSQD, StateRTS},
	}
	if typ != QPTypeRC {
		up = append(up, [2]State{StateSQE, StateRTS})
	}
	return up
}

// legalEdge tells whether an edge is one to RESET or ERR, which can be reached from every state that the driver may leave.
func legalEdge(typ QPType, e [2]State) bool {
	from, to := e[0], e[1]
	switch from {
	case StateReset, StateInit, StateRTR, StateRTS, StateSQD, StateErr:
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
	return to == StateReset || to == StateErr && from != StateReset
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

// TestFeatureEdges: an edge of a state that needs a feature is one of devices with features only.
func TestFeatureEdges(t *testing.T) {
	s := loadSpec(t)
	n := 0
	for _, e := range s.States.Transitions {
		from, _ := ParseState(string(e.From))
		to, _ := ParseState(string(e.To))
		if from.Needs()|to.Needs() == 0 {
			continue
		}
		if n++; !e.Extended {
			t.Errorf("%v -> %v is one of every device", from, to)
		}
	}
	if n == 0 {
		t.Error("no edge needs a feature")
	}
}
