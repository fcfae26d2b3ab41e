package wire

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
)

// span is a run of bytes of a frame that means one thing.
type span struct {
	at   int
	data []byte
	name string
	text string // The value in words; "" where the bytes say it all.
}

func (s span) String() string {
	line := fmt.Sprintf("%04x  %-47s  %s", s.at, fmt.Sprintf("% x", s.data), s.name)
	if s.text != "" {
		line += " " + s.text
	}
	return line
}

// walker cuts a frame into spans, field by field. It takes what it gets: a field that the frame is too short for
// becomes shorter and says so, so that broken frames can be shown, too.
type walker struct {
	frame []byte
	at    int
	spans []span
}

// take makes the next n bytes a span. The value is formatted from them, or left out when some are missing.
func (w *walker) take(n int, name string, format func(b []byte) string) {
	if n == 0 || w.at == len(w.frame) {
		return
	}
	s := span{at: w.at, name: name}
	if have := len(w.frame) - w.at; have < n {
		s.text = fmt.Sprintf("(cut: %d of %d bytes)", have, n)
		n = have
	}
	s.data = w.frame[w.at : w.at+n]
	if s.text == "" && format != nil {
		s.text = format(s.data)
	}
	w.spans = append(w.spans, s)
	w.at += n
}

// rest makes everything up to byte end spans of at most 16 bytes.
func (w *walker) rest(end int, name string) {
	end = min(end, len(w.frame))
	for first := w.at; w.at < end; {
		w.take(min(16, end-w.at), fmt.Sprintf("%s+%d", name, w.at-first), nil)
	}
}

// Annotate is a hex dump of a frame with a line per field: offset, bytes, name, value. It shows any bytes, also
// such that Parse refuses; then the first line is the reason. Of a long payload it shows the start.
func Annotate(frame []byte) string {
	const payloadLines = 4
	var out bytes.Buffer
	var p Packet
	if err := Parse(frame, &p); err != nil {
		fmt.Fprintf(&out, "%v\n", err)
	} else {
		fmt.Fprintf(&out, "%v\n", &p)
	}
	var skipped, shown int
	for _, s := range spans(frame) {
		if s.text == "" && len(s.data) > 0 {
			if shown++; shown > payloadLines {
				skipped += len(s.data)
				continue
			}
		} else {
			if skipped > 0 {
				fmt.Fprintf(&out, "      ... %d more bytes\n", skipped)
			}
			shown, skipped = 0, 0
		}
		fmt.Fprintf(&out, "%v\n", s)
	}
	if skipped > 0 {
		fmt.Fprintf(&out, "      ... %d more bytes\n", skipped)
	}
	return out.String()
}

// Diff annotates two frames field by field: fields that agree once, after two spaces, fields that differ
// twice, after "- " (want) and "+ " (got). Payload lines that agree are left out. It is "" for equal frames.
func Diff(want, got []byte) string {
	if bytes.Equal(want, got) {
		return ""
	}
	var out bytes.Buffer
	a, b := spans(want), spans(got)
	for len(a) > 0 && len(b) > 0 && a[0].name == b[0].name {
		switch {
		case !bytes.Equal(a[0].data, b[0].data):
			fmt.Fprintf(&out, "- %v\n+ %v\n", a[0], b[0])
		case a[0].text != "":
			fmt.Fprintf(&out, "  %v\n", a[0])
		}
		a, b = a[1:], b[1:]
	}
	for _, s := range a {
		fmt.Fprintf(&out, "- %v\n", s)
	}
	for _, s := range b {
		fmt.Fprintf(&out, "+ %v\n", s)
	}
	return out.String()
}

func hexNumber(b []byte) string {
	var v uint64
	for _, x := range b {
		v = v<<8 | uint64(x)
	}
	return fmt.Sprintf("%#0*x", 2*len(b), v)
}

func decNumber(b []byte) string {
	var v uint64
	for _, x := range b {
		v = v<<8 | uint64(x)
	}
	return fmt.Sprint(v)
}

func macText(b []byte) string {
	return fmt.Sprintf("%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5])
}

func v4Text(b []byte) string { return FormatAddr(MapIPv4([4]byte(b))) }

func v6Text(b []byte) string { return FormatAddr(Addr(b)) }

// spans cuts the whole frame.
func spans(frame []byte) []span {
	w := &walker{frame: frame}
	w.take(6, "eth.dst", macText)
	w.take(6, "eth.src", macText)
	w.take(2, "eth.type", hexNumber)
	end, err := outer(frame)
	if err != nil {
		end = len(frame)
	}
	if len(frame) < EthLen {
		return w.spans
	}
	v6 := isV6(frame)
	switch be.Uint16(frame[12:]) {
	case etherIPv4:
		w.ipv4()
	case etherIPv6:
		w.ipv6()
	default:
		w.rest(len(frame), "data")
		return w.spans
	}
	w.take(2, "udp.sport", decNumber)
	w.take(2, "udp.dport", decNumber)
	w.take(2, "udp.length", decNumber)
	w.take(2, "udp.checksum", hexNumber)
	w.transport(end, v6, err == nil)
	w.rest(len(frame), "trailer")
	return w.spans
}

func (w *walker) ipv4() {
	w.take(1, "ip.version", hexNumber)
	w.take(1, "ip.tos", hexNumber)
	w.take(2, "ip.length", decNumber)
	w.take(2, "ip.id", hexNumber)
	w.take(2, "ip.fragment", func(b []byte) string {
		return fmt.Sprintf("resv=%d df=%d mf=%d offset=%d", b[0]>>7, b[0]>>6&1, b[0]>>5&1, be.Uint16(b)&0x1fff)
	})
	w.take(1, "ip.ttl", decNumber)
	w.take(1, "ip.protocol", decNumber)
	w.take(2, "ip.checksum", hexNumber)
	w.take(4, "ip.src", v4Text)
	w.take(4, "ip.dst", v4Text)
}

func (w *walker) ipv6() {
	w.take(4, "ip6.version", func(b []byte) string {
		v := be.Uint32(b)
		return fmt.Sprintf("version=%d tclass=%#02x flow=%#05x", v>>28, v>>20&0xff, v&0xfffff)
	})
	w.take(2, "ip6.length", decNumber)
	w.take(1, "ip6.next", decNumber)
	w.take(1, "ip6.hops", decNumber)
	w.take(16, "ip6.src", v6Text)
	w.take(16, "ip6.dst", v6Text)
}

// transport cuts BTH to ICRC. end is the end of the IP packet; sound tells that rules 1 and 2 hold.
func (w *walker) transport(end int, v6, sound bool) {
	bth := w.at
	w.take(1, "bth.opcode", func(b []byte) string { return fmt.Sprintf("%v", abi.Opcode(b[0])) })
	w.take(1, "bth.flags", func(b []byte) string {
		return fmt.Sprintf("se=%d migreq=%d pad=%d tver=%d", b[0]>>7, b[0]>>6&1, b[0]>>4&3, b[0]&15)
	})
	w.take(2, "bth.pkey", hexNumber)
	w.take(1, "bth.resv8a", hexNumber)
	w.take(3, "bth.dest_qpn", hexNumber)
	w.take(1, "bth.ackreq", func(b []byte) string { return fmt.Sprintf("ackreq=%d resv7=%#02x", b[0]>>7, b[0]&0x7f) })
	w.take(3, "bth.psn", decNumber)
	if w.at == len(w.frame) {
		return
	}
	crc := max(end-ICRCLen, w.at)
	if s := shapes[w.frame[bth]]; w.at+int(s.size) <= crc {
		w.extension(s.has)
	}
	pad := max(crc-int(w.frame[bth+1]>>4&3), w.at)
	w.rest(pad, "payload")
	w.take(crc-w.at, "pad", hexNumber)
	w.take(end-w.at, "icrc", func(b []byte) string {
		text := fmt.Sprintf("%#08x", leNumber(b))
		if sound {
			if want := icrc(w.frame[EthLen:crc], v6); want != leNumber(b) {
				text += fmt.Sprintf(" WRONG, computed %#08x", want)
			}
		}
		return text
	})
}

// leNumber is the value of at most four bytes, the least significant first.
func leNumber(b []byte) uint32 {
	var v [4]byte
	copy(v[:], b)
	return binary.LittleEndian.Uint32(v[:])
}

func (w *walker) extension(has uint8) {
	if has&hasRETH != 0 {
		w.take(8, "reth.va", hexNumber)
		w.take(4, "reth.rkey", hexNumber)
		w.take(4, "reth.length", decNumber)
	}
	if has&hasAtomicETH != 0 {
		w.take(8, "atomiceth.va", hexNumber)
		w.take(4, "atomiceth.rkey", hexNumber)
		w.take(8, "atomiceth.swap", hexNumber)
		w.take(8, "atomiceth.compare", hexNumber)
	}
	if has&hasAETH != 0 {
		w.take(4, "aeth", func(b []byte) string {
			h := AETH{b[0], get24(b[1:])}
			return string(h.append(nil))
		})
	}
	if has&hasAtomicAck != 0 {
		w.take(8, "atomicack.original", hexNumber)
	}
	if has&hasDETH != 0 {
		w.take(4, "deth.qkey", hexNumber)
		w.take(1, "deth.resv", hexNumber)
		w.take(3, "deth.src_qpn", hexNumber)
	}
	if has&hasImm != 0 {
		w.take(4, "immdt", hexNumber)
	}
	if has&hasIETH != 0 {
		w.take(4, "ieth.rkey", hexNumber)
	}
	if has&hasMETH != 0 {
		w.take(1, "meth.kind", func(b []byte) string {
			return fmt.Sprintf("version=%d %v", b[0]>>4, abi.METHKind(b[0]&15))
		})
		w.take(1, "meth.flags", hexNumber)
		w.take(2, "meth.epoch", decNumber)
		w.take(2, "meth.peer_epoch", decNumber)
		w.take(2, "meth.sent", decNumber)
		w.take(1, "meth.resv8", hexNumber)
		w.take(3, "meth.epsn", decNumber)
		w.take(16, "meth.address", v6Text)
		w.take(8, "meth.tag", hexNumber)
	}
}
