package nic

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// RegError is a register access that the bus answers with SLVERR. It changed nothing.
type RegError struct {
	Addr  uint32
	Name  string // Register, with its index in an array; empty if there is none at Addr.
	Write bool
	Why   string
}

// Error implements error.
func (e *RegError) Error() string {
	verb := "read"
	if e.Write {
		verb = "write"
	}
	name := e.Name
	if name == "" {
		name = "no register"
	}
	return fmt.Sprintf("%s of register 0x%04x (%s): %s", verb, e.Addr, name, e.Why)
}

// Reasons for SLVERR.
const (
	whyAbsent    = "nothing is there"
	whyReadOnly  = "it is read-only"
	whyWriteOnly = "it is write-only"
	whyBusy      = "the one before is still running"
	whyNoUnit    = "this build has no migration unit"
	whyNoSRQ     = "this build has no shared receive queues"
	whyNone      = "this build has not the feature"
)

// registers is what the register file holds; counters, events and CAP are elsewhere.
type registers struct {
	scratch, ctrl uint32
	mac, nextHop  station
	ip            [16]byte
	cmd           [4]uint32 // arg 0, arg 1, address low, address high
	status        abi.CmdStatus
	result        uint32
	cmdBusy       bool
	stallBusy     bool
	stallCount    uint16
}

// station is an Ethernet address as its two registers hold it, least significant byte first; the last two bytes are 0.
type station [8]byte

func (s *station) addr() [6]byte        { return [6]byte(s[:6]) }
func (s *station) word(i uint32) uint32 { return binary.LittleEndian.Uint32(s[4*i:]) }
func (s *station) setWord(i, v uint32)  { binary.LittleEndian.PutUint32(s[4*i:], v) }

func bit(set bool, mask uint32) uint32 {
	if set {
		return mask
	}
	return 0
}

// find looks a register up and judges the access right.
func (k *Core) find(addr uint32, write bool) (r *abi.Register, index int, err error) {
	r, index, ok := abi.FindRegister(addr)
	if !ok {
		return nil, 0, &RegError{addr, "", write, whyAbsent}
	}
	switch {
	case write && !r.Writable:
		return nil, 0, regError(r, addr, index, write, whyReadOnly)
	case !write && !r.Readable:
		return nil, 0, regError(r, addr, index, write, whyWriteOnly)
	}
	switch r.At {
	case abi.RegStall, abi.RegStallStatus, abi.RegResume:
		if !k.params.Migration {
			return nil, 0, regError(r, addr, index, write, whyNoUnit)
		}
	case abi.RegFeatures:
		if k.params.Features == 0 {
			return nil, 0, regError(r, addr, index, write, whyNone)
		}
	case abi.RegDBSRQ:
		if k.params.Features&abi.FeatureSRQ == 0 {
			return nil, 0, regError(r, addr, index, write, whyNoSRQ)
		}
	case abi.RegNumQP, abi.RegDBSend, abi.RegDBRecv:
		if k.params.Features&abi.FeatureMany == 0 {
			return nil, 0, regError(r, addr, index, write, whyNone)
		}
	}
	return r, index, nil
}

func regError(r *abi.Register, addr uint32, index int, write bool, why string) error {
	name := r.Name
	if r.Count > 1 {
		name = fmt.Sprintf("%s[%d]", r.Name, index)
	}
	return &RegError{addr, name, write, why}
}

// ReadReg reads a register. Reading EVENT takes the event. The error is a *RegError.
func (k *Core) ReadReg(addr uint32) (uint32, error) {
	reg, index, err := k.find(addr, false)
	if err != nil {
		return 0, err
	}
	r := &k.regs
	switch reg.At {
	case abi.RegRevision:
		return abi.Revision32, nil
	case abi.RegCap:
		return bit(k.params.Migration, abi.RegCapMigrationMask) | bit(k.params.Features != 0, abi.RegCapFeaturesMask) |
			uint32(min(k.params.NumQP, 255))<<abi.RegCapNumQPShift |
			uint32(k.params.NumMR)<<abi.RegCapNumMRShift | uint32(k.params.NumCQ)<<abi.RegCapNumCQShift, nil
	case abi.RegFeatures:
		return uint32(k.params.Features), nil
	case abi.RegNumQP:
		return uint32(k.params.NumQP), nil
	case abi.RegScratch:
		return r.scratch, nil
	case abi.RegCtrl:
		return r.ctrl, nil
	case abi.RegMACLO, abi.RegMACHI:
		return r.mac.word((addr - abi.RegMACLO) / 4), nil
	case abi.RegNexthopLO, abi.RegNexthopHI:
		return r.nextHop.word((addr - abi.RegNexthopLO) / 4), nil
	case abi.RegIP:
		return binary.LittleEndian.Uint32(r.ip[4*index:]), nil
	case abi.RegCMDArg0, abi.RegCMDArg1, abi.RegCMDAddrLO, abi.RegCMDAddrHI:
		return r.cmd[(addr-abi.RegCMDArg0)/4], nil
	case abi.RegCMDStatus:
		return bit(r.cmdBusy, abi.RegCMDStatusBusyMask) | uint32(r.status), nil
	case abi.RegCMDResult:
		return r.result, nil
	case abi.RegStallStatus:
		return bit(r.stallBusy, abi.RegStallStatusBusyMask) | uint32(r.stallCount), nil
	case abi.RegEvent:
		return k.events.take(), nil
	case abi.RegEventStatus:
		return bit(k.events.overflow, abi.RegEventStatusOverflowMask) | uint32(k.events.n), nil
	case abi.RegCounter:
		return k.counters[index], nil
	}
	return reg.Reset, nil
}

// WriteReg writes a register. Where the write asks for a step, step is set and c is its cause: the doorbells,
// a command, and STALL and RESUME, for which c.Arg stands for all the queue pairs that Targets names. From
// such a write on the register file is busy, until the command was applied and EndStall was called. The error
// is a *RegError, and nothing then changed.
func (k *Core) WriteReg(addr, v uint32) (c Cause, step bool, err error) {
	reg, index, err := k.find(addr, true)
	if err != nil {
		return c, false, err
	}
	r := &k.regs
	switch reg.At {
	case abi.RegScratch:
		r.scratch = v
	case abi.RegCtrl:
		r.ctrl = v & abi.RegCtrlEnableMask
	case abi.RegMACLO:
		r.mac.setWord(0, v)
	case abi.RegMACHI:
		r.mac.setWord(1, v&0xffff)
	case abi.RegNexthopLO:
		r.nextHop.setWord(0, v)
	case abi.RegNexthopHI:
		r.nextHop.setWord(1, v&0xffff)
	case abi.RegIP:
		binary.LittleEndian.PutUint32(r.ip[4*index:], v)
	case abi.RegCMDArg0, abi.RegCMDArg1, abi.RegCMDAddrLO, abi.RegCMDAddrHI:
		r.cmd[(addr-abi.RegCMDArg0)/4] = v
	case abi.RegCMDGo:
		if r.cmdBusy {
			return c, false, regError(reg, addr, index, true, whyBusy)
		}
		r.cmdBusy = true
		return Cause{
			Kind: abi.CauseCMD, Slot: NoSlot, Arg: r.cmd[0], Arg2: v<<24 | r.cmd[1]&0xffffff,
			Addr: uint64(r.cmd[3])<<32 | uint64(r.cmd[2]),
		}, true, nil
	case abi.RegStall, abi.RegResume:
		if r.stallBusy {
			return c, false, regError(reg, addr, index, true, whyBusy)
		}
		r.stallBusy, r.stallCount = true, 0
		kind := abi.CauseStall
		if reg.At == abi.RegResume {
			kind = abi.CauseActivate
		}
		return Cause{Kind: kind, Slot: NoSlot, Arg: v}, true, nil
	case abi.RegDBSend, abi.RegDBRecv:
		return Cause{Kind: doorbellCause(reg.At), Slot: uint16(v >> abi.RegDBSendSlotShift), Arg: v & abi.RegDBSendPIMask}, true, nil
	default:
		return Cause{Kind: doorbellCause(reg.At), Slot: uint16(index), Arg: v}, true, nil
	}
	return c, false, nil
}

// doorbellCause is the cause that a write to a doorbell asks for.
func doorbellCause(at uint32) abi.Cause {
	switch at {
	case abi.RegDBSQ, abi.RegDBSend:
		return abi.CauseDBSQ
	case abi.RegDBRQ, abi.RegDBRecv:
		return abi.CauseDBRQ
	case abi.RegDBCQCI:
		return abi.CauseDBCQCI
	case abi.RegDBCQArm:
		return abi.CauseDBCQArm
	case abi.RegDBSRQ:
		return abi.CauseDBSRQ
	}
	panic(fmt.Sprintf("BUG: writable register at %#x does nothing", at))
}

// Targets appends to dst the allocated slots that value v, written to STALL or RESUME, means, ascending.
func (k *Core) Targets(v uint32, dst []uint16) []uint16 {
	id := uint16(v & abi.RegStallIDMask)
	if v&abi.RegStallGroupMask == 0 {
		if k.allocated(id) {
			dst = append(dst, id)
		}
		return dst
	}
	for i, group := range k.groups {
		if group == id && k.qps[i].used {
			dst = append(dst, uint16(i))
		}
	}
	return dst
}

// EndStall tells that every step of the last STALL or RESUME write was applied, and that no packet of these
// queue pairs is on its way to the port any more.
func (k *Core) EndStall() { k.regs.stallBusy = false }
