package sim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godwit-rdma/godwit/cosim/bridge"
)

// BuildError is a simulator that could not be built: an environment without Verilator or compiler, or sources that do
// not compile.
type BuildError struct {
	What   string // which simulator, or what about it
	Why    string // one line
	Output string // first lines of what the tool said
}

// Error puts the tool's own words after the reason.
func (e *BuildError) Error() string {
	s := fmt.Sprintf("cannot build the simulator (%s): %s", e.What, e.Why)
	if e.Output != "" {
		s += "\n  " + strings.ReplaceAll(e.Output, "\n", "\n  ")
	}
	return s
}

// Builder builds simulators. The zero value finds the repository by itself.
type Builder struct {
	// Root is the repository; default $GODWIT_ROOT, or the directory of go.mod at or above the working directory.
	Root string
	// Cache is where simulators are kept; default $GODWIT_CACHE, or out/sim-cache below Root.
	Cache string
	// Verilator is the program; default "verilator" from PATH.
	Verilator string
	// Jobs bounds the compilers at work; default 2.
	Jobs int
	// Progress, when not nil, is told what is about to be built, if anything must be.
	Progress func(what string)
}

const executable = "simulator"

// Build returns the path of the simulator for p, building it if the cache does not have it. Of several callers, in any
// number of processes, one builds and the others wait for it. An error is a *BuildError.
func (b *Builder) Build(ctx context.Context, p Params) (string, error) {
	p = p.withDefaults()
	fail := func(err error) error {
		var e *BuildError
		if errors.As(err, &e) {
			return err
		}
		return &BuildError{What: p.String(), Why: err.Error()}
	}
	if err := p.check(); err != nil {
		return "", fail(err)
	}
	r, err := b.recipe(ctx, p)
	if err != nil {
		return "", fail(err)
	}
	dir := filepath.Join(r.cache, r.key)
	sim := filepath.Join(dir, executable)
	if exists(sim) {
		return sim, nil
	}
	if err := os.MkdirAll(r.cache, 0o777); err != nil {
		return "", fail(err)
	}
	unlock, err := lock(ctx, dir+".lock")
	if err != nil {
		return "", fail(err)
	}
	defer unlock()
	if exists(sim) {
		return sim, nil
	}
	if b.Progress != nil {
		b.Progress(p.String())
	}
	if err := r.build(ctx, dir); err != nil {
		return "", fail(err)
	}
	return sim, nil
}

// Start builds the simulator if need be and connects to a new process of it.
func (b *Builder) Start(ctx context.Context, p Params, cmd bridge.Command, opts bridge.Options) (*bridge.Conn, error) {
	path, err := b.Build(ctx, p)
	if err != nil {
		return nil, err
	}
	cmd.Path = path
	return bridge.Start(cmd, opts)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// recipe is everything a build needs, and the key that stands for it.
type recipe struct {
	params    Params
	root      string
	cache     string
	verilator string
	version   string
	sources   []string // arguments for Verilator
	harness   []string // C++ sources; compiled as one, which takes a third of the time
	key       string
	jobs      int
}

// build makes the simulator in a scratch directory and moves it to dir when it is whole.
func (r *recipe) build(ctx context.Context, dir string) error {
	work, err := os.MkdirTemp(r.cache, "build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "build_manifest.h"), []byte(r.params.manifest(r.version)), 0o666); err != nil {
		return err
	}
	var harness strings.Builder
	for _, f := range r.harness {
		fmt.Fprintf(&harness, "#include %q\n", f)
	}
	if err := os.WriteFile(filepath.Join(work, "harness.cpp"), []byte(harness.String()), 0o666); err != nil {
		return err
	}
	if err := r.run(ctx, r.verilator, r.verilatorArgs(work)...); err != nil {
		return err
	}
	if err := r.run(ctx, "make", "-s", "-C", filepath.Join(work, "obj"), "-f", "Vdut.mk", "-j", strconv.Itoa(r.jobs),
		"OPT_FAST=-O2", "OPT_SLOW=-O0", "OPT_GLOBAL=-O2", "Vdut"); err != nil {
		return err
	}
	done := filepath.Join(work, "done")
	if err := os.Mkdir(done, 0o777); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(work, "obj", "Vdut"), filepath.Join(done, executable)); err != nil {
		return err
	}
	return os.Rename(done, dir)
}

func (r *recipe) verilatorArgs(work string) []string {
	p := r.params
	tb := filepath.Join(r.root, "verilator", "tb")
	args := []string{"--cc", "--exe", "--top-module", p.Top, "--prefix", "Vdut", "--Mdir", filepath.Join(work, "obj"),
		"-O3", "--assert", "--x-assign", "unique", "--x-initial", "unique", "--output-split", "15000",
		"-Wno-fatal", "-Wno-lint", "-Wno-style",
		"-CFLAGS", "-std=c++20 -O2 -Wall -Wextra -I" + work + " -I" + tb + " -I" + filepath.Join(r.root, "verilator", "include"),
	}
	for _, g := range []struct {
		name string
		val  int
	}{{"DataW", p.DataW}, {"NumQp", p.NumQP}, {"NumMr", p.NumMR}, {"NumCq", p.NumCQ}, {"TickDiv", p.TickDiv}, {"Migration", p.migration()}} {
		args = append(args, fmt.Sprintf("-G%s=%d", g.name, g.val))
	}
	if p.Mutant != "" {
		args = append(args, "+define+GODWIT_MUTANT_"+p.Mutant)
	}
	if p.Trace {
		args = append(args, "--trace-fst", "--trace-structs")
	}
	return append(append(args, r.sources...), filepath.Join(work, "harness.cpp"))
}

// run runs a tool. An error carries the first lines of its output that matter.
func (r *recipe) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Dir = r.root
	err := cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted")
	}
	why := fmt.Sprintf("%s: %v", filepath.Base(name), err)
	if errors.Is(err, exec.ErrNotFound) {
		why = name + " is not installed"
	}
	return &BuildError{What: r.params.String(), Why: why, Output: excerpt(out.String())}
}

const excerptLines = 40

// excerpt returns the first lines from the first error on, or from the start if none is marked as one.
func excerpt(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	first := 0
	for i, l := range lines {
		if strings.Contains(l, "%Error") || strings.Contains(l, "error:") {
			first = i
			break
		}
	}
	lines = lines[first:]
	if n := len(lines) - excerptLines; n > 0 {
		lines = append(lines[:excerptLines:excerptLines], fmt.Sprintf("... and %d lines more", n))
	}
	return strings.Join(lines, "\n")
}
