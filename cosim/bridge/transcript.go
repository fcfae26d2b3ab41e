package bridge

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// Transcript collects what a device did: the encodings of its observations in order, without frames, credits and
// heartbeats, so that it does not depend on batching. It belongs to the goroutine that calls Conn.Recv.
type Transcript struct {
	// Keep makes Bytes available; otherwise only the digest is kept.
	Keep bool

	bytes []byte
	items int
	sum   hash.Hash
}

func (t *Transcript) add(raw []byte) {
	if t.sum == nil {
		t.sum = sha256.New()
	}
	t.sum.Write(raw)
	t.items++
	if t.Keep {
		t.bytes = append(t.bytes, raw...)
	}
}

// Items returns the number of observations so far.
func (t *Transcript) Items() int { return t.items }

// Bytes returns the transcript so far, nil unless Keep is set. After a fault it holds everything up to it.
func (t *Transcript) Bytes() []byte { return t.bytes }

// Sum returns the SHA-256 of the transcript so far in hexadecimal.
func (t *Transcript) Sum() string {
	if t.sum == nil {
		t.sum = sha256.New()
	}
	return hex.EncodeToString(t.sum.Sum(nil))
}

// ParseTranscript decodes the items of a transcript.
func ParseTranscript(b []byte) ([]Item, error) {
	var items []Item
	for off := 0; off < len(b); {
		it, n, known, err := decodeItem(b[off:])
		if err != nil {
			return items, &Error{Class: Protocol, Item: len(items), Offset: off, Detail: err.Error()}
		}
		if known {
			items = append(items, it)
		}
		off += n
	}
	return items, nil
}
