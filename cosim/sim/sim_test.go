package sim

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godwit-rdma/godwit/cosim/bridge"
	"github.com/godwit-rdma/godwit/model/abi"
)

func needVerilator(t testing.TB) {
	if _, err := exec.LookPath("verilator"); err != nil {
		t.Skip("SKIPPED: verilator is not installed; `make test` installs it")
	}
}

func echo() Params { return Params{Top: TopEcho} }

func startEcho(t testing.TB, p Params, cmd bridge.Command, opts bridge.Options) *bridge.Conn {
	needVerilator(t)
	opts.Hello.Role, opts.Hello.Revision = bridge.RoleHost, abi.Revision
	c, err := (&Builder{}).Start(context.Background(), p, cmd, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func send(t testing.TB, c *bridge.Conn, items ...bridge.Item) {
	t.Helper()
	for _, it := range items {
		if err := c.Send(it); err != nil {
			t.Fatal(err)
		}
	}
}

// until receives up to and including the first item of the kind.
func until(t testing.TB, c *bridge.Conn, k bridge.Kind) []bridge.Item {
	t.Helper()
	var items []bridge.Item
	for {
		it, err := c.Recv()
		if err != nil {
			t.Fatalf("waiting for %v after %v: %v", k, items, err)
		}
		items = append(items, it)
		if it.Kind == k {
			return items
		}
	}
}

func TestEchoManifestAndRegisters(t *testing.T) {
	c := startEcho(t, Params{Top: TopEcho, Migration: Off, DataW: 64}, bridge.Command{}, bridge.Options{})
	m := c.Peer().Manifest
	want := bridge.Manifest{Name: "rdma_echo", Simulator: m.Simulator, DataW: 64, NumQP: 8, NumMR: 16, NumCQ: 8, TickDiv: 1024, MaxFrame: 4224}
	if m != want || !strings.HasPrefix(m.Simulator, "Verilator ") {
		t.Errorf("manifest %+v\nwant     %+v", m, want)
	}
	send(t, c, bridge.Item{Kind: bridge.KindRegRead, Addr: 0}, bridge.Item{Kind: bridge.KindRegWrite, Addr: 0x0c, Value: 0x12345678},
		bridge.Item{Kind: bridge.KindRegRead, Addr: 0x0c}, bridge.Item{Kind: bridge.KindRegWrite, Addr: 0x44}, bridge.Item{Kind: bridge.KindRegRead, Addr: 0x44},
		bridge.Item{Kind: bridge.KindPing, Addr: 99})
	var got []string
	for _, it := range until(t, c, bridge.KindPong) {
		it.Cycle = 0
		got = append(got, it.String())
	}
	wantText := "REG_DATA cycle=0 addr=0x0 value=0x5df3f2e code=0; REG_DONE cycle=0 addr=0xc code=0; REG_DATA cycle=0 addr=0xc value=0x12345678 code=0; " +
		"REG_DONE cycle=0 addr=0x44 code=2; REG_DATA cycle=0 addr=0x44 value=0x0 code=2; PONG addr=0x63"
	if s := strings.Join(got, "; "); s != wantText {
		t.Errorf("got  %s\nwant %s", s, wantText)
	}
}

func TestConcurrentBuildersBuildOnce(t *testing.T) {
	needVerilator(t)
	var mu sync.Mutex
	built := 0
	b := &Builder{Cache: t.TempDir(), Progress: func(string) { mu.Lock(); built++; mu.Unlock() }}
	var wg sync.WaitGroup
	paths := make([]string, 4)
	for i := range paths {
		wg.Go(func() {
			p, err := b.Build(context.Background(), echo())
			if err != nil {
				t.Error(err)
			}
			paths[i] = p
		})
	}
	wg.Wait()
	if built != 1 {
		t.Errorf("built %d times, want once", built)
	}
	for _, p := range paths[1:] {
		if p != paths[0] {
			t.Errorf("paths differ: %q", paths)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(b.Cache, "build-*")); len(left) != 0 {
		t.Errorf("scratch directories left behind: %v", left)
	}
}

func TestKeyDependsOnEverythingThatMatters(t *testing.T) {
	needVerilator(t)
	key := func(p Params) string {
		r, err := (&Builder{}).recipe(context.Background(), p.withDefaults())
		if err != nil {
			t.Fatal(err)
		}
		return r.key
	}
	src := filepath.Join(t.TempDir(), "dut.sv")
	write := func(s string) {
		if err := os.WriteFile(src, []byte(s), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]string{}
	check := func(what string, p Params) {
		k := key(p)
		if other, ok := seen[k]; ok {
			t.Errorf("%s has the key of %s", what, other)
		}
		seen[k] = what
	}
	check("echo", echo())
	check("wider", Params{Top: TopEcho, DataW: 256})
	check("trace", Params{Top: TopEcho, Trace: true})
	check("mutant", Params{Top: TopEcho, Mutant: "X"})
	check("no migration", Params{Top: TopEcho, Migration: Off})
	write("module a; endmodule")
	check("own source", Params{Top: "a", Sources: []string{src}})
	write("module a;  endmodule")
	check("own source, edited", Params{Top: "a", Sources: []string{src}})
	if key(echo()) != key(Params{Top: TopEcho, DataW: 128, TickDiv: 1024}) {
		t.Error("defaults spelled out give another key")
	}
}

func TestBuildErrors(t *testing.T) {
	needVerilator(t)
	broken := filepath.Join(t.TempDir(), "broken.sv")
	if err := os.WriteFile(broken, []byte("module broken;\n  assign nothing = 1;\n  oops\nendmodule\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		b    Builder
		p    Params
		want []string
	}{
		{"syntax", Builder{}, Params{Top: "broken", Sources: []string{broken}}, []string{"cannot build the simulator (broken DataW=128", "%Error", "broken.sv:4", "syntax error"}},
		{"no verilator", Builder{Verilator: "no-such-verilator"}, echo(), []string{"no-such-verilator is missing or does not run", "`make test` installs it"}},
		{"no repository", Builder{Root: t.TempDir()}, echo(), []string{"no harness in"}},
		{"width", Builder{}, Params{Top: TopEcho, DataW: 100}, []string{"DataW is 100, want 64, 128, 256 or 512"}},
		{"tick", Builder{}, Params{Top: TopEcho, TickDiv: 4}, []string{"TickDiv is 4, want 9 to"}},
		{"mutant", Builder{}, Params{Top: TopEcho, Mutant: "a b"}, []string{`mutant "a b" is not an upper-case identifier`}},
		{"cache", Builder{Cache: "/proc/godwit"}, echo(), []string{"cannot build the simulator", "/proc/godwit"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.b.Build(context.Background(), tc.p)
			var e *BuildError
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want a *BuildError", err)
			}
			for _, w := range tc.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("error lacks %q:\n%v", w, err)
				}
			}
			if n := strings.Count(err.Error(), "\n"); n > excerptLines+2 {
				t.Errorf("error has %d lines", n)
			}
		})
	}
}
