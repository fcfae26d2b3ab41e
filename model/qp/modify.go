package qp

import "github.com/godwit-rdma/godwit/model/abi"

// maxPMTU is the code of the path MTU of the port: 4096 bytes.
const maxPMTU = 5

// Create makes the context of a new queue pair from the attributes fixed at creation. IBTA 10.2.4.1.
func Create(img *abi.QPC) (c abi.QPC) {
	abi.MergeQPC(&c, img, abi.AttrCreate)
	c.PMTU, c.MigLease, c.MigAnnounce = 1, 1, 1
	if c.QPType == abi.QPTypeUD {
		c.PMTU = maxPMTU // that of the port
	}
	return c
}

// Modify takes the attributes named in attrs (masks abi.Attr...) from img and goes to state to. Which
// attributes a transition needs is the driver's business; the device guards the edge and the ranges.
// IBTA 11.2.5.2. The status is BAD_STATE or BAD_ATTR, and the context unchanged, when they do not hold.
func Modify(c *abi.QPC, img *abi.QPC, attrs uint32, to abi.State, fx *Effects) abi.CmdStatus {
	*fx = Effects{}
	if !abi.TransitionAllowed(c.State, to, abi.ViaModify) {
		return abi.CmdStatusBadState
	}
	attrs &= abi.AttrsDriver
	if _, ok := abi.AttrsInRange(img, attrs); !ok {
		return abi.CmdStatusBadAttr
	}
	if to == abi.StateSQD {
		if s := modifySQD(c, img, attrs); s != abi.CmdStatusOK {
			return s
		}
	}
	armed, from := c.Timer, c.State
	abi.MergeQPC(c, img, attrs)
	switch to {
	case abi.StateReset:
		old := *c
		*c = Create(&old)
		fx.StopTimer = armed != abi.TimerNone
		return abi.CmdStatusOK
	case abi.StateRTS:
		if from == abi.StateRTR {
			c.UnaPSN, c.MaxPSN, c.HeadPSN = c.NextPSN, c.NextPSN, c.NextPSN
			refill(c)
		}
		c.DrainDue = false
	case abi.StateSQD:
		c.DrainDue = c.DrainDue || from == abi.StateRTS && c.SQDNotify
		drain(c, fx)
	case abi.StateErr:
		c.Timer = abi.TimerNone
		c.ResumePending, c.Probe, c.DrainDue = false, false, false
		c.SQErr, c.SQVendor = abi.WCStatusSuccess, abi.VendorErrNone
		fx.StopTimer = armed != abi.TimerNone
	}
	c.State = to
	return abi.CmdStatusOK
}

// Load makes the context of a restored queue pair from its dump: born stopped, one epoch further. R5. The
// status is BAD_STATE if the image is not that of a stopped queue pair, or names a state that activation
// cannot return to. Under NoR5 the caller activates it at once. What no stopped queue pair has (a timer, an announcement, a probe) is not taken from it.
func Load(img *abi.QPC, rules Rules) (c abi.QPC, status abi.CmdStatus) {
	if img.State != abi.StateStopped || !abi.TransitionAllowed(abi.StateStopped, img.SavedState, abi.ViaResume) {
		return c, abi.CmdStatusBadState
	}
	if _, ok := abi.AttrsInRange(img, abi.AttrsDriver); !ok {
		return c, abi.CmdStatusBadAttr
	}
	if img.RdCount > img.MaxRdAtomic || img.RsCount > img.MaxDestRdAtomic || img.RsDue > img.RsCount {
		return c, abi.CmdStatusBadAttr
	}
	if img.SavedState == abi.StateSQE && !unreliable(img) {
		return c, abi.CmdStatusBadState
	}
	c = *img
	c.Restored = true
	c.Timer = abi.TimerNone
	c.ResumePending, c.Probe = false, false
	c.DrainDue = img.DrainDue && img.SavedState == abi.StateSQD
	c.MigEpoch = img.MigEpoch.Add(1)
	c.FwdValid, c.FwdAddr = false, [16]byte{}
	rules.forget(&c)
	return c, abi.CmdStatusOK
}

// Replaces tells whether a restored context may take the place of old, which has the same QPN: old is a
// tombstone of the same endpoint, with an older epoch. R5.
func Replaces(c, old *abi.QPC) bool {
	return old.State == abi.StateStopped && old.RemoteQPN == c.RemoteQPN && old.MigEpoch.Less(c.MigEpoch)
}

// SetForward tells a tombstone where its endpoint went. R10a.
func SetForward(c *abi.QPC, addr [16]byte) abi.CmdStatus {
	if c.State != abi.StateStopped {
		return abi.CmdStatusBadState
	}
	c.FwdValid, c.FwdAddr = true, addr
	return abi.CmdStatusOK
}
