package guest

import (
	"archive/tar"
	"bytes"
	"context"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// wanted are the modules that the guest needs, in the order of loading; what they depend on comes before. rdma_rxe asks
// the kernel's crypto layer for crc32 by name, which no dependency tells.
var wanted = []string{"crc32_generic", "virtio_pci", "virtio_net", "virtio_console", "rdma_rxe"}

// moduleDirs are where modules that matter may be: the rest of a kernel package is not kept.
var moduleDirs = []string{
	"arch/x86/crypto", "crypto", "lib", "lib/crypto", "drivers/virtio", "drivers/char", "drivers/net", "drivers/infiniband/core",
	"drivers/infiniband/sw/rxe", "net/core", "net/ipv4", "net/ipv6", "fs/configfs",
}

// kernel is what a kernel package has for us.
type kernel struct {
	image   []byte            // boot/vmlinuz-*
	modules map[string][]byte // by name with underscores
	builtin map[string]bool   // modules that are part of the image
}

// readKernel takes the kernel out of a .deb file.
func readKernel(ctx context.Context, deb string) (*kernel, error) {
	cmd := exec.CommandContext(ctx, "dpkg", "--fsys-tarfile", deb)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("dpkg: %w", err)
	}
	k := &kernel{modules: map[string][]byte{}, builtin: map[string]bool{}}
	err = k.read(tar.NewReader(out))
	_, _ = io.Copy(io.Discard, out)
	if e := cmd.Wait(); e != nil {
		return nil, fmt.Errorf("%w: %s is not a Debian package that can be read (%s)", ErrKernel, deb, strings.TrimSpace(stderr.String()))
	}
	return k, err
}

func (k *kernel) read(t *tar.Reader) error {
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrKernel, err)
		}
		dir, base := path.Split(path.Clean(h.Name))
		_, below, isModule := strings.Cut(path.Clean(dir), "/kernel/")
		name, compressed, _ := strings.Cut(base, ".ko")
		image := strings.HasPrefix(base, "vmlinuz-")
		if !image && base != "modules.builtin" && (!isModule || !slices.Contains(moduleDirs, below) || name == base) {
			continue
		}
		data, err := io.ReadAll(t)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrKernel, err)
		}
		switch {
		case image:
			k.image = data
		case base == "modules.builtin":
			for _, l := range strings.Fields(string(data)) {
				k.builtin[moduleName(strings.TrimSuffix(path.Base(l), ".ko"))] = true
			}
		default:
			if compressed == ".xz" {
				if data, err = filter(data, "xz", "-dc"); err != nil {
					return err
				}
			}
			k.modules[moduleName(name)] = data
		}
	}
}

func moduleName(s string) string { return strings.ReplaceAll(s, "-", "_") }

// order is the modules to load for the wanted ones, each behind what it depends on.
func (k *kernel) order() ([]string, error) {
	var out []string
	var add func(name, by string) error
	add = func(name, by string) error {
		if slices.Contains(out, name) || k.builtin[name] {
			return nil
		}
		m, ok := k.modules[name]
		if !ok {
			return fmt.Errorf("%w: it has no module %s, which %s needs (cloud kernels have none): take the package that linux-image-amd64 depends on",
				ErrKernel, name, by)
		}
		deps, err := depends(m)
		if err != nil {
			return fmt.Errorf("%w: module %s: %w", ErrKernel, name, err)
		}
		for _, d := range deps {
			if err := add(d, name); err != nil {
				return err
			}
		}
		out = append(out, name)
		return nil
	}
	for _, w := range wanted {
		if err := add(w, "the guest"); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// depends reads what a module says that it depends on.
func depends(module []byte) ([]string, error) {
	f, err := elf.NewFile(bytes.NewReader(module))
	if err != nil {
		return nil, err
	}
	s := f.Section(".modinfo")
	if s == nil {
		return nil, errors.New("it has no section .modinfo")
	}
	data, err := s.Data()
	if err != nil {
		return nil, err
	}
	for _, l := range strings.Split(string(data), "\x00") {
		if v, ok := strings.CutPrefix(l, "depends="); ok && v != "" {
			return strings.Split(moduleName(v), ","), nil
		}
	}
	return nil, nil
}

// unpackers decompress what is inside a bzImage, by the first bytes of it.
var unpackers = []struct {
	magic   string
	command []string
}{
	{"\xfd7zXZ\x00", []string{"xz", "-dc", "--single-stream"}},
	{"\x28\xb5\x2f\xfd", []string{"zstd", "-dcq"}},
	{"\x1f\x8b\x08", []string{"gzip", "-dc"}},
}

// vmlinux takes the ELF image out of a bzImage (Linux, x86/boot.rst), which boots twice as fast under emulation: the
// decompressor need not be emulated.
func vmlinux(b []byte) ([]byte, error) {
	if len(b) < 0x250 || string(b[0x202:0x206]) != "HdrS" {
		return nil, fmt.Errorf("%w: its vmlinuz has no x86 boot header", ErrKernel)
	}
	sects := int(b[0x1f1])
	if sects == 0 {
		sects = 4
	}
	off := uint64(sects+1)*512 + uint64(binary.LittleEndian.Uint32(b[0x248:]))
	n := uint64(binary.LittleEndian.Uint32(b[0x24c:]))
	if n < 8 || off+n > uint64(len(b)) {
		return nil, fmt.Errorf("%w: the payload of its vmlinuz lies outside of the file", ErrKernel)
	}
	payload := b[off : off+n-4] // the last four bytes are its length when decompressed
	for _, u := range unpackers {
		if !bytes.HasPrefix(payload, []byte(u.magic)) {
			continue
		}
		out, err := filter(payload, u.command[0], u.command[1:]...)
		if err != nil {
			return nil, err
		}
		if !bytes.HasPrefix(out, []byte("\x7fELF")) {
			return nil, fmt.Errorf("%w: the payload of its vmlinuz is not an ELF file", ErrKernel)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%w: its vmlinuz is compressed in an unknown way (%x)", ErrKernel, payload[:4])
}

// filter is what a program makes of data.
func filter(data []byte, program string, args ...string) ([]byte, error) {
	cmd := exec.Command(program, args...)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, missing(program)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	return out, nil
}
