package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// A key-value store that clients use without the server's program, as RDMA systems do it: a bucket is read with a READ;
// to change it, a client takes its lock with a CMP_SWAP of the version, WRITEs, and gives the version its next even value
// with another CMP_SWAP. A CMP_SWAP done twice, a READ out of order, or a WRITE behind the unlock is wrong data.

// kvBucket is the size of a bucket: its version, which is odd while it is locked, and a value.
const kvBucket = 64

// kvOwn is how many buckets each client has for itself. Bucket 0 is a counter that all of them count up.
const kvOwn = 4

// KVServer is the program that owns the store. It learns of the clients' work when they are over, and checks what they
// left.
type KVServer struct {
	o       WorkloadOpts
	clients int
	qpns    []uint32
	cq      uint32
	buf     uint64 // 8 bytes of each client's end, then the buckets
	lkey    uint32
	ended   int
	over    bool
}

// KVClient is the program that uses the store.
type KVClient struct {
	o       WorkloadOpts
	me      int
	qpn, cq uint32
	buf     uint64 // the bucket as read; as to be written; what was before of two CMP_SWAPs
	lkey    uint32
	store   uint64
	rkey    uint32

	op      uint32 // operations over: own bucket changed, counter counted up, own bucket looked at, by turns
	state   kvState
	waits   int // completions to come
	version uint64
	tries   uint64
	done    bool
}

// kvState is what a client waits for.
type kvState uint8

const (
	kvIdle   kvState = iota
	kvRead           // the bucket
	kvLock           // the first CMP_SWAP
	kvUnlock         // WRITE and second CMP_SWAP
	kvEnd            // the last message
)

// NewKV makes a store on one container and lets others use it: o.Count times each changes a bucket of its own, counts the
// counter up, and looks at a bucket of its own. It steps the world. Each container needs one free completion queue number.
func NewKV(server *Container, clients []*Container, o WorkloadOpts) (*KVServer, error) {
	s, cs, err := newKV(server, clients, o)
	if err != nil {
		return nil, fmt.Errorf("key-value store: %w", err)
	}
	server.Add(s)
	for i, c := range clients {
		c.Add(cs[i])
	}
	return s, nil
}

func newKV(server *Container, clients []*Container, o WorkloadOpts) (*KVServer, []*KVClient, error) {
	n := len(clients)
	pd, err := server.ctx.AllocPD()
	if err != nil {
		return nil, nil, err
	}
	cq, err := server.ctx.CreateCQ(uint32(n))
	if err != nil {
		return nil, nil, err
	}
	area := uint64(8*n + kvBucket*(1+kvOwn*n))
	va, err := server.ctx.Alloc(area)
	if err != nil {
		return nil, nil, err
	}
	const rights = abi.AccessRemoteRead | abi.AccessRemoteWrite | abi.AccessRemoteAtomic
	mr, err := pd.RegMR(va, area, abi.AccessLocalWrite|rights)
	if err != nil {
		return nil, nil, err
	}
	s := &KVServer{o: o, clients: n, cq: cq.Number(), buf: va, lkey: mr.LKey()}
	o.Connect.Access = rights
	var cs []*KVClient
	for i, c := range clients {
		sq, err := pd.CreateQP(driver.QPInitAttr{SendCQ: cq, RecvCQ: cq, MaxSendWR: 1, MaxRecvWR: 1})
		if err != nil {
			return nil, nil, err
		}
		qp, cmr, err := endpoint(c, 3, 1, 2*kvBucket+16, abi.AccessLocalWrite)
		if err != nil {
			return nil, nil, err
		}
		if err := Connect(qp, sq, o.Connect); err != nil {
			return nil, nil, err
		}
		sge := driver.SGE{Addr: va + 8*uint64(i), Length: 8, LKey: mr.LKey()}
		if _, err := sq.PostRecv(driver.RecvWR{WRID: uint64(i), SGE: sge}); err != nil {
			return nil, nil, err
		}
		s.qpns = append(s.qpns, sq.QPN())
		cs = append(cs, &KVClient{
			o: o, me: i, qpn: qp.QPN(), cq: qp.SendCQ().Number(), buf: cmr.VA(), lkey: cmr.LKey(), store: va + 8*uint64(n), rkey: mr.RKey(),
		})
	}
	return s, cs, nil
}

// kvValue is the value of a client's bucket after it was changed for the n-th time, counted from 1.
func kvValue(o *WorkloadOpts, client int, bucket, n uint64) []byte {
	b := make([]byte, kvBucket-8)
	if n != 0 {
		pattern(b, o.Seed^uint32(client<<24|int(bucket)<<16)^uint32(n))
	}
	return b
}

// kvChanges is how often a client changed its own bucket, 0 to kvOwn-1, in so many rounds.
func kvChanges(rounds uint32, bucket uint64) uint64 {
	return (uint64(rounds) + kvOwn - 1 - bucket) / kvOwn
}

// Done implements Program: all clients are over, and what they left is right.
func (s *KVServer) Done() bool { return s.over }

// Poll implements Program.
func (s *KVServer) Poll(env *Env) error {
	var wc [4]driver.WC
	n, err := env.PollCQ(s.cq, wc[:])
	if err != nil {
		return fmt.Errorf("key-value server: %w", err)
	}
	for _, w := range wc[:n] {
		if w.Status != abi.WCStatusSuccess || w.ByteLen != 8 || w.WRID >= uint64(s.clients) || w.QPN != s.qpns[w.WRID] {
			return fmt.Errorf("key-value server: completion %+v: %w", w, ErrData)
		}
		if s.ended++; s.ended == s.clients {
			if err := s.check(env.Context()); err != nil {
				return fmt.Errorf("key-value server: %w", err)
			}
			s.over = true
		}
	}
	return nil
}

// check looks at every bucket.
func (s *KVServer) check(ctx *driver.Context) error {
	b := make([]byte, kvBucket)
	for i := range 1 + kvOwn*s.clients {
		if err := ctx.Read(s.buf+uint64(8*s.clients+kvBucket*i), b); err != nil {
			return err
		}
		changes, value := uint64(s.o.Count)*uint64(s.clients), make([]byte, kvBucket-8)
		binary.LittleEndian.PutUint64(value, changes)
		if i != 0 {
			client, bucket := (i-1)/kvOwn, uint64((i-1)%kvOwn)
			changes = kvChanges(s.o.Count, bucket)
			value = kvValue(&s.o, client, bucket, changes)
		}
		if v := binary.LittleEndian.Uint64(b); v != 2*changes || string(b[8:]) != string(value) {
			return fmt.Errorf("bucket %d is of version %d, want %d, or has another value: %w", i, v, 2*changes, ErrData)
		}
	}
	return nil
}
