package interop

import (
	"bytes"
	"context"
	_ "embed" // the question to scapy
	"encoding/hex"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/wire"
)

// oracle is somebody else's opinion of the frames of a capture. It returns how many frames it was asked about, and what it
// sees otherwise; skipped tells why it could not be asked.
type oracle struct {
	name, about string
	ask         func(ctx context.Context, path string) (asked int, skipped string, err error)
}

var oracles = []oracle{
	{"scapy-icrc", "scapy computes the ICRCs that were exchanged, and no other for those damaged on purpose", scapy},
	{"tshark-headers", "tshark reads opcode, destination and PSN as godwit does, and finds nothing malformed", tshark},
}

// consult asks the oracles.
func (rep *Report) consult(ctx context.Context, path string) {
	for _, o := range oracles {
		begin := time.Now()
		asked, skipped, err := o.ask(ctx, path)
		if ctx.Err() != nil {
			return
		}
		r := Result{Name: o.name, About: fmt.Sprintf("%s (%d frames)", o.about, asked), Held: err == nil && skipped == "", Skipped: skipped, Seconds: time.Since(begin).Seconds()}
		if err != nil {
			r.Error = err.Error()
			rep.Failed++
		}
		rep.Results = append(rep.Results, r)
	}
}

//go:embed icrc.py
var icrcScript string

// scapyFrames is how many frames scapy is asked about at most, evenly spread: it takes a millisecond for each.
const scapyFrames = 3000

// pythons are where scapy may be: the environment that scripts/ensure-venv.sh makes, or the system's.
var pythons = []string{"out/venv/bin/python", "../../out/venv/bin/python", "/usr/bin/python3", "python3"}

func scapy(ctx context.Context, path string) (asked int, skipped string, err error) {
	var python string
	for _, p := range pythons {
		// Before 2.8 it has no ICRC over IPv6.
		if exec.CommandContext(ctx, p, "-c", "import scapy, scapy.contrib.roce; assert [int(n) for n in scapy.VERSION.split('.')[:2]] >= [2, 8]").Run() == nil {
			python = p
			break
		}
	}
	if python == "" {
		return 0, "there is no Python with scapy 2.8: scripts/ensure-venv.sh makes one", nil
	}
	var frames [][]byte
	err = capture.ReadFile(path, func(f *capture.Frame) error {
		if udp := roce(f.Data); udp {
			frames = append(frames, bytes.Clone(f.Data))
		}
		return nil
	})
	if err != nil {
		return 0, "", err
	}
	var in bytes.Buffer
	var sample [][]byte
	for i := 0; i < len(frames); i += max(1, (len(frames)+scapyFrames-1)/scapyFrames) {
		sample = append(sample, frames[i])
		fmt.Fprintln(&in, hex.EncodeToString(frames[i]))
	}
	cmd := exec.CommandContext(ctx, python, "-c", icrcScript)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		return 0, "", fmt.Errorf("%s with scapy: %w", python, err)
	}
	lines := strings.Fields(string(out))
	if len(lines) != len(sample) || len(lines) == 0 {
		return len(lines), "", fmt.Errorf("scapy says %d things of %d frames", len(lines), len(sample))
	}
	for i, f := range sample {
		end := len(f) - wire.ICRCLen
		right := lines[i] == hex.EncodeToString(f[end:])
		var p wire.Packet
		if ours := wire.Parse(f, &p) == nil; ours != right {
			return i, "", fmt.Errorf("frame %x: scapy computes %s; godwit takes it: %v", f, lines[i], ours)
		}
	}
	return len(sample), "", nil
}

// roce tells whether a frame is UDP to the port of RoCEv2, over IPv4 without options or IPv6.
func roce(f []byte) bool {
	switch {
	case len(f) > 42 && f[12] == 0x08 && f[13] == 0 && f[23] == 17:
		return f[36] == 0x12 && f[37] == 0xb7
	case len(f) > 62 && f[12] == 0x86 && f[13] == 0xdd && f[20] == 17:
		return f[56] == 0x12 && f[57] == 0xb7
	}
	return false
}

func tshark(ctx context.Context, path string) (asked int, skipped string, err error) {
	if _, err := exec.LookPath("tshark"); err != nil {
		return 0, "there is no tshark: apt-get install tshark", nil
	}
	// Heuristics take payloads for protocols of their own.
	cmd := exec.CommandContext(ctx, "tshark", "-r", path, "-n", "--disable-protocol", "rpcordma", "--disable-heuristic", "eth_over_ib", "--disable-heuristic", "mellanox_eoib", "-T", "fields", "-E", "occurrence=f",
		"-e", "infiniband.bth.opcode", "-e", "infiniband.bth.destqp", "-e", "infiniband.bth.psn", "-e", "_ws.malformed")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, "", fmt.Errorf("tshark: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	n := 0
	err = capture.ReadFile(path, func(f *capture.Frame) error {
		var p wire.Packet
		if n == len(lines) {
			return errors.New("tshark sees fewer frames")
		}
		line := lines[n]
		n++
		if wire.Parse(f.Data, &p) != nil {
			return nil
		}
		asked++
		if w := fmt.Sprintf("%d\t0x%06x\t%d\t", p.BTH.Op, p.BTH.DestQPN, p.BTH.PSN); line != w {
			return fmt.Errorf("frame %d: tshark reads %q, godwit %q", f.Number, line, w)
		}
		return nil
	})
	if err == nil && asked == 0 {
		err = errors.New("the capture has no RoCE packet")
	}
	return asked, "", err
}
