package interop

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/control"
	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"net/netip"
)

// process is `godwit nic` as a process of its own, at the other end of a guest's link.
type process struct {
	t    *testing.T
	path string // of its control socket
}

// startProcess builds the program and starts it, for a guest whose frames come from the socket vm in dir.
func startProcess(t *testing.T, dir string) *process {
	t.Helper()
	bin := filepath.Join(dir, "godwit")
	if out, err := exec.Command("go", "build", "-o", bin, "github.com/godwit-rdma/godwit/cmd/godwit").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p := &process{t, filepath.Join(dir, "control")}
	cmd := exec.Command(bin, "nic", "--unix-dgram", filepath.Join(dir, "nic"), "--peer", filepath.Join(dir, "vm"),
		"--ip", ourIPv4.String()+"/24", "--mtu", fmt.Sprint(linkMTU), "--control", p.path)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("godwit nic: %v", err)
		}
	})
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(p.path); err == nil {
			return p
		}
		if time.Now().After(end) {
			t.Fatal("there is no control socket")
		}
	}
}

// ask sends a request, which has to be carried out, decodes its result, and returns it as text.
func (p *process) ask(result any, format string, args ...any) string {
	p.t.Helper()
	c, err := control.Dial(p.path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer c.Close()
	var raw json.RawMessage
	request := fmt.Sprintf(format, args...)
	if err := c.Call(json.RawMessage(request), &raw); err != nil {
		p.t.Fatalf("%s: %v", request, err)
	}
	if result != nil {
		if err := json.Unmarshal(raw, result); err != nil {
			p.t.Fatalf("%s: %v", request, err)
		}
	}
	return string(raw)
}

// wants is ask, of which the result has to have something in it.
func (p *process) wants(want, format string, args ...any) {
	p.t.Helper()
	if got := p.ask(nil, format, args...); !strings.Contains(got, want) {
		p.t.Fatalf("%s\n%s, want %s", fmt.Sprintf(format, args...), got, want)
	}
}

// TestProcess: `godwit nic`, driven over its control socket alone, is the partner of a Linux guest, as docs/nic.md has it:
// a message into a shared receive queue, its bytes back from a list and inline, a READ, and a send queue that is drained.
func TestProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: boots a machine")
	}
	cache, err := filepath.Abs("../../out/interop")
	if err != nil {
		t.Fatal(err)
	}
	image, err := guest.Build(t.Context(), guest.Options{Cache: cache})
	if errors.Is(err, guest.ErrMissing) || errors.Is(err, guest.ErrKernel) {
		t.Skipf("SKIPPED, NOT TESTED AGAINST LINUX: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "godwit-nic-") // a short path, as a socket needs
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := startProcess(t, dir)
	m, err := guest.Start(t.Context(), image, guest.Config{Local: filepath.Join(dir, "vm"), Remote: filepath.Join(dir, "nic")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	l := greeted(t, m)
	p.ask(nil, `{"do":"resolve","ip":%q}`, guest.IPv4)
	p.converse(l, connected(p, l))
}

// greeted is a queue pair of the guest in INIT.
func greeted(t *testing.T, m *guest.Machine) *linux {
	t.Helper()
	f, err := m.Verbs.Do(t.Context(), "open")
	if err != nil {
		t.Fatal(err)
	}
	ip := netip.MustParseAddr(guest.IPv4)
	for _, x := range f {
		var index int
		if _, err := fmt.Sscanf(x.Name, "gid%d", &index); err != nil {
			continue
		}
		if a, err := netip.ParseAddr(x.Value); err == nil && a.Unmap() == ip {
			l, err := newLinux(t.Context(), m.Verbs, ip, index, "rc", abi.AccessRemoteWrite|abi.AccessRemoteRead)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
	}
	t.Fatalf("the guest has no GID of %s, only %v", ip, f)
	return nil
}

// connected makes the process's end, on a shared receive queue, and connects both.
func connected(p *process, l *linux) live.Address {
	p.t.Helper()
	p.wants(`"srq":0`, `{"do":"create_srq","depth":7,"limit":1}`)
	p.ask(nil, `{"do":"recv","srq":0,"wrs":[{"wr":1,"offset":4096,"length":4096}]}`)
	var e live.Address
	p.ask(&e, `{"do":"create","srq":0,"send_sges":3,"inline":100}`)
	peer, err := json.Marshal(l.address())
	if err != nil {
		p.t.Fatal(err)
	}
	p.ask(nil, `{"do":"connect","qp":%d,"peer":%s,"timeout":17}`, e.QPN, peer)
	a := linkAttr{}
	a.fill()
	if err := l.connect(p.t.Context(), &a, e); err != nil {
		p.t.Fatal(err)
	}
	return e
}

// converse sends bytes there and back in several ways.
func (p *process) converse(l *linux, e live.Address) {
	t, ctx := p.t, p.t.Context()
	t.Helper()
	const n, seed = 3000, 77
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	right := func(off, n uint64, seed uint32) {
		t.Helper()
		bad, err := l.check(ctx, off, n, seed)
		check(err)
		if bad >= 0 {
			t.Fatalf("byte %d of what came back is wrong", bad)
		}
	}
	completed := func(want int) {
		t.Helper()
		wcs, err := l.poll(ctx, want, 20*time.Second)
		check(err)
		for _, w := range wcs {
			if w.status != abi.WCStatusSuccess {
				t.Fatalf("%+v", w)
			}
		}
		if len(wcs) != want {
			t.Fatalf("%d completions in the guest, want %d", len(wcs), want)
		}
	}
	check(l.fill(ctx, 0, n, seed))
	check(l.recv(ctx, 1, 8192, n))
	check(l.recv(ctx, 2, 16384, 100))
	check(l.send(ctx, request{op: abi.WROpcodeSend, id: 5, n: n}))
	completed(1)
	p.wants(`"wr":1,"status":"SUCCESS","opcode":"RECV","bytes":3000`, `{"do":"poll","qp":%d}`, e.QPN)
	p.wants(`"event":"SRQ_LIMIT_REACHED","srq":0`, `{"do":"events"}`)
	var got struct{ Hex string }
	p.ask(&got, `{"do":"read","srq":0,"offset":4096,"length":%d}`, n)
	p.ask(nil, `{"do":"write","qp":%d,"hex":%q}`, e.QPN, got.Hex)
	// The message in three pieces, out of order in memory.
	p.ask(nil, `{"do":"write","qp":%d,"offset":10000,"hex":%q}`, e.QPN, got.Hex[2000:4000])
	p.ask(nil, `{"do":"post","qp":%d,"wrs":[{"wr":1,"op":"SEND","sges":[{"offset":0,"length":1000},{"offset":10000,"length":1000},{"offset":2000,"length":1000}]}]}`, e.QPN)
	p.ask(nil, `{"do":"post","qp":%d,"wrs":[{"wr":2,"op":"SEND","inline":true,"length":100}]}`, e.QPN)
	p.wants(`"wr":2,"status":"SUCCESS"`, `{"do":"poll","qp":%d,"count":2}`, e.QPN)
	completed(2)
	right(8192, n, seed)
	right(16384, 100, seed)
	// A drained send queue keeps what is posted until it is let go.
	p.ask(nil, `{"do":"modify","qp":%d,"state":"SQD","en_sqd_async_notify":true}`, e.QPN)
	p.wants(`"event":"SQ_DRAINED"`, `{"do":"events"}`)
	p.ask(nil, `{"do":"post","qp":%d,"wrs":[{"wr":3,"op":"RDMA_READ","offset":20000,"length":%d,"va":%d,"rkey":%d}]}`, e.QPN, n, l.va, l.key)
	p.wants(`[]`, `{"do":"poll","qp":%d,"wait":"50ms"}`, e.QPN)
	p.ask(nil, `{"do":"modify","qp":%d,"state":"RTS"}`, e.QPN)
	p.wants(`"wr":3,"status":"SUCCESS"`, `{"do":"poll","qp":%d}`, e.QPN)
	var again struct{ Hex string }
	if p.ask(&again, `{"do":"read","qp":%d,"offset":20000,"length":%d}`, e.QPN, n); again.Hex != got.Hex {
		t.Error("the READ brought other bytes")
	}
}
