package explore

import (
	"encoding/gob"
	"fmt"
	"io"
)

// Checkpoint is a search that was stopped, to go on with later.
type Checkpoint struct {
	World, Dialect string
	Hashes         []uint64
	Parent         []uint32
	By             []uint16
	Final          []bool
	Edges          []uint32
	Degree         []uint8
	Coded          [][]byte // of the states not expanded
	Found          []CheckpointFinding
}

// CheckpointFinding is a finding as a checkpoint has it.
type CheckpointFinding struct {
	Property uint16
	Text     string
	State    uint32
	By       uint16
}

// Write writes a checkpoint.
func (c *Checkpoint) Write(w io.Writer) error { return gob.NewEncoder(w).Encode(c) }

// ReadCheckpoint reads what Write wrote, and refuses that of another search.
func ReadCheckpoint(r io.Reader, world, dialect string) (*Checkpoint, error) {
	var c Checkpoint
	if err := gob.NewDecoder(r).Decode(&c); err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	n, rest := len(c.Hashes), len(c.Hashes)-len(c.Coded)
	switch {
	case c.World != world || c.Dialect != dialect:
		return nil, fmt.Errorf("checkpoint: it is of world %s in dialect %s", c.World, c.Dialect)
	case len(c.Parent) != n || len(c.By) != n || len(c.Final) != n || len(c.Degree) != rest || rest < 0:
		return nil, fmt.Errorf("checkpoint: it is damaged")
	}
	return &c, nil
}

func (s *search) checkpoint() *Checkpoint {
	c := &Checkpoint{
		World: s.w.Name, Dialect: s.opt.Rules.String(), Hashes: s.hashes, Parent: s.parent, Final: s.final, Edges: s.edges,
		Degree: s.degree, Coded: s.todo.list(),
	}
	for _, a := range s.by {
		c.By = append(c.By, uint16(a))
	}
	for _, f := range s.places {
		c.Found = append(c.Found, CheckpointFinding{uint16(f.v.property), f.v.text, f.state, uint16(f.by)})
	}
	return c
}

func (s *search) restore(c *Checkpoint) {
	s.hashes, s.parent, s.final, s.edges, s.degree = c.Hashes, c.Parent, c.Final, c.Edges, c.Degree
	for _, a := range c.By {
		s.by = append(s.by, action(a))
	}
	s.head = len(c.Hashes) - len(c.Coded)
	for _, enc := range c.Coded {
		s.todo.push(enc)
	}
	size := 1 << 12
	for size < 2*len(s.hashes)+2 {
		size *= 2
	}
	s.set.grow(size)
	for i, h := range s.hashes {
		s.set.insert(h, uint32(i))
	}
	for _, f := range c.Found {
		s.report(violation{Property(f.Property), f.Text}, f.State, action(f.By), true)
	}
}
