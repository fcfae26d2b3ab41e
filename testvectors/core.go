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

// newCore is an enabled NIC with the receiver's MAC and this address.
func newCore(has abi.Feature, ip [16]byte) *nic.Core {
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
		writes = append(writes, struct{ addr, v uint32 }{abi.RegIP + uint32(4*i), le.Uint32(ip[4*i:])})
	}
	for _, w := range writes {
		if _, _, err := k.WriteReg(w.addr, w.v); err != nil {
			panic("BUG: a register of the core: " + err.Error())
		}
	}
	return k
}

// replayCore puts a vector to a whole NIC.
func replayCore(v *Vector) Result {
	switch {
	case v.Modify != nil:
		return v.judged(nil, "attribute masks are the driver's")
	case v.Device != nil:
		return v.judged(replayDevice(v), "")
	}
	w := &world{reads: map[uint64][]byte{}}
	if v.Frame != nil {
		k := newCore(0, NICIP)
		want := ProfileNIC.Verdict(v)
		if want == abi.VerdictOK.String() {
			want = abi.VerdictDropNoQP.String() // a NIC without queue pairs: rule 8
		}
		got := k.Apply(&nic.Cause{Kind: abi.CauseRX, Frame: v.Frame.Bytes.Bytes()}, w)
		return v.judged(slices.Concat(w.fault(), differ("verdict", want, got.Verdict.String())), "")
	}
	return v.judged(v.replayStep(newCore(v.Step.has(), NICIP), w))
}

// fault is what the NIC did and should not.
func (w *world) fault() []Difference {
	if len(w.faults) == 0 {
		return nil
	}
	return []Difference{{Field: "memory", Want: "only what the vector has there", Got: w.faults[0]}}
}

func (v *Vector) replayStep(k *nic.Core, w *world) (diffs []Difference, skipped string) {
	s := v.Step
	before := s.Before.context()
	free := before == (abi.QPC{})
	if !free && !k.SetContext(0, before) {
		return nil, "the context does not fit the NIC"
	}
	for n := uint32(1); n <= 2; n++ {
		cqc := abi.CQC{Base: cqBase + uint64(n)<<12, Log: 4}
		img := cqc.Image()
		w.reads[cqImage] = img[:]
		w.cmd(k, abi.CMDCreateCQ, n, cqImage)
	}
	if c := s.Check; c != nil && c.OK && !w.region(k, &before, c) {
		return nil, "the NIC refuses the region"
	}
	if e := &s.Effects; e.Invalidate != "" && !w.shared(k, &before, uint32(e.Invalidate.Uint())) {
		return nil, "the NIC refuses the region to invalidate"
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
		return w.fault(), ""
	}
	return v.judgeCore(k, w, rec), ""
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
func (v *Vector) judgeCore(k *nic.Core, w *world, rec *abi.Retire) (diffs []Difference) {
	s := v.Step
	verdict := rec.Verdict.String()
	if s.Command != "" {
		verdict = abi.CmdStatus(rec.Verdict).String()
	}
	diffs = differ("verdict", v.Verdict, verdict)
	var img [abi.QPCFullSize]byte
	if c, ok := k.Context(0); ok {
		img = c.ImageFull()
	}
	diffs = append(diffs, differentQP(s.After, toHex(img[:]))...)
	e := &s.Effects
	diffs = append(diffs, differ("timer stopped", e.TimerStop, w.stops != 0)...)
	ticks, event := Num(""), abi.EventNone.String()
	if len(w.ticks) != 0 {
		ticks = num(uint64(w.ticks[0]), 32)
	}
	if len(w.events) != 0 {
		event = w.events[0].String()
	}
	diffs = slices.Concat(diffs, differ("timer set to", e.Ticks, ticks), differ("event", e.Event, event), v.judgeWrites(w))
	if e.Invalidate != "" && !w.invalidated(k, uint32(e.Invalidate.Uint())) {
		diffs = append(diffs, Difference{Field: "region " + string(e.Invalidate), Want: "invalid", Got: "valid"})
	}
	return append(diffs, v.judgePacket(w)...)
}

func (v *Vector) judgeWrites(w *world) (diffs []Difference) {
	e := &v.Step.Effects
	var want [][]byte
	if e.Write != 0 {
		var p wire.Packet
		if err := wire.Parse(v.Step.Frame.Bytes(), &p); err != nil {
			return []Difference{{Field: "write", Want: "what the packet has", Got: err.Error()}}
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
	for i := range max(len(want), len(w.writes)) {
		var a, b Hex
		if i < len(want) {
			a = toHex(want[i])
		}
		if i < len(w.writes) {
			b = toHex(w.writes[i].data)
		}
		diffs = append(diffs, differ(fmt.Sprintf("write %d", i), a, b)...)
	}
	return diffs
}

func (v *Vector) judgePacket(w *world) []Difference {
	k := v.Step.Effects.Packet
	if k == nil || len(w.sent) != 1 {
		want := 0
		if k != nil {
			want = 1
		}
		return differ("frames sent", want, len(w.sent))
	}
	var p wire.Packet
	if err := wire.Parse(w.sent[0], &p); err != nil {
		return []Difference{{Field: "packet", Want: "one that is received", Got: err.Error()}}
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
	return k.differences(&got)
}
