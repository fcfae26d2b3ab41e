package testvectors

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// What the step vectors' contexts start from: PSNs that wrap, so that no comparison of raw numbers passes.
const (
	localQPN  = 0x00000a
	remoteQPN = 0xfffff1
	una       = psn.PSN(0xfffffd) // oldest unacknowledged
	sent      = 5                 // PSNs una..una+4 are outstanding
	epsn      = psn.PSN(0x000002)
	epoch     = psn.Epoch(0x0003)
	peer      = psn.Epoch(0xffff) // one more wraps
)

var migKey = [16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

// states lists every state of the specification that a queue pair can be in. SQD and SQE are reserved.
var states = []abi.State{
	abi.StateReset, abi.StateInit, abi.StateRTR, abi.StateRTS, abi.StateErr, abi.StateStopped, abi.StatePaused,
}

// contextIn is a queue pair in state s with work on both queues and packets outstanding where the state has them.
func contextIn(s abi.State) abi.QPC {
	c := abi.QPC{
		QPN: localQPN, State: s, RemoteQPN: remoteQPN, PMTU: 1, PD: 3, PKey: 0xffff, SCQN: 1, RCQN: 2,
		Access: abi.AccessRemoteWrite, SQLog: 4, RQLog: 4, Timeout: 14, RetryCnt: 7, RNRRetry: 6, MinRNR: 12, UDPSport: 0xc00a,
		SQBase: 0x10_0000, RQBase: 0x20_0000, RemoteIP: PeerIP,
		UnaPSN: una, HeadPSN: una, NextPSN: una, MaxPSN: una, RetryLeft: 7, RNRLeft: 6, SQPI: 0xfffe, SQSend: 0xfffe, SQACK: 0xfffe,
		EPSN: epsn, MSN: 0xffffff, RQPI: 1, RQCI: 0xffff,
		MigCapable: true, MigEpoch: epoch, PeerEpoch: peer, MigGroup: 7, MigLease: 1000, MigAnnounce: 200,
		MigProbeLimit: 5, MigResumeLimit: 9, MigKey: migKey,
	}
	switch s {
	case abi.StateRTS:
		c = outstanding(c)
		c.Timer = abi.TimerACK
	case abi.StatePaused:
		c = outstanding(c)
		c.Timer, c.ProbesLeft, c.Rewind = abi.TimerLease, 5, true
	case abi.StateStopped:
		c = outstanding(c)
		c.SavedState = abi.StateRTS
	case abi.StateErr:
		c = outstanding(c)
		c.SQErr = abi.WCStatusRetryExcErr
	}
	return c
}

// outstanding gives c five requests of one packet each, all sent and not acknowledged, and a sixth not begun.
func outstanding(c abi.QPC) abi.QPC {
	c.MaxPSN, c.NextPSN = una.Add(sent), una.Add(sent)
	c.SQSend = c.SQACK + sent
	c.SQPI = c.SQSend + 1
	c.RetryLeft, c.RNRLeft = 3, 2
	return c
}

// with is c after a change.
func with(c abi.QPC, change func(*abi.QPC)) abi.QPC {
	change(&c)
	return c
}

// from is a packet from the partner of c's queue pair.
func from(op abi.Opcode, p psn.PSN, n int) *wire.Packet {
	k := packet(op, false, n)
	k.BTH.PSN = p
	return k
}

// response is an ACKNOWLEDGE.
func response(s abi.Syndrome, p psn.PSN, msn uint32) *wire.Packet {
	k := from(abi.OpAcknowledge, p, 0)
	k.AETH = wire.AETH{Syndrome: uint8(s), MSN: msn}
	return k
}

// meth is a migration packet, with the right tag under migKey.
func meth(kind abi.METHKind, p psn.PSN, change func(*wire.Packet)) *wire.Packet {
	k := from(abi.OpMigration, p, 0)
	k.METH = wire.METH{Version: abi.METHVersion, Kind: kind, Flags: 1, Epoch: peer.Add(1), PeerEpoch: epoch, Sent: 2, EPSN: una.Add(2), Addr: PeerIP}
	if change != nil {
		change(k)
	}
	k.METH.Tag = wire.Tag(migKey, &k.METH, k.DstIP, k.BTH.DestQPN, k.BTH.PSN)
	return k
}

// wqe is a work request of n bytes.
func wqe(op abi.WROpcode, n uint32) abi.WQE {
	w := abi.WQE{
		Opcode: op, Flags: abi.WRFlagSignaled, NumSGE: 1, RemoteVA: 0x30_0000_0100, RKey: 0xbeef0001, Length: n, VA: 0x40_0000_0200, LKey: 0xbeef0002,
	}
	if n == 0 {
		w.NumSGE = 0
	}
	return w
}
