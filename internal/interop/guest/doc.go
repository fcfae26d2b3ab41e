// Package guest is the other machine of the interop tests: an unmodified Debian kernel with rdma_rxe in QEMU.
//
// [Build] makes what it boots, from the distribution's packages: the kernel as ELF image, and an initramfs of the
// modules that it needs, the RDMA user land of this host with the shared libraries that that needs, and a small verbs client
// compiled on the spot (files/). It is kept in a folder by package versions, so the second time costs nothing.
// [Start] boots it, joined to a Unix datagram socket for its network, and [Verbs] is the client's other end.
//
// What can be wrong with the host or the guest is one error with what to do about it: [ErrMissing], [ErrKernel], [ErrPanic],
// [ErrHang], [ErrAnswer].
package guest

import "errors"

// The errors of this package, found by errors.Is.
var (
	// ErrMissing: a program or package of this host is missing.
	ErrMissing = errors.New("missing on this host")
	// ErrKernel: the kernel package cannot be had, or is not one that can be used.
	ErrKernel = errors.New("no usable kernel package")
	// ErrPanic: the guest ended before it was told to.
	ErrPanic = errors.New("the guest died")
	// ErrHang: the guest does not answer.
	ErrHang = errors.New("the guest hangs")
	// ErrAnswer: the verbs client refused a command; the text has its error number.
	ErrAnswer = errors.New("refused by the guest")
)
