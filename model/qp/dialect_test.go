package qp_test

import (
	"strings"
	"testing"

	"github.com/godwit-rdma/godwit/model/qp"
)

func TestDialect(t *testing.T) {
	for name, want := range map[string]qp.Rules{
		"godwit": 0, "godwit-R3": qp.NoR3, "godwit-R10": qp.NoR10, "godwit-R10a": qp.NoR10a, "godwit-R3-R10a": qp.NoR3 | qp.NoR10a,
		"godwit-R12": qp.NoR12, "godwit+forget-ack": qp.ForgetACK, "migros-poc": qp.MigrosPoC,
		"migros-poc+R4": qp.MigrosPoC &^ qp.NoR4, "migros-poc-deaf+R12": qp.MigrosPoC &^ (qp.Deaf | qp.NoR12),
		"migros-poc+R12+forget-cursor": qp.MigrosPoC &^ (qp.ForgetACK | qp.ForgetReplay | qp.ForgetCredits), "godwit+R3": 0,
	} {
		got, err := qp.ParseDialect(name)
		if err != nil || got != want {
			t.Errorf("%s is %#x, %v; want %#x", name, got, err, want)
		}
		again, err := qp.ParseDialect(got.String())
		if err != nil || again != got {
			t.Errorf("%s prints as %s, which is %#x, %v", name, got, again, err)
		}
	}
	for name, want := range map[string]string{
		"": "begins with neither", "rxe": "begins with neither", "godwit/R3": "+ or - is missing", "godwit-": "neither a rule",
		"godwit-R1": "neither a rule", "godwit-R99": "+ or - is missing", "migros-poc+B1": "neither a rule", "godwit-R3 ": "+ or - is missing",
	} {
		if _, err := qp.ParseDialect(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
}

// TestDialects: the named dialects are different sets, and each rule alone off is one.
func TestDialects(t *testing.T) {
	seen := map[qp.Rules]string{}
	for _, name := range qp.Dialects() {
		r, err := qp.ParseDialect(name)
		if err != nil || seen[r] != "" {
			t.Errorf("%s: %v, or the same as %s", name, err, seen[r])
		}
		if r.String() != name {
			t.Errorf("%s prints as %s", name, r)
		}
		seen[r] = name
	}
}
