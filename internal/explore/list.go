package explore

// list is a long list that grows without being copied: in pieces of memory of one size. A slice that is as long as a
// search would be there twice each time that it grows.
type list[T any] struct {
	chunks [][]T
	n      int
}

const (
	listLog  = 16
	listMask = 1<<listLog - 1
)

func (l *list[T]) add(v T) {
	if l.n&listMask == 0 {
		l.chunks = append(l.chunks, make([]T, 1<<listLog))
	}
	l.chunks[l.n>>listLog][l.n&listMask] = v
	l.n++
}

func (l *list[T]) at(i int) T { return l.chunks[i>>listLog][i&listMask] }

// bits is a set of small numbers.
type bits []uint64

func (b bits) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b bits) set(i int) { b[i>>6] |= 1 << (i & 63) }

// grow makes room for i, which is one more than there was room for.
func (b *bits) grow(i int) {
	if i>>6 == len(*b) {
		*b = append(*b, 0)
	}
}
