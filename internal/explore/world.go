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

// End is one of the two endpoints of a world.
type End struct {
	// Work is what it sends.
	Work []Message
	// Places are where it is: the first at the beginning, the others one after the other as it moves. It may come home.
	Places []uint8
	// Receiver: it stays in RTR and sends nothing.
	Receiver bool
}

// World says what there is and what may happen.
type World struct {
	Name, Doc string
	Ends      [2]End
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
	SameQPN  bool
	// Checks are the properties to check; 0 = all.
	Checks Property
	// Deep: it takes minutes, so that no test searches it.
	Deep bool
}

const (
	maxPlaces = 6
	mtu       = 256
	goodKey   = 0x4d
	// Message n writes and reads at farVA and brings what it reads to nearVA, each n << slotLog further on; receives are
	// at recvVA, and atomics are all on the word at wordVA.
	farVA, nearVA, recvVA, wordVA = 0x10000, 0x20000, 0x30000, 0x40000
	slotLog                       = 12
	maxMessages                   = 4
)

func address(place uint8) [16]byte { return wire.MapIPv4([4]byte{10, 0, 0, place + 1}) }

func placeOf(ip [16]byte) (uint8, bool) {
	p := ip[15] - 1
	return p, p < maxPlaces && address(p) == ip
}

// first is the PSN that an end begins with.
func (w *World) first(end int) psn.PSN { return psn.New(w.FirstPSN[end]) }

// budget is the retries: more than there are losses and early timers.
func (w *World) budget() uint8 { return uint8(min(7, w.Losses+w.Early+2)) }

// create makes the context of an end in the beginning.
func (w *World) create(end int) abi.QPC {
	e, peer := &w.Ends[end], &w.Ends[1-end]
	c := abi.QPC{
		QPN: 0x100, RemoteQPN: 0x100, State: abi.StateRTS, PMTU: 1, PKey: 0xffff, Access: abi.AccessRemoteWrite,
		SQSigAll: true, SQLog: 3, RQLog: 3, Timeout: 1, RetryCnt: w.budget(), RNRRetry: 7, MinRNR: 1,
		UDPSport: 0xc000, SQBase: 0x1000, RQBase: 0x2000, RemoteIP: address(peer.Places[0]),
		UnaPSN: w.first(end), NextPSN: w.first(end), MaxPSN: w.first(end), HeadPSN: w.first(end), EPSN: w.first(1 - end),
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
		c.RemoteQPN += uint32(1-end) << 8
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
	c.RQPI = uint16(w.receives(end))
	if w.Late != 0 {
		c.RNRRetry = w.patience()
		c.RNRLeft = c.RNRRetry
		if end == 0 {
			c.RQPI -= uint16(w.Late)
		}
	}
	return c
}

// receives is how many receives an end needs.
func (w *World) receives(end int) (n int) {
	for _, m := range w.Ends[1-end].Work {
		if m.receives() {
			n++
		}
	}
	return n
}

// patience is the RNR retries: each wait for a receive ends with one there, unless its timer is early, and a packet that
// is sent or arrives again may find none again.
func (w *World) patience() uint8 { return uint8(min(6, w.Losses+w.Early+w.Dups+2)) }

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

// placeEnd tells which end has a place.
func (w *World) placeEnd(place uint8) int {
	for _, p := range w.Ends[0].Places {
		if p == place {
			return 0
		}
	}
	return 1
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
