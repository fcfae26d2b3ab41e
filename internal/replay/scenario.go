package replay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
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

	side   Side
	verb   verb
	wcs    []completion // of poll
	val    uint64       // of get64 and state
	failed bool         // it was refused, and did nothing
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
	QPAccess    string `json:"qp_access"` // if it is not that of the region
	Endpoints   struct {
		A party `json:"a"`
		B party `json:"b"`
	} `json:"endpoints"`
	// Faults tells people how bad the link was; each recorder has words of its own.
	Faults json.RawMessage `json:"faults"`
	Log    []entry         `json:"log"`

	file             string
	access, qpAccess abi.Access
	unknown          []string // fields that this package does not know
	trace            [2]trace
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

// frames is how many frames its captures have.
func (s *scenario) frames() int { return len(s.trace[A].frames) + len(s.trace[B].frames) }

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
	s := &scenario{file: path}
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

// decode reads the JSON text: one value, whatever the order of its fields, every number in its range. Fields that this package
// does not know are noted, because another recorder may have more to tell.
func (s *scenario) decode(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
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
	if err := s.fields(text); err != nil {
		return err
	}
	return s.check()
}

// The fields of the objects of NAME.json. What the replay rests on must be there: a time-out that is misspelt is not 0.
var (
	needed      = []string{"path_mtu_enum", "timeout", "retry_cnt", "rnr_retry", "min_rnr_timer", "max_rd_atomic", "access", "endpoints", "log"}
	neededParty = []string{"gid", "qpn", "sq_psn", "rkey", "va", "len"}
	neededEntry = []string{"side", "cmd", "out"}
)

// fields sees that the fields are there, and notes those that are strange.
func (s *scenario) fields(text []byte) error {
	if err := s.object("", text, needed, "scenario", "about", "kernel", "qp_access", "faults"); err != nil {
		return err
	}
	var parts struct {
		Endpoints map[string]json.RawMessage
		Log       []json.RawMessage
	}
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	for _, side := range []Side{A, B} {
		text, ok := parts.Endpoints[side.String()]
		if !ok {
			return fmt.Errorf("no endpoints.%v", side)
		}
		if err := s.object(fmt.Sprintf("endpoints.%v.", side), text, neededParty, "ip"); err != nil {
			return err
		}
	}
	for i, text := range parts.Log {
		if err := s.object(fmt.Sprintf("log[%d].", i), text, neededEntry); err != nil {
			return err
		}
	}
	return nil
}

// object looks at the fields of one object.
func (s *scenario) object(place string, text []byte, needed []string, known ...string) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for _, name := range needed {
		if _, ok := all[name]; !ok {
			return fmt.Errorf("no %s%s", place, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !slices.Contains(needed, name) && !slices.Contains(known, name) {
			s.unknown = append(s.unknown, place+name)
		}
	}
	return nil
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
	var err error
	if s.access, err = rights(s.Access); err != nil {
		return fmt.Errorf("access: %w", err)
	}
	if s.qpAccess = s.access; s.QPAccess != "" {
		if s.qpAccess, err = rights(s.QPAccess); err != nil {
			return fmt.Errorf("qp_access: %w", err)
		}
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

// rights reads a set of access rights.
func rights(text string) (a abi.Access, err error) {
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == ' ' || r == ',' }) {
		bit, ok := map[string]abi.Access{
			"LOCAL_WRITE": abi.AccessLocalWrite, "REMOTE_WRITE": abi.AccessRemoteWrite, "REMOTE_READ": abi.AccessRemoteRead, "REMOTE_ATOMIC": abi.AccessRemoteAtomic,
		}[strings.TrimPrefix(name, "IBV_ACCESS_")]
		if !ok {
			return 0, fmt.Errorf("%q is no access right", name)
		}
		a |= bit
	}
	return a, nil
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
	return nil
}

// scenarios lists the NAME.json files of a folder.
func scenarios(dir string) ([]string, error) {
	return filepath.Glob(filepath.Join(dir, "*.json"))
}
