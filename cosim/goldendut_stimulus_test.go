package cosim

import (
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/cosim/sim"
	"github.com/godwit-rdma/godwit/model/abi"
)

// badStimulus is what a host may say and a device cannot do, with a question at the end.
var badStimulus = []bridge.Item{
	{Kind: bridge.KindReset, Addr: 1 << 60},
	{Kind: bridge.KindReset, Addr: 4096},
	{Kind: bridge.KindMemWrite, Addr: 4095, Data: []byte("ab")},
	{Kind: bridge.KindMemWrite, Addr: 1<<64 - 1, Data: []byte("ab")},
	{Kind: bridge.KindRegRead, Addr: 1 << 16},
	{Kind: bridge.KindRegRead, Addr: 1 << 32},
	{Kind: bridge.KindRegWrite, Addr: 1 << 40, Value: 1},
	{Kind: bridge.KindRegRead, Addr: uint64(abi.RegID) + 1},
	{Kind: bridge.KindRegWrite, Addr: uint64(abi.RegID), Value: 1},
	{Kind: bridge.KindRX, Cycle: 1 << 63, Data: []byte("x")},
	{Kind: bridge.KindRX, Data: make([]byte, bridge.MaxEthernet)},
	{Kind: bridge.KindRun, Cycle: 100},
	{Kind: bridge.KindTestBegin, Value: 1},
	{Kind: bridge.KindTestEnd, Value: 1},
	{Kind: bridge.KindPing, Addr: 7},
}

// answersOf are the observations up to the answer to the last question, without cycles: the two devices need not take
// the same time.
func answersOf(t *testing.T, c *bridge.Conn) string {
	t.Helper()
	for _, it := range badStimulus {
		must(t, c.Send(it))
	}
	var out []string
	for {
		it, err := c.Recv()
		if err != nil {
			t.Fatalf("after %q: %v", out, err)
		}
		it.Cycle = 0
		switch {
		case it.Kind == bridge.KindFault:
			it.Data = nil // each in its own words
		case it.Kind == bridge.KindRegData && it.Code != bridge.RespOkay:
			it.Value = 0
		}
		out = append(out, it.String())
		if it.Kind == bridge.KindPong {
			return strings.Join(out, "\n")
		}
	}
}

// TestBadStimulus: the golden NIC behind the bridge takes from a host whatever the protocol allows, and answers as the
// simulator does, so that a host tried on one runs on the other.
func TestBadStimulus(t *testing.T) {
	c, err := startGolden(bridge.Options{})()
	must(t, err)
	defer c.Close()
	golden := answersOf(t, c)
	if n := strings.Count(golden, "ERROR code=2"); n != 6 {
		t.Errorf("%d faults of the stimulus, want 6:\n%s", n, golden)
	}
	needVerilator(t)
	opts := bridge.Options{Hello: bridge.Hello{Role: bridge.RoleHost, Revision: abi.Revision}}
	s, err := (&sim.Builder{}).Start(t.Context(), sim.Params{}, bridge.Command{}, opts)
	must(t, err)
	defer s.Close()
	if rtl := answersOf(t, s); rtl != golden {
		t.Errorf("the simulator answers\n%s\nthe golden NIC\n%s", rtl, golden)
	}
}
