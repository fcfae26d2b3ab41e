package testvectors

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

func genRequester(d *draft) {
	rts := contextIn(abi.StateRTS)
	idle := with(rts, func(c *abi.QPC) { c.SQSend = c.SQACK; c.NextPSN, c.MaxPSN = una, una; c.Timer = abi.TimerNone })
	d.group("send", "IBTA 9.7.5, 9.2.1", "IBTA 9.7.5, 9.2.1 table 38, 9.7.5.1.1", "One request packet, by length and place in the message.")
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWrite} {
		for mtu := uint8(1); mtu <= 5; mtu += 2 {
			size := uint32(128) << mtu
			for _, n := range []uint32{0, 1, size - 1, size, size + 1, 2 * size, 3 * size, 1 << 31, 1<<31 + 1} {
				for _, off := range []uint32{0, size, 2 * size} {
					if off != 0 && off >= n {
						continue
					}
					c := with(idle, func(c *abi.QPC) { c.PMTU, c.SQOff = mtu, off })
					d.step(fmt.Sprintf("%v,mtu=%d,bytes=%d,off=%d", op, size, n, off), event{ctx: c, cause: abi.CauseSend, wqe: wqe(op, n)})
				}
			}
		}
	}
	badRequests(d, idle)
	d.group("window", "IBTA 9.7.5", "IBTA 9.7.5; package qp", "The send window, acknowledgement requests, retransmission and timer by PSN.")
	for i := range 17 {
		c := with(idle, func(c *abi.QPC) { c.NextPSN, c.MaxPSN = una.Add(int32(i)), una.Add(int32(i)); c.SQSend++; c.SQPI += 2 })
		d.step(fmt.Sprintf("outstanding=%d", i), event{ctx: c, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 600)})
	}
	for _, n := range []int32{abi.SendWindow - 1, abi.SendWindow, abi.SendWindow + 1} {
		c := with(idle, func(c *abi.QPC) { c.NextPSN, c.MaxPSN = una.Add(n), una.Add(n); c.SQSend++; c.SQPI += 2 })
		d.step(fmt.Sprintf("outstanding=%d", n), event{ctx: c, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 600)})
	}
	for i := range int32(sent) {
		c := with(rts, func(c *abi.QPC) { c.Rewind, c.UnaPSN = true, una.Add(i) })
		d.step(fmt.Sprintf("go back into head,packet=%d", i), event{ctx: c, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeRDMAWrite, 1200)})
	}
	for _, to := range []uint8{0, 1, 14, 31} {
		c := with(idle, func(c *abi.QPC) { c.Timeout = to })
		d.step(fmt.Sprintf("timeout=%d", to), event{ctx: c, cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 16)})
	}
	responses(d, rts)
	completions(d, rts)
}

func badRequests(d *draft, idle abi.QPC) {
	d.group("bad request", "IBTA 10.8.3.1", "IBTA 10.8.3.1", "A work request that cannot be executed, at the head and behind it.")
	for _, depth := range []int{0, 1} {
		c := with(idle, func(c *abi.QPC) {
			if depth == 1 {
				c.SQSend++
				c.NextPSN, c.MaxPSN = una.Add(1), una.Add(1)
			}
		})
		bad := func(name string, w abi.WQE, bad bool) {
			d.step(fmt.Sprintf("%s,behind=%d", name, depth), event{ctx: c, cause: abi.CauseSend, wqe: w, bad: bad})
		}
		w := wqe(abi.WROpcodeSend, 16)
		for _, op := range []abi.WROpcode{1, 3, 4, 255} {
			w := w
			w.Opcode = op
			bad(fmt.Sprintf("opcode=%d", uint8(op)), w, false)
		}
		sge := w
		sge.NumSGE = 2
		bad("two sge", sge, false)
		sge.NumSGE = 0
		bad("no sge", sge, false)
		bad("outside region", w, true)
		bad("too long", wqe(abi.WROpcodeSend, 1<<31+1), false)
	}
	d.step("ring changed under it", event{ctx: with(idle, func(c *abi.QPC) { c.SQOff = 512 }), cause: abi.CauseSend, wqe: wqe(abi.WROpcodeSend, 512)})
}

func responses(d *draft, rts abi.QPC) {
	d.group("response", "IBTA 9.7.5.2, 9.7.6", "IBTA 9.7.5.2.4, 9.7.5.2.8, 9.7.6.1.3", "ACK, NAK and RNR NAK by PSN, state of the go-back, budget and timer.")
	syndromes := []abi.Syndrome{abi.SyndromeACK, 0, abi.SyndromeRNRNAK | 3, abi.SyndromeNAKPSNSeq, abi.SyndromeNAKInvReq, abi.SyndromeNAKRemAccess, abi.SyndromeNAKRemOp}
	for _, s := range syndromes {
		for _, o := range progress {
			d.rx(fmt.Sprintf("%#02x,una%+d", uint8(s), o), rts, response(s, una.Add(o), 0))
		}
		d.rx(fmt.Sprintf("%#02x,rewinding", uint8(s)), with(rts, func(c *abi.QPC) { c.Rewind = true }), response(s, una, 0))
		d.rx(fmt.Sprintf("%#02x,cursor behind", uint8(s)), with(rts, func(c *abi.QPC) { c.NextPSN = una.Add(1) }), response(s, una.Add(3), 0))
		for _, t := range []abi.Timer{abi.TimerNone, abi.TimerRNR, abi.TimerResume} {
			d.rx(fmt.Sprintf("%#02x,timer=%v", uint8(s), t), with(rts, func(c *abi.QPC) { c.Timer = t }), response(s, una.Add(1), 0))
		}
	}
	for _, s := range []abi.Syndrome{0x40, 0x5f, 0x64, 0x66, 0x7f, 0x80, 0xff} {
		d.rx(fmt.Sprintf("reserved syndrome=%#02x", uint8(s)), rts, response(s, una, 0))
	}
	for code := range uint8(32) {
		d.rx(fmt.Sprintf("rnr code=%d", code), rts, response(abi.SyndromeRNRNAK|abi.Syndrome(code), una, 0))
	}
	for _, r := range []uint8{0, 6, 7} {
		for _, left := range []uint8{0, 1} {
			c := with(rts, func(c *abi.QPC) { c.RNRRetry, c.RNRLeft = r, left })
			d.rx(fmt.Sprintf("rnr,retry=%d,left=%d", r, left), c, response(abi.SyndromeRNRNAK|3, una, 0))
			d.rx(fmt.Sprintf("rnr,retry=%d,left=%d,progress", r, left), c, response(abi.SyndromeRNRNAK|3, una.Add(1), 0))
		}
	}
	for _, left := range []uint8{0, 1, 7} {
		c := with(rts, func(c *abi.QPC) { c.RetryLeft = left })
		d.rx(fmt.Sprintf("sequence,left=%d", left), c, response(abi.SyndromeNAKPSNSeq, una, 0))
		d.step(fmt.Sprintf("timeout,left=%d", left), event{ctx: c, cause: abi.CauseTimer, arg: uint32(abi.TimerACK)})
	}
	d.step("timeout,nothing outstanding", event{ctx: with(rts, func(c *abi.QPC) { c.MaxPSN, c.NextPSN = una, una }), cause: abi.CauseTimer, arg: uint32(abi.TimerACK)})
	d.step("rnr wait over", event{ctx: with(rts, func(c *abi.QPC) { c.Timer, c.Rewind = abi.TimerRNR, true }), cause: abi.CauseTimer, arg: uint32(abi.TimerRNR)})
	for _, op := range []abi.Opcode{abi.OpRDMAReadResponseFirst, abi.OpRDMAReadResponseMiddle, abi.OpRDMAReadResponseLast, abi.OpAtomicAcknowledge} {
		d.rx("ghost,"+op.String(), rts, from(op, una, payloadOf(op)))
	}
}

func completions(d *draft, rts abi.QPC) {
	d.group("retire", "IBTA 10.8.5, 10.3.1.7", "IBTA 10.8.5, 10.3.1.7", "Completion of the oldest work request, and flushing in ERR.")
	for _, op := range []abi.WROpcode{abi.WROpcodeSend, abi.WROpcodeRDMAWrite} {
		for _, flags := range []abi.WRFlag{0, abi.WRFlagSignaled} {
			for _, all := range []bool{false, true} {
				w := wqe(op, 300)
				w.Flags = flags
				c := with(rts, func(c *abi.QPC) { c.CplDue, c.SQSigAll, c.UnaPSN = true, all, una.Add(2) })
				d.step(fmt.Sprintf("%v,flags=%v,sig_all=%v", op, flags, all), event{ctx: c, cause: abi.CauseRetire, wqe: w})
			}
		}
	}
	for _, n := range []uint32{0, 256, 257, 512, 513, 769} {
		c := with(rts, func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(2) })
		d.step(fmt.Sprintf("bytes=%d,two packets acknowledged", n), event{ctx: c, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, n)})
	}
	c := with(rts, func(c *abi.QPC) {
		c.CplDue, c.UnaPSN, c.SQErr, c.SQSend = true, una.Add(1), abi.WCStatusLocProtErr, c.SQACK+1
	})
	d.step("error behind comes due", event{ctx: c, cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, 16)})
	bad := contextIn(abi.StateErr)
	for _, s := range []abi.WCStatus{abi.WCStatusSuccess, abi.WCStatusLocProtErr, abi.WCStatusRetryExcErr, abi.WCStatusRemOpErr} {
		c := with(bad, func(c *abi.QPC) { c.SQErr, c.RQErr = s, s; c.SQVendor = abi.VendorErrMigrationLost })
		d.step(fmt.Sprintf("flush sends,%v", s), event{ctx: c, cause: abi.CauseFlushSQ})
		d.step(fmt.Sprintf("flush receives,%v", s), event{ctx: c, cause: abi.CauseFlushRQ})
	}
	d.step("ERR,retire first", event{ctx: with(bad, func(c *abi.QPC) { c.CplDue, c.UnaPSN = true, una.Add(1) }), cause: abi.CauseRetire, wqe: wqe(abi.WROpcodeSend, 16)})
}

func genResponder(d *draft) {
	requestsInOrder(d)
	requestsRefused(d)
	requestsOutOfOrder(d)
}

// inMessage is a queue pair in the middle of a message with resid bytes to come or free.
func inMessage(op abi.RecvOp, resid uint32) abi.QPC {
	return with(contextIn(abi.StateRTS), func(c *abi.QPC) {
		c.ROp, c.RKey, c.RVA, c.RResid, c.RLen = op, 0xbeef0003, 0x50_0000_0100, resid, 256
	})
}

func (d *draft) request(name string, c abi.QPC, p *wire.Packet, w abi.WQE, bad bool) {
	d.step(name, event{ctx: c, cause: abi.CauseRX, pkt: p, wqe: w, bad: bad})
}

func requestsInOrder(d *draft) {
	d.group("in order", "IBTA 9.7.4, 9.7.5.1", "IBTA 9.7.4, 9.7.5.1", "Requests at ePSN, by opcode, length and acknowledge request.")
	recv := wqe(abi.WROpcodeSend, 600)
	for _, ack := range []bool{false, true} {
		run := func(name string, c abi.QPC, op abi.Opcode, n int, length uint32) {
			p := from(op, epsn, n)
			p.BTH.AckReq = ack
			if length != 0 || n == 0 {
				p.RETH.Length = length
			}
			d.request(fmt.Sprintf("%v,%s,ack=%v", op, name, ack), c, p, recv, false)
		}
		rts := contextIn(abi.StateRTS)
		for _, n := range []int{0, 1, 255, 256} {
			run(fmt.Sprintf("bytes=%d", n), rts, abi.OpSendOnly, n, 0)
			run(fmt.Sprintf("bytes=%d", n), rts, abi.OpRDMAWriteOnly, n, uint32(n))
		}
		run("bytes=256", rts, abi.OpSendFirst, 256, 0)
		run("of 257", rts, abi.OpRDMAWriteFirst, 256, 257)
		run("of 2^31", rts, abi.OpRDMAWriteFirst, 256, 1<<31)
		run("bytes=256", inMessage(abi.RecvOpSend, 600), abi.OpSendMiddle, 256, 0)
		run("bytes=256", inMessage(abi.RecvOpWrite, 600), abi.OpRDMAWriteMiddle, 256, 0)
		for _, n := range []int{1, 255, 256} {
			run(fmt.Sprintf("bytes=%d", n), inMessage(abi.RecvOpSend, 600), abi.OpSendLast, n, 0)
			run(fmt.Sprintf("bytes=%d", n), inMessage(abi.RecvOpWrite, uint32(n)), abi.OpRDMAWriteLast, n, 0)
		}
		run("nak sent before", with(rts, func(c *abi.QPC) { c.NAKSent = true }), abi.OpSendOnly, 16, 0)
		run("state RTR", contextIn(abi.StateRTR), abi.OpSendOnly, 16, 0)
		run("state PAUSED", contextIn(abi.StatePaused), abi.OpSendOnly, 16, 0)
		run("message of 2^24", with(rts, func(c *abi.QPC) { c.MSN = 0 }), abi.OpSendOnly, 16, 0)
	}
}

func requestsRefused(d *draft) {
	d.group("refused", "IBTA 9.7.4.1", "IBTA 9.7.4.1.2 to 9.7.4.1.6, 9.7.5.1.5", "Requests at ePSN that end the connection: sequence, length, access, operation.")
	recv := wqe(abi.WROpcodeSend, 600)
	rts := contextIn(abi.StateRTS)
	for op := range abi.Opcodes {
		o := abi.Opcode(op)
		if info := o.Info(); !info.Known || info.Kind != abi.KindRequest {
			continue
		}
		for _, r := range []struct {
			name string
			c    abi.QPC
		}{{"between messages", rts}, {"in SEND", inMessage(abi.RecvOpSend, 600)}, {"in WRITE", inMessage(abi.RecvOpWrite, 600)}} {
			n := payloadOf(o)
			p := from(o, epsn, n)
			if o == abi.OpRDMAWriteFirst {
				p.RETH.Length = 600
			}
			d.request(fmt.Sprintf("sequence,%v,%s", o, r.name), r.c, p, recv, false)
		}
	}
	length := func(name string, c abi.QPC, op abi.Opcode, n int, of uint32, w abi.WQE) {
		p := from(op, epsn, n)
		p.RETH.Length = of
		d.request("length,"+name, c, p, w, false)
	}
	length("only over mtu", rts, abi.OpSendOnly, 257, 0, recv)
	length("first under mtu", rts, abi.OpSendFirst, 255, 0, recv)
	length("middle under mtu", inMessage(abi.RecvOpSend, 600), abi.OpSendMiddle, 255, 0, recv)
	length("last empty", inMessage(abi.RecvOpSend, 600), abi.OpSendLast, 0, 0, recv)
	length("last over mtu", inMessage(abi.RecvOpSend, 600), abi.OpSendLast, 257, 0, recv)
	length("send beyond receive", rts, abi.OpSendOnly, 17, 0, wqe(abi.WROpcodeSend, 16))
	length("send to receive of nothing", rts, abi.OpSendOnly, 1, 0, wqe(abi.WROpcodeSend, 0))
	length("middle beyond receive", inMessage(abi.RecvOpSend, 255), abi.OpSendMiddle, 256, 0, recv)
	length("write only less than promised", rts, abi.OpRDMAWriteOnly, 16, 17, recv)
	length("write only more than promised", rts, abi.OpRDMAWriteOnly, 16, 15, recv)
	length("write first promises one packet", rts, abi.OpRDMAWriteFirst, 256, 256, recv)
	length("write beyond 2^31", rts, abi.OpRDMAWriteFirst, 256, 1<<31+1, recv)
	length("write last too early", inMessage(abi.RecvOpWrite, 300), abi.OpRDMAWriteLast, 16, 0, recv)
	length("write last too much", inMessage(abi.RecvOpWrite, 15), abi.OpRDMAWriteLast, 16, 0, recv)
	length("write middle is the last", inMessage(abi.RecvOpWrite, 256), abi.OpRDMAWriteMiddle, 256, 0, recv)
	d.request("access,receive", rts, from(abi.OpSendOnly, epsn, 16), recv, true)
	d.request("access,receive in progress", inMessage(abi.RecvOpSend, 600), from(abi.OpSendMiddle, epsn, 256), recv, true)
	d.request("access,write", rts, from(abi.OpRDMAWriteOnly, epsn, 16), recv, true)
	d.request("access,write in progress", inMessage(abi.RecvOpWrite, 600), from(abi.OpRDMAWriteMiddle, epsn, 256), recv, true)
	d.request("access,write not granted", with(rts, func(c *abi.QPC) { c.Access = 0 }), from(abi.OpRDMAWriteOnly, epsn, 16), recv, false)
	d.request("access,write of nothing not granted", with(rts, func(c *abi.QPC) { c.Access = 0 }), from(abi.OpRDMAWriteOnly, epsn, 0), recv, false)
}

func requestsOutOfOrder(d *draft) {
	d.group("out of order", "IBTA 9.7.4.1.2, 9.7.5.1.3, 9.7.5.1.4", "IBTA 9.7.4.1.2, 9.7.5.1.3, 9.7.5.1.4", "Duplicates, gaps, and no receive posted.")
	rts := contextIn(abi.StateRTS)
	for _, o := range []int32{-0x800000, -0x7fffff, -2, -1, 1, 2, 0x7fffff} {
		for _, ack := range []bool{false, true} {
			p := from(abi.OpSendOnly, epsn.Add(o), 16)
			p.BTH.AckReq = ack
			d.request(fmt.Sprintf("epsn%+d,ack=%v", o, ack), rts, p, abi.WQE{}, false)
		}
	}
	d.request("gap again", with(rts, func(c *abi.QPC) { c.NAKSent = true }), from(abi.OpSendOnly, epsn.Add(1), 16), abi.WQE{}, false)
	for _, op := range []abi.Opcode{abi.OpRDMAReadRequest, abi.OpFetchAdd, abi.OpRDMAWriteOnly} {
		p := from(op, epsn.Add(-1), payloadOf(op))
		p.BTH.AckReq = true
		d.request("duplicate,"+op.String(), rts, p, abi.WQE{}, false)
	}
	empty := with(rts, func(c *abi.QPC) { c.RQCI = c.RQPI })
	for code := uint8(0); code < 32; code += 31 {
		d.request(fmt.Sprintf("no receive,code=%d", code), with(empty, func(c *abi.QPC) { c.MinRNR = code }), from(abi.OpSendOnly, epsn, 16), abi.WQE{}, false)
	}
	d.request("no receive,nak sent", with(empty, func(c *abi.QPC) { c.NAKSent = true }), from(abi.OpSendFirst, epsn, 256), abi.WQE{}, false)
	d.request("no receive,write", empty, from(abi.OpRDMAWriteOnly, epsn, 16), abi.WQE{}, false)
}
