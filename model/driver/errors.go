package driver

// Errno is a class of failure, spelt and numbered after the errno that a Linux verbs driver would return. Every
// error of this package wraps exactly one of the sentinels below; test with errors.Is.
type Errno struct {
	name, text string
	code       int
}

// Error returns "no memory (ENOMEM)".
func (e *Errno) Error() string { return e.text + " (" + e.name + ")" }

// Code is the Linux errno, for instance 12.
func (e *Errno) Code() int { return e.code }

// The classes of failure.
var (
	// ErrInval: an argument is out of range, missing or forbidden here.
	ErrInval = &Errno{"EINVAL", "invalid argument", 22}
	// ErrNoMem: a ring or table is full, or the window has no room.
	ErrNoMem = &Errno{"ENOMEM", "no memory", 12}
	// ErrBusy: the object is in use, or another command is still running.
	ErrBusy = &Errno{"EBUSY", "busy", 16}
	// ErrState: the state of the queue pair or of the context does not allow the call.
	ErrState = &Errno{"EBADFD", "wrong state", 77}
	// ErrTimeout: the device did not finish in time. The driver stays usable: while the device is still at it, calls
	// fail with ErrBusy, and what it finishes late is made undone.
	ErrTimeout = &Errno{"ETIMEDOUT", "timed out", 110}
	// ErrExists: a number or a piece of memory is already taken.
	ErrExists = &Errno{"EEXIST", "already exists", 17}
	// ErrDestroyed: the object was destroyed.
	ErrDestroyed = &Errno{"EBADF", "destroyed", 9}
	// ErrStopped: the context is stopped for migration.
	ErrStopped = &Errno{"ESHUTDOWN", "stopped for migration", 108}
	// ErrNotSupported: this device cannot do that.
	ErrNotSupported = &Errno{"EOPNOTSUPP", "not supported", 95}
	// ErrNoDevice: probe found no godwit NIC, or one of another specification revision.
	ErrNoDevice = &Errno{"ENODEV", "no such device", 19}
	// ErrIO: a register or memory access failed, or simulated time cannot go on.
	ErrIO = &Errno{"EIO", "input/output error", 5}
	// ErrDevice: the device answered something that the specification does not allow.
	ErrDevice = &Errno{"EPROTO", "device answers nonsense", 71}
	// ErrImage: a migration image is truncated, corrupted or not one.
	ErrImage = &Errno{"EBADMSG", "bad image", 74}
	// ErrForeign: a migration image of another specification revision or kind of device.
	ErrForeign = &Errno{"EPROTONOSUPPORT", "foreign image", 93}
)
