package live

import (
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Direction is a way of frames, as the NIC sees it.
type Direction uint8

// The directions.
const (
	In  Direction = iota // from the attachment to the NIC
	Out                  // from the NIC to the attachment
)

// String returns "in" or "out".
func (d Direction) String() string { return [...]string{"in", "out"}[d] }

// Action is what a fault does to a frame.
type Action uint8

// The actions.
const (
	Drop      Action = iota // the frame is lost
	Duplicate               // the frame comes twice
	Delay                   // the frame is late by Fault.By
	Swap                    // the frame comes behind the next one of its direction, or 10 ms late if there is none
	Corrupt                 // bit Fault.Bit behind the UDP header is flipped
	Mark                    // a router was congested: ECN says CE
)

var actionNames = [...]string{"drop", "duplicate", "delay", "swap", "corrupt", "mark"}

// String is the action in one word.
func (a Action) String() string { return actionNames[a] }

// ParseAction is the action that a word names.
func ParseAction(s string) (Action, error) {
	if i := slices.Index(actionNames[:], s); i >= 0 {
		return Action(i), nil
	}
	return 0, fmt.Errorf("there is no fault %q, only %v", s, actionNames)
}

// swapLimit is how long a frame waits for the one that is to overtake it.
const swapLimit = 10 * time.Millisecond

// Fault is a scripted fault: what happens to certain RoCE frames. The first that acts on a frame is the only one, and
// spares it the faults of chance.
type Fault struct {
	// Name is what one that never acted is reported by, and what captures say.
	Name string
	Dir  Direction
	// Match chooses frames by what is in them; nil is all. It is asked about each RoCE frame that can be parsed.
	Match func(p *wire.Packet) bool
	// Skip is the number of matching frames to leave alone first, Times the number to act on after that; 0 means one,
	// negative all.
	Skip, Times int
	Do          Action
	By          time.Duration
	Bit         uint64
}

// Chance is what happens to RoCE frames by chance, each in 1000 and independent of the others.
type Chance struct {
	// Loss, Dup, Reorder (as Swap), Corrupt and Mark are as the actions.
	Loss, Dup, Reorder, Corrupt, Mark uint16
	// Seed is that of the random numbers.
	Seed uint64
}

func (c Chance) check() error {
	if max(c.Loss, c.Dup, c.Reorder, c.Corrupt, c.Mark) > 1000 {
		return fmt.Errorf("chances are in 1000: loss %d, dup %d, reorder %d, corrupt %d, mark %d", c.Loss, c.Dup, c.Reorder, c.Corrupt, c.Mark)
	}
	return nil
}

type scripted struct {
	Fault
	matched, acted int
}

// held is a frame that comes later.
type held struct {
	frame []byte
	due   time.Time
	swap  bool // or behind the next frame
}

// line is one direction of the link: what passes gets its faults, and goes to emit.
type line struct {
	faults []*scripted
	chance Chance
	rng    fabric.SplitMix
	held   []held // in order of arrival
	parsed wire.Packet
	emit   func(frame []byte)
	tell   func(frame []byte, do Action, what string) // of frames that a fault acts on
}

// pass sends a frame on its way. frame belongs to the line from now on.
func (l *line) pass(now time.Time, frame []byte) {
	if len(l.faults) == 0 && l.chance == (Chance{}) && len(l.held) == 0 {
		l.emit(frame)
		return
	}
	if isRoCE(frame) && !l.scripted(now, frame) {
		l.dice(now, frame)
	} else if !isRoCE(frame) {
		l.emit(frame)
	}
}

// scripted applies the first fault that acts.
func (l *line) scripted(now time.Time, frame []byte) bool {
	if len(l.faults) == 0 || wire.Parse(frame, &l.parsed) != nil {
		return false
	}
	for _, f := range l.faults {
		times := max(f.Times, 1)
		if f.Times >= 0 && f.acted == times || f.Match != nil && !f.Match(&l.parsed) {
			continue
		}
		if f.matched++; f.matched <= f.Skip {
			continue
		}
		f.acted++
		l.act(now, frame, f.Do, f.By, f.Bit, f.Name)
		return true
	}
	return false
}

// dice applies the faults of chance.
func (l *line) dice(now time.Time, frame []byte) {
	roll := func(n uint16) bool { return n != 0 && l.rng.Uint64()%1000 < uint64(n) }
	c := &l.chance
	switch {
	case roll(c.Loss):
		l.act(now, frame, Drop, 0, 0, "chance")
	case roll(c.Corrupt):
		l.act(now, frame, Corrupt, 0, l.rng.Uint64(), "chance")
	case roll(c.Mark):
		l.act(now, frame, Mark, 0, 0, "chance")
	case roll(c.Dup):
		l.act(now, frame, Duplicate, 0, 0, "chance")
	case roll(c.Reorder):
		l.act(now, frame, Swap, 0, 0, "chance")
	default:
		l.behind(frame)
	}
}

// act does to a frame what a fault says.
func (l *line) act(now time.Time, frame []byte, do Action, by time.Duration, bit uint64, name string) {
	l.tell(frame, do, do.String()+" ("+name+")")
	switch do {
	case Drop:
	case Duplicate:
		again := slices.Clone(frame)
		l.behind(frame)
		l.behind(again)
	case Delay:
		l.held = append(l.held, held{frame, now.Add(by), false})
	case Swap:
		l.held = append(l.held, held{frame, now.Add(swapLimit), true})
	case Corrupt:
		flip(frame, bit)
		l.behind(frame)
	case Mark:
		mark(frame)
		l.behind(frame)
	}
}

// behind emits a frame, and those that were to come behind the next one.
func (l *line) behind(frame []byte) {
	l.emit(frame)
	for i := 0; i < len(l.held); {
		if !l.held[i].swap {
			i++
			continue
		}
		h := l.held[i]
		l.held = slices.Delete(l.held, i, i+1)
		l.emit(h.frame)
	}
}

// release emits what is due.
func (l *line) release(now time.Time) {
	for i := 0; i < len(l.held); {
		if l.held[i].due.After(now) {
			i++
			continue
		}
		h := l.held[i]
		l.held = slices.Delete(l.held, i, i+1)
		l.emit(h.frame)
	}
}

// next is when release has something to do.
func (l *line) next() (at time.Time, ok bool) {
	for _, h := range l.held {
		if !ok || h.due.Before(at) {
			at, ok = h.due, true
		}
	}
	return at, ok
}

// udpAt is where the UDP header of a RoCE frame begins, 0 if it is none.
func udpAt(frame []byte) int {
	if len(frame) < wire.EthLen+wire.IPv4Len+wire.UDPLen {
		return 0
	}
	at := 0
	switch ip := frame[wire.EthLen:]; binary.BigEndian.Uint16(frame[12:]) {
	case 0x0800:
		at = wire.EthLen + int(ip[0]&15)*4
		if ip[9] != 17 {
			return 0
		}
	case 0x86dd:
		at = wire.EthLen + wire.IPv6Len
		if ip[6] != 17 {
			return 0
		}
	default:
		return 0
	}
	if len(frame) < at+wire.UDPLen || binary.BigEndian.Uint16(frame[at+2:]) != abi.RoCEPort {
		return 0
	}
	return at
}

// isRoCE tells whether a frame is for the NIC to judge; all others are not its affair.
func isRoCE(frame []byte) bool { return udpAt(frame) != 0 }

// flip flips a bit behind the UDP header, taken modulo their number. What is before is guarded by checks of others.
func flip(frame []byte, bit uint64) {
	from := udpAt(frame) + wire.UDPLen
	if n := uint64(len(frame)-from) * 8; n != 0 {
		bit %= n
		frame[from+int(bit/8)] ^= 1 << (bit % 8)
	}
}

// mark sets the ECN field to CE. RFC 3168 section 5. The ICRC does not cover it.
func mark(frame []byte) {
	ip := frame[wire.EthLen:]
	if ip[0]>>4 == 6 {
		ip[1] |= 0x30
		return
	}
	ip[1] |= 3
	binary.BigEndian.PutUint16(ip[10:], 0)
	sum := uint32(0)
	for i := 0; i < int(ip[0]&15)*4; i += 2 {
		sum += uint32(binary.BigEndian.Uint16(ip[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	binary.BigEndian.PutUint16(ip[10:], ^uint16(sum))
}
