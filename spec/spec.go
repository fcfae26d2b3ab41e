// Package spec holds the single source of truth of godwit, the YAML files beside this file, and loads it
// strictly: unknown and duplicate keys, wrong types, overlapping fields, undefined names and missing rows are
// reported all at once, each with its file, line and column.
//
// Everything else is generated from a [Spec] (internal/specgen), and every artefact carries [Revision], so two
// parts built from different specifications find out before they exchange anything.
package spec

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"

	"github.com/hashicorp/go-multierror"
)

//go:embed *.yaml
var files embed.FS

// Files are the names of the YAML files of a specification, in sorted order. A directory that holds another
// .yaml file, or lacks one of these, is not a specification.
var Files = []string{
	"context.yaml", "enums.yaml", "layouts.yaml", "packets.yaml", "registers.yaml", "states.yaml", "timing.yaml",
}

// Spec is one loaded specification. A Spec that [Load] returned without an error is consistent: every name it
// refers to is defined, nothing overlaps, and lookups by name cannot fail.
type Spec struct {
	Context   Context
	Enums     Enums
	Layouts   Layouts
	Packets   Packets
	Registers Registers
	States    States
	Timing    Timing

	revision string
}

// Embedded returns the specification that this binary was built with. An error is a fault of the build: a test
// loads it.
var Embedded = sync.OnceValues(func() (*Spec, error) { return Load(files) })

// Source returns the file system of the embedded YAML files.
func Source() fs.FS { return files }

// Load reads and checks the specification in the root of fsys. The error, if any, is a *multierror.Error of
// [*Error] values in order of file and place.
func Load(fsys fs.FS) (*Spec, error) {
	s := &Spec{}
	p := &problems{}
	docs := s.sections()
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if docs[name] == nil {
			p.add(Pos{File: name, Line: 1, Column: 1}, "not a file of the specification")
		}
	}
	sum := sha256.New()
	for _, name := range Files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			p.fail(Pos{File: name, Line: 1, Column: 1}, "cannot be read: %v", err)
			continue
		}
		// The length keeps two different sets of files from hashing the same bytes.
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		decodeFile(p, name, data, docs[name])
	}
	s.revision = hex.EncodeToString(sum.Sum(nil))
	return s.judged(p)
}

// sections are what the files are decoded into, by file.
func (s *Spec) sections() map[string]any {
	return map[string]any{
		"context.yaml": &s.Context, "enums.yaml": &s.Enums, "layouts.yaml": &s.Layouts, "packets.yaml": &s.Packets,
		"registers.yaml": &s.Registers, "states.yaml": &s.States, "timing.yaml": &s.Timing,
	}
}

// judged ends the load of a specification whose files are decoded.
func (s *Spec) judged(p *problems) (*Spec, error) {
	if !p.fatal {
		p.seal()
		check(p, s)
	}
	if err := p.errorOrNil(); err != nil {
		return nil, err
	}
	return s, nil
}

// Revision is the SHA-256 over the names and bytes of the YAML files in sorted order, 64 lower-case hex digits.
func (s *Spec) Revision() string { return s.revision }

// Revision32 is the first 32 bits of Revision, as register REVISION reads it.
func (s *Spec) Revision32() uint32 {
	var v uint32
	if _, err := fmt.Sscanf(s.revision[:8], "%08x", &v); err != nil {
		panic("BUG: spec revision is not hexadecimal: " + err.Error())
	}
	return v
}

// problems collects the errors of one load.
type problems struct {
	list []*Error
	// fatal is set when so much of a file is missing that checks would report consequences instead of causes.
	fatal bool
	// broken are the places of values that did not decode. They read as zero, and what a check says of that zero is
	// no news.
	broken map[Pos]bool
}

func (p *problems) add(at Pos, format string, args ...any) {
	if !p.broken[at] {
		p.list = append(p.list, &Error{Pos: at, Msg: fmt.Sprintf(format, args...)})
	}
}

// fail reports a mistake that makes checks pointless.
func (p *problems) fail(at Pos, format string, args ...any) {
	p.add(at, format, args...)
	p.fatal = true
}

// seal ends decoding: checks are silent about the places that decoding has reported.
func (p *problems) seal() {
	p.broken = map[Pos]bool{}
	for _, e := range p.list {
		p.broken[e.Pos] = true
	}
}

func (p *problems) errorOrNil() error {
	sortErrors(p.list)
	var m *multierror.Error
	for _, e := range p.list {
		m = multierror.Append(m, e)
	}
	if m != nil {
		m.ErrorFormat = formatErrors
	}
	return m.ErrorOrNil()
}
