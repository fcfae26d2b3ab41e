package control

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
)

// Client is a connection to a NIC's control socket, for one caller.
type Client struct {
	conn net.Conn
	in   *bufio.Scanner
}

// Dial connects to the control socket at path.
func Dial(path string) (*Client, error) {
	c, err := net.Dial("unix", path)
	if err != nil {
		return nil, fmt.Errorf("no NIC listens at %s: %w", path, err)
	}
	in := bufio.NewScanner(c)
	in.Buffer(make([]byte, 64<<10), maxLine)
	return &Client{c, in}, nil
}

// Close ends the connection.
func (c *Client) Close() error { return c.conn.Close() }

// Send sends one request and returns the line of its answer.
func (c *Client) Send(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(append(request, '\n')); err != nil {
		return nil, err
	}
	if !c.in.Scan() {
		if c.in.Err() != nil {
			return nil, c.in.Err()
		}
		return nil, fmt.Errorf("the NIC ended before it answered")
	}
	return c.in.Bytes(), nil
}

// Call sends a request, and decodes its result into result, if that is not nil. The error is the NIC's, or the
// connection's.
func (c *Client) Call(request, result any) error {
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if line, err = c.Send(line); err != nil {
		return err
	}
	var raw json.RawMessage
	a := Answer{Result: &raw}
	if err := json.Unmarshal(line, &a); err != nil {
		return fmt.Errorf("answer %.80q: %w", line, err)
	}
	if !a.OK {
		return fmt.Errorf("%s", a.Error)
	}
	if result == nil || len(raw) == 0 {
		return nil
	}
	return json.Unmarshal(raw, result)
}
