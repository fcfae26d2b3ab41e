package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestExitCode(t *testing.T) {
	plain := errors.New("x")
	for _, test := range []struct {
		err  error
		want Code
	}{
		{nil, OK},
		{Fail(plain), Failed},
		{Failf("%d wrong", 3), Failed},
		{BadInput(plain), Usage},
		{BadInputf("no %s", "x"), Usage},
		{plain, Internal},
		{fmt.Errorf("verb: %w", BadInput(plain)), Usage},
		{&ExitError{Internal, fmt.Errorf("cut short: %w", Fail(plain))}, Internal},
		{Fail(nil), OK},
		{BadInput(nil), OK},
	} {
		if got := ExitCode(test.err); got != test.want {
			t.Errorf("ExitCode(%v) = %d, want %d", test.err, got, test.want)
		}
	}
	if !errors.Is(BadInput(plain), plain) {
		t.Error("the error inside is hidden")
	}
}

func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, map[string]string{"move": "A->C"}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"move\": \"A->C\"\n}\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// TestProgressIsSilentInAFile: nothing at all is written where there is no terminal.
func TestProgressIsSilentInAFile(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "err"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p := NewProgress(f)
	bar := p.Bar("work", 10, Count)
	bar.Set(5, 10)
	bar.Done()
	p.Close()
	if p.Visible() {
		t.Error("a file passes for a terminal")
	}
	if at, err := f.Seek(0, 1); err != nil || at != 0 {
		t.Errorf("%d bytes were written, error %v", at, err)
	}
}

func TestProgressDraws(t *testing.T) {
	var b bytes.Buffer
	p := newProgress(&b)
	count := p.Bar("tests", 0, Count)
	size := p.Bar("bytes", 1<<21, Bytes)
	count.Set(3, 12)
	size.Set(1<<20, 1<<21)
	time.Sleep(400 * time.Millisecond) // more than two refresh intervals of mpb
	count.Done()
	p.Close()
	for _, want := range []string{"tests 3 of 12", "25 %", "1.0 MiB of 2.0 MiB"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in %q", want, b.String())
		}
	}
}

func TestInterruptible(t *testing.T) {
	ctx, stop := Interruptible(context.Background())
	defer stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(5 * time.Second):
		t.Fatal("^C does not cancel the context")
	}
}
