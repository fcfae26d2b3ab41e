package op

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// any returns a text that a parameter takes.
func (p *param) any(t *rapid.T) string {
	var good []string
	for _, s := range []string{
		p.def, "0", "1", "2", "17", "255", "256", "4096", "a", "host2", "yes", "no", "send", "write", "any", "next", "none", "recv",
		"rkey", "bounds", "50us", "77cycles", "3ms", "RTS", "ERR", "SUCCESS", "ACK", "RESUME", "STEPS", "FENCED", "MIGRATION_LOST",
		"00112233445566778899aabbccddeeff",
	} {
		var o Op
		if s != "" && p.set(&o, s) {
			good = append(good, s)
		}
	}
	return rapid.SampledFrom(good).Draw(t, p.name)
}

// TestRoundTrip: the canonical text of what was parsed parses to the same, and stays as it is.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &verbs[rapid.IntRange(0, len(verbs)-1).Draw(t, "verb")]
		line := string(d.verb)
		for _, p := range d.places {
			line += " " + p.any(t)
		}
		for _, p := range rapid.Permutation(d.keys).Draw(t, "keys") {
			if p.required || rapid.Bool().Draw(t, "given") {
				line += "  " + p.name + "=" + p.any(t)
			}
		}
		first, err := Parse("f", 3, line)
		if err != nil {
			t.Fatal(err)
		}
		text := first.String()
		again, err := Parse("f", 3, text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if d := cmp.Diff(first, again); d != "" {
			t.Fatalf("%q and its canonical text %q differ: %s", line, text, d)
		}
		if again.String() != text {
			t.Fatalf("%q becomes %q", text, again.String())
		}
	})
}

// TestVerbs: every verb is described once, and parses with its required values only.
func TestVerbs(t *testing.T) {
	seen := map[Verb]bool{}
	for i := range verbs {
		d := &verbs[i]
		if seen[d.verb] || d.doc == "" || !strings.Contains(Help(), string(d.verb)+": "+d.doc) {
			t.Errorf("%s is there twice or is not described", d.verb)
		}
		seen[d.verb] = true
		if o := Default(d.verb); o.Verb != d.verb {
			t.Errorf("Default(%s) is a %s", d.verb, o.Verb)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"", "s:7:1: an empty line is no operation"},
		{"nic", "s:7:4: nic: nic is missing: the name of a NIC: a letter, then letters and digits, at most 8"},
		{"nic 4", `s:7:5: nic: nic "4" is not the name of a NIC: a letter, then letters and digits, at most 8`},
		{"nic a b", `s:7:7: nic: "b" is not key=value`},
		{"nic a qps=0", `s:7:11: nic: qps "0" is not a number from 1 to 255`},
		{"nic a qps=08", `s:7:11: nic: qps "08" is not a number from 1 to 255`},
		{"nic a qpz=1", `s:7:7: nic: unknown key "qpz"; there are: cqs, migration, mrs, qps`},
		{"nic a qps=1 qps=1", "s:7:13: nic: qps is given twice"},
		{"run", "s:7:4: run: time is missing: a time up to 10s, as 50us, 3ms or 77cycles"},
		{"run 5s", `s:7:5: run: time "5s" is not a time up to 10s, as 50us, 3ms or 77cycles`},
		{"run 99999999us", `s:7:5: run: time "99999999us" is not a time up to 10s, as 50us, 3ms or 77cycles`},
		{"  stall at=a", "s:7:3: stall: qp is missing: a number from 1 to 99"},
		{"stall qp=1 at=", `s:7:15: stall: at "" is not the name of a NIC: a letter, then letters and digits, at most 8`},
		{"qp 1 a b mtu=1000", `s:7:14: qp: mtu "1000" is not one of 256 512 1024 2048 4096`},
		{"qp 1 a b keya=0", `s:7:15: qp: keya "0" is not none or 32 hexadecimal digits`},
		{"post-send qp=1 at=a op=read", `s:7:24: post-send: op "read" is not one of send write`},
		{"expect state qp=1 at=a", "s:7:1: expect state: is is missing: one of RESET INIT RTR RTS SQD SQE ERR STOPPED PAUSED"},
		{"forward qp=1 at=a to=c now=yes", `s:7:24: forward: unknown key "now"; there are: at, qp, to`},
	} {
		_, err := Parse("s", 7, test.line)
		if got := fmt.Sprint(err); got != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.line, got, test.want)
		}
	}
	_, err := Parse("s", 7, "expect nothing")
	if got := fmt.Sprint(err); !strings.HasPrefix(got, `s:7:1: unknown operation "expect nothing"; there are: close, corrupt, crash, `) {
		t.Errorf("got %s", got)
	}
}

// FuzzParse: any line is an operation or an error, and what was parsed has a canonical text.
func FuzzParse(f *testing.F) {
	for i := range verbs {
		o := Default(verbs[i].verb)
		f.Add(o.String())
	}
	f.Add("drop from=a to=b packet=RESUME psn=5 nth=2 count=3")
	f.Fuzz(func(t *testing.T, line string) {
		o, err := Parse("f", 1, line)
		if err != nil {
			return
		}
		if again, err := Parse("f", 1, o.String()); err != nil || again.String() != o.String() {
			t.Errorf("%q becomes %q, error %v", line, o.String(), err)
		}
	})
}
