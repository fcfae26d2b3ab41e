package guest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for QEMU: what it then does is in the environment.
func TestMain(m *testing.M) {
	if mode := os.Getenv("GODWIT_FAKE_QEMU"); mode != "" {
		fakeQEMU(mode)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// fakeQEMU is a machine of which one thing is wrong.
func fakeQEMU(mode string) {
	var ports []net.Conn
	for _, a := range os.Args {
		_, path, ok := strings.Cut(a, ",path=")
		if !ok || mode == "deaf" {
			continue
		}
		c, err := net.Dial("unix", path)
		if err != nil {
			fmt.Println("fake:", err)
			os.Exit(9)
		}
		ports = append(ports, c)
	}
	switch mode {
	case "refuses":
		fmt.Println("qemu-system-x86_64: -netdev dgram: Parameter 'type' expects a netdev backend type")
		os.Exit(1)
	case "panics":
		fmt.Println("[    1.5] Kernel panic - not syncing: VFS: Unable to mount root fs")
		fmt.Println("[    1.6] Rebooting in 1 seconds..")
		os.Exit(0)
	case "gives up":
		fmt.Println("godwit-guest: insmod rdma_rxe.ko failed")
		os.Exit(0)
	case "deaf", "silent":
		fmt.Println("[    0.1] Booting")
		time.Sleep(time.Minute)
	case "babbles":
		fmt.Fprintln(ports[0], "login:")
		time.Sleep(time.Minute)
	}
	fmt.Fprintln(ports[0], "ready")
	for in := bufio.NewScanner(ports[0]); in.Scan(); {
		switch word, _, _ := strings.Cut(in.Text(), " "); word {
		case "hang":
			time.Sleep(time.Minute)
		case "die":
			fmt.Println("[    9.9] Kernel panic - not syncing: Fatal exception in interrupt")
			os.Exit(0)
		case "open":
			fmt.Fprintln(ports[0], "ok gid0=fe80::1 gid1=::ffff:10.0.0.2 max_rd=0x80")
		case "poll":
			fmt.Fprintln(ports[0], "ok wc=7,0,128,4000,17,2,33,0 wc=8,5,128,0,0,0,33,0")
		case "reap":
			fmt.Fprintln(ports[0], "ok exit=3 out=68690a")
		case "strange":
			fmt.Fprintln(ports[0], "whatever")
		default:
			fmt.Fprintln(ports[0], "err 22 unknown command: Invalid argument")
		}
	}
}

// fake puts the test binary into the place of QEMU.
func fake(t *testing.T, mode string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, qemu)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv("GODWIT_FAKE_QEMU", mode)
}

func TestStartFails(t *testing.T) {
	for _, c := range []struct {
		mode string
		err  error
		text string
	}{
		{"refuses", ErrPanic, "expects a netdev backend type"},
		{"panics", ErrPanic, "Unable to mount root fs"},
		{"gives up", ErrPanic, "insmod rdma_rxe.ko failed"},
		{"deaf", ErrHang, `the last that it said is "[    0.1] Booting"`},
		{"silent", ErrHang, "no answer in time"},
		{"babbles", ErrHang, `says "login:" instead of ready`},
	} {
		t.Run(c.mode, func(t *testing.T) {
			fake(t, c.mode)
			_, err := Start(context.Background(), &Image{}, Config{BootLimit: 700 * time.Millisecond})
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), "ry ") {
				t.Errorf("error %v, want %v with %q and what to try", err, c.err, c.text)
			}
		})
	}
}

func TestNoQEMU(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Start(context.Background(), &Image{}, Config{})
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "apt-get install") {
		t.Errorf("start: error %v", err)
	}
	_, err = Build(context.Background(), Options{Cache: t.TempDir()})
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "apt-get install") {
		t.Errorf("build: error %v", err)
	}
}

func started(t *testing.T) *Machine {
	t.Helper()
	fake(t, "works")
	m, err := Start(context.Background(), &Image{}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

func TestVerbs(t *testing.T) {
	m := started(t)
	ctx := context.Background()
	f, err := m.Verbs.Do(ctx, "open")
	if err != nil || f.Get("gid1") != "::ffff:10.0.0.2" || f.Num("max_rd") != 128 || f.Num("gid1") != 0 || f.Get("none") != "" {
		t.Errorf("open: %v, %v", f, err)
	}
	wcs, err := m.Verbs.Poll(ctx, 0, 2, time.Second)
	want := []WC{{7, 0, 128, 4000, 17, 2, 33, 0}, {8, WCWRFlushErr, 128, 0, 0, 0, 33, 0}}
	if err != nil || len(wcs) != 2 || wcs[0] != want[0] || wcs[1] != want[1] {
		t.Errorf("poll: %v, %v", wcs, err)
	}
	code, out, err := m.Verbs.Reap(ctx, 1, time.Second)
	if err != nil || code != 3 || out != "hi\n" {
		t.Errorf("reap: %d %q %v", code, out, err)
	}
	for _, c := range []string{"bogus", "strange"} {
		if _, err := m.Verbs.Do(ctx, "%s", c); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", c, err)
		}
	}
}

func TestGuestHangsLater(t *testing.T) {
	m := started(t)
	m.Verbs.Limit = 300 * time.Millisecond
	if _, err := m.Verbs.Do(context.Background(), "hang"); !errors.Is(err, ErrHang) {
		t.Errorf("error %v", err)
	}
}

func TestGuestDiesLater(t *testing.T) {
	m := started(t)
	if _, err := m.Verbs.Do(context.Background(), "die"); !errors.Is(err, ErrPanic) || !strings.Contains(err.Error(), "Fatal exception") {
		t.Errorf("error %v", err)
	}
}

// TestCancel: a context that ends takes QEMU with it, by its process number, and what waits returns.
func TestCancel(t *testing.T) {
	fake(t, "works")
	ctx, cancel := context.WithCancel(context.Background())
	m, err := Start(ctx, &Image{}, Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := m.Verbs.Do(ctx, "hang"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	<-m.done
	if err := syscall.Kill(m.PID(), 0); err == nil {
		t.Error("QEMU is still there")
	}
}

// pack makes a Debian package of files.
func pack(t *testing.T, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("dpkg-deb"); err != nil {
		t.Skip("SKIPPED: there is no dpkg-deb on this host")
	}
	dir := t.TempDir()
	files["DEBIAN/control"] = "Package: linux-image-fake\nVersion: 1\nArchitecture: amd64\nMaintainer: nobody <nobody@invalid>\nDescription: fake\n"
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	deb := filepath.Join(t.TempDir(), "linux-image-fake.deb")
	if out, err := exec.Command("dpkg-deb", "-b", dir, deb).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return deb
}

func TestWrongKernel(t *testing.T) {
	const modules = "lib/modules/1/kernel/"
	junk := filepath.Join(t.TempDir(), "junk.deb")
	if err := os.WriteFile(junk, []byte("not a package"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, deb, text string }{
		{"no package", junk, "not a Debian package"},
		{"meta package", pack(t, map[string]string{"usr/share/doc/x": ""}), "it has no vmlinuz"},
		{"no modules", pack(t, map[string]string{"boot/vmlinuz-1": "x"}), "no module crc32_generic"},
		{"not a module", pack(t, map[string]string{"boot/vmlinuz-1": "x", modules + "crypto/crc32_generic.ko": "x"}), "module crc32_generic"},
		{"module not packed", pack(t, map[string]string{"boot/vmlinuz-1": "x", modules + "crypto/crc32_generic.ko.xz": "x"}), "xz: exit status"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := unpackKernel(context.Background(), c.deb, t.TempDir())
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v, want one with %q", err, c.text)
			}
		})
	}
}

func TestVmlinuxFails(t *testing.T) {
	header := func(change func(b []byte)) []byte {
		b := make([]byte, 4096)
		copy(b[0x202:], "HdrS")
		b[0x1f1] = 1
		b[0x24c] = 64 // length of the payload, which begins at 1024
		change(b)
		return b
	}
	for text, b := range map[string][]byte{
		"no x86 boot header": make([]byte, 100),
		"outside":            header(func(b []byte) { b[0x24e] = 1 }),
		"in an unknown way":  header(func([]byte) {}),
		"xz: exit status":    header(func(b []byte) { copy(b[1024:], "\xfd7zXZ\x00") }),
	} {
		if _, err := vmlinux(b); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("error %v, want one with %q", err, text)
		}
	}
}
