package neigh

import (
	"net"
	"net/netip"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// ttl is the time to live of what this station sends, where a standard says nothing else.
const ttl = 64

// inputICMPv4 answers a ping. RFC 792.
func (s *Station) inputICMPv4(eth *layers.Ethernet, ip *layers.IPv4, icmp *layers.ICMPv4) {
	dst, _ := netip.AddrFromSlice(ip.DstIP.To4())
	whole := ip.Flags&layers.IPv4MoreFragments == 0 && ip.FragOffset == 0
	if icmp.TypeCode != layers.CreateICMPv4TypeCode(layers.ICMPv4TypeEchoRequest, 0) || dst != s.cfg.IP || s.silent || !whole || !sound(icmp) {
		return
	}
	s.send(s.ethernet(MAC(eth.SrcMAC), layers.EthernetTypeIPv4),
		&layers.IPv4{
			Version: 4, TTL: ttl, TOS: ip.TOS, Id: ip.Id, Protocol: layers.IPProtocolICMPv4,
			SrcIP: net.IP(s.cfg.IP.AsSlice()), DstIP: ip.SrcIP,
		},
		&layers.ICMPv4{TypeCode: layers.CreateICMPv4TypeCode(layers.ICMPv4TypeEchoReply, 0), Id: icmp.Id, Seq: icmp.Seq},
		gopacket.Payload(icmp.Payload))
}

// echo6 answers a ping. RFC 4443 section 4.2.
func (s *Station) echo6(eth *layers.Ethernet, ip *layers.IPv6, icmp *layers.ICMPv6) {
	dst, _ := netip.AddrFromSlice(ip.DstIP)
	src, _ := netip.AddrFromSlice(ip.SrcIP)
	if dst != s.cfg.IP || s.silent || src.IsUnspecified() || src.IsMulticast() {
		return
	}
	// Identifier, number and data come back as they came.
	s.icmp6(MAC(eth.SrcMAC), s.cfg.IP, src, layers.ICMPv6TypeEchoReply, gopacket.Payload(icmp.Payload))
}
