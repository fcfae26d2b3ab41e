package sim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// recipe finds the sources and computes the key.
func (b *Builder) recipe(ctx context.Context, p Params) (*recipe, error) {
	root, err := b.root()
	if err != nil {
		return nil, err
	}
	r := &recipe{params: p, root: root, cache: b.Cache, verilator: b.Verilator, jobs: b.Jobs}
	if r.cache == "" {
		r.cache = os.Getenv("GODWIT_CACHE")
	}
	if r.cache == "" {
		r.cache = filepath.Join(root, "out", "sim-cache")
	}
	if r.cache, err = filepath.Abs(r.cache); err != nil {
		return nil, err
	}
	if r.verilator == "" {
		r.verilator = "verilator"
	}
	if r.jobs == 0 {
		r.jobs = 2
	}
	out, err := exec.CommandContext(ctx, r.verilator, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("%s is missing or does not run (%w); `make test` installs it", r.verilator, err)
	}
	r.version = strings.Join(strings.Fields(string(out))[:min(2, len(strings.Fields(string(out))))], " ")
	r.selectSources()
	if r.harness, err = filepath.Glob(filepath.Join(root, "verilator", "tb", "*.cpp")); err != nil || len(r.harness) == 0 {
		return nil, fmt.Errorf("no harness in %s", filepath.Join(root, "verilator", "tb"))
	}
	r.key, err = r.hash(string(out))
	return r, err
}

func (b *Builder) root() (string, error) {
	root := b.Root
	if root == "" {
		root = os.Getenv("GODWIT_ROOT")
	}
	if root != "" {
		return filepath.Abs(root)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module github.com/godwit-rdma/godwit\n") {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("the RTL is not found: run inside the godwit repository, or set GODWIT_ROOT to it")
		}
		dir = parent
	}
}

// selectSources lists what Verilator is given: the package and the top by name, the other modules by search.
func (r *recipe) selectSources() {
	if len(r.params.Sources) > 0 {
		for _, s := range r.params.Sources {
			if abs, err := filepath.Abs(s); err == nil {
				s = abs
			}
			if info, err := os.Stat(s); err == nil && info.IsDir() {
				r.sources = append(r.sources, "-y", s, "+incdir+"+s)
				continue
			}
			r.sources = append(r.sources, s)
		}
		return
	}
	if r.params.Top == TopEcho {
		r.sources = []string{filepath.Join("verilator", "tb", "selftest", TopEcho+".sv")}
		return
	}
	rtl := filepath.Join("verilator", "rtl")
	r.sources = []string{"-y", rtl, "+incdir+" + rtl, filepath.Join(rtl, "rdma_pkg.sv"), filepath.Join(rtl, r.params.Top+".sv")}
}

// hash covers the names and contents of all sources, the parameters and the tool. Files that are found by search cannot
// be told apart from those that are not, so whole directories count.
func (r *recipe) hash(version string) (string, error) {
	var files []string
	add := func(path string, recurse bool) error {
		return filepath.WalkDir(path, func(f string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && f != path && !recurse {
				return fs.SkipDir
			}
			switch filepath.Ext(f) {
			case ".sv", ".svh", ".v", ".vh", ".vlt", ".h", ".cpp":
				files = append(files, f)
			}
			return nil
		})
	}
	paths := []string{filepath.Join("verilator", "tb"), filepath.Join("verilator", "include")}
	for _, s := range r.sources {
		if s != "-y" && !strings.HasPrefix(s, "+incdir+") {
			paths = append(paths, s)
		} else if dir, ok := strings.CutPrefix(s, "+incdir+"); ok {
			paths = append(paths, dir)
		}
	}
	for _, p := range paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(r.root, p)
		}
		if err := add(p, false); err != nil {
			return "", err
		}
	}
	slices.Sort(files)
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%q\n", version, r.params, r.params.Sources)
	for _, f := range slices.Compact(files) {
		content, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		name, err := filepath.Rel(r.root, f)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", name, len(content))
		h.Write(content)
	}
	return hex.EncodeToString(h.Sum(nil))[:24], nil
}

// lock takes the lock file, waiting for whoever has it. The kernel releases it when its holder dies.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR {
			f.Close()
			return nil, fmt.Errorf("cannot lock %s: %w", path, err)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, fmt.Errorf("interrupted while another process builds")
		case <-time.After(50 * time.Millisecond):
		}
	}
}
