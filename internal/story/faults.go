package story

import (
	"slices"

	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/fabric"
	"github.com/godwit-rdma/godwit/model/wire"

	"github.com/godwit-rdma/godwit/internal/op"
)

// fault sets up what happens to frames of a link.
func (w *world) fault(o *op.Op) error {
	from, to := w.host(o.From), w.host(o.To)
	if o.Verb == op.Faults {
		c := &o.Chance
		return w.net.SetLink(from.port, to.port, fabric.Faults{
			Loss: uint16(c.Loss), Dup: uint16(c.Dup), Reorder: uint16(c.Reorder), Corrupt: uint16(c.Corrupt), Mark: uint16(c.Mark),
			ReorderBy: uint64(o.Time),
		})
	}
	f := o.Frames
	r := fabric.Rule{
		Name: o.String(), Skip: f.Nth - 1, Times: f.Count,
		Match: func(x *fabric.Flight) bool {
			return x.From == from.port && x.To == to.port && x.Packet != nil && chosen(&f, x.Packet)
		},
	}
	switch o.Verb {
	case op.Drop:
		r.Do = fabric.Drop
	case op.Dup:
		r.Do = fabric.Double
	case op.Delay:
		r.Do, r.By = fabric.Delay, uint64(o.Time)
	case op.Hold:
		r.Do = fabric.Hold
	case op.Mark:
		r.Do = fabric.Mark
	case op.Corrupt:
		r.Do, r.By = fabric.Flip, uint64(f.Bit)
	}
	w.net.AddRule(r)
	return nil
}

// crash cuts a host off.
func (w *world) crash(h *host) {
	h.crashed = true
	w.net.AddRule(fabric.Rule{
		Name: "crash " + h.name, Times: -1, Do: fabric.Drop,
		Match: func(x *fabric.Flight) bool { return x.From == h.port || x.To == h.port },
	})
}

// chosen tells whether a packet is one of those that an operation is about.
func chosen(f *op.Frames, p *wire.Packet) bool {
	return (f.PSN < 0 || int(p.BTH.PSN) == f.PSN) && isNamed(p, f.Packet)
}

// isNamed tells whether a packet has the name: of its opcode, of its kind of migration packet, of its syndrome.
func isNamed(p *wire.Packet, name string) bool {
	return name == "any" || slices.Contains(packetNames(p), name)
}

// packetNames are the names that a packet has.
func packetNames(p *wire.Packet) []string {
	names := []string{p.BTH.Op.String()}
	switch p.BTH.Op.Info().Kind {
	case abi.KindMig:
		names = append(names, p.METH.Kind.String())
	case abi.KindResponse:
		s := abi.Syndrome(p.AETH.Syndrome)
		switch {
		case s>>5 == 1:
			s = abi.SyndromeRNRNAK
		case s>>5 == 0:
			s = abi.SyndromeACK
		}
		names = append(names, s.String())
	}
	return names
}

// note counts a packet by its names.
func (w *world) note(e *fabric.TapEvent) {
	if e.To == nil || e.Fate.Again() {
		return
	}
	var p wire.Packet
	if wire.Parse(e.Frame, &p) != nil {
		return
	}
	link := [2]string{e.From.Name, e.To.Name}
	w.packets[link] = append(w.packets[link], packetNames(&p)...)
	w.packets[link] = append(w.packets[link], "any")
}
