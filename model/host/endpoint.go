package host

import (
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// endpoint makes a queue pair with a completion queue of its own, and a registered buffer of n bytes.
func endpoint(c *Container, sends, recvs uint32, n uint64, access abi.Access) (*driver.QP, *driver.MR, error) {
	return endpointOf(c, n, access, driver.QPInitAttr{MaxSendWR: sends, MaxRecvWR: recvs})
}

// endpointOf is endpoint with all that can be said of a queue pair.
func endpointOf(c *Container, n uint64, access abi.Access, attr driver.QPInitAttr) (*driver.QP, *driver.MR, error) {
	pd, cq, mr, err := domain(c, attr.MaxSendWR+attr.MaxRecvWR, n, access)
	if err != nil {
		return nil, nil, err
	}
	attr.SendCQ, attr.RecvCQ = cq, cq
	qp, err := pd.CreateQP(attr)
	return qp, mr, err
}

// domain makes what queue pairs need: a protection domain, a completion queue, and a registered buffer of n bytes.
func domain(c *Container, entries uint32, n uint64, access abi.Access) (*driver.PD, *driver.CQ, *driver.MR, error) {
	pd, err := c.ctx.AllocPD()
	if err != nil {
		return nil, nil, nil, err
	}
	cq, err := c.ctx.CreateCQ(entries)
	if err != nil {
		return nil, nil, nil, err
	}
	va, err := c.ctx.Alloc(n)
	if err != nil {
		return nil, nil, nil, err
	}
	mr, err := pd.RegMR(va, n, access)
	return pd, cq, mr, err
}
