package interop

import (
	"bytes"
	"context"
	"errors"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/godwit-rdma/godwit/internal/interop/guest"
	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// TestShortForm runs what 'make test' runs against Linux. The guest is kept where 'make interop' keeps it.
func TestShortForm(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: boots a machine")
	}
	cache, err := filepath.Abs("../../out/interop")
	if err != nil {
		t.Fatal(err)
	}
	rep, err := Run(t.Context(), Options{Guest: guest.Options{Cache: cache}, Short: true, Capture: filepath.Join(t.TempDir(), "frames.pcapng")})
	if errors.Is(err, guest.ErrMissing) || errors.Is(err, guest.ErrKernel) {
		t.Skipf("SKIPPED, NOT TESTED AGAINST LINUX: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s, booted in %.1f s, all in %.1f s", rep.Kernel, rep.Boot, rep.Total)
	short := 0
	for _, s := range Scenarios() {
		if s.Short {
			short++
		}
	}
	if len(rep.Results) != short+len(oracles) {
		t.Errorf("%d results of %d scenarios and %d oracles", len(rep.Results), short, len(oracles))
	}
	for _, r := range rep.Results {
		t.Logf("%-20s %6.2f s  %s", r.Name, r.Seconds, r.Skipped)
		if r.Error != "" {
			t.Errorf("%s: %s", r.Name, r.Error)
		}
	}
}

func TestScenarios(t *testing.T) {
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, s := range Scenarios() {
		if !name.MatchString(s.Name) || seen[s.Name] || s.About == "" || s.run == nil {
			t.Errorf("scenario %+v: its name is strange or there twice, or it does nothing", s)
		}
		seen[s.Name] = true
	}
	if len(seen) < 50 {
		t.Errorf("%d scenarios", len(seen))
	}
	if _, err := Run(context.Background(), Options{Names: []string{"ops-v4-256", "nonsense"}}); !errors.Is(err, ErrOptions) {
		t.Errorf("a scenario that there is not: %v", err)
	}
}

// scripted is a side whose completions come in given portions.
type scripted struct {
	side
	inbox
	portions [][]completion
}

func (s *scripted) name() string { return "scripted" }
func (s *scripted) box() *inbox  { return &s.inbox }

func (s *scripted) poll(_ context.Context, n int, _ time.Duration) ([]completion, error) {
	if len(s.portions) == 0 {
		return nil, errors.New("nothing more")
	}
	p := s.portions[0]
	s.portions = s.portions[1:]
	if len(p) > n {
		return nil, errors.New("more than asked for")
	}
	return p, nil
}

func TestCollect(t *testing.T) {
	ctx := context.Background()
	s := &scripted{portions: [][]completion{
		{{id: 1}, {id: 100, recv: true}}, {{id: 2}}, {}, {{id: 3}}, {{id: 101, recv: true}}, {{id: 4, status: abi.WCStatusRetryExcErr}}, {{id: 9}},
	}}
	if _, err := want(ctx, s, 1, 2, 3); err != nil {
		t.Error(err)
	}
	if _, err := wantRecv(ctx, s, 100, 101); err != nil {
		t.Error(err)
	}
	if err := wantStatus(ctx, s, 4, abi.WCStatusRNRRetryExcErr, abi.WCStatusRetryExcErr); err != nil {
		t.Error(err)
	}
	if _, err := want(ctx, s, 5); err == nil || !strings.Contains(err.Error(), "work request 9, want 5") {
		t.Errorf("another work request: %v", err)
	}
	s.portions = [][]completion{{{id: 6, status: abi.WCStatusWrFlushErr}}, {{id: 7}}}
	if _, err := want(ctx, s, 6); err == nil || !strings.Contains(err.Error(), "WR_FLUSH_ERR") {
		t.Errorf("an error: %v", err)
	}
	if err := wantStatus(ctx, s, 7, abi.WCStatusRetryExcErr); err == nil {
		t.Error("success in the place of an error is taken")
	}
}

// program is the side channel of a program that says some things, one after each answer, and keeps the answers.
type program struct {
	says    [][]byte
	answers [][]byte
}

func (p *program) Read(b []byte) (int, error) {
	if len(p.says) == 0 {
		return 0, errOver
	}
	n := copy(b, p.says[0])
	p.says = p.says[1:]
	return n, nil
}

func (p *program) Write(b []byte) (int, error) {
	p.answers = append(p.answers, bytes.Clone(b))
	return len(b), nil
}

func (p *program) SetReadDeadline(time.Time) error { return nil }

var them = live.Address{IP: netip.MustParseAddr("10.0.0.2"), QPN: 0x1234, PSN: 0xabcdef, RKey: 0x5a5a5a5a, VA: 0x7f00deadbeef}

func TestPerftestExchange(t *testing.T) {
	mine := live.Address{IP: netip.MustParseAddr("fd00::1"), QPN: 0x100, PSN: 1, RKey: 2, VA: 3}
	msg := key(them)
	if len(msg) != keyLen {
		t.Fatalf("an address message has %d bytes, want %d", len(msg), keyLen)
	}
	p := &program{says: [][]byte{[]byte("6.09\x00"), {0, 0, 0x10, 0}, []byte("3\x00"), msg[:50], msg[50:], msg, []byte("1234:678")}}
	var got []live.Address
	err := mirror(&sideChannel{conn: p, done: make(chan struct{})}, key(mine), func(a live.Address) error {
		got = append(got, a)
		return nil
	})
	if !errors.Is(err, errOver) || len(got) != 1 || got[0] != them {
		t.Errorf("error %v, addresses %+v", err, got)
	}
	want := [][]byte{[]byte("6.09\x00"), {0, 0, 0x10, 0}, []byte("3\x00"), key(mine), key(mine), []byte("1234:678")}
	var answers [][]byte
	for _, a := range p.answers {
		if len(a) != 0 {
			answers = append(answers, a)
		}
	}
	if len(answers) != len(want) {
		t.Fatalf("answers %q", answers)
	}
	for i := range want {
		if !bytes.Equal(answers[i], want[i]) {
			t.Errorf("answer %d is %q, want %q", i, answers[i], want[i])
		}
	}
	if _, err := parseKey([]byte("0000:nonsense")); err == nil {
		t.Error("an address that is none is taken")
	}
}

func TestPingpongExchange(t *testing.T) {
	own := live.Address{IP: netip.MustParseAddr("10.0.0.1"), QPN: 0x100, PSN: 0x10000}
	p := &program{says: [][]byte{[]byte("0000:001234:abcdef:00000000000000000000ffff0a000002\x00")}}
	err := pingpongExchange(p, own, func(a live.Address) error {
		if a.IP != them.IP || a.QPN != them.QPN || a.PSN != them.PSN {
			t.Errorf("address %+v", a)
		}
		return nil
	})
	if err != nil || len(p.answers) != 1 || string(p.answers[0]) != "0000:000100:010000:00000000000000000000ffff0a000001\x00" {
		t.Errorf("error %v, answers %q", err, p.answers)
	}
	p = &program{says: [][]byte{bytes.Repeat([]byte("x"), pingpongLen)}}
	if err := pingpongExchange(p, own, nil); err == nil {
		t.Error("nonsense is taken for an address")
	}
}
