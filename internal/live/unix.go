package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"
)

// PathError is a socket path that cannot be used, and says what to do.
type PathError struct{ Path, Why string }

// Error implements error.
func (e *PathError) Error() string { return fmt.Sprintf("socket %s: %s", e.Path, e.Why) }

// maxPath is the longest path of a Unix socket: sun_path less its zero.
const maxPath = 107

// ListenUnix listens at a path, which is free again when the listener is closed. The error is a *PathError.
func ListenUnix(path string) (*net.UnixListener, error) {
	if err := claim(path, "unix"); err != nil {
		return nil, err
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, &PathError{path, err.Error()}
	}
	return l, nil
}

// claim makes a path free for a socket of ours: it removes one that nobody listens at any more.
func claim(path, network string) error {
	if len(path) > maxPath {
		return &PathError{path, fmt.Sprintf("the path has %d bytes, at most %d: take one that is shorter", len(path), maxPath)}
	}
	st, err := os.Lstat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if dir := filepath.Dir(path); !isDir(dir) {
			return &PathError{path, fmt.Sprintf("there is no folder %s: make it, or take another path", dir)}
		}
		return nil
	case err != nil:
		return &PathError{path, err.Error()}
	case st.Mode().Type() != os.ModeSocket:
		return &PathError{path, "there is a file that is no socket: take another path"}
	}
	c, err := net.Dial(network, path)
	if err == nil {
		c.Close()
	}
	if err == nil || !errors.Is(err, unix.ECONNREFUSED) {
		return &PathError{path, "it is in use by another process: end that one, or take another path"}
	}
	if err := os.Remove(path); err != nil {
		return &PathError{path, "it is left from an ended process, and cannot be removed: " + err.Error()}
	}
	return nil
}

func isDir(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// unixDgram is an attachment on a Unix datagram socket of its own: what QEMU calls -netdev dgram.
type unixDgram struct {
	conn *net.UnixConn
	path string

	mu   sync.Mutex
	peer *net.UnixAddr
}

// UnixDgram makes an attachment of a datagram socket at path: one datagram is one frame. Frames go to the socket at peer;
// if that is "", to whoever sent the last frame. The error is a *PathError.
func UnixDgram(path, peer string) (Attachment, error) {
	if err := claim(path, "unixgram"); err != nil {
		return nil, err
	}
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return nil, &PathError{path, err.Error()}
	}
	widen(conn)
	d := &unixDgram{conn: conn, path: path}
	if peer != "" {
		d.peer = &net.UnixAddr{Name: peer, Net: "unixgram"}
	}
	return d, nil
}

// ReadFrame implements Attachment.
func (d *unixDgram) ReadFrame(buf []byte) (int, error) {
	n, from, err := d.conn.ReadFromUnix(buf)
	if err != nil {
		return 0, closed(err)
	}
	if from != nil && from.Name != "" {
		d.mu.Lock()
		d.peer = from
		d.mu.Unlock()
	}
	return n, nil
}

// WriteFrame implements Attachment.
func (d *unixDgram) WriteFrame(frame []byte) error {
	d.mu.Lock()
	peer := d.peer
	d.mu.Unlock()
	if peer == nil {
		return nil
	}
	_, err := d.conn.WriteToUnix(frame, peer)
	if absent(err) {
		return nil
	}
	return closed(err)
}

// Close implements Attachment. The path is free then.
func (d *unixDgram) Close() error {
	return errors.Join(d.conn.Close(), gone(os.Remove(d.path)))
}

// gone forgives that what is to be removed is not there.
func gone(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// String implements Attachment.
func (d *unixDgram) String() string { return "datagram socket " + d.path }

// stream is an attachment on a stream socket, with the framing of QEMU: a length of four bytes, the most significant
// first, and the frame. It listens, because QEMU 7.2 does not try again; when a connection ends it waits for the next.
type stream struct {
	l *net.UnixListener

	mu    sync.Mutex
	conn  net.Conn // nil while nobody is connected
	ended bool
}

// QEMUStream makes an attachment that listens at path for what QEMU calls -netdev stream,server=off. The error is a
// *PathError.
func QEMUStream(path string) (Attachment, error) {
	l, err := ListenUnix(path)
	if err != nil {
		return nil, err
	}
	return &stream{l: l}, nil
}

// ReadFrame implements Attachment.
func (s *stream) ReadFrame(buf []byte) (int, error) {
	for {
		c, err := s.connection()
		if err != nil {
			return 0, closed(err)
		}
		n, err := readFramed(c, buf)
		if err == nil {
			return n, nil
		}
		s.drop(c)
	}
}

// readFramed reads one frame. One that is longer than any frame can be is the end of the stream: its sense is lost.
func readFramed(c io.Reader, buf []byte) (int, error) {
	var head [4]byte
	if _, err := io.ReadFull(c, head[:]); err != nil {
		return 0, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > uint32(len(buf)) {
		return 0, fmt.Errorf("a frame of %d bytes", n)
	}
	return io.ReadFull(c, buf[:n])
}

// connection is the one there is, or the next.
func (s *stream) connection() (net.Conn, error) {
	s.mu.Lock()
	c := s.conn
	s.mu.Unlock()
	if c != nil {
		return c, nil
	}
	c, err := s.l.AcceptUnix()
	if err != nil {
		return nil, err
	}
	widen(c.(*net.UnixConn))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		c.Close()
		return nil, net.ErrClosed
	}
	s.conn = c
	return c, nil
}

// drop ends a connection.
func (s *stream) drop(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Close()
	if s.conn == c {
		s.conn = nil
	}
}

// WriteFrame implements Attachment.
func (s *stream) WriteFrame(frame []byte) error {
	s.mu.Lock()
	c, ended := s.conn, s.ended
	s.mu.Unlock()
	switch {
	case ended:
		return net.ErrClosed
	case c == nil:
		return nil
	}
	framed := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(frame)), uint32(len(frame)))
	if _, err := c.Write(append(framed, frame...)); err != nil {
		s.drop(c) // the reader finds out the same, and waits for the next
	}
	return nil
}

// Close implements Attachment. The path is free then.
func (s *stream) Close() error {
	err := s.l.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.conn != nil {
		s.conn.Close()
		s.conn = nil
	}
	return err
}

// String implements Attachment.
func (s *stream) String() string { return "stream socket " + s.l.Addr().String() }
