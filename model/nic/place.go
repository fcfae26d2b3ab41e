package nic

import "github.com/godwit-rdma/godwit/model/abi"

// SetContext puts a context into a slot as it is, as if commands and packets had brought it there: for replaying
// single steps (package testvectors). It retires nothing. ok is false, and nothing changes, if there is no such slot
// or another slot has the QPN.
func (k *Core) SetContext(n uint16, c abi.QPC) (ok bool) {
	if int(n) >= len(k.qps) {
		return false
	}
	if at, taken := k.byQPN[c.QPN]; taken && at != n {
		return false
	}
	if k.qps[n].used {
		delete(k.byQPN, k.qps[n].ctx.QPN)
	}
	k.put(n, &c)
	return true
}
