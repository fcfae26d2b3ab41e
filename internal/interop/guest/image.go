package guest

import (
	"context"
	"crypto/sha256"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

//go:embed files/init
var initScript []byte

//go:embed files/*.c files/*.h
var clientSource embed.FS

// sources are the names of the files of the client.
var sources = []string{"verbs.h", "verbs.c", "programs.c"}

// Options say what guest to build.
type Options struct {
	// Cache is the folder that keeps what was built.
	Cache string
	// Kernel is the name of a kernel package, or the path of a .deb file; empty means the one that the distribution
	// would install.
	Kernel string
	// Progress is told what is being done, in a few words; it may be nil.
	Progress func(what string)
}

// Image is a guest that can be booted.
type Image struct {
	// Kernel and Initramfs are files.
	Kernel, Initramfs string
	// Version tells the kernel, and Packages the packages of the user land with their versions, one a line.
	Version, Packages string
}

// Addresses of the guest, and the network it is on. IPv6 ones are of the documentation's own kind (RFC 4193). Another host
// number (Config.Host) changes their last digit.
const (
	IPv4 = "10.0.0.2"
	IPv6 = "fd00:677:6f64::2"
	MAC  = "52:54:00:67:64:02"
)

// anyHost takes the host number, the last digit, out of an address.
func anyHost(address string) string { return address[:len(address)-1] }

// Build makes the guest, or finds it made. Errors: ErrMissing, ErrKernel, and those of the file system.
func Build(ctx context.Context, o Options) (*Image, error) {
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	if runtime.GOARCH != "amd64" || runtime.GOOS != "linux" {
		return nil, fmt.Errorf("%w: the guest has the programs of its host, which must be Linux on amd64", ErrMissing)
	}
	if _, err := exec.LookPath(qemu); err != nil {
		return nil, missing(qemu)
	}
	list, err := versions(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Cache, 0o755); err != nil {
		return nil, err
	}
	dir, err := buildKernel(ctx, &o)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%s\n", filepath.Base(dir), list, initScript)
	for _, f := range sources {
		sum.Write(source(f))
	}
	name := filepath.Join(o.Cache, fmt.Sprintf("initramfs-%x.cpio", sum.Sum(nil)[:8]))
	image := &Image{Kernel: filepath.Join(dir, "vmlinux"), Initramfs: name, Version: filepath.Base(dir), Packages: list}
	if _, err := os.Stat(name); err == nil {
		return image, nil
	}
	o.Progress("making the initramfs")
	data, err := initramfs(ctx, dir)
	if err != nil {
		return nil, err
	}
	return image, replace(name, data)
}

// buildKernel makes the folder of a kernel: vmlinux, the modules, and the file that tells their order.
func buildKernel(ctx context.Context, o *Options) (string, error) {
	name, deb := o.Kernel, ""
	var err error
	if strings.HasSuffix(name, ".deb") {
		if deb, err = filepath.Abs(name); err != nil {
			return "", err
		}
		if _, err := os.Stat(deb); err != nil {
			return "", fmt.Errorf("%w: %w", ErrKernel, err)
		}
		name = strings.TrimSuffix(filepath.Base(deb), ".deb")
	} else {
		if name == "" {
			if name, err = defaultKernel(ctx); err != nil {
				return "", err
			}
		}
		out, err := command(ctx, "", "apt-cache", "show", "--no-all-versions", name)
		_, version, ok := strings.Cut(out, "\nVersion: ")
		if err != nil || !ok {
			return "", fmt.Errorf("%w: apt-cache knows no package %s. Run 'apt-get update', or name another with --kernel", ErrKernel, name)
		}
		version, _, _ = strings.Cut(version, "\n")
		name += "_" + version
	}
	dir := filepath.Join(o.Cache, name)
	if _, err := os.Stat(filepath.Join(dir, "vmlinux")); err == nil {
		return dir, nil
	}
	temp, err := os.MkdirTemp(o.Cache, ".kernel-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	if deb == "" {
		o.Progress("downloading " + name)
		bare, _, _ := strings.Cut(name, "_")
		if deb, err = download(ctx, temp, bare); err != nil {
			return "", err
		}
	}
	o.Progress("unpacking " + name)
	if err := unpackKernel(ctx, deb, filepath.Join(temp, "out")); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	// Somebody else may have made it meanwhile: then the rename fails, and theirs is as good.
	if err := os.Rename(filepath.Join(temp, "out"), dir); err != nil {
		if _, e := os.Stat(filepath.Join(dir, "vmlinux")); e != nil {
			return "", err
		}
	}
	return dir, nil
}

func unpackKernel(ctx context.Context, deb, dir string) error {
	k, err := readKernel(ctx, deb)
	if err != nil {
		return err
	}
	if k.image == nil {
		return fmt.Errorf("%w: it has no vmlinuz (a package that only depends on a kernel?)", ErrKernel)
	}
	order, err := k.order()
	if err != nil {
		return err
	}
	image, err := vmlinux(k.image)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, m := range order {
		if err := os.WriteFile(filepath.Join(dir, m+".ko"), k.modules[m], 0o644); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "order"), []byte(strings.Join(order, ".ko\n")+".ko\n"), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "vmlinux"), image, 0o644)
}

// initramfs is the guest's file system for the kernel of a folder.
func initramfs(ctx context.Context, dir string) ([]byte, error) {
	client, err := compile(ctx)
	if err != nil {
		return nil, err
	}
	a := newArchive()
	a.device("dev/console", 5, 1)
	for _, d := range []string{"proc", "sys", "tmp", "usr/sbin", "sbin"} {
		a.dir(d)
	}
	a.file("init", 0o755, initScript)
	a.file("etc/address", 0o644, []byte("-4 "+anyHost(IPv4)+"HOST/24\n-6 "+anyHost(IPv6)+"HOST/64\n"))
	order, err := os.ReadFile(filepath.Join(dir, "order"))
	if err != nil {
		return nil, err
	}
	a.file("modules/order", 0o644, order)
	for _, m := range strings.Fields(string(order)) {
		data, err := os.ReadFile(filepath.Join(dir, m))
		if err != nil {
			return nil, err
		}
		a.file("modules/"+m, 0o644, data)
	}
	if err := userland(a, client); err != nil {
		return nil, err
	}
	return a.finish(), nil
}

// source is a file of the client.
func source(name string) []byte {
	b, err := clientSource.ReadFile("files/" + name)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return b
}

// compile builds the verbs client.
func compile(ctx context.Context) ([]byte, error) {
	temp, err := os.MkdirTemp("", "godwit-verbs-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	args := []string{"-O1", "-Wall", "-Wextra", "-Werror", "-o", "verbs"}
	for _, f := range sources {
		if err := os.WriteFile(filepath.Join(temp, f), source(f), 0o644); err != nil {
			return nil, err
		}
		if strings.HasSuffix(f, ".c") {
			args = append(args, f)
		}
	}
	if _, err := command(ctx, temp, "gcc", append(args, "-libverbs")...); err != nil {
		return nil, fmt.Errorf("the verbs client does not compile: %w", err)
	}
	return os.ReadFile(filepath.Join(temp, "verbs"))
}

// replace writes a file so that it is there whole or not at all.
func replace(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
