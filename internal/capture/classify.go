package capture

import (
	"encoding/binary"
	"fmt"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Classify names the protocol of a frame and tells whether it is RoCEv2: UDP to port 4791. It is generous where package
// wire is strict (VLAN tags, IP options, extension headers, wrong lengths), so that a broken RoCEv2 frame is still
// one. Names are "rocev2", "arp", "icmp", "icmp6", "tcp", "udp", "fragment", "ip proto 2", "ethertype 0x88cc", "llc"
// and, for what is not even Ethernet, "undecodable".
func Classify(frame []byte) (name string, roce bool) {
	name = "undecodable"
	p := gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.DecodeOptions{NoCopy: true})
	for _, layer := range p.Layers() {
		switch l := layer.(type) {
		case *layers.Ethernet:
			name = etherName(l.EthernetType)
		case *layers.Dot1Q:
			name = etherName(l.Type)
		case *layers.ARP:
			return "arp", false
		case *layers.IPv4:
			name = fmt.Sprintf("ip proto %d", uint8(l.Protocol))
		case *layers.IPv6:
			name = fmt.Sprintf("ip proto %d", uint8(l.NextHeader))
		case *gopacket.Fragment, *layers.IPv6Fragment:
			return "fragment", false
		case *layers.ICMPv4:
			return "icmp", false
		case *layers.ICMPv6:
			return "icmp6", false
		case *layers.TCP:
			return "tcp", false
		case *layers.UDP:
			if l.DstPort == abi.RoCEPort || udpPort(p) == abi.RoCEPort {
				return "rocev2", true
			}
			return "udp", false
		case *gopacket.DecodeFailure:
			if udpPort(p) == abi.RoCEPort {
				return "rocev2", true
			}
			return name, false // As far as it could be decoded.
		}
	}
	return name, false
}

func etherName(t layers.EthernetType) string {
	if t == layers.EthernetTypeLLC {
		return "llc"
	}
	return fmt.Sprintf("ethertype %#04x", uint16(t))
}

// udpPort is the destination port in the bytes behind the last IP header when that announces UDP, else 0: the library
// gives none when the rest of the UDP header is missing or wrong.
func udpPort(p gopacket.Packet) uint16 {
	var next layers.IPProtocol
	var body []byte
	switch l := p.NetworkLayer().(type) {
	case *layers.IPv4:
		next, body = l.Protocol, l.Payload
	case *layers.IPv6:
		next, body = l.NextHeader, l.Payload
	}
	if next != layers.IPProtocolUDP || len(body) < 4 {
		return 0
	}
	return binary.BigEndian.Uint16(body[2:])
}
