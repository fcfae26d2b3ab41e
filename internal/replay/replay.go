package replay

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options of Run.
type Options struct {
	// Progress, if not nil, is called with the scenarios replayed so far and those of all paths.
	Progress func(done, total int64)
}

// Run replays all scenarios that paths name: NAME.json is itself, a folder all of its *.json, at any depth. Both
// endpoints of each are replaced in turn. The scenarios of a folder are replayed in the order of their captures, because
// memory goes from one to the next; when only some of a folder are named, those before them are replayed for their
// memory and not reported. The error is about input that cannot be read; then there is no report.
func Run(paths []string, opts Options) (Report, error) {
	var r Report
	wanted, err := expand(paths)
	if err != nil {
		return r, err
	}
	done := int64(0)
	for _, dir := range wanted.dirs {
		group, err := wanted.load(dir)
		if err != nil {
			return r, err
		}
		var left [2]*memory
		for _, s := range group {
			if s.wanted && len(s.unknown) > 0 {
				r.Notes = append(r.Notes, Note{s.file, s.unknown})
			}
			for _, side := range []Side{A, B} {
				var res *Result
				res, left[side] = play(s.scenario, side, left[side])
				if s.wanted {
					r.Results = append(r.Results, res)
				}
			}
			if s.wanted && opts.Progress != nil {
				done++
				opts.Progress(done, int64(len(wanted.files)))
			}
		}
	}
	r.conclude()
	return r, nil
}

// selection is what paths name.
type selection struct {
	dirs  []string
	files map[string]bool
}

func expand(paths []string) (sel selection, err error) {
	sel.files = map[string]bool{}
	add := func(file string) {
		file = filepath.Clean(file)
		if dir := filepath.Dir(file); !slices.Contains(sel.dirs, dir) {
			sel.dirs = append(sel.dirs, dir)
		}
		sel.files[file] = true
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return sel, fmt.Errorf("%s: %w", p, errors.Unwrap(err))
		case !info.IsDir() && filepath.Ext(p) != ".json":
			return sel, fmt.Errorf("%s: not NAME.json of a scenario", p)
		case !info.IsDir():
			add(p)
			continue
		}
		n := len(sel.files)
		err = fs.WalkDir(os.DirFS(p), ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(name, ".json") {
				add(filepath.Join(p, filepath.FromSlash(name)))
			}
			return err
		})
		if err == nil && len(sel.files) == n {
			err = errors.New("no NAME.json of a scenario in this folder or below, that was not named before")
		}
		if err != nil {
			return sel, fmt.Errorf("%s: %w", p, err)
		}
	}
	return sel, nil
}

// member is a scenario of a folder.
type member struct {
	*scenario
	wanted bool
}

// load reads the scenarios of a folder in the order of their captures. Of those that are not wanted, only faultless ones
// count, and only up to the last wanted one.
func (sel *selection) load(dir string) ([]member, error) {
	files, err := scenarios(dir)
	if err != nil {
		return nil, err
	}
	var all []member
	for _, file := range files {
		s, err := load(file)
		wanted := sel.files[filepath.Clean(file)]
		switch {
		case err == nil:
			all = append(all, member{s, wanted})
		case wanted:
			return nil, err
		}
	}
	order(all)
	last := len(all)
	for last > 0 && !all[last-1].wanted {
		last--
	}
	return all[:last], nil
}

// order sorts scenarios by the time of their captures. One without a frame comes behind the one with the next lower QPN: numbers are
// handed out in turn.
func order(all []member) {
	begin := map[*scenario]uint64{}
	for _, x := range all {
		begin[x.scenario] = x.begin()
	}
	for _, x := range all {
		if x.frames() > 0 {
			continue
		}
		var before *scenario
		for _, y := range all {
			if q := y.Endpoints.A.QPN; y.frames() > 0 && q < x.Endpoints.A.QPN && (before == nil || q > before.Endpoints.A.QPN) {
				before = y.scenario
			}
		}
		begin[x.scenario] = 0
		if before != nil {
			begin[x.scenario] = before.begin() + 1
		}
	}
	slices.SortStableFunc(all, func(x, y member) int {
		return cmp.Or(cmp.Compare(begin[x.scenario], begin[y.scenario]), cmp.Compare(x.Endpoints.A.QPN, y.Endpoints.A.QPN))
	})
}
