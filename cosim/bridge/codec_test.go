package bridge

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// sample returns one item of every kind.
func sample() []Item {
	rec := bytes.Repeat([]byte{7}, RetireBytes)
	bp := Backpressure{Seed: 9, TXStall: 10, RXGap: 20, ReadStall: 30, WriteStall: 40, ReadLatency: 500, WriteLatency: 600}
	h := Hello{Major: Major, Role: RoleDUT, Revision: strings.Repeat("ab", 32), Caps: []string{CapTests, CapTrace}, CreditItems: 1, CreditBytes: 2,
		Manifest: Manifest{Name: "x", DataW: 128, Migration: true, Seed: 5}}
	return []Item{
		h.Item(), bp.Item(),
		{Kind: KindReset, Addr: 1 << 20, Value: 3}, {Kind: KindRegRead, Addr: 4}, {Kind: KindRegWrite, Addr: 8, Value: 0xffffffff},
		{Kind: KindMemWrite, Addr: 1 << 40, Data: []byte{1}}, {Kind: KindRX, Cycle: 77, Data: []byte("frame")}, {Kind: KindRun, Cycle: 1 << 50},
		{Kind: KindTestBegin, Value: 1}, {Kind: KindTestEnd, Value: 1}, {Kind: KindTrace, Code: 1, Data: []byte("a.fst")},
		{Kind: KindPing, Addr: 5}, {Kind: KindBye}, {Kind: KindCredit, Value: 6, Addr: 7}, {Kind: KindLimits, Cycle: 8, Addr: 9},
		{Kind: KindRegData, Cycle: 1, Addr: 2, Value: 3, Code: RespSlvErr}, {Kind: KindRegDone, Cycle: 1, Addr: 2, Code: RespNone},
		{Kind: KindDMARead, Cycle: 1, Addr: 2, Data: []byte{}}, {Kind: KindDMAWrite, Cycle: 1, Addr: 2, Data: []byte{3, 4}},
		{Kind: KindTX, Cycle: 1, Data: []byte{2}}, {Kind: KindRetire, Cycle: 1, Data: rec}, {Kind: KindIRQ, Cycle: 1, Code: 1},
		{Kind: KindRan, Cycle: 1}, {Kind: KindTestDone, Cycle: 1, Value: 2}, {Kind: KindAssert, Cycle: 1, Data: []byte("a")},
		{Kind: KindHang, Cycle: 1, Data: []byte("h")}, {Kind: KindFault, Code: FaultAXI, Data: []byte("e")}, {Kind: KindPong, Addr: 1},
		{Kind: KindHeartbeat, Cycle: 1},
	}
}

func TestEveryKindSurvivesTheWire(t *testing.T) {
	items := sample()
	seen := map[Kind]bool{}
	for _, it := range items {
		seen[it.Kind] = true
	}
	for k := range 256 {
		if Kind(k).Known() && !seen[Kind(k)] {
			t.Errorf("no sample of %v: add one", Kind(k))
		}
	}
	b := AppendFrame(nil, 3, items...)
	got, n, err := DecodeFrame(append(bytes.Clone(b), "next"...), 3)
	if err != nil || n != len(b) {
		t.Fatalf("DecodeFrame: %d of %d bytes, %v", n, len(b), err)
	}
	if d := cmp.Diff(items, got, cmpopts.IgnoreUnexported(Item{}), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("items changed (-sent +received):\n%s", d)
	}
	if again := AppendFrame(nil, 3, got...); !bytes.Equal(again, b) {
		t.Error("encoding again gives other bytes")
	}
}

// TestFrameErrorsNameTheirPlace breaks one frame in every way the codec tells apart.
func TestFrameErrorsNameTheirPlace(t *testing.T) {
	good := AppendFrame(nil, 9, Item{Kind: KindRan, Cycle: 5}, Item{Kind: KindIRQ, Cycle: 6, Code: 1})
	second := frameHeader + itemHeader + 8 // first byte of the second item
	edit := func(at int, v ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], v)
		return b
	}
	for _, tc := range []struct {
		name string
		b    []byte
		want string
	}{
		{"magic", edit(0, 'X'), "frame 9, byte 0: frame does not begin with the magic number but with 58 57 42 31"},
		{"number", edit(4, 8), "frame 9, byte 4: frame is numbered 8"},
		{"huge", edit(12, 0, 0, 0, 0xff), "frame 9, byte 12: frame of 4278190080 bytes, at most 1048576 are allowed"},
		{"count", edit(8, 200), "frame 9, byte 8: 200 items cannot fit into 29 bytes"},
		{"one item too few", edit(8, 1), "frame 9, item 1, byte 30: 15 bytes after the last of 1 items"},
		{"one item too many", edit(8, 3), "frame 9, item 2, byte 45: item header needs 6 bytes, 0 are left"},
		{"unknown critical", edit(second, 0xee), "frame 9, item 1, byte 30: unknown critical item kind 0xee"},
		{"flags", edit(second+1, 3), "frame 9, item 1, byte 30: IRQ item with flags 0x03, want 0x01"},
		{"item beyond frame", edit(second+2, 10), "frame 9, item 1, byte 30: IRQ item of 10 bytes, 9 are left"},
		{"item too short", edit(frameHeader+2, 7), "frame 9, item 0, byte 16: RAN item of 7 bytes, want 8 to 8"},
		{"truncated", good[:20], "frame 9, byte 20: frame needs 45 bytes, 20 are there"},
		{"empty", nil, "frame 9, byte 0: frame needs 16 bytes, 0 are there"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := DecodeFrame(tc.b, 9)
			var e *Error
			if !errors.As(err, &e) || e.Class != Protocol {
				t.Fatalf("error %v, want class protocol error", err)
			}
			if got, want := err.Error(), "bridge: protocol error: "+tc.want; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestUnknownKindIsSkippedUnlessCritical(t *testing.T) {
	b := AppendFrame(nil, 0, Item{Kind: KindIRQ, Cycle: 6, Code: 1}, Item{Kind: KindRan, Cycle: 5})
	b[frameHeader], b[frameHeader+1] = 0xee, 0
	items, n, err := DecodeFrame(b, 0)
	if err != nil || n != len(b) || len(items) != 1 || items[0].Kind != KindRan {
		t.Fatalf("items %v, %d bytes, error %v; want RAN alone", items, n, err)
	}
}

func TestHelloKeepsEveryField(t *testing.T) {
	want := Hello{Major: Major, Minor: 7, Role: RoleDUT, Revision: strings.Repeat("0f", 32), Caps: []string{CapTests, CapTrace},
		CreditItems: 1 << 20, CreditBytes: 1 << 40, ItemsPerFrame: 12,
		Manifest: Manifest{"rdma_core", "Verilator 5.006", "psn-plus-2", 512, 8, 16, 9, 1024, 4224, true, 1 << 31}}
	it := want.Item()
	got, err := ParseHello(it.Data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestHelloErrors(t *testing.T) {
	pair := func(k, v string) string {
		return string([]byte{byte(len(k))}) + k + string([]byte{byte(len(v)), 0}) + v
	}
	credit := pair("credit.items", "1") + pair("credit.bytes", "1")
	for _, tc := range []struct{ data, want string }{
		{"", "HELLO of 0 bytes has no version"},
		{"\x01\x00\x00\x00", "HELLO grants no credit"},
		{"\x01\x00\x00\x00\x05ab", "HELLO ends inside a key or value"},
		{"\x01\x00\x00\x00" + pair("role", "dut") + pair("role", "dut"), `HELLO has key "role" twice`},
		{"\x01\x00\x00\x00" + pair("!lockstep", "1"), `HELLO has unknown critical key "!lockstep"`},
		{"\x01\x00\x00\x00" + pair("dut.data_w", "many"), `HELLO key "dut.data_w": "many" is not a number in range`},
		{"\x01\x00\x00\x00" + pair("dut.migration", "2"), `HELLO key "dut.migration": "2" is neither 0 nor 1`},
		{"\x01\x00\x00\x00" + pair("new", "thing") + credit, ""},
		{"\x02\x00\x00\x00whatever", ""},
	} {
		_, err := ParseHello([]byte(tc.data))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%q: error %q, want %q", tc.data, got, tc.want)
		}
	}
}

// FuzzDecode: any bytes give items or an *Error of class Protocol, and items encode to the bytes they came from.
func FuzzDecode(f *testing.F) {
	f.Add(AppendFrame(nil, 0, sample()...), uint32(0))
	f.Add(AppendFrame(nil, 7, Item{Kind: KindRan, Cycle: 5}), uint32(7))
	f.Add([]byte("GWB1"), uint32(0))
	skipped := AppendFrame(nil, 0, Item{Kind: KindIRQ, Cycle: 6, Code: 1}, Item{Kind: KindRan, Cycle: 5})
	skipped[frameHeader], skipped[frameHeader+1] = 0xee, 0
	f.Add(skipped, uint32(0))
	f.Fuzz(func(t *testing.T, b []byte, number uint32) {
		items, n, err := DecodeFrame(b, number)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Class != Protocol || e.Frame != number || e.Error() == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		if n < frameHeader || n > len(b) {
			t.Fatalf("consumed %d of %d bytes", n, len(b))
		}
		for i := range items {
			it := &items[i]
			if got := AppendItem(nil, it); !bytes.Equal(got, it.raw) {
				t.Fatalf("item %d: % x encodes to % x", i, it.raw, got)
			}
			if it.Kind == KindHello {
				if h, err := ParseHello(it.Data); err == nil && h.Major == Major {
					again := h.Item()
					if h2, err := ParseHello(again.Data); err != nil || !cmp.Equal(h, h2) {
						t.Fatalf("HELLO %+v parses back to %+v, %v", h, h2, err)
					}
				}
			}
			_ = it.String()
		}
	})
}
