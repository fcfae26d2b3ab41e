package neigh

import (
	"net"
	"net/netip"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

var (
	allNodes   = netip.MustParseAddr("ff02::1")
	broadcast6 = groupMAC(allNodes)
)

// Flags of a neighbour advertisement. RFC 4861 section 4.4.
const (
	flagSolicited = 0x40
	flagOverride  = 0x20
)

// ndpHops is the hop limit that shows that a message did not pass a router. RFC 4861 section 7.1.
const ndpHops = 255

// groupMAC is the Ethernet address of an IPv6 multicast group. RFC 2464 section 7.
func groupMAC(group netip.Addr) MAC {
	b := group.As16()
	return MAC{0x33, 0x33, b[12], b[13], b[14], b[15]}
}

// solicitedNode is the group that an address belongs to. RFC 4291 section 2.7.1.
func solicitedNode(ip netip.Addr) netip.Addr {
	b := ip.As16()
	return netip.AddrFrom16([16]byte{0: 0xff, 1: 0x02, 11: 1, 12: 0xff, 13: b[13], 14: b[14], 15: b[15]})
}

// inputICMPv6 handles an ICMPv6 message whose checksum is right.
func (s *Station) inputICMPv6(now time.Duration, p gopacket.Packet, eth *layers.Ethernet, ip *layers.IPv6, icmp *layers.ICMPv6) {
	if !s.cfg.IP.Is6() {
		return
	}
	src, _ := netip.AddrFromSlice(ip.SrcIP)
	switch icmp.TypeCode {
	case layers.CreateICMPv6TypeCode(layers.ICMPv6TypeEchoRequest, 0):
		s.echo6(eth, ip, icmp)
	case layers.CreateICMPv6TypeCode(layers.ICMPv6TypeNeighborSolicitation, 0):
		m, ok := p.Layer(layers.LayerTypeICMPv6NeighborSolicitation).(*layers.ICMPv6NeighborSolicitation)
		if ok && ip.HopLimit == ndpHops {
			s.solicited(now, src, m)
		}
	case layers.CreateICMPv6TypeCode(layers.ICMPv6TypeNeighborAdvertisement, 0):
		m, ok := p.Layer(layers.LayerTypeICMPv6NeighborAdvertisement).(*layers.ICMPv6NeighborAdvertisement)
		if ok && ip.HopLimit == ndpHops {
			s.advertised(now, m)
		}
	}
}

// linkAddress is the link-layer address among options; ok is false if there is none.
func linkAddress(opts layers.ICMPv6Options, kind layers.ICMPv6Opt) (mac MAC, ok bool) {
	for _, o := range opts {
		if o.Type == kind && len(o.Data) == len(mac) && o.Data[0]&1 == 0 {
			return MAC(o.Data), true
		}
	}
	return mac, false
}

// solicited answers a neighbour solicitation. RFC 4861 section 7.2.3; section 7.2.4 for the answer to a station that
// has no address yet, which is duplicate address detection of RFC 4862.
func (s *Station) solicited(now time.Duration, src netip.Addr, m *layers.ICMPv6NeighborSolicitation) {
	target, _ := netip.AddrFromSlice(m.TargetAddress)
	mac, known := linkAddress(m.Options, layers.ICMPv6OptSourceAddress)
	if target != s.cfg.IP || s.silent {
		if known && src.IsValid() && !src.IsUnspecified() {
			s.learn(now, src, mac, false)
		}
		return
	}
	if src.IsUnspecified() {
		if !known {
			s.advertise(broadcast6, allNodes, false)
		}
		return
	}
	if known {
		s.learn(now, src, mac, true)
	} else if e := s.find(src); e != nil && e.known {
		mac = e.mac
	} else {
		return // a solicitation without an address to answer to comes from one that we know
	}
	s.advertise(mac, src, true)
}

// advertised takes note of a neighbour advertisement. RFC 4861 section 7.2.5.
func (s *Station) advertised(now time.Duration, m *layers.ICMPv6NeighborAdvertisement) {
	target, _ := netip.AddrFromSlice(m.TargetAddress)
	mac, ok := linkAddress(m.Options, layers.ICMPv6OptTargetAddress)
	if !ok {
		return
	}
	if target == s.cfg.IP {
		s.claimed(mac)
		return
	}
	if e := s.find(target); e != nil && e.known && e.mac != mac && !m.Override() {
		return
	}
	s.learn(now, target, mac, false)
}

// icmp6 sends an ICMPv6 message.
func (s *Station) icmp6(to MAC, from, dst netip.Addr, kind uint8, body gopacket.SerializableLayer) {
	ip := &layers.IPv6{
		Version: 6, NextHeader: layers.IPProtocolICMPv6, HopLimit: ndpHops, SrcIP: net.IP(from.AsSlice()), DstIP: net.IP(dst.AsSlice()),
	}
	icmp := &layers.ICMPv6{TypeCode: layers.CreateICMPv6TypeCode(kind, 0)}
	if err := icmp.SetNetworkLayerForChecksum(ip); err != nil {
		panic("BUG: an IPv6 header is no base of a checksum: " + err.Error())
	}
	s.send(s.ethernet(to, layers.EthernetTypeIPv6), ip, icmp, body)
}

// advertise says that the address is here.
func (s *Station) advertise(to MAC, dst netip.Addr, asked bool) {
	flags := uint8(flagOverride)
	if asked {
		flags |= flagSolicited
	}
	s.icmp6(to, s.cfg.IP, dst, layers.ICMPv6TypeNeighborAdvertisement, &layers.ICMPv6NeighborAdvertisement{
		Flags: flags, TargetAddress: net.IP(s.cfg.IP.AsSlice()),
		Options: layers.ICMPv6Options{{Type: layers.ICMPv6OptTargetAddress, Data: s.cfg.MAC[:]}},
	})
}

// solicit asks where target is: its group, or the one that was there last.
func (s *Station) solicit(target, from netip.Addr, last *MAC) {
	m := &layers.ICMPv6NeighborSolicitation{TargetAddress: net.IP(target.AsSlice())}
	if !from.IsUnspecified() {
		m.Options = layers.ICMPv6Options{{Type: layers.ICMPv6OptSourceAddress, Data: s.cfg.MAC[:]}}
	}
	dst := solicitedNode(target)
	to := groupMAC(dst)
	if last != nil {
		dst, to = target, *last
	}
	s.icmp6(to, from, dst, layers.ICMPv6TypeNeighborSolicitation, m)
}
