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

// TestGoodput: a forged pause ends with the first answer, so that it takes one forged packet for each of the victim's own to
// hold it. docs/security.md has the figures.
func TestGoodput(t *testing.T) {
	if testing.Short() {
		t.Skip("nine long runs")
	}
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
		if every == 1 && n*50 > free || every > 1 && n*4 < free*3 {
			t.Errorf("every %d windows: %d of %d messages; docs/security.md says something else", every, n, free)
		}
	}
}
