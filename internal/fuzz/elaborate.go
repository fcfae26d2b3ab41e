package fuzz

import (
	"fmt"
	"slices"
	"strings"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/model/driver"
)

// phase is how far the migration of a container is.
type phase int

const (
	running phase = iota
	stopped
	loaded
)

// place is what a program knows of a container.
type place struct {
	phase phase
	at    int // host of the copy that runs, or was stopped
	dst   int // host of the copy that is loaded
	// left are the hosts of stopped copies that do not know yet where their container went, and where that was; tombs
	// those that do.
	left     [][2]int
	tombs    []int
	replaced bool // the loaded copy took the place of a tombstone
	conn     int  // a connection of it, by which operations name it
	side     int
}

// elaboration turns a program into operations.
type elaboration struct {
	p      *program
	brief  int // what times are divided by
	ops    []op.Op
	places []*place
	of     [][2]*place // by connection and side
	sent   [][2]int    // bytes
	writes [][2]int    // bytes
	sends  [][2]int    // SENDs posted
	recvs  [][2]int    // receives posted
}

func hostName(i int) string { return string(rune('a' + i)) }

// operations is the program as a story runs it: what its commands say, then the end of all faults and migrations, and
// the checks that everything arrived.
//
// brief divides times by 4, for NICs whose cycles are dear.
func (p *program) operations(brief bool) []op.Op {
	e := &elaboration{p: p, brief: 1}
	if brief {
		e.brief = 4
	}
	e.begin()
	for i := range p.Commands {
		e.command(&p.Commands[i])
	}
	e.finish()
	return e.ops
}

func (e *elaboration) add(v op.Verb, edit func(o *op.Op)) {
	o := op.Default(v)
	edit(&o)
	e.ops = append(e.ops, o)
}

func (e *elaboration) hosts() int { return e.p.Hosts + 2 }

func (e *elaboration) begin() {
	e.add(op.Seed, func(o *op.Op) { o.Number = e.p.Seed })
	for i := range e.hosts() {
		e.add(op.NIC, func(o *op.Op) {
			if o.At = hostName(i); e.p.IPv6 && e.brief == 1 {
				o.Params.IP = fmt.Sprintf("fd00::%d", i+1)
			}
		})
	}
	for i := range e.p.Conns {
		e.connect(i)
	}
	e.links(e.p.Faults)
}

// connect makes connection number i. Timers are short, because time costs: what they are worth to each other is what
// matters.
func (e *elaboration) connect(i int) {
	c := &e.p.Conns[i]
	calm := e.p.Faults[0].none() && e.p.Faults[1].none() && !e.p.has(burst)
	e.add(op.QP, func(o *op.Op) {
		o.Number, o.From, o.To = i+1, hostName(0), hostName(1)
		o.Conn.MTU = 256 << c.MTU
		o.Conn.Timeout = 3 + c.Timeout%3/e.brief
		if calm && c.Timeout == 4 {
			o.Conn.Timeout = 0 // nothing may depend on it where nothing is lost
		}
		o.Conn.Lease, o.Conn.Announce = 4+c.Lease/e.brief, 4+c.Announce/e.brief
		o.Conn.MinRNR = 1
		o.Conn.PSNA, o.Conn.PSNB = -c.PSNA&psnMask, -c.PSNB&psnMask
		o.Conn.PKeyA, o.Conn.PKeyB = int(partitions[c.PKey][0]), int(partitions[c.PKey][1])
		o.Conn.Mem = regionBytes
		o.Conn.Type = e.transport(i)
		o.Conn.SRQ, o.Conn.ECN = c.SRQ && e.brief == 1, c.ECN && e.brief == 1
		if c.Key {
			o.Conn.KeyA = "000102030405060708090a0b0c0d0e0f"
			o.Conn.KeyB = o.Conn.KeyA
		}
		if e.p.Together && i > 0 {
			o.Conn.With = 1
		}
	})
	var pair [2]*place
	for side := range pair {
		if e.p.Together && i > 0 {
			pair[side] = e.of[0][side]
			continue
		}
		pair[side] = &place{at: side, conn: i, side: side}
		e.places = append(e.places, pair[side])
	}
	e.of = append(e.of, pair)
	e.sent, e.writes = append(e.sent, [2]int{}), append(e.writes, [2]int{})
	e.sends, e.recvs = append(e.sends, [2]int{}), append(e.recvs, [2]int{})
}

func (p *program) has(k kind) bool {
	for i := range p.Commands {
		if p.Commands[i].Kind == k {
			return true
		}
	}
	return false
}

// links sets the faults of all links: one for those that go up in the order of hosts, one for the others.
func (e *elaboration) links(f [2]chance) {
	for from := range e.hosts() {
		for to := range e.hosts() {
			c := f[0]
			if to < from {
				c = f[1]
			}
			if from == to || e.p.Faults[0].none() && e.p.Faults[1].none() && e.p.Faults[0].Mark+e.p.Faults[1].Mark == 0 {
				continue
			}
			e.fault(from, to, c)
		}
	}
}

func (e *elaboration) fault(from, to int, c chance) {
	e.add(op.Faults, func(o *op.Op) {
		o.From, o.To = hostName(from), hostName(to)
		o.Chance = op.Chance{Loss: c.Loss, Dup: c.Dup, Reorder: c.Reorder, Corrupt: c.Corrupt, Mark: c.Mark}
		if c.Dup+c.Reorder != 0 {
			o.Time += op.Cycles(c.By) * op.PerMicrosecond
		}
	})
}

func (e *elaboration) wait(us int) {
	if us = (us + e.brief - 1) / e.brief; us != 0 {
		e.add(op.Run, func(o *op.Op) { o.Time = op.Cycles(us) * op.PerMicrosecond })
	}
}

func (e *elaboration) command(c *command) {
	n := c.Conn % len(e.p.Conns)
	x := e.of[n][c.Side]
	switch c.Kind {
	case wait:
		e.wait(c.Arg / 50)
	case send, write:
		e.send(n, c, x)
	case recv:
		e.recv(n, c.Side, x, c.Count+1, c.Host)
	case migrate:
		e.migrate(x, e.of[n][1-c.Side], c.Host)
	case rollback:
		e.rollback(x)
	case clear:
		e.clear(x, e.of[n][1-c.Side])
	case burst:
		e.burst(n, c)
	case resize:
		e.resize(x, c.Count)
	}
	e.wait(c.Wait)
}

// transport is the type of connection number n.
func (e *elaboration) transport(n int) string {
	if e.brief != 1 {
		return transports[0]
	}
	return transports[e.p.Conns[n].Type]
}

// work is the operation of a command. NICs whose cycles are dear have nothing but SEND and WRITE.
func (e *elaboration) work(n int, c *command) string {
	others := map[kind][]string{ // looked up only
		send: {"send", "send-imm"}, write: {"write", "read", "faa", "cas", "write-imm"},
	}[c.Kind]
	switch {
	case c.Kind == send:
	case e.transport(n) == "uc":
		others = []string{"write", "write-imm"}
	case e.transport(n) == "ud":
		others = []string{"send-imm", "send"}
	}
	if e.brief != 1 {
		return others[0]
	}
	return others[c.Other%len(others)]
}

func (e *elaboration) send(n int, c *command, x *place) {
	if x.phase != running || e.sent[n][c.Side]+max(c.Arg, 8) > regionBytes {
		return
	}
	work := e.work(n, c)
	receives, writes := strings.HasPrefix(work, "send") || work == "write-imm", work == "write" || work == "write-imm"
	if receives && e.sends[n][c.Side] == maxRecvs || writes && e.writes[n][c.Side]+c.Arg > regionBytes {
		return
	}
	e.add(op.PostSend, func(o *op.Op) {
		o.Number, o.At, o.Work.Len, o.Work.Op = n+1, hostName(x.at), c.Arg, work
		o.Work.Unsignaled = c.Count == 3
		o.Work.Fence = c.Fence && e.brief == 1
		if e.brief == 1 {
			o.Work.Solicited = c.Count == 2
			o.Work.SGEs = [...]int{1, 2, 1, 7}[c.Host]
			o.Work.Inline = c.Host == 2 && c.Arg <= driver.MaxInline && (work == "send" || work == "send-imm" || c.Kind == write && writes)
		}
	})
	e.sent[n][c.Side] += max(c.Arg, 8)
	if receives {
		e.sends[n][c.Side]++
	}
	if writes {
		e.writes[n][c.Side] += c.Arg
	}
}

func (e *elaboration) recv(n, side int, x *place, count, buffers int) {
	count = min(count, maxRecvs-e.recvs[n][side])
	if x.phase != running || count <= 0 {
		return
	}
	e.add(op.PostRecv, func(o *op.Op) {
		o.Number, o.At, o.Work.Count, o.Work.Len = n+1, hostName(x.at), count, recvBytes
		if e.brief == 1 {
			o.Work.SGEs = [...]int{1, 3, 16, 2}[buffers]
		}
	})
	e.recvs[n][side] += count
}

// on adds an operation on a container at a host.
func (e *elaboration) on(v op.Verb, x *place, host int, edit func(o *op.Op)) {
	e.add(v, func(o *op.Op) {
		o.Number, o.At = x.conn+1, hostName(host)
		if edit != nil {
			edit(o)
		}
	})
}

// migrate takes the next step of a container's migration: stop, move, activate.
func (e *elaboration) migrate(x, partner *place, choice int) {
	switch x.phase {
	case running:
		e.on(op.Stall, x, x.at, nil)
		x.phase = stopped
	case stopped:
		to, ok := e.destination(x, partner, choice)
		if !ok {
			return
		}
		for _, l := range x.left {
			if l[0] == to {
				e.forward(x)
				break
			}
		}
		e.on(op.Move, x, x.at, func(o *op.Op) { o.At, o.From, o.To = "", hostName(x.at), hostName(to) })
		x.phase, x.dst, x.replaced = loaded, to, slices.Contains(x.tombs, to)
		x.tombs = remove(x.tombs, to)
	case loaded:
		e.on(op.Resume, x, x.dst, nil)
		x.left = append(x.left, [2]int{x.at, x.dst})
		x.phase, x.at = running, x.dst
		e.address(x)
	}
}

// address tells those who send datagrams to a container that moved where it is.
func (e *elaboration) address(x *place) {
	for n := range e.p.Conns {
		for side := range e.of[n] {
			if from := e.of[n][1-side]; e.of[n][side] == x && e.transport(n) == "ud" && from.phase == running {
				e.add(op.Address, func(o *op.Op) { o.Number, o.At, o.To = n+1, hostName(from.at), hostName(x.at) })
			}
		}
	}
}

func remove(list []int, v int) []int {
	var out []int
	for _, x := range list {
		if x != v {
			out = append(out, x)
		}
	}
	return out
}

// destination chooses a host that a stopped container can move to: another one, without a living copy of the partner.
func (e *elaboration) destination(x, partner *place, choice int) (int, bool) {
	for i := range e.hosts() {
		to := (x.at + 1 + choice + i) % e.hosts()
		taken := to == x.at || to == partner.at || partner.phase == loaded && to == partner.dst
		for _, l := range partner.left {
			taken = taken || l[0] == to
		}
		if !taken {
			return to, true
		}
	}
	return 0, false
}

// rollback calls a migration off, which is right as long as the copy was not activated. R10.
func (e *elaboration) rollback(x *place) {
	switch x.phase {
	case running:
		return
	case loaded:
		if x.replaced {
			// The partner may still need the tombstone whose place the copy took. R10a.
			e.on(op.Forward, x, x.dst, func(o *op.Op) { o.To = hostName(x.at) })
			x.tombs = append(x.tombs, x.dst)
		} else {
			e.on(op.Close, x, x.dst, nil)
		}
	}
	e.on(op.Rollback, x, x.at, nil)
	x.phase = running
}

// forward tells all copies left behind where they went.
func (e *elaboration) forward(x *place) {
	for _, l := range x.left {
		e.on(op.Forward, x, l[0], func(o *op.Op) { o.To = hostName(l[1]) })
		x.tombs = append(x.tombs, l[0])
	}
	x.left = nil
}

// clear forwards, and releases tombstones when nothing can keep the RESUME from being acknowledged.
func (e *elaboration) clear(x, partner *place) {
	e.forward(x)
	if x.phase != running || partner.phase != running || len(partner.left) != 0 {
		return
	}
	for _, h := range x.tombs {
		e.on(op.Release, x, h, nil)
	}
	x.tombs = nil
}

// resize gives the completion queue of a container one of four sizes, the least of which holds what all of its work requests
// can complete with.
func (e *elaboration) resize(x *place, size int) {
	if x.phase != running || e.brief != 1 {
		return
	}
	e.on(op.ResizeCQ, x, x.at, func(o *op.Op) { o.Entries = 256 << size })
}

// burst loses all packets between the two ends of a connection for a time shorter than any budget of retries.
func (e *elaboration) burst(n int, c *command) {
	a, b := e.of[n][0].at, e.of[n][1].at
	if a == b {
		return
	}
	all := chance{Loss: 1000}
	e.fault(a, b, all)
	e.fault(b, a, all)
	e.wait(1 + c.Arg/100)
	up, down := min(a, b), max(a, b)
	e.fault(up, down, e.p.Faults[0])
	e.fault(down, up, e.p.Faults[1])
}

// finish ends faults and migrations, lets everything arrive, and checks that it did.
func (e *elaboration) finish() {
	if len(e.p.Commands) != 0 {
		e.links([2]chance{})
	}
	for _, x := range e.places {
		switch x.phase {
		case stopped:
			e.rollback(x)
		case loaded:
			e.migrate(x, nil, 0)
		}
		e.forward(x)
	}
	for n := range e.p.Conns {
		for side, x := range e.of[n] {
			if missing := e.sends[n][1-side] - e.recvs[n][side]; missing > 0 {
				e.recv(n, side, x, missing, missing%4)
			}
		}
	}
	e.add(op.Idle, func(o *op.Op) { o.Time = 40_000_000 })
	for n := range e.p.Conns {
		for _, x := range e.of[n] {
			e.add(op.ExpectState, func(o *op.Op) { o.Number, o.At, o.State = n+1, hostName(x.at), "RTS" })
		}
		e.add(op.ExpectData, func(o *op.Op) { o.Number = n + 1 })
	}
}
