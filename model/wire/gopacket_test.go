package wire_test

import (
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"pgregory.net/rapid"

	"github.com/godwit-rdma/godwit/model/wire"
)

// libraryFrame has gopacket build everything below the BTH, checksums included.
func libraryFrame(t *rapid.T, p *wire.Packet, transport []byte) (frame []byte, udpSum uint16) {
	eth := &layers.Ethernet{DstMAC: p.DstMAC[:], SrcMAC: p.SrcMAC[:], EthernetType: layers.EthernetTypeIPv4}
	udp := &layers.UDP{SrcPort: layers.UDPPort(p.SrcPort), DstPort: 4791}
	var ip gopacket.SerializableLayer
	if p.V6 {
		eth.EthernetType = layers.EthernetTypeIPv6
		l := &layers.IPv6{Version: 6, TrafficClass: p.TClass, FlowLabel: p.FlowLabel, NextHeader: layers.IPProtocolUDP,
			HopLimit: p.TTL, SrcIP: p.SrcIP[:], DstIP: p.DstIP[:]}
		if err := udp.SetNetworkLayerForChecksum(l); err != nil {
			t.Fatal(err)
		}
		ip = l
	} else {
		l := &layers.IPv4{Version: 4, TOS: p.TClass, Id: p.IPID, TTL: p.TTL, Protocol: layers.IPProtocolUDP,
			SrcIP: p.SrcIP[12:], DstIP: p.DstIP[12:]}
		if p.DF {
			l.Flags |= layers.IPv4DontFragment
		}
		if p.ResvFlag {
			l.Flags |= layers.IPv4EvilBit
		}
		if err := udp.SetNetworkLayerForChecksum(l); err != nil {
			t.Fatal(err)
		}
		ip = l
	}
	buf := gopacket.NewSerializeBuffer()
	opts := gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}
	if err := gopacket.SerializeLayers(buf, opts, eth, ip, udp, gopacket.Payload(transport)); err != nil {
		t.Fatal(err)
	}
	// gopacket pads to 60 bytes; we leave that to the link.
	return buf.Bytes()[:min(len(buf.Bytes()), p.Len())], udp.Checksum
}

// TestGopacket: Ethernet, IP and UDP are byte for byte what gopacket builds, with the UDP checksum that it computes.
func TestGopacket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPacket(t, draw(t, rapid.SampledFrom(opcodes()), "opcode"))
		at := bth4
		if p.V6 {
			at = bth6
		}
		want, sum := libraryFrame(t, p, p.Append(nil)[at:])
		p.UDPSum = sum
		if d := wire.Diff(want, p.Append(nil)); d != "" {
			t.Fatalf("want gopacket's, got ours\n%s", d)
		}
	})
}
