package qp_test

import (
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// The goal for each of these is 10 million steps a second and no allocation: search and fuzzing live on it.

func benchContext() abi.QPC {
	return abi.QPC{
		PKey: 0xffff, State: abi.StateRTS, PMTU: 3, SQLog: 15, RQLog: 15, Timeout: 14, RetryCnt: 7, RNRRetry: 7, RetryLeft: 7, RNRLeft: 7,
		SQPI: 1, MigLease: 1, MigAnnounce: 1,
	}
}

func run(b *testing.B, c *abi.QPC, ev *qp.Event, again func(*qp.Effects)) {
	b.Helper()
	b.ReportAllocs()
	var fx qp.Effects
	for b.Loop() {
		if v := qp.Step(c, ev, &fx); v != abi.VerdictOK {
			b.Fatal(v)
		}
		again(&fx)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Msteps/s")
}

// BenchmarkStepSend sends the middle packets of a message without end.
func BenchmarkStepSend(b *testing.B) {
	c := benchContext()
	ev := qp.Event{
		Cause: abi.CauseSend, MROK: true, WQE: abi.WQE{Opcode: abi.WROpcodeSend, NumSGE: 1, Length: 1 << 31},
	}
	run(b, &c, &ev, func(fx *qp.Effects) {
		c.UnaPSN, c.SQOff = c.NextPSN, 1024 // all acknowledged, and never at the end
		if !fx.HasPacket {
			b.Fatal("nothing sent")
		}
	})
}

// BenchmarkStepACK takes the acknowledgement of one packet of several.
func BenchmarkStepACK(b *testing.B) {
	c := benchContext()
	c.MaxPSN, c.NextPSN = 2, 2
	pkt := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpAcknowledge}, AETH: wire.AETH{Syndrome: uint8(abi.SyndromeACK)}}
	ev := qp.Event{Cause: abi.CauseRX, Pkt: &pkt}
	run(b, &c, &ev, func(*qp.Effects) {
		pkt.BTH.PSN = c.UnaPSN
		c.MaxPSN, c.NextPSN, c.Timer = c.UnaPSN.Add(2), c.UnaPSN.Add(2), abi.TimerACK
	})
}

// BenchmarkStepReceive executes one-packet SENDs in order, each with its completion and acknowledgement.
func BenchmarkStepReceive(b *testing.B) {
	c := benchContext()
	c.RQPI = 1
	pkt := wire.Packet{BTH: wire.BTH{PKey: 0xffff, Op: abi.OpSendOnly, AckReq: true}, Payload: make([]byte, 1024)}
	ev := qp.Event{Cause: abi.CauseRX, Pkt: &pkt, MROK: true, WQE: abi.WQE{NumSGE: 1, Length: 1024}}
	run(b, &c, &ev, func(fx *qp.Effects) {
		pkt.BTH.PSN, c.RQPI = c.EPSN, c.RQCI+1
		if fx.Write != 1024 || !fx.HasCQE || !fx.HasPacket {
			b.Fatal("not executed")
		}
	})
}
