package explore

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc64"
	"io"
)

// Checkpoint is a search that was stopped, to go on with later. Whoever goes on with it owns what it has.
//
// Its file is a line of JSON, then the graph in binary, little-endian, and a CRC-64 of all that. It is written and read
// piece by piece: at 10^8 states it has gigabytes.
type Checkpoint struct {
	World, Dialect string
	reduced        bool // twins are one state in it
	graph          graph
}

// header is the first line of the file.
type header struct {
	Format  int             `json:"format"`
	World   string          `json:"world"`
	Dialect string          `json:"dialect"`
	Bounds  string          `json:"bounds"` // a hash of what the world is
	Reduced bool            `json:"reduced"`
	States  int             `json:"states"`
	Edges   int             `json:"edges"`
	Todo    int             `json:"todo"`
	Found   []headerFinding `json:"found"`
}

type headerFinding struct {
	Property Property `json:"property"`
	Text     string   `json:"text"`
	State    uint32   `json:"state"`
	Last     bool     `json:"last"`
}

const checkpointFormat = 3

var crcTable = crc64.MakeTable(crc64.ECMA)

// bounds is a hash of a world and of the contexts that it begins with: a checkpoint is good for no other.
func (w *World) bounds() string {
	b := fmt.Appendf(nil, "%+v", *w)
	for e := range w.Ends {
		c := w.create(e)
		img := c.ImageFull()
		b = append(b, img[:]...)
	}
	return fmt.Sprintf("%016x", hash(b))
}

// Write writes a checkpoint.
func (c *Checkpoint) Write(out io.Writer) error {
	w, ok := Find(c.World)
	if !ok {
		return fmt.Errorf("checkpoint: there is no world %s", c.World)
	}
	g := &c.graph
	h := header{checkpointFormat, c.World, c.Dialect, w.bounds(), c.reduced, g.states(), g.edges.n, g.todo.n, []headerFinding{}}
	for _, f := range g.found {
		h.Found = append(h.Found, headerFinding{f.v.property, f.v.text, f.state, f.last})
	}
	sum := crc64.New(crcTable)
	b := bufio.NewWriterSize(io.MultiWriter(out, sum), 1<<16)
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	b.Write(append(line, '\n')) // a bufio.Writer keeps its first error for Flush
	writeList(b, &g.hashes, 8, binary.LittleEndian.PutUint64)
	writeList(b, &g.parent, 4, binary.LittleEndian.PutUint32)
	writeList(b, &g.degree, 1, func(p []byte, v uint8) { p[0] = v })
	writeList(b, &g.edges, 4, binary.LittleEndian.PutUint32)
	var word [8]byte
	for _, v := range g.final {
		binary.LittleEndian.PutUint64(word[:], v)
		b.Write(word[:])
	}
	g.todo.each(func(enc []byte) {
		binary.LittleEndian.PutUint32(word[:], uint32(len(enc)))
		b.Write(word[:4])
		b.Write(enc)
	})
	if err := b.Flush(); err != nil {
		return err
	}
	binary.LittleEndian.PutUint64(word[:], sum.Sum64())
	_, err = out.Write(word[:])
	return err
}

func writeList[T any](b *bufio.Writer, l *list[T], size int, put func([]byte, T)) {
	var word [8]byte
	for i := range l.n {
		put(word[:size], l.at(i))
		b.Write(word[:size])
	}
}

// errDamaged is a file that no Write has written, or that somebody changed.
var errDamaged = errors.New("checkpoint: it is damaged")

// reader reads a checkpoint. Its first error stays.
type reader struct {
	b   *bufio.Reader
	sum interface {
		io.Writer
		Sum64() uint64
	}
	word [8]byte
	err  error
}

// take reads n bytes, at most 8.
func (r *reader) take(n int) []byte {
	if r.err == nil {
		r.fill(r.word[:n])
	}
	return r.word[:n]
}

func (r *reader) fill(p []byte) {
	if _, err := io.ReadFull(r.b, p); err != nil {
		r.err = errDamaged
		return
	}
	_, r.err = r.sum.Write(p)
}

func readList[T any](r *reader, l *list[T], n, size int, get func([]byte) T) {
	for range n {
		p := r.take(size)
		if r.err != nil {
			return
		}
		l.add(get(p))
	}
}

// ReadCheckpoint reads what Write wrote, and refuses that of another search.
func ReadCheckpoint(in io.Reader, world, dialect string) (*Checkpoint, error) {
	r := &reader{b: bufio.NewReaderSize(in, 1<<16), sum: crc64.New(crcTable)}
	line, err := r.b.ReadBytes('\n')
	var h header
	if err != nil || json.Unmarshal(line, &h) != nil || h.Format != checkpointFormat {
		return nil, errors.New("checkpoint: it is none, or of another version of godwit")
	}
	if h.World != world || h.Dialect != dialect {
		return nil, fmt.Errorf("checkpoint: it is of world %s in dialect %s", h.World, h.Dialect)
	}
	if w, ok := Find(world); !ok || w.bounds() != h.Bounds {
		return nil, fmt.Errorf("checkpoint: world %s is another one now", world)
	}
	if h.States <= 0 || int64(h.States) > 1<<32-1 || h.Edges < 0 || h.Todo < 0 || h.Todo > h.States {
		return nil, errDamaged
	}
	r.sum.Write(line)
	c := &Checkpoint{World: world, Dialect: dialect, reduced: h.Reduced}
	r.graph(&c.graph, &h)
	sum := r.sum.Sum64()
	last := r.take(8)
	if _, err := r.b.ReadByte(); r.err == nil && (binary.LittleEndian.Uint64(last) != sum || err != io.EOF) {
		r.err = errDamaged
	}
	if r.err != nil {
		return nil, r.err
	}
	return c, nil
}

// graph reads the binary part.
func (r *reader) graph(g *graph, h *header) {
	readList(r, &g.hashes, h.States, 8, binary.LittleEndian.Uint64)
	readList(r, &g.parent, h.States, 4, binary.LittleEndian.Uint32)
	readList(r, &g.degree, h.States-h.Todo, 1, func(p []byte) uint8 { return p[0] })
	readList(r, &g.edges, h.Edges, 4, binary.LittleEndian.Uint32)
	for range (h.States + 63) / 64 {
		if g.final = append(g.final, binary.LittleEndian.Uint64(r.take(8))); r.err != nil {
			return
		}
	}
	var enc []byte
	for range h.Todo {
		n := binary.LittleEndian.Uint32(r.take(4))
		if r.err != nil || n > chunkSize {
			r.err = errDamaged
			return
		}
		enc = append(enc[:0], make([]byte, n)...)
		if r.fill(enc); r.err != nil {
			return
		}
		g.todo.push(enc)
	}
	for _, f := range h.Found {
		g.found = append(g.found, foundAt{violation{f.Property, f.Text}, f.State, f.Last})
	}
	if !g.sound() {
		r.err = errDamaged
	}
}

// sound tells whether what a file says can be a search.
func (g *graph) sound() bool {
	edges := 0
	for i := range g.degree.n {
		edges += int(g.degree.at(i))
	}
	for i := range g.edges.n {
		if int(g.edges.at(i)) >= g.states() {
			return false
		}
	}
	for i := 1; i < g.states(); i++ {
		if int(g.parent.at(i)) >= i {
			return false
		}
	}
	for _, f := range g.found {
		if int(f.state) >= g.states() {
			return false
		}
	}
	return edges == g.edges.n
}
