package qp

import "github.com/godwit-rdma/godwit/model/abi"

// Unreported changes the step whose completion could not be reported, because its queue has overrun or is gone: the queue
// pair goes to ERR. For the requester that is a local work queue catastrophic error (IBTA 11.6.3.2), for the responder a
// class G fault, of which the partner hears as a remote operational error (9.9.3.1.7). fx is what is left of the step
// behind its completion.
func Unreported(c *abi.QPC, fx *Effects) {
	if !abi.TransitionAllowed(c.State, abi.StateErr, abi.ViaError) {
		return // there already: what is flushed is lost, too
	}
	if fx.HasPacket && fx.Packet.Op == abi.OpAcknowledge {
		fx.Packet.AETH.Syndrome = uint8(abi.SyndromeNAKRemOp)
	}
	fx.StopTimer = fx.StopTimer || c.Timer != abi.TimerNone
	fx.SetTimer, fx.Ticks = false, 0
	fail(c, fx, abi.WCStatusSuccess, abi.VendorErrNone, abi.EventQPFatal)
}
