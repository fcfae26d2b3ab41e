package live_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

// limit is how long a test waits for what must happen; a busy machine is slow.
const limit = 20 * time.Second

func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	return ctx
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open starts a NIC that ends with the test.
func open(t *testing.T, c live.Config) *live.NIC {
	t.Helper()
	n, err := live.Open(c)
	check(t, err)
	t.Cleanup(func() { n.Close() })
	return n
}

// pair is two NICs at the ends of a socket pair.
func pair(t *testing.T, a, b live.Config) (*live.NIC, *live.NIC) {
	t.Helper()
	x, y, err := live.Pair()
	check(t, err)
	a.Name, a.Attachment, a.MAC = "a", x, live.MAC{2, 0, 0, 0, 0, 1}
	b.Name, b.Attachment, b.MAC = "b", y, live.MAC{2, 0, 0, 0, 0, 2}
	return open(t, a), open(t, b)
}

var (
	ip4 = []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")}
	ip6 = []netip.Addr{netip.MustParseAddr("fd00::1"), netip.MustParseAddr("fd00::2")}
)

// endpoint makes a container with an endpoint.
func endpoint(t *testing.T, n *live.NIC, index int, a live.EndpointAttr) *live.Endpoint {
	t.Helper()
	c, err := n.NewContainer(index)
	check(t, err)
	e, err := c.NewEndpoint(a)
	check(t, err)
	return e
}

// connect makes a the partner of b.
func connect(t *testing.T, a, b *live.Endpoint, attr live.ConnectAttr) {
	t.Helper()
	ctx := deadline(t)
	for _, side := range [][2]*live.Endpoint{{a, b}, {b, a}} {
		attr.Peer = side[1].Address()
		check(t, side[0].Connect(ctx, attr))
	}
}

// work makes a do every operation on b, and says what went wrong.
func work(t *testing.T, a, b *live.Endpoint) {
	t.Helper()
	ctx := deadline(t)
	peer := b.Address()
	data := bytes.Repeat([]byte("godwit "), 700)
	size := uint32(len(data))
	check(t, a.Write(0, data))
	check(t, b.PostRecv(driver.RecvWR{WRID: 9, SGE: b.SGE(8192, 8192)}))
	check(t, a.PostSend(
		driver.SendWR{WRID: 1, Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.SGE(0, size)},
		driver.SendWR{WRID: 2, Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: a.SGE(0, size), RemoteVA: peer.VA + 16384, RKey: peer.RKey},
		driver.SendWR{WRID: 3, Opcode: abi.WROpcodeRDMARead, Flags: abi.WRFlagSignaled, SGE: a.SGE(24576, size), RemoteVA: peer.VA + 16384, RKey: peer.RKey},
		driver.SendWR{WRID: 4, Opcode: abi.WROpcodeFetchAdd, Flags: abi.WRFlagSignaled, SGE: a.SGE(32768, 8), RemoteVA: peer.VA, RKey: peer.RKey, Swap: 5},
	))
	wc, err := a.Poll(ctx, 4)
	check(t, err)
	for i, c := range wc {
		if c.WRID != uint64(i+1) || c.Status != abi.WCStatusSuccess {
			t.Fatalf("completion %d: %+v", i, c)
		}
	}
	wc, err = b.Poll(ctx, 1)
	check(t, err)
	if wc[0].WRID != 9 || wc[0].ByteLen != size {
		t.Fatalf("receive: %+v", wc[0])
	}
	for _, side := range []struct {
		e  *live.Endpoint
		at uint64
	}{{b, 8192}, {b, 16384}, {a, 24576}} {
		got := make([]byte, size)
		check(t, side.e.Read(side.at, got))
		if !bytes.Equal(got, data) {
			t.Fatalf("what was sent is not at %d", side.at)
		}
	}
	var word [8]byte
	check(t, b.Read(0, word[:]))
	if binary.LittleEndian.Uint64(word[:]) != 5 {
		t.Fatalf("the counter is %x, not 5", word)
	}
}

func TestOperations(t *testing.T) {
	for name, ip := range map[string][]netip.Addr{"IPv4": ip4, "IPv6": ip6} {
		t.Run(name, func(t *testing.T) {
			na, nb := pair(t, live.Config{IP: ip[0], MTU: 4300}, live.Config{IP: ip[1], MTU: 4300})
			a, b := endpoint(t, na, 0, live.EndpointAttr{}), endpoint(t, nb, 0, live.EndpointAttr{})
			for _, mtu := range []int{256, 1024, 4096} {
				connect(t, a, b, live.ConnectAttr{MTU: mtu})
				work(t, a, b)
				check(t, a.Destroy())
				check(t, b.Destroy())
				var err error
				a, err = a.Container().NewEndpoint(live.EndpointAttr{})
				check(t, err)
				b, err = b.Container().NewEndpoint(live.EndpointAttr{})
				check(t, err)
			}
		})
	}
}

// TestFaults: every fault, both ways, and each operation all the same.
func TestFaults(t *testing.T) {
	var file bytes.Buffer
	rec, err := live.NewRecorder(&file, "a", "b")
	check(t, err)
	na, nb := pair(t, live.Config{IP: ip4[0], Recorder: rec}, live.Config{IP: ip4[1]})
	a, b := endpoint(t, na, 0, live.EndpointAttr{}), endpoint(t, nb, 0, live.EndpointAttr{})
	for _, d := range []live.Direction{live.In, live.Out} {
		for _, do := range []live.Action{live.Drop, live.Duplicate, live.Delay, live.Swap, live.Corrupt, live.Mark} {
			na.AddFault(live.Fault{Name: d.String() + " " + do.String(), Dir: d, Do: do, Skip: 1, By: 3 * time.Millisecond, Bit: 77})
		}
	}
	na.AddFault(live.Fault{Name: "never", Match: func(p *wire.Packet) bool { return p.BTH.PSN == 1 }})
	connect(t, a, b, live.ConnectAttr{Timeout: 12}) // 17 ms: what is only late costs no retry
	work(t, a, b)
	if unused := strings.Join(na.ClearFaults(), ", "); unused != "never" {
		t.Errorf("unused faults: %q, want only never", unused)
	}
	check(t, na.SetChance(live.In, live.Chance{Loss: 50, Dup: 50, Reorder: 50, Corrupt: 20, Mark: 20, Seed: 1}))
	check(t, na.SetChance(live.Out, live.Chance{Loss: 50, Dup: 50, Reorder: 50, Corrupt: 20, Mark: 20, Seed: 2}))
	check(t, b.Write(0, make([]byte, 8)))
	work(t, a, b)
	na.Close()
	check(t, rec.Close())
	text := file.String()
	for _, want := range []string{"in drop", "out corrupt", "out mark", "chance"} {
		if !strings.Contains(text, want) {
			t.Errorf("the capture says nothing of %q", want)
		}
	}
	path := filepath.Join(t.TempDir(), "faults.pcapng")
	check(t, os.WriteFile(path, file.Bytes(), 0o666))
	report, err := capture.Check([]string{path}, capture.Options{})
	if err != nil || report.Frames < 30 || report.Failed == 0 {
		t.Errorf("capture: %+v, %v", report, err)
	}
	if err := na.SetChance(live.In, live.Chance{Loss: 1001}); err == nil {
		t.Error("a chance of more than 1000 is taken")
	}
}

func TestUnresolved(t *testing.T) {
	na, nb := pair(t, live.Config{IP: ip4[0]}, live.Config{IP: ip4[1]})
	a := endpoint(t, na, 0, live.EndpointAttr{})
	peer := endpoint(t, nb, 0, live.EndpointAttr{}).Address()
	peer.IP = netip.MustParseAddr("10.0.0.9")
	begin := time.Now()
	err := a.Connect(deadline(t), live.ConnectAttr{Peer: peer})
	var unresolved *live.UnresolvedError
	if !errors.As(err, &unresolved) || !strings.Contains(err.Error(), "10.0.0.9 does not answer ARP on socket pair: see there that its link is up") {
		t.Errorf("error %v", err)
	}
	if d := time.Since(begin); d < 900*time.Millisecond {
		t.Errorf("gave up after %v", d)
	}
	peer.IP = ip6[1]
	if err := a.Connect(deadline(t), live.ConnectAttr{Peer: peer}); !errors.Is(err, driver.ErrInval) {
		t.Errorf("an IPv6 partner of an IPv4 NIC: %v", err)
	}
	peer.IP = ip4[1]
	if err := a.Connect(deadline(t), live.ConnectAttr{Peer: peer, MTU: 2048}); err == nil || !strings.Contains(err.Error(), "so at most 1024") {
		t.Errorf("a path MTU that does not fit: %v", err)
	}
}

func TestProbeAddress(t *testing.T) {
	for _, ip := range [][]netip.Addr{ip4, ip6} {
		na, _ := pair(t, live.Config{IP: ip[0]}, live.Config{IP: ip[0]})
		if err := na.ProbeAddress(deadline(t), limit); err == nil || !strings.Contains(err.Error(), "is in use on socket pair by 02:00:00:00:00:02") {
			t.Errorf("%v twice: %v", ip[0], err)
		}
		if by := na.Stats().Conflict; by != (live.MAC{2, 0, 0, 0, 0, 2}) {
			t.Errorf("%v twice: stats say conflict with %v", ip[0], by)
		}
		na, _ = pair(t, live.Config{IP: ip[0]}, live.Config{IP: ip[1]})
		check(t, na.ProbeAddress(deadline(t), 100*time.Millisecond))
	}
}

// TestTimers: a retry is not early by the wall clock, and neither very late; an idle NIC does not run.
func TestTimers(t *testing.T) {
	na, nb := pair(t, live.Config{IP: ip4[0]}, live.Config{IP: ip4[1]})
	a, b := endpoint(t, na, 0, live.EndpointAttr{}), endpoint(t, nb, 0, live.EndpointAttr{})
	connect(t, a, b, live.ConnectAttr{Timeout: 13, FewRetries: true, Retry: 2})
	check(t, nb.Withdraw()) // the partner hears nothing any more
	begin := time.Now()
	check(t, a.PostSend(driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, RemoteVA: b.VA(), RKey: b.Key()}))
	wc, err := a.Poll(deadline(t), 1)
	check(t, err)
	// 3 tries of 33.6 ms.
	if d := time.Since(begin); wc[0].Status != abi.WCStatusRetryExcErr || d < 100*time.Millisecond || d > 5*time.Second {
		t.Errorf("%v after %v", wc[0].Status, d)
	}
	counters, err := na.Counters()
	check(t, err)
	for _, c := range counters {
		if c.Name == "TIMEOUTS" && c.Value != 3 {
			t.Errorf("%d timeouts, want 3", c.Value)
		}
	}
}
