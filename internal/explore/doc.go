// Package explore searches small worlds exhaustively: two or three containers that move, a network that loses, repeats and
// reorders, timers that run out when they like. Every step of a queue pair is qp.Step, the same that the golden NIC
// executes; the world around it is abstract. Memory is a count of packets that took effect in order, a completion
// queue a count of completions, the network a set of packets in flight.
//
// The search is breadth first and level by level, so that a counterexample is a shortest one and the result does not
// depend on the number of processors. States are kept as 64-bit hashes, with the edge that led to each; paths are run
// again from the beginning to be told.
//
// What is bounded is said by the [World]: losses, repetitions, early timers, moves, packets in flight. Beyond the
// early ones, a timer runs out only when nothing is in flight and nobody has anything to send. Completions are taken at once after the step that
// brings them. Properties are those of docs/protocol.md, section 7.
package explore
