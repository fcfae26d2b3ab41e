package control

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// endpointVerbs are about queue pairs.
var endpointVerbs = []verb{
	on("create", (*server).create),
	on("init", (*server).init),
	on("connect", (*server).connect),
	on("post", (*server).post),
	on("recv", (*server).recv),
	on("modify", (*server).modify),
	on("poll", (*server).poll),
	on("write", (*server).write),
	on("read", (*server).read),
	on("query", (*server).query),
	on("destroy", (*server).destroy),
}

type createParams struct {
	Container int    `json:"container"`
	Depth     uint32 `json:"depth"`
	Buffer    uint64 `json:"buffer"`
	Type      string `json:"type"`
	SendSGEs  uint32 `json:"send_sges"`
	RecvSGEs  uint32 `json:"recv_sges"`
	Inline    uint32 `json:"inline"`
	// SRQ is the shared receive queue that it takes its receives from.
	SRQ *uint32 `json:"srq"`
}

// transport is the type of queue pair that a word names.
func transport(name string) (abi.QPType, error) {
	for t := abi.QPTypeRC; t.Valid(); t++ {
		if name == "" || strings.EqualFold(t.String(), name) {
			return t, nil
		}
	}
	return 0, fmt.Errorf("there is no type %q of queue pairs, only RC, UC and UD: %w", name, driver.ErrInval)
}

func (s *server) create(_ context.Context, p *createParams) (any, error) {
	typ, err := transport(p.Type)
	if err != nil {
		return nil, err
	}
	return s.make(p.Container, func(c *live.Container) (any, error) {
		attr := live.EndpointAttr{Type: typ, Depth: p.Depth, Buffer: p.Buffer, SendSGEs: p.SendSGEs, RecvSGEs: p.RecvSGEs, Inline: p.Inline}
		if p.SRQ != nil {
			if attr.Shared = shared(c, *p.SRQ); attr.Shared == nil {
				return nil, fmt.Errorf("shared receive queue %d is not in container %d: %w", *p.SRQ, c.Index(), driver.ErrInval)
			}
		}
		e, err := c.NewEndpoint(attr)
		if err != nil {
			return nil, err
		}
		return e.Address(), nil
	})
}

// make makes something in a container, which is made if it is not there, and goes again if the rest fails.
func (s *server) make(container int, what func(*live.Container) (any, error)) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, made := s.nic.Container(container), false
	if c == nil {
		var err error
		if c, err = s.nic.NewContainer(container); err != nil {
			return nil, err
		}
		made = true
	}
	r, err := what(c)
	if err != nil && made {
		err = errors.Join(err, c.Close())
	}
	return r, err
}

// qpParams name a queue pair.
type qpParams struct {
	QP uint32 `json:"qp"`
}

func (s *server) init(_ context.Context, p *qpParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	return nil, e.Init()
}

type connectParams struct {
	qpParams
	Peer      live.Address `json:"peer"`
	MTU       int          `json:"mtu"`
	Timeout   uint8        `json:"timeout"`
	Retry     *uint8       `json:"retry"`
	RNRRetry  *uint8       `json:"rnr_retry"`
	MinRNR    uint8        `json:"min_rnr"`
	RdAtomic  uint8        `json:"rd_atomic"`
	Migration bool         `json:"migration"`
	RTR       bool         `json:"rtr"`
	QKey      uint32       `json:"qkey"`
	// PeerTimeout and PeerRetry are the partner's.
	PeerTimeout *uint8 `json:"peer_timeout"`
	PeerRetry   *uint8 `json:"peer_retry"`
}

func (s *server) connect(ctx context.Context, p *connectParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	a := live.ConnectAttr{
		Peer: p.Peer, MTU: p.MTU, Timeout: p.Timeout, MinRNR: p.MinRNR, RdAtomic: p.RdAtomic, Migration: p.Migration, RTR: p.RTR, QKey: p.QKey,
		FewRetries: true, Retry: 7, RNRRetry: 7,
	}
	if p.Retry != nil {
		a.Retry = *p.Retry
	}
	if p.RNRRetry != nil {
		a.RNRRetry = *p.RNRRetry
	}
	if (p.PeerTimeout == nil) != (p.PeerRetry == nil) {
		return nil, fmt.Errorf("peer_timeout and peer_retry go together: %w", driver.ErrInval)
	}
	if p.PeerTimeout != nil {
		a.Partner = &driver.Retry{Timeout: *p.PeerTimeout, RetryCnt: *p.PeerRetry}
	}
	return nil, e.Connect(ctx, a)
}

// duration is a time.Duration as Go writes it.
type duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = duration(v)
	return err
}

// or is d, or another if there is none.
func (d *duration) or(other time.Duration) time.Duration {
	if d == nil {
		return other
	}
	return time.Duration(*d)
}

// patience is how long requests wait that are not told otherwise.
const patience = 10 * time.Second

type pollParams struct {
	qpParams
	Count int       `json:"count"`
	Wait  *duration `json:"wait"`
}

// completion is a work completion in JSON.
type completion struct {
	WR     uint64 `json:"wr"`
	Status string `json:"status"`
	Vendor string `json:"vendor,omitempty"`
	Opcode string `json:"opcode"`
	Bytes  uint32 `json:"bytes"`
	Imm    uint32 `json:"imm,omitempty"`
	// SrcQPN is who sent a datagram; the IP header is in front of it in the buffer.
	SrcQPN uint32 `json:"src_qpn,omitempty"`
}

// maxPoll bounds what one request may wait for.
const maxPoll = 1 << 16

// poll waits for completions; those that came in time are the result, and fewer than were asked for are no error.
func (s *server) poll(ctx context.Context, p *pollParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	if p.Count < 0 || p.Count > maxPoll {
		return nil, fmt.Errorf("count %d, want 1 to %d: %w", p.Count, maxPoll, driver.ErrInval)
	}
	ctx, cancel := context.WithTimeout(ctx, p.Wait.or(patience))
	defer cancel()
	wcs, err := e.Poll(ctx, max(p.Count, 1))
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, err
	}
	list := make([]completion, len(wcs))
	for i, w := range wcs {
		list[i] = completion{WR: w.WRID, Status: w.Status.String(), Opcode: w.Opcode.String(), Bytes: w.ByteLen, Imm: w.Imm, SrcQPN: w.SrcQPN}
		if w.Vendor != abi.VendorErrNone {
			list[i].Vendor = w.Vendor.String()
		}
	}
	return list, nil
}

type writeParams struct {
	bufferParams
	Offset uint64 `json:"offset"`
	Hex    string `json:"hex"`
	Text   string `json:"text"`
}

func (s *server) write(_ context.Context, p *writeParams) (any, error) {
	e, err := s.buffer(&p.bufferParams)
	if err != nil {
		return nil, err
	}
	data := []byte(p.Text)
	if p.Hex != "" {
		if len(data) != 0 {
			return nil, fmt.Errorf("both hex and text: %w", driver.ErrInval)
		}
		if data, err = hex.DecodeString(p.Hex); err != nil {
			return nil, fmt.Errorf("hex: %w: %w", err, driver.ErrInval)
		}
	}
	return nil, e.Write(p.Offset, data)
}

type readParams struct {
	bufferParams
	Offset uint64 `json:"offset"`
	Length uint32 `json:"length"`
}

// piece is a piece of memory; Text is there if it is printable.
type piece struct {
	Hex  string `json:"hex"`
	Text string `json:"text,omitempty"`
}

// maxRead bounds what one request may read.
const maxRead = 16 << 20

func (s *server) read(_ context.Context, p *readParams) (any, error) {
	e, err := s.buffer(&p.bufferParams)
	if err != nil {
		return nil, err
	}
	if p.Length > maxRead {
		return nil, fmt.Errorf("length %d, at most %d: %w", p.Length, maxRead, driver.ErrInval)
	}
	data := make([]byte, p.Length)
	if err := e.Read(p.Offset, data); err != nil {
		return nil, err
	}
	r := piece{Hex: hex.EncodeToString(data)}
	if strings.IndexFunc(string(data), func(c rune) bool { return c < ' ' || c > '~' }) < 0 {
		r.Text = string(data)
	}
	return r, nil
}

// state is what query tells of a queue pair.
type state struct {
	Type      string `json:"type"`
	State     string `json:"state"`
	Saved     string `json:"saved_state,omitempty"`
	Peer      string `json:"peer"`
	PeerQPN   uint32 `json:"peer_qpn"`
	NextPSN   uint32 `json:"next_psn"`
	UnaPSN    uint32 `json:"una_psn"`
	EPSN      uint32 `json:"epsn"`
	RetryLeft uint8  `json:"retry_left"`
	Capable   bool   `json:"migration"`
}

func (s *server) query(_ context.Context, p *qpParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	c, err := e.Query()
	if err != nil {
		return nil, err
	}
	st := state{
		Type: c.QPType.String(), State: c.State.String(), Peer: live.AddrOf(c.RemoteIP).String(), PeerQPN: c.RemoteQPN, NextPSN: uint32(c.NextPSN),
		UnaPSN: uint32(c.UnaPSN), EPSN: uint32(c.EPSN), RetryLeft: c.RetryLeft, Capable: c.MigCapable,
	}
	if c.State == abi.StateStopped {
		st.Saved = c.SavedState.String()
	}
	return st, nil
}

func (s *server) destroy(_ context.Context, p *qpParams) (any, error) {
	e, err := s.endpoint(p.QP)
	if err != nil {
		return nil, err
	}
	return nil, e.Destroy()
}
