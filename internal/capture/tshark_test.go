package capture_test

import (
	"bytes"
	"fmt"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/wire"
)

// dissected runs tshark and returns a line of tab-separated values for every frame.
func dissected(t *testing.T, path string, fields ...string) []string {
	// Two heuristics take payloads for malformed packets of their own: RPC over RDMA random ones, Ethernet over
	// InfiniBand such that begin like an EtherType and two zeros.
	args := []string{"-r", path, "-n", "--disable-protocol", "rpcordma", "--disable-heuristic", "eth_over_ib", "--disable-heuristic", "mellanox_eoib", "-T", "fields", "-E", "occurrence=f"}
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	cmd := exec.Command("tshark", args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, &errs)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// TestTshark: Wireshark finds nothing malformed in our captures, and reads the same header fields, comments, interfaces and
// times as we do.
func TestTshark(t *testing.T) {
	if _, err := exec.LookPath("tshark"); err != nil {
		t.Skipf("SKIPPED, no second opinion on our captures: %v", err)
	}
	paths := []string{"testdata/own/v4.pcapng", "testdata/own/v6.pcapng"}
	// One Linux capture of each kind: a run of tshark takes a third of a second.
	for _, name := range []string{"v4/read.a.pcap", "v4/imm.a.pcap", "v6/atomic.a.pcap", "v6/mixed_dup_reorder.b.pcap", "mtu4096/mixed_loss.a.pcap"} {
		path := filepath.Join("../../../shared/captures", name)
		if _, err := os.Stat(path); err != nil {
			t.Logf("SKIPPED, a Linux capture is not here: %v", err)
			continue
		}
		paths = append(paths, path)
	}
	// What the fabric carries: moves, READs and atomics, errors, IPv6.
	paths = append(paths, corpus(t))
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			lines := dissected(t, path, "_ws.malformed", "frame.time_epoch", "frame.interface_name", "frame.comment",
				"infiniband.bth.opcode", "infiniband.bth.se", "infiniband.bth.m", "infiniband.bth.padcnt", "infiniband.bth.tver",
				"infiniband.bth.p_key", "infiniband.bth.destqp", "infiniband.bth.a", "infiniband.bth.psn", "infiniband.invariant.crc",
				"infiniband.reth.va", "infiniband.reth.r_key", "infiniband.reth.dmalen", "infiniband.aeth.syndrome", "infiniband.aeth.msn",
				"infiniband.immdt", "infiniband.atomiceth.swapdt", "infiniband.atomiceth.cmpdt", "infiniband.atomicacketh.origremdt",
				"infiniband.ieth", "infiniband.deth.q_key", "infiniband.deth.srcqp")
			n := 0
			err := capture.ReadFile(path, func(f *capture.Frame) error {
				if n == len(lines) {
					t.Fatalf("tshark has only %d frames", n)
				}
				if want := tsharkLine(f); lines[n] != want {
					t.Errorf("frame %d:\ntshark %q\nwe     %q", f.Number, lines[n], want)
				}
				n++
				return nil
			})
			if err != nil || n != len(lines) || n == 0 {
				t.Errorf("%v: %d frames, tshark has %d", err, n, len(lines))
			}
		})
	}
}

// tsharkLine is what tshark should say of a frame.
func tsharkLine(f *capture.Frame) string {
	line := fmt.Sprintf("\t%d.%09d\t%s\t%s", f.Time/1e9, f.Time%1e9, f.Name, f.Comment)
	var p wire.Packet
	if wire.Parse(f.Data, &p) != nil {
		return line + strings.Repeat("\t", 22)
	}
	h := p.BTH
	line += fmt.Sprintf("\t%d\t%s\t%s\t%d\t%d\t%d\t0x%06x\t%s\t%d", h.Op, yes(h.SE), yes(h.MigReq), h.Pad, h.TVer, h.PKey, h.DestQPN,
		yes(h.AckReq), uint32(h.PSN))
	if h.Op == abi.OpMigration || h.Op == abi.OpCNP {
		// Unknown to it, and so it does not know where the ICRC is.
		return line + strings.Repeat("\t", 13)
	}
	crc, _ := wire.ICRC(f.Data)
	line += fmt.Sprintf("\t0x%08x", bits.ReverseBytes32(crc))
	reth, aeth, imm, atomic, atomicAck, ieth, deth := "\t\t\t", "\t\t", "\t", "\t\t", "\t", "\t", "\t\t"
	for _, id := range h.Op.Info().Headers {
		switch id {
		case abi.HeaderRETH:
			reth = fmt.Sprintf("\t0x%016x\t0x%08x\t%d", p.RETH.VA, p.RETH.RKey, p.RETH.Length)
		case abi.HeaderAtomicETH:
			// It shows address and key in the fields of RETH.
			reth = fmt.Sprintf("\t0x%016x\t0x%08x\t", p.AtomicETH.VA, p.AtomicETH.RKey)
			atomic = fmt.Sprintf("\t%d\t%d", p.AtomicETH.Swap, p.AtomicETH.Compare)
		case abi.HeaderAETH:
			aeth = fmt.Sprintf("\t%d\t%d", p.AETH.Syndrome, p.AETH.MSN)
		case abi.HeaderAtomicAckETH:
			atomicAck = fmt.Sprintf("\t%d", p.AtomicAck)
		case abi.HeaderImmDt:
			imm = fmt.Sprintf("\t%08x", p.Imm)
		case abi.HeaderDETH:
			deth = fmt.Sprintf("\t0x%016x\t0x%08x", p.DETH.QKey, p.DETH.SrcQPN)
		case abi.HeaderIETH:
			ieth = fmt.Sprintf("\t%08x", p.InvKey)
		}
	}
	return line + reth + aeth + imm + atomic + atomicAck + ieth + deth
}

func yes(v bool) string {
	if v {
		return "1"
	}
	return "0"
}
