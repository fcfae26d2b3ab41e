package wire

import "github.com/godwit-rdma/godwit/model/abi"

// Headers that may follow the BTH, in the only order in which they ever do.
const (
	hasRETH = 1 << iota
	hasAtomicETH
	hasAETH
	hasAtomicAck
	hasDETH
	hasImm
	hasIETH
	hasMETH
)

// shape is what the codec needs to know of an opcode: which headers follow the BTH, how long they are together.
type shape struct {
	known   bool
	payload bool // It may carry one.
	has     uint8
	size    uint8
}

// shapes is abi.Opcodes in 4 bytes an entry, and opcodeCount the number of opcodes in it.
var shapes, opcodeCount = func() (t [256]shape, n uint64) {
	for op := range abi.Opcodes {
		info := abi.Opcode(op).Info()
		if !info.Known {
			continue
		}
		s := shape{known: true, payload: info.Payload != abi.PayloadNone, size: uint8(info.ExtLen)}
		for _, h := range info.Headers {
			bit := headerBit(h)
			if s.has >= bit {
				panic("BUG: wire: " + info.Name + " has its headers in an order that the codec does not have")
			}
			s.has |= bit
		}
		t[op] = s
		n++
	}
	return t, n
}()

// headerBit translates a header. One that spec/packets.yaml adds to an opcode and that is not here is a fault of
// this package, found when it is initialised.
func headerBit(h abi.HeaderID) uint8 {
	switch h {
	case abi.HeaderRETH:
		return hasRETH
	case abi.HeaderAtomicETH:
		return hasAtomicETH
	case abi.HeaderAETH:
		return hasAETH
	case abi.HeaderAtomicAckETH:
		return hasAtomicAck
	case abi.HeaderDETH:
		return hasDETH
	case abi.HeaderImmDt:
		return hasImm
	case abi.HeaderIETH:
		return hasIETH
	case abi.HeaderMETH:
		return hasMETH
	}
	panic("BUG: wire: a header of spec/packets.yaml has no codec")
}
