package capture_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// luaFields are what export/godwit.lua adds, and what Wireshark complains about.
var luaFields = []string{"_ws.malformed", "_ws.expert.severity", "_ws.expert.message", "infiniband.bth.opcode", "godwit.kind", "godwit.meth.version",
	"godwit.meth.kind", "godwit.meth.flags", "godwit.meth.live", "godwit.meth.epoch", "godwit.meth.peer_epoch", "godwit.meth.epsn",
	"godwit.meth.address", "godwit.meth.address.v4", "godwit.meth.tag", "godwit.una", "godwit.icrc", "godwit.nak_stopped.flags",
	"godwit.nak_stopped.epoch", "godwit.nak_stopped.epsn"}

// dissectedByLua runs tshark with the dissector and returns the values of luaFields for every frame.
func dissectedByLua(t *testing.T, path string) [][]string {
	t.Helper()
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Skipf("SKIPPED, the dissector is not tried: %v", err)
	}
	// The heuristics are those of TestTshark. RoCEv2 sends no UDP checksum, over IPv6 neither.
	args := []string{"-X", "lua_script:../../export/godwit.lua", "-r", path, "-n", "--disable-protocol", "rpcordma", "--disable-heuristic", "eth_over_ib", "--disable-heuristic", "mellanox_eoib",
		"-o", "udp.ignore_ipv6_zero_checksum:TRUE", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=;"}
	for _, f := range luaFields {
		args = append(args, "-e", f)
	}
	cmd := exec.Command("tshark", args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil || strings.Contains(strings.ToLower(errs.String()), "lua") {
		t.Fatalf("%v\n%s", err, &errs)
	}
	var lines [][]string
	for _, line := range strings.Split(strings.TrimSuffix(string(out), "\n"), "\n") {
		lines = append(lines, strings.Split(line, "\t"))
	}
	return lines
}

// complaints returns what is worse than a note among the expert items of a frame.
func complaints(line []string) (bad []string) {
	const warning = 0x600000
	messages := strings.Split(line[2], ";")
	for i, s := range strings.Split(line[1], ";") {
		if n, _ := strconv.ParseUint(s, 0, 32); n >= warning {
			bad = append(bad, messages[i])
		}
	}
	if line[0] != "" {
		bad = append(bad, "malformed")
	}
	return bad
}

// luaLine is what the dissector should say of a frame, from godwit.kind on.
func luaLine(p *wire.Packet, frame []byte) []string {
	want := make([]string, len(luaFields)-4)
	psn := fmt.Sprint(uint32(p.BTH.PSN))
	switch {
	case p.BTH.Op == abi.OpMigration:
		m := &p.METH
		addr, v4 := wireAddr(m.Addr)
		crc := frame[len(frame)-4:]
		copy(want, []string{m.Kind.String(), fmt.Sprint(m.Version), fmt.Sprint(uint8(m.Kind)), fmt.Sprintf("0x%08x", m.Flags), yes(m.Flags&1 != 0),
			fmt.Sprint(uint16(m.Epoch)), fmt.Sprint(uint16(m.PeerEpoch)), fmt.Sprint(uint32(m.EPSN)), addr, v4, fmt.Sprintf("0x%016x", m.Tag), psn,
			fmt.Sprintf("0x%02x%02x%02x%02x", crc[0], crc[1], crc[2], crc[3])})
	case p.BTH.Op == abi.OpAcknowledge && p.AETH.Syndrome == uint8(abi.SyndromeNAKStopped):
		want[0] = "NAK_STOPPED"
		copy(want[13:], []string{fmt.Sprintf("0x%08x", p.AETH.MSN>>16), fmt.Sprint(p.AETH.MSN & 0xffff), psn})
	}
	return want
}

// wireAddr is an address as Wireshark writes it; v4 is what is mapped, if something is.
func wireAddr(a wire.Addr) (v6, v4 string) {
	if !wire.IsIPv4(a) {
		return wire.FormatAddr(a), ""
	}
	v4 = fmt.Sprintf("%d.%d.%d.%d", a[12], a[13], a[14], a[15])
	return "::ffff:" + v4, v4
}

// TestDissector: in everything that the golden stories send and in packets of every opcode, the generated dissector shows each field of the migration packets and
// of NAK_STOPPED as we read it, nothing in other packets, and neither it nor Wireshark has anything to complain about.
func TestDissector(t *testing.T) {
	kinds, opcodes := map[string]int{}, map[abi.Opcode]bool{}
	for _, path := range []string{corpus(t), "testdata/own/v4.pcapng", "testdata/own/v6.pcapng"} {
		lines := dissectedByLua(t, path)
		n := 0
		err := capture.ReadFile(path, func(f *capture.Frame) error {
			line := lines[n]
			n++
			var p wire.Packet
			if wire.Parse(f.Data, &p) != nil {
				return nil
			}
			opcodes[p.BTH.Op] = true
			kinds[line[4]]++
			if bad := complaints(line); bad != nil {
				t.Errorf("%s, frame %d, %s, %v: %q", filepath.Base(path), f.Number, f.Comment, p.BTH.Op, bad)
			}
			if got, want := strings.Join(line[4:], "\t"), strings.Join(luaLine(&p, f.Data), "\t"); got != want {
				t.Errorf("%s, frame %d, %s:\nshows %q\nwant  %q", filepath.Base(path), f.Number, f.Comment, got, want)
			}
			return nil
		})
		if err != nil || n != len(lines) {
			t.Errorf("%s: %v, %d frames, tshark has %d", path, err, n, len(lines))
		}
	}
	for _, k := range []string{"RESUME", "RESUME_ACK", "REDIRECT", "STALE", "NAK_STOPPED"} {
		if kinds[k] < 3 {
			t.Errorf("%d packets %s, want some beside those of own/", kinds[k], k)
		}
	}
	for i := range abi.Opcodes {
		if op := abi.Opcode(i); op.Info().Known && !opcodes[op] {
			t.Errorf("no packet %v", op)
		}
	}
}

// TestDissectorComplains: a migration packet of another version, of no known kind, or of another length is marked; one that names an
// IPv6 address is not.
func TestDissectorComplains(t *testing.T) {
	var shots []shot
	for _, change := range []func(p *wire.Packet){
		func(p *wire.Packet) { p.METH.Version = 1 },
		func(p *wire.Packet) { p.METH.Kind = 9 },
		func(*wire.Packet) {},
		func(p *wire.Packet) { p.METH.Addr = wire.Addr{0: 0xfe, 1: 0x80, 15: 7} },
	} {
		p := between(false, abi.OpMigration)
		p.METH = migration(abi.METHKindResume)
		change(p)
		shots = append(shots, shot{0, p.Append(nil), ""})
	}
	// The third loses four bytes; lengths in IP and UDP say so.
	cut := shots[2].frame
	cut = cut[:len(cut)-4]
	cut[17], cut[39] = cut[17]-4, cut[39]-4
	shots[2].frame = cut
	path := filepath.Join(t.TempDir(), "odd.pcapng")
	if err := os.WriteFile(path, encode(t, shots), 0o644); err != nil {
		t.Fatal(err)
	}
	want := []string{"unknown version of METH", "unknown kind of migration packet", "length is not that of a migration packet"}
	lines := dissectedByLua(t, path)
	if v6 := lines[3]; complaints(v6) != nil || v6[12] != "fe80::7" || v6[13] != "" {
		t.Errorf("IPv6: %q", v6)
	}
	for i, line := range lines[:len(want)] {
		if bad := complaints(line); len(bad) == 0 || bad[0] != want[i] {
			t.Errorf("frame %d: %q, want %q", i+1, bad, want[i])
		}
	}
}
