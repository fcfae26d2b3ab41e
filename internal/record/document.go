package record

import (
	"math/bits"
	"net/netip"
)

// document is NAME.json, with its keys in the order in which people read them.
type document struct {
	Scenario    string          `json:"scenario"`
	About       string          `json:"about"`
	Kernel      string          `json:"kernel"`
	PathMTU     int             `json:"path_mtu_enum"`
	Timeout     uint8           `json:"timeout"`
	RetryCnt    uint8           `json:"retry_cnt"`
	RNRRetry    uint8           `json:"rnr_retry"`
	MinRNR      uint8           `json:"min_rnr_timer"`
	MaxRdAtomic uint8           `json:"max_rd_atomic"`
	Access      string          `json:"access"`
	QPAccess    string          `json:"qp_access,omitempty"`
	Endpoints   map[string]peer `json:"endpoints"`
	Faults      faults          `json:"faults"`
	Log         []entry         `json:"log"`
}

type peer struct {
	IP    string `json:"ip"`
	GID   string `json:"gid"`
	QPN   uint32 `json:"qpn"`
	SQPSN uint32 `json:"sq_psn"`
	RKey  uint32 `json:"rkey"`
	VA    uint64 `json:"va"`
	Len   int    `json:"len"`
}

type faults struct {
	Loss       float64 `json:"loss"`
	Dup        float64 `json:"dup"`
	Reorder    float64 `json:"reorder"`
	Corrupt    float64 `json:"corrupt,omitempty"`
	Silence    int     `json:"silence,omitempty"` // frames before no more pass
	Seed       uint64  `json:"seed"`
	Dropped    int     `json:"dropped"`
	Duplicated int     `json:"duplicated"`
	Reordered  int     `json:"reordered"`
	Corrupted  int     `json:"corrupted,omitempty"`
}

type entry struct {
	Side string   `json:"side"`
	Cmd  string   `json:"cmd"`
	Out  []string `json:"out"`
}

func (p *pair) document(x *Program, kernel string, n Counts, log []entry) *document {
	a, f := &x.Attr, &x.Faults
	d := &document{
		Scenario: x.Name, About: x.About, Kernel: kernel, PathMTU: bits.Len(uint(a.MTU)) - 8, Timeout: a.Timeout, RetryCnt: a.Retry, RNRRetry: a.RNR,
		MinRNR: a.MinRNR, MaxRdAtomic: a.RdAtomic, Access: a.RegionAccess.String(), Endpoints: map[string]peer{},
		Faults: faults{f.Loss, f.Dup, f.Reorder, f.Corrupt, f.Silence, f.Seed, n.Dropped, n.Duplicated, n.Reordered, n.Corrupted}, Log: log,
	}
	if a.QPAccess != a.RegionAccess {
		d.QPAccess = a.QPAccess.String()
	}
	for i, name := range []string{"a", "b"} {
		e := p.ends[i]
		r := e.mr[e.access]
		d.Endpoints[name] = peer{e.gid.Unmap().String(), gid(e.gid), e.qpn, e.psn, r.key, r.va, regionSize}
	}
	return d
}

// gid is a GID as the format has it: IPv4 addresses are mapped.
func gid(a netip.Addr) string { return netip.AddrFrom16(a.As16()).String() }
