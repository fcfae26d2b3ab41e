package story

import "github.com/godwit-rdma/godwit/model/driver"

// A message that is spread over several buffers lies in one piece of memory all the same, its parts in reverse order,
// so that a NIC that took the list for one buffer, or mixed up its entries, would be found out.

// parts calls do for each part of a message or buffer of n bytes: what it is of the message, and where in the memory.
func parts(n, sges int, do func(from, to, at int)) {
	for i := range sges {
		from, to := n*i/sges, n*(i+1)/sges
		do(from, to, n-to)
	}
}

// list is the buffers of a work request of n bytes in the memory at va.
func (e *end) list(va uint64, n, sges int) (list []driver.SGE) {
	parts(n, sges, func(from, to, at int) {
		list = append(list, driver.SGE{Addr: va + uint64(at), Length: uint32(to - from), LKey: e.key})
	})
	return list
}

// spread is what is in the memory of such a work request, of n bytes, that a message came into or goes out of.
func spread(message []byte, n, sges int) []byte {
	memory := make([]byte, n)
	parts(n, sges, func(from, to, at int) {
		if from < len(message) {
			copy(memory[at:at+to-from], message[from:min(to, len(message))])
		}
	})
	return memory
}
