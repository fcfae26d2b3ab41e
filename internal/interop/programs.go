package interop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/abi"
)

// programs are the unmodified programs of rdma-core and perftest in the guest, as clients of godwit outside. They tell each
// other by TCP who they are; the connection ends in the guest, in the relay of the verbs client, and comes out as bytes.
func programs() (all []Scenario) {
	for _, v6 := range []bool{false, true} {
		for _, kind := range []abi.QPType{abi.QPTypeRC, abi.QPTypeUC, abi.QPTypeUD} {
			sizes := []int{64, 3001}
			if kind == abi.QPTypeUD {
				sizes[1] = 1000 // a datagram is one packet
			}
			for _, size := range sizes {
				p := pingpong{kind, v6, size, 200}
				all = append(all, Scenario{
					Name: p.name(), About: fmt.Sprintf("unmodified %s, %d messages of %d bytes each way", p.program(), p.count, size),
					Short: !v6 && size == sizes[1], run: p.run,
				})
			}
		}
	}
	for _, t := range perftests {
		all = append(all, Scenario{
			Name: t.name(), About: "unmodified " + t.String(), Short: t.program == "ib_write_lat",
			run: func(ctx context.Context, r *rig) error { return runPerftest(ctx, r, &t) },
		})
	}
	return all
}

// program runs a command in the guest while serve answers on the side channel, and returns what it wrote.
func (r *rig) program(ctx context.Context, port int, command string, serve func(ctx context.Context, side *sideChannel) error) (string, error) {
	v := r.machine.Verbs
	s := &sideChannel{conn: r.machine.Side, done: make(chan struct{})}
	if err := s.drain(); err != nil {
		return "", err
	}
	if err := v.Relay(ctx, port); err != nil {
		return "", err
	}
	if err := v.Spawn(ctx, 1, command); err != nil {
		return "", err
	}
	serving, cancel := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- serve(serving, s) }()
	code, out, err := v.Reap(ctx, 1, patience)
	close(s.done)
	cancel()
	e := <-served
	switch {
	case err != nil:
		return out, err
	case e != nil && !errors.Is(e, errOver):
		return out, fmt.Errorf("godwit's end of %s: %w; the program said: %s", command, e, brief(out))
	case code != 0:
		return out, fmt.Errorf("%s: exit code %d: %s", command, code, brief(out))
	}
	return out, nil
}

// brief is the end of what a program wrote, on one line.
func brief(out string) string {
	out = strings.Join(strings.Fields(out), " ")
	if len(out) > 300 {
		out = "... " + out[len(out)-300:]
	}
	return out
}

// errOver: the program has ended, and so has the side channel.
var errOver = errors.New("the program has ended")

// sideChannel is what a program in the guest takes for a TCP connection to its server.
type sideChannel struct {
	conn interface {
		io.ReadWriter
		SetReadDeadline(time.Time) error
	}
	done chan struct{}
}

// Read waits for bytes until the program is over.
func (s *sideChannel) Read(b []byte) (int, error) {
	for {
		select {
		case <-s.done:
			return 0, errOver
		default:
		}
		if err := s.conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
			return 0, err
		}
		n, err := s.conn.Read(b)
		if n != 0 || err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
	}
}

// Write implements io.Writer.
func (s *sideChannel) Write(b []byte) (int, error) { return s.conn.Write(b) }

// drain takes away what the program before has left.
func (s *sideChannel) drain() error {
	b := make([]byte, 4096)
	for {
		if err := s.conn.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
			return err
		}
		if _, err := s.conn.Read(b); err != nil {
			return nil
		}
	}
}

// server is our end of a program's connection.
func (r *rig) server(kind abi.QPType, v6 bool) (*ours, *live.Container, error) {
	a := linkAttr{v6: v6}
	c, err := r.nics[a.version()].NewContainer(0)
	if err != nil {
		return nil, nil, err
	}
	e, err := c.NewEndpoint(live.EndpointAttr{Type: kind, Depth: 256, Buffer: bufferSize})
	if err != nil {
		return nil, nil, errors.Join(err, c.Close())
	}
	return &ours{Endpoint: e}, c, nil
}

// served waits for n completions of our end, successful ones.
func served(ctx context.Context, o *ours, n int) ([]completion, error) {
	wcs, err := o.poll(ctx, n, patience)
	if err != nil {
		return nil, err
	}
	for _, c := range wcs {
		if c.status != 0 {
			return nil, fmt.Errorf("work request %d completes with %v", c.id, c.status)
		}
	}
	if len(wcs) < n {
		return nil, fmt.Errorf("%d of %d completions", len(wcs), n)
	}
	return wcs, nil
}
