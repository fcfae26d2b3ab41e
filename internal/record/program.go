package record

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Program is what both sides do in a scenario, and the link meanwhile. Its words stand for what is known only when the guests
// run: @N in an address is N bytes into the other side's region, KEY its key.
type Program struct {
	Name, About string
	Attr        Attr
	Faults      Faults
	Steps       []Step
}

// Attr are the attributes of both queue pairs.
type Attr struct {
	MTU                      int // 256..4096
	Timeout, Retry, RNR      uint8
	MinRNR, RdAtomic         uint8
	QPAccess, RegionAccess   Access
	SendWords, ReceiveBuffer int // depth of the queues
}

// Access is a set of ibv_access_flags.
type Access uint8

// The bits.
const (
	LocalWrite Access = 1 << iota
	RemoteWrite
	RemoteRead
	RemoteAtomic
	Full = LocalWrite | RemoteWrite | RemoteRead | RemoteAtomic
)

// String is the set as the format has it.
func (a Access) String() string {
	var words []string
	for i, w := range []string{"LOCAL_WRITE", "REMOTE_WRITE", "REMOTE_READ", "REMOTE_ATOMIC"} {
		if a&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, "|")
}

// Faults says how bad the link is, each as a chance by frame.
type Faults struct {
	Loss, Dup, Reorder, Corrupt float64
	Seed                        uint64
	// Silence is how many frames pass, in both directions together, before no more do; 0: all do.
	Silence int
}

// Step is a verb of a side, in the words of the log; or a wait, of which the log has nothing.
type Step struct {
	Side int
	Cmd  string
	Wait time.Duration
}

// regionSize is the size of the one region of each side.
const regionSize = 1 << 20

// Where things are in a region: what is sent, fetched values, receives, the words that atomics work on.
const (
	fetchedAt = 380_000
	receiveAt = 400_000
	receiveN  = 8192
	wordsAt   = 700_000
)

// draft is a program that is being drawn.
type draft struct {
	*Program
	rng    *rand.Rand
	sends  [2]int // work requests posted by side
	recvs  [2]int // receives posted by side
	needs  [2]int // receives that what was posted to a side uses up
	atomic int    // words of fetchedAt used
	spread int    // remote addresses of plain operations are below
}

func (d *draft) do(side int, format string, args ...any) {
	d.Steps = append(d.Steps, Step{Side: side, Cmd: fmt.Sprintf(format, args...)})
}

func (d *draft) wait(t time.Duration) { d.Steps = append(d.Steps, Step{Wait: t}) }

// begin fills what will be sent.
func (d *draft) begin() {
	for side := range 2 {
		d.do(side, "fill %d %d %d", side*(regionSize/2), regionSize/4, d.rng.IntN(256))
	}
}

// receives posts n receives of a size.
func (d *draft) receives(side, n, size int) {
	d.do(side, "recv %d %d %d", n, receiveAt, size)
	d.recvs[side] += n
}

// post posts one work request.
func (d *draft) post(side int, op string, off, n int, raddr string, x, y uint64) {
	key := "KEY"
	if raddr == "0" {
		key = "0"
	}
	d.do(side, "post %s %d %d %s %s %d %d", op, off, n, raddr, key, x, y)
	d.sends[side]++
	if op == "send" || op == "sendimm" || op == "writeimm" {
		d.needs[1-side]++
	}
}

// at is an address in the other side's region.
func at(n int) string { return fmt.Sprintf("@%d", n) }

// ops are the operations of the log format.
var ops = []string{"send", "sendimm", "write", "writeimm", "read", "cas", "fadd"}

// size draws the length of a message: nothing, something, around a packet, several packets.
func (d *draft) size() int {
	mtu := d.Attr.MTU
	return []int{0, 1, 9, 100, mtu - 1, mtu, mtu + 1, 2 * mtu, 2000, 4000, 3*mtu + d.rng.IntN(mtu)}[d.rng.IntN(11)] % (receiveN + 1)
}

// any posts some operation.
func (d *draft) any(side int, from []string) {
	op := from[d.rng.IntN(len(from))]
	d.some(side, op)
}

func (d *draft) some(side int, op string) {
	switch op {
	case "cas", "fadd":
		y := uint64(0)
		if op == "cas" {
			y = 5
		}
		d.post(side, op, fetchedAt+8*(d.atomic%2400), 8, at(wordsAt+8*d.rng.IntN(2)), uint64(d.rng.Uint32N(3)*d.rng.Uint32()), y)
		d.atomic++
	case "send", "sendimm":
		d.post(side, op, d.rng.IntN(100_000), d.size(), "0", d.imm(op), 0)
	default:
		d.post(side, op, d.rng.IntN(100_000), d.size(), at(d.rng.IntN(d.spread+1)), d.imm(op), 0)
	}
}

func (d *draft) imm(op string) uint64 {
	if strings.HasSuffix(op, "imm") {
		return uint64(d.rng.Uint32())
	}
	return 0
}

// mix posts n operations from both sides, a few at a time.
func (d *draft) mix(n int, from []string) {
	for n > 0 {
		side := d.rng.IntN(2)
		for k := min(n, 1+d.rng.IntN(9)); k > 0; k-- {
			d.any(side, from)
			n--
		}
		if d.rng.IntN(8) == 0 {
			d.wait(time.Duration(d.rng.IntN(8)) * time.Millisecond)
		}
	}
}

// enough posts all the receives that the program will need, before its other steps; size is that of each.
func (d *draft) enough(steps []Step, size int) {
	rest := d.Steps
	d.Steps = steps
	for side := range 2 {
		if n := d.needs[side]; n > 0 {
			d.receives(side, n+d.rng.IntN(3), size)
		}
	}
	d.Steps = append(d.Steps, rest...)
}

// end polls what was posted, for ms at most, and asks for the states.
func (d *draft) end(ms int) {
	for side := range 2 {
		if n := d.sends[side] + min(d.needs[side], d.recvs[side]); n > 0 {
			d.do(side, "poll %d %d", n, ms)
		}
	}
	d.do(1, "get64 %d", wordsAt)
	d.do(0, "get64 %d", wordsAt)
	d.do(0, "state")
	d.do(1, "state")
}
