package testvectors

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// copied is a vector that a test may spoil.
func copied(t *testing.T, v *Vector) Vector {
	t.Helper()
	var c Vector
	if err := json.Unmarshal(encodeVector(v), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestDeviceFaults: whatever of a device vector is wrong, the whole NIC finds it, and, unless it is a matter of packages that it does
// without, the plain one.
func TestDeviceFaults(t *testing.T) {
	all := stored(t)
	flip := func(h Hex, at int) Hex { b := h.Bytes(); b[at] ^= 1; return toHex(b) }
	for _, c := range []struct {
		name, suite string
		of          func(*DeviceCase) bool
		spoil       func(*Vector)
		field       string
		coreOnly    bool
	}{
		{"verdict", "device-memory", func(*DeviceCase) bool { return true }, func(v *Vector) { v.Verdict = "NAKED" }, "verdict", false},
		{"bytes written", "device-memory", func(c *DeviceCase) bool { return len(c.Writes) > 2 }, func(v *Vector) { v.Device.Writes[1].Bytes = flip(v.Device.Writes[1].Bytes, 0) }, "write 1", false},
		{"place of bytes", "device-memory", func(c *DeviceCase) bool { return len(c.Writes) > 2 }, func(v *Vector) {
			v.Device.Writes[0].Addr = num(v.Device.Writes[0].Addr.Uint()^1, 64)
		}, "write 0", false},
		{"a piece less", "device-memory", func(c *DeviceCase) bool { return len(c.Writes) > 3 }, func(v *Vector) { v.Device.Writes = v.Device.Writes[:2] }, "write 2", false},
		{"a read more", "device-memory", func(c *DeviceCase) bool { return len(c.Reads) > 3 }, func(v *Vector) {
			v.Device.Reads = append(v.Device.Reads, Access{Addr: num(0, 64), Len: 1})
		}, "read", false},
		{"payload sent", "device-memory", func(c *DeviceCase) bool { return c.Sent != "" && len(c.Reads) > 2 }, func(v *Vector) {
			v.Device.Sent = flip(v.Device.Sent, 80)
		}, "sent", false},
		{"timer", "device-memory", func(c *DeviceCase) bool { return c.Ticks != "" }, func(v *Vector) { v.Device.Ticks = "" }, "timer set to", false},
		{"region", "device-memory", func(c *DeviceCase) bool { return len(c.After.Regions) != 0 }, func(v *Vector) { v.Device.After.Regions = nil }, "mr 3 invalid", false},
		{"head of a shared queue", "device-queues", func(c *DeviceCase) bool { return len(c.After.SRQs) != 0 && c.Cause == "RX" }, func(v *Vector) {
			v.Device.After.SRQs[0].Image = flip(v.Device.After.SRQs[0].Image, 14)
		}, "srq 5 head", false},
		{"limit event", "device-queues", func(c *DeviceCase) bool {
			return c.Cause == "RX" && slices.ContainsFunc(c.Events, func(e Raised) bool { return e.Kind == "SRQ_LIMIT_REACHED" })
		}, func(v *Vector) { v.Device.Events = v.Device.Events[1:] }, "event 0", false},
		{"queue armed", "device-queues", func(c *DeviceCase) bool { return c.Cause == "DB_CQ_ARM" && len(c.After.CQs) != 0 }, func(v *Vector) {
			v.Device.After.CQs = nil
		}, "cq 2", true},
		{"overrun", "device-queues", func(c *DeviceCase) bool {
			return c.Cause == "RX" && slices.ContainsFunc(c.Events, func(e Raised) bool { return e.Kind == "CQ_ERR" })
		}, func(v *Vector) { v.Device.Events[0].Kind = "CQ_COMPLETION" }, "event 0", false},
		{"result of a command", "device-commands", func(c *DeviceCase) bool { return c.Command == "CREATE_QP" && len(c.After.QPs) != 0 }, func(v *Vector) {
			v.Device.Result = "0x00000007"
		}, "result", true},
		{"slot left", "device-commands", func(c *DeviceCase) bool { return c.Command == "DESTROY_QP" && len(c.After.QPs) != 0 }, func(v *Vector) {
			v.Device.After.QPs = nil
		}, "qp 0", true},
		{"counter", "device-receive", func(c *DeviceCase) bool { return len(c.Counters) > 1 }, func(v *Vector) { v.Device.Counters = v.Device.Counters[1:] }, "counter", true},
		{"context", "device-receive", func(c *DeviceCase) bool { return len(c.After.QPs) == 1 && c.Cause == "RX" }, func(v *Vector) {
			v.Device.After.QPs[0].Image = flip(v.Device.After.QPs[0].Image, 0x60)
		}, "qp 0 epsn", false},
		{"feature", "device-receive", func(c *DeviceCase) bool { return len(c.Events) == 1 && c.Events[0].Kind == "COMM_EST" }, func(v *Vector) {
			v.Device.Features = v.Device.Features[:3]
		}, "", false},
		{"address", "device-receive", func(c *DeviceCase) bool {
			return strings.HasPrefix(string(c.IP), "fd67") && c.Cause == "RX" && len(c.After.QPs) != 0
		}, func(v *Vector) {
			v.Device.IP = toHex(NICIP[:])
		}, "", true},
	} {
		f := fileOf(all, c.suite)
		i := slices.IndexFunc(f.Vectors, func(v Vector) bool { return c.of(v.Device) })
		if i < 0 {
			t.Fatalf("%s: no vector to spoil", c.name)
		}
		v := copied(t, &f.Vectors[i])
		c.spoil(&v)
		for _, on := range []Target{OnModel, OnCore} {
			if on == OnModel && c.coreOnly {
				continue
			}
			results, err := Replay(&File{Vectors: []Vector{v}}, on)
			if err != nil {
				t.Fatal(err)
			}
			r := results[0]
			if r.OK || r.Skipped || !slices.ContainsFunc(r.Diffs, func(d Difference) bool { return strings.HasPrefix(d.Field, c.field) }) {
				t.Errorf("%s on the %s: the fault in %s was not found: %+v", c.name, on, v.ID, r)
			}
		}
	}
}

// TestNeeds: a vector comes out the same on a NIC that has what it needs and no more, and not on one that has what it says that
// one must lack.
func TestNeeds(t *testing.T) {
	for _, suite := range []string{"device-memory", "device-queues", "device-commands", "device-receive"} {
		f := fileOf(stored(t), suite)
		for i := range f.Vectors {
			v := copied(t, &f.Vectors[i])
			v.Device.Features = v.Device.Needs
			if diffs := replayDevice(&v); len(diffs) != 0 {
				t.Fatalf("%s with %v: %v", v.ID, v.Device.Needs, diffs)
			}
			if i%8 != 0 {
				continue
			}
			for _, name := range f.Vectors[i].Device.Lacks {
				v.Device.Features = featureNames(f.Vectors[i].Device.has() | featureSet([]string{name}))
				if len(replayDevice(&v)) == 0 {
					t.Errorf("%s: nothing is different with %s", v.ID, name)
				}
			}
		}
	}
}

// TestModifyFaults: a wrong answer about attributes is found.
func TestModifyFaults(t *testing.T) {
	v := copied(t, &fileOf(stored(t), "modify-attributes").Vectors[0])
	v.Verdict = map[bool]string{true: "BAD_ATTR", false: "OK"}[v.Verdict == "OK"]
	if results, err := Replay(&File{Vectors: []Vector{v}}, OnModel); err != nil || results[0].OK || results[0].Skipped {
		t.Errorf("%+v, %v", results, err)
	}
}

// TestPlainSees: the plain NIC is put to every step of queue pair 0; it leaves out commands, doorbells of queues, and frames that
// reach no queue pair.
func TestPlainSees(t *testing.T) {
	for suite, most := range map[string]int{"device-memory": 0, "device-queues": 140, "device-receive": 40} {
		results, err := Replay(fileOf(stored(t), suite), OnModel)
		if err != nil {
			t.Fatal(err)
		}
		skipped := 0
		for _, r := range results {
			if r.Skipped {
				skipped++
			}
		}
		if skipped > most {
			t.Errorf("suite %s: %d of %d vectors are left out", suite, skipped, len(results))
		}
	}
}

// TestReadsAgree: memory can be filled with all that a device vector reads.
func TestReadsAgree(t *testing.T) {
	for _, f := range stored(t) {
		for i := range f.Vectors {
			c := f.Vectors[i].Device
			if c == nil {
				continue
			}
			m := ram{}
			for _, a := range c.Reads {
				for k, b := range a.whole() {
					at := a.Addr.Uint() + uint64(k)
					if was, ok := m[at]; ok && was != b {
						t.Fatalf("%s reads %#x twice, and not the same", f.Vectors[i].ID, at)
					}
					m[at] = b
				}
			}
		}
	}
}

// TestCorruptDevices: what is wrong with a file of format 3 only.
func TestCorruptDevices(t *testing.T) {
	for _, c := range []struct{ suite, name, old, new, reason string }{
		{"device-queues", "format", `"format":3`, `"format":2`, "suite device-queues has format 3, not 2"},
		{"device-queues", "unknown feature", `"features":["imm",`, `"features":["teleport",`, "features"},
		{"device-queues", "empty features", `"frame":"`, `"features":[],"frame":"`, "not in canonical form"},
		{"device-queues", "unknown cause", `"cause":"RX"`, `"cause":"TX"`, "cause"},
		{"device-queues", "unknown event", `"kind":"SRQ_LIMIT_REACHED"`, `"kind":"SRQ_LIMIT"`, "kind"},
		{"device-queues", "unknown counter", `"name":"RX_FRAMES"`, `"name":"FRAMES"`, "name"},
		{"device-queues", "counter that shrinks", `"add":1,"name":"RX_FRAMES"`, `"add":-1,"name":"RX_FRAMES"`, "add"},
		{"device-queues", "number beyond the table", `"number":5}]}`, `"number":16}]}`, "number"},
		{"device-queues", "entries out of order", `"number":1},{`, `"number":2},{`, "follows a later one"},
		{"device-queues", "no such slot", `"slot":0,`, `"slot":8,`, "slot"},
		{"device-queues", "address of three bytes", `"ip":"00`, `"ip":"`, "ip"},
		{"device-queues", "longer than it says", `"len":64}`, `"len":3}`, "has not the form of 3 bytes"},
		{"device-queues", "longer than may be", `"len":64}`, `"len":4097}`, "len"},
		{"device-queues", "unknown member", `"retransmit":`, `"again":true,"retransmit":`, `unknown member "again"`},
		{"device-queues", "a frame instead", `"device":{`, `"frame":{"bytes":"","rule":0},"device":{`, ""},
		{"device-commands", "unknown command", `"command":"CREATE_QP"`, `"command":"CREATE"`, "command"},
		{"modify-attributes", "unknown attribute", `"attrs":["`, `"attrs":["x`, "attrs"},
		{"modify-attributes", "unknown state", `"from":"RESET"`, `"from":"FIRST"`, "from"},
		{"modify-attributes", "unknown type", `"type":"RC"`, `"type":"XRC"`, "type"},
	} {
		good, err := os.ReadFile("data/" + c.suite + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(good, []byte(c.old)) {
			t.Fatalf("%s: nothing reads %s", c.name, c.old)
		}
		_, _, err = Decode("f.json", bytes.Replace(good, []byte(c.old), []byte(c.new), 1))
		if err == nil {
			t.Errorf("%s: taken", c.name)
			continue
		}
		if at := placed(t, err); !strings.Contains(at.Why, c.reason) {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
		}
	}
}
