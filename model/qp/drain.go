package qp

import "github.com/godwit-rdma/godwit/model/abi"

// In SQD a requester finishes what it has begun and begins nothing. IBTA 10.3.1.5. Begun is every work request of which
// a packet was ever sent: those from head_psn on, where the oldest that is not complete begins, up to max_psn, where no
// packet was sent yet. So the queue is drained when these are the same. A queue pair in SQD whose partner stops is PAUSED
// as from RTS, with SQD as saved_state.

// begun tells whether a packet is to be sent of something that was begun.
func begun(c *abi.QPC) bool {
	return !drained(c) && (c.Rewind || c.NextPSN != c.MaxPSN || c.SQOff != 0)
}

// drained tells whether everything that was begun is complete.
func drained(c *abi.QPC) bool { return c.HeadPSN == c.MaxPSN }

// drain raises SQ_DRAINED if it is due.
func drain(c *abi.QPC, fx *Effects) {
	if c.DrainDue && drained(c) {
		c.DrainDue = false
		fx.Event = abi.EventSQDrained
	}
}

// running is the state that a pause interrupts.
func running(c *abi.QPC) abi.State {
	if c.SavedState == abi.StateSQD {
		return abi.StateSQD
	}
	return abi.StateRTS
}

// unpause ends a pause.
func unpause(c *abi.QPC) {
	setState(c, running(c), abi.ViaResumePacket)
	c.SavedState = abi.StateReset
}

// modifySQD does what is special about going to, or staying in, SQD. Attributes can be changed when the queue is drained
// only, and neither depth below what is in use. IBTA 10.3.1.5, 11.2.5.2.
func modifySQD(c, img *abi.QPC, attrs uint32) abi.CmdStatus {
	switch {
	case c.State != abi.StateSQD || attrs == 0:
		return abi.CmdStatusOK
	case !drained(c):
		return abi.CmdStatusBadState
	case attrs&abi.AttrMaxDestRdAtomic != 0 && img.MaxDestRdAtomic < c.RsCount:
		return abi.CmdStatusBadAttr
	}
	return abi.CmdStatusOK
}
