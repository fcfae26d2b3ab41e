package replay

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// recorded are scenarios that 'godwit capture record' made, chosen so that all errors and most freedoms are there.
const recorded = "testdata/recorded"

// TestRecordedCaptures replays them without a finding, and wants freedoms used that the other captures do not need.
func TestRecordedCaptures(t *testing.T) {
	r, err := Run([]string{recorded}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil || !r.OK {
		t.Errorf("%v\n%s", err, b.String())
	}
	if len(r.Results) != 26 || len(r.Notes) != 0 {
		t.Errorf("%d endpoints, %v", len(r.Results), r.Notes)
	}
	for _, want := range []Freedom{DepthRounded, LocalCheckLate, AccessOfQP, ReceiveOfRefused, LengthError} {
		if !slices.ContainsFunc(r.Freedoms, func(c Count) bool { return c.Freedom == want && c.Count > 0 }) {
			t.Errorf("nobody uses %q", want)
		}
	}
}

// TestBothOrders: an alignment is found, whichever is tried first, and what is wrong is found in both.
func TestBothOrders(t *testing.T) {
	for _, file := range []string{"linux/imm/imm.json", "linux/atomic/atomic.json", "recorded/stream_loss/stream_loss.json", "recorded/mixed_loss/mixed_loss.json"} {
		for _, late := range []bool{false, true} {
			for _, side := range []Side{A, B} {
				s, err := load(filepath.Join("testdata", file))
				if err != nil {
					t.Fatal(err)
				}
				p := newPlayer(s, side, nil)
				if p.late = late; p.search() != nil {
					t.Errorf("%s, %v, late %v: no alignment", file, side, late)
				}
				s, _ = load(filepath.Join("testdata", file))
				for i := range s.trace[side].frames {
					if f := &s.trace[side].frames[i]; f.pkt.SrcIP == s.party(side).addr {
						f.pkt.BTH.PKey ^= 1
						break
					}
				}
				p = newPlayer(s, side, nil)
				if p.late = late; p.search() == nil {
					t.Errorf("%s, %v, late %v: a wrong P_Key is not found", file, side, late)
				}
			}
		}
	}
}

// TestRecordedDifferences: what the end of a send queue, refusals and missing answers may explain has limits.
func TestRecordedDifferences(t *testing.T) {
	for _, c := range []struct {
		name, file string
		side       Side
		edit       func(s *scenario)
		want       string
	}{
		{"retries used up without one", "linux/imm/imm.json", A, func(s *scenario) {
			command(s, "poll").wcs[2].status = abi.WCStatusRetryExcErr
		}, "retries are used up (RETRY_EXC_ERR), and the model has 7 left"},
		{"RNR retries used up without one", "linux/imm/imm.json", A, func(s *scenario) {
			command(s, "poll").wcs[2].status = abi.WCStatusRNRRetryExcErr
		}, "retries are used up (RNR_RETRY_EXC_ERR), and the model has 7 left"},
		{"local error of a good address", "linux/imm/imm.json", A, func(s *scenario) {
			command(s, "poll").wcs[2].status = abi.WCStatusLocProtErr
		}, "a completion (id "},
		{"an answer is missing", "linux/atomic/atomic.json", A, func(s *scenario) {
			tr := &s.trace[A]
			tr.frames = slices.DeleteFunc(tr.frames, func(f frame) bool { return f.pkt.BTH.Op == abi.OpAtomicAcknowledge })
		}, "differs"},
		{"access refused as invalid, of a queue pair that grants it", "linux/err_rkey/err_rkey.json", B, func(s *scenario) {
			alter(s, B, 2, func(p *wire.Packet) { p.AETH.Syndrome = uint8(abi.SyndromeNAKInvReq) })
		}, "syndrome differs"},
		{"a verb that was refused, and its packet", "linux/err_rkey/err_rkey.json", A, func(s *scenario) {
			command(s, "post").failed = true
		}, "its PSN belongs to no work request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(filepath.Join("testdata", c.file))
			if err != nil {
				t.Fatal(err)
			}
			c.edit(s)
			switch res, _ := play(s, c.side, nil); {
			case res.Finding == nil:
				t.Error("no finding")
			case !strings.Contains(res.Finding.Reason, c.want):
				t.Errorf("found: %s", res.Finding.Reason)
			}
		})
	}
}

// arp is a frame that is not ours.
var arp = append([]byte{255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 8, 6, 0, 1}, make([]byte, 44)...)

// rewrite writes a capture anew as another recorder may have: padded to 60 bytes, with other frames between, as pcapng or with
// microseconds.
func rewrite(t *testing.T, from, to string, ng bool) {
	t.Helper()
	var out bytes.Buffer
	var put func(at uint64, data []byte) error
	flush := func() error { return nil }
	if ng {
		w, err := capture.NewWriter(&out, []string{"eth0"})
		if err != nil {
			t.Fatal(err)
		}
		put, flush = func(at uint64, data []byte) error { return w.Write(0, at, data, "") }, w.Flush
	} else {
		w := pcapgo.NewWriter(&out)
		if err := w.WriteFileHeader(1<<16, layers.LinkTypeEthernet); err != nil {
			t.Fatal(err)
		}
		put = func(at uint64, data []byte) error {
			return w.WritePacket(gopacket.CaptureInfo{Timestamp: time.Unix(0, int64(at)), CaptureLength: len(data), Length: len(data)}, data)
		}
	}
	err := capture.ReadFile(from, func(f *capture.Frame) error {
		data := bytes.Clone(f.Data)
		if len(data) < 60 {
			data = append(data, make([]byte, 60-len(data))...)
		}
		if err := put(f.Time, data); err != nil {
			return err
		}
		return put(f.Time, arp)
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = os.WriteFile(to, out.Bytes(), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestOtherRecorders: what another recorder may write differently changes nothing but the notes.
func TestOtherRecorders(t *testing.T) {
	for _, ng := range []bool{true, false} {
		dir := t.TempDir()
		for _, name := range []string{"imm", "atomic", "err_rkey"} {
			base := filepath.Join(own, name, name)
			for _, side := range []string{".a", ".b"} {
				ext := map[bool]string{true: ".pcapng", false: ".pcap"}[ng]
				if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
					t.Fatal(err)
				}
				rewrite(t, base+side+".pcap", filepath.Join(dir, name, name+side+ext), ng)
			}
			text, err := os.ReadFile(base + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var all map[string]any
			d := json.NewDecoder(bytes.NewReader(text))
			d.UseNumber()
			if err := d.Decode(&all); err != nil {
				t.Fatal(err)
			}
			all["recorder"], all["faults"] = "another", map[string]any{"jitter": 3}
			if text, err = json.Marshal(all); err == nil { // in the order of names, on one line
				err = os.WriteFile(filepath.Join(dir, name, name+".json"), text, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		r, err := Run([]string{dir}, Options{})
		if err != nil || !r.OK || len(r.Results) != 6 {
			t.Errorf("%v, %s", err, r.Problem)
		}
		if len(r.Notes) != 3 || r.Notes[0].Fields[0] != "recorder" {
			t.Errorf("notes: %v", r.Notes)
		}
	}
}

// TestEmptyCaptures: a side that was given nothing and sent nothing has a capture without a frame.
func TestEmptyCaptures(t *testing.T) {
	s := loaded(t, "err_rkey/err_rkey.json")
	s.Log = []entry{*command(s, "state")}
	s.Log[0].val = 3
	for _, side := range []Side{A, B} {
		s.trace[side].frames = nil
		if res, _ := play(s, side, nil); res.Finding != nil {
			t.Errorf("%v: %+v", side, res.Finding)
		}
	}
	s.Log[0].val = 6
	if res, _ := play(s, A, nil); res.Finding == nil || res.Finding.Frame != 0 {
		t.Errorf("%+v", res.Finding)
	}
}
