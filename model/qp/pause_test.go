package qp_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
	"pgregory.net/rapid"
)

// TestPauseCostsNoRetry: whatever a requester hears in a pause, and however long it is, its budgets do not shrink; and
// they are full when it begins and when RESUME ends it. P8.
func TestPauseCostsNoRetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := psn.New(uint32(rapid.SampledFrom([]int{0, 5, 1<<24 - 3}).Draw(t, "psn")))
		c := abi.QPC{
			PKey: 0xffff, State: abi.StateRTS, PMTU: 1, SQLog: 4, SQPI: 9, SQSigAll: true, MigCapable: true, MigLease: 1, MigAnnounce: 1, MigProbeLimit: 255,
			NextPSN: first, MaxPSN: first, UnaPSN: first, HeadPSN: first, Timeout: 1, MaxRdAtomic: 2,
			RetryCnt: uint8(rapid.IntRange(0, 7).Draw(t, "retries")), RNRRetry: uint8(rapid.IntRange(0, 6).Draw(t, "RNR retries")),
		}
		c.RetryLeft, c.RNRLeft = uint8(rapid.IntRange(0, int(c.RetryCnt)).Draw(t, "left")), uint8(rapid.IntRange(0, int(c.RNRRetry)).Draw(t, "RNR left"))
		w := abi.WQE{Opcode: rapid.SampledFrom([]abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMARead}).Draw(t, "operation"), NumSGE: 1, Length: 600}
		pkt := wire.Packet{}
		step := func(cause abi.Cause) {
			ev := qp.Event{Cause: cause, Arg: uint32(c.Timer), Pkt: &pkt, WQE: w, MROK: true, Features: abi.FeaturesAll}
			var fx qp.Effects
			qp.Step(&c, &ev, &fx)
		}
		for range rapid.IntRange(1, 9).Draw(t, "packets") {
			step(abi.CauseSend)
		}
		respond := func(s abi.Syndrome, p psn.PSN, epoch uint32) {
			pkt = wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpAcknowledge, PSN: p}, AETH: wire.AETH{Syndrome: uint8(s), MSN: epoch}}
			step(abi.CauseRX)
		}
		respond(abi.SyndromeNAKStopped, c.UnaPSN, 0)
		if c.State != abi.StatePaused || c.RetryLeft != c.RetryCnt || c.RNRLeft != c.RNRRetry {
			t.Fatalf("paused: %v with %d and %d retries left", c.State, c.RetryLeft, c.RNRLeft)
		}
		for range rapid.IntRange(0, 300).Draw(t, "events") {
			before := c
			switch rapid.IntRange(0, 5).Draw(t, "event") {
			case 0:
				step(abi.CauseTimer)
			case 1:
				step(abi.CauseSend)
			case 2:
				step(abi.CauseRetire)
			default:
				s := rapid.SampledFrom([]abi.Syndrome{
					abi.SyndromeNAKStopped, abi.SyndromeACK, abi.SyndromeNAKPSNSeq, abi.SyndromeRNRNAK | 3, abi.SyndromeNAKStopped,
				}).Draw(t, "syndrome")
				respond(s, c.UnaPSN.Add(int32(rapid.IntRange(-3, 3).Draw(t, "at"))), 0)
			}
			if c.RetryLeft < before.RetryLeft || c.RNRLeft < before.RNRLeft {
				t.Fatalf("%d and %d retries left, it was %d and %d", c.RetryLeft, c.RNRLeft, before.RetryLeft, before.RNRLeft)
			}
			if c.State == abi.StateRTS {
				if !c.Rewind {
					t.Fatal("the pause ends, and what it interrupted is not sent again")
				}
				return // answered (R4a), or the lease ended with nothing to probe with
			}
			if c.State != abi.StatePaused {
				t.Fatalf("%v, status %v, vendor %v", c.State, c.SQErr, c.SQVendor)
			}
			if c.ProbesLeft == 0 {
				return
			}
		}
		pkt = wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpMigration}, METH: wire.METH{
			Version: abi.METHVersion, Kind: abi.METHKindResume, Epoch: 1, EPSN: c.UnaPSN,
		}}
		step(abi.CauseRX)
		if c.State != abi.StateRTS || c.RetryLeft != c.RetryCnt || c.RNRLeft != c.RNRRetry || !c.Rewind {
			t.Fatalf("after RESUME: %v with %d and %d retries left", c.State, c.RetryLeft, c.RNRLeft)
		}
	})
}
