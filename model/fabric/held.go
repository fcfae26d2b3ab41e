package fabric

import "slices"

// hold keeps a frame until it is released or discarded.
func (f *Fabric) hold(fl *Flight) {
	f.tell(fl, Held, 0)
	fl.Packet = nil // that is the fabric's
	f.held = append(f.held, *fl)
}

// Held returns the frames that rules hold, in the order they were sent. Their Packet is nil.
func (f *Fabric) Held() []Flight { return slices.Clone(f.held) }

// Release lets frame i of Held arrive now.
func (f *Fabric) Release(i int) {
	fl := f.held[i]
	f.held = slices.Delete(f.held, i, i+1)
	fl.Sent = f.now
	f.send(&fl, Released, f.now)
}

// Discard loses frame i of Held.
func (f *Fabric) Discard(i int) {
	fl := f.held[i]
	f.held = slices.Delete(f.held, i, i+1)
	fl.Sent = f.now
	f.end(&fl, Discarded)
}

// Repeat makes a second frame of frame i of Held; it is held behind all others.
func (f *Fabric) Repeat(i int) {
	fl := f.held[i]
	fl.Frame = slices.Clone(fl.Frame)
	f.held = append(f.held, fl)
}
