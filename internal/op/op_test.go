package op

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestText: the canonical text of any operation parses to the same operation.
func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawn(t)
		text := o.String()
		got, err := Parse("f", 3, text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got.Line, got.Col = 0, 0
		if got != o {
			t.Fatalf("%q comes back as %q", text, got.String())
		}
	})
}

// drawn is any operation: every value is drawn from a few that its parameter takes.
func drawn(t *rapid.T) Op {
	d := rapid.SampledFrom(verbs).Draw(t, "verb")
	o := Default(d.verb)
	for _, list := range [][]param{d.places, d.keys} {
		for _, p := range list {
			var texts []string
			for _, text := range append([]string{
				p.def, "a", "b2", "0", "1", "7", "99", "256", "4096", "any", "next", "yes", "no", "send", "write", "recv", "RTS", "ERR",
				"50us", "77cycles", "3ms", "none", "000102030405060708090a0b0c0d0e0f", "rkey", "godwit", "migros-poc+R4-deaf",
			}, strings.Fields(strings.TrimPrefix(p.want, "one of "))...) {
				if probe := o; p.set(&probe, text) {
					texts = append(texts, text)
				}
			}
			p.set(&o, rapid.SampledFrom(texts).Draw(t, p.name))
		}
	}
	return o
}

// TestMistakes: one text for each way to be wrong.
func TestMistakes(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"nic a ip=fd00:0::1", `f:3:10: nic: ip "fd00:0::1" is not auto or an IPv4 or IPv6 address in its shortest form`},
		{"frob x", `f:3:1: unknown operation "frob"; there are: address, attack, auto, close, corrupt, crash, delay, deliver, destroy, dialect, drop, dup, expect counter, expect data, expect event, expect packets, expect partner, expect retries, expect settled, expect state, expect wc, expire, faults, forward, hold, idle, lose, manual, mark, modify, move, nic, post-recv, post-send, qp, release, repeat, resize-cq, respond, resume, rollback, run, seed, send, srq-limit, stall`},
		{"expect luck", `f:3:1: unknown operation "expect luck"; there are: address, attack, auto, close, corrupt, crash, delay, deliver, destroy, dialect, drop, dup, expect counter, expect data, expect event, expect packets, expect partner, expect retries, expect settled, expect state, expect wc, expire, faults, forward, hold, idle, lose, manual, mark, modify, move, nic, post-recv, post-send, qp, release, repeat, resize-cq, respond, resume, rollback, run, seed, send, srq-limit, stall`},
		{"nic", `f:3:4: nic: nic is missing: the name of a NIC: a letter, then letters and digits, at most 8`},
		{"nic 4a", `f:3:5: nic: nic "4a" is not the name of a NIC: a letter, then letters and digits, at most 8`},
		{"stall qp=1", `f:3:1: stall: at is missing: the name of a NIC: a letter, then letters and digits, at most 8`},
		{"  stall qp=one at=a", `f:3:12: stall: qp "one" is not a number from 1 to 99`},
		{"stall qp=1 at=a now", `f:3:17: stall: "now" is not key=value`},
		{"stall qp=1 at=a now=yes", `f:3:17: stall: unknown key "now"; there are: at, qp`},
		{"stall qp=1 at=a qp=2", `f:3:17: stall: qp is given twice`},
		{"run 5", `f:3:5: run: time "5" is not a time up to 10s, as 50us, 3ms or 77cycles`},
		{"run 11000ms", `f:3:5: run: time "11000ms" is not a time up to 10s, as 50us, 3ms or 77cycles`},
		{"qp 1 a b mtu=1000", `f:3:14: qp: mtu "1000" is not one of 256 512 1024 2048 4096`},
		{"qp 1 a b keya=00", `f:3:15: qp: keya "00" is not none or 32 hexadecimal digits`},
		{"nic a migration=maybe", `f:3:17: nic: migration "maybe" is not yes or no`},
		{"post-send qp=1 at=a len=007", `f:3:25: post-send: len "007" is not a number from 0 to 16777216`},
		{"expect wc qp=1 at=a count=-1", `f:3:27: expect wc: count "-1" is not any or a number from 0 to 1073741824`},
		{"", `f:3:1: an empty line is no operation`},
	} {
		_, err := Parse("f", 3, c.line)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.line, err, c.want)
		}
	}
}

// FuzzParse: any text is parsed or refused, and what is parsed has a canonical text.
func FuzzParse(f *testing.F) {
	for i := range verbs {
		o := Default(verbs[i].verb)
		f.Add(o.String())
	}
	f.Add("post-send qp=1 at=a op=write len=3000 off=7")
	f.Fuzz(func(t *testing.T, line string) {
		o, err := Parse("f", 1, line)
		if err != nil {
			return
		}
		again, err := Parse("f", 1, o.String())
		again.Col = o.Col
		if err != nil || again != o {
			t.Errorf("%q has the canonical text %q, which is another operation (%v)", line, o.String(), err)
		}
	})
}

// TestHelp: every operation and value is described.
func TestHelp(t *testing.T) {
	text := Help()
	for i := range verbs {
		if !strings.Contains(text, string(verbs[i].verb)+": ") || verbs[i].doc == "" {
			t.Errorf("%s is not described", verbs[i].verb)
		}
	}
}
