// Package ladder draws message sequence diagrams as text: one column a participant, time going down.
package ladder

import (
	"fmt"
	"io"
	"strings"
)

// width is the number of characters between two columns.
const width = 44

// Ladder is a diagram under construction. Rows are drawn in the order in which they are added.
type Ladder struct {
	names []string
	rows  []row
}

type row struct {
	cycle    uint64
	from, to int // equal in a note
	label    string
	lost     bool
	count    int
}

// New makes a diagram with a column for each name.
func New(names ...string) *Ladder { return &Ladder{names: names} }

// Message adds a message from one column to another. A message that repeats the one before it (same columns,
// label and fate) is drawn as one row with a count.
func (l *Ladder) Message(cycle uint64, from, to int, label string, lost bool) {
	if n := len(l.rows); n > 0 {
		if r := &l.rows[n-1]; r.from == from && r.to == to && r.label == label && r.lost == lost {
			r.count++
			return
		}
	}
	l.rows = append(l.rows, row{cycle, from, to, label, lost, 1})
}

// Note adds a remark at a column.
func (l *Ladder) Note(cycle uint64, at int, text string) {
	l.rows = append(l.rows, row{cycle: cycle, from: at, to: at, label: text})
}

// Rows is the number of rows so far.
func (l *Ladder) Rows() int { return len(l.rows) }

// Write draws the diagram.
func (l *Ladder) Write(w io.Writer) error {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", margin))
	var head string
	for _, n := range l.names {
		head += fmt.Sprintf("%-*s", width, n)
	}
	b.WriteString(strings.TrimRight(head, " ") + "\n")
	for _, r := range l.rows {
		fmt.Fprintf(&b, "%*d  %s\n", margin-2, r.cycle, strings.TrimRight(l.line(r), " "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// margin is the room for the cycle in front of the first column.
const margin = 14

// line draws the columns of one row.
func (l *Ladder) line(r row) string {
	cells := []rune(strings.Repeat(" ", width*len(l.names)+len(r.label)+8))
	for i := range l.names {
		cells[i*width] = '|'
	}
	if r.from == r.to {
		copy(cells[r.from*width:], []rune("* "+r.label))
		return string(cells)
	}
	left, right := min(r.from, r.to), max(r.from, r.to)
	for i := left*width + 1; i < right*width; i++ {
		cells[i] = '-'
	}
	if r.from < r.to {
		cells[right*width-1] = '>'
	} else {
		cells[left*width+1] = '<'
	}
	text := " " + r.label
	if r.count > 1 {
		text += fmt.Sprintf(" (%d)", r.count)
	}
	text += " "
	if r.lost {
		text += "X "
		mark := right*width - 1
		if r.to < r.from {
			mark = left*width + 1
		}
		cells[mark] = 'X'
	}
	if room := (right-left)*width - 6; len(text) > room {
		text = text[:room]
	}
	copy(cells[left*width+3:], []rune(text))
	return string(cells)
}
