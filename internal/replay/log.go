package replay

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// advance executes the log of this side up to, and not including, entry n.
func (p *player) advance(n int) *Finding {
	for ; p.pc < n; p.pc++ {
		e := &p.s.Log[p.pc]
		if e.side != p.side {
			continue
		}
		if err := p.execute(e); err != nil {
			return p.found(fmt.Sprintf("log[%d], %q: %v", p.pc, e.Cmd, err), nil, nil)
		}
	}
	return nil
}

func (p *player) execute(e *entry) error {
	arg, own := &e.verb.arg, p.s.party(p.side)
	room := func(off, n uint64) error {
		if off > own.Len || n > own.Len-off {
			return fmt.Errorf("outside the region of %d bytes", own.Len)
		}
		return nil
	}
	if e.failed {
		return nil
	}
	switch e.verb.kind {
	case verbFill:
		if err := room(arg[0], arg[1]); err != nil {
			return err
		}
		b := make([]byte, arg[1])
		for i := range b {
			b[i] = byte(arg[2] + 7*uint64(i) + uint64(i)>>8)
		}
		p.ep.mem.write(regionAt+arg[0], b, -1)
	case verbSet64:
		if err := room(arg[0], 8); err != nil {
			return err
		}
		p.ep.mem.write(regionAt+arg[0], binary.LittleEndian.AppendUint64(nil, arg[1]), -1)
	case verbGet64:
		if err := room(arg[0], 8); err != nil {
			return err
		}
		p.drain()
		var b [8]byte
		p.reveal(regionAt+arg[0], binary.LittleEndian.AppendUint64(nil, e.val))
		p.ep.mem.read(regionAt+arg[0], b[:])
		if v := binary.LittleEndian.Uint64(b[:]); v != e.val {
			return fmt.Errorf("%d was read, and the model has %d", e.val, v)
		}
	case verbRecv:
		for i := range arg[0] {
			if err := p.ep.postRecv(&abi.WQE{NumSGE: 1, Length: uint32(arg[2]), VA: own.VA + arg[1] + i*arg[2], LKey: own.RKey}); err != nil {
				return err
			}
		}
	case verbPost:
		w := e.verb.wqe(own)
		if e.verb.misplaced(own) {
			w.LKey = own.RKey ^ scratchKey
		}
		return p.ep.postSend(w)
	case verbPoll:
		return p.poll(e)
	case verbState:
		p.drain()
		return p.state(e.val)
	}
	return nil
}

// wqe is the work queue element of a post.
func (v *verb) wqe(own *party) *abi.WQE {
	w := &abi.WQE{
		Opcode: v.op, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: uint32(v.arg[1]), VA: own.VA + v.arg[0], LKey: own.RKey, RemoteVA: v.arg[2], RKey: uint32(v.arg[3]),
	}
	switch v.op {
	case abi.WROpcodeSendImm, abi.WROpcodeRDMAWriteImm:
		w.Imm = uint32(v.arg[4])
	case abi.WROpcodeCmpSwap:
		w.Compare, w.Swap = v.arg[4], v.arg[5]
	case abi.WROpcodeFetchAdd:
		w.Swap = v.arg[4]
	}
	return w
}

// state compares the queue pair's state with what ibv_query_qp said.
func (p *player) state(linux uint64) error {
	c := p.ep.context()
	want, ok := map[uint64]abi.State{0: abi.StateReset, 1: abi.StateInit, 2: abi.StateRTR, 3: abi.StateRTS, 6: abi.StateErr}[linux]
	if !ok || c.State != want {
		return fmt.Errorf("state %d, and the model is in %v", linux, c.State)
	}
	p.res.States++
	return nil
}

// poll compares completions, in the order of each queue.
func (p *player) poll(e *entry) error {
	for i := range e.wcs {
		w := &e.wcs[i]
		q := 0
		if w.id >= recvID {
			q = 1
		}
		for len(p.ep.done[q]) <= p.polled[q] && p.lookOne() {
		}
		if d := p.demise; len(p.ep.done[q]) <= p.polled[q] && w.status != abi.WCStatusSuccess && d != nil && p.ep.context().State != abi.StateErr {
			if f := p.die(); f != nil {
				return errors.New(f.Reason)
			}
		}
		n := p.polled[q]
		if q == 0 && w.status == abi.WCStatusSuccess && len(p.ep.done[q]) <= n && n < len(p.own) && p.swallowed(&p.own[n]) {
			p.use(AckForAnswer)
			p.ep.succeed(&p.own[n])
		}
		if len(p.ep.done[q]) <= n {
			return fmt.Errorf("out[%d]: a completion (id %d, %v) that the model does not have", i, w.id, w.status)
		}
		if n == 0 {
			p.firstID[q] = w.id
		}
		p.polled[q]++
		if id := w.id - p.firstID[q]; id != uint64(n) && (q == 1 || n >= len(p.own) || id != uint64(p.own[n].nth-p.own[0].nth)) {
			return fmt.Errorf("out[%d]: id %d completes out of order", i, w.id)
		}
		if err := p.completion(w, &p.ep.done[q][n], q == 1); err != nil {
			return fmt.Errorf("out[%d]: %w", i, err)
		}
		p.res.Completions++
	}
	return nil
}

func (p *player) completion(w *completion, m *abi.CQE, recv bool) error {
	switch {
	case recv && w.status == abi.WCStatusLocQPOpErr && m.Status == abi.WCStatusLocLenErr:
		p.use(LengthError)
	case recv && m.Status == abi.WCStatusWrFlushErr && p.ep.takes() && (w.status == abi.WCStatusRemAccessErr || w.status == abi.WCStatusRemInvReqErr):
		p.use(ReceiveOfRefused)
		p.ep.refused = abi.OpAcknowledge
	case w.status != m.Status:
		return fmt.Errorf("status %v, and the model has %v", w.status, m.Status)
	}
	if w.status != abi.WCStatusSuccess {
		return nil // nothing else in it means anything: IBTA 11.4.2.1
	}
	imm := recv && w.flags&wcWithImm != 0
	switch {
	case w.op != m.Opcode:
		return fmt.Errorf("operation %v, and the model has %v", w.op, m.Opcode)
	case w.length != m.ByteLen:
		return fmt.Errorf("%d bytes, and the model has %d", w.length, m.ByteLen)
	case recv && imm != (m.Flags&abi.WCFlagImm != 0):
		return fmt.Errorf("immediate data: %v, and the model has %v", imm, m.Flags)
	case imm && w.imm != m.Imm:
		return fmt.Errorf("immediate data %#x, and the model has %#x", w.imm, m.Imm)
	}
	return nil
}
