package abstract

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// harsh is a world where an answer can be overtaken by what was sent after it.
var harsh = Bounds{MsgB: 1, Cap: 2, Loss: true, Harsh: true}

// large are the further worlds of `make promela`.
var large = []Bounds{
	{MsgA: 1, MsgB: 1, Cap: 2, Loss: true},
	{MsgA: 2, MsgB: 1, Cap: 1, Loss: true},
	harsh,
	{MsgA: 1, Cap: 1, Loss: true, Both: true},
}

// all tells whether this is `make promela`.
func all() bool { return os.Getenv("GODWIT_PROMELA") == "all" }

// needSpin skips a test, loudly, where the tools are not installed.
func needSpin(t *testing.T) {
	for _, tool := range []string{"spin", "gcc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("SKIPPED, the second oracle was not asked: no %s; 'make promela' installs it", tool)
		}
	}
}

// TestSpinAgrees lets Spin reach what it can of spec/promela/handshake.pml and wants exactly the states that Search
// reaches. `make promela` does so in the large worlds, too, and prints how fast both are.
func TestSpinAgrees(t *testing.T) {
	needSpin(t)
	for i, s := range small {
		if i == 0 || all() {
			t.Run(name(s.Bounds), func(t *testing.T) { agree(t, s.Bounds) })
		}
	}
	if all() {
		for _, b := range large {
			t.Run(name(b), func(t *testing.T) { agree(t, b) })
		}
	}
}

// TestSpinLiveness lets Spin prove that where nothing is lost every fair run ends. P4.
func TestSpinLiveness(t *testing.T) {
	needSpin(t)
	if !all() {
		t.Skip("'make promela' does this")
	}
	b := Bounds{MsgA: 1, MsgB: 1, Cap: 1}
	p := buildPan(t, b, readModel(t), "-DLIVENESS", "-DNFAIR=3")
	if out, ok := p.run(t, "", "-a", "-f"); !ok {
		t.Fatal(out)
	}
	t.Logf("promela: %s: every fair run ends (%d states)", name(b), p.states)
}

// TestSpinControls takes one rule after the other out of the Promela model and wants the comparison, or an assertion of
// the model, to notice.
func TestSpinControls(t *testing.T) {
	needSpin(t)
	if !all() {
		t.Skip("'make promela' does this")
	}
	searched := map[Bounds]Result{}
	for _, b := range []Bounds{small[0].Bounds, harsh} {
		r, err := Search(b)
		if err != nil {
			t.Fatal(err)
		}
		searched[b] = r
	}
	// Where links keep their order, no NAK_STOPPED can be late.
	const lateNAK = "R3 epoch not older"
	for _, c := range []struct{ rule, from, to string }{
		{"R2 answers a request", "k == SEND && f + 1 == q[p].rem -> tx(p, q[p].rem, NAK_STOPPED", "false -> tx(p, q[p].rem, NAK_STOPPED"},
		{"R3 refills", "full_budgets(p);\n     if\n     :: q[p].pend", "if\n     :: q[p].pend"},
		{"R4 back to RTS with nothing at stake", ":: q[p].una == q[p].max -> q[p].st = RTS; q[p].tmr = 0;", ":: q[p].una == q[p].max -> q[p].tmr = 0;"},
		{"R5 next epoch", "q[d].ep = q[p].ep + 1", "q[d].ep = q[p].ep"},
		{"R6 requester silent", "q[p].st == RTS && !q[p].pend && q[p].ok", "q[p].st == RTS && q[p].ok"},
		{"R7 acknowledges below ePSN", "q[p].probes = 0; q[p].nak = 0;\n     acknowledged(p, n);", "q[p].probes = 0; q[p].nak = 0;"},
		{"R10 epoch grows by 2", "q[p].ep = q[p].ep + 2", "q[p].ep = q[p].ep + 1"},
		{"R11 source", ":: k < RESUME && f + 1 != q[p].rem -> skip /* R11 */\n          :: k == SEND && f + 1 == q[p].rem", ":: k == SEND"},
		{lateNAK, ":: e >= q[p].peer && q[p].una <= s", ":: q[p].una <= s"},
	} {
		b := small[0].Bounds
		if c.rule == lateNAK {
			b = harsh
		}
		model := readModel(t)
		if strings.Count(model, c.from) != 1 {
			t.Errorf("%s: %q is not in the model once", c.rule, c.from)
			continue
		}
		p := buildPan(t, b, strings.Replace(model, c.from, c.to, 1), "-DSAFETY")
		noticed := "by an assertion"
		if _, ok := p.run(t, p.dump()); ok {
			onlyModel, onlySpin := difference(searched[b].Seen, readStates(t, p.dump()))
			if noticed = "by other states"; len(onlyModel)+len(onlySpin) == 0 {
				t.Errorf("%s: the model without it reaches the same states", c.rule)
				continue
			}
		}
		t.Logf("promela: control: without %s: noticed %s", c.rule, noticed)
	}
}

func name(b Bounds) string {
	s := fmt.Sprintf("A sends %d, B %d, links of %d", b.MsgA, b.MsgB, b.Cap)
	if b.Loss {
		s += ", lossy"
	}
	if b.Harsh {
		s += ", reordering, duplicating"
	}
	if b.Both {
		s += ", both move"
	}
	return s
}

func agree(t *testing.T, b Bounds) {
	p := buildPan(t, b, readModel(t), "-DSAFETY")
	if out, ok := p.run(t, p.dump()); !ok {
		t.Fatal(out)
	}
	before := cpu(t)
	r, err := Search(b)
	spent := cpu(t) - before
	if err != nil {
		t.Fatal(err)
	}
	theirs := readStates(t, p.dump())
	onlyModel, onlySpin := difference(r.Seen, theirs)
	if len(onlyModel)+len(onlySpin) != 0 {
		t.Fatalf("the model reaches %d states, Spin %d; docs/protocol.md decides who is wrong. Of those that only the model "+
			"reaches, the least: %x; of those that only Spin does: %x", len(r.Seen), len(theirs), onlyModel, onlySpin)
	}
	if !all() {
		return
	}
	if out, ok := p.run(t, ""); !ok { // again, without writing anything down, for the time
		t.Fatal(out)
	}
	t.Logf("promela: %s: %d states, the same ones; states/s per core: pan %.0f, Search %.0f",
		name(b), len(theirs), float64(p.states)/p.cpu.Seconds(), float64(len(r.Seen))/spent.Seconds())
}

const modelDir = "../../spec/promela"

func readModel(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(modelDir, "handshake.pml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// pan is a verifier that Spin made of the model.
type pan struct {
	dir    string
	states int
	cpu    time.Duration
}

// dump is the file for the states.
func (p *pan) dump() string { return filepath.Join(p.dir, "states.txt") }

// buildPan makes the verifier of a world. -DNOREDUCE: every interleaving is walked, so that the states are all states.
func buildPan(t *testing.T, b Bounds, model string, flags ...string) *pan {
	t.Helper()
	include, err := filepath.Abs(modelDir)
	if err != nil {
		t.Fatal(err)
	}
	p := &pan{dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(p.dir, "model.pml"), []byte(model), 0o644); err != nil {
		t.Fatal(err)
	}
	one := map[bool]int{true: 1}
	spin := []string{
		"-a", fmt.Sprintf("-DNA=%d", b.MsgA), fmt.Sprintf("-DNB=%d", b.MsgB), fmt.Sprintf("-DCAP=%d", b.Cap),
		fmt.Sprintf("-DLOSS=%d", one[b.Loss]), fmt.Sprintf("-DHARSH=%d", one[b.Harsh]),
		fmt.Sprintf("-DBOTH=%d", one[b.Both]),
	}
	if slices.Contains(flags, "-DLIVENESS") {
		spin = append(spin, "-DLIVENESS")
	}
	optimize := "-O1" // it is the compiler that takes the time of a small world
	if all() {
		optimize = "-O2"
	}
	gcc := append(flags, optimize, "-DNOREDUCE", "-DVECTORSZ=2048", "-I"+include, "-o", "pan", "pan.c")
	for _, cmd := range []*exec.Cmd{exec.Command("spin", append(spin, "model.pml")...), exec.Command("gcc", gcc...)} {
		cmd.Dir = p.dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
		}
	}
	return p
}

var stored = regexp.MustCompile(`(?m)^ *(\d+) states, stored`)

// run walks all states, and writes them to the file dump if that is not "". It is ok if pan found no error and could look
// everywhere; otherwise out says what pan did, with the trail to the error.
func (p *pan) run(t *testing.T, dump string, args ...string) (out string, ok bool) {
	t.Helper()
	pan := func(dump string, args ...string) string {
		cmd := exec.Command("./pan", args...)
		cmd.Dir = p.dir
		if dump != "" {
			cmd.Env = append(os.Environ(), "GODWIT_DUMP="+dump)
		}
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
		}
		p.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		return string(out)
	}
	out = pan(dump, append(args, "-w22", "-m100000")...)
	if strings.Contains(out, "max search depth too small") {
		t.Fatal(out)
	}
	m := stored.FindStringSubmatch(out)
	if m == nil || !strings.Contains(out, "errors: 0") {
		return out + pan("", "-C"), false
	}
	p.states, _ = strconv.Atoi(m[1])
	return out, true
}

// readStates reads the lines that dump.h wrote.
func readStates(t *testing.T, file string) map[Tuple]struct{} {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	set := map[Tuple]struct{}{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		raw, err := hex.DecodeString(lines.Text())
		if err != nil {
			t.Fatal(err)
		}
		set[Tuple(raw)] = struct{}{}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return set
}

// cpu is the processor time this process has used, on all cores: that of the garbage collector counts.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// minus gives the least three states of a that are not in b.
func minus(a, b map[Tuple]struct{}) []Tuple {
	var only []Tuple
	for _, t := range slices.Sorted(maps.Keys(a)) {
		if _, ok := b[t]; !ok && len(only) < 3 {
			only = append(only, t)
		}
	}
	return only
}
