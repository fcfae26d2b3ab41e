package testvectors

import (
	"fmt"
	"slices"
)

// Suite is a set of vectors with one generator.
type Suite struct {
	// Name is the file's; Prefix begins the IDs; Code is in the guard word of the memories.
	Name, Prefix string
	Code         uint16
	// Frames tells that the vectors are frames; otherwise they are steps.
	Frames bool
	// Format is that of the suite's file, for good.
	Format int
	gen    func(*draft)
}

// Suites lists all suites. Names, prefixes and codes are for good.
var Suites = []Suite{
	{Name: "icrc", Prefix: "ICRC", Code: 1, Frames: true, Format: FormatBase, gen: genICRC},
	{Name: "wire", Prefix: "WIRE", Code: 2, Frames: true, Format: FormatBase, gen: genWire},
	{Name: "qp-transitions", Prefix: "QPT", Code: 3, Format: FormatBase, gen: genTransitions},
	{Name: "migration-handshake", Prefix: "MIG", Code: 4, Format: FormatBase, gen: genMigration},
	{Name: "requester", Prefix: "REQ", Code: 5, Format: FormatBase, gen: genRequester},
	{Name: "responder", Prefix: "RSP", Code: 6, Format: FormatBase, gen: genResponder},
	{Name: "features-requester", Prefix: "FREQ", Code: 7, Format: FormatWhole, gen: genAsking},
	{Name: "features-responder", Prefix: "FRSP", Code: 8, Format: FormatWhole, gen: genAnswering},
	{Name: "features-unreliable", Prefix: "FUNR", Code: 9, Format: FormatWhole, gen: genUnreliable},
	{Name: "device-memory", Prefix: "DMEM", Code: 10, Format: FormatDevice, gen: genMemory},
	{Name: "device-queues", Prefix: "DQUE", Code: 11, Format: FormatDevice, gen: genQueues},
	{Name: "device-commands", Prefix: "DCMD", Code: 12, Format: FormatDevice, gen: genCommands},
	{Name: "device-receive", Prefix: "DRCV", Code: 13, Format: FormatDevice, gen: genReceive},
	{Name: "modify-attributes", Prefix: "ATTR", Code: 14, Format: FormatDevice, gen: genAttributes},
}

// Find returns the suite of that name.
func Find(name string) (*Suite, error) {
	var names []string
	for i := range Suites {
		if Suites[i].Name == name {
			return &Suites[i], nil
		}
		names = append(names, Suites[i].Name)
	}
	return nil, fmt.Errorf("no suite is called %q; there are %v", name, names)
}

// run runs the generator.
func (s *Suite) run() *draft {
	d := &draft{keys: map[string]bool{}}
	s.gen(d)
	return d
}

// id is the identifier of the n-th vector, from 1.
func (s *Suite) id(n int) string { return fmt.Sprintf("%s-%04d", s.Prefix, n) }

// number is the inverse of id.
func (s *Suite) number(id string) (int, error) {
	var n int
	if _, err := fmt.Sscanf(id, s.Prefix+"-%d", &n); err != nil || n < 1 || s.id(n) != id {
		return 0, fmt.Errorf("%q is not an id of suite %s, which are like %s and %s", id, s.Name, s.id(1), s.id(2))
	}
	return n, nil
}

// flags are in every vector's word as bits, by their place in flagDocs.
func flagBits(flags []string) (bits uint64) {
	for i, f := range flagDocs {
		if slices.Contains(flags, f[0]) {
			bits |= 1 << i
		}
	}
	return bits
}
