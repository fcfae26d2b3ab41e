package capture_test

import (
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
)

func build(t *testing.T, parts ...gopacket.SerializableLayer) []byte {
	buf := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(buf, gopacket.SerializeOptions{FixLengths: true}, parts...); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestClassify(t *testing.T) {
	eth := func(kind layers.EthernetType) *layers.Ethernet {
		return &layers.Ethernet{SrcMAC: make([]byte, 6), DstMAC: make([]byte, 6), EthernetType: kind}
	}
	v4 := func(p layers.IPProtocol) *layers.IPv4 {
		return &layers.IPv4{Version: 4, Protocol: p, SrcIP: make([]byte, 4), DstIP: make([]byte, 4)}
	}
	v6 := func(p layers.IPProtocol) *layers.IPv6 {
		return &layers.IPv6{Version: 6, NextHeader: p, SrcIP: make([]byte, 16), DstIP: make([]byte, 16)}
	}
	roce := between(false, abi.OpSendOnly).Append(nil)
	options := v4(layers.IPProtocolUDP)
	options.Options = []layers.IPv4Option{{OptionType: 1}, {OptionType: 1}, {OptionType: 1}, {OptionType: 0}}
	fragment := v4(layers.IPProtocolUDP)
	fragment.Flags = layers.IPv4MoreFragments
	for _, c := range []struct {
		name  string
		roce  bool
		frame []byte
	}{
		{"rocev2", true, roce},
		{"rocev2", true, tagged(roce)},
		{"rocev2", true, between(true, abi.OpSendOnly).Append(nil)},
		{"rocev2", true, build(t, eth(layers.EthernetTypeIPv4), options, &layers.UDP{DstPort: 4791})},
		{"udp", false, build(t, eth(layers.EthernetTypeIPv4), v4(layers.IPProtocolUDP), &layers.UDP{SrcPort: 4791, DstPort: 53})},
		{"tcp", false, build(t, eth(layers.EthernetTypeIPv4), v4(layers.IPProtocolTCP), &layers.TCP{DstPort: 4791})},
		{"fragment", false, build(t, eth(layers.EthernetTypeIPv4), fragment, &layers.UDP{DstPort: 4791})},
		{"icmp", false, build(t, eth(layers.EthernetTypeIPv4), v4(layers.IPProtocolICMPv4), &layers.ICMPv4{TypeCode: 0x0800})},
		{"icmp6", false, build(t, eth(layers.EthernetTypeIPv6), v6(layers.IPProtocolICMPv6), &layers.ICMPv6{TypeCode: 0x8000})},
		{"ip proto 200", false, build(t, eth(layers.EthernetTypeIPv4), v4(200), gopacket.Payload("x"))},
		{"ip proto 201", false, build(t, eth(layers.EthernetTypeIPv6), v6(201), gopacket.Payload("x"))},
		{"ethertype 0x8915", false, build(t, eth(0x8915), gopacket.Payload(make([]byte, 46)))},
		{"llc", false, build(t, eth(layers.EthernetTypeLLC), gopacket.Payload(make([]byte, 46)))},
		{"undecodable", false, roce[:13]},
		{"undecodable", false, nil},
	} {
		if name, is := capture.Classify(c.frame); name != c.name || is != c.roce {
			t.Errorf("%q, %v; want %q, %v, for % x", name, is, c.name, c.roce, c.frame)
		}
	}
}
