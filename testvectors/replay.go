package testvectors

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Target is what vectors are replayed on.
type Target string

// The targets. On the model a vector runs the functions of packages wire and qp, a device vector with the tables of a plain NIC
// around them; on the core, a whole NIC without time, its registers, tables and frames.
const (
	OnModel Target = "model"
	OnCore  Target = "core"
)

// Result is what became of one vector. OK and Skipped are never both set.
type Result struct {
	ID      string `json:"id"`
	Key     string `json:"key"`
	OK      bool   `json:"ok"`
	Skipped bool   `json:"skipped"`
	// Why says what differs first, or why the vector cannot be put to the target.
	Why string `json:"why"`
	// Diffs is all that differs, field by field.
	Diffs []Difference `json:"diffs,omitempty"`
}

// Replay runs every vector of a suite on a target.
func Replay(f *File, on Target) ([]Result, error) {
	run := replayModel
	switch on {
	case OnModel:
	case OnCore:
		run = replayCore
	default:
		return nil, fmt.Errorf("no target is called %q; there are %s and %s", on, OnModel, OnCore)
	}
	out := make([]Result, len(f.Vectors))
	for i := range f.Vectors {
		out[i] = run(&f.Vectors[i])
	}
	return out, nil
}

// judged is the result of a vector: what differs, or that it was skipped, and why.
func (v *Vector) judged(diffs []Difference, skipped string) Result {
	r := Result{ID: v.ID, Key: v.Key, OK: len(diffs) == 0 && skipped == "", Skipped: skipped != "", Why: skipped, Diffs: diffs}
	if len(diffs) != 0 {
		r.Why, r.Skipped = diffs[0].String(), false
	}
	return r
}

// replayModel compares what the model makes of a vector's inputs with the vector.
func replayModel(v *Vector) Result {
	switch {
	case v.Modify != nil:
		return v.judged(replayModify(v), "")
	case v.Device != nil:
		diffs, skipped := replayPlain(v)
		if skipped {
			return v.judged(nil, "not a step of queue pair 0")
		}
		return v.judged(diffs, "")
	}
	d := &draft{keys: map[string]bool{}, groups: []Group{{Name: "replay"}}}
	if v.Frame != nil {
		d.frame("frame", v.Frame.Bytes.Bytes(), v.Flags...)
		d.vectors[0].Flags = v.Flags
	} else {
		again, why := rerun(v)
		if why != "" {
			return v.judged([]Difference{{Field: "frame", Want: "one that is received", Got: why}}, "")
		}
		d.vectors = append(d.vectors, again)
	}
	again := d.vectors[0]
	again.ID, again.Key = v.ID, v.Key
	return v.judged(differencesOf(v, &again), "")
}

// differencesOf are the fields in which again is not what v says; where no field tells them apart, their text does.
func differencesOf(v, again *Vector) []Difference {
	if bytes.Equal(encodeVector(v), encodeVector(again)) {
		return nil
	}
	diffs := append(differ("verdict", v.Verdict, again.Verdict), differ("class", v.Class, again.Class)...)
	if v.Step != nil && again.Step != nil {
		diffs = append(diffs, v.Step.differences(again.Step)...)
	}
	if len(diffs) == 0 {
		diffs = []Difference{{Field: "vector", Want: "what follows from its inputs", Got: differs(v, again)}}
	}
	return diffs
}

// rerun runs a step vector's inputs again.
func rerun(v *Vector) (again Vector, why string) {
	s := *v.Step
	s.Fetch, s.Check, s.Old = "", nil, ""
	again = Vector{Flags: v.Flags, Step: &s}
	before := s.Before.context()
	if s.Command != "" {
		after, status, fx := runCommand(&s)
		s.Effects = effectsOf(&fx)
		s.finish(&after, 0)
		again.Verdict, again.Class = status.String(), "ok"
		if status != abi.CmdStatusOK {
			again.Class = "drop"
		}
		return again, ""
	}
	if s.Frame != "" {
		var p wire.Packet
		if err := wire.Parse(s.Frame.Bytes(), &p); err != nil {
			return again, "the frame is not received: " + err.Error()
		}
	}
	var wqe [abi.WQESize]byte
	copy(wqe[:], s.WQE.Bytes())
	old := uint64(0)
	if v.Step.Old != "" {
		old = v.Step.Old.Uint()
	}
	out := runStep(&s, wqe[:], v.Step.Check == nil || v.Step.Check.OK, old)
	s.Fetch, s.Check, s.Old = out.fetch, out.check, out.old
	s.WQE = v.Step.WQE
	s.Effects = effectsOf(&out.fx)
	s.finish(&out.after, out.write())
	again.Verdict = out.verdict.String()
	cause, _ := abi.ParseCause(s.Cause)
	again.Class = classOf(out.verdict, &out.fx, &out.after, failed(cause, &before, &out.after))
	return again, ""
}
