package attack

import (
	"os"
	"strings"
	"testing"
)

// TestTable: docs/security.md has the table as it is.
func TestTable(t *testing.T) {
	b, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), Table()) {
		t.Errorf("docs/security.md does not have this table; put in what `godwit fuzz attack --table` prints:\n%s", Table())
	}
}

// TestGoodput: one forged NAK_STOPPED in each lease is enough to hold a victim for as long as it goes on. docs/security.md has the figures.
func TestGoodput(t *testing.T) {
	free, err := Goodput(0)
	if err != nil {
		t.Fatal(err)
	}
	for _, every := range []int{1, 16, 64, 100, 128, 200, 300, 500, 900} {
		n, err := Goodput(every)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("every %d windows: %d of %d messages", every, n, free)
		if every < 128 && n*100 > free {
			t.Errorf("every %d windows: %d of %d messages: a victim is not held any more; docs/security.md has to say so", every, n, free)
		}
	}
}
