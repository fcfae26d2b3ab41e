package testvectors

import (
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/model/abi"
)

// genAttributes asks a driver for every edge with what it needs, without each of that, with each thing that it may have, and with
// each that it may not.
func genAttributes(d *draft) {
	for _, t := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
		d.group(strings.ToLower(t.String()), "IBTA 11.2.5.2", "IBTA 11.2.5.2 tables 91 to 93; spec/states.yaml; ib_modify_qp_is_ok of Linux",
			fmt.Sprintf("MODIFY_QP of %v: which attributes an edge needs, which it may have.", t))
		for from := range abi.NumStates {
			for to := range abi.NumStates {
				d.edge(t, abi.State(from), abi.State(to))
			}
		}
	}
}

// edge asks about one edge.
func (d *draft) edge(t abi.QPType, from, to abi.State) {
	required, ok := abi.RequiredAttrs(t, from, to)
	optional, _ := abi.OptionalAttrs(t, from, to)
	ask := func(name string, attrs uint32) {
		m := &ModifyCase{Attrs: attrNames(attrs), From: from.String(), To: to.String(), Type: t.String()}
		v := Vector{Modify: m}
		v.Verdict, v.Class, _ = commandVerdict(modifyStatus(t, from, to, attrs))
		d.add(v, fmt.Sprintf("%v to %v,%s", from, to, name))
	}
	ask("required", required)
	if !ok {
		return
	}
	ask("all", required|optional)
	for bit := range 32 {
		switch attr := uint32(1) << bit; {
		case attr&abi.AttrsDriver&^abi.AttrState == 0:
		case attr&required != 0:
			ask("without "+abi.AttrNames(attr), required&^attr)
		default:
			ask("with "+abi.AttrNames(attr), required|attr)
		}
	}
}

// modifyStatus is what a driver says to an edge with these attributes.
func modifyStatus(t abi.QPType, from, to abi.State, attrs uint32) abi.CmdStatus {
	switch _, ok := abi.RequiredAttrs(t, from, to); {
	case !ok:
		return abi.CmdStatusBadState
	case !abi.ModifyOK(t, from, to, attrs):
		return abi.CmdStatusBadAttr
	}
	return abi.CmdStatusOK
}

func attrNames(attrs uint32) []string {
	if attrs == 0 {
		return []string{}
	}
	return strings.Split(abi.AttrNames(attrs), "|")
}

// replayModify asks again.
func replayModify(v *Vector) []Difference {
	m := v.Modify
	var attrs uint32
	for bit := range 32 {
		for _, name := range m.Attrs {
			if attr := uint32(1) << bit; attr&abi.AttrsDriver != 0 && abi.AttrNames(attr) == name {
				attrs |= attr
			}
		}
	}
	t, _ := abi.ParseQPType(m.Type)
	from, _ := abi.ParseState(m.From)
	to, _ := abi.ParseState(m.To)
	verdict, class, _ := commandVerdict(modifyStatus(t, from, to, attrs))
	return append(differ("verdict", v.Verdict, verdict), differ("class", v.Class, class)...)
}
