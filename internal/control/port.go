package control

import (
	"context"
	"fmt"
	"net"
	"net/netip"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
	"github.com/godwit-rdma/godwit/model/wire"
)

// portVerbs are about the NIC and its link.
var portVerbs = []verb{
	on("info", (*server).info),
	on("stats", (*server).stats),
	on("resolve", (*server).resolve),
	on("fault", (*server).fault),
	on("chance", (*server).chance),
	on("clear_faults", (*server).clearFaults),
}

// info is what a NIC says of itself.
type info struct {
	Name       string     `json:"name"`
	IP         netip.Addr `json:"ip"`
	MAC        string     `json:"mac"`
	Attachment string     `json:"attachment"`
	MTU        int        `json:"mtu"`
	PathMTU    int        `json:"path_mtu"`
	Revision   string     `json:"revision"`
	Migration  bool       `json:"migration"`
	Features   uint32     `json:"features"`
	QPs        int        `json:"qps"`
}

func (s *server) info(_ context.Context, _ *none) (any, error) {
	n := s.nic
	mac, caps := n.MAC(), n.Caps()
	return info{
		Name: n.Name(), IP: n.IP(), MAC: net.HardwareAddr(mac[:]).String(), Attachment: n.Attachment(), MTU: n.MTU(),
		PathMTU: driver.MTUBytes(n.PathMTU()), Revision: abi.Revision, Migration: caps.Migration, Features: uint32(caps.Features), QPs: caps.NumQP,
	}, nil
}

// stats are the counters of the port and of the device, those that are not 0.
type stats struct {
	In         uint64            `json:"frames_in"`
	Out        uint64            `json:"frames_out"`
	Unresolved uint64            `json:"unresolved"`
	Overrun    uint64            `json:"overrun"`
	Lost       string            `json:"lost_time"`
	Conflict   string            `json:"conflict,omitempty"`
	Counters   map[string]uint32 `json:"counters"`
}

func (s *server) stats(_ context.Context, _ *none) (any, error) {
	counters, err := s.nic.Counters()
	if err != nil {
		return nil, err
	}
	st := s.nic.Stats()
	r := stats{In: st.In, Out: st.Out, Unresolved: st.Unresolved, Overrun: st.Overrun, Lost: st.Lost.String(), Counters: map[string]uint32{}}
	if st.Conflict != (live.MAC{}) {
		r.Conflict = net.HardwareAddr(st.Conflict[:]).String()
	}
	for _, c := range counters {
		if c.Value != 0 {
			r.Counters[c.Name] = c.Value
		}
	}
	return r, nil
}

type resolveParams struct {
	IP netip.Addr `json:"ip"`
}

func (s *server) resolve(ctx context.Context, p *resolveParams) (any, error) {
	if !p.IP.IsValid() {
		return nil, fmt.Errorf("resolve: no ip: %w", driver.ErrInval)
	}
	return nil, s.nic.Resolve(ctx, p.IP)
}

// direction is In or Out as a word.
type direction live.Direction

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *direction) UnmarshalText(text []byte) error {
	switch string(text) {
	case "in":
		*d = direction(live.In)
	case "out":
		*d = direction(live.Out)
	default:
		return fmt.Errorf("direction %q, want in or out", text)
	}
	return nil
}

type faultParams struct {
	Name   string    `json:"name"`
	Dir    direction `json:"dir"`
	Action string    `json:"action"`
	Skip   int       `json:"skip"`
	Times  int       `json:"times"`
	By     *duration `json:"by"`
	Bit    uint64    `json:"bit"`
	// Opcode and QP, if given, choose packets by their BTH.
	Opcode string `json:"opcode"`
	QP     uint32 `json:"qp"`
}

func (s *server) fault(_ context.Context, p *faultParams) (any, error) {
	do, err := live.ParseAction(p.Action)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, driver.ErrInval)
	}
	opcode, qp := p.Opcode, p.QP
	s.nic.AddFault(live.Fault{
		Name: p.Name, Dir: live.Direction(p.Dir), Do: do, Skip: p.Skip, Times: p.Times, By: p.By.or(0), Bit: p.Bit,
		Match: func(k *wire.Packet) bool {
			return (opcode == "" || k.BTH.Op.String() == opcode) && (qp == 0 || k.BTH.DestQPN == qp)
		},
	})
	return nil, nil
}

type chanceParams struct {
	Dir     direction `json:"dir"`
	Loss    uint16    `json:"loss"`
	Dup     uint16    `json:"dup"`
	Reorder uint16    `json:"reorder"`
	Corrupt uint16    `json:"corrupt"`
	Mark    uint16    `json:"mark"`
	Seed    uint64    `json:"seed"`
}

func (s *server) chance(_ context.Context, p *chanceParams) (any, error) {
	err := s.nic.SetChance(live.Direction(p.Dir), live.Chance{
		Loss: p.Loss, Dup: p.Dup, Reorder: p.Reorder, Corrupt: p.Corrupt, Mark: p.Mark, Seed: p.Seed,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, driver.ErrInval)
	}
	return nil, nil
}

// unused names the faults that did not act.
type unused struct {
	Unused []string `json:"unused"`
}

func (s *server) clearFaults(_ context.Context, _ *none) (any, error) {
	return unused{append([]string{}, s.nic.ClearFaults()...)}, nil
}
