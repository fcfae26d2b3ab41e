package ladder

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrite(t *testing.T) {
	l := New("a", "b", "c")
	l.Message(10, 0, 1, "SEND", false)
	l.Message(20, 0, 1, "SEND", false)
	l.Message(30, 2, 0, "RESUME", true)
	l.Note(40, 1, "paused")
	var b strings.Builder
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	// Trailing blanks are no part of a row.
	want := strings.Join([]string{
		"              a                                           b                                           c",
		"          10  |-- SEND (2) ------------------------------>|                                           |",
		"          30  |X- RESUME X ---------------------------------------------------------------------------|",
		"          40  |                                           * paused                                    |",
	}, "\n") + "\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("ladder differs (-want +got):\n%s", d)
	}
	if l.Rows() != 3 {
		t.Errorf("%d rows, want 3: the repeated message is one", l.Rows())
	}
}
