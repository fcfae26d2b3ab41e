package abi

import "strings"

// TransitionAllowed reports whether the state graph has an edge from one state to another that via takes.
func TransitionAllowed(from, to State, via Via) bool {
	if int(from) >= NumStates || int(to) >= NumStates {
		return false
	}
	return transitionVia[from][to]>>via&1 != 0
}

// RequiredAttrs returns the attributes that a queue pair of type t needs to go from one state to another; false when
// the driver may not take that edge at all.
func RequiredAttrs(t QPType, from, to State) (attrs uint32, ok bool) {
	r := modify(t, from, to)
	return r.required, r.ok
}

// OptionalAttrs returns the attributes that it takes beside the required ones; false as in RequiredAttrs.
func OptionalAttrs(t QPType, from, to State) (attrs uint32, ok bool) {
	r := modify(t, from, to)
	return r.optional, r.ok
}

// ModifyOK reports whether a queue pair of type t may go from one state to another with exactly these attributes: all
// required ones, and no other but the optional ones and AttrState. (ib_modify_qp_is_ok of the Linux kernel.)
func ModifyOK(t QPType, from, to State, attrs uint32) bool {
	r := modify(t, from, to)
	return r.ok && attrs&r.required == r.required && attrs&^(r.required|r.optional|AttrState) == 0
}

func modify(t QPType, from, to State) modifyRule {
	if !t.Valid() || int(from) >= NumStates || int(to) >= NumStates {
		return modifyRule{}
	}
	return modifyRules[t][from][to]
}

// AttrNames returns the names of a set of attribute bits joined by "|", "0" for none. Bits without a name read "?".
func AttrNames(attrs uint32) string {
	if attrs == 0 {
		return "0"
	}
	var parts []string
	for bit := range 32 {
		if attrs>>bit&1 == 0 {
			continue
		}
		if bit < len(namesAttr) && namesAttr[bit] != "" {
			parts = append(parts, namesAttr[bit])
		} else {
			parts = append(parts, "?")
		}
	}
	return strings.Join(parts, "|")
}
