package record

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Kind is a family of programs.
type Kind struct {
	Name, About string
	draw        func(d *draft)
}

// Kinds are all, in the order of a run.
func Kinds() []Kind {
	return []Kind{
		{"send", "SEND and SEND with immediate of several sizes", func(d *draft) { d.sizes("send", "sendimm") }},
		{"write", "RDMA WRITE, also with immediate, of several sizes", func(d *draft) { d.sizes("write", "writeimm") }},
		{"read", "RDMA READ of several sizes", func(d *draft) { d.sizes("read") }},
		{"atomic", "FETCH_ADD and CMP_SWAP from both sides on the same words", func(d *draft) { d.sizes("cas", "fadd") }},
		{"mixed", "mixed operations from both sides, no faults", func(d *draft) { d.mixed(Faults{}) }},
		{"mixed_loss", "mixed operations, frames are lost", func(d *draft) { d.mixed(Faults{Loss: d.chance()}) }},
		{"mixed_dup_reorder", "mixed operations, frames are doubled and overtaken", func(d *draft) { d.mixed(Faults{Dup: d.chance(), Reorder: d.chance()}) }},
		{"mixed_corrupt", "mixed operations, frames are damaged", func(d *draft) { d.mixed(Faults{Corrupt: d.chance()}) }},
		{"mixed_all", "mixed operations, every fault", func(d *draft) {
			d.mixed(Faults{Loss: d.chance() / 2, Dup: d.chance() / 2, Reorder: d.chance() / 2, Corrupt: d.chance() / 2})
		}},
		{"stream_loss", "a stream of one operation each way, frames are lost", func(d *draft) { d.stream(Faults{Loss: d.chance()}) }},
		{"stream_all", "a stream of one operation each way, every fault", func(d *draft) {
			d.stream(Faults{Loss: d.chance() / 2, Dup: d.chance() / 2, Reorder: d.chance(), Corrupt: d.chance() / 4})
		}},
		{"rnr", "receives come late, behind other work", func(d *draft) { d.late(Faults{}) }},
		{"rnr_loss", "receives come late, frames are lost", func(d *draft) { d.late(Faults{Loss: d.chance(), Dup: d.chance() / 2}) }},
		{"rnr_exhausted", "receives never come, with other work outstanding", func(d *draft) { d.never() }},
		{"retry_exhausted", "the link falls silent", func(d *draft) { d.silence() }},
		{"err_rkey", "a wrong key, with other work outstanding", func(d *draft) { d.wrong("rkey", Faults{}) }},
		{"err_bounds", "beyond the end of the region, with other work outstanding", func(d *draft) { d.wrong("bounds", Faults{}) }},
		{"err_access", "access that the region or the queue pair does not grant", func(d *draft) { d.wrong("access", Faults{}) }},
		{"err_length", "a SEND longer than its receive, with other work outstanding", func(d *draft) { d.wrong("length", Faults{}) }},
		{"err_local", "a local address outside of the region, with other work outstanding", func(d *draft) { d.wrong("local", Faults{}) }},
		{"err_receive", "a receive outside of the region, with other work outstanding", func(d *draft) { d.wrong("receive", Faults{}) }},
		{"err_misaligned", "atomics at odd addresses, with other work outstanding", func(d *draft) { d.wrong("misaligned", Faults{}) }},
		{"err_loss", "any error, frames are lost, doubled and overtaken", func(d *draft) {
			d.wrong([]string{"rkey", "bounds", "access", "length", "local", "receive"}[d.rng.IntN(6)], Faults{Loss: d.chance(), Dup: d.chance() / 2, Reorder: d.chance() / 2})
		}},
	}
}

// draw draws the program of a kind from a seed.
func (k *Kind) program(name string, mtu int, seed, n uint64) *Program {
	d := &draft{Program: &Program{Name: name, About: k.About}, rng: rand.New(rand.NewPCG(seed, n))}
	d.spread = []int{0, 8000, 100_000}[d.rng.IntN(3)]
	d.Attr = Attr{
		MTU: mtu, Timeout: uint8(12 + d.rng.IntN(5)), Retry: 7, RNR: 7, MinRNR: uint8(1 + d.rng.IntN(16)), RdAtomic: uint8(1 + d.rng.IntN(8)),
		QPAccess: Full, RegionAccess: Full, SendWords: 256, ReceiveBuffer: 256,
	}
	if d.rng.IntN(2) == 0 {
		d.Attr.RdAtomic = 8
	}
	k.draw(d)
	if d.Faults != (Faults{}) {
		d.Faults.Seed = d.rng.Uint64N(1 << 32)
	}
	return d.Program
}

// chance is how often something happens to a frame: from now and then to every eighth.
func (d *draft) chance() float64 { return float64(1+d.rng.IntN(24)) / 200 }

// sizes posts the given operations with all sizes that matter, from one side or both.
func (d *draft) sizes(from ...string) {
	d.Attr.Timeout = 18
	d.begin()
	mtu := d.Attr.MTU
	first := d.rng.IntN(3)
	for i, n := range []int{0, 1, 64, mtu - 1, mtu, mtu + 1, 2 * mtu, 5*mtu + 3, 30_000} {
		for side := range 2 {
			if first == 1-side {
				continue
			}
			op := from[d.rng.IntN(len(from))]
			switch op {
			case "cas", "fadd":
				d.some(side, op)
			case "send", "sendimm":
				d.post(side, op, side*(regionSize/2)+i*10_000, n, "0", d.imm(op), 0)
			case "read":
				d.post(side, op, 300_000, n, at(i*10_000), 0, 0)
			default:
				d.post(side, op, side*(regionSize/2)+i*10_000, n, at(100_000+i*20_000), d.imm(op), 0)
			}
		}
	}
	d.enough(nil, 32_768)
	d.end(10_000)
}

func (d *draft) mixed(f Faults) {
	d.Faults = f
	d.tight()
	d.mix(30+d.rng.IntN(70), d.palette())
	d.enough(nil, receiveN)
	rest := d.Steps
	d.Steps = nil
	d.begin()
	d.Steps = append(d.Steps, rest...)
	d.end(20_000)
}

// tight draws few retries now and then.
func (d *draft) tight() {
	if d.rng.IntN(4) == 0 {
		d.Attr.Retry = uint8(d.rng.IntN(7))
	}
	if d.rng.IntN(4) == 0 {
		d.Attr.Timeout = uint8(8 + d.rng.IntN(4))
	}
}

// palette draws which operations there are: mostly all.
func (d *draft) palette() []string {
	if d.rng.IntN(3) != 0 {
		return ops
	}
	var out []string
	for len(out) < 2 {
		out = append(out, ops[d.rng.IntN(len(ops))])
	}
	return out
}

func (d *draft) stream(f Faults) {
	d.Faults = f
	d.tight()
	op := [2]string{ops[d.rng.IntN(len(ops))], ops[d.rng.IntN(len(ops))]}
	n := d.Attr.MTU * (1 + d.rng.IntN(6))
	for i := range 12 + d.rng.IntN(24) {
		for side := range 2 {
			switch op[side] {
			case "cas", "fadd":
				d.some(side, op[side])
			case "send", "sendimm":
				d.post(side, op[side], i*1000, min(n, receiveN), "0", d.imm(op[side]), 0)
			default:
				d.post(side, op[side], side*(regionSize/2)+i*1000, n, at(i*1000), d.imm(op[side]), 0)
			}
		}
	}
	d.enough(nil, receiveN)
	d.end(20_000)
}

func (d *draft) late(f Faults) {
	d.Faults = f
	d.Attr.MinRNR = uint8(8 + d.rng.IntN(8))
	d.begin()
	for range 2 + d.rng.IntN(3) {
		d.mix(4+d.rng.IntN(12), ops)
		d.wait(time.Duration(d.rng.IntN(30)) * time.Millisecond)
		for side := range 2 {
			for d.recvs[side] < d.needs[side] {
				d.receives(side, min(1+d.rng.IntN(4), d.needs[side]-d.recvs[side]), receiveN)
				if d.rng.IntN(2) == 0 {
					d.wait(time.Duration(d.rng.IntN(12)) * time.Millisecond)
				}
			}
		}
	}
	d.end(20_000)
}

func (d *draft) never() {
	d.Attr.RNR = uint8(d.rng.IntN(5))
	d.Attr.MinRNR = uint8(8 + d.rng.IntN(8))
	d.Attr.Retry, d.Attr.Timeout = uint8(d.rng.IntN(4)), 13
	d.begin()
	d.receives(0, 1+d.rng.IntN(8), receiveN)
	d.receives(1, 1+d.rng.IntN(8), receiveN)
	d.mix(20+d.rng.IntN(30), ops)
	d.end(4000)
}

func (d *draft) silence() {
	d.Faults.Silence = 1 + d.rng.IntN(60)
	d.Attr.Retry, d.Attr.Timeout = uint8(d.rng.IntN(6)), uint8(8+d.rng.IntN(7))
	d.begin()
	d.mix(20+d.rng.IntN(30), ops)
	d.enough(nil, receiveN)
	d.end(4000)
}

// wrong makes an error in the midst of other work.
func (d *draft) wrong(what string, f Faults) {
	d.Faults = f
	d.Attr.Retry = uint8(d.rng.IntN(7)) // The other end's work must come to an end, too.
	if f != (Faults{}) {
		d.Attr.Retry = uint8(3 + d.rng.IntN(4))
	}
	d.Attr.Timeout = 13
	before, behind := d.rng.IntN(12), d.rng.IntN(12)
	if d.rng.IntN(3) == 0 {
		before, behind = 0, 0
	}
	from := ops
	if what == "access" {
		missing := RemoteWrite << d.rng.IntN(3)
		from = map[Access][]string{
			RemoteWrite: {"send", "sendimm", "read", "cas", "fadd"}, RemoteRead: {"send", "sendimm", "write", "writeimm", "cas", "fadd"},
			RemoteAtomic: {"send", "sendimm", "write", "writeimm", "read"},
		}[missing]
		switch d.rng.IntN(3) {
		case 0:
			d.Attr.QPAccess &^= missing
		case 1:
			d.Attr.RegionAccess &^= missing
		default:
			d.Attr.QPAccess &^= missing
			d.Attr.RegionAccess &^= missing
		}
	}
	d.mix(before, from)
	side := d.rng.IntN(2)
	d.error(side, what)
	d.mix(behind, from)
	d.enough(nil, receiveN)
	if what == "receive" { // it is the first that is taken
		d.Steps = append([]Step{{Side: 1 - side, Cmd: fmt.Sprintf("recv 1 %d %d", regionSize-10, receiveN)}}, d.Steps...)
		d.recvs[1-side]++
	}
	d.end(4000)
	if d.rng.IntN(2) == 0 {
		for side := range 2 {
			d.some(side, "write")
			d.receives(side, 1, 100)
			d.do(side, "poll 2 300")
			d.do(side, "state")
		}
	}
}

// error posts what goes wrong.
func (d *draft) error(side int, what string) {
	remote := []string{"write", "writeimm", "read", "cas", "fadd"}[d.rng.IntN(5)]
	n := max(d.size(), 1)
	if remote == "cas" || remote == "fadd" {
		n = 8
	}
	switch what {
	case "rkey":
		d.post(side, remote, 0, n, at(wordsAt), 7, 9)
		last := &d.Steps[len(d.Steps)-1]
		last.Cmd = fmt.Sprintf("post %s %d %d @%d %d %d %d", remote, 0, n, wordsAt, d.rng.Uint32(), 7, 9)
	case "bounds":
		off := regionSize - []int{0, n / 2, n - 1}[d.rng.IntN(3)]
		if n == 8 {
			off = regionSize // aligned
		}
		d.post(side, remote, 0, n, at(off), 7, 9)
	case "access":
		switch missing := Full &^ (d.Attr.QPAccess & d.Attr.RegionAccess); missing {
		case RemoteWrite:
			d.post(side, "write", 0, n, at(0), 0, 0)
		case RemoteRead:
			d.post(side, "read", 0, n, at(0), 0, 0)
		default:
			d.post(side, "fadd", fetchedAt, 8, at(wordsAt), 1, 0)
		}
	case "length":
		d.post(side, "send", 0, receiveN+1+d.rng.IntN(3*d.Attr.MTU), "0", 0, 0)
	case "local":
		op := ops[d.rng.IntN(len(ops))]
		if op == "cas" || op == "fadd" {
			n = 8
		}
		d.post(side, op, regionSize-[]int{0, n / 2}[d.rng.IntN(2)], n, at(wordsAt), 7, 9)
	case "receive":
		d.post(side, "send", 0, n+20, "0", 0, 0)
	case "misaligned":
		d.post(side, []string{"cas", "fadd"}[d.rng.IntN(2)], fetchedAt, 8, at(wordsAt+1+d.rng.IntN(7)), 1, 2)
	}
}
