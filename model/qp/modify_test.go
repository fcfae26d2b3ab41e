package qp_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
)

// TestLoadIsStrict: an image that no NIC dumped must not make a context that no step can leave, or that waits
// for a timer nobody runs.
func TestLoadIsStrict(t *testing.T) {
	img := abi.QPC{State: abi.StateStopped, SavedState: abi.StateRTR, PMTU: 1, MigLease: 1, MigAnnounce: 1}
	for s := range abi.State(16) {
		c := img
		c.SavedState = s
		want := abi.CmdStatusBadState
		switch s {
		case abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateSQD, abi.StateErr:
			want = abi.CmdStatusOK
		}
		if _, status := qp.Load(&c, 0); status != want {
			t.Errorf("saved state %v: %v, want %v", s, status, want)
		}
	}
	img.Timer, img.ResumePending, img.Probe, img.DrainDue = abi.TimerACK, true, true, true
	c, status := qp.Load(&img, 0)
	if status != abi.CmdStatusOK || c.Timer != abi.TimerNone || c.ResumePending || c.Probe || c.DrainDue {
		t.Errorf("%v: timer %v, resume pending %v, probe %v, drain due %v", status, c.Timer, c.ResumePending, c.Probe, c.DrainDue)
	}
}
