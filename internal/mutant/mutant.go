// Package mutant asks whether the checkers are looking: it builds the RTL with one deliberate bug at a time
// (verilator/rtl/MUTANTS.md), runs programs on it in lockstep until the bug is found, and shrinks the program.
package mutant

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/godwit-rdma/godwit/internal/story"
)

// Mutant is a deliberate bug in the RTL, built in by the define GODWIT_MUTANT_<Name>.
type Mutant struct {
	Name string `json:"name"`
	// File is where it is, in verilator/rtl; Breaks is what it breaks.
	File   string `json:"file"`
	Breaks string `json:"breaks"`
	// story is the program that shows it soonest.
	story string
}

// All are the mutants, in the order of the data path.
var All = []Mutant{
	{"RX_ICRC_IGNORED", "rdma_rx_check.sv", "a wrong ICRC is accepted", "corrupt"},
	{"RX_PAD_COUNTED", "rdma_rx_check.sv", "the pad counts as payload", "transfer"},
	{"PKEY_EXACT", "rdma_units.sv", "only an equal partition key matches, not one that differs in the membership bit", "partition"},
	{"PKEY_LIMITED", "rdma_units.sv", "two limited members of a partition talk", "partition"},
	{"EPSN_SKIP", "rdma_responder.sv", "every sixteenth message of one packet advances ePSN by two", "transfer"},
	{"MSN_STUCK", "rdma_responder.sv", "completed messages do not advance the MSN", "transfer"},
	{"PSN_STUCK", "rdma_requester.sv", "the PSN does not advance after the last packet of a message", "transfer"},
	{"LOST_COMPLETION", "rdma_completer.sv", "every fourth completion is not written", "transfer"},
	{"RETRY_FREE", "rdma_completer.sv", "a timeout costs no retry", "loss"},
	{"TIMER_EARLY", "rdma_timer.sv", "timers run out after half their ticks", "loss"},
	{"HANG", "rdma_seq.sv", "the sequencer waits for ever when it retransmits certain packets", "loss"},
	{"TX_BYTE_LANE", "rdma_tx.sv", "two byte lanes of the payload are swapped", "transfer"},
	{"TX_ICRC_LAST_BEAT", "rdma_tx.sv", "the ICRC is wrong when the payload ends in the last lane", "transfer"},
	{"EARLY_STALL_ACK", "rdma_seq.sv", "STALL is reported done while a packet is still leaving", "stall"},
	{"NO_REWIND_ON_RESUME", "rdma_mig.sv", "activation does not go back to una_psn", "move"},
	{"STALE_ADDRESS", "rdma_mig.sv", "an accepted RESUME does not change the partner's address", "move"},
	{"LOAD_EPOCH", "rdma_cmd.sv", "a restored queue pair keeps the epoch of its dump", "move"},
	{"EPOCH_COMPARE", "rdma_mig.sv", "any other epoch counts as newer", "late"},
	{"PROGRESS_UNCHECKED", "rdma_mig.sv", "a copy that has forgotten acknowledged messages is accepted", "zombie"},
	{"TAG_UNCHECKED", "rdma_mig.sv", "the tag of a migration packet is not looked at", "tag"},
}

//go:embed stories/*.story
var files embed.FS

// Find returns the mutant with a name, or all of them for "all".
func Find(name string) ([]Mutant, error) {
	if name == "all" {
		return All, nil
	}
	var names []string
	for _, m := range All {
		if m.Name == name {
			return []Mutant{m}, nil
		}
		names = append(names, m.Name)
	}
	return nil, fmt.Errorf("no mutant %q; there are: all, %s", name, strings.Join(names, ", "))
}

// Programs are the stories that mutants are hunted with, the given one first.
func Programs(first string) ([]*story.Story, error) {
	entries, err := files.ReadDir("stories")
	if err != nil {
		return nil, err
	}
	var out []*story.Story
	for _, e := range entries {
		text, err := files.ReadFile(path.Join("stories", e.Name()))
		if err != nil {
			return nil, err
		}
		s, err := story.Parse(e.Name(), string(text))
		if err != nil {
			return nil, err
		}
		out = append(out, s)
		if e.Name() == first+".story" {
			out[0], out[len(out)-1] = out[len(out)-1], out[0]
		}
	}
	return out, nil
}
