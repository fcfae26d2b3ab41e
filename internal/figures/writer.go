package figures

import (
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/host"
)

const (
	messageSize = 4096 // bytes of an RDMA WRITE
	inFlight    = 2    // messages on each queue pair
	timeout     = 8    // 1.05 ms: longer than all that may be queued before a message
)

// writer is a program that keeps RDMA WRITEs in flight on all its queue pairs.
type writer struct {
	qpns       []uint32
	cq         uint32
	from, to   uint64
	lkey, rkey uint32
	pending    []int
	bytes      uint64 // completed
}

// newWriter connects n queue pairs of one container with as many of another and lets the first write to the second.
func newWriter(from, to *host.Container, n int) (*writer, error) {
	w := &writer{pending: make([]int, n)}
	var ends [2]end
	for i, c := range []*host.Container{from, to} {
		if err := ends[i].open(c, n); err != nil {
			return nil, fmt.Errorf("container %s: %w", c.Name, err)
		}
	}
	for i := range n {
		a, b := ends[0].qps[i], ends[1].qps[i]
		if err := host.Connect(a, b, host.ConnectOpts{PSNA: 1000, PSNB: 2000, Timeout: timeout}); err != nil {
			return nil, err
		}
		w.qpns = append(w.qpns, a.QPN())
	}
	w.cq = ends[0].cq.Number()
	w.from, w.lkey = ends[0].mr.VA(), ends[0].mr.LKey()
	w.to, w.rkey = ends[1].mr.VA(), ends[1].mr.RKey()
	from.Add(w)
	return w, nil
}

// end is the verbs objects of one container.
type end struct {
	cq  *driver.CQ
	mr  *driver.MR
	qps []*driver.QP
}

func (e *end) open(c *host.Container, n int) error {
	pd, err := c.Context().AllocPD()
	if err != nil {
		return err
	}
	if e.cq, err = c.Context().CreateCQ(uint32(n * inFlight)); err != nil {
		return err
	}
	va, err := c.Context().Alloc(messageSize)
	if err != nil {
		return err
	}
	if e.mr, err = pd.RegMR(va, messageSize, abi.AccessLocalWrite|abi.AccessRemoteWrite); err != nil {
		return err
	}
	for range n {
		q, err := pd.CreateQP(driver.QPInitAttr{SendCQ: e.cq, RecvCQ: e.cq, MaxSendWR: inFlight})
		if err != nil {
			return err
		}
		e.qps = append(e.qps, q)
	}
	return nil
}

// Done implements host.Program: it never is.
func (w *writer) Done() bool { return false }

// Poll implements host.Program.
func (w *writer) Poll(env *host.Env) error {
	var wc [32]driver.WC
	for n := len(wc); n == len(wc); {
		var err error
		if n, err = env.PollCQ(w.cq, wc[:]); err != nil {
			return err
		}
		for _, c := range wc[:n] {
			if c.Status != abi.WCStatusSuccess {
				return fmt.Errorf("queue pair %d: %v", w.qpns[c.WRID], c.Status)
			}
			w.bytes += messageSize
			w.pending[c.WRID]--
		}
	}
	for i, qpn := range w.qpns {
		if w.pending[i] == inFlight {
			continue
		}
		q, err := env.QP(qpn)
		if err != nil {
			return err
		}
		for ; w.pending[i] < inFlight; w.pending[i]++ {
			if _, err := q.PostSend(w.request(uint64(i))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) request(id uint64) driver.SendWR {
	return driver.SendWR{
		WRID: id, Opcode: abi.WROpcodeRDMAWrite, Flags: abi.WRFlagSignaled,
		SGE: driver.SGE{Addr: w.from, Length: messageSize, LKey: w.lkey}, RemoteVA: w.to, RKey: w.rkey,
	}
}

// toucher is a program that writes to pages of its container's memory, one after the other, at a rate.
type toucher struct {
	va, pages uint64
	perMega   uint64 // pages in a million cycles
	next      uint64
	credit    uint64 // millionths of a page
	last      uint64
}

// newToucher lets a container touch a part of its memory of that many bytes.
func newToucher(c *host.Container, size, perMega uint64) error {
	va, err := c.Context().Alloc(size)
	if err != nil {
		return fmt.Errorf("container %s: %w", c.Name, err)
	}
	c.Add(&toucher{va: va, pages: size / driver.WindowAlign, perMega: perMega})
	return nil
}

// Done implements host.Program: it never is.
func (t *toucher) Done() bool { return false }

// Poll implements host.Program.
func (t *toucher) Poll(env *host.Env) error {
	if t.last != 0 {
		t.credit += (env.Now - t.last) * t.perMega
	}
	t.last = env.Now
	for ; t.credit >= 1_000_000; t.credit -= 1_000_000 {
		word := [8]byte{byte(t.next), byte(t.next >> 8), 1}
		if err := env.Context().Write(t.va+t.next%t.pages*driver.WindowAlign, word[:]); err != nil {
			return err
		}
		t.next++
	}
	return nil
}
