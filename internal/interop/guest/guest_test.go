package guest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// image is the guest, or the end of the test where it cannot be had. It is kept where 'make interop' keeps it.
func image(t *testing.T) *Image {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: boots a machine")
	}
	cache, err := filepath.Abs("../../../out/interop")
	if err != nil {
		t.Fatal(err)
	}
	im, err := Build(context.Background(), Options{Cache: cache})
	if errors.Is(err, ErrMissing) || errors.Is(err, ErrKernel) {
		t.Skipf("SKIPPED, NOT TESTED AGAINST LINUX: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// TestGuestPanics: a real kernel that finds no init, so that the words to look for are the kernel's own.
func TestGuestPanics(t *testing.T) {
	im := image(t)
	d := t.TempDir()
	_, err := Start(context.Background(), im, Config{Local: filepath.Join(d, "a"), Remote: filepath.Join(d, "b"), Append: "rdinit=/nothing root=/dev/nothing"})
	if !errors.Is(err, ErrPanic) || !strings.Contains(err.Error(), "Kernel panic") {
		t.Fatal(err)
	}
}

// TestBuildAgain: the second time everything is found, and the same.
func TestBuildAgain(t *testing.T) {
	im := image(t)
	start := time.Now()
	again := image(t)
	if *im != *again || time.Since(start) > 10*time.Second {
		t.Errorf("%+v and, after %v, %+v", im, time.Since(start), again)
	}
	for _, f := range []string{im.Kernel, im.Initramfs} {
		if i, err := os.Stat(f); err != nil || i.Size() < 1<<20 {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestArchive(t *testing.T) {
	make := func() []byte {
		a := newArchive()
		a.file("a/b/c", 0o755, []byte("hello"))
		a.file("a/b/c", 0o755, []byte("again"))
		a.device("dev/console", 5, 1)
		return a.finish()
	}
	b := make()
	if !bytes.Equal(b, make()) {
		t.Error("the same contents are not the same bytes")
	}
	var names []string
	for rest := b; len(rest) >= 110; {
		if string(rest[:6]) != "070701" {
			t.Fatalf("no entry at %d", len(b)-len(rest))
		}
		size, err := strconv.ParseInt(string(rest[54:62]), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		name, err := strconv.ParseInt(string(rest[94:102]), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, string(rest[110:110+name-1]))
		at := (110 + name + 3) / 4 * 4
		rest = rest[(at+size+3)/4*4:]
	}
	if got, want := strings.Join(names, " "), "a a/b a/b/c dev dev/console TRAILER!!!"; got != want {
		t.Errorf("entries %q, want %q", got, want)
	}
}
