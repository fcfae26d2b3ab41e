package specgen

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/spec"
)

// The SystemVerilog package is read by two tools, one of which is known to misread some of what it accepts
// (reference: Yosys 0.23). So parsing proves little: both tools evaluate every function on the same arguments here,
// and both have to agree with package abi, which another emitter wrote.

// call is one application of a package function to constants.
type call struct {
	fn   string
	args []*big.Int
	want *big.Int
}

// function is a function of the package, by the widths of its arguments and result.
type function struct {
	name   string
	args   []int
	result int
}

func needTool(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
}

// pkgFile returns the path of the committed package; TestFresh holds it to the generator.
func pkgFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, "verilator/rtl", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func contextWidth(s *spec.Spec) int {
	_, w := packedPlaces(s.ContextLayout().Fields)
	return w
}

func functions(s *spec.Spec) []function {
	w, img := contextWidth(s), s.Context.Bytes*8
	return []function{
		{"qpc_to_image", []int{w}, img}, {"qpc_from_image", []int{img}, w}, {"qpc_merge", []int{w, w, 32}, w},
		{"attrs_in_range", []int{w, 32}, 1}, {"op_info", []int{8}, 17}, {"rnr_ticks", []int{5}, 32},
		{"verdict_counter", []int{8}, 8}, {"legality", []int{4, 2}, 3}, {"transition_ok", []int{4, 4, 3}, 1},
		{"modify_ok", []int{4, 4}, 1}, {"modify_required", []int{4, 4}, 32}, {"modify_optional", []int{4, 4}, 32},
		{"bth_swap", []int{96}, 96}, {"meth_swap", []int{288}, 288},
	}
}

func num(v uint64) *big.Int { return new(big.Int).SetUint64(v) }

func flag(b bool) *big.Int {
	if b {
		return num(1)
	}
	return num(0)
}

// little returns the number whose byte 0 is in bits 7:0.
func little(p []byte) *big.Int {
	be := make([]byte, len(p))
	for i, b := range p {
		be[len(p)-1-i] = b
	}
	return new(big.Int).SetBytes(be)
}

// pack returns the packed context of an image, the slow way: bit by bit.
func pack(img *[abi.QPCSize]byte) *big.Int {
	v, n := new(big.Int), 0
	for i := range abi.QPCFields {
		f := &abi.QPCFields[i]
		for b := range f.Bits {
			v.SetBit(v, n, uint(img[f.At+b/8]>>(b%8)&1))
			n++
		}
	}
	return v
}

// calls returns applications of every function: all arguments of the small ones, random ones of the wide ones.
func calls(s *spec.Spec) []call {
	var out []call
	add := func(fn string, want *big.Int, args ...*big.Int) { out = append(out, call{fn, args, want}) }
	rng := rand.New(rand.NewPCG(1, 2))
	for range 6 {
		a, b := randomContext(rng), randomContext(rng)
		ai := a.Image()
		noisy := ai
		for i := range noisy {
			noisy[i] ^= byte(rng.Uint32()) & ^coveredByte(i)
		}
		attrs := rng.Uint32()
		merged := a
		abi.MergeQPC(&merged, &b, attrs)
		bi, mi := b.Image(), merged.Image()
		_, ok := abi.AttrsInRange(&a, attrs)
		add("qpc_to_image", little(ai[:]), pack(&ai))
		add("qpc_from_image", pack(&ai), little(noisy[:]))
		add("qpc_merge", pack(&mi), pack(&ai), pack(&bi), num(uint64(attrs)))
		add("attrs_in_range", flag(ok), pack(&ai), num(uint64(attrs)))
		for _, swap := range []struct {
			fn string
			n  int
		}{{"bth_swap", abi.BTHSize}, {"meth_swap", abi.METHSize}} {
			p := make([]byte, swap.n)
			for i := range p {
				p[i] = byte(rng.Uint32())
			}
			add(swap.fn, new(big.Int).SetBytes(p), little(p))
		}
	}
	extended := map[int]bool{} // counters and edges of devices with features only
	for _, c := range s.Registers.Counters {
		extended[c.Index] = c.Extended
	}
	edges := map[[3]string]bool{}
	for _, e := range s.States.Transitions {
		if e.Extended {
			edges[[3]string{string(e.From), string(e.To), string(e.Via)}] = true
		}
	}
	for code := range uint64(256) {
		o := abi.Opcode(code).Info()
		info := uint64(o.Kind)<<1 | uint64(o.Op)<<3 | uint64(o.Pos)<<6 | uint64(o.Payload)<<8 | uint64(o.ExtLen)<<11
		if !abi.Opcode(code).RC() {
			info = 0 // of devices with features only
		}
		info |= flag(abi.Opcode(code).RC()).Uint64() | flag(o.Executes).Uint64()<<10
		add("op_info", num(info), num(code))
		idx, has := abi.Verdict(code).Counter()
		want := uint64(0)
		if has && !extended[idx] {
			want = 0x80 | uint64(idx)
		}
		add("verdict_counter", num(want), num(code))
		from, to := abi.State(code>>4), abi.State(code&15)
		args := []*big.Int{num(code >> 4), num(code & 15)}
		req, ok := abi.RequiredAttrs(abi.QPTypeRC, from, to)
		opt, _ := abi.OptionalAttrs(abi.QPTypeRC, from, to)
		if edges[[3]string{from.String(), to.String(), abi.ViaModify.String()}] {
			req, ok, opt = 0, false, 0
		}
		add("modify_ok", flag(ok), args...)
		add("modify_required", num(uint64(req)), args...)
		add("modify_optional", num(uint64(opt)), args...)
		for via := range abi.Via(8) {
			e := [3]string{from.String(), to.String(), via.String()}
			add("transition_ok", flag(abi.TransitionAllowed(from, to, via) && !edges[e]), args[0], args[1], num(uint64(via)))
		}
		if code < 64 {
			add("legality", num(uint64(abi.Legality(abi.State(code>>2), abi.Kind(code&3)))), num(code>>2), num(code&3))
		}
		if code < 32 {
			add("rnr_ticks", num(uint64(abi.RNRTicks[code])), num(code))
		}
	}
	return out
}

// coveredByte returns the bits of byte i of the image that belong to fields.
func coveredByte(i int) (mask byte) {
	for _, f := range abi.QPCFields {
		for b := range f.Bits {
			if f.At+b/8 == i {
				mask |= 1 << (b % 8)
			}
		}
	}
	return mask
}

func randomContext(rng *rand.Rand) abi.QPC {
	var p [abi.QPCSize]byte
	for i := range p {
		p[i] = byte(rng.Uint32())
	}
	var q abi.QPC
	q.Decode(p[:])
	return q
}

// TestVerilator lets Verilator evaluate every call while it elaborates, with all warnings on.
func TestVerilator(t *testing.T) {
	needTool(t, "verilator")
	s, err := spec.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	widths := map[string]function{}
	for _, f := range functions(s) {
		widths[f.name] = f
	}
	var b strings.Builder
	b.WriteString("`default_nettype none\nmodule check;\n")
	list := calls(s)
	for i, c := range list {
		f := widths[c.fn]
		expr := verilogCall(f, c)
		fmt.Fprintf(&b, "  if (rdma_pkg::%s != %d'h%x) begin : g_bad%d\n    $error(\"call %d: %s\");\n  end\n",
			expr, f.result, c.want, i, i, c.fn)
	}
	b.WriteString("endmodule : check\n`default_nettype wire\n")
	if out, err := lint(t, b.String()); err != nil {
		t.Errorf("verilator: %v\n%.3000s", err, out)
	}
	// A check that cannot fail is none: the same with one wrong expectation.
	wrong := strings.Replace(b.String(), "verdict_counter(8'h0) != 8'h0", "verdict_counter(8'h0) != 8'h1", 1)
	if wrong == b.String() {
		t.Fatal("the expectation to be broken is not there")
	}
	if out, err := lint(t, wrong); err == nil || !strings.Contains(out, "verdict_counter") {
		t.Errorf("verilator takes a wrong expectation: %v\n%.1000s", err, out)
	}
}

func verilogCall(f function, c call) string {
	var args []string
	for i, a := range c.args {
		args = append(args, fmt.Sprintf("%d'h%x", f.args[i], a))
	}
	return c.fn + "(" + strings.Join(args, ", ") + ")"
}

func lint(t *testing.T, src string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "check.sv")
	if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("verilator", "--lint-only", "-Wall", "-sv", "--top-module", "check", "-I"+filepath.Dir(pkgFile(t, "lint.vlt")),
		pkgFile(t, "lint.vlt"), pkgFile(t, "rdma_pkg.sv"), file).CombinedOutput()
	return string(out), err
}

// TestYosys lets Yosys make a netlist of every function and evaluates that.
func TestYosys(t *testing.T) {
	needTool(t, "yosys")
	s, err := spec.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var sv, ys strings.Builder
	fmt.Fprintf(&ys, "read_verilog -sv -I%s %s %s\n", filepath.Dir(pkgFile(t, "rdma_pkg.sv")), pkgFile(t, "rdma_pkg.sv"), filepath.Join(dir, "w.sv"))
	sv.WriteString("`default_nettype none\n")
	for _, f := range functions(s) {
		var ports, args []string
		for i, w := range f.args {
			ports = append(ports, fmt.Sprintf("input logic [%d:0] a%d", w-1, i))
			args = append(args, fmt.Sprintf("a%d", i))
		}
		fmt.Fprintf(&sv, "module w_%s (%s, output logic [%d:0] y);\n  assign y = rdma_pkg::%s(%s);\nendmodule : w_%s\n",
			f.name, strings.Join(ports, ", "), f.result-1, f.name, strings.Join(args, ", "), f.name)
	}
	sv.WriteString("`default_nettype wire\n")
	// Yosys makes ROMs of large case statements, and eval wants gates.
	ys.WriteString("hierarchy -check\nproc\nopt\ncheck -assert\nmemory_map\nopt\n")
	list := calls(s)
	widths := map[string]function{}
	for _, f := range functions(s) {
		widths[f.name] = f
	}
	for _, c := range list {
		fmt.Fprintf(&ys, "eval")
		for i, a := range c.args {
			fmt.Fprintf(&ys, " -set a%d %d'b%0*b", i, widths[c.fn].args[i], widths[c.fn].args[i], a)
		}
		fmt.Fprintf(&ys, " -show y w_%s\n", c.fn)
	}
	for name, text := range map[string]string{"w.sv": sv.String(), "run.ys": ys.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("yosys", "-e", "implicitly declared", "-e", "used but has no driver", "-s",
		filepath.Join(dir, "run.ys")).CombinedOutput()
	if err != nil {
		t.Fatalf("yosys: %v\n%.3000s", err, out[max(0, len(out)-3000):])
	}
	results := regexp.MustCompile(`Eval result: \\y = (?:\d+'([01x]+)|(\d+))\.`).FindAllSubmatch(out, -1)
	if len(results) != len(list) {
		t.Fatalf("%d results for %d calls", len(results), len(list))
	}
	bad := 0
	for i, c := range list {
		got, ok := new(big.Int).SetString(string(results[i][1])+string(results[i][2]), base(results[i][1]))
		if (!ok || got.Cmp(c.want) != 0) && bad < 10 {
			bad++
			t.Errorf("call %d: %s(%x): got %s, want %x", i, c.fn, c.args, results[i][0], c.want)
		}
	}
}

// base returns 2 for a result in binary digits; Yosys prints small numbers in decimal.
func base(binary []byte) int {
	if len(binary) > 0 {
		return 2
	}
	return 10
}
