package testvectors

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// memory writes words as lines for $readmemh between the guard words. The last word carries the exclusive or of all
// 32-bit pieces of the words between.
func memory(code uint16, bits int, words []word) []byte {
	guard := func(a uint32, b uint16, c uint16, d, e uint32) word {
		w := make(word, bits/8)
		le := binary.LittleEndian
		le.PutUint32(w, e)
		le.PutUint32(w[4:], d)
		le.PutUint16(w[8:], c)
		le.PutUint16(w[10:], b)
		le.PutUint32(w[12:], a)
		return w
	}
	var fold uint32
	for _, w := range words {
		for i := 0; i < len(w); i += 4 {
			fold ^= binary.LittleEndian.Uint32(w[i:])
		}
	}
	var b bytes.Buffer
	n := uint32(len(words))
	line(&b, guard(magicFirst, code, FormatBase, abi.Revision32, n))
	for _, w := range words {
		line(&b, w)
	}
	line(&b, guard(magicLast, code, FormatBase, fold, n))
	return b.Bytes()
}

func line(b *bytes.Buffer, w word) {
	for i := len(w); i > 0; i -= 8 {
		var be [8]byte
		binary.BigEndian.PutUint64(be[:], binary.LittleEndian.Uint64(w[i-8:]))
		b.WriteString(hex.EncodeToString(be[:]))
		if i > 8 {
			b.WriteByte('_')
		}
	}
	b.WriteByte('\n')
}

// memories are the files for $readmemh of a suite, by the end of their names. A suite of whole contexts has none: words with
// 832 bytes twice would be for nobody yet.
func (f *File) memories(s *Suite) map[string][]byte {
	if s.Format != FormatBase {
		return nil
	}
	if s.Frames {
		return f.frameMemories(s)
	}
	return f.stepMemories(s)
}

func (f *File) frameMemories(s *Suite) map[string][]byte {
	var index, beats []word
	for i := range f.Vectors {
		v := &f.Vectors[i]
		p := newPack(frameFields())
		n, _ := s.number(v.ID)
		b := v.Frame.Bytes.Bytes()
		p.put("id", uint64(n))
		p.put("flags", flagBits(v.Flags))
		p.put("first_beat", uint64(len(beats)))
		p.put("bytes", uint64(len(b)))
		verdict, _ := abi.ParseVerdict(ProfileNIC.Verdict(v))
		p.put("verdict", uint64(verdict))
		if fields := v.Frame.Fields; fields != nil && verdict == abi.VerdictOK {
			var k wire.Packet
			if err := wire.Parse(b, &k); err != nil {
				panic("BUG: a frame of class ok does not parse: " + err.Error())
			}
			p.put("opcode", uint64(k.BTH.Op))
			p.flag("se", fields.SE)
			p.flag("ackreq", fields.AckReq)
			p.put("psn", fields.PSN.Uint())
			p.put("dest_qpn", fields.DestQPN.Uint())
			p.put("pkey", fields.PKey.Uint())
			p.set("src_ip", fields.SrcIP.Bytes())
			p.put("ext_len", uint64(len(fields.Ext)/2))
			p.set("ext", fields.Ext.Bytes())
			p.put("plen", uint64(fields.Payload))
		}
		index = append(index, p.w)
		for len(b) > 0 {
			w := make(word, beatBits/8)
			b = b[copy(w, b):]
			beats = append(beats, w)
		}
	}
	return map[string][]byte{
		".mem": memory(s.Code, widthOf(frameFields()), index), ".beats.mem": memory(s.Code, beatBits, beats),
	}
}

func (f *File) stepMemories(s *Suite) map[string][]byte {
	var cases, results, masks []word
	seen := map[string]int{}
	for i := range f.Vectors {
		v := &f.Vectors[i]
		c := packCase(v)
		r, m := packResult(v)
		n, ok := seen[string(m)]
		if !ok {
			n = len(masks)
			seen[string(m)] = n
			masks = append(masks, m)
		}
		id, _ := s.number(v.ID)
		c.put("id", uint64(id))
		c.put("mask", uint64(n))
		cases = append(cases, c.w)
		results = append(results, r)
	}
	return map[string][]byte{
		".mem":        memory(s.Code, widthOf(caseFields()), cases),
		".result.mem": memory(s.Code, widthOf(resultFields()), results),
		".mask.mem":   memory(s.Code, widthOf(resultFields()), masks),
	}
}

func packCase(v *Vector) *pack {
	s := v.Step
	p := newPack(caseFields())
	p.put("flags", flagBits(v.Flags))
	cause, _ := abi.ParseCause(s.Cause)
	p.put("cause", uint64(cause))
	p.put("arg", s.Arg.Uint())
	p.put("arg1", s.Arg1.Uint())
	p.set("own_ip", NICIP[:])
	p.set("before", s.Before.Bytes())
	if s.Command != "" {
		cmd, _ := abi.ParseCMD(s.Command)
		p.put("cmd", uint64(cmd))
		img := s.Image.Bytes()
		p.set("image", img[:min(len(img), contextBytes)])
		return p
	}
	p.set("image", s.WQE.Bytes())
	p.flag("mr_ok", s.Check != nil && s.Check.OK)
	if s.Frame != "" {
		b := s.Frame.Bytes()
		var k wire.Packet
		if err := wire.Parse(b, &k); err != nil {
			panic("BUG: a step vector has a frame that is not received: " + err.Error())
		}
		const at = wire.EthLen + wire.IPv4Len + wire.UDPLen + abi.BTHSize
		p.put("opcode", uint64(k.BTH.Op))
		p.flag("ackreq", k.BTH.AckReq)
		p.put("psn", uint64(k.BTH.PSN))
		p.put("pkey", uint64(k.BTH.PKey))
		p.set("src_ip", k.SrcIP[:])
		p.set("ext", b[at:at+k.BTH.Op.Info().ExtLen])
		p.put("plen", uint64(len(k.Payload)))
		p.flag("tag_ok", tagRight(s, &k))
	}
	return p
}

// tagRight tells whether the tag of a migration packet is right under the key of the context.
func tagRight(s *StepCase, k *wire.Packet) bool {
	c := s.Before.context()
	if c.MigKey == [16]byte{} {
		return k.METH.Tag == 0
	}
	return k.METH.Tag == wire.Tag(c.MigKey, &k.METH, k.DstIP, k.BTH.DestQPN, k.BTH.PSN)
}

// packResult returns the result of a vector and the mask of what of it means something. The payload cursor and the
// fields of a packet, completion, fetch or check that there is not are nobody's business; the tag of a packet is
// appended behind the protocol units.
func packResult(v *Vector) (result, mask word) {
	s := v.Step
	r, m := newPack(resultFields()), newPack(resultFields())
	var verdict uint64
	if s.Command != "" {
		status, _ := abi.ParseCmdStatus(v.Verdict)
		verdict = uint64(status)
	} else {
		code, _ := abi.ParseVerdict(v.Verdict)
		verdict = uint64(code)
	}
	r.put("verdict", verdict)
	event, _ := abi.ParseEvent(s.Effects.Event)
	r.put("event", uint64(event))
	var wants uint64
	for bit, name := range wantNames {
		if slices.Contains(s.Wants, name) {
			wants |= 1 << bit
		}
	}
	r.put("wants", wants)
	r.flag("write", s.Effects.Write != 0)
	r.flag("tstop", s.Effects.TimerStop)
	r.set("after", s.After.Bytes())
	for _, name := range []string{"verdict", "event", "wants", "fetch", "write", "cqe", "pkt", "tset", "tstop", "after"} {
		m.ones(name)
	}
	if s.Fetch != "" {
		r.put("fetch", 1)
		r.put("fetch_addr", s.Fetch.Uint())
		m.ones("fetch_addr")
	}
	if c := s.Check; c != nil {
		packCheck(r, m, c)
	}
	if s.Effects.Ticks != "" {
		r.put("tset", 1)
		r.put("ticks", s.Effects.Ticks.Uint())
		m.ones("ticks")
	}
	if e := s.Effects.CQE; e != nil {
		packCQE(r, m, e)
	}
	if k := s.Effects.Packet; k != nil {
		packPacket(r, m, k, v)
	}
	return r.w, m.w
}

func packCheck(r, m *pack, c *RegionCheck) {
	access := uint64(0)
	for _, a := range []abi.Access{abi.AccessLocalWrite, abi.AccessRemoteWrite} {
		if c.Access == a.String() {
			access = uint64(a)
		}
	}
	r.put("check_key", c.Key.Uint())
	r.put("check_va", c.VA.Uint())
	r.put("check_len", c.Len.Uint())
	r.put("check_access", access)
	for _, name := range []string{"check_key", "check_va", "check_len", "check_access"} {
		m.ones(name)
	}
}

func packCQE(r, m *pack, e *CQE) {
	var c abi.CQE
	c.Decode(e.Element.Bytes())
	r.put("cqe", 1)
	r.put("cqe_cqn", uint64(e.CQN))
	r.put("cqe_opcode", uint64(c.Opcode))
	r.put("cqe_len", uint64(c.ByteLen))
	r.put("cqe_idx", uint64(c.WQEIdx))
	r.put("cqe_status", uint64(c.Status))
	r.put("cqe_vendor", uint64(c.Vendor))
	for _, name := range []string{"cqe_cqn", "cqe_opcode", "cqe_len", "cqe_idx", "cqe_status", "cqe_vendor"} {
		m.ones(name)
	}
}

func packPacket(r, m *pack, k *Packet, v *Vector) {
	op := opcodeOf(k.Opcode)
	r.put("pkt", 1)
	r.flag("pkt_retx", k.Retransmit)
	r.flag("pkt_se", k.SE)
	r.flag("pkt_ackreq", k.AckReq)
	r.put("pkt_op", uint64(op))
	r.put("pkt_psn", k.PSN.Uint())
	r.set("pkt_dst", k.DstIP.Bytes())
	r.set("pkt_ext", k.Ext.Bytes())
	r.put("pkt_ext_len", uint64(len(k.Ext)/2))
	r.put("pkt_len", k.Len.Uint())
	for _, name := range []string{"pkt_retx", "pkt_tag", "pkt_se", "pkt_ackreq", "pkt_op", "pkt_psn", "pkt_dst", "pkt_ext", "pkt_ext_len", "pkt_len"} {
		m.ones(name)
	}
	if k.Len.Uint() != 0 {
		r.put("pkt_off", k.Off.Uint())
		m.ones("pkt_off")
	}
	if op == abi.OpMigration {
		if c := v.Step.Before.context(); c.MigKey != [16]byte{} {
			r.put("pkt_tag", 1)
			bit, _ := m.at("pkt_ext")
			clear(m.w[(bit+28*8)/8 : (bit+36*8)/8])
			clear(r.w[(bit+28*8)/8 : (bit+36*8)/8])
		}
	}
}

func opcodeOf(name string) abi.Opcode {
	for op := range abi.Opcodes {
		if abi.Opcodes[op].Known && abi.Opcodes[op].Name == name {
			return abi.Opcode(op)
		}
	}
	panic("BUG: opcode past the schema: " + name)
}
