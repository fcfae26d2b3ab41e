// Package abstract searches the migration handshake breadth-first over [qp.Step], in the world that
// spec/promela/handshake.pml describes in Promela from the rules alone. The states that the two reach are compared as
// sets, so the protocol as it is executed has an oracle that shares nothing with it but docs/protocol.md.
//
// It is dumb on purpose: one map, one queue, one thread, no symmetry, no reduction. A state is a [Tuple] of small
// numbers, a few dozen bytes; the contexts that Step needs are built from it, and what Step left in them goes back into
// it. That a tuple says everything is checked on each state: built again from its tuple it must be the same.
package abstract
