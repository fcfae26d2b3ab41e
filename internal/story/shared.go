package story

import (
	"bytes"

	"github.com/godwit-rdma/godwit/model/driver"

	"github.com/godwit-rdma/godwit/internal/op"
)

// srq is the shared receive queue of a container, nil if it has none.
func (b *box) srq(ctx *driver.Context) *driver.SRQ { return ctx.SRQ(b.part.CQ.Base) }

// endOf is the index of the end with a queue pair number.
func (b *box) endOf(qpn uint32) int {
	for i, e := range b.ends {
		if e.qpn == qpn {
			return i
		}
	}
	panic("BUG: a completion of a queue pair that the container does not have")
}

// limit asks for the limit event of a container's shared receive queue.
func (in *instance) limit(o *op.Op) error {
	s := in.box.srq(in.ctx)
	if s == nil {
		return o.Errorf(in.host.w.file, "srq-limit: the container of QP %d at %s has no shared receive queue: srq=yes", o.Number, in.host.name)
	}
	return s.Modify(uint16(o.Limit))
}

// holds checks that the buffer of a receive that completed at this end holds want, behind head bytes.
func (e *end) holds(o *op.Op, in *instance, c *completion, head int, want []byte) error {
	got, err := e.buffer(in, c)
	if err != nil {
		return err
	}
	if got = got[head:]; !bytes.Equal(got[:min(len(want), len(got))], want) {
		return fail(o, in.host.w.file, "data", "expect data: QP %d end %c: receive #%d has other bytes than were sent", o.Number, 'A'+rune(e.side), c.index)
	}
	return nil
}

// buffer reads the buffers of a receive that completed at this end, one behind the other.
func (e *end) buffer(in *instance, c *completion) ([]byte, error) {
	owner := e.box.ends[c.owner]
	s := in.apps[c.owner].recvs[c.index]
	memory, p := make([]byte, s.n), make([]byte, s.n)
	if err := in.host.ram.Read(in.window.Base+owner.recvVA+uint64(s.off)-e.box.va(), memory); err != nil {
		return nil, err
	}
	parts(s.n, s.sges, func(from, to, at int) { copy(p[from:to], memory[at:]) })
	return p, nil
}
