package live

import (
	"errors"
	"fmt"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// MaxFrame is the longest frame that attachments carry: a 64 KiB IP packet with its Ethernet header.
const MaxFrame = 14 + 65535

// Attachment is where a NIC is plugged in: something that carries Ethernet frames without preamble and FCS. One goroutine
// reads and one writes at a time.
type Attachment interface {
	// ReadFrame waits for a frame, puts it into buf, which has room for MaxFrame bytes, and returns its length. After Close
	// the error is net.ErrClosed; any other error is the end of the attachment.
	ReadFrame(buf []byte) (int, error)
	// WriteFrame sends a frame. What nobody takes is lost, as on a cable that is not plugged in: that is no error.
	WriteFrame(frame []byte) error
	// Close ends the attachment; a ReadFrame that waits returns.
	Close() error
	// String names it for messages, as "TAP gw0".
	String() string
}

// socketBuffer is the size asked for of socket buffers: a window of full frames of many queue pairs.
const socketBuffer = 4 << 20

// datagram is an attachment on a connected datagram socket: one datagram is one frame.
type datagram struct {
	conn *net.UnixConn
	name string
}

// Pair makes two attachments that are the ends of one link: a socket pair, with one datagram a frame.
func Pair() (a, b Attachment, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("socket pair: %w", err)
	}
	var ends [2]*datagram
	for i, fd := range fds {
		f := os.NewFile(uintptr(fd), "socket pair")
		c, err := net.FileConn(f)
		f.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("socket pair: %w", err)
		}
		ends[i] = &datagram{c.(*net.UnixConn), "socket pair"}
		widen(ends[i].conn)
	}
	return ends[0], ends[1], nil
}

// widen asks for large socket buffers; what the system gives is enough for correctness.
func widen(c *net.UnixConn) {
	_ = c.SetReadBuffer(socketBuffer)
	_ = c.SetWriteBuffer(socketBuffer)
}

// ReadFrame implements Attachment.
func (d *datagram) ReadFrame(buf []byte) (int, error) {
	for {
		n, err := d.conn.Read(buf)
		if n != 0 || err != nil && !absent(err) {
			return n, closed(err)
		}
	}
}

// WriteFrame implements Attachment.
func (d *datagram) WriteFrame(frame []byte) error {
	_, err := d.conn.Write(frame)
	if absent(err) {
		return nil
	}
	return closed(err)
}

// Close implements Attachment.
func (d *datagram) Close() error { return d.conn.Close() }

// String implements Attachment.
func (d *datagram) String() string { return d.name }

// absent tells whether an error of a socket says that nobody is at the other end now.
func absent(err error) bool {
	return errors.Is(err, unix.ECONNREFUSED) || errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ECONNRESET) ||
		errors.Is(err, unix.ENOTCONN) || errors.Is(err, unix.ENOBUFS)
}

// closed is err, or net.ErrClosed if it says that.
func closed(err error) error {
	if errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrClosed) {
		return net.ErrClosed
	}
	return err
}
