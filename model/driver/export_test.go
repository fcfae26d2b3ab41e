package driver

import (
	"crypto/sha256"
	"fmt"
)

// Reseal brings length and digest of an image up to date after a test changed something else.
func Reseal(b []byte) []byte { return Seal(b[:len(b)-sha256.Size]) }

// Seal makes an image of header and records.
func Seal(body []byte) []byte {
	body = append([]byte(nil), body...)
	le.PutUint32(body[imageLength:], uint32(len(body)+sha256.Size))
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

// InsertRecord puts a record behind the others of an image.
func InsertRecord(b []byte, typ uint16, version, flags uint8, payload []byte) []byte {
	body := append([]byte(nil), b[:len(b)-sha256.Size]...)
	body = le.AppendUint16(body, typ)
	body = append(body, version, flags)
	body = le.AppendUint32(body, uint32(len(payload)))
	return Seal(append(body, payload...))
}

// Offsets in an image.
const (
	ImageVersionAt  = 4
	ImageRecordAt   = imageHeader
	ImageKindAt     = imageHeader + recordHeader
	ImageRevisionAt = ImageKindAt + 4
	ImageFeaturesAt = ImageRevisionAt + 32
	ImageDigest     = sha256.Size
	ImageRecordHead = recordHeader
)

// RecordForms are the rows of the table in docs/driver.md that say what records there are.
func RecordForms() (rows []string) {
	for t, f := range recordForms {
		if t != 0 {
			rows = append(rows, fmt.Sprintf("| %d | %s | %d | %d |", t, f.name, f.version, f.max))
		}
	}
	return rows
}

// Used is the memory of the window in use, to see that an error leaves nothing behind.
func (c *Context) Used() []Extent { return append([]Extent(nil), c.arena.used...) }
