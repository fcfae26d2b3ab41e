package live_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// TestUnreliable: UC from one end to the other, and datagrams there and back to whoever they came from.
func TestUnreliable(t *testing.T) {
	for name, ip := range map[string][]netip.Addr{"IPv4": ip4, "IPv6": ip6} {
		t.Run(name, func(t *testing.T) {
			na, nb := pair(t, live.Config{IP: ip[0]}, live.Config{IP: ip[1]})
			ca, err := na.NewContainer(0)
			check(t, err)
			cb, err := nb.NewContainer(0)
			check(t, err)
			end := func(c *live.Container, a live.EndpointAttr) *live.Endpoint {
				e, err := c.NewEndpoint(a)
				check(t, err)
				return e
			}
			uc := live.EndpointAttr{Type: abi.QPTypeUC}
			unreliable(t, end(ca, uc), end(cb, uc))
			ud := live.EndpointAttr{Type: abi.QPTypeUD}
			datagrams(t, end(ca, ud), end(cb, ud))
		})
	}
}

var hello = bytes.Repeat([]byte("hello unreliable world "), 40)

// unreliable sends a message and a WRITE from a to b.
func unreliable(t *testing.T, a, b *live.Endpoint) {
	t.Helper()
	size := uint32(len(hello))
	check(t, b.Init())
	check(t, b.PostRecv(driver.RecvWR{SGE: b.SGE(0, 4096)}))
	connect(t, b, a, live.ConnectAttr{MTU: 256})
	check(t, a.Write(0, hello))
	check(t, a.PostSend(
		driver.SendWR{Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled, SGE: a.SGE(0, size), RemoteVA: b.VA() + 8192, RKey: b.Key()},
		driver.SendWR{Opcode: abi.WROpcodeSend, Flags: abi.WRFlagSignaled, SGE: a.SGE(0, size)},
	))
	for e, n := range map[*live.Endpoint]int{a: 2, b: 1} {
		wcs, err := e.Poll(deadline(t), n)
		check(t, err)
		if wcs[n-1].Status != abi.WCStatusSuccess {
			t.Fatalf("%+v", wcs)
		}
	}
	for _, at := range []uint64{0, 8192} {
		got := make([]byte, size)
		check(t, b.Read(at, got))
		if !bytes.Equal(got, hello) {
			t.Fatalf("what was sent is not at %d", at)
		}
	}
}

// datagrams sends one from a to b, and one from b to whoever that was from.
func datagrams(t *testing.T, a, b *live.Endpoint) {
	t.Helper()
	size := uint32(len(hello))
	for i, e := range []*live.Endpoint{a, b} {
		check(t, e.Connect(deadline(t), live.ConnectAttr{QKey: uint32(0x1111 * (i + 1))}))
		check(t, e.PostRecv(driver.RecvWR{SGE: e.SGE(0, 4096)}))
		check(t, e.Write(32768, hello))
	}
	to, qpn := b.Container().NIC().IP(), b.QPN()
	for _, leg := range []struct {
		from, at *live.Endpoint
		qkey     uint32
	}{{a, b, 0x2222}, {b, a, 0x1111}} {
		check(t, leg.from.PostDatagrams(deadline(t), to, qpn, leg.qkey, driver.SendWR{Opcode: abi.WROpcodeSend, SGE: leg.from.SGE(32768, size)}))
		wcs, err := leg.at.Poll(deadline(t), 1)
		check(t, err)
		if wcs[0].Status != abi.WCStatusSuccess || wcs[0].ByteLen != size+driver.GRHBytes {
			t.Fatalf("%+v", wcs[0])
		}
		to, qpn, err = leg.at.Sender(wcs[0], 0)
		check(t, err)
		if to != leg.from.Container().NIC().IP() || qpn != leg.from.QPN() {
			t.Fatalf("it came from %v, QP %d", to, qpn)
		}
		got := make([]byte, size)
		check(t, leg.at.Read(driver.GRHBytes, got))
		if !bytes.Equal(got, hello) {
			t.Fatal("another datagram came")
		}
	}
	err := a.PostDatagrams(deadline(t), to, qpn, 1, driver.SendWR{Opcode: abi.WROpcodeSend, SGE: a.SGE(0, 4000)})
	if err == nil || !strings.Contains(err.Error(), "a datagram of 4000 bytes: the link of a has room for 1024") {
		t.Errorf("a datagram that is too long: %v", err)
	}
}
