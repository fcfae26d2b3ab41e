package bridge

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Command says how to start a simulator. The address is appended to Args as "--connect NETWORK:ADDRESS".
type Command struct {
	Path string
	Args []string
	Env  []string // in addition to this process' environment
	// Listen is a TCP address such as "127.0.0.1:0"; empty means a Unix socket in a private directory that is gone once
	// the simulator connected.
	Listen string
}

// process is a spawned simulator.
type process struct {
	cmd    *exec.Cmd
	said   *tail
	exited chan struct{}
	how    string // set before exited is closed
}

// Start spawns the simulator, waits until it connected and said HELLO, and returns the connection. The process is killed
// with this one, with the connection, or when anything goes wrong.
func Start(cmd Command, opts Options) (*Conn, error) {
	l, err := listen(cmd.Listen)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	p, err := spawn(cmd, l.Address())
	if err != nil {
		return nil, err
	}
	nc, err := l.acceptFrom(p, opts.HandshakeTimeout)
	if err != nil {
		p.finish(false)
		return nil, err
	}
	return newConn(nc, p, opts)
}

func spawn(cmd Command, address string) (*process, error) {
	p := &process{said: &tail{}, exited: make(chan struct{})}
	p.cmd = exec.Command(cmd.Path, append(append([]string(nil), cmd.Args...), "--connect", address)...)
	p.cmd.Env = append(os.Environ(), cmd.Env...)
	p.cmd.Stderr, p.cmd.Stdout = p.said, p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.cmd.WaitDelay = time.Second
	if err := startPinned(p); err != nil {
		return nil, &Error{Class: SpawnFailed, Item: -1, Detail: err.Error(), Err: err}
	}
	return p, nil
}

// finish ends the process and returns how it ended and what it said. With await, it is first given a moment to end by
// itself, so that its own reason is reported and not ours.
func (p *process) finish(await bool) (how, said string) {
	if await {
		select {
		case <-p.exited:
		case <-time.After(2 * time.Second):
		}
	}
	select {
	case <-p.exited:
		how = p.how
	default:
		p.cmd.Process.Kill()
		<-p.exited
	}
	return how, p.said.String()
}

func describeExit(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return "exited"
	}
	if ws, ok := exit.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return "ended by signal " + ws.Signal().String()
	}
	return fmt.Sprintf("exit status %d", exit.ExitCode())
}

// tail keeps the last bytes written to it.
type tail struct {
	mu sync.Mutex
	b  []byte
}

const tailBytes = 4096

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p...)
	if n := len(t.b) - tailBytes; n > 0 {
		t.b = append(t.b[:0], t.b[n:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}

// Listener waits for simulators to connect.
type Listener struct {
	l   net.Listener
	dir string // private directory of a Unix socket, removed by Close
}

// Listen opens a listening socket: TCP on address, or for "" a Unix socket in a private directory. An address in use, or
// not of this machine, is an *Error of class BadAddress.
func Listen(address string) (*Listener, error) { return listen(address) }

func listen(address string) (*Listener, error) {
	if address != "" {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return nil, &Error{Class: BadAddress, Item: -1, Detail: err.Error(), Err: err}
		}
		return &Listener{l: l}, nil
	}
	dir, err := os.MkdirTemp("", "godwit-")
	if err != nil {
		return nil, &Error{Class: BadAddress, Item: -1, Detail: err.Error(), Err: err}
	}
	l, err := net.Listen("unix", filepath.Join(dir, "bridge"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, &Error{Class: BadAddress, Item: -1, Detail: err.Error(), Err: err}
	}
	return &Listener{l, dir}, nil
}

// Address returns what a simulator is given as --connect: "unix:PATH" or "tcp:HOST:PORT".
func (l *Listener) Address() string { return l.l.Addr().Network() + ":" + l.l.Addr().String() }

// Close stops listening. Connections stay.
func (l *Listener) Close() error {
	err := l.l.Close()
	if l.dir != "" {
		os.RemoveAll(l.dir)
	}
	return err
}

// Accept waits for a simulator that somebody else started, and shakes hands.
func (l *Listener) Accept(opts Options) (*Conn, error) {
	nc, err := l.l.Accept()
	if err != nil {
		return nil, &Error{Class: Closed, Item: -1, Detail: err.Error(), Err: err}
	}
	return NewConn(nc, opts)
}

// acceptFrom waits for the spawned process to connect, to end, or for the time to run out.
func (l *Listener) acceptFrom(p *process, timeout time.Duration) (net.Conn, error) {
	if timeout <= 0 {
		timeout = 10 * time.Second
	}
	type accepted struct {
		nc  net.Conn
		err error
	}
	ch := make(chan accepted, 1)
	go func() {
		nc, err := l.l.Accept()
		ch <- accepted{nc, err}
	}()
	fail := func(detail string) error {
		return &Error{Class: SpawnFailed, Item: -1, Detail: detail, Stderr: p.said.String()}
	}
	select {
	case a := <-ch:
		if a.err != nil {
			return nil, fail(a.err.Error())
		}
		return a.nc, nil
	case <-p.exited:
		return nil, fail("simulator did not connect (" + p.how + ")")
	case <-time.After(timeout):
		return nil, fail(fmt.Sprintf("simulator did not connect within %v", timeout))
	}
}

// Pid returns the process number of the simulator this connection started, 0 if it started none.
func (c *Conn) Pid() int {
	if c.proc == nil {
		return 0
	}
	return c.proc.cmd.Process.Pid
}
