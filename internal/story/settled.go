package story

import (
	"github.com/godwit-rdma/godwit/model/abi"

	"github.com/godwit-rdma/godwit/internal/op"
)

// expectSettled checks that no migration is under way at either end of a connection, as far as hosts are there. P4.
func (w *world) expectSettled(o *op.Op, c *conn) error {
	for _, e := range c.ends {
		in := e.box.current
		if in.host.crashed {
			continue
		}
		q, err := in.qp(o, e)
		if err != nil {
			return err
		}
		x := abi.QPC{State: abi.StateStopped}
		if in.ctx.State() == "running" {
			if x, err = q.Query(); err != nil {
				return err
			}
		}
		switch {
		case x.State == abi.StateStopped, x.State == abi.StatePaused:
			return fail(o, w.file, "settled", "expect settled: QP %d at %s is in %v", o.Number, in.host.name, x.State)
		case x.ResumePending:
			return fail(o, w.file, "settled", "expect settled: QP %d at %s still announces itself", o.Number, in.host.name)
		}
	}
	return nil
}
