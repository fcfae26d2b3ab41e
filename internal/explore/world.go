package explore

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Message is a work request: so many packets of 256 bytes, be they of a READ's response, or one atomic.
type Message struct {
	Op      abi.WROpcode
	Packets int
	// Fence: it waits until READs and atomics before it are answered.
	Fence bool
	// Empty: its one packet has no bytes.
	Empty bool
}

// receives tells whether it takes a receive of the partner's.
func (m Message) receives() bool {
	return m.Op == abi.WROpcodeSend || m.immediate()
}

// immediate tells whether it has immediate data: its number.
func (m Message) immediate() bool {
	return m.Op == abi.WROpcodeSendImm || m.Op == abi.WROpcodeRDMAWriteImm
}

// asks tells whether the partner answers with more than an acknowledgement.
func (m Message) asks() bool {
	switch m.Op {
	case abi.WROpcodeRDMARead, abi.WROpcodeFetchAdd, abi.WROpcodeCmpSwap:
		return true
	}
	return false
}

func (m Message) atomic() bool { return m.asks() && m.Op != abi.WROpcodeRDMARead }

// length is its bytes.
func (m Message) length() int {
	switch {
	case m.Empty:
		return 0
	case m.atomic():
		return 8
	}
	return m.Packets * mtu
}

// End is a queue pair, wherever it is. Ends 2n and 2n+1 are partners. Ends 0 and 2 are of one container; each other is in
// one of its own.
type End struct {
	// Work is what it sends.
	Work []Message
	// Places are where it is, as queue pairs at hosts: 0..2 are those of end 0 at hosts a, b, c, 3..5 those of end 1 at x, y, z,
	// 6..8 those of end 2 at a, b, c, and 9..11 those of end 3 at u, v, w: the first at the beginning, the others one after the other as it moves. It may come home.
	Places []uint8
	// Receiver: it stays in RTR and sends nothing.
	Receiver bool
}

// World says what there is and what may happen.
type World struct {
	Name, Doc string
	Ends      []End
	// Losses, Dups and Early are how many packets may be lost, how many repeated, and how many timers may run out
	// although packets are in flight.
	Losses, Dups, Early int
	// InOrder: packets between two places do not overtake each other.
	InOrder bool
	// Air is how many packets may be in flight before a requester waits.
	Air int
	// Aborts is how often end 0 may be stopped with no other place to go to, and must be rolled back.
	Aborts int
	// Rollbacks: a migration that has not activated its destination may be rolled back, once. Zombies: one that has, too,
	// because its driver is wrong.
	Rollbacks bool
	Zombies   int
	// Crashes is how many hosts may die. Releases: tombstones are destroyed when they may be.
	Crashes  int
	Releases bool
	// Late is how many of the receives of end 0 are posted one at a time, as late as may be: until then there are RNR NAKs.
	Late int
	// Probes is the probes of a lease; 0 means as many as retries.
	Probes uint8
	// NoTimeout: verbs attribute timeout is 0.
	NoTimeout bool
	// Credits is how many READs and atomics may be outstanding; 0 means 2.
	Credits uint8
	// FirstPSN are the first PSNs that the ends send. SameQPN gives both ends one number.
	FirstPSN [2]uint32
	// SRQ: receives are those of the container's shared receive queue.
	SRQ     bool
	SameQPN bool
	// Checks are the properties to check; 0 = all.
	Checks Property
	// Deep: it takes minutes, so that no test searches it.
	Deep bool
}

const (
	maxPlaces = 12
	maxHosts  = 9
	maxEnds   = 4
	mtu       = 256
	goodKey   = 0x4d
	// Message n writes and reads at farVA and brings what it reads to nearVA, each n << slotLog further on; receives are
	// at recvVA, and atomics are all on the word at wordVA.
	farVA, nearVA, recvVA, wordVA = 0x10000, 0x20000, 0x30000, 0x40000
	slotLog                       = 12
	maxMessages                   = 4
)

// host is where a place is.
func host(place uint8) uint8 {
	switch {
	case place >= 9:
		return place - 3
	case place >= 6:
		return place - 6
	}
	return place
}

// placeEnd tells which end has a place.
func placeEnd(place uint8) int { return int(place) / 3 }

// placeAt is the place that an end has at a host, or, where it has none, the end that its partner is.
func placeAt(end int, at uint8) uint8 {
	switch {
	case at >= 6:
		return at + 3
	case at < 3 && end == 2:
		return at + 6
	}
	return at
}

// leads tells whether what is done to the container of an end is done to this end first.
func leads(end int) bool { return end != 2 }

// members are the ends of the container that an end leads.
func (w *World) members(end int) []int {
	if end == 0 && len(w.Ends) > 2 {
		return []int{0, 2}
	}
	return []int{end}
}

// together are the places at a host of the container that the end of a place leads.
func (w *World) together(place uint8) []uint8 {
	if placeEnd(place) == 0 && len(w.Ends) > 2 {
		return []uint8{place, place + 6}
	}
	return []uint8{place}
}

func address(place uint8) [16]byte { return wire.MapIPv4([4]byte{10, 0, 0, host(place) + 1}) }

// hostOf is the host with an address.
func hostOf(ip [16]byte) (uint8, bool) {
	h := ip[15] - 1
	return h, h < maxHosts && ip == wire.MapIPv4([4]byte{10, 0, 0, h + 1})
}

// first is the PSN that an end begins with.
func (w *World) first(end int) psn.PSN { return psn.New(w.FirstPSN[end&1]) }

// budget is the retries: more than there are losses and early timers.
func (w *World) budget() uint8 { return uint8(min(7, w.Losses+w.Early+2)) }

// create makes the context of an end in the beginning.
func (w *World) create(end int) abi.QPC {
	e, peer := &w.Ends[end], &w.Ends[end^1]
	c := abi.QPC{
		QPN: 0x100, RemoteQPN: 0x100, State: abi.StateRTS, PMTU: 1, PKey: 0xffff, Access: abi.AccessRemoteWrite,
		SQSigAll: true, SQLog: 3, RQLog: 3, Timeout: 1, RetryCnt: w.budget(), RNRRetry: 7, MinRNR: 1,
		UDPSport: 0xc000, SQBase: 0x1000, RQBase: 0x2000, RemoteIP: address(peer.Places[0]),
		UnaPSN: w.first(end), NextPSN: w.first(end), MaxPSN: w.first(end), HeadPSN: w.first(end), EPSN: w.first(end ^ 1),
		RetryLeft: w.budget(), RNRLeft: 7,
		MigCapable: true, MigLease: 1, MigAnnounce: 1, MigProbeLimit: w.budget(),
		// Two more: one may go to the partner's tombstone while its answer is refused because the address has changed,
		// and one may be overtaken by what makes it look old.
		MigResumeLimit: w.budget() + 2,
	}
	if w.Probes != 0 {
		c.MigProbeLimit = w.Probes
	}
	if !w.SameQPN {
		c.QPN += uint32(end) << 8
		c.RemoteQPN += uint32(end^1) << 8
	}
	if w.asks() {
		c.Access |= abi.AccessRemoteRead | abi.AccessRemoteAtomic
		c.MaxRdAtomic, c.MaxDestRdAtomic = w.credits(), w.credits()
	}
	if w.NoTimeout {
		c.Timeout = 0
	}
	if e.Receiver {
		c.State = abi.StateRTR
	}
	if c.RQPI = uint16(w.receives(end)); w.SRQ {
		c.RQPI, c.UseSRQ = 0, true
	}
	if w.Late != 0 {
		c.RNRRetry = w.patience()
		c.RNRLeft = c.RNRRetry
		if end == 0 && !w.SRQ {
			c.RQPI -= uint16(w.Late)
		}
	}
	return c
}

// receives is how many receives an end needs.
func (w *World) receives(end int) (n int) {
	for _, m := range w.Ends[end^1].Work {
		if m.receives() {
			n++
		}
	}
	return n
}

// stock is how many receives the container that an end leads needs.
func (w *World) stock(end int) (n int) {
	for _, e := range w.members(end) {
		n += w.receives(e)
	}
	return n
}

// patience is the RNR retries: each wait for a receive ends with one there, unless its timer is early, and a packet that
// is sent or arrives again may find none again.
func (w *World) patience() uint8 { return uint8(min(6, w.Losses+w.Early+w.Dups+len(w.Ends))) }

// start is the position in an end's stream of packets where message n begins; n may be the number of messages.
func (e *End) start(n int) int {
	at := 0
	for _, m := range e.Work[:n] {
		at += m.Packets
	}
	return at
}

// at is the message that position pos of an end's stream is of.
func (e *End) at(pos int) (n int) {
	for e.start(n+1) <= pos {
		n++
	}
	return n
}

// atomics is how many of the messages before number n are atomics: what the next one finds.
func (e *End) atomics(n int) (count uint8) {
	for _, m := range e.Work[:n] {
		if m.atomic() {
			count++
		}
	}
	return count
}

// full is what memory.brought is of a message that is answered.
func (m Message) full() uint8 {
	if !m.asks() {
		return 0
	}
	return 1<<m.Packets - 1
}

// asks tells whether there are READs or atomics.
func (w *World) asks() bool {
	for end := range w.Ends {
		for _, m := range w.Ends[end].Work {
			if m.asks() {
				return true
			}
		}
	}
	return false
}

func (w *World) credits() uint8 {
	if w.Credits == 0 {
		return 2
	}
	return w.Credits
}

// wqe is message n of an end as a work queue element.
func (e *End) wqe(n int) abi.WQE {
	m := e.Work[n]
	q := abi.WQE{
		Opcode: m.Op, Flags: abi.WRFlagSignaled, NumSGE: 1, Length: uint32(m.length()), VA: nearVA + uint64(n)<<slotLog, LKey: goodKey,
	}
	if m.immediate() {
		q.Imm = uint32(n)
	}
	if m.Fence {
		q.Flags |= abi.WRFlagFence
	}
	switch {
	case m.atomic():
		q.RemoteVA, q.RKey = wordVA, goodKey
		q.Compare = uint64(e.atomics(n))
		q.Swap = 1
		if m.Op == abi.WROpcodeCmpSwap {
			q.Swap = q.Compare + 1
		}
	case m.Op != abi.WROpcodeSend && m.Op != abi.WROpcodeSendImm:
		q.RemoteVA, q.RKey = farVA+uint64(n)<<slotLog, goodKey
	}
	return q
}

// Find returns the world with a name.
func Find(name string) (World, bool) {
	for _, w := range Worlds() {
		if w.Name == name {
			return w, true
		}
	}
	return World{}, false
}
