package qp

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// grhBytes is the room in front of the payload of a datagram in its buffer: the IP header, or, of IPv4, 20 bytes 0 and
// the header. RoCEv2 annex A17.4.2, IBTA 11.4.1.2.
const grhBytes = 40

// controlledQKey is the high-order bit of a Q_Key: a work request with one that has it set sends that of its queue pair
// instead, so that only whoever may set attributes can send a privileged Q_Key. IBTA 10.2.5.
const controlledQKey = 1 << 31

// address fills in what a datagram has beside its payload: the work request says where it goes. IBTA 9.8.3, 11.4.1.1.
func address(c *abi.QPC, w *abi.WQE, p *Out) {
	d := w.Datagram()
	p.Op = abi.OpUDSendOnly
	if w.Opcode == abi.WROpcodeSendImm {
		p.Op = abi.OpUDSendOnlyImm
	}
	p.DETH = wire.DETH{QKey: d.QKey, SrcQPN: c.QPN}
	if d.QKey&controlledQKey != 0 {
		p.DETH.QKey = c.QKey
	}
	p.Addressed, p.DestQPN, p.DstIP, p.TClass, p.HopLimit = true, d.QPN, d.IP, d.TClass, d.HopLimit
}

// intakeUD sorts a datagram. One may come from anywhere. IBTA 9.8.3.1, 9.9.3.
func intakeUD(c *abi.QPC, ev *Event) (admission, abi.Verdict) {
	p := ev.Pkt
	switch {
	case p.DETH.QKey != c.QKey:
		return drop(abi.VerdictDropQKey)
	case uint32(len(p.Payload)) > mtu(c):
		return drop(abi.VerdictDropMessage)
	case noReceive(c, ev):
		return drop(abi.VerdictDropReceive)
	}
	return admitReceive, abi.VerdictOK
}

// receiveDatagram executes a datagram: IP header and payload go into the next receive, the sender into its completion.
func receiveDatagram(c *abi.QPC, ev *Event, fx *Effects) abi.Verdict {
	p, w := ev.Pkt, &ev.WQE
	n := grhBytes + uint32(len(p.Payload))
	switch {
	case n > w.Length:
		return abi.VerdictDropReceive
	case !ev.MROK, scattered(ev) && !listed(ev):
		return localFault(c, ev, fx)
	}
	take(c, ev, fx)
	fx.Write, fx.WithHeader = n, true
	e := abi.CQE{Opcode: abi.WCOpcodeRecv, ByteLen: n, Flags: abi.WCFlagGRH, SrcQPN: p.DETH.SrcQPN}
	if p.BTH.Op == abi.OpUDSendOnlyImm {
		e.Flags, e.Imm = e.Flags|abi.WCFlagImm, p.Imm
	}
	e.WQEIdx = completed(c)
	post(c, fx, c.RCQN, e)
	return abi.VerdictOK
}
