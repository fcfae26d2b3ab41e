package bridge

import "io"

// splitmix advances a SplitMix64 generator.
func splitmix(s *uint64) uint64 {
	*s += 0x9e3779b97f4a7c15
	z := *s
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// chunkSize draws 1 to 16 bytes mostly, sometimes up to 4096.
func chunkSize(s *uint64) int {
	v := splitmix(s)
	if v&7 != 0 {
		return 1 + int(v>>8&15)
	}
	return 1 + int(v>>8&4095)
}

type chunkReader struct {
	r    io.Reader
	seed uint64
}

func (c *chunkReader) Read(p []byte) (int, error) {
	if n := chunkSize(&c.seed); len(p) > n {
		p = p[:n]
	}
	return c.r.Read(p)
}

type chunkWriter struct {
	w    io.Writer
	seed uint64
}

func (c *chunkWriter) Write(p []byte) (int, error) {
	for n := 0; n < len(p); {
		m, err := c.w.Write(p[n:min(len(p), n+chunkSize(&c.seed))])
		n += m
		if err != nil {
			return n, err
		}
	}
	return len(p), nil
}
