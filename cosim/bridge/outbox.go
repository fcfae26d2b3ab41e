package bridge

import "fmt"

// outbox is the frame being filled.
type outbox struct {
	buf                      []byte
	items                    int
	number                   uint32
	chargeItems, chargeBytes int64
}

func (o *outbox) init() { o.buf = make([]byte, frameHeader, frameTarget+4096) }

// fits reports whether the item can join the frame.
func (o *outbox) fits(it *Item) bool {
	return len(o.buf)+itemHeader+layouts[it.Kind].fixed()+len(it.Data) <= frameHeader+MaxPayload
}

func (o *outbox) add(it Item, stimulus bool) {
	if ok := it.Kind.Observation(); stimulus && !it.Kind.Stimulus() || !stimulus && !ok {
		panic(fmt.Sprintf("BUG: bridge: %v sent in the wrong direction", it.Kind))
	}
	at := len(o.buf)
	o.buf = AppendItem(o.buf, &it)
	o.items++
	if !it.Kind.Free() {
		o.chargeItems++
		o.chargeBytes += int64(len(o.buf) - at)
	}
}

// finish writes the frame header and returns the frame; it is valid until the next add.
func (o *outbox) finish() []byte {
	putHeader(o.buf, header{o.number, uint32(o.items), uint32(len(o.buf) - frameHeader)})
	return o.buf
}

// reset begins the next frame.
func (o *outbox) reset() {
	o.buf = o.buf[:frameHeader]
	o.items, o.chargeItems, o.chargeBytes = 0, 0, 0
	o.number++
}
