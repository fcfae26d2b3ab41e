package testvectors

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/go-multierror"

	"github.com/godwit-rdma/godwit/model/abi"
)

// Change permits to change or withdraw published vectors.
type Change struct {
	IDs    []string
	Reason string
}

// Generate returns the suite as it is published next: the vectors of old (nil: none) as they are, then the new ones.
// A published vector that the generator now makes differently, or not at all, is an error unless change names it.
func (s *Suite) Generate(old *File, change Change) (*File, error) {
	d := s.run()
	f := &File{
		Format: s.Format, Groups: d.groups, Revision: Hex(abi.Revision), Revisions: []Revision{}, Suite: s.Name,
	}
	made := make(map[string]int, len(d.vectors))
	for i := range d.vectors {
		made[d.vectors[i].Key] = i
	}
	next, permitted := 1, slices.Clone(change.IDs)
	permit := func(id string, withdrawn bool) bool {
		i := slices.Index(permitted, id)
		if i >= 0 {
			permitted = slices.Delete(permitted, i, i+1)
			f.Revisions = append(f.Revisions, Revision{ID: id, Reason: change.Reason, Withdrawn: withdrawn})
		}
		return i >= 0
	}
	var faults *multierror.Error
	if old != nil {
		f.Revisions = append(f.Revisions, old.Revisions...)
		next = old.last(s) + 1
		for i := range old.Vectors {
			was := &old.Vectors[i]
			n, ok := made[was.Key]
			if !ok {
				if !permit(was.ID, true) {
					faults = multierror.Append(faults, fmt.Errorf("%s (%s) is not generated any more", was.ID, was.Key))
				}
				continue
			}
			d.vectors[n].ID = was.ID
			if what := differs(was, &d.vectors[n]); what != "" && !permit(was.ID, false) {
				faults = multierror.Append(faults, fmt.Errorf("%s (%s) changed: %s", was.ID, was.Key, what))
			}
			f.Vectors = append(f.Vectors, d.vectors[n])
		}
	}
	for i := range d.vectors {
		if d.vectors[i].ID == "" {
			d.vectors[i].ID = s.id(next)
			next++
			f.Vectors = append(f.Vectors, d.vectors[i])
		}
	}
	for _, id := range permitted {
		faults = multierror.Append(faults, fmt.Errorf("%s is not a vector that changed", id))
	}
	if err := faults.ErrorOrNil(); err != nil {
		return nil, fmt.Errorf("suite %s: published vectors are not rewritten (revise them by id, with a reason): %w", s.Name, err)
	}
	f.Count = len(f.Vectors)
	f.Digest = digest(f.Vectors)
	return f, nil
}

// last is the highest number ever given.
func (f *File) last(s *Suite) (n int) {
	see := func(id string) {
		if k, err := s.number(id); err == nil {
			n = max(n, k)
		}
	}
	for i := range f.Vectors {
		see(f.Vectors[i].ID)
	}
	for _, r := range f.Revisions {
		see(r.ID)
	}
	return n
}

// differs names the first member in which two vectors differ; "" when they do not.
func differs(a, b *Vector) string {
	x, y := encodeVector(a), encodeVector(b)
	if bytes.Equal(x, y) {
		return ""
	}
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	text := string(x[:i])
	name := "?"
	if end := strings.LastIndex(text, `":`); end >= 0 {
		if start := strings.LastIndexByte(text[:end], '"'); start >= 0 {
			name = text[start+1 : end]
		}
	}
	return fmt.Sprintf("at %q, published %s, generated %s", name, clip(x[i:]), clip(y[i:]))
}

func clip(b []byte) string {
	if len(b) > 24 {
		b = b[:24]
	}
	return fmt.Sprintf("%q", b)
}

// checkIDs holds that ids ascend, that each number below the last was given, and that withdrawn ones are not in use.
func (f *File) checkIDs(s *Suite) error {
	have := map[int]bool{}
	last := 0
	for i := range f.Vectors {
		n, err := s.number(f.Vectors[i].ID)
		if err != nil {
			return err
		}
		if n <= last {
			return fmt.Errorf("%s follows %s: ids ascend", f.Vectors[i].ID, s.id(last))
		}
		last, have[n] = n, true
	}
	for _, r := range f.Revisions {
		n, err := s.number(r.ID)
		if err != nil {
			return err
		}
		if r.Reason == "" {
			return fmt.Errorf("the revision of %s has no reason", r.ID)
		}
		if r.Withdrawn {
			if have[n] {
				return fmt.Errorf("%s was withdrawn and is in use", r.ID)
			}
			have[n], last = true, max(last, n)
		}
	}
	for n := 1; n <= last; n++ {
		if !have[n] {
			return fmt.Errorf("%s is missing: ids are never dropped without a revision", s.id(n))
		}
	}
	if len(f.Vectors) == 0 {
		return errors.New("there is no vector")
	}
	return nil
}
