package guest

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// programs are taken from this host as they are, with the shared libraries that they need.
var programs = []string{
	"ibv_rc_pingpong", "ibv_uc_pingpong", "ibv_ud_pingpong",
	"ib_send_bw", "ib_write_bw", "ib_read_bw", "ib_atomic_bw", "ib_send_lat", "ib_write_lat", "ib_read_lat", "ib_atomic_lat", "rdma",
}

// plugins are loaded by name at run time: the provider of rxe, and its entry in the list of drivers.
const (
	providers  = "/usr/lib/x86_64-linux-gnu/libibverbs/librxe-rdmav*.so"
	driverFile = "/etc/libibverbs.d/rxe.driver"
)

// libraryDirs are where shared libraries are looked for. In the guest all are in the first one.
var libraryDirs = []string{"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib"}

// userland puts programs, provider and libraries of this host into the archive.
func userland(a *archive, client []byte) error {
	box, err := readProgram("busybox")
	if err != nil {
		return err
	}
	a.file("bin/busybox", 0o755, box)
	a.file("bin/verbs", 0o755, client)
	if err := libraries(a, client); err != nil {
		return err
	}
	for _, p := range programs {
		data, err := readProgram(p)
		if err != nil {
			return err
		}
		a.file("usr/bin/"+p, 0o755, data)
		if err := libraries(a, data); err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
	}
	plugins, err := filepath.Glob(providers)
	if err != nil || len(plugins) == 0 {
		return missing("librxe")
	}
	for _, p := range append(plugins, driverFile) {
		data, err := os.ReadFile(p)
		if err != nil {
			return missing("librxe")
		}
		a.file(p[1:], 0o755, data)
		if p == driverFile {
			continue
		}
		if err := libraries(a, data); err != nil {
			return err
		}
	}
	return nil
}

// readProgram reads a program of this host.
func readProgram(name string) ([]byte, error) {
	for _, d := range append(filepath.SplitList(os.Getenv("PATH")), "/usr/sbin", "/sbin") {
		if data, err := os.ReadFile(path.Join(d, name)); err == nil {
			return data, nil
		}
	}
	return nil, missing(name)
}

// libraries puts the loader and the shared libraries that an ELF file needs into the archive, with what those need.
func libraries(a *archive, program []byte) error {
	f, err := elf.NewFile(strings.NewReader(string(program)))
	if err != nil {
		return err
	}
	if s := f.Section(".interp"); s != nil {
		b, err := s.Data()
		if err != nil {
			return err
		}
		loader := strings.TrimRight(string(b), "\x00")
		data, err := os.ReadFile(loader)
		if err != nil {
			return err
		}
		a.file(loader[1:], 0o755, data)
	}
	needed, err := f.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, n := range needed {
		name := libraryDirs[0][1:] + "/" + n
		if a.seen[name] {
			continue
		}
		data, err := readLibrary(n)
		if err != nil {
			return err
		}
		a.file(name, 0o755, data)
		if err := libraries(a, data); err != nil {
			return err
		}
	}
	return nil
}

func readLibrary(name string) ([]byte, error) {
	for _, d := range libraryDirs {
		data, err := os.ReadFile(path.Join(d, name))
		if err == nil {
			return data, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: shared library %s in %s", ErrMissing, name, strings.Join(libraryDirs, ", "))
}
