package guest

import (
	"bytes"
	"fmt"
	"path"
)

// The file types of an archive entry, as in st_mode.
const (
	typeDir  = 0o040000
	typeChar = 0o020000
	typeFile = 0o100000
)

// archive is an initramfs: a cpio archive in the format "newc" (Linux, early-userspace/buffer-format). Time stamps are 0
// and inode numbers count, so the same contents are the same bytes.
type archive struct {
	buf  bytes.Buffer
	ino  int
	seen map[string]bool
}

func newArchive() *archive { return &archive{seen: map[string]bool{}} }

func (a *archive) entry(name string, mode, major, minor int, data []byte) {
	if a.seen[name] {
		return
	}
	a.seen[name] = true
	a.ino++
	fmt.Fprintf(&a.buf, "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
		a.ino, mode, 0, 0, 1, 0, len(data), 0, 0, major, minor, len(name)+1, 0)
	a.buf.WriteString(name)
	a.buf.WriteByte(0)
	a.pad()
	a.buf.Write(data)
	a.pad()
}

func (a *archive) pad() {
	for a.buf.Len()%4 != 0 {
		a.buf.WriteByte(0)
	}
}

// dir adds a directory and those above it. Names have no leading slash.
func (a *archive) dir(name string) {
	if name == "." || name == "" || a.seen[name] {
		return
	}
	a.dir(path.Dir(name))
	a.entry(name, typeDir|0o755, 0, 0, nil)
}

// file adds a file; the first of a name stays.
func (a *archive) file(name string, mode int, data []byte) {
	a.dir(path.Dir(name))
	a.entry(name, typeFile|mode, 0, 0, data)
}

func (a *archive) device(name string, major, minor int) {
	a.dir(path.Dir(name))
	a.entry(name, typeChar|0o600, major, minor, nil)
}

// finish is the whole archive.
func (a *archive) finish() []byte {
	a.entry("TRAILER!!!", 0, 0, 0, nil)
	return a.buf.Bytes()
}
