package story

import (
	"bytes"
	"encoding/binary"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"

	"github.com/godwit-rdma/godwit/internal/op"
)

// workKind is what is known of an operation of post-send.
type workKind struct {
	wr abi.WROpcode
	wc abi.WCOpcode
	// writes: it goes to the partner's region to be written to; receives: it takes a receive of the partner's;
	// fetches: it brings something from the partner's source region.
	writes, receives, fetches bool
}

// workKinds are the operations of post-send; looked up only.
var workKinds = map[string]workKind{
	"send":      {wr: abi.WROpcodeSend, wc: abi.WCOpcodeSend, receives: true},
	"send-imm":  {wr: abi.WROpcodeSendImm, wc: abi.WCOpcodeSend, receives: true},
	"send-inv":  {wr: abi.WROpcodeSendInv, wc: abi.WCOpcodeSend, receives: true},
	"write":     {wr: abi.WROpcodeRDMAWrite, wc: abi.WCOpcodeRDMAWrite, writes: true},
	"write-imm": {wr: abi.WROpcodeRDMAWriteImm, wc: abi.WCOpcodeRDMAWrite, writes: true, receives: true},
	"read":      {wr: abi.WROpcodeRDMARead, wc: abi.WCOpcodeRDMARead, fetches: true},
	"cas":       {wr: abi.WROpcodeCmpSwap, wc: abi.WCOpcodeCmpSwap, fetches: true},
	"faa":       {wr: abi.WROpcodeFetchAdd, wc: abi.WCOpcodeFetchAdd, fetches: true},
}

// A source region begins with the word that FETCH_ADDs add 1 to and the word that CMP_SWAPs count up; what READs read,
// which nothing changes, is behind them.
const (
	counterOff = 0
	swapOff    = 8
	sourceOff  = 64
)

// sourceMessage is the number of the message whose bytes are in the source region: none of the others.
const sourceMessage = 1 << 30

// fillSource writes what READs and atomics of the partner are about.
func (e *end) fillSource(in *instance) error {
	p := e.bytes(sourceMessage, e.mem)
	clear(p[:min(sourceOff, len(p))])
	return in.host.ram.Write(in.window.Base+e.sourceVA-in.box.va(), p)
}

// fetch fills in a READ or an atomic, and notes in m what it must bring.
func (e *end) fetch(o *op.Op, a *app, wr *driver.SendWR, m *message) {
	p := e.peer()
	wr.RKey = p.key
	switch m.op {
	case "faa":
		wr.RemoteVA, wr.Swap = p.sourceVA+counterOff, 1
		m.want = binary.LittleEndian.AppendUint64(nil, a.adds)
	case "cas":
		wr.RemoteVA, wr.Compare, wr.Swap = p.sourceVA+swapOff, a.swaps, a.swaps+1
		m.want = binary.LittleEndian.AppendUint64(nil, a.swaps)
	default:
		m.remote = a.readUsed
		if o.Work.Off >= 0 {
			m.remote = o.Work.Off
		}
		if m.remote+m.n > e.mem-sourceOff {
			m.remote = 0
		}
		wr.RemoteVA = p.sourceVA + sourceOff + uint64(m.remote)
		m.want = p.bytes(sourceMessage, p.mem)[sourceOff+m.remote:][:m.n]
	}
}

// fetched checks what READs and atomics brought, and that atomics ran once: each found what the one before it left.
func (w *world) fetched(o *op.Op, e *end, from *instance) error {
	a := from.apps[e.index]
	for i, m := range a.msgs {
		if m.want == nil || m.fault != "none" {
			continue
		}
		got := make([]byte, m.n)
		if err := from.host.ram.Read(from.window.Base+e.sendVA+uint64(m.off)-e.box.va(), got); err != nil {
			return err
		}
		if !bytes.Equal(got, spread(m.want, m.n, m.sges)) {
			return fail(o, w.file, "fetched", "expect data: QP %d end %c: %s #%d did not bring what was there", o.Number, 'A'+rune(e.side), m.op, i)
		}
	}
	if e.peer().sourceVA == 0 {
		return nil
	}
	to := e.peer().box.current
	var words [16]byte
	if err := to.host.ram.Read(to.window.Base+e.peer().sourceVA-to.box.va(), words[:]); err != nil {
		return err
	}
	if adds, swaps := binary.LittleEndian.Uint64(words[:]), binary.LittleEndian.Uint64(words[8:]); adds != a.adds || swaps != a.swaps {
		return fail(o, w.file, "atomics", "expect data: QP %d end %c: the words of the partner are %d and %d, want %d and %d",
			o.Number, 'A'+rune(e.side), adds, swaps, a.adds, a.swaps)
	}
	return nil
}
