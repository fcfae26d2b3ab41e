package sim

import (
	"fmt"
	"slices"
	"strings"
)

// Top modules this package knows the sources of.
const (
	TopCore = "rdma_core" // the NIC, verilator/rtl
	TopEcho = "rdma_echo" // self test of the harness, verilator/tb/selftest
)

// Params say which simulator to build. Zero fields get the defaults of the comments.
type Params struct {
	Top       string // module with the ports of rdma_core; default TopCore
	DataW     int    // bits of a data beat, 64, 128, 256 or 512; default 128
	NumQP     int    // context slots; default 8
	NumMR     int    // memory regions; default 16
	NumCQ     int    // completion queues; default 8
	TickDiv   int    // cycles of a timer tick, more than NumQP; default 1024
	Migration Switch // migration unit; default On
	Mutant    string // deliberate fault: define GODWIT_MUTANT_<Mutant>; default none
	Trace     bool   // waveforms possible; slower, so only for the run that looks at a failure
	// Sources, when not empty, replaces this repository's RTL: files for Verilator, in order. Directories are searched for
	// modules and included files.
	Sources []string
}

// Switch is a flag whose zero value is On.
type Switch uint8

// The two positions.
const (
	On Switch = iota
	Off
)

func (p Params) withDefaults() Params {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&p.DataW, 128)
	def(&p.NumQP, 8)
	def(&p.NumMR, 16)
	def(&p.NumCQ, 8)
	def(&p.TickDiv, 1024)
	if p.Top == "" {
		p.Top = TopCore
	}
	return p
}

// check reports parameters no simulator can be built from.
func (p Params) check() error {
	if !slices.Contains([]int{64, 128, 256, 512}, p.DataW) {
		return fmt.Errorf("DataW is %d, want 64, 128, 256 or 512", p.DataW)
	}
	for _, v := range []struct {
		name          string
		val, min, max int
	}{{"NumQp", p.NumQP, 1, 256}, {"NumMr", p.NumMR, 1, 256}, {"NumCq", p.NumCQ, 1, 256}, {"TickDiv", p.TickDiv, p.NumQP + 1, 1 << 20}} {
		if v.val < v.min || v.val > v.max {
			return fmt.Errorf("%s is %d, want %d to %d", v.name, v.val, v.min, v.max)
		}
	}
	if strings.Trim(p.Mutant, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return fmt.Errorf("mutant %q is not an upper-case identifier", p.Mutant)
	}
	if strings.Trim(p.Top, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return fmt.Errorf("top module %q is not an identifier", p.Top)
	}
	return nil
}

func (p Params) migration() int {
	if p.Migration == Off {
		return 0
	}
	return 1
}

// String names the build in one line, for progress and errors.
func (p Params) String() string {
	p = p.withDefaults()
	s := fmt.Sprintf("%s DataW=%d NumQp=%d NumMr=%d NumCq=%d TickDiv=%d Migration=%d", p.Top, p.DataW, p.NumQP, p.NumMR, p.NumCQ, p.TickDiv, p.migration())
	if p.Mutant != "" {
		s += " mutant " + p.Mutant
	}
	if p.Trace {
		s += " with waveforms"
	}
	return s
}

// manifest is the C++ header that tells the harness what it was built with.
func (p Params) manifest(simulator string) string {
	return fmt.Sprintf(`#define GODWIT_DUT_NAME %q
#define GODWIT_SIMULATOR %q
#define GODWIT_MUTANT %q
#define GODWIT_DATA_W %d
#define GODWIT_NUM_QP %d
#define GODWIT_NUM_MR %d
#define GODWIT_NUM_CQ %d
#define GODWIT_TICK_DIV %d
#define GODWIT_MIGRATION %d
`, p.Top, simulator, p.Mutant, p.DataW, p.NumQP, p.NumMR, p.NumCQ, p.TickDiv, p.migration())
}
