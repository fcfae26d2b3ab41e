package control

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"

	"github.com/godwit-rdma/godwit/internal/live"
	"github.com/godwit-rdma/godwit/model/driver"
)

// maxLine is the longest request: a snapshot of a large container in base64.
const maxLine = 256 << 20

// head is what every request has.
type head struct {
	ID json.RawMessage `json:"id,omitempty"`
	Do string          `json:"do"`
}

// Answer is what every request gets.
type Answer struct {
	// ID is that of the request.
	ID json.RawMessage `json:"id,omitempty"`
	// OK tells whether it was done; then Result is what it gives, if anything.
	OK     bool `json:"ok"`
	Result any  `json:"result,omitempty"`
	// Error says why not, and Errno is the number that Linux has for it, if the driver has one.
	Error string `json:"error,omitempty"`
	Errno int    `json:"errno,omitempty"`
}

// server carries out requests.
type server struct {
	nic *live.NIC
	mu  sync.Mutex // making containers
}

// verb is one kind of request.
type verb struct {
	name string
	run  func(s *server, ctx context.Context, line []byte) (any, error)
}

// on makes a verb of a function with parameters P, which are decoded strictly.
func on[P any](name string, f func(s *server, ctx context.Context, p *P) (any, error)) verb {
	return verb{name, func(s *server, ctx context.Context, line []byte) (any, error) {
		p := new(P)
		if err := decode(line, p); err != nil {
			return nil, fmt.Errorf("%s: %w: %w", name, err, driver.ErrInval)
		}
		return f(s, ctx, p)
	}}
}

// decode takes what a request has besides its head, and nothing that p does not have.
func decode(line []byte, p any) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(line, &members); err != nil {
		return err
	}
	delete(members, "id")
	delete(members, "do")
	rest, err := json.Marshal(members)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(rest))
	d.DisallowUnknownFields()
	return d.Decode(p)
}

// none are the parameters of requests that have none.
type none struct{}

// verbs are all requests, in the order of docs/nic.md.
func verbs() []verb {
	return slices.Concat(endpointVerbs, sharedVerbs, portVerbs, moveVerbs)
}

// Serve answers requests about a NIC from everyone who connects, until ctx ends or the listener fails. It closes the
// listener.
func Serve(ctx context.Context, n *live.NIC, l net.Listener) error {
	s := &server{nic: n}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for {
		c, err := l.Accept()
		if err != nil {
			l.Close()
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		wg.Go(func() {
			defer c.Close()
			defer context.AfterFunc(ctx, func() { c.Close() })()
			s.converse(ctx, c)
		})
	}
}

// converse answers one connection until it ends.
func (s *server) converse(ctx context.Context, c io.ReadWriter) {
	in := bufio.NewScanner(c)
	in.Buffer(make([]byte, 64<<10), maxLine)
	out := json.NewEncoder(c)
	out.SetEscapeHTML(false)
	for in.Scan() {
		line := bytes.TrimSpace(in.Bytes())
		if len(line) == 0 {
			continue
		}
		if out.Encode(s.answer(ctx, line)) != nil {
			return
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		_ = out.Encode(Answer{Error: fmt.Sprintf("a request of more than %d bytes", maxLine)})
	}
}

// answer carries out one request.
func (s *server) answer(ctx context.Context, line []byte) Answer {
	var h head
	if err := json.Unmarshal(line, &h); err != nil {
		return Answer{Error: fmt.Sprintf("no request: %v", err), Errno: driver.ErrInval.Code()}
	}
	a := Answer{ID: h.ID}
	all := verbs()
	i := slices.IndexFunc(all, func(v verb) bool { return v.name == h.Do })
	if i < 0 {
		var names []string
		for _, v := range all {
			names = append(names, v.name)
		}
		a.Error = fmt.Sprintf("there is no request %q, only %s", h.Do, strings.Join(names, ", "))
		a.Errno = driver.ErrInval.Code()
		return a
	}
	result, err := all[i].run(s, ctx, line)
	if err != nil {
		a.Error = err.Error()
		var no *driver.Errno
		if errors.As(err, &no) {
			a.Errno = no.Code()
		}
		return a
	}
	a.OK, a.Result = true, result
	return a
}

// container finds a container.
func (s *server) container(index int) (*live.Container, error) {
	if c := s.nic.Container(index); c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("container %d is not here: %w", index, driver.ErrInval)
}

// with does something with a container that has no other answer than whether it worked.
func (s *server) with(index int, do func(*live.Container) error) (any, error) {
	c, err := s.container(index)
	if err != nil {
		return nil, err
	}
	return nil, do(c)
}

// endpoint finds an endpoint by its queue pair number.
func (s *server) endpoint(qpn uint32) (*live.Endpoint, error) {
	for _, c := range s.nic.Containers() {
		for _, e := range c.Endpoints() {
			if e.QPN() == qpn {
				return e, nil
			}
		}
	}
	return nil, fmt.Errorf("queue pair %d is not here: %w", qpn, driver.ErrInval)
}
