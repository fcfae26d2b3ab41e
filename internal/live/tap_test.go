package live_test

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
)

// inNamespace runs the calling test again as root of a network namespace of its own, and tells whether this is that run.
// It skips, loudly, where that cannot be done.
func inNamespace(t *testing.T, tools ...string) bool {
	t.Helper()
	if os.Getenv("GODWIT_NAMESPACE") != "" {
		return true
	}
	for _, tool := range append(tools, "unshare") {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("SKIPPED, NOT TESTED: %s is not installed (iproute2, iputils-ping, util-linux)", tool)
		}
	}
	if out, err := exec.Command("unshare", "-rn", "true").CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, NOT TESTED: no network namespace can be made: %v: %s", err, out)
	}
	if f, err := os.OpenFile("/dev/net/tun", os.O_RDWR, 0); err != nil {
		t.Skipf("SKIPPED, NOT TESTED: no TAP device can be made: %v", err)
	} else {
		f.Close()
	}
	self, err := os.Executable()
	check(t, err)
	cmd := exec.Command("unshare", "-rn", self, "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), "GODWIT_NAMESPACE=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("in its namespace: %v\n%s", err, out)
	}
	return false
}

// sh runs a command of the namespace.
func sh(t *testing.T, line string) string {
	t.Helper()
	f := strings.Fields(line)
	out, err := exec.Command(f[0], f[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

// TestTAP: the kernel of a namespace pings the NIC, with IPv4 and IPv6, finds a container that moves to another NIC,
// and is found by it.
func TestTAP(t *testing.T) {
	if !inNamespace(t, "ip", "ping") {
		return
	}
	sh(t, "ip link set lo up")
	for _, v := range []struct {
		flag, kernel string
		own          netip.Addr
	}{{"-4", "10.0.0.2", ip4[0]}, {"-6", "fd00::2", ip6[0]}} {
		at, err := live.TAP("gw0")
		check(t, err)
		if _, err := live.TAP("gw0"); err == nil || !strings.Contains(err.Error(), "TAP gw0: another process uses it") {
			t.Errorf("the same TAP twice: %v", err)
		}
		hub := live.NewHub(at)
		a := open(t, live.Config{Name: "a", Attachment: hub.Port("a"), IP: v.own, MAC: live.MAC{2, 0, 0, 0, 0, 1}})
		b := open(t, live.Config{Name: "b", Attachment: hub.Port("b"), IP: v.own, MAC: live.MAC{2, 0, 0, 0, 0, 2}, Standby: true})
		bits := 24
		nodad := ""
		if v.flag == "-6" {
			bits, nodad = 64, " nodad"
		}
		sh(t, fmt.Sprintf("ip addr add %s/%d dev gw0%s", v.kernel, bits, nodad))
		ping := fmt.Sprintf("ping %s -n -c 3 -i 0.05 -W 5 -s 1000 %v", v.flag, v.own)
		sh(t, ping)
		check(t, a.Resolve(deadline(t), netip.MustParseAddr(v.kernel)))
		neighbours := sh(t, "ip "+v.flag+" neigh show dev gw0")
		if !strings.Contains(neighbours, "02:00:00:00:00:01") {
			t.Errorf("the kernel does not know the NIC: %s", neighbours)
		}
		check(t, a.Withdraw())
		check(t, b.Adopt())
		for end := time.Now().Add(limit); ; time.Sleep(10 * time.Millisecond) {
			if neighbours = sh(t, "ip "+v.flag+" neigh show dev gw0"); strings.Contains(neighbours, "02:00:00:00:00:02") {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("the kernel did not follow: %s", neighbours)
			}
		}
		sh(t, ping)
		check(t, errors.Join(a.Err(), b.Err()))
		check(t, hub.Close())
		for end := time.Now().Add(limit); ; time.Sleep(10 * time.Millisecond) {
			if !strings.Contains(sh(t, "ip -br link"), "gw0") {
				break
			}
			if time.Now().After(end) {
				t.Fatal("the TAP is left")
			}
		}
	}
}

// TestTAPErrors: what a user may do wrong, each with what to do.
func TestTAPErrors(t *testing.T) {
	if !inNamespace(t, "ip") {
		return
	}
	sh(t, "ip link add br0 type bridge")
	for _, test := range []struct{ name, want string }{
		{"", "the name of an interface has 1 to 15 characters"},
		{"an-interface-with-a-long-name", "the name of an interface has 1 to 15 characters"},
		{"br0", "there is an interface of this name that is no TAP device"},
	} {
		_, err := live.TAP(test.name)
		var e *live.TAPError
		if !errors.As(err, &e) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("TAP %q: %v, want %q", test.name, err, test.want)
		}
	}
	// The interface is taken away from under the NIC, as by `ip link del`.
	at, err := live.TAP("gw1")
	check(t, err)
	n := open(t, live.Config{Attachment: at, IP: ip4[0]})
	sh(t, "ip link set gw1 down")
	check(t, n.Adopt()) // nobody takes it
	sh(t, "ip link del gw1")
	for end := time.Now().Add(limit); n.Err() == nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the NIC does not notice that its interface is gone")
		}
	}
	if err := n.Err().Error(); !strings.Contains(err, "NIC godwit on TAP gw1") {
		t.Errorf("error %v", err)
	}
}
