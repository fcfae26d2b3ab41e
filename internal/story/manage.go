package story

import (
	"errors"

	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/qp"

	"github.com/godwit-rdma/godwit/internal/op"
)

// manage does what a container's manager does.
func (w *world) manage(o *op.Op, in *instance) error {
	switch o.Verb {
	case op.Stall:
		return in.ctx.Stall()
	case op.Move:
		return w.move(o, in)
	case op.Resume:
		return w.resume(in)
	case op.Forward:
		return in.ctx.SetForward(w.host(o.To).drv.IP())
	case op.Release:
		return w.release(o, in)
	case op.Rollback:
		return w.rollback(o, in)
	}
	if err := in.ctx.Close(); err != nil {
		return err
	}
	in.host.forget(in)
	return nil
}

// arrival is a container's memory on its way to where its queue pairs are already.
type arrival struct {
	memory []byte
	apps   []*app
}

// move brings a stopped container to another host. It is not yet activated, but without R5: then it is, and its memory
// comes when it is resumed. Without R10a nothing is left of it where it was.
func (w *world) move(o *op.Op, in *instance) error {
	to := w.host(o.To)
	if to.crashed {
		return o.Errorf(w.file, "move: NIC %s has crashed", o.To)
	}
	img, err := in.ctx.Dump()
	if err != nil {
		return err
	}
	dst := &instance{
		box: in.box, host: to, window: to.window(in.box), events: append([]driver.AsyncEvent(nil), in.events...),
	}
	p := make([]byte, in.window.Size)
	if err := in.host.ram.Read(in.window.Base, p); err != nil {
		return err
	}
	tomb := to.find(in.box)
	if dst.ctx, err = to.drv.Restore(img.Marshal(), dst.window); err != nil {
		return err
	}
	if tomb != nil {
		to.forget(tomb) // it was replaced
	}
	if err := to.ram.Write(dst.window.Base, p); err != nil {
		return err
	}
	dst.apps = clones(in.apps)
	to.copies = append(to.copies, dst)
	if w.plan.rules&qp.NoR10a != 0 {
		if err := in.ctx.Close(); err != nil {
			return err
		}
		in.host.forget(in)
	}
	if w.plan.rules&qp.NoR5 != 0 {
		dst.late = &arrival{p, clones(in.apps)}
		return dst.ctx.Resume()
	}
	return nil
}

func clones(apps []*app) (out []*app) {
	for _, a := range apps {
		out = append(out, a.clone())
	}
	return out
}

// resume activates what was moved here.
func (w *world) resume(in *instance) error {
	if late := in.late; late != nil {
		in.late, in.apps = nil, late.apps
		in.box.current = in
		return in.host.ram.Write(in.window.Base, late.memory)
	}
	if err := in.ctx.Resume(); err != nil {
		return err
	}
	in.box.current = in
	return nil
}

// rollback reactivates a tombstone in place. A dialect without R10 cannot, which is no fault of the device.
func (w *world) rollback(o *op.Op, in *instance) error {
	err := in.ctx.Rollback()
	if errors.Is(err, driver.ErrDevice) && w.plan.rules&qp.NoR10 != 0 {
		return w.refused(o)
	}
	return err
}

// refused notes that an operation came to nothing.
func (w *world) refused(o *op.Op) error {
	if w.trace.on {
		w.trace.put(w.now, "("+string(o.Verb)+" comes to nothing in this dialect)")
	}
	return nil
}

// releaseLimit is how long release waits for the RESUMEs to be acknowledged, in cycles: 1 s.
const releaseLimit = 250_000_000

// release destroys a tombstone.
func (w *world) release(o *op.Op, in *instance) error {
	next := in.box.current
	for end := w.net.Now() + releaseLimit; next.ctx.State() == "running" && next.ctx.Announcing() != 0; {
		if w.net.Now() >= end {
			return fail(o, w.file, "release", "release: RESUME of QP %d at %s is never acknowledged", o.Number, next.host.name)
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	if err := in.ctx.Release(); err != nil {
		return err
	}
	in.host.forget(in)
	return nil
}
