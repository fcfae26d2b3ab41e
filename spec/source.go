package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a YAML file; lines and columns count from 1.
type Pos struct {
	File         string
	Line, Column int
}

// String returns "file:line:column".
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Error is one mistake in a specification.
type Error struct {
	Pos
	Msg string
}

// Error returns "file:line:column: message".
func (e *Error) Error() string { return e.Pos.String() + ": " + e.Msg }

// Where remembers where a mapping and the values of its keys stand. Every type of the specification that a check
// may have to point at embeds one.
type Where struct {
	self Pos
	keys map[string]Pos
}

// Pos returns the place of the mapping itself.
func (w *Where) Pos() Pos { return w.self }

// Of returns the place of the value of key ("required[2]" for an element of a list), or of the mapping when it
// has no such key.
func (w *Where) Of(key string) Pos {
	if p, ok := w.keys[key]; ok {
		return p
	}
	return w.self
}

func (w *Where) where() *Where { return w }

func sortErrors(list []*Error) {
	slices.SortStableFunc(list, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// formatErrors prints one error a line, so that editors and scripts can take them apart.
func formatErrors(errs []error) string {
	lines := make([]string, len(errs))
	for i, e := range errs {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}
