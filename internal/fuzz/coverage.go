package fuzz

import (
	"fmt"

	"github.com/godwit-rdma/godwit/internal/campaign"
	"github.com/godwit-rdma/godwit/model/abi"
)

// Coverage counts steps by the state before them, their cause and their verdict.
type Coverage [abi.NumStates][32][64]uint64

// Covered is one kind of step and how often it was taken.
type Covered struct {
	State   string `json:"state"`
	Cause   string `json:"cause"`
	Verdict string `json:"verdict"`
	Count   uint64 `json:"count"`
}

// String is the kind of step and its count.
func (c Covered) String() string {
	return fmt.Sprintf("%-8s %-10s %-16s %d", c.State, c.Cause, c.Verdict, c.Count)
}

func (c *Coverage) add(s abi.State, cause abi.Cause, v abi.Verdict) {
	if int(s) < len(c) && int(cause) < len(c[0]) && int(v) < len(c[0][0]) {
		c[s][cause][v]++
	}
}

// newCoverages makes one for each worker.
func newCoverages(o *Options) []*Coverage {
	p := campaign.Plan{Workers: o.Workers}
	list := make([]*Coverage, p.Width())
	for i := range list {
		list[i] = &Coverage{}
	}
	return list
}

// merge lists what was covered, in the order of codes.
func merge(list []*Coverage) []Covered {
	var all Coverage
	for _, c := range list {
		for s := range c {
			for cause := range c[s] {
				for v, n := range c[s][cause] {
					all[s][cause][v] += n
				}
			}
		}
	}
	var out []Covered
	for s := range all {
		for cause := range all[s] {
			for v, n := range all[s][cause] {
				if n == 0 {
					continue
				}
				// The verdict of a command is a status, of another enum.
				name := abi.Verdict(v).String()
				if abi.Cause(cause) == abi.CauseCMD {
					name = abi.CmdStatus(v).String()
				}
				out = append(out, Covered{abi.State(s).String(), abi.Cause(cause).String(), name, n})
			}
		}
	}
	return out
}
