package explore

// frontier is the states that are not expanded yet, encoded, in their order. They lie in a few large pieces of memory: a
// piece for each would cost more than what is in it.
type frontier struct {
	chunks []chunk
	first  int // of chunks[0], those before it are taken
	n      int
}

type chunk struct {
	data []byte
	ends []uint32
}

const chunkSize = 1 << 20

func (c *chunk) at(i int) []byte {
	begin := uint32(0)
	if i > 0 {
		begin = c.ends[i-1]
	}
	return c.data[begin:c.ends[i]:c.ends[i]]
}

// push adds a state behind all others; it keeps no reference to enc.
func (f *frontier) push(enc []byte) {
	last := len(f.chunks) - 1
	if last < 0 || len(f.chunks[last].data)+len(enc) > chunkSize {
		f.chunks = append(f.chunks, chunk{data: make([]byte, 0, max(chunkSize, len(enc)))})
		last++
	}
	c := &f.chunks[last]
	c.data = append(c.data, enc...)
	c.ends = append(c.ends, uint32(len(c.data)))
	f.n++
}

// take takes the first n states, of which there are as many; out is memory to use again.
func (f *frontier) take(n int, out [][]byte) [][]byte {
	out = out[:0]
	f.n -= n
	for len(out) < n {
		c := &f.chunks[0]
		for ; f.first < len(c.ends) && len(out) < n; f.first++ {
			out = append(out, c.at(f.first))
		}
		if f.first == len(c.ends) {
			f.chunks, f.first = f.chunks[1:], 0
		}
	}
	return out
}

// each tells of all states.
func (f *frontier) each(tell func(enc []byte)) {
	first := f.first
	for i := range f.chunks {
		c := &f.chunks[i]
		for ; first < len(c.ends); first++ {
			tell(c.at(first))
		}
		first = 0
	}
}
