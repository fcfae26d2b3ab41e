package capture

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Files lists the captures that paths name: a file is itself, whatever its name; a folder is its *.pcap and
// *.pcapng files at any depth, in the order of their names. No path is listed twice. All faults are reported, each an
// *Error: a path that is not there, a folder without captures.
func Files(paths []string) ([]string, error) {
	var files []string
	var faults []error
	seen := map[string]bool{}
	add := func(file string) {
		if file = filepath.Clean(file); !seen[file] {
			seen[file] = true
			files = append(files, file)
		}
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			faults = append(faults, &Error{Path: p, Err: errors.Unwrap(err)})
		case !info.IsDir():
			add(p)
		default:
			found, err := inFolder(p)
			if err != nil {
				faults = append(faults, &Error{Path: p, Err: err})
			}
			for _, file := range found {
				add(file)
			}
		}
	}
	return files, errors.Join(faults...)
}

func inFolder(dir string) ([]string, error) {
	var files []string
	// DirFS, because WalkDir alone does not enter a folder that is named by a symbolic link.
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ext := path.Ext(name); !d.IsDir() && (ext == ".pcap" || ext == ".pcapng") {
			files = append(files, filepath.Join(dir, filepath.FromSlash(name)))
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no .pcap or .pcapng file in this folder or below")
	}
	return files, err
}
