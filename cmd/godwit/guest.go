package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/godwit-rdma/godwit/internal/ui"
)

// guestCache is the folder for what guests are made of: the one named, or the user's.
func guestCache(verb, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", ui.BadInput(fmt.Errorf("%s: %w: name a folder with --cache", verb, err))
	}
	return filepath.Join(cache, "godwit", "interop"), nil
}

// stages shows work that tells what it is at, a bar for each step; end takes the last one away.
func stages(verb string) (step func(done, total int, what string), end func()) {
	progress := ui.NewProgress(os.Stderr)
	var bar *ui.Bar
	step = func(done, total int, what string) {
		if bar != nil {
			bar.Done()
		}
		bar = progress.Bar(verb+": "+what, int64(total), ui.Count)
		bar.Set(int64(done), int64(total))
	}
	return step, func() {
		if bar != nil {
			bar.Done()
		}
		progress.Close()
	}
}
