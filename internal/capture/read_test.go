package capture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/godwit-rdma/godwit/internal/capture"
)

// all reads every frame, and the error that ended it.
func all(data []byte) (frames []capture.Frame, err error) {
	r, err := capture.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	for {
		f, err := r.Next()
		if errors.Is(err, io.EOF) {
			return frames, nil
		}
		if err != nil {
			return frames, err
		}
		c := *f
		c.Data = bytes.Clone(f.Data)
		frames = append(frames, c)
	}
}

func TestWriteRead(t *testing.T) {
	shots := everyOpcode(false)
	got, err := all(encode(t, shots))
	if err != nil {
		t.Fatal(err)
	}
	var want []capture.Frame
	for i, s := range shots {
		want = append(want, capture.Frame{Number: i + 1, Time: uint64(i) * 1001, Iface: s.iface, Name: string(rune('a' + s.iface)),
			Comment: s.comment, Data: s.frame})
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestWriterRefuses(t *testing.T) {
	if _, err := capture.NewWriter(io.Discard, nil); err == nil {
		t.Error("a capture without interfaces")
	}
	w, err := capture.NewWriter(io.Discard, []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"interface 1":  w.Write(1, 0, nil, ""),
		"interface -1": w.Write(-1, 0, nil, ""),
		"time":         w.Write(0, 1<<63, nil, ""),
		"comment":      w.Write(0, 0, nil, strings.Repeat("x", 1<<16)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := w.Write(0, 1<<63-1, nil, strings.Repeat("x", 1<<16-1)); err != nil {
		t.Error(err)
	}
}

// pcapFile writes the older format with the library.
func pcapFile(t *testing.T, nano bool, shots []shot) []byte {
	var out bytes.Buffer
	w := pcapgo.NewWriter(&out)
	if nano {
		w = pcapgo.NewWriterNanos(&out)
	}
	if err := w.WriteFileHeader(65535, layers.LinkTypeEthernet); err != nil {
		t.Fatal(err)
	}
	for i, s := range shots {
		ci := gopacket.CaptureInfo{Timestamp: time.Unix(1, int64(i)*1001), CaptureLength: len(s.frame), Length: len(s.frame)}
		if err := w.WritePacket(ci, s.frame); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// swapped turns a little-endian pcap file into a big-endian one.
func swapped(data []byte) []byte {
	out := bytes.Clone(data)
	swap := func(at, n int) {
		for i := range n / 2 {
			out[at+i], out[at+n-1-i] = out[at+n-1-i], out[at+i]
		}
	}
	for _, f := range [][2]int{{0, 4}, {4, 2}, {6, 2}, {8, 4}, {12, 4}, {16, 4}, {20, 4}} {
		swap(f[0], f[1])
	}
	for at := 24; at < len(data); {
		n := int(binary.LittleEndian.Uint32(data[at+8:]))
		for i := range 4 {
			swap(at+4*i, 4)
		}
		at += 16 + n
	}
	return out
}

func TestReadPcap(t *testing.T) {
	shots := everyOpcode(true)
	for _, c := range []struct {
		name string
		data []byte
		unit uint64
	}{
		{"us", pcapFile(t, false, shots), 1000},
		{"ns", pcapFile(t, true, shots), 1},
		{"us big-endian", swapped(pcapFile(t, false, shots)), 1000},
		{"ns big-endian", swapped(pcapFile(t, true, shots)), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := all(c.data)
			if err != nil || len(got) != len(shots) {
				t.Fatalf("%d frames, %v; want %d", len(got), err, len(shots))
			}
			for i, f := range got {
				at := (1e9 + uint64(i)*1001) / c.unit * c.unit
				if f.Time != at || !bytes.Equal(f.Data, shots[i].frame) || f.Number != i+1 {
					t.Errorf("frame %d at %d, want time %d", f.Number, f.Time, at)
				}
			}
		})
	}
}

// TestReadCut cuts files everywhere: whole frames come out, then an error, unless the cut is between two.
func TestReadCut(t *testing.T) {
	shots := everyOpcode(false)[:3]
	for name, data := range map[string][]byte{
		"pcap":   pcapFile(t, true, shots),
		"pcapng": encode(t, shots),
	} {
		whole := map[int]bool{}
		clean := 0
		for n := range len(data) + 1 {
			frames, err := all(data[:n])
			if err == nil {
				clean++
				whole[len(frames)] = true
				continue
			}
			if len(frames) > len(shots) || errors.Is(err, io.EOF) {
				t.Errorf("%s cut to %d bytes: %d frames, %v", name, n, len(frames), err)
			}
		}
		// Clean ends: behind the headers, which pcapng has three of, and behind each frame.
		want := 1 + len(shots)
		if name == "pcapng" {
			want += 2
		}
		if clean != want || len(whole) != 1+len(shots) {
			t.Errorf("%s: %d clean cuts with %d different numbers of frames, want %d and %d", name, clean, len(whole), want, 1+len(shots))
		}
	}
}

// TestReadCorrupt has each fault that a reader of pcapng would otherwise stumble over later, or never.
func TestReadCorrupt(t *testing.T) {
	shots := everyOpcode(false)[:3]
	good := encode(t, shots)
	// Blocks: section of 28 bytes, two interfaces of 40, then frames.
	const section, iface, first = 0, 28, 28 + 2*40
	if binary.LittleEndian.Uint32(good[first:]) != 6 {
		t.Fatal("the first frame is not where this test thinks")
	}
	put := func(at int, v uint32) func([]byte) []byte {
		return func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[at:], v)
			return b
		}
	}
	n := binary.LittleEndian.Uint32(good[first+4:])
	caplen := binary.LittleEndian.Uint32(good[first+20:])
	opts := first + 28 + int(caplen+3)&^3
	for _, c := range []struct {
		name string
		data func([]byte) []byte
		want string
	}{
		{"empty", func([]byte) []byte { return nil }, "file of 0 bytes is no capture"},
		{"text", func([]byte) []byte { return []byte("hello, world") }, "neither pcap nor pcapng: the file begins with 0x68656c6c"},
		{"gzip", func([]byte) []byte { return []byte{0x1f, 0x8b, 8, 0, 0, 0} }, "neither pcap nor pcapng"},
		{"byte order", put(section+8, 0x12345678), "byte order mark 78 56 34 12 of a section is none"},
		{"version", put(section+12, 2), ""},
		{"length not a multiple of 4", put(first+4, n+1), "a block of type 6 and"},
		{"length 8", put(first+4, 8), "a block of type 6 and 8 bytes"},
		{"length too long", put(first+4, 1<<31), "the file ends inside a block of type 6"},
		{"lengths differ", put(first+int(n)-4, n+4), "begins with length"},
		{"captured beyond the block", put(first+20, n), "too short for a frame of"},
		{"only a part captured", put(first+24, caplen+9), "only 122 of 131 bytes were captured"},
		{"more captured than there was", put(first+24, caplen-9), "captured 122 bytes of a frame of 113"},
		{"unknown interface", put(first+8, 9), "Interface id 9"},
		{"time stamp", put(first+12, 1<<31), "time stamp"},
		{"option leaves the block", put(opts, 0xffff_0001), "option 1 of 65535 bytes leaves the block"},
		{"end of options is not at the end", put(opts, 0), "the end of its options is not at its end"},
		{"not Ethernet", put(iface+8, 113), "interface 0: link type 113"},
	} {
		t.Run(c.name, func(t *testing.T) {
			frames, err := all(c.data(bytes.Clone(good)))
			if err == nil || !strings.Contains(err.Error(), c.want) || len(frames) != 0 {
				t.Errorf("%d frames, error %v, want %q", len(frames), err, c.want)
			}
		})
	}
	t.Run("pcap of another link", func(t *testing.T) {
		data := pcapFile(t, false, shots)
		data[20] = 101
		if _, err := all(data); err == nil || !strings.Contains(err.Error(), "link type 101") {
			t.Errorf("error %v", err)
		}
	})
}

// FuzzReader: no bytes make it panic or go on forever, and frames are numbered without a gap.
func FuzzReader(f *testing.F) {
	shots := everyOpcode(false)[:4]
	f.Add(encode(f, shots))
	f.Add([]byte{0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0,
		1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0x55})
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, _ := all(data)
		for i, fr := range frames {
			if fr.Number != i+1 || len(fr.Data) > len(data) {
				t.Fatalf("frame %d is %+v", i+1, fr)
			}
		}
	})
}
