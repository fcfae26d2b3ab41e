package cosim

import "github.com/godwit-rdma/godwit/cosim/bridge"

// writeQueue collects writes to memory until the device runs, joining those that touch.
type writeQueue struct {
	writes []bridge.Item
}

// add takes a write. One that continues, or lies within, the write before it becomes part of it; any other keeps its
// place in the order, so overlapping writes end as they should.
func (q *writeQueue) add(addr uint64, p []byte) {
	if n := len(q.writes); n > 0 {
		last := &q.writes[n-1]
		end := last.Addr + uint64(len(last.Data))
		if addr >= last.Addr && addr <= end && addr-last.Addr+uint64(len(p)) <= bridge.MaxMem {
			if more := addr + uint64(len(p)); more > end {
				last.Data = append(last.Data, make([]byte, more-end)...)
			}
			copy(last.Data[addr-last.Addr:], p)
			return
		}
	}
	for len(p) > 0 {
		n := min(len(p), bridge.MaxMem)
		q.writes = append(q.writes, bridge.Item{Kind: bridge.KindMemWrite, Addr: addr, Data: append([]byte(nil), p[:n]...)})
		addr, p = addr+uint64(n), p[n:]
	}
}

// take returns the writes and empties the queue.
func (q *writeQueue) take() []bridge.Item {
	w := q.writes
	q.writes = nil
	return w
}

func (q *writeQueue) reset() { q.writes = nil }
