package nic_test

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/mem"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Addresses and numbers of the tests.
const (
	imageAt = 0x100  // command images
	sqAt    = 0x1000 // send ring
	rqAt    = 0x2000 // receive ring
	cqAt    = 0x3000 // completion ring of CQ 0; CQ 1 follows 0x800 later
	bufAt   = 0x4000 // the region: 64 KiB at virtual address bufVA
	bufVA   = 0x7000_0000
	bufLen  = 0x10000
	ringLog = 4
	key     = 0xabc
	pd      = 7
	qpn     = 0x000100
	peerQPN = 0x000200
	pkey    = 0xffff
)

var (
	ownMAC  = [6]byte{2, 0, 0, 0, 0, 1}
	hopMAC  = [6]byte{2, 0, 0, 0, 0, 9}
	ownIP   = wire.MapIPv4([4]byte{10, 0, 0, 1})
	peerIP  = wire.MapIPv4([4]byte{10, 0, 0, 2})
	otherIP = wire.MapIPv4([4]byte{10, 0, 0, 3})
)

// reporter is what *testing.T and *rapid.T have in common.
type reporter interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// world is a Core with memory behind it; log has what the last step did, in order.
type world struct {
	t    reporter
	ram  *mem.RAM
	core *nic.Core
	log  []string
	sent []wire.Packet
}

func newWorld(t reporter, p nic.Params) *world {
	w := &world{t: t, ram: mem.NewRAM(1 << 20), core: nic.NewCore(p)}
	for addr, v := range map[uint32]uint32{
		abi.RegMACLO: 0x00000002, abi.RegMACHI: 0x0100, abi.RegNexthopLO: 0x00000002, abi.RegNexthopHI: 0x0900,
		abi.RegIP + 8: 0xffff0000, abi.RegIP + 12: 0x0100000a, abi.RegCtrl: 1,
	} {
		w.write(addr, v)
	}
	return w
}

func (w *world) DMARead(addr uint64, p []byte) {
	w.ram.DMARead(addr, p)
	w.logf("read %#x+%d", addr, len(p))
}

func (w *world) DMAWrite(addr uint64, p []byte) {
	w.ram.DMAWrite(addr, p)
	w.logf("write %#x+%d", addr, len(p))
}

func (w *world) Transmit(frame []byte, again bool) (spare []byte) {
	var p wire.Packet
	if err := wire.Parse(frame, &p); err != nil {
		w.t.Errorf("the NIC sent a frame that is not good: %v", err)
	}
	w.sent = append(w.sent, p)
	w.logf("send %v psn=%d again=%v", p.BTH.Op, p.BTH.PSN, again)
	return nil
}

func (w *world) SetTimer(slot uint16, ticks uint32) { w.logf("timer %d %d", slot, ticks) }
func (w *world) StopTimer(slot uint16)              { w.logf("stop %d", slot) }
func (w *world) Event(k abi.Event, n uint32)        { w.logf("event %v %d", k, n) }
func (w *world) logf(format string, a ...any)       { w.log = append(w.log, fmt.Sprintf(format, a...)) }

// write writes a register that asks for no step.
func (w *world) write(addr, v uint32) {
	w.t.Helper()
	if _, step, err := w.core.WriteReg(addr, v); err != nil || step {
		w.t.Fatalf("write %#x: step %v, error %v", addr, step, err)
	}
}

// apply executes a cause.
func (w *world) apply(c nic.Cause) abi.Retire {
	w.log, w.sent = nil, nil
	return *w.core.Apply(&c, w)
}

// effects checks what the last step did.
func (w *world) effects(want ...string) {
	w.t.Helper()
	if fmt.Sprint(w.log) != fmt.Sprint(want) {
		w.t.Fatalf("effects:\n got %q\nwant %q", w.log, want)
	}
}

// cmd executes a mailbox command by way of the registers.
func (w *world) cmd(op abi.CMD, arg0, arg1 uint32, image []byte) (abi.CmdStatus, uint32, abi.Retire) {
	w.t.Helper()
	if err := w.ram.Write(imageAt, image); err != nil {
		w.t.Fatal(err)
	}
	w.write(abi.RegCMDArg0, arg0)
	w.write(abi.RegCMDArg1, arg1)
	w.write(abi.RegCMDAddrLO, imageAt)
	w.write(abi.RegCMDAddrHI, 0)
	c, step, err := w.core.WriteReg(abi.RegCMDGo, uint32(op))
	if err != nil || !step {
		w.t.Fatalf("CMD_GO: step %v, error %v", step, err)
	}
	if v, _ := w.core.ReadReg(abi.RegCMDStatus); v&abi.RegCMDStatusBusyMask == 0 {
		w.t.Fatal("CMD_STATUS is not busy")
	}
	rec := w.apply(c)
	v, _ := w.core.ReadReg(abi.RegCMDStatus)
	res, _ := w.core.ReadReg(abi.RegCMDResult)
	if abi.Verdict(v) != rec.Verdict || rec.Cause != abi.CauseCMD {
		w.t.Fatalf("CMD_STATUS %#x, record %v %v", v, rec.Cause, rec.Verdict)
	}
	return abi.CmdStatus(v), res, rec
}

func (w *world) ok(op abi.CMD, arg0, arg1 uint32, image []byte) uint32 {
	w.t.Helper()
	status, res, _ := w.cmd(op, arg0, arg1, image)
	if status != abi.CmdStatusOK {
		w.t.Fatalf("%v: %v", op, status)
	}
	return res
}

// attrs is the context image a driver would give to all commands of the test's queue pair.
func attrs() abi.QPC {
	return abi.QPC{
		QPN: qpn, RemoteQPN: peerQPN, PMTU: 1, PD: pd, PKey: pkey, SCQN: 0, RCQN: 1, Access: abi.AccessRemoteWrite,
		SQLog: ringLog, RQLog: ringLog, Timeout: 4, RetryCnt: 3, RNRRetry: 3, MinRNR: 1, UDPSport: 0xc001,
		SQBase: sqAt, RQBase: rqAt, RemoteIP: peerIP, NextPSN: 100, EPSN: 500,
		MigCapable: true, MigGroup: 5, MigLease: 10, MigAnnounce: 20, MigProbeLimit: 3, MigResumeLimit: 3,
	}
}

func image(q abi.QPC) []byte { p := q.Image(); return p[:] }

// connect makes both CQs, the region, and a queue pair in RTS; it returns the slot.
func (w *world) connect() uint16 {
	w.t.Helper()
	for n := range uint32(2) {
		c := abi.CQC{Base: cqAt + uint64(n)*0x800, Log: ringLog}
		p := c.Image()
		w.ok(abi.CMDCreateCQ, n, 0, p[:])
	}
	w.region()
	slot := w.ok(abi.CMDCreateQP, 0, 0, image(attrs()))
	w.modify(slot, abi.StateInit, abi.AttrPKey|abi.AttrAccessFlags)
	w.modify(slot, abi.StateRTR, abi.AttrAv|abi.AttrPathMTU|abi.AttrDestQPN|abi.AttrRQPSN|abi.AttrMinRNRTimer|abi.AttrMig)
	w.modify(slot, abi.StateRTS, abi.AttrTimeout|abi.AttrRetryCnt|abi.AttrRNRRetry|abi.AttrSQPSN)
	return uint16(slot)
}

func (w *world) region() {
	mr := abi.MR{
		Key: key, PD: pd, Access: abi.AccessLocalWrite | abi.AccessRemoteWrite, VA: bufVA, Length: bufLen, PA: bufAt,
	}
	p := mr.Image()
	w.ok(abi.CMDCreateMR, 0, 0, p[:])
}

func (w *world) modify(slot uint32, to abi.State, which uint32) {
	w.t.Helper()
	w.ok(abi.CMDModifyQP, slot|uint32(to)<<24, which, image(attrs()))
}

// post puts a work request into a ring at an index.
func (w *world) post(ring uint64, index uint16, x abi.WQE) {
	p := x.Image()
	if err := w.ram.Write(ring+uint64(index&(1<<ringLog-1))*abi.WQESize, p[:]); err != nil {
		w.t.Fatal(err)
	}
}

// request is a good frame for the test's queue pair; edit changes it before it is encoded.
func request(op abi.Opcode, psn uint32, payload []byte, edit func(*wire.Packet)) []byte {
	p := wire.Packet{
		DstMAC: ownMAC, SrcMAC: hopMAC, SrcIP: peerIP, DstIP: ownIP, TTL: 64, SrcPort: 0xc000,
		BTH: wire.BTH{Op: op, PKey: pkey, DestQPN: qpn, AckReq: true},
	}
	p.BTH.PSN = p.BTH.PSN.Add(int32(psn))
	p.SetPayload(payload)
	if edit != nil {
		edit(&p)
	}
	return p.Append(nil)
}

func (w *world) rx(frame []byte) abi.Retire {
	return w.apply(nic.Cause{Kind: abi.CauseRX, Frame: frame})
}

// cqe reads element i of CQ n.
func (w *world) cqe(n, i int) (e abi.CQE) {
	var p [abi.CQESize]byte
	w.ram.DMARead(uint64(cqAt+n*0x800+i*abi.CQESize), p[:])
	e.Decode(p[:])
	return e
}
