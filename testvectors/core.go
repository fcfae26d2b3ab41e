package testvectors

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/nic"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Where the world of a core has its memory.
const (
	cqBase   = 0x7000_0000
	payloadP = 0x6000_0000
	mrImage  = 0x100
	cqImage  = 0x200
	cmdImage = 0x300
)

// world is the surroundings of a core during one vector.
type world struct {
	reads  map[uint64][]byte
	writes []access
	sent   [][]byte
	resent []bool
	ticks  []uint32
	stops  int
	events []abi.Event
	faults []string
}

type access struct {
	addr uint64
	data []byte
}

func (w *world) DMARead(addr uint64, p []byte) {
	if b, ok := w.reads[addr]; ok {
		copy(p, b)
		return
	}
	if addr >= payloadP && addr < cqBase {
		for i := range p {
			p[i] = byte(addr) + byte(i)
		}
		return
	}
	w.faults = append(w.faults, fmt.Sprintf("it read %d bytes at %#x", len(p), addr))
}

func (w *world) DMAWrite(addr uint64, p []byte) {
	w.writes = append(w.writes, access{addr, bytes.Clone(p)})
}

func (w *world) Transmit(frame []byte, retransmit bool) (spare []byte) {
	w.sent, w.resent = append(w.sent, frame), append(w.resent, retransmit)
	return nil
}

func (w *world) SetTimer(_ uint16, ticks uint32) { w.ticks = append(w.ticks, ticks) }
func (w *world) StopTimer(uint16)                { w.stops++ }
func (w *world) Event(kind abi.Event, _ uint32)  { w.events = append(w.events, kind) }
func (w *world) cmd(k *nic.Core, op abi.CMD, arg0 uint32, addr uint64) abi.Verdict {
	return k.Apply(&nic.Cause{Kind: abi.CauseCMD, Arg: arg0, Arg2: uint32(op) << 24, Addr: addr}, w).Verdict
}

// newCore is an enabled NIC with the receiver's addresses.
func newCore(has abi.Feature) *nic.Core {
	params := nic.DefaultParams()
	params.Features = has
	k := nic.NewCore(params)
	le := binary.LittleEndian
	mac := append(append([]byte{}, NICMAC[:]...), 0, 0)
	hop := append(append([]byte{}, PeerMAC[:]...), 0, 0)
	writes := []struct{ addr, v uint32 }{
		{abi.RegMACLO, le.Uint32(mac)}, {abi.RegMACHI, le.Uint32(mac[4:])},
		{abi.RegNexthopLO, le.Uint32(hop)}, {abi.RegNexthopHI, le.Uint32(hop[4:])}, {abi.RegCtrl, abi.RegCtrlEnableMask},
	}
	for i := range 4 {
		writes = append(writes, struct{ addr, v uint32 }{abi.RegIP + uint32(4*i), le.Uint32(NICIP[4*i:])})
	}
	for _, w := range writes {
		if _, _, err := k.WriteReg(w.addr, w.v); err != nil {
			panic("BUG: a register of the core: " + err.Error())
		}
	}
	return k
}

// replayCore puts a vector to a whole NIC.
func replayCore(v *Vector) (why string, skipped bool) {
	w := &world{reads: map[uint64][]byte{}}
	if v.Frame != nil {
		k := newCore(0)
		want := ProfileNIC.Verdict(v)
		if want == abi.VerdictOK.String() {
			want = abi.VerdictDropNoQP.String() // a NIC without queue pairs: rule 8
		}
		got := k.Apply(&nic.Cause{Kind: abi.CauseRX, Frame: v.Frame.Bytes.Bytes()}, w)
		return w.differ("verdict", want, got.Verdict.String()), false
	}
	return v.replayStep(newCore(v.Step.has()), w)
}

func (w *world) differ(what, want, got string) string {
	if len(w.faults) > 0 {
		return w.faults[0]
	}
	if want != got {
		return fmt.Sprintf("%s is %s, want %s", what, got, want)
	}
	return ""
}

func (v *Vector) replayStep(k *nic.Core, w *world) (why string, skipped bool) {
	s := v.Step
	before := s.Before.context()
	free := before == (abi.QPC{})
	if !free && !k.SetContext(0, before) {
		return "the context does not fit the NIC", true
	}
	for n := uint32(1); n <= 2; n++ {
		cqc := abi.CQC{Base: cqBase + uint64(n)<<12, Log: 4}
		img := cqc.Image()
		w.reads[cqImage] = img[:]
		w.cmd(k, abi.CMDCreateCQ, n, cqImage)
	}
	if c := s.Check; c != nil && c.OK && !w.region(k, &before, c) {
		return "the NIC refuses the region", true
	}
	if e := &s.Effects; e.Invalidate != "" && !w.shared(k, &before, uint32(e.Invalidate.Uint())) {
		return "the NIC refuses the region to invalidate", true
	}
	if s.Old != "" {
		w.reads[payloadP] = binary.LittleEndian.AppendUint64(nil, s.Old.Uint())
	}
	if s.Fetch != "" {
		w.reads[s.Fetch.Uint()] = s.WQE.Bytes()
	}
	cause := v.cause()
	if s.Command != "" {
		w.reads[cmdImage] = s.Image.whole()[:]
		cause.Addr = cmdImage
	}
	w.writes = nil
	rec := k.Apply(&cause, w)
	if len(w.faults) > 0 {
		return w.faults[0], false
	}
	return v.judgeCore(k, w, rec), false
}

// cause is the cause that puts the vector to a NIC.
func (v *Vector) cause() nic.Cause {
	s := v.Step
	if s.Command != "" {
		cmd, _ := abi.ParseCMD(s.Command)
		return nic.Cause{Kind: abi.CauseCMD, Arg: uint32(s.Arg.Uint()), Arg2: uint32(cmd)<<24 | uint32(s.Arg1.Uint())}
	}
	kind, _ := abi.ParseCause(s.Cause)
	c := nic.Cause{Kind: kind, Arg: uint32(s.Arg.Uint())}
	if s.Frame != "" {
		c.Frame = s.Frame.Bytes()
	}
	return c
}

// region creates the region that a check needs.
func (w *world) region(k *nic.Core, before *abi.QPC, c *RegionCheck) bool {
	return w.create(k, abi.MR{
		Key: uint32(c.Key.Uint()), PD: before.PD, Access: abi.AccessLocalWrite | remote, VA: c.VA.Uint(), Length: c.Len.Uint(), PA: payloadP,
	})
}

// remote is everything that a partner can be granted.
const remote = abi.AccessRemoteWrite | abi.AccessRemoteRead | abi.AccessRemoteAtomic

// shared creates a region that the partner can invalidate.
func (w *world) shared(k *nic.Core, before *abi.QPC, key uint32) bool {
	return w.create(k, abi.MR{Key: key, PD: before.PD, Access: remote, VA: 0x1000, Length: 0x1000, PA: payloadP})
}

func (w *world) create(k *nic.Core, mr abi.MR) bool {
	img := mr.Image()
	w.reads[mrImage] = img[:]
	return w.cmd(k, abi.CMDCreateMR, 0, mrImage) == abi.Verdict(abi.CmdStatusOK)
}

// invalidated tells whether the region with a key is not valid any more.
func (w *world) invalidated(k *nic.Core, key uint32) bool {
	n := len(w.writes)
	if w.cmd(k, abi.CMDDumpMR, key, cmdImage) != abi.Verdict(abi.CmdStatusOK) || len(w.writes) != n+1 {
		return false
	}
	var mr abi.MR
	mr.Decode(w.writes[n].data)
	w.writes = w.writes[:n]
	return mr.Invalid
}

// judgeCore compares record, context and effects.
func (v *Vector) judgeCore(k *nic.Core, w *world, rec *abi.Retire) string {
	s := v.Step
	verdict := rec.Verdict.String()
	if s.Command != "" {
		verdict = abi.CmdStatus(rec.Verdict).String()
	}
	if verdict != v.Verdict {
		return fmt.Sprintf("verdict is %s, want %s", verdict, v.Verdict)
	}
	var img [abi.QPCFullSize]byte
	if c, ok := k.Context(0); ok {
		img = c.ImageFull()
	}
	if d := abi.DiffQPCFull(s.After.whole(), &img); len(d) > 0 {
		return fmt.Sprintf("context: %s is %s, want %s", d[0].Name, d[0].B, d[0].A)
	}
	e := &s.Effects
	switch {
	case e.TimerStop != (w.stops == 1):
		return fmt.Sprintf("the timer was stopped %d times", w.stops)
	case (e.Ticks != "") != (len(w.ticks) == 1), e.Ticks != "" && uint64(w.ticks[0]) != e.Ticks.Uint():
		return fmt.Sprintf("the timer was set to %v, want %s", w.ticks, e.Ticks)
	case e.Event == "NONE" != (len(w.events) == 0), e.Event != "NONE" && w.events[0].String() != e.Event:
		return fmt.Sprintf("events are %v, want %s", w.events, e.Event)
	}
	if why := v.judgeWrites(w); why != "" {
		return why
	}
	if e.Invalidate != "" && !w.invalidated(k, uint32(e.Invalidate.Uint())) {
		return "the region is still valid"
	}
	return v.judgePacket(w)
}

func (v *Vector) judgeWrites(w *world) string {
	e := &v.Step.Effects
	var want [][]byte
	if e.Write != 0 {
		var p wire.Packet
		if err := wire.Parse(v.Step.Frame.Bytes(), &p); err != nil {
			return err.Error()
		}
		want = append(want, p.Payload)
		if e.WithHeader {
			ip := v.Step.Frame.Bytes()[wire.EthLen:][:wire.IPv4Len]
			want[0] = slices.Concat(make([]byte, 40-wire.IPv4Len), ip, p.Payload)
		}
	}
	if e.Word != "" {
		want = append(want, binary.LittleEndian.AppendUint64(nil, e.Word.Uint()))
	}
	if e.CQE != nil {
		b := e.CQE.Element.Bytes()
		b[28] = 1 // the sequence number of the first completion
		want = append(want, b)
	}
	if len(want) != len(w.writes) {
		return fmt.Sprintf("it wrote %d times, want %d", len(w.writes), len(want))
	}
	for i := range want {
		if !bytes.Equal(want[i], w.writes[i].data) {
			return fmt.Sprintf("write %d is %x, want %x", i, w.writes[i].data, want[i])
		}
	}
	return ""
}

func (v *Vector) judgePacket(w *world) string {
	k := v.Step.Effects.Packet
	if k == nil {
		if len(w.sent) != 0 {
			return "it sent a frame"
		}
		return ""
	}
	if len(w.sent) != 1 {
		return fmt.Sprintf("it sent %d frames", len(w.sent))
	}
	var p wire.Packet
	if err := wire.Parse(w.sent[0], &p); err != nil {
		return "it sent what is no packet: " + err.Error()
	}
	f := fieldsOf(w.sent[0], &p)
	got := Packet{
		AckReq: f.AckReq, DstIP: f.DstIP, Ext: f.Ext, Len: num(uint64(len(p.Payload)), 16), Off: k.Off, Opcode: f.Opcode, PSN: f.PSN,
		Retransmit: w.resent[0], SE: f.SE,
	}
	if k.DestQPN != "" {
		got.DestQPN, got.HopLimit, got.Resv8a, got.TClass = f.DestQPN, num(uint64(p.TTL), 8), num(uint64(p.BTH.Resv8a), 8), num(uint64(p.TClass), 8)
		if k.HopLimit.Uint() == 0 && p.TTL == abi.TTL {
			got.HopLimit = k.HopLimit
		}
	}
	if p.BTH.Op == abi.OpCNP && bytes.Equal(p.Payload, make([]byte, 16)) {
		got.Len = k.Len
	}
	if got != *k {
		return fmt.Sprintf("packet is %+v, want %+v", got, *k)
	}
	return ""
}
