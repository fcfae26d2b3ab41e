package fuzz

import (
	"fmt"

	"pgregory.net/rapid"
)

// program is what a run of two or three hosts does. It is drawn whole before anything is executed, and its commands
// are total: one that makes no sense where it stands does nothing, so that whatever a shrinker leaves is a program.
// In every field 0 is the simplest value: no fault, no delay, no move.
type program struct {
	Seed     int
	Hosts    int // beyond two
	Conns    []conn
	Together bool // connections share their containers
	IPv6     bool // hosts have IPv6 addresses, where NICs can
	Faults   [2]chance
	Commands []command
}

// conn is the choices of a connection.
type conn struct {
	MTU, Timeout, Lease, Announce int // indices and ticks beyond the least
	PSNA, PSNB                    int // distance before the wrap
	Key                           bool
	PKey                          int  // of partitions
	SRQ, ECN                      bool // of NICs that have them
	Type                          int  // of transports, likewise
}

// transports are the types of queue pairs.
var transports = [...]string{"rc", "uc", "ud"}

// chance are random faults, in 1000, and the microseconds more than the usual that a packet may be late.
type chance struct{ Loss, Dup, Reorder, Corrupt, By, Mark int }

func (c chance) none() bool { return c.Loss+c.Dup+c.Reorder+c.Corrupt == 0 }

type kind int

// Kinds of commands.
const (
	wait     kind = iota // let Arg microseconds pass
	send                 // SEND Arg bytes, with immediate data or without
	write                // WRITE Arg bytes, with immediate data or without, or READ them, or an atomic
	recv                 // post Count receives
	migrate              // take the next step of the migration of a container
	rollback             // call the migration off
	clear                // forward and release what can be
	burst                // lose everything between two hosts for Arg/8 microseconds
	resize               // give a container's completion queue another size, none too small, on NICs that can
	kinds
)

type command struct {
	Kind  kind
	Conn  int
	Side  int
	Host  int // where to go, counted from the host that the container is at
	Count int
	Arg   int
	Other int  // which other operation than SEND or WRITE, for NICs that have them
	Fence bool // it waits for the READs and atomics before it
	Wait  int  // microseconds to wait after it
}

// Limits of what a program does, so that its messages fit the regions.
const (
	regionBytes = 24576
	recvBytes   = 3000
	maxRecvs    = regionBytes / recvBytes
	psnMask     = 1<<24 - 1
)

// programs draws programs.
func programs() *rapid.Generator[program] {
	return rapid.Custom(func(t *rapid.T) program {
		p := program{
			Seed:     rapid.IntRange(0, 1<<20).Draw(t, "seed"),
			Hosts:    rapid.IntRange(0, 2).Draw(t, "hosts"),
			Together: rapid.Bool().Draw(t, "together"),
			IPv6:     rapid.IntRange(0, 3).Draw(t, "ipv6") == 3,
		}
		for range rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "conns") {
			p.Conns = append(p.Conns, conns().Draw(t, "conn"))
		}
		// Fuzzing without faults is not worth much, and neither is fuzzing with all of them at once.
		for i := range p.Faults {
			p.Faults[i] = chances().Draw(t, "faults")
		}
		// A slice has about six elements: a slice of slices makes a program of some length, and still shrinks to one.
		for _, part := range rapid.SliceOfN(rapid.SliceOfN(commands(), 1, 16), 1, 16).Draw(t, "commands") {
			p.Commands = append(p.Commands, part...)
		}
		return p
	})
}

func conns() *rapid.Generator[conn] {
	return rapid.Custom(func(t *rapid.T) conn {
		return conn{
			MTU:      rapid.IntRange(0, 2).Draw(t, "mtu"),
			Timeout:  rapid.IntRange(0, 4).Draw(t, "timeout"),
			Lease:    rapid.IntRange(0, 14).Draw(t, "lease"),
			Announce: rapid.IntRange(0, 14).Draw(t, "announce"),
			PSNA:     rapid.IntRange(0, 12).Draw(t, "psna"),
			PSNB:     rapid.IntRange(0, 12).Draw(t, "psnb"),
			Key:      rapid.Bool().Draw(t, "key"),
			PKey:     rapid.IntRange(0, len(partitions)-1).Draw(t, "pkey"),
			SRQ:      rapid.Bool().Draw(t, "srq"),
			ECN:      rapid.Bool().Draw(t, "ecn"),
			Type:     rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2}).Draw(t, "type"),
		}
	})
}

func chances() *rapid.Generator[chance] {
	each := func(t *rapid.T, hi int, name string) int {
		if !rapid.Bool().Draw(t, name+"?") {
			return 0
		}
		return rapid.IntRange(0, hi).Draw(t, name)
	}
	return rapid.Custom(func(t *rapid.T) chance {
		return chance{
			each(t, 40, "loss"), each(t, 200, "dup"), each(t, 100, "reorder"), each(t, 20, "corrupt"),
			rapid.SampledFrom([]int{0, 0, 36, 200}).Draw(t, "by"), each(t, 500, "mark"),
		}
	})
}

func commands() *rapid.Generator[command] {
	weighted := []kind{wait, send, migrate, migrate, recv, write, migrate, send, migrate, clear, burst, migrate, send, write, recv, migrate, rollback, resize}
	return rapid.Custom(func(t *rapid.T) command {
		return command{
			Kind:  rapid.SampledFrom(weighted).Draw(t, "kind"),
			Conn:  rapid.IntRange(0, 1).Draw(t, "conn"),
			Side:  rapid.IntRange(0, 1).Draw(t, "side"),
			Host:  rapid.IntRange(0, 3).Draw(t, "host"),
			Count: rapid.IntRange(0, 3).Draw(t, "count"),
			Arg:   rapid.IntRange(0, recvBytes).Draw(t, "arg"),
			Other: rapid.IntRange(0, 4).Draw(t, "other"),
			Fence: rapid.IntRange(0, 3).Draw(t, "fence") == 3,
			Wait:  rapid.SampledFrom([]int{0, 0, 0, 1, 2, 4, 9, 20, 60}).Draw(t, "wait"),
		}
	})
}

// purpose is the first paragraph of a story made of the program.
func purpose(what, class, text string) string {
	return fmt.Sprintf("Found by godwit fuzz %s, and shrunk: %s\n%s", what, class, text)
}
