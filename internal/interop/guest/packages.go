package guest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// packages are the Debian packages whose files the image has or is made with: their versions are part of its name.
var packages = []string{
	"qemu-system-x86", "busybox-static", "libibverbs-dev", "libibverbs1", "ibverbs-providers", "ibverbs-utils",
	"perftest", "iproute2", "libc6", "gcc", "xz-utils",
}

// missing is the error of a program that this host lacks.
func missing(program string) error {
	return fmt.Errorf("%w: %s. On Debian: apt-get install -y --no-install-recommends %s; or 'make interop', which does that",
		ErrMissing, program, strings.Join(packages, " "))
}

// versions tells package and version of each package that the image depends on, one a line.
func versions(ctx context.Context) (string, error) {
	out, err := command(ctx, "", "dpkg-query", append([]string{"-W", "-f", "${Package} ${Version}\n"}, packages...)...)
	if err == nil && strings.Count(out, "\n") >= len(packages) {
		return out, nil
	}
	for _, p := range packages {
		if one, e := command(ctx, "", "dpkg-query", "-W", "-f", "${Version}", p); e != nil || one == "" {
			return "", missing("package " + p)
		}
	}
	return out, err
}

// defaultKernel is the package of the kernel that the distribution would install.
func defaultKernel(ctx context.Context) (string, error) {
	const meta = "linux-image-amd64"
	out, err := command(ctx, "", "apt-cache", "depends", meta)
	if err == nil {
		for _, l := range strings.Split(out, "\n") {
			if name, ok := strings.CutPrefix(strings.TrimSpace(l), "Depends: linux-image-"); ok {
				return "linux-image-" + name, nil
			}
		}
		err = fmt.Errorf("no dependency on a kernel")
	}
	return "", fmt.Errorf("%w: 'apt-cache depends %s' does not tell it (%w). Run 'apt-get update', or give a package of a Debian kernel with --kernel FILE.deb",
		ErrKernel, meta, err)
}

// download puts the .deb file of a package into a folder and returns its path.
func download(ctx context.Context, dir, name string) (string, error) {
	if _, err := command(ctx, dir, "apt-get", "-q", "download", name); err != nil {
		return "", fmt.Errorf("%w: 'apt-get download %s' failed (%w). Is there a network, and is 'apt-get update' recent? Or give a file with --kernel FILE.deb",
			ErrKernel, name, err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.deb"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("%w: 'apt-get download %s' left %d files", ErrKernel, name, len(found))
	}
	return found[0], nil
}

// command runs a program in a folder and returns its standard output; the error has the last line of what it complained.
func command(ctx context.Context, dir, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.Output()
	if err == nil {
		return string(out), nil
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if errors.Is(err, exec.ErrNotFound) {
		return "", missing(program)
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) != 0 {
		lines := strings.Split(strings.TrimSpace(string(exit.Stderr)), "\n")
		return string(out), fmt.Errorf("%w: %s", err, lines[len(lines)-1])
	}
	return string(out), err
}
