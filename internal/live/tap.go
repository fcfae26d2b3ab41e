package live

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// TAPError is a TAP device that cannot be used, and says what to do.
type TAPError struct{ Name, Why string }

// Error implements error.
func (e *TAPError) Error() string { return fmt.Sprintf("TAP %s: %s", e.Name, e.Why) }

// tunPath is the device that makes TAP devices.
const tunPath = "/dev/net/tun"

// tap is an attachment on a TAP device: the kernel's end is a network interface.
type tap struct {
	file *os.File
	name string
	mtu  int
}

// TAP makes an attachment of the TAP device called name: one that there is and nobody uses, or, with the right to do so,
// a new one, which goes when it is closed. It is brought up if that is allowed; addresses are the user's affair. The
// error is a *TAPError.
func TAP(name string) (Attachment, error) {
	ifr, err := unix.NewIfreq(name)
	if err != nil || name == "" {
		return nil, &TAPError{name, "the name of an interface has 1 to 15 characters"}
	}
	fd, err := unix.Open(tunPath, unix.O_RDWR|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, &TAPError{name, tapWhy(name, err)}
	}
	ifr.SetUint16(unix.IFF_TAP | unix.IFF_NO_PI)
	if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, ifr); err != nil {
		unix.Close(fd)
		return nil, &TAPError{name, tapWhy(name, err)}
	}
	t := &tap{file: os.NewFile(uintptr(fd), tunPath), name: name}
	if t.mtu, err = bringUp(name); err != nil {
		t.file.Close()
		return nil, &TAPError{name, err.Error()}
	}
	return t, nil
}

// tapWhy says what to do about an error.
func tapWhy(name string, err error) string {
	switch {
	case errors.Is(err, unix.ENOENT), errors.Is(err, unix.ENODEV), errors.Is(err, unix.ENXIO):
		return "the kernel has no " + tunPath + ": load it with `modprobe tun`, or hand it to the container that this runs in"
	case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES):
		return fmt.Sprintf("no right to use it: make it beforehand with `sudo ip tuntap add %s mode tap user $USER`, or run in a network namespace of your own, `unshare -rn`", name)
	case errors.Is(err, unix.EBUSY):
		return "another process uses it: end that one, or take another name"
	case errors.Is(err, unix.EINVAL):
		return "there is an interface of this name that is no TAP device of one queue: take another name, or make it with `ip tuntap add " + name + " mode tap`"
	}
	return err.Error()
}

// bringUp takes the kernel's end up, if that is allowed, and returns its MTU.
func bringUp(name string) (mtu int, err error) {
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	defer unix.Close(s)
	ifr, err := unix.NewIfreq(name)
	if err != nil {
		return 0, err
	}
	if err := unix.IoctlIfreq(s, unix.SIOCGIFFLAGS, ifr); err != nil {
		return 0, err
	}
	ifr.SetUint16(ifr.Uint16() | unix.IFF_UP)
	if err := unix.IoctlIfreq(s, unix.SIOCSIFFLAGS, ifr); err != nil && !errors.Is(err, unix.EPERM) {
		return 0, err
	}
	if err := unix.IoctlIfreq(s, unix.SIOCGIFMTU, ifr); err != nil {
		return 0, err
	}
	return int(ifr.Uint32()), nil
}

// MTU is the longest IP packet of the interface, in bytes.
func (t *tap) MTU() int { return t.mtu }

// ReadFrame implements Attachment.
func (t *tap) ReadFrame(buf []byte) (int, error) {
	n, err := t.file.Read(buf)
	return n, closed(err)
}

// WriteFrame implements Attachment. An interface that is down takes nothing.
func (t *tap) WriteFrame(frame []byte) error {
	_, err := t.file.Write(frame)
	if errors.Is(err, unix.EIO) || errors.Is(err, unix.ENOBUFS) {
		return nil
	}
	return closed(err)
}

// Close implements Attachment.
func (t *tap) Close() error { return t.file.Close() }

// String implements Attachment.
func (t *tap) String() string { return "TAP " + t.name }
