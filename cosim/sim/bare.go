package sim

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// BareResult is what a run without a host measured.
type BareResult struct {
	Cycles       uint64  `json:"cycles"`       // of all tests together
	WallSeconds  float64 `json:"wall_seconds"` // of the replay, without starting the process
	Observations uint64  `json:"observations"` // made, and thrown away
	Failed       bool    `json:"failed"`       // the device hung or asserted
}

// Bare replays stimulus that bridge.Options.Record wrote in the simulator at path, without socket and host: the speed of
// the simulation alone. seed is that of the Device or RESET that was recorded.
func Bare(ctx context.Context, path, file string, seed uint32) (BareResult, error) {
	cmd := exec.CommandContext(ctx, path, "--bare", file, "--seed", fmt.Sprint(seed))
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return BareResult{}, fmt.Errorf("bare run: %w: %s", err, strings.TrimSpace(said.String()))
	}
	var res BareResult
	if err := json.Unmarshal(out, &res); err != nil {
		return res, fmt.Errorf("bare run printed %q: %w", out, err)
	}
	return res, nil
}
