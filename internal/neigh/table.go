package neigh

import (
	"net/netip"
	"time"
)

// entry is what is known of one address on the link.
type entry struct {
	ip    netip.Addr
	mac   MAC
	known bool          // mac means something
	until time.Duration // it is believed without asking
	asked int           // questions since the last answer
	ask   time.Duration // when to ask again, if asked is not 0
	lost  bool          // nobody answered
}

// maxEntries bounds the table: what a flood of strangers can make of it. The oldest of them goes.
const maxEntries = 1024

func (s *Station) find(ip netip.Addr) *entry {
	for _, e := range s.table {
		if e.ip == ip {
			return e
		}
	}
	return nil
}

// enter is find, or a new entry.
func (s *Station) enter(ip netip.Addr) *entry {
	e := s.find(ip)
	if e == nil {
		e = &entry{ip: ip}
		if len(s.table) == maxEntries {
			s.table = s.table[1:]
		}
		s.table = append(s.table, e)
	}
	return e
}

// learn takes note of where ip is; an address that nobody asked for only if create says so.
func (s *Station) learn(now time.Duration, ip netip.Addr, mac MAC, create bool) {
	e := s.find(ip)
	if e == nil {
		if !create || s.cfg.Subnet.IsValid() && !s.cfg.Subnet.Contains(ip) && !ip.IsLinkLocalUnicast() {
			return
		}
		e = s.enter(ip)
	}
	*e = entry{ip: ip, mac: mac, known: true, until: now + s.cfg.Fresh}
}

// NextHop is the address that frames to ip are sent to: its own if it is on the link, else that of the gateway.
func (s *Station) NextHop(ip netip.Addr) netip.Addr {
	ip = ip.Unmap()
	if s.cfg.Gateway.IsValid() && s.cfg.Subnet.IsValid() && !s.cfg.Subnet.Contains(ip) && !ip.IsLinkLocalUnicast() {
		return s.cfg.Gateway
	}
	return ip
}

// Lookup is where frames to ip go. If that is not known, or no longer sure, the station begins to ask; ok is false as
// long as there is no answer at all.
func (s *Station) Lookup(now time.Duration, ip netip.Addr) (mac MAC, ok bool) {
	e := s.enter(s.NextHop(ip))
	// A question would say that the address is here.
	if !s.silent && e.asked == 0 && (!e.known || now >= e.until) {
		e.lost = false
		s.question(now, e)
	}
	return e.mac, e.known
}

// Unreachable tells that all questions for ip were in vain. Lookup begins anew.
func (s *Station) Unreachable(ip netip.Addr) bool {
	e := s.find(s.NextHop(ip))
	return e != nil && e.lost
}

// question asks for an entry: everybody, or, if it was known, the one who had it. RFC 4861 section 7.3.1 does the same
// for IPv6, RFC 1122 section 2.3.2.1 for IPv4.
func (s *Station) question(now time.Duration, e *entry) {
	e.asked++
	e.ask = now + s.cfg.Retry
	if e.ip.Is4() {
		to := ethBroadcast
		if e.known {
			to = e.mac
		}
		s.sendARP(1, to, s.cfg.IP, MAC{}, e.ip)
		return
	}
	var last *MAC
	if e.known {
		last = &e.mac
	}
	s.solicit(e.ip, s.cfg.IP, last)
}

// Tick lets time pass: it asks again, or gives up.
func (s *Station) Tick(now time.Duration) {
	for _, e := range s.table {
		if e.asked == 0 || now < e.ask {
			continue
		}
		if e.asked < s.cfg.Tries && !s.silent {
			s.question(now, e)
			continue
		}
		*e = entry{ip: e.ip, lost: true}
	}
}

// Next is when Tick has something to do; ok is false if it has not.
func (s *Station) Next() (at time.Duration, ok bool) {
	for _, e := range s.table {
		if e.asked != 0 && (!ok || e.ask < at) {
			at, ok = e.ask, true
		}
	}
	return at, ok
}
