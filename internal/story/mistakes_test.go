package story_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/qp"
)

// pair is two NICs and a connection, on lines 2 to 4.
const pair = "# Purpose.\nnic a\nnic b\nqp 1 a b mem=4096 depth=4\n"

// byHand is the same, led by hand, on lines 2 to 5.
const byHand = "# Purpose.\nmanual\nnic a\nnic b\nqp 1 a b mem=4096 depth=4\n"

// run runs a story and returns its error as text.
func run(t *testing.T, text string) (string, error) {
	t.Helper()
	s, err := story.Parse("s", text)
	if err == nil {
		_, err = story.Run(s.File, s.Ops, story.Options{})
	}
	return fmt.Sprint(err), err
}

// TestMistakes: every mistake in a story has a place and says what is wrong, and is an *op.Error.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "s:2:1: a story without operations"},
		{"nic a\n", "s:1:1: a story begins with a paragraph of comment lines that says what it proves"},
		{"# Purpose.\n", "s:2:1: a story without operations"},
		{"# Purpose.\nnic a\nnic a\n", "s:3:1: nic: there is a NIC a already"},
		{"# Purpose.\nnic a ip=fd00::1\nnic b ip=fd00::1\n", "s:3:1: nic: another NIC has address fd00::1"},
		{"# Purpose.\nnic a ip=10.0.0.2\nnic b\n", "s:3:1: nic: another NIC has address 10.0.0.2"},
		{"# Purpose.\nnic a\nseed 3\n", "s:3:1: seed: once, before the first nic"},
		{"# Purpose.\nnic a\nqp 1 a b\n", "s:3:1: qp: there is no NIC b"},
		{"# Purpose.\nnic a\nqp 1 a a\n", "s:3:1: qp: both ends are at NIC a"},
		{pair + "qp 1 a b\n", "s:5:1: qp: there is a QP 1 already"},
		{pair + "qp 2 a b with=9\n", "s:5:1: qp: there is no QP 9 to share containers with"},
		{pair + "qp 2 b a with=1\n", "s:5:1: qp: QP 1 is between other NICs, so its containers cannot be shared"},
		{pair + "  post-send qp=2 at=a\n", "s:5:3: post-send: there is no QP 2"},
		{pair + "post-send qp=1 at=c\n", "s:5:1: post-send: there is no NIC c"},
		{pair + "nic c\npost-send qp=1 at=c len=1\n", "s:6:1: post-send: QP 1 has no end at c"},
		{pair + "post-recv qp=1 at=a len=4097\n", "s:5:1: post-recv: 4097 bytes is beyond the region of QP 1, which has 4096 bytes"},
		{pair + "post-send qp=1 at=a op=write len=97 off=4000\n", "s:5:1: post-send: 97 bytes at offset 4000 is beyond the region of QP 1, which has 4096 bytes"},
		{pair + "post-recv qp=1 at=a len=3000\npost-recv qp=1 at=a len=1097\n",
			"s:6:1: post-recv: 1097 bytes is beyond the region of QP 1 at a: 3000 of its 4096 bytes are used"},
		{pair + "post-send qp=1 at=a len=1 count=5\n", "s:5:1: post send on QP 256: all 4 elements of the ring are posted: no memory (ENOMEM)"},
		{pair + "destroy qp=1 at=a\npost-send qp=1 at=a len=1\n", "s:6:1: post-send: QP 1 at a: destroyed (EBADF)"},
		{pair + "destroy qp=1 at=a\ndestroy qp=1 at=a\n", "s:6:1: destroy: QP 1 at a: destroyed (EBADF)"},
		{pair + "stall qp=1 at=a\npost-send qp=1 at=a len=1\n", "s:6:1: post send on QP 256: stopped for migration (ESHUTDOWN)"},
		{pair + "stall qp=1 at=a\npost-recv qp=1 at=a len=1\n", "s:6:1: post recv on QP 256: stopped for migration (ESHUTDOWN)"},
		{pair + "modify qp=1 at=a state=RESET\npost-send qp=1 at=a len=1\n", "s:6:1: post send on QP 256 in RESET: wrong state (EBADFD)"},
		{pair + "modify qp=1 at=a state=INIT\n", "s:5:1: modify QP 256: there is no transition RTS -> INIT for the driver: wrong state (EBADFD)"},
		{pair + "stall qp=1 at=a\nstall qp=1 at=a\n", "s:6:1: stall: the context is stopped, not running: wrong state (EBADFD)"},
		{pair + "rollback qp=1 at=a\n", "s:5:1: rollback: the context is running, not stopped: wrong state (EBADFD)"},
		{pair + "resume qp=1 at=a\n", "s:5:1: resume: the context is running, not restored: wrong state (EBADFD)"},
		{pair + "release qp=1 at=a\n", "s:5:1: release: the context is running, not departed: wrong state (EBADFD)"},
		{pair + "nic c\nmove qp=1 from=a to=c\n", "s:6:1: dump: the context is running, not stopped: wrong state (EBADFD)"},
		{pair + "crash a\npost-send qp=1 at=a len=1\n", "s:6:1: post-send: NIC a has crashed"},
		{pair + "expect state qp=1 at=a is=NOWHERE\n",
			`s:5:27: expect state: is "NOWHERE" is not one of RESET INIT RTR RTS SQD SQE ERR STOPPED PAUSED`},
		{pair + "manual\n", "s:5:1: manual: before the first qp"},
		{pair + "send qp=1 at=a\n", "s:5:1: send: nothing is led by hand"},
		{pair + "auto\n", "s:5:1: auto: nothing is led by hand"},
		{pair + "deliver from=a to=b\n", "s:5:1: deliver: no such packet is held"},
		{byHand + "send qp=1 at=a\n", "s:6:1: send: QP 1 at a is not ready for that"},
		{byHand + "respond qp=1 at=a\n", "s:6:1: respond: QP 1 at a is not ready for that"},
		{byHand + "expire qp=1 at=a\n", "s:6:1: expire: QP 1 at a is not ready for that"},
		{byHand + "post-send qp=1 at=a len=9\nsend qp=1 at=a\nlose from=a to=b psn=1\n", "s:8:1: lose: no such packet is held"},
		{byHand + "post-send qp=1 at=a len=9\nsend qp=1 at=a\nlose from=a to=b nth=2\n", "s:8:1: lose: no such packet is held"},
		{pair + "expect wc qp=1 at=a\n", "s:5:1: expect wc: count or min is missing, so this cannot fail"},
	} {
		got, err := run(t, test.text)
		var mistake *op.Error
		if got != test.want || !errors.As(err, &mistake) {
			t.Errorf("%s\n got %s (%T)\nwant %s", test.text, got, err, test.want)
		}
	}
}

// TestFailures: a check that does not hold is a *story.Failure with its place.
func TestFailures(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{pair + "expect state qp=1 at=a is=ERR\n", "s:5:1: expect state: QP 1 at a is in RTS, want ERR"},
		{pair + "expect wc qp=1 at=a count=1\n", "s:5:1: expect wc: 0 completions of QP 1 at a with SUCCESS NONE, want 1"},
		{pair + "expect event qp=1 at=a name=FENCED min=2\n", "s:5:1: expect event: 0 FENCED events of QP 1 at a, want at least 2"},
		{pair + "expect packets from=a to=b packet=ACK count=3\n", "s:5:1: expect packets: 0 ACK packets from a to b, want 3"},
		{pair + "expect counter at=a name=TIMEOUTS count=3\n", "s:5:1: expect counter: 0 TIMEOUTS at a, want 3"},
		{pair + "drop from=a to=b\n", "s:5:1: drop from=a to=b: it did not act as often as it was to"},
		{pair + "post-send qp=1 at=a len=9\nexpect data qp=1\n", "s:6:1: expect data: QP 1 end A: send #0 of 1 did not complete"},
		{byHand + "post-send qp=1 at=a len=9\nsend qp=1 at=a\n", "s:7:1: 1 packets from a to b and others are held for ever"},
		{byHand + "stall qp=1 at=a\nexpect settled qp=1\n", "s:7:1: expect settled: QP 1 at a is in STOPPED"},
		{byHand + "stall qp=1 at=a\nrollback qp=1 at=a\nexpect settled qp=1\n", "s:8:1: expect settled: QP 1 at a still announces itself"},
		{byHand + "expect retries qp=1 at=a count=6\n", "s:6:1: expect retries: 7 retries left for QP 1 at a, want 6"},
		{pair + "post-send qp=1 at=a len=9\nidle limit=50us\n", "s:6:1: idle: it is not quiet after 50us"},
	} {
		got, err := run(t, test.text)
		var failure *story.Failure
		if got != test.want || !errors.As(err, &failure) {
			t.Errorf("%s\n got %s (%T)\nwant %s", test.text, got, err, test.want)
		}
	}
}

// TestText: a story that was made reads back, and a blessed one keeps what is before the trace.
func TestText(t *testing.T) {
	s, err := story.Parse("s", pair+"run 5us\n")
	if err != nil {
		t.Fatal(err)
	}
	blessed, err := story.Parse("s", s.Text([]string{"one", "two"}))
	if err != nil {
		t.Fatal(err)
	}
	if len(blessed.Trace) != 2 || len(blessed.Ops) != 4 || blessed.Purpose != "Purpose." {
		t.Errorf("%+v", blessed)
	}
	if !strings.HasPrefix(blessed.Text(nil), pair) {
		t.Errorf("%q", blessed.Text(nil))
	}
}

// TestForeign: in another dialect than its own a story does not insist on packets and timers; in its own it does.
func TestForeign(t *testing.T) {
	s, err := story.Parse("s", byHand+"deliver from=a to=b\nexpire qp=1 at=a\nstall qp=1 at=a\nrollback qp=1 at=a\nauto\nidle\nexpect settled qp=1\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ dialect, want string }{
		{"godwit", "s:6:1: deliver: no such packet is held"},
		{"godwit-R3", "<nil>"},
		{"godwit-R10", "s:12:1: expect settled: QP 1 at a is in STOPPED"},
	} {
		rules, err := qp.ParseDialect(test.dialect)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = story.Run(s.File, s.Ops, story.Options{Rules: &rules}); fmt.Sprint(err) != test.want {
			t.Errorf("%s: %v, want %s", test.dialect, err, test.want)
		}
	}
}
