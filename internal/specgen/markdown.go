package specgen

import (
	"github.com/godwit-rdma/godwit/spec"
)

// ReferencePages returns the pages of docs/reference by name.
func ReferencePages(s *spec.Spec) map[string][]byte {
	out := map[string][]byte{}
	for name, p := range map[string]struct {
		title string
		emit  func(*text, *spec.Spec)
	}{
		"states.md": {"Queue pair states", mdStates},
	} {
		t := &text{}
		t.f("<!-- %s -->\n\n# %s\n\n", header, p.title)
		p.emit(t, s)
		out[name] = t.Bytes()
	}
	return out
}

func mdStates(t *text, s *spec.Spec) {}
