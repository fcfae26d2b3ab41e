package interop

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
	"github.com/godwit-rdma/godwit/model/driver"
)

// pingpongPort is the TCP port of the pingpong programs and of perftest.
const pingpongPort = 18515

// gidHex is an address as pingpong programs write it: 32 hexadecimal digits.
func gidHex(ip netip.Addr) string {
	b := ip.As16()
	return hex.EncodeToString(b[:])
}

// parseGID is the address in 32 hexadecimal digits.
func parseGID(s string) (netip.Addr, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 16 {
		return netip.Addr{}, fmt.Errorf("%q is no GID", s)
	}
	return netip.AddrFrom16([16]byte(b)).Unmap(), nil
}

// pingpongLen is the length of an address message: lid:qpn:psn:gid and a zero byte.
const pingpongLen = 4 + 1 + 6 + 1 + 6 + 1 + 32 + 1

// pingpongExchange takes the program's address, calls connect, and answers with ours.
func pingpongExchange(s io.ReadWriter, own live.Address, connect func(peer live.Address) error) error {
	msg := make([]byte, pingpongLen)
	if _, err := io.ReadFull(s, msg); err != nil {
		return err
	}
	var lid uint32
	var peer live.Address
	var gid string
	if _, err := fmt.Sscanf(strings.ReplaceAll(strings.TrimRight(string(msg), "\x00"), ":", " "), "%x %x %x %s", &lid, &peer.QPN, &peer.PSN, &gid); err != nil {
		return fmt.Errorf("address %q: %w", msg, err)
	}
	var err error
	if peer.IP, err = parseGID(gid); err != nil {
		return err
	}
	if err := connect(peer); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s, "%04x:%06x:%06x:%s\x00", 0, own.QPN, own.PSN, gidHex(own.IP))
	return err
}

// pingpong is a run of one of the pingpong programs of rdma-core in the guest.
type pingpong struct {
	kind  abi.QPType
	v6    bool
	size  int
	count int
}

// program is its name.
func (p *pingpong) program() string {
	return "ibv_" + strings.ToLower(p.kind.String()) + "_pingpong"
}

func (p *pingpong) name() string {
	s := fmt.Sprintf("%s-pingpong-%d", strings.ToLower(p.kind.String()), p.size)
	if p.v6 {
		s += "-v6"
	}
	return s
}

// run is the run, with godwit as server.
func (p *pingpong) run(ctx context.Context, r *rig) (err error) {
	o, c, err := r.server(p.kind, p.v6)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	version, flags, header := 0, " -m 1024 -c", uint32(0)
	if p.v6 {
		version = 1
	}
	if p.kind == abi.QPTypeUD {
		flags, header = " -c", driver.GRHBytes
	}
	command := fmt.Sprintf("%s -d rxe0 -g %d -n %d -s %d%s 127.0.0.1", p.program(), r.sgid[version], p.count, p.size, flags)
	out, err := r.program(ctx, pingpongPort, command, func(ctx context.Context, s *sideChannel) error {
		err := pingpongExchange(s, o.address(), func(peer live.Address) error {
			if err := o.Connect(ctx, live.ConnectAttr{Peer: peer, MTU: 1024, Timeout: 17, QKey: udQKey}); err != nil {
				return err
			}
			if p.kind == abi.QPTypeUD {
				if err := o.datagramsTo(peer, udQKey); err != nil {
					return err
				}
			}
			return receives(ctx, o, p.count, uint32(p.size)+header)
		})
		if err != nil {
			return err
		}
		return answerEach(ctx, o, p.count, uint32(p.size), header)
	})
	if err == nil && !strings.Contains(out, "bytes in") {
		err = fmt.Errorf("%s: strange output: %s", command, brief(out))
	}
	return err
}

// receives posts n receives.
func receives(ctx context.Context, o *ours, n int, size uint32) error {
	for i := range n {
		if err := o.recv(ctx, uint64(i), targets, max(size, 1)); err != nil {
			return err
		}
	}
	return nil
}

// answerEach sends a message for each that comes, with a header in front of it in the buffer.
func answerEach(ctx context.Context, o *ours, n int, size, header uint32) error {
	for got, sent := 0, 0; got < n || sent < n; {
		wcs, err := served(ctx, o, 1)
		if err != nil {
			return fmt.Errorf("%d of %d received, %d sent: %w", got, n, sent, err)
		}
		if !wcs[0].recv {
			sent++
			continue
		}
		if wcs[0].n != size+header {
			return fmt.Errorf("message %d has %d bytes, want %d", got, wcs[0].n, size+header)
		}
		if err := o.send(ctx, request{id: uint64(1000 + got), op: abi.WROpcodeSend, off: sources, n: size}); err != nil {
			return err
		}
		got++
	}
	return nil
}
