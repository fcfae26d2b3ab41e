package neigh

import (
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// MAC is an Ethernet address in the order of the wire.
type MAC = [6]byte

// Config says who a station is. Zero durations choose what is said.
type Config struct {
	// MAC and IP are its addresses.
	MAC MAC
	IP  netip.Addr
	// Subnet is what is on the link; the zero value is everything. Gateway is the way to the rest, if there is one.
	Subnet  netip.Prefix
	Gateway netip.Addr
	// Retry is the time between two questions for an address; 0 means 200 ms. Tries is how many are asked before it
	// counts as unreachable; 0 means 5.
	Retry time.Duration
	Tries int
	// Fresh is how long an answer is believed without asking again; 0 means 30 s.
	Fresh time.Duration
}

// Station is one station on an Ethernet. It is driven by one caller. Times are since a moment of the caller's choice.
type Station struct {
	cfg      Config
	silent   bool
	table    []*entry
	conflict *MAC
	out      [][]byte
}

// New makes a station, which answers for its address from now on. The error names an address that cannot be one.
func New(c Config) (*Station, error) {
	c.IP = c.IP.Unmap()
	if !c.IP.IsValid() || c.IP.IsUnspecified() || c.IP.IsMulticast() {
		return nil, fmt.Errorf("%v is no address of a station", c.IP)
	}
	if c.MAC[0]&1 != 0 || c.MAC == (MAC{}) {
		return nil, fmt.Errorf("%v is no Ethernet address of a station", net.HardwareAddr(c.MAC[:]))
	}
	if c.Subnet.IsValid() && !c.Subnet.Contains(c.IP) {
		return nil, fmt.Errorf("%v is not in its own subnet %v", c.IP, c.Subnet)
	}
	if c.Gateway.IsValid() && c.Subnet.IsValid() && !c.Subnet.Contains(c.Gateway) {
		return nil, fmt.Errorf("gateway %v is not in subnet %v", c.Gateway, c.Subnet)
	}
	if c.Retry == 0 {
		c.Retry = 200 * time.Millisecond
	}
	if c.Tries == 0 {
		c.Tries = 5
	}
	if c.Fresh == 0 {
		c.Fresh = 30 * time.Second
	}
	return &Station{cfg: c}, nil
}

// IP and MAC are the station's own addresses.
func (s *Station) IP() netip.Addr { return s.cfg.IP }

// MAC is the station's Ethernet address.
func (s *Station) MAC() MAC { return s.cfg.MAC }

// SetSilent makes the station answer nothing, because its address is elsewhere, or answer again.
func (s *Station) SetSilent(silent bool) { s.silent = silent }

// Silent tells whether it answers nothing.
func (s *Station) Silent() bool { return s.silent }

// Conflict tells which other station claims the address as its own; ok is false while none did. A station that is
// silent does not mind.
func (s *Station) Conflict() (by MAC, ok bool) {
	if s.conflict == nil {
		return MAC{}, false
	}
	return *s.conflict, true
}

// claimed takes note that another station said that it has our address.
func (s *Station) claimed(by MAC) {
	if !s.silent && by != s.cfg.MAC {
		s.conflict = &by
	}
}

// Take returns the frames to send, oldest first, and forgets them.
func (s *Station) Take() [][]byte {
	out := s.out
	s.out = nil
	return out
}

// Input is told of a frame that arrived. It takes what it does not understand for somebody else's affair.
func (s *Station) Input(now time.Duration, frame []byte) {
	p := gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.DecodeOptions{Lazy: true, NoCopy: true})
	eth, ok := p.LinkLayer().(*layers.Ethernet)
	if !ok || len(eth.SrcMAC) != len(MAC{}) || MAC(eth.SrcMAC) == s.cfg.MAC {
		return
	}
	if eth.DstMAC[0]&1 == 0 && MAC(eth.DstMAC) != s.cfg.MAC {
		return
	}
	switch eth.EthernetType {
	case layers.EthernetTypeARP:
		if a, ok := p.Layer(layers.LayerTypeARP).(*layers.ARP); ok {
			s.inputARP(now, a)
		}
	case layers.EthernetTypeIPv4:
		ip, ok := p.NetworkLayer().(*layers.IPv4)
		icmp, isICMP := p.Layer(layers.LayerTypeICMPv4).(*layers.ICMPv4)
		if ok && isICMP {
			s.inputICMPv4(eth, ip, icmp)
		}
	case layers.EthernetTypeIPv6:
		ip, ok := p.NetworkLayer().(*layers.IPv6)
		icmp, isICMP := p.Layer(layers.LayerTypeICMPv6).(*layers.ICMPv6)
		if ok && isICMP && icmp.SetNetworkLayerForChecksum(ip) == nil && sound(icmp) {
			s.inputICMPv6(now, p, eth, ip, icmp)
		}
	}
}

// sound tells whether the checksum of a message is right.
func sound(m interface {
	VerifyChecksum() (error, gopacket.ChecksumVerificationResult)
}) bool {
	err, r := m.VerifyChecksum()
	return err == nil && r.Valid
}

// send queues a frame made of layers.
func (s *Station) send(parts ...gopacket.SerializableLayer) {
	b := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(b, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}, parts...); err != nil {
		panic("BUG: a frame of our own making cannot be encoded: " + err.Error())
	}
	s.out = append(s.out, b.Bytes())
}

// ethernet is the header of a frame from this station.
func (s *Station) ethernet(to MAC, kind layers.EthernetType) *layers.Ethernet {
	return &layers.Ethernet{SrcMAC: s.cfg.MAC[:], DstMAC: to[:], EthernetType: kind}
}

// Announce says where the address is to everybody who may think it elsewhere: a gratuitous ARP request and reply, or
// an unsolicited neighbour advertisement. RFC 5227 section 3, RFC 4861 section 7.2.6.
func (s *Station) Announce() {
	if s.cfg.IP.Is4() {
		s.announceARP()
	} else {
		s.advertise(broadcast6, allNodes, false)
	}
}

// Probe asks whether another station has the address, without telling anybody that this one wants it; Conflict says
// so later. RFC 5227 section 2.1.1, RFC 4862 section 5.4.2.
func (s *Station) Probe() {
	if s.cfg.IP.Is4() {
		s.sendARP(layers.ARPRequest, ethBroadcast, netip.IPv4Unspecified(), MAC{}, s.cfg.IP)
	} else {
		s.solicit(s.cfg.IP, netip.IPv6Unspecified(), nil)
	}
}
