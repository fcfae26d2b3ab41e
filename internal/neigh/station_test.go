package neigh_test

import (
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"github.com/godwit-rdma/godwit/internal/neigh"
)

// station makes the n-th station of a link.
func station(t *testing.T, n byte, c neigh.Config, ip string) *neigh.Station {
	t.Helper()
	c.MAC, c.IP = neigh.MAC{2, 0, 0, 0, 0, n}, netip.MustParseAddr(ip)
	s, err := neigh.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// link carries frames between stations until nobody has anything more to say, and returns how many there were.
func link(now time.Duration, stations ...*neigh.Station) (n int) {
	for quiet := false; !quiet; {
		quiet = true
		for _, s := range stations {
			for _, f := range s.Take() {
				quiet, n = false, n+1
				for _, o := range stations {
					if o != s {
						o.Input(now, f)
					}
				}
			}
		}
	}
	return n
}

var versions = [][]string{{"10.0.0.1", "10.0.0.2", "10.0.0.3"}, {"fd00::1", "fd00::2", "fd00::3"}}

func TestLookup(t *testing.T) {
	for _, ip := range versions {
		a, b := station(t, 1, neigh.Config{}, ip[0]), station(t, 2, neigh.Config{}, ip[1])
		if _, ok := a.Lookup(0, b.IP()); ok {
			t.Fatal("known before it was asked for")
		}
		if n := link(0, a, b); n != 2 {
			t.Errorf("%v: %d frames, want a question and an answer", ip[0], n)
		}
		if mac, ok := a.Lookup(0, b.IP()); !ok || mac != b.MAC() {
			t.Errorf("%v: %v %v", ip[0], mac, ok)
		}
		if mac, ok := b.Lookup(0, a.IP()); !ok || mac != a.MAC() {
			t.Errorf("%v: the one who was asked does not know who asked: %v %v", ip[0], mac, ok)
		}
		if n := link(0, a, b); n != 0 {
			t.Errorf("%v: %d frames for what is known", ip[0], n)
		}
		// After its time it is asked for again, and used meanwhile.
		late := 31 * time.Second
		if mac, ok := a.Lookup(late, b.IP()); !ok || mac != b.MAC() || link(late, a, b) != 2 {
			t.Errorf("%v: not asked again: %v %v", ip[0], mac, ok)
		}
		if _, busy := a.Next(); busy {
			t.Errorf("%v: still asking", ip[0])
		}
	}
}

func TestUnreachable(t *testing.T) {
	for _, ip := range versions {
		a := station(t, 1, neigh.Config{}, ip[0])
		gone := netip.MustParseAddr(ip[1])
		a.Lookup(0, gone)
		questions := len(a.Take())
		for {
			at, ok := a.Next()
			if !ok {
				break
			}
			a.Tick(at)
			questions += len(a.Take())
			if lost := a.Unreachable(gone); lost != (at == time.Second) {
				t.Errorf("%v: given up at %v: %v", gone, at, lost)
			}
		}
		if questions != 5 || !a.Unreachable(gone) {
			t.Errorf("%v: %d questions, want 5", gone, questions)
		}
		if a.Lookup(2*time.Second, gone); a.Unreachable(gone) || len(a.Take()) != 1 {
			t.Errorf("%v: not asked anew", gone)
		}
	}
}

// TestMove: an address goes from one station to another, and all who knew it follow at once.
func TestMove(t *testing.T) {
	for _, ip := range versions {
		old, peer := station(t, 1, neigh.Config{}, ip[0]), station(t, 2, neigh.Config{}, ip[1])
		stranger, next := station(t, 3, neigh.Config{}, ip[2]), station(t, 4, neigh.Config{}, ip[0])
		next.SetSilent(true)
		all := []*neigh.Station{old, peer, stranger, next}
		peer.Lookup(0, old.IP())
		link(0, all...)
		old.SetSilent(true)
		next.SetSilent(false)
		next.Announce()
		link(0, all...)
		if mac, ok := peer.Lookup(0, old.IP()); !ok || mac != next.MAC() {
			t.Errorf("%v: the partner sends to %v", ip[0], mac)
		}
		if _, ok := stranger.Lookup(0, old.IP()); ok {
			t.Errorf("%v: who never asked has an entry", ip[0])
		}
		link(0, all...)
		if mac, _ := stranger.Lookup(0, old.IP()); mac != next.MAC() {
			t.Errorf("%v: a later question is answered by %v", ip[0], mac)
		}
		for _, s := range all {
			if by, ok := s.Conflict(); ok {
				t.Errorf("%v: conflict with %v", s.IP(), by)
			}
		}
		if old.Lookup(0, netip.MustParseAddr(ip[2])); len(old.Take()) != 0 {
			t.Errorf("%v: the old station still asks in the name of the address", ip[0])
		}
	}
}

func TestConflict(t *testing.T) {
	for _, ip := range versions {
		a, b := station(t, 1, neigh.Config{}, ip[0]), station(t, 2, neigh.Config{}, ip[0])
		other := station(t, 3, neigh.Config{}, ip[1])
		a.Probe()
		for _, f := range a.Take() {
			other.Input(0, f)
			b.Input(0, f)
		}
		if len(other.Take()) != 0 {
			t.Errorf("%v: a probe for it is answered by %v", ip[0], ip[1])
		}
		for _, f := range b.Take() {
			a.Input(0, f)
			other.Input(0, f)
		}
		if by, ok := a.Conflict(); !ok || by != b.MAC() {
			t.Errorf("%v: conflict %v %v", ip[0], by, ok)
		}
		if _, ok := other.Conflict(); ok {
			t.Errorf("%v: a third station is in conflict", ip[0])
		}
	}
}

func TestGateway(t *testing.T) {
	c := neigh.Config{Subnet: netip.MustParsePrefix("10.0.0.0/24"), Gateway: netip.MustParseAddr("10.0.0.254")}
	a, gw := station(t, 1, c, "10.0.0.1"), station(t, 9, neigh.Config{}, "10.0.0.254")
	far := netip.MustParseAddr("192.0.2.7")
	a.Lookup(0, far)
	link(0, a, gw)
	if mac, ok := a.Lookup(0, far); !ok || mac != gw.MAC() {
		t.Errorf("the way to %v: %v %v", far, mac, ok)
	}
	if hop := a.NextHop(netip.MustParseAddr("::ffff:10.0.0.7")); hop != netip.MustParseAddr("10.0.0.7") {
		t.Errorf("a neighbour is reached through %v", hop)
	}
}

// frame builds a frame.
func frame(t *testing.T, parts ...gopacket.SerializableLayer) []byte {
	t.Helper()
	b := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, parts...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEcho(t *testing.T) {
	a := station(t, 1, neigh.Config{}, "10.0.0.1")
	eth := &layers.Ethernet{SrcMAC: net.HardwareAddr{2, 0, 0, 0, 0, 7}, DstMAC: net.HardwareAddr{2, 0, 0, 0, 0, 1}, EthernetType: layers.EthernetTypeIPv4}
	ip := &layers.IPv4{Version: 4, TTL: 9, Id: 5, Protocol: layers.IPProtocolICMPv4, SrcIP: net.IP{10, 0, 0, 7}, DstIP: net.IP{10, 0, 0, 1}}
	icmp := &layers.ICMPv4{TypeCode: layers.CreateICMPv4TypeCode(layers.ICMPv4TypeEchoRequest, 0), Id: 3, Seq: 4}
	ping := frame(t, eth, ip, icmp, gopacket.Payload("godwit"))
	a.Input(0, ping)
	out := a.Take()
	if len(out) != 1 {
		t.Fatalf("%d answers to a ping", len(out))
	}
	p := gopacket.NewPacket(out[0], layers.LayerTypeEthernet, gopacket.Default)
	r, ok := p.Layer(layers.LayerTypeICMPv4).(*layers.ICMPv4)
	if err, bad := p.VerifyChecksums(); err != nil || len(bad) != 0 || !ok {
		t.Fatalf("the answer has a wrong checksum: %v %v", err, bad)
	}
	if r.TypeCode.Type() != layers.ICMPv4TypeEchoReply || r.Id != 3 || r.Seq != 4 || string(r.Payload) != "godwit" {
		t.Errorf("answer %+v", r)
	}
	ping[42] ^= 1
	a.Input(0, ping)
	if len(a.Take()) != 0 {
		t.Error("a damaged ping is answered")
	}
	ping[42] ^= 1
	a.SetSilent(true)
	a.Input(0, ping)
	if len(a.Take()) != 0 {
		t.Error("a silent station answers")
	}

	b := station(t, 1, neigh.Config{}, "fd00::1")
	eth.EthernetType = layers.EthernetTypeIPv6
	ip6 := &layers.IPv6{Version: 6, HopLimit: 64, NextHeader: layers.IPProtocolICMPv6, SrcIP: net.ParseIP("fd00::7"), DstIP: net.ParseIP("fd00::1")}
	icmp6 := &layers.ICMPv6{TypeCode: layers.CreateICMPv6TypeCode(layers.ICMPv6TypeEchoRequest, 0)}
	if err := icmp6.SetNetworkLayerForChecksum(ip6); err != nil {
		t.Fatal(err)
	}
	b.Input(0, frame(t, eth, ip6, icmp6, &layers.ICMPv6Echo{Identifier: 3, SeqNumber: 4}, gopacket.Payload("godwit")))
	out = b.Take()
	if len(out) != 1 {
		t.Fatalf("%d answers to a ping", len(out))
	}
	p = gopacket.NewPacket(out[0], layers.LayerTypeEthernet, gopacket.Default)
	echo, ok := p.Layer(layers.LayerTypeICMPv6Echo).(*layers.ICMPv6Echo)
	reply := p.Layer(layers.LayerTypeICMPv6).(*layers.ICMPv6)
	if err := reply.SetNetworkLayerForChecksum(p.NetworkLayer()); err != nil {
		t.Fatal(err)
	}
	if err, sum := reply.VerifyChecksum(); err != nil || !sum.Valid || !ok {
		t.Fatalf("the answer has a wrong checksum: %v %v", err, sum)
	}
	if echo.Identifier != 3 || echo.SeqNumber != 4 || !strings.HasSuffix(string(out[0]), "godwit") {
		t.Errorf("answer %+v", echo)
	}
}

func TestBadConfig(t *testing.T) {
	for _, c := range []struct {
		c    neigh.Config
		want string
	}{
		{neigh.Config{MAC: neigh.MAC{2}}, "no address of a station"},
		{neigh.Config{MAC: neigh.MAC{2}, IP: netip.MustParseAddr("224.0.0.1")}, "224.0.0.1 is no address of a station"},
		{neigh.Config{IP: netip.MustParseAddr("10.0.0.1")}, "00:00:00:00:00:00 is no Ethernet address"},
		{neigh.Config{MAC: neigh.MAC{1}, IP: netip.MustParseAddr("10.0.0.1")}, "01:00:00:00:00:00 is no Ethernet address"},
		{neigh.Config{MAC: neigh.MAC{2}, IP: netip.MustParseAddr("10.0.0.1"), Subnet: netip.MustParsePrefix("10.1.0.0/16")}, "is not in its own subnet"},
	} {
		if _, err := neigh.New(c.c); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.c, err, c.want)
		}
	}
}

// FuzzInput: no frame upsets a station, and none that it did not ask for makes it talk to everybody.
func FuzzInput(f *testing.F) {
	for _, ip := range versions {
		s, err := neigh.New(neigh.Config{MAC: neigh.MAC{2, 0, 0, 0, 0, 7}, IP: netip.MustParseAddr(ip[1])})
		if err != nil {
			f.Fatal(err)
		}
		s.Lookup(0, netip.MustParseAddr(ip[0]))
		s.Announce()
		s.Probe()
		for _, frame := range s.Take() {
			f.Add(frame)
		}
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		for _, ip := range versions {
			s, err := neigh.New(neigh.Config{MAC: neigh.MAC{2, 0, 0, 0, 0, 1}, IP: netip.MustParseAddr(ip[0])})
			if err != nil {
				t.Fatal(err)
			}
			s.Input(0, frame)
			if n := len(s.Take()); n > 1 {
				t.Fatalf("%d answers to one frame", n)
			}
		}
	})
}
