package host

import (
	"encoding/binary"
	"fmt"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// Done implements Program: everything is done and acknowledged.
func (c *KVClient) Done() bool { return c.done }

// Tries is how many READs it took.
func (c *KVClient) Tries() uint64 { return c.tries }

// Poll implements Program.
func (c *KVClient) Poll(env *Env) error {
	if err := c.poll(env); err != nil {
		return fmt.Errorf("key-value client %d: operation %d: %w", c.me, c.op, err)
	}
	return nil
}

func (c *KVClient) poll(env *Env) error {
	if c.done {
		return nil
	}
	var wc [4]driver.WC
	n, err := env.PollCQ(c.cq, wc[:])
	if err != nil {
		return err
	}
	for _, w := range wc[:n] {
		if w.Status != abi.WCStatusSuccess || w.WRID != uint64(c.state) || c.waits == 0 {
			return fmt.Errorf("completion %d: %v (%v), state %d: %w", w.WRID, w.Status, w.Vendor, c.state, ErrData)
		}
		c.waits--
	}
	if c.waits != 0 {
		return nil
	}
	return c.next(env)
}

// bucket is the one that the operation under way is about: of the store, and of the client's own, if it is one.
func (c *KVClient) bucket() (index, own uint64) {
	if c.op%3 == 1 {
		return 0, 0
	}
	own = uint64(c.op/3) % kvOwn
	return 1 + uint64(c.me)*kvOwn + own, own
}

// next goes on: what was waited for is there.
func (c *KVClient) next(env *Env) error {
	ctx := env.Context()
	b := make([]byte, kvBucket)
	index, own := c.bucket()
	switch c.state {
	case kvIdle:
		return c.read(env)
	case kvRead:
		if err := ctx.Read(c.buf, b); err != nil {
			return err
		}
		c.version = binary.LittleEndian.Uint64(b)
		switch {
		case index != 0:
			changed := uint64(c.op/3)/kvOwn + uint64(c.op%3/2) // before this
			if c.version != 2*changed || string(b[8:]) != string(kvValue(&c.o, c.me, own, changed)) {
				return fmt.Errorf("own bucket %d is of version %d, want %d, or has another value: %w", own, c.version, 2*changed, ErrData)
			}
			if c.op%3 == 2 {
				return c.over(env)
			}
			copy(b[8:], kvValue(&c.o, c.me, own, changed+1))
		case c.version%2 == 1:
			return c.read(env) // another client has it
		default:
			if n := binary.LittleEndian.Uint64(b[8:]); n != c.version/2 {
				return fmt.Errorf("the counter is %d at version %d: %w", n, c.version, ErrData)
			}
			binary.LittleEndian.PutUint64(b[8:], c.version/2+1)
		}
		if err := ctx.Write(c.buf+kvBucket, b); err != nil {
			return err
		}
		return c.post(env, kvLock, c.swap(0, index, c.version))
	case kvLock:
		was, err := c.was(ctx, 0)
		if err != nil {
			return err
		}
		if was != c.version {
			if index != 0 {
				return fmt.Errorf("own bucket %d is of version %d when locked, want %d: %w", own, was, c.version, ErrData)
			}
			return c.read(env) // another client was faster
		}
		return c.post(env, kvUnlock, driver.SendWR{
			Opcode: abi.WROpcodeRDMAWrite, SGE: driver.SGE{Addr: c.buf + kvBucket + 8, Length: kvBucket - 8, LKey: c.lkey},
			RemoteVA: c.store + index*kvBucket + 8, RKey: c.rkey,
		}, c.swap(1, index, c.version+1))
	case kvUnlock:
		was, err := c.was(ctx, 1)
		if err != nil {
			return err
		}
		if was != c.version+1 {
			return fmt.Errorf("bucket %d is of version %d when unlocked, want %d: %w", index, was, c.version+1, ErrData)
		}
		return c.over(env)
	}
	c.done = true
	return nil
}

// over ends an operation, and after the last tells the server.
func (c *KVClient) over(env *Env) error {
	if c.op++; c.op != 3*c.o.Count {
		return c.read(env)
	}
	sge := driver.SGE{Addr: c.buf, Length: 8, LKey: c.lkey}
	return c.post(env, kvEnd, driver.SendWR{Opcode: abi.WROpcodeSend, SGE: sge})
}

func (c *KVClient) read(env *Env) error {
	c.tries++
	index, _ := c.bucket()
	return c.post(env, kvRead, driver.SendWR{
		Opcode: abi.WROpcodeRDMARead, SGE: driver.SGE{Addr: c.buf, Length: kvBucket, LKey: c.lkey},
		RemoteVA: c.store + index*kvBucket, RKey: c.rkey,
	})
}

// swap makes a bucket's version one more; what it was comes to place i.
func (c *KVClient) swap(i, index, version uint64) driver.SendWR {
	return driver.SendWR{
		Opcode: abi.WROpcodeCmpSwap, SGE: driver.SGE{Addr: c.buf + 2*kvBucket + 8*i, Length: 8, LKey: c.lkey},
		RemoteVA: c.store + index*kvBucket, RKey: c.rkey, Compare: version, Swap: version + 1,
	}
}

// was is what a CMP_SWAP found.
func (c *KVClient) was(ctx *driver.Context, i uint64) (uint64, error) {
	var b [8]byte
	err := ctx.Read(c.buf+2*kvBucket+8*i, b[:])
	return binary.LittleEndian.Uint64(b[:]), err
}

// post posts signaled requests and waits for them.
func (c *KVClient) post(env *Env, s kvState, wrs ...driver.SendWR) error {
	qp, err := env.QP(c.qpn)
	if err != nil {
		return err
	}
	for i := range wrs {
		wrs[i].WRID, wrs[i].Flags = uint64(s), abi.WRFlagSignaled
	}
	n, err := qp.PostSend(wrs...)
	c.state, c.waits = s, n
	return err
}
