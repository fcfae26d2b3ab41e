// Package bridge is the wire between godwit and a device under test in a process of its own: a codec for frames and
// items, a connection with credits both ways, a way to spawn a simulator, and the server side for devices written in Go.
//
// The protocol is described for implementers in docs/bridge.md. In short: both ends send HELLO; the host then sends
// stimulus items, the device answers with observation items in the order in which it did things. Items travel in
// frames, and where one frame ends and the next begins carries no meaning: the same stimulus gives the same
// observations, byte for byte, with one item a frame or with thousands.
//
// A Conn is driven by one goroutine. A second one, owned by the Conn, only reads, so that this end always drains.
// Every fault of the other end gives one *Error within a bounded time.
package bridge
