package testvectors

import (
	"bytes"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/qp"
	"github.com/godwit-rdma/godwit/model/wire"
)

// tablesOf writes down what the tables of a NIC hold.
func tablesOf(k *nic.Core) Tables {
	t := Tables{CQs: []Entry{}, QPs: []Entry{}, Regions: []Entry{}, SRQs: []Entry{}}
	p := k.Params()
	for n := range p.NumQP {
		if c, ok := k.Context(uint16(n)); ok {
			img := c.ImageFull()
			t.QPs = append(t.QPs, entry(n, img[:]))
		}
	}
	for n := range p.NumCQ {
		if c, ok := k.CQ(n); ok {
			img := c.Image()
			t.CQs = append(t.CQs, entry(n, img[:]))
		}
		if c, ok := k.SRQ(n); ok {
			img := c.Image()
			t.SRQs = append(t.SRQs, entry(n, img[:]))
		}
	}
	for n := range p.NumMR {
		if c, ok := k.Region(n); ok {
			img := c.Image()
			t.Regions = append(t.Regions, entry(n, img[:]))
		}
	}
	return t
}

// entry is an image without the words of 8 bytes at its end that are 0, but for one.
func entry(number int, image []byte) Entry {
	n := len(image)
	for n > 8 && [8]byte(image[n-8:n]) == [8]byte{} {
		n -= 8
	}
	return Entry{Image: toHex(image[:n]), Number: number}
}

// inputs is the case without what the NIC makes of it.
func (c *DeviceCase) inputs() *DeviceCase {
	return &DeviceCase{
		Addr: c.Addr, Arg: c.Arg, Arg1: c.Arg1, Before: c.Before, Cause: c.Cause, Command: c.Command, Features: c.Features, Frame: c.Frame,
		IP: c.IP, Slot: c.Slot,
	}
}

// has is the features of the NIC as a set.
func (c *DeviceCase) has() abi.Feature { return featureSet(c.Features) }

// cause is what the NIC executes.
func (c *DeviceCase) cause() nic.Cause {
	if c.Command != "" {
		cmd := commandOf(c.Command)
		return nic.Cause{Kind: abi.CauseCMD, Arg: uint32(c.Arg.Uint()), Arg2: uint32(cmd)<<24 | uint32(c.Arg1.Uint()), Addr: c.Addr.Uint()}
	}
	kind, ok := abi.ParseCause(c.Cause)
	if !ok {
		panic("BUG: cause past the schema: " + c.Cause)
	}
	x := nic.Cause{Kind: kind, Slot: uint16(c.Slot), Arg: uint32(c.Arg.Uint())}
	if c.Frame != "" {
		x.Frame = c.Frame.Bytes()
	}
	return x
}

// run executes the case on a NIC and fills in what that does. It returns verdict and class.
func (c *DeviceCase) run(m ram) (verdict, class string, err error) {
	h := &host{memory: m}
	k, err := h.install(c.has(), [16]byte(c.IP.Bytes()), &c.Before)
	if err != nil {
		return "", "", err
	}
	before := tablesOf(k)
	var counters [abi.RegCounterCount]uint32
	for i := range counters {
		counters[i] = k.Counter(i)
	}
	cause := c.cause()
	rec := k.Apply(&cause, h)
	after := tablesOf(k)
	c.After = before.changed(&after)
	c.Changes = before.text(&after)
	c.Reads, c.Writes, c.Events = noNil(h.reads), noNil(h.writes), noNil(h.events)
	c.Counters = []Counted{}
	for i, was := range counters {
		if n := k.Counter(i) - was; n != 0 && i != abi.CounterSteps {
			c.Counters = append(c.Counters, Counted{Add: int(n), Name: abi.CounterNames[i]})
		}
	}
	if len(h.sent) != 0 {
		c.Sent, c.Retransmit = toHex(h.sent[0]), h.retransmit
	}
	if len(h.ticks) != 0 {
		c.Ticks = num(uint64(h.ticks[0]), 32)
	}
	c.TimerStop = h.stops != 0
	c.Wants = wantsOf(k.Wants(0))
	if c.Command != "" {
		v, err := k.ReadReg(abi.RegCMDResult)
		if err != nil {
			panic("BUG: register CMD_RESULT: " + err.Error())
		}
		c.Result = num(uint64(v), 32)
		return commandVerdict(abi.CmdStatus(rec.Verdict))
	}
	return rec.Verdict.String(), c.class(rec.Verdict), nil
}

func noNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func commandVerdict(s abi.CmdStatus) (verdict, class string, err error) {
	if s != abi.CmdStatusOK {
		return s.String(), "drop", nil
	}
	return s.String(), "ok", nil
}

// wantsOf names opportunities.
func wantsOf(w qp.Want) []string {
	out := []string{}
	for bit, name := range wantNames {
		if w>>bit&1 != 0 {
			out = append(out, name)
		}
	}
	return out
}

// qp0 is the context in slot 0 before and after the step.
func (c *DeviceCase) qp0() (before, after abi.QPC) {
	if e := find(c.Before.QPs, 0); e != nil {
		before = e.Image.context()
	}
	after = before
	if e := find(c.After.QPs, 0); e != nil {
		after = e.Image.context()
	}
	return before, after
}

// completion is the element that the NIC wrote into a completion queue.
func (c *DeviceCase) completion() (e abi.CQE, ok bool) {
	for i := range c.Writes {
		for _, q := range c.Before.CQs {
			var x abi.CQC
			x.Decode(q.whole())
			if at := c.Writes[i].Addr.Uint() - x.Base; at < abi.CQESize<<x.Log && c.Writes[i].Len == abi.CQESize {
				e.Decode(c.Writes[i].whole())
				return e, true
			}
		}
	}
	return e, false
}

// class is the failure class of a step, as classOf has it.
func (c *DeviceCase) class(v abi.Verdict) string {
	before, after := c.qp0()
	var p wire.Packet
	sent := c.Sent != "" && wire.Parse(c.Sent.Bytes(), &p) == nil
	kind, _ := abi.ParseCause(c.Cause)
	e, completed := c.completion()
	switch {
	case v == abi.VerdictNaked && !sent:
		return fmt.Sprintf("nak:0x%02x", after.ACKSyndrome)
	case sent && p.BTH.Op == abi.OpAcknowledge && p.AETH.Syndrome >= uint8(abi.SyndromeRNRNAK):
		return fmt.Sprintf("nak:0x%02x", p.AETH.Syndrome)
	case completed && e.Status != abi.WCStatusSuccess:
		return "cqe:" + e.Status.String()
	case failed(kind, &before, &after):
		return "qp_error"
	case v > abi.VerdictNaked:
		return "drop"
	}
	return "ok"
}

// isIPv6 tells whether a frame is one of IPv6.
func isIPv6(frame []byte) bool {
	return len(frame) >= wire.EthLen && bytes.Equal(frame[12:14], []byte{0x86, 0xdd})
}
