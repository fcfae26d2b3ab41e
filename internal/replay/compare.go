package replay

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// verdict is the outcome of comparing two packets: why they differ beyond any freedom, or which freedoms were used.
type verdict struct {
	why  string // empty: they agree
	used []Freedom
}

func (v *verdict) use(f Freedom) { v.used = append(v.used, f) }

// compare compares a captured packet with one of the model's. window gives the index of the oldest frame at which memory
// may have been read for it.
func (e *endpoint) compare(linux *frame, model *packet, window func() int) (v verdict) {
	l, m := &linux.pkt, &model.pkt
	if l.TTL != m.TTL || l.IPID != m.IPID || l.DF != m.DF || l.TClass != m.TClass || l.FlowLabel != m.FlowLabel || l.SrcPort != m.SrcPort || l.UDPSum != m.UDPSum {
		v.use(NetworkFields)
	}
	if l.SrcMAC != m.SrcMAC || l.DstMAC != m.DstMAC || l.SrcIP != m.SrcIP || l.DstIP != m.DstIP {
		v.why = "addresses differ"
		return v
	}
	v.opcode(l, m)
	for _, x := range [...]struct {
		name   string
		differ bool
	}{
		{"PSN", !v.psn(l, model)}, {"destination QPN", l.BTH.DestQPN != m.BTH.DestQPN}, {"P_Key", l.BTH.PKey != m.BTH.PKey},
		{"solicited event bit", l.BTH.SE != m.BTH.SE}, {"pad count", l.BTH.Pad != m.BTH.Pad}, {"pad bytes", l.PadBytes != m.PadBytes},
		{"reserved bits of the BTH", l.BTH.MigReq != m.BTH.MigReq || l.BTH.Resv8a != m.BTH.Resv8a || l.BTH.Resv7 != m.BTH.Resv7},
		{"RETH", l.RETH != m.RETH}, {"AtomicETH", l.AtomicETH != m.AtomicETH}, {"original value of the atomic", l.AtomicAck != m.AtomicAck},
		{"immediate data", l.Imm != m.Imm}, {"key to invalidate", l.InvKey != m.InvKey}, {"MSN", !v.msn(l, model)},
	} {
		if x.differ && v.why == "" {
			v.why = x.name + " differs"
		}
	}
	if v.why != "" {
		return v
	}
	v.syndrome(e, l, m)
	if l.BTH.AckReq != m.BTH.AckReq {
		// A READ and an atomic are answered in any case.
		info := m.BTH.Op.Info()
		if last := info.Pos == abi.PositionLast || info.Pos == abi.PositionOnly; last && (info.Op == abi.OperationSend || info.Op == abi.OperationWrite) {
			v.why = "the acknowledge request bit of a last packet differs"
			return v
		}
		v.use(AckRequest)
	}
	e.payload(&v, l, model, window)
	return v
}

// opcode compares opcodes. rxe begins the answer to a READ that is asked for again from its middle with MIDDLE.
func (v *verdict) opcode(l, m *wire.Packet) {
	lo, mo := l.BTH.Op, m.BTH.Op
	switch {
	case lo == mo:
	case lo == abi.OpRDMAReadResponseMiddle && mo == abi.OpRDMAReadResponseFirst, lo == abi.OpRDMAReadResponseLast && mo == abi.OpRDMAReadResponseOnly,
		mo == abi.OpRDMAReadResponseMiddle && lo == abi.OpRDMAReadResponseFirst, mo == abi.OpRDMAReadResponseLast && lo == abi.OpRDMAReadResponseOnly:
		v.use(ReadOpcodes)
	default:
		v.why = "opcode differs"
	}
}

// psn compares packet sequence numbers.
func (v *verdict) psn(l *wire.Packet, model *packet) bool {
	m := &model.pkt
	if l.BTH.PSN != m.BTH.PSN && model.duplicate && isACK(l) && isACK(m) && model.asked.LessEq(l.BTH.PSN) && l.BTH.PSN.LessEq(model.executed) {
		v.use(AckOfDuplicate)
		return true
	}
	return l.BTH.PSN == m.BTH.PSN
}

// isACK tells a positive acknowledgement.
func isACK(q *wire.Packet) bool {
	return q.BTH.Op == abi.OpAcknowledge && abi.Syndrome(q.AETH.Syndrome) < abi.SyndromeRNRNAK
}

// msn compares message counts.
func (v *verdict) msn(l *wire.Packet, model *packet) bool {
	switch {
	case lacksAETH(l, &model.pkt), l.AETH.MSN == model.pkt.AETH.MSN:
		return true
	case model.duplicate && l.BTH.Op != abi.OpAcknowledge && l.AETH.MSN == model.msn:
		v.use(RepeatedMSN)
		return true
	}
	return false
}

// lacksAETH tells that one of the packets has an AETH and the other has not: READ responses FIRST and MIDDLE.
func lacksAETH(l, m *wire.Packet) bool {
	return (l.BTH.Op == abi.OpRDMAReadResponseMiddle) != (m.BTH.Op == abi.OpRDMAReadResponseMiddle)
}

func (v *verdict) syndrome(e *endpoint, l, m *wire.Packet) {
	if lacksAETH(l, m) || l.AETH.Syndrome == m.AETH.Syndrome {
		return
	}
	ls, ms := abi.Syndrome(l.AETH.Syndrome), abi.Syndrome(m.AETH.Syndrome)
	switch {
	case ls < abi.SyndromeRNRNAK && ms < abi.SyndromeRNRNAK:
		v.use(Credits)
	case ls == abi.SyndromeNAKRemOp && ms == abi.SyndromeNAKInvReq:
		v.use(LengthError)
	case ls == abi.SyndromeNAKInvReq && ms == abi.SyndromeNAKRemAccess && e.denies:
		v.use(AccessOfQP)
	default:
		v.why = "syndrome differs"
	}
}

// payload compares payloads byte by byte: one that differs must have been in memory at some time since window.
func (e *endpoint) payload(v *verdict, l *wire.Packet, model *packet, window func() int) {
	if v.why != "" || bytes.Equal(l.Payload, model.pkt.Payload) && model.at+uint64(len(l.Payload)) <= regionAt+e.own.Len {
		return
	}
	if len(l.Payload) != len(model.pkt.Payload) {
		v.why = "payload lengths differ"
		return
	}
	if model.at < regionAt+e.own.Len && uint64(len(l.Payload)) > regionAt+e.own.Len-model.at {
		v.why = "the payload is from outside of the region"
		return
	}
	instant, before, since := false, false, window()
	for i, b := range l.Payload {
		switch at := model.at + uint64(i); {
		case b == model.pkt.Payload[i]:
		case e.mem.unknown(at):
			before = true
		case e.mem.held(at, b, since), e.coming != nil && e.coming(at, b):
			instant = true
		default:
			v.why = fmt.Sprintf("payload differs at byte %d: %#02x, and the model has %#02x", i, b, model.pkt.Payload[i])
			return
		}
	}
	if instant {
		v.use(MemoryInstant)
	}
	if before {
		v.use(MemoryBefore)
		e.reveal(model.at, l.Payload)
	}
}

// reveal makes bytes of memory that may hold anything what the capture shows of them; it tells whether there were some.
func (e *endpoint) reveal(addr uint64, b []byte) (some bool) {
	for i := range b {
		if at := addr + uint64(i); e.mem.unknown(at) {
			some = some || b[i] != e.mem.bytes[at]
			e.mem.write(at, b[i:i+1], e.frame)
		}
	}
	return some
}
