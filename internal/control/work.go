package control

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// workRequest is a send in JSON. Offset and length are of the endpoint's buffer.
type workRequest struct {
	WR       uint64 `json:"wr"`
	Op       string `json:"op"`
	Offset   uint64 `json:"offset"`
	Length   uint32 `json:"length"`
	VA       uint64 `json:"va"`
	RKey     uint32 `json:"rkey"`
	Imm      uint32 `json:"imm"`
	InvKey   uint32 `json:"inv_key"`
	Swap     uint64 `json:"swap"`
	Compare  uint64 `json:"compare"`
	Unsigned bool   `json:"unsignaled"`
	Fence    bool   `json:"fence"`
	Event    bool   `json:"solicited"`
	Inline   bool   `json:"inline"`
	// SGEs, if given, are the buffers in the place of offset and length.
	SGEs []sge `json:"sges"`
}

// sge is a piece of a buffer in JSON.
type sge struct {
	Offset uint64 `json:"offset"`
	Length uint32 `json:"length"`
}

// list is the buffers of a work request: one, or those of a list.
func list(b buffer, offset uint64, length uint32, sges []sge) (first driver.SGE, more []driver.SGE, err error) {
	if len(sges) == 0 {
		return b.SGE(offset, length), nil, nil
	}
	if offset != 0 || length != 0 {
		return first, nil, fmt.Errorf("both sges and offset or length: %w", driver.ErrInval)
	}
	for _, g := range sges {
		more = append(more, b.SGE(g.Offset, g.Length))
	}
	return more[0], more[1:], nil
}

// opcode is the operation that a word names, as "rdma_write" does RDMA_WRITE.
func opcode(name string) (abi.WROpcode, error) {
	var names []string
	for op := range abi.WROpcode(255) {
		if !op.Valid() {
			continue
		}
		if strings.EqualFold(op.String(), name) {
			return op, nil
		}
		names = append(names, op.String())
	}
	return 0, fmt.Errorf("there is no operation %q, only %s: %w", name, strings.Join(names, ", "), driver.ErrInval)
}

func (w *workRequest) build(e *live.Endpoint) (driver.SendWR, error) {
	op, err := opcode(w.Op)
	if err != nil {
		return driver.SendWR{}, err
	}
	first, more, err := list(e, w.Offset, w.Length, w.SGEs)
	if err != nil {
		return driver.SendWR{}, err
	}
	wr := driver.SendWR{
		WRID: w.WR, Opcode: op, SGE: first, More: more, RemoteVA: w.VA, RKey: w.RKey, Imm: w.Imm, InvKey: w.InvKey,
		Swap: w.Swap, Compare: w.Compare,
	}
	for _, f := range []struct {
		set  bool
		flag abi.WRFlag
	}{{!w.Unsigned, abi.WRFlagSignaled}, {w.Fence, abi.WRFlagFence}, {w.Event, abi.WRFlagSolicited}, {w.Inline, abi.WRFlagInline}} {
		if f.set {
			wr.Flags |= f.flag
		}
	}
	return wr, nil
}

// destination is where datagrams go.
type destination struct {
	IP   netip.Addr `json:"ip"`
	QPN  uint32     `json:"qpn"`
	QKey uint32     `json:"qkey"`
}

type postParams struct {
	qpParams
	WRs []workRequest `json:"wrs"`
	// To is for endpoints of type UD.
	To *destination `json:"to"`
}

func (s *server) post(ctx context.Context, p *postParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	var wrs []driver.SendWR
	for i := range p.WRs {
		wr, err := p.WRs[i].build(e)
		if err != nil {
			return nil, err
		}
		wrs = append(wrs, wr)
	}
	if p.To != nil {
		return nil, e.PostDatagrams(ctx, p.To.IP, p.To.QPN, p.To.QKey, wrs...)
	}
	return nil, e.PostSend(wrs...)
}

// receiveRequest is a receive in JSON.
type receiveRequest struct {
	WR     uint64 `json:"wr"`
	Offset uint64 `json:"offset"`
	Length uint32 `json:"length"`
	SGEs   []sge  `json:"sges"`
}

type recvParams struct {
	bufferParams
	WRs []receiveRequest `json:"wrs"`
}

func (s *server) recv(_ context.Context, p *recvParams) (any, error) {
	b, err := s.buffer(&p.bufferParams)
	if err != nil {
		return nil, err
	}
	var wrs []driver.RecvWR
	for _, w := range p.WRs {
		first, more, err := list(b, w.Offset, w.Length, w.SGEs)
		if err != nil {
			return nil, err
		}
		wrs = append(wrs, driver.RecvWR{WRID: w.WR, SGE: first, More: more})
	}
	return nil, b.PostRecv(wrs...)
}
