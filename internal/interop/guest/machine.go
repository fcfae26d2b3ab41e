package guest

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const qemu = "qemu-system-x86_64"

// bootLimit is how long a guest may take to come up: forty times what it takes on an idle machine.
const bootLimit = 120 * time.Second

// Config says how to boot.
type Config struct {
	// Local is where the guest's frames come from, Remote where they go to: paths of Unix datagram sockets. The guest
	// binds Local.
	Local, Remote string
	// Host is the last digit of the guest's addresses, 1..9; 0 means 2, that of the constants.
	Host int
	// Append is added to the kernel's command line.
	Append string
	// BootLimit bounds the time to come up; 0 means two minutes.
	BootLimit time.Duration
}

// Machine is a running guest.
type Machine struct {
	// Verbs is its verbs client.
	Verbs *Verbs
	// Side is the port of the side channel (Verbs.Relay).
	Side net.Conn

	cmd  *exec.Cmd
	dir  string
	done chan struct{} // closed when QEMU has ended
	exit error

	mu      sync.Mutex
	console []string // the last lines
}

// Start boots a guest and waits until its verbs client is ready. QEMU is killed when ctx is done. Errors: ErrMissing,
// ErrPanic, ErrHang.
func Start(ctx context.Context, image *Image, c Config) (*Machine, error) {
	dir, err := os.MkdirTemp("", "godwit-guest-")
	if err != nil {
		return nil, err
	}
	m := &Machine{dir: dir, done: make(chan struct{})}
	if c.BootLimit == 0 {
		c.BootLimit = bootLimit
	}
	if c.Host == 0 {
		c.Host = 2
	}
	ports := [2]net.Listener{}
	for i, name := range []string{"ctl", "oob"} {
		if ports[i], err = net.Listen("unix", filepath.Join(dir, name)); err != nil {
			os.RemoveAll(dir)
			return nil, err
		}
		defer ports[i].Close()
	}
	m.cmd = exec.Command(qemu, m.arguments(image, &c)...)
	// A process group of its own, so that ^C on the terminal does not take the guest away before its run has ended in
	// order; and it ends with this process, however that ends.
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	out, in := io.Pipe()
	m.cmd.Stdout, m.cmd.Stderr = in, in
	if err := m.cmd.Start(); err != nil {
		os.RemoveAll(dir)
		if errors.Is(err, exec.ErrNotFound) {
			return nil, missing(qemu)
		}
		return nil, err
	}
	go m.listen(out)
	go func() {
		m.exit = m.cmd.Wait()
		in.Close()
		close(m.done)
	}()
	context.AfterFunc(ctx, m.Kill)
	if err := m.boot(ctx, ports, c.BootLimit); err != nil {
		m.Close()
		return nil, err
	}
	return m, nil
}

func (m *Machine) arguments(image *Image, c *Config) []string {
	socket := func(name string) string { return "socket,id=" + name + ",path=" + filepath.Join(m.dir, name) }
	return []string{
		"-machine", "pc,accel=tcg", "-cpu", "qemu64", "-m", "384", "-smp", "1", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
		"-kernel", image.Kernel, "-initrd", image.Initramfs,
		"-append", strings.TrimSpace("console=ttyS0 quiet loglevel=4 panic=-1 oops=panic rdinit=/init random.trust_cpu=on mitigations=off nokaslr " + fmt.Sprintf("host=%d ", c.Host) + c.Append),
		"-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console",
		"-netdev", "dgram,id=net,local.type=unix,local.path=" + c.Local + ",remote.type=unix,remote.path=" + c.Remote,
		"-device", "virtio-net-pci,netdev=net,romfile=,mac=" + anyHost(MAC) + strconv.Itoa(c.Host),
		"-device", "virtio-serial-pci",
		"-chardev", socket("ctl"), "-device", "virtserialport,chardev=ctl,name=ctl",
		"-chardev", socket("oob"), "-device", "virtserialport,chardev=oob,name=oob",
	}
}

// boot waits for the ports and for the client's first line.
func (m *Machine) boot(ctx context.Context, ports [2]net.Listener, limit time.Duration) error {
	type result struct {
		ctl, oob net.Conn
		err      error
	}
	up := make(chan result, 1)
	go func() {
		var r result
		if r.ctl, r.err = ports[0].Accept(); r.err == nil {
			r.oob, r.err = ports[1].Accept()
		}
		up <- r
	}()
	deadline := time.Now().Add(limit)
	var r result
	select {
	case r = <-up:
	case <-m.done:
	case <-time.After(limit):
		return m.hang("%s does not open its ports", qemu)
	}
	if r.err != nil || r.oob == nil {
		return cmp.Or(ctx.Err(), r.err, m.died())
	}
	m.Side = r.oob
	m.Verbs = &Verbs{machine: m, conn: r.ctl, in: bufio.NewReaderSize(r.ctl, 1<<17), Limit: answerLimit}
	line, err := m.Verbs.line(ctx, deadline)
	if err != nil {
		return err
	}
	if line != "ready" {
		return m.hang("the verbs client says %q instead of ready", line)
	}
	return nil
}

// listen keeps the end of what is said on the console.
func (m *Machine) listen(r io.Reader) {
	const keep = 40
	s := bufio.NewScanner(r)
	for s.Scan() {
		m.mu.Lock()
		m.console = append(m.console, strings.TrimRight(s.Text(), "\r"))
		if len(m.console) > keep {
			m.console = m.console[len(m.console)-keep:]
		}
		m.mu.Unlock()
	}
	_, _ = io.Copy(io.Discard, r) // after a line that is too long
}

// Console is the end of what the guest's kernel and init said, and QEMU itself.
func (m *Machine) Console() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.console)
}

// died is the error of a guest that ended by itself: what it said of that, or else its last line.
func (m *Machine) died() error {
	var why string
	for _, l := range m.Console() {
		if l != "" {
			why = l
		}
		if strings.Contains(l, "godwit-guest: ") || strings.Contains(l, "Kernel panic") {
			break
		}
	}
	if why == "" {
		why = fmt.Sprintf("it said nothing; %s ended with: %v", qemu, m.exit)
	}
	return fmt.Errorf("%w: %s. Try another kernel package (--kernel), or remove the folder of --cache so that the guest is made anew",
		ErrPanic, strings.TrimSpace(why))
}

// hang is the error of a guest that does not answer.
func (m *Machine) hang(format string, args ...any) error {
	last := "nothing"
	for _, l := range m.Console() {
		if l != "" {
			last = l
		}
	}
	return fmt.Errorf("%w: %s; the last that it said is %q. Is this machine very loaded? Try again, or another kernel package (--kernel)",
		ErrHang, fmt.Sprintf(format, args...), last)
}

// PID is the process of QEMU.
func (m *Machine) PID() int { return m.cmd.Process.Pid }

// Kill ends the guest at once; what waits for it gets an error.
func (m *Machine) Kill() { _ = m.cmd.Process.Kill() }

// Close ends the guest and gives back what it held.
func (m *Machine) Close() {
	m.Kill()
	<-m.done
	if m.Verbs != nil {
		m.Verbs.conn.Close()
		m.Side.Close()
	}
	os.RemoveAll(m.dir)
}
