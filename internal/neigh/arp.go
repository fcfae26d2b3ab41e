package neigh

import (
	"net/netip"
	"time"

	"github.com/gopacket/gopacket/layers"
)

var ethBroadcast = MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}

// inputARP handles an ARP packet. RFC 826, "Packet Reception"; RFC 5227 for conflicts.
func (s *Station) inputARP(now time.Duration, a *layers.ARP) {
	if a.AddrType != layers.LinkTypeEthernet || a.Protocol != layers.EthernetTypeIPv4 ||
		len(a.SourceHwAddress) != len(MAC{}) || len(a.SourceProtAddress) != 4 || !s.cfg.IP.Is4() {
		return
	}
	sender, target := netip.AddrFrom4([4]byte(a.SourceProtAddress)), netip.AddrFrom4([4]byte(a.DstProtAddress))
	mac := MAC(a.SourceHwAddress)
	switch {
	case mac[0]&1 != 0:
		return
	case sender == s.cfg.IP:
		s.claimed(mac)
		return
	case target == s.cfg.IP && a.Operation == layers.ARPRequest && sender.IsUnspecified() && s.silent:
		return
	}
	if !sender.IsUnspecified() {
		// Whoever asks for us will be answered by RoCE packets soon; of others only what is known already is renewed.
		s.learn(now, sender, mac, target == s.cfg.IP && !s.silent)
	}
	if a.Operation == layers.ARPRequest && target == s.cfg.IP && !s.silent {
		s.sendARP(layers.ARPReply, mac, s.cfg.IP, mac, sender)
	}
}

// sendARP sends an ARP packet. of is the sender's address in it: unspecified in a probe.
func (s *Station) sendARP(op uint16, to MAC, of netip.Addr, targetMAC MAC, target netip.Addr) {
	own, asked := of.As4(), target.As4()
	s.send(s.ethernet(to, layers.EthernetTypeARP), &layers.ARP{
		AddrType: layers.LinkTypeEthernet, Protocol: layers.EthernetTypeIPv4, Operation: op,
		SourceHwAddress: s.cfg.MAC[:], SourceProtAddress: own[:], DstHwAddress: targetMAC[:], DstProtAddress: asked[:],
	})
}

// announceARP sends both forms of gratuitous ARP: there are stacks that listen to one of them only.
func (s *Station) announceARP() {
	s.sendARP(layers.ARPRequest, ethBroadcast, s.cfg.IP, MAC{}, s.cfg.IP)
	s.sendARP(layers.ARPReply, ethBroadcast, s.cfg.IP, s.cfg.MAC, s.cfg.IP)
}
