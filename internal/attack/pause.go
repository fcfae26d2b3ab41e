package attack

import (
	"strconv"

	"github.com/godwit-rdma/godwit/internal/op"
	"github.com/godwit-rdma/godwit/internal/story"
	"github.com/godwit-rdma/godwit/model/fabric"
)

// PauseTime is how long Goodput measures.
const PauseTime = 1000 * op.PerMicrosecond

// Goodput is the number of messages of 4 KiB that a victim, which sends as fast as it can, completes in PauseTime
// while an observer sends it one NAK_STOPPED in every so many windows; 0 means no attack. The lease is 32 ticks.
func Goodput(every int) (messages uint64, err error) {
	var ops []op.Op
	add := func(v op.Verb, edit func(o *op.Op)) {
		o := op.Default(v)
		o.Number, o.At = 1, "b"
		edit(&o)
		ops = append(ops, o)
	}
	for _, name := range []string{"a", "b"} {
		add(op.NIC, func(o *op.Op) { o.Number, o.At = 0, name })
	}
	const count, size = 1024, 4096
	add(op.QP, func(o *op.Op) {
		o.From, o.To, o.At = "a", "b", ""
		o.Conn.KeyA, o.Conn.KeyB, o.Conn.Depth, o.Conn.Mem, o.Conn.MTU = key, key, count, count*size, 4096
	})
	add(op.PostRecv, func(o *op.Op) { o.At, o.Work.Count, o.Work.Len = "a", count, size })
	add(op.PostSend, func(o *op.Op) { o.Work.Count, o.Work.Len = count, size })
	if every != 0 {
		add(op.Attack, func(o *op.Op) {
			o.At, o.To = "m", "b"
			o.Attack.Knowledge, o.Attack.Strategy = fabric.Observer.String(), fabric.Stop.String()
			o.Attack.Every, o.Attack.Count = every, 1<<20
		})
	}
	add(op.Run, func(o *op.Op) { o.Number, o.At, o.Time = 0, "", PauseTime })
	res, err := story.Run("every="+strconv.Itoa(every), ops, story.Options{})
	return res.Stats.Completions / 2, err
}
