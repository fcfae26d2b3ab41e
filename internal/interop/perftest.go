package interop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// perftest is one run of a program of the perftest suite in the guest.
type perftest struct {
	program string
	size    int // bytes of a message; 8 for atomics
	count   int
	v6      bool
	extra   string
	// serve is what godwit does as server beside the exchange; nil if all is done by its NIC.
	serve func(ctx context.Context, o *ours, peer live.Address, t *perftest) error
}

var perftests = []perftest{
	{program: "ib_send_bw", size: 4096, count: 200, serve: takeAll},
	{program: "ib_write_bw", size: 4096, count: 200},
	{program: "ib_read_bw", size: 16384, count: 100},
	{program: "ib_atomic_bw", size: 8, count: 200},
	{program: "ib_send_lat", size: 64, count: 200, serve: answerAll},
	{program: "ib_write_lat", size: 64, count: 200, serve: writeBack},
	{program: "ib_read_lat", size: 64, count: 200},
	{program: "ib_atomic_lat", size: 8, count: 200},
	{program: "ib_atomic_lat", size: 8, count: 200, extra: " -A CMP_AND_SWAP"},
	{program: "ib_write_bw", size: 4096, count: 200, v6: true},
}

func (t *perftest) name() string {
	s := strings.ReplaceAll(t.program, "_", "-")
	if t.extra != "" {
		s += "-cas"
	}
	if t.v6 {
		s += "-v6"
	}
	return s
}

// String is the command, without what depends on the machine.
func (t *perftest) String() string {
	return fmt.Sprintf("%s, %d operations of %d bytes%s", t.program, t.count, t.size, t.extra)
}

// keyLen is the length of an address message of perftest with GID: lid, outstanding reads, QPN, PSN, rkey, address, GID,
// SRQ number, each followed by a colon, and a zero byte.
const keyLen = 4 + 1 + 4 + 1 + 6 + 1 + 6 + 1 + 8 + 1 + 16 + 1 + 16*3 + 8 + 1 + 1

// parseKey reads an address message.
func parseKey(msg []byte) (a live.Address, err error) {
	f := strings.Split(strings.TrimRight(string(msg), "\x00"), ":")
	if len(f) != 24 {
		return a, fmt.Errorf("address %q has %d fields, want 24", msg, len(f))
	}
	if _, err := fmt.Sscanf(strings.Join(f[2:6], " "), "%x %x %x %x", &a.QPN, &a.PSN, &a.RKey, &a.VA); err != nil {
		return a, fmt.Errorf("address %q: %w", msg, err)
	}
	a.IP, err = parseGID(strings.Join(f[6:22], ""))
	return a, err
}

// key is our address message. Our device answers 16 READs and atomics at once, and we promise half of it.
func key(a live.Address) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%04x:%04x:%06x:%06x:%08x:%016x:", 0, 8, a.QPN, a.PSN, a.RKey, a.VA)
	for _, x := range a.IP.As16() {
		fmt.Fprintf(&b, "%02x:", x)
	}
	fmt.Fprintf(&b, "%08x:\x00", 0)
	return b.Bytes()
}

// keyish tells whether bytes may be the beginning of an address message: hexadecimal digits and colons, the first behind
// four digits. The numbers that are exchanged besides are binary, and may have a colon anywhere.
func keyish(b []byte) bool {
	if len(b) < 10 || b[4] != ':' || b[9] != ':' {
		return false
	}
	for _, x := range b[:min(len(b), keyLen-1)] {
		if !strings.ContainsRune("0123456789abcdef:", rune(x)) {
			return false
		}
	}
	return true
}

// mirror is a server of perftest's exchange. Client and server tell each other the same things in the same order and
// format, the client first, and each goes on with the lesser of what both can do. So a server that has no wishes of its
// own answers with what it was told, except where that is an address, which it answers with its own. first is called
// with the client's address, before that is answered.
func mirror(s *sideChannel, own []byte, first func(peer live.Address) error) error {
	var got []byte
	b := make([]byte, 4096)
	for known := false; ; {
		n, err := s.Read(b)
		if err != nil {
			return err
		}
		got = append(got, b[:n]...)
		for keyish(got) && len(got) >= keyLen {
			peer, err := parseKey(got[:keyLen])
			if err != nil {
				return err
			}
			if !known {
				known = true
				if err := first(peer); err != nil {
					return err
				}
			}
			if _, err := s.Write(own); err != nil {
				return err
			}
			got = got[keyLen:]
		}
		if keyish(got) {
			continue // the rest of an address comes
		}
		if _, err := s.Write(got); err != nil {
			return err
		}
		got = nil
	}
}

// runPerftest is one run, with godwit as server.
func runPerftest(ctx context.Context, r *rig, t *perftest) (err error) {
	o, c, err := r.server(abi.QPTypeRC, t.v6)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	version := 0
	if t.v6 {
		version = 1
	}
	size := fmt.Sprintf(" -s %d", t.size)
	if strings.HasPrefix(t.program, "ib_atomic") {
		size = ""
	}
	command := fmt.Sprintf("%s -d rxe0 -x %d -n %d%s%s -m 1024 -u 17 -F 127.0.0.1", t.program, r.sgid[version], t.count, size, t.extra)
	work := make(chan error, 1)
	working := false
	out, err := r.program(ctx, pingpongPort, command, func(ctx context.Context, s *sideChannel) error {
		return mirror(s, key(o.address()), func(peer live.Address) error {
			if err := o.Connect(ctx, live.ConnectAttr{Peer: peer, MTU: 1024, Timeout: 17}); err != nil {
				return err
			}
			if err := receives(ctx, o, min(t.count, 250), uint32(t.size)); err != nil {
				return err
			}
			if t.serve != nil {
				working = true
				go func() { work <- t.serve(ctx, o, peer, t) }()
			}
			return nil
		})
	})
	if working {
		if e := <-work; err == nil && e != nil {
			err = fmt.Errorf("godwit's end of %s: %w; the program said: %s", command, e, brief(out))
		}
	}
	if err == nil && !strings.Contains(out, "#bytes") {
		err = fmt.Errorf("%s: strange output: %s", command, brief(out))
	}
	return err
}

// takeAll receives everything.
func takeAll(ctx context.Context, o *ours, _ live.Address, t *perftest) error {
	_, err := served(ctx, o, t.count)
	return err
}

// answerAll is the server of ib_send_lat.
func answerAll(ctx context.Context, o *ours, _ live.Address, t *perftest) error {
	return answerEach(ctx, o, t.count, uint32(t.size), 0)
}

// writeBack is the server of ib_write_lat: each side writes to the other, the last byte counts, and whoever sees the count
// of the other go up writes the next. The server writes first.
func writeBack(ctx context.Context, o *ours, peer live.Address, t *perftest) error {
	last := uint64(t.size - 1)
	for i := 1; i <= t.count; i++ {
		if err := o.Write(answers+last, []byte{byte(i)}); err != nil {
			return err
		}
		if err := o.send(ctx, request{id: uint64(i), op: abi.WROpcodeRDMAWrite, off: answers, n: uint32(t.size), va: peer.VA, key: peer.RKey}); err != nil {
			return err
		}
		if _, err := served(ctx, o, 1); err != nil {
			return fmt.Errorf("WRITE %d: %w", i, err)
		}
		if err := o.awaitByte(ctx, sources+last, byte(i)); err != nil {
			return fmt.Errorf("WRITE %d of the client: %w", i, err)
		}
	}
	return nil
}
