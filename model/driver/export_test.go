package driver

import "crypto/sha256"

// Reseal brings length and digest of an image up to date after a test changed something else.
func Reseal(b []byte) []byte {
	body := append([]byte(nil), b[:len(b)-sha256.Size]...)
	le.PutUint32(body[imageHeader-4:], uint32(len(body)+sha256.Size))
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

// InsertRecord puts a record behind the others of an image.
func InsertRecord(b []byte, typ, flags uint16, payload []byte) []byte {
	body := append([]byte(nil), b[:len(b)-sha256.Size]...)
	body = le.AppendUint16(body, typ)
	body = le.AppendUint16(body, flags)
	body = le.AppendUint32(body, uint32(len(payload)))
	body = append(body, payload...)
	return Reseal(append(body, make([]byte, sha256.Size)...))
}

// ImageRevisionAt is the offset of the specification revision in an image, ImageKindAt that of the kind.
const (
	ImageRevisionAt = 12
	ImageKindAt     = 8
	ImageVersionAt  = 4
)

// Used is the memory of the window in use, to see that an error leaves nothing behind.
func (c *Context) Used() []Extent { return append([]Extent(nil), c.arena.used...) }
