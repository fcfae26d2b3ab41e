package replay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"github.com/godwit-rdma/godwit/internal/capture"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/psn"
	"github.com/godwit-rdma/godwit/model/wire"
)

// Side is one of the two endpoints of a scenario.
type Side int

// The endpoints.
const (
	A Side = iota
	B
)

// String returns "a" or "b", as in the files.
func (s Side) String() string { return [...]string{"a", "b"}[s] }

func (s Side) other() Side { return 1 - s }

// party is an endpoint as NAME.json has it.
type party struct {
	IP    string `json:"ip"`
	GID   string `json:"gid"`
	QPN   uint32 `json:"qpn"`
	SQPSN uint32 `json:"sq_psn"`
	RKey  uint32 `json:"rkey"`
	VA    uint64 `json:"va"`
	Len   uint64 `json:"len"`

	addr wire.Addr // of GID
}

// entry is one verb that was called, with what it said.
type entry struct {
	Side string   `json:"side"`
	Cmd  string   `json:"cmd"`
	Out  []string `json:"out"`

	side Side
	verb verb
	wcs  []completion // of poll
	val  uint64       // of get64 and state
}

// scenario is NAME.json and the two captures beside it.
type scenario struct {
	Scenario    string `json:"scenario"`
	About       string `json:"about"`
	Kernel      string `json:"kernel"`
	PathMTU     uint8  `json:"path_mtu_enum"`
	Timeout     uint8  `json:"timeout"`
	RetryCnt    uint8  `json:"retry_cnt"`
	RNRRetry    uint8  `json:"rnr_retry"`
	MinRNR      uint8  `json:"min_rnr_timer"`
	MaxRdAtomic uint8  `json:"max_rd_atomic"`
	Access      string `json:"access"`
	Endpoints   struct {
		A party `json:"a"`
		B party `json:"b"`
	} `json:"endpoints"`
	Faults struct {
		Loss       float64 `json:"loss"`
		Dup        float64 `json:"dup"`
		Reorder    float64 `json:"reorder"`
		Seed       uint64  `json:"seed"`
		Dropped    int     `json:"dropped"`
		Duplicated int     `json:"duplicated"`
		Reordered  int     `json:"reordered"`
	} `json:"faults"`
	Log []entry `json:"log"`

	access abi.Access
	trace  [2]trace
}

// trace is the capture of one endpoint.
type trace struct {
	path   string
	frames []frame
}

// frame is a captured frame.
type frame struct {
	number int // as Wireshark counts
	time   uint64
	data   []byte
	pkt    wire.Packet
	good   bool // it parses and its ICRC is right
}

func (s *scenario) party(side Side) *party {
	if side == A {
		return &s.Endpoints.A
	}
	return &s.Endpoints.B
}

// endless tells whether the endpoint of a side may have retried without end: its retry count is 7, and no work
// request of it ended because retries were used up.
func (s *scenario) endless(side Side) bool {
	for i := range s.Log {
		for _, w := range s.Log[i].wcs {
			if s.Log[i].side == side && w.status == abi.WCStatusRetryExcErr {
				return false
			}
		}
	}
	return s.RetryCnt == 7
}

// begin is the time of the first frame.
func (s *scenario) begin() uint64 {
	t := uint64(1<<64 - 1)
	for _, tr := range s.trace {
		if len(tr.frames) > 0 {
			t = min(t, tr.frames[0].time)
		}
	}
	return t
}

// load reads path, which is NAME.json, and NAME.a.pcap and NAME.b.pcap (or .pcapng) beside it. Errors name file and
// place.
func load(path string) (*scenario, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := new(scenario)
	if err := s.decode(text); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, side := range []Side{A, B} {
		if err := s.read(side, strings.TrimSuffix(path, ".json")+"."+side.String()); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// decode reads the JSON text: closed, one value, every number in its range.
func (s *scenario) decode(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(s); err != nil {
		at := d.InputOffset()
		var syntax *json.SyntaxError
		var typ *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			at = syntax.Offset
		case errors.As(err, &typ):
			at = typ.Offset
		}
		return fmt.Errorf("line %d: %w", 1+bytes.Count(text[:min(int(at), len(text))], []byte("\n")), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("something follows the scenario")
	}
	return s.check()
}

// A region of more than this is refused: the replay holds it in memory.
const maxRegion = 1 << 30

func (s *scenario) check() error {
	for _, f := range []struct {
		name      string
		v, lo, hi uint64
	}{
		{"path_mtu_enum", uint64(s.PathMTU), 1, 5}, {"timeout", uint64(s.Timeout), 0, 31}, {"retry_cnt", uint64(s.RetryCnt), 0, 7},
		{"rnr_retry", uint64(s.RNRRetry), 0, 7}, {"min_rnr_timer", uint64(s.MinRNR), 0, 31}, {"max_rd_atomic", uint64(s.MaxRdAtomic), 0, 16},
	} {
		if f.v < f.lo || f.v > f.hi {
			return fmt.Errorf("%s is %d, not in %d..%d", f.name, f.v, f.lo, f.hi)
		}
	}
	for _, name := range strings.Split(s.Access, "|") {
		bit, ok := map[string]abi.Access{
			"LOCAL_WRITE": abi.AccessLocalWrite, "REMOTE_WRITE": abi.AccessRemoteWrite, "REMOTE_READ": abi.AccessRemoteRead, "REMOTE_ATOMIC": abi.AccessRemoteAtomic,
		}[name]
		if !ok && s.Access != "" {
			return fmt.Errorf("access: %q is no access right", name)
		}
		s.access |= bit
	}
	for _, side := range []Side{A, B} {
		if err := s.party(side).check(); err != nil {
			return fmt.Errorf("endpoints.%v: %w", side, err)
		}
	}
	if len(s.Log) == 0 {
		return fmt.Errorf("log is empty")
	}
	var posted [2][2]uint64 // work requests by side and queue
	for i := range s.Log {
		e := &s.Log[i]
		if err := e.parse(); err != nil {
			return fmt.Errorf("log[%d]: %w", i, err)
		}
		switch e.verb.kind {
		case verbPost:
			posted[e.side][0]++
		case verbRecv:
			posted[e.side][1] += e.verb.arg[0]
		}
		if n := posted[e.side]; max(n[0], n[1]) > 1<<ringLog {
			return fmt.Errorf("log[%d]: more than %d work requests in a queue", i, 1<<ringLog)
		}
	}
	return nil
}

func (p *party) check() error {
	ip, err := netip.ParseAddr(p.GID)
	switch {
	case err != nil:
		return fmt.Errorf("gid %q: %w", p.GID, err)
	case p.QPN == 0 || p.QPN > psn.Mask:
		return fmt.Errorf("qpn %d is not in 1..%d", p.QPN, psn.Mask)
	case p.SQPSN > psn.Mask:
		return fmt.Errorf("sq_psn %d is beyond 24 bits", p.SQPSN)
	case p.Len == 0 || p.Len > maxRegion || p.VA+p.Len < p.VA:
		return fmt.Errorf("a region of %d bytes at %#x", p.Len, p.VA)
	}
	p.addr = ip.As16()
	return nil
}

// read reads the capture of one side.
func (s *scenario) read(side Side, base string) error {
	tr := &s.trace[side]
	tr.path = base + ".pcap"
	if _, err := os.Stat(tr.path); err != nil {
		if _, err := os.Stat(base + ".pcapng"); err == nil {
			tr.path = base + ".pcapng"
		}
	}
	err := capture.ReadFile(tr.path, func(f *capture.Frame) error {
		x := frame{number: f.Number, time: f.Time, data: bytes.Clone(f.Data)}
		x.good = wire.Parse(x.data, &x.pkt) == nil
		tr.frames = append(tr.frames, x)
		return nil
	})
	if err != nil {
		return err
	}
	if len(tr.frames) == 0 {
		return fmt.Errorf("%s: no frame in it", tr.path)
	}
	return nil
}

// scenarios lists the NAME.json files of a folder.
func scenarios(dir string) ([]string, error) {
	return filepath.Glob(filepath.Join(dir, "*.json"))
}
