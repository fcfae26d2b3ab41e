package lockstep

import (
	"fmt"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
)

// applyEarly applies the oldest unanswered register write, whose step retires before its answer came.
func (c *Checker) applyEarly() bool {
	for i := range c.writes {
		if w := &c.writes[i]; !w.applied {
			w.applied = true
			return c.applyWrite(w.addr, w.value) == nil && len(c.host) > 0
		}
	}
	return false
}

// applyWrite writes a register of the core, and notes the cause that the write asks for.
func (c *Checker) applyWrite(addr, value uint32) error {
	cause, step, err := c.core.WriteReg(addr, value)
	if step {
		if len(c.host) == 0 {
			c.active = c.cycle
		}
		c.host = append(c.host, cause)
	}
	return err
}

// written takes the answer to the oldest register write.
func (c *Checker) written(addr uint32, code uint8) {
	if len(c.writes) == 0 {
		c.diverge(KindOrder, Diff{"register", "no write", fmt.Sprintf("answer of %#04x", addr)})
		return
	}
	w := c.writes[0]
	c.writes = c.writes[1:]
	c.stats.Registers++
	if w.applied {
		return
	}
	if code != bridge.RespOkay && c.mayBeBusy(w.addr) {
		return
	}
	err := c.applyWrite(w.addr, w.value)
	if (err == nil) != (code == bridge.RespOkay) {
		c.diverge(KindRegister, Diff{fmt.Sprintf("write of %#04x", w.addr), answerText(err == nil), answerText(code == bridge.RespOkay)})
	}
}

// mayBeBusy tells whether a device may refuse the write because the one before is still running. A STALL or
// RESUME write runs on for a time that only the device knows: until the last packet has left.
func (c *Checker) mayBeBusy(addr uint32) bool {
	switch addr {
	case abi.RegCMDGo:
		v, err := c.core.ReadReg(abi.RegCMDStatus)
		return err == nil && v&abi.RegCMDStatusBusyMask != 0
	case abi.RegStall, abi.RegResume:
		return c.opts.Params.Migration
	}
	return false
}

func answerText(ok bool) string {
	if ok {
		return "OKAY"
	}
	return "SLVERR"
}

// read compares the value of a register. What a step under way may change is compared as far as it is certain.
func (c *Checker) read(addr, value uint32, code uint8) {
	c.stats.Registers++
	if addr == abi.RegEvent && code == bridge.RespOkay {
		c.readEvent(value)
		return
	}
	want, err := c.core.ReadReg(addr)
	if (err == nil) != (code == bridge.RespOkay) {
		c.diverge(KindRegister, Diff{fmt.Sprintf("read of %#04x", addr), answerText(err == nil), answerText(code == bridge.RespOkay)})
		return
	}
	if err != nil {
		return
	}
	switch {
	case addr == abi.RegStallStatus:
		c.readStall(value)
		return
	case addr == abi.RegCMDStatus, addr == abi.RegCMDResult, addr == abi.RegEventStatus:
		return
	case addr >= abi.RegCounter && addr < abi.RegCounter+abi.RegCounterCount*abi.RegCounterStride:
		if d := int32(want - value); d >= -1 && d <= 1 {
			return // the step under way counts at once or when it retires
		}
	case want == value:
		return
	}
	c.diverge(KindRegister, Diff{fmt.Sprintf("read of %#04x", addr), fmt.Sprintf("%#x", want), fmt.Sprintf("%#x", value)})
}

// readStall judges a device that says that STALL or RESUME is done (R1): every step of it has retired, and no
// packet that was sent before is left in any stage, so that all of these have been seen on the wire. What a stopped
// queue pair answers afterwards is no part of it.
func (c *Checker) readStall(value uint32) {
	if value&abi.RegStallStatusBusyMask != 0 {
		return
	}
	for _, h := range c.host {
		if h.Kind == abi.CauseStall || h.Kind == abi.CauseActivate {
			c.diverge(KindRegister, Diff{"STALL_STATUS", "busy: steps are left", "done"})
		}
	}
	if c.env.drain > 0 {
		c.diverge(KindRegister, Diff{"STALL_STATUS", "busy: a frame has not left", "done"})
	}
}

// readEvent takes an event from the core's queue as the driver took one from the device's. The device may show
// it before the step that raises it retires, and may not have had it yet when the read was under way.
func (c *Checker) readEvent(value uint32) {
	if value == 0 {
		return
	}
	c.early = append(c.early, value)
	c.settleEvents()
}

func (c *Checker) settleEvents() {
	for len(c.early) > 0 && c.fault == nil {
		want, err := c.core.ReadReg(abi.RegEvent)
		if err != nil || want == 0 {
			return
		}
		if got := c.early[0]; got != want {
			c.diverge(KindRegister, Diff{"EVENT", fmt.Sprintf("%#08x", want), fmt.Sprintf("%#08x", got)})
		}
		c.early = c.early[1:]
	}
}
